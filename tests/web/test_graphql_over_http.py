"""`/graphql` as a protocol: statuses, methods, media types."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

from taxonomy.gql.negotiation import MEDIA_TYPES
from tests.gql.hostile import HARMLESS, HOSTILE, Hostile
from tests.gql.service import Operation, operations

JSON = {"Content-Type": "application/json"}
SMALL = "{ release { id } }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def code_of(response: Any) -> str:
    (error,) = response.json()["errors"]
    found: str = error["extensions"]["code"]
    return found


@pytest.mark.parametrize("hostile", [*HARMLESS, *HOSTILE], ids=lambda hostile: hostile.name)
def test_a_hostile_request_is_answered_with_its_code_and_status(client: TestClient, hostile: Hostile) -> None:
    response = client.post("/graphql", content=hostile.body, headers=JSON)
    codes = {error["extensions"]["code"] for error in response.json().get("errors", [])}
    assert (response.status_code, sorted(codes)) == (hostile.status, sorted(hostile.codes))


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
def test_a_named_operation_is_the_same_over_get_and_post(client: TestClient, operation: Operation) -> None:
    name, query, variables = operation
    posted = client.post("/graphql", json={"query": query, "variables": variables, "operationName": name})
    got = client.get("/graphql", params={"query": query, "variables": orjson.dumps(variables).decode()})
    assert posted.status_code == 200
    assert "errors" not in posted.json()
    if operation in PERSONAL:
        return  # asked by POST only: the next tests
    assert got.status_code == 200
    assert posted.json() == got.json()


PROFILES = [operation for operation in operations() if "ProfileInput" in operation.query]
PERSONAL = [*PROFILES, *(operation for operation in operations() if operation.name == "Reconcile")]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("operation", PERSONAL, ids=lambda operation: operation.name)
def test_a_profile_has_no_place_in_a_url(client: TestClient, operation: Operation, method: str) -> None:
    params = {"query": operation.query, "variables": orjson.dumps(operation.variables).decode()}
    response = client.request(method, "/graphql", params=params)
    assert (response.status_code, "ETag" in response.headers) == (405, False)
    assert response.headers["Allow"] == "POST, OPTIONS"
    if method == "GET":
        assert "ask by POST" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize("operation", PROFILES, ids=lambda operation: operation.name)
def test_an_answer_to_a_profile_is_stored_nowhere(client: TestClient, operation: Operation) -> None:
    body = {"query": operation.query, "variables": operation.variables}
    assert client.post("/graphql", json=body).headers["Cache-Control"] == "no-store"
    wrong = {**body, "variables": {**operation.variables, "profile": {"skills": ["AAAA_bbb_ccc"]}}}
    refused = client.post("/graphql", json=wrong)
    assert "AAAA_bbb_ccc" in refused.json()["errors"][0]["message"]
    assert refused.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("operation", PROFILES, ids=lambda operation: operation.name)
def test_nothing_of_a_profile_is_logged(
    client: TestClient, operation: Operation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for id_ in ("AAAA_bbb_ccc", "DHhX_uVf_y6X"):
        variables = {**operation.variables, "profile": {"skills": [id_]}}
        client.post("/graphql", json={"query": operation.query, "variables": variables})
        assert id_ not in caplog.text


def test_an_answer_about_a_column_is_stored_nowhere_and_its_texts_stand_in_no_log_and_no_message(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    private = "Hemlig Person"
    (operation,) = (operation for operation in PERSONAL if operation not in PROFILES)
    for texts in ([private], [private] * 201, [private * 20]):
        response = client.post("/graphql", json={"query": operation.query, "variables": {"texts": texts}})
        assert response.headers["Cache-Control"] == "no-store"
        assert private not in json.dumps(response.json().get("errors", ""))
        assert private not in caplog.text


def test_a_profile_behind_a_fragment_is_personal_too(client: TestClient) -> None:
    query = (
        'query { ...more } fragment more on Query { matchOccupations(profile: {skills: ["MR4H_FFT_mTj"]})'
        " { totalCount } }"
    )
    assert client.get("/graphql", params={"query": query}).status_code == 405
    assert client.post("/graphql", json={"query": query}).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"query": "{"}, 400),
        ({"query": "{ nothing }"}, 422),
        ({"query": "query($n: Int!) { concepts(first: $n) { totalCount } }"}, 422),
        ({"query": "query($n: Int!) { concepts(first: $n) { totalCount } }", "variables": {"n": "x"}}, 422),
        ({"query": SMALL, "operationName": "Other"}, 422),
        ({"query": "{ concepts(first: 1001) { totalCount } }"}, 200),
        ({"query": SMALL, "operationName": None, "variables": None, "extensions": {"a": 1}}, 200),
        ({"query": SMALL, "operationName": ""}, 200),
        ({"query": SMALL, "operationName": 1}, 400),
        ({"query": SMALL, "variables": []}, 400),
        ({"query": None}, 400),
        ({}, 400),
        ([], 400),
        ([{"query": SMALL}], 400),
        ("text", 400),
        (None, 400),
    ],
)
def test_a_body_has_the_status_that_the_contract_names(client: TestClient, body: Any, status: int) -> None:
    response = client.post("/graphql", content=orjson.dumps(body), headers=JSON)
    assert response.status_code == status
    if status != 200:
        assert "data" not in response.json()
        assert code_of(response) == "BAD_INPUT"


def test_a_batch_is_refused_in_so_many_words(client: TestClient) -> None:
    response = client.post("/graphql", json=[{"query": SMALL}, {"query": SMALL}])
    assert response.status_code == 400
    assert "batches" in response.json()["errors"][0]["message"]


def test_what_went_wrong_nulls_its_root_field_and_the_rest_is_answered(client: TestClient) -> None:
    response = client.post("/graphql", json={"query": '{ node(id: "x") { id } release { id } }'})
    assert response.status_code == 200
    body = response.json()
    assert body["data"]["node"] is None
    assert body["data"]["release"]["id"] == response.headers["Taxonomy-Release"]
    assert body["errors"][0]["path"] == ["node"]
    assert body["extensions"]["cost"]["maximum"] == 200_000


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_another_method_is_told_which_ones_there_are(client: TestClient, method: str) -> None:
    response = client.request(method, "/graphql", json={"query": SMALL})
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert code_of(response) == "METHOD_NOT_ALLOWED"


def test_options_says_which_methods_there_are(client: TestClient) -> None:
    response = client.options("/graphql")
    assert response.status_code == 204
    assert response.headers["Allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    "type_", ["", "text/plain", "application/graphql", "application/x-www-form-urlencoded"]
)
def test_a_body_that_is_not_json_is_refused(client: TestClient, type_: str) -> None:
    headers = {"Content-Type": type_} if type_ else {}
    response = client.post("/graphql", content=orjson.dumps({"query": SMALL}), headers=headers)
    assert (response.status_code, code_of(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("type_", ["application/json", "Application/JSON; charset=utf-8"])
def test_json_may_be_spelt_in_any_way(client: TestClient, type_: str) -> None:
    response = client.post(
        "/graphql", content=orjson.dumps({"query": SMALL}), headers={"Content-Type": type_}
    )
    assert response.status_code == 200


def chunks(size: int) -> Iterator[bytes]:
    """A body without a length."""
    yield b'{"query": "'
    for _ in range(size // 1000):
        yield b" " * 1000
    yield b'{ release { id } }"}'


@pytest.mark.parametrize("whole", [True, False], ids=["with its length", "in chunks"])
def test_a_body_larger_than_allowed_is_refused(client: TestClient, whole: bool) -> None:
    for size, status in ((50_000, 200), (300_000, 413), (3_000_000, 413)):
        body = b"".join(chunks(size)) if whole else chunks(size)
        response = client.post("/graphql", content=body, headers=JSON)
        assert response.status_code == status
        if status == 413:
            assert code_of(response) == "TOO_LARGE"


NEW, OLD = MEDIA_TYPES
ACCEPTS = {
    "": OLD,
    "*/*": OLD,
    "application/*": OLD,
    "application/json": OLD,
    "Application/JSON": OLD,
    "application/graphql-response+json": NEW,
    "application/graphql-response+json, application/json;q=0.9": NEW,
    "application/json, application/graphql-response+json;q=0.9": OLD,
    "application/graphql-response+json;q=0, */*": OLD,
    "application/json;q=nonsense, application/graphql-response+json;q=0.1": NEW,
    "image/png, */*;q=0.1": OLD,
    "text/html;q=0.5, application/json": OLD,
    "text/plain": None,
    "image/*": None,
    "application/json;q=0": None,
}


@pytest.mark.parametrize(("accept", "expected"), ACCEPTS.items())
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_media_type_is_the_one_asked_for(
    client: TestClient, accept: str, expected: str | None, method: str
) -> None:
    asked = {"params": {"query": SMALL}} if method == "GET" else {"json": {"query": SMALL}}
    response = client.request(method, "/graphql", headers={"Accept": accept}, **asked)  # type: ignore[arg-type]
    if expected is None:
        assert (response.status_code, code_of(response)) == (406, "NOT_ACCEPTABLE")
    else:
        assert response.status_code == 200
        assert response.headers["Content-Type"] == f"{expected}; charset=utf-8"
    assert "Accept" in response.headers["Vary"].split(", ")


@pytest.mark.parametrize("accept", [NEW, OLD])
def test_errors_have_the_media_type_asked_for_too(client: TestClient, accept: str) -> None:
    for body, status in ((b"{", 400), (orjson.dumps({"query": "{ nothing }"}), 422)):
        response = client.post("/graphql", content=body, headers={**JSON, "Accept": accept})
        assert response.status_code == status
        assert response.headers["Content-Type"] == f"{accept}; charset=utf-8"


def test_a_browser_gets_a_page_and_a_program_an_answer(client: TestClient) -> None:
    page = client.get("/graphql", headers={"Accept": BROWSER})
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "GraphiQL" in page.text
    # Its own requests are not for HTML.
    assert client.post("/graphql", headers={"Accept": BROWSER}, json={"query": SMALL}).json()["data"]


def test_a_get_without_a_query_says_what_is_missing(client: TestClient) -> None:
    for params in (
        {},
        {"query": ""},
        {"query": SMALL, "variables": "{"},
        {"query": SMALL, "variables": "[]"},
    ):
        response = client.get("/graphql", params=params)
        assert (response.status_code, code_of(response)) == (400, "BAD_INPUT")


def test_a_get_takes_variables_and_the_name_of_an_operation(client: TestClient) -> None:
    query = "query A($n: Int) { concepts(first: $n) { nodes { id } } } query B { release { id } }"
    response = client.get("/graphql", params={"query": query, "operationName": "A", "variables": '{"n": 2}'})
    assert len(response.json()["data"]["concepts"]["nodes"]) == 2


def test_without_a_release_the_service_is_unavailable(empty: TestClient) -> None:
    for response in (
        empty.post("/graphql", json={"query": SMALL}),
        empty.get("/graphql", params={"query": SMALL}),
        empty.get("/graphql", params={"query": SMALL, "release": "r1-00000000"}),
    ):
        assert (response.status_code, code_of(response)) == (503, "UNAVAILABLE")
        assert int(response.headers["Retry-After"]) > 0
        assert "taxonomy load" in response.json()["errors"][0]["message"]
