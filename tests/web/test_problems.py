"""Every error outside GraphQL is a problem document (RFC 9457); nothing is told of internal ones."""

import logging
import re
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from taxonomy.compose import asgi
from taxonomy.config import Settings
from taxonomy.gql.execute import Executor
from taxonomy.model.errors import PROBLEMS
from taxonomy.services.shelf import Shelf

PATHS = ["/", "/graphql", "/health/live", "/health/ready", "/static/graphiql/manifest.json"]
NOWHERE = [
    "/nothing",
    "/static",
    "/static/",
    "/health",
    "//",
    "/%00",
    "/%E2%80%AE",
    "/" + "a" * 5000,
]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body.keys() == {"type", "title", "status", "detail", "code"}
    assert body["status"] == status
    assert body["title"] == PROBLEMS[body["code"]].title
    assert body["type"] == f"urn:occupation-graph:problem:{body['code'].lower().replace('_', '-')}"
    return body


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", [*PATHS, *NOWHERE])
def test_every_error_on_every_route_is_a_problem_document(client: TestClient, path: str, method: str) -> None:
    response = client.request(method, path)
    if response.status_code < 400 or method == "HEAD":
        assert response.status_code < 500
    elif path == "/graphql":
        # There an error is GraphQL's.
        assert response.json()["errors"][0]["extensions"]["code"] in PROBLEMS
    else:
        body = assert_problem(response, response.status_code)
        assert response.status_code in (404, 405)
        assert (response.status_code == 405) == ("allow" in response.headers)
        assert body["code"] in ("NOT_FOUND", "METHOD_NOT_ALLOWED")


def test_an_address_that_leads_nowhere_is_named(client: TestClient) -> None:
    assert assert_problem(client.get("/nothing"), 404)["detail"] == "there is nothing at /nothing"


def test_without_a_release_the_pages_say_so(empty: TestClient) -> None:
    for path in ("/", "/health/ready"):
        body = assert_problem(empty.get(path), 503)
        assert (body["code"], "taxonomy load" in body["detail"]) == ("UNAVAILABLE", True)
        assert empty.get(path).headers["Retry-After"]


PRIVATE = "hemlig-uppgift-4711"


def failing(*_: Any, **__: Any) -> Any:
    raise ValueError("a mistake of ours")


def test_an_internal_error_of_graphql_is_told_by_its_number_only(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("taxonomy.services.browse.relations", failing)
    with TestClient(asgi(settings), raise_server_exceptions=False) as client:
        query = (
            'query($c: String!) { concept(id: "bXNH_MNX_dUR") { relations { totalCount } }'
            " search(text: $c) { totalCount } release { id } }"
        )
        response = client.post("/graphql", json={"query": query, "variables": {"c": PRIVATE}})
    assert response.status_code == 200
    body = response.json()
    (error,) = body["errors"]
    assert error["extensions"] == {"code": "INTERNAL"}
    assert (body["data"]["concept"], bool(body["data"]["release"])) == (None, True)
    assert "mistake" not in response.text
    number = re.search(r"the log has it as ([0-9a-f]{8})$", error["message"])
    assert number
    assert f"internal error {number[1]}" in caplog.text
    assert "a mistake of ours" in caplog.text
    assert PRIVATE not in caplog.text


def test_an_internal_error_of_graphql_is_never_kept_by_a_cache(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taxonomy.services.browse.relations", failing)
    with TestClient(asgi(settings), raise_server_exceptions=False) as client:
        query = '{ concept(id: "bXNH_MNX_dUR") { relations { totalCount } } }'
        response = client.get("/graphql", params={"query": query})
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("what", [Executor.prepare, Executor.execute, Shelf.opened], ids=lambda f: f.__name__)
def test_an_internal_error_anywhere_else_is_a_problem_with_a_number(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, what: Any
) -> None:
    owner = Shelf if what.__qualname__.startswith("Shelf") else Executor
    with TestClient(asgi(settings), raise_server_exceptions=False) as client:
        monkeypatch.setattr(owner, what.__name__, failing)
        response = client.get(
            "/graphql", params={"query": "{ release { id } }", "variables": f'{{"a": "{PRIVATE}"}}'}
        )
    body = assert_problem(response, 500)
    assert body["code"] == "INTERNAL"
    assert "mistake" not in response.text
    number = body["detail"].removeprefix("the log has it as ")
    assert f"internal error {number} at GET /graphql" in caplog.text
    assert PRIVATE not in caplog.text


def test_a_page_that_fails_is_a_problem_with_a_number(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async def page(request: Request) -> Response:
        raise RuntimeError("a mistake of ours")

    app = asgi(settings)
    app.router.routes.append(Route("/broken", page))
    with TestClient(app, raise_server_exceptions=False) as client:
        body = assert_problem(client.get("/broken", params={"text": PRIVATE}), 500)
    assert body["detail"].removeprefix("the log has it as ") in caplog.text
    assert PRIVATE not in caplog.text
    assert [record.levelno for record in caplog.records if record.name == "taxonomy.web"] == [logging.ERROR]
