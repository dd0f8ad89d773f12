"""What the service writes down of a request: never what was asked."""

import logging
import re

import pytest
from starlette.testclient import TestClient

from tests.gql.hostile import HOSTILE

PRIVATE = "hemlig4711"
LINE = re.compile(r"^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /\S* \d{3} \d+ \d+\.\d$")


@pytest.fixture(autouse=True)
def _everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    # The client's own log is not ours.
    for name in ("httpx2", "httpx", "httpcore2", "httpcore"):
        caplog.set_level(logging.CRITICAL, logger=name)
    caplog.set_level(logging.DEBUG)


def access_lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "taxonomy.access"]


def test_a_request_is_one_line_of_method_path_status_bytes_and_milliseconds(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get(
        "/graphql", params={"query": "{ release { id } }"}, headers={"Accept-Encoding": "identity"}
    )
    client.get("/nothing")
    client.put("/graphql")
    lines = access_lines(caplog)
    assert [line.rsplit(" ", 1)[0] for line in lines][:2] == [
        f"GET /graphql 200 {len(response.content)}",
        f"GET /nothing 404 {len(client.get('/nothing').content)}",
    ]
    assert all(LINE.match(line) for line in lines)


QUERIES = [
    f'{{ node(id: "{PRIVATE}") {{ id }} }}',
    f'{{ search(text: "{PRIVATE}") {{ totalCount }} }}',
    f"{{ {PRIVATE} }}",
    f"{{ {PRIVATE}",
    f"query {PRIVATE} {{ __typename }}",
    f'{{ concepts(after: "{PRIVATE}") {{ totalCount }} }}',
    f'{{ occupations(filter: {{ groups: ["{PRIVATE}"] }}) {{ totalCount }} }}',
    f'{{ occupationGroup(by: {{ id: "{PRIVATE}" }}) {{ id }} }}',
    f'{{ conceptByCode(scheme: {PRIVATE}, code: "{PRIVATE}") {{ id }} }}',
    f"{{ a{PRIVATE}: __typename }} " * 2,
]


@pytest.mark.parametrize("query", QUERIES)
def test_neither_documents_nor_variables_nor_query_strings_are_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture, query: str
) -> None:
    variables = {"v": PRIVATE, "list": [PRIVATE], "deep": {PRIVATE: PRIVATE}}
    client.post("/graphql", json={"query": query, "variables": variables, "operationName": None})
    client.post("/graphql", json={"query": query, "variables": variables, "operationName": PRIVATE})
    client.get(
        "/graphql", params={"query": query, "variables": f'"{PRIVATE}"', "release": PRIVATE, PRIVATE: PRIVATE}
    )
    client.get("/", params={"lang": PRIVATE})
    client.get("/nothing", params={PRIVATE: PRIVATE}, headers={"Referer": f"http://x/?{PRIVATE}"})
    assert len(access_lines(caplog)) == 5
    assert PRIVATE not in caplog.text


def test_a_hostile_request_leaves_one_line_and_no_error(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    for hostile in HOSTILE:
        client.post("/graphql", content=hostile.body, headers={"Content-Type": "application/json"})
    assert len(access_lines(caplog)) == len(HOSTILE)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert max(len(record.getMessage()) for record in caplog.records) < 100


@pytest.mark.parametrize(
    "path", ["/a%0a2026-01-01 GET / 200", "/a%0d%0ab", "/%1b[31m", "/%00", "/%C2%85", "/" + "a" * 9000]
)
def test_a_path_cannot_forge_lines_of_the_log(
    client: TestClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    client.get(path)
    (line,) = access_lines(caplog)
    assert LINE.match(line), line
    assert line.isprintable()
    assert len(line) < 1000
