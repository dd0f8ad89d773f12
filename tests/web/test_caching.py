"""What caches on the way may keep, and for how long; compression; other origins."""

import gzip

import pytest
from starlette.testclient import TestClient

from tests.gql.service import Service

SMALL = {"query": "{ release { id } }"}
LARGE = {"query": "{ concepts(first: 200) { nodes { id uri label } } }"}


def test_an_answer_over_get_has_an_etag_and_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/graphql", params=SMALL)
    etag = first.headers["ETag"]
    for given in (etag, f'"other", {etag}', "*", etag.removeprefix("W/")):
        again = client.get("/graphql", params=SMALL, headers={"If-None-Match": given})
        assert (again.status_code, again.content) == (304, b"")
        for name in ("ETag", "Cache-Control", "Taxonomy-Release"):
            assert again.headers[name] == first.headers[name]
        assert "Accept" in again.headers["Vary"]
    assert client.get("/graphql", params=SMALL, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_etag_is_of_all_that_the_answer_depends_on(client: TestClient, service: Service) -> None:
    query = "query A($n: Int = 1) { concepts(first: $n) { nodes { id } } } query B { release { id } }"
    asked: list[tuple[dict[str, str], dict[str, str]]] = [
        (SMALL, {}),
        (SMALL | {"query": "{ release { id } }  "}, {}),
        (SMALL, {"Accept": "application/graphql-response+json"}),
        ({"query": query, "operationName": "A"}, {}),
        ({"query": query, "operationName": "B"}, {}),
        ({"query": query, "operationName": "A", "variables": '{"n": 2}'}, {}),
    ]
    etags = [
        client.get("/graphql", params=params, headers=headers).headers["ETag"] for params, headers in asked
    ]
    assert len(set(etags)) == len(asked)
    again = [
        client.get("/graphql", params=params, headers=headers).headers["ETag"] for params, headers in asked
    ]
    assert again == etags


def test_a_pinned_answer_may_be_kept_for_a_day_and_another_must_be_asked_for(
    client: TestClient, service: Service
) -> None:
    assert client.get("/graphql", params=SMALL).headers["Cache-Control"] == "no-cache"
    pinned = client.get("/graphql", params={**SMALL, "release": service.release.id})
    assert pinned.headers["Cache-Control"] == "public, max-age=86400"


def test_the_history_of_releases_is_never_kept(client: TestClient, service: Service) -> None:
    history = {"query": "{ releases { id } }", "release": service.release.id}
    assert client.get("/graphql", params=history).headers["Cache-Control"] == "no-cache"


def test_an_answer_with_errors_is_not_kept_for_a_day(client: TestClient, service: Service) -> None:
    asked = {"query": '{ node(id: "x") { id } }', "release": service.release.id}
    response = client.get("/graphql", params=asked)
    assert response.status_code == 200
    assert response.json()["errors"]
    assert "max-age" not in response.headers.get("Cache-Control", "")


def test_a_post_is_not_cached(client: TestClient, service: Service) -> None:
    response = client.post("/graphql", json=SMALL, headers={"If-None-Match": "*"})
    assert response.status_code == 200
    assert "ETag" not in response.headers
    assert response.headers["Taxonomy-Release"] == service.release.id


def test_variables_that_are_deeper_than_any_type_have_an_etag_too(client: TestClient) -> None:
    deep = '{"a": ' + "[" * 900 + "]" * 900 + "}"
    response = client.get("/graphql", params=SMALL | {"variables": deep})
    assert (response.status_code, "ETag" in response.headers) == (200, True)


def test_an_answer_that_is_none_has_no_etag(client: TestClient) -> None:
    for params in ({"query": "{"}, {"query": "{ nothing }"}, {**SMALL, "release": "r9-00000000"}):
        response = client.get("/graphql", params=params)
        assert response.status_code >= 400
        assert "ETag" not in response.headers
        assert "max-age" not in response.headers.get("Cache-Control", "")


def test_a_long_answer_is_compressed_for_those_who_take_it(client: TestClient) -> None:
    plain = client.get("/graphql", params=LARGE, headers={"Accept-Encoding": "identity"})
    packed = client.get("/graphql", params=LARGE, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["Content-Length"]) * 3 < len(plain.content)
    assert len(gzip.compress(plain.content)) < len(plain.content)
    for response in (plain, packed):
        assert {"Accept", "Accept-Encoding"} <= set(response.headers["Vary"].split(", "))
    # One validator for two representations: it may not promise the same bytes.
    assert plain.headers["ETag"] == packed.headers["ETag"]
    assert plain.headers["ETag"].startswith("W/")


def test_a_short_answer_is_sent_as_it_is(client: TestClient) -> None:
    response = client.get("/graphql", params=SMALL, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_pages_of_any_origin_may_read_answers_and_the_headers_they_need(
    client: TestClient, method: str
) -> None:
    asked = {"params": SMALL} if method == "GET" else {"json": SMALL}
    response = client.request(method, "/graphql", headers={"Origin": "https://example.org"}, **asked)  # type: ignore[arg-type]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    exposed = {name.strip() for name in response.headers["Access-Control-Expose-Headers"].split(",")}
    assert {"ETag", "Link", "Taxonomy-Release"} <= exposed
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_a_preflight_is_answered_and_may_be_kept(client: TestClient) -> None:
    response = client.options(
        "/graphql",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type, accept",
        },
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "content-type" in response.headers["Access-Control-Allow-Headers"].lower()
    assert int(response.headers["Access-Control-Max-Age"]) >= 3600


def test_a_preflight_for_another_method_or_header_is_refused(client: TestClient) -> None:
    origin = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    for given in (
        {"Access-Control-Request-Method": "DELETE"},
        {"Access-Control-Request-Headers": "x-secret"},
    ):
        assert client.options("/graphql", headers=origin | given).status_code == 400


def test_errors_may_be_read_by_pages_of_any_origin_too(client: TestClient) -> None:
    response = client.post("/graphql", json={"query": "{"}, headers={"Origin": "https://example.org"})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (400, "*")
