"""Every limit is a setting, has its own code, and is told with the number that was reached."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import TestClient

from taxonomy.compose import asgi
from taxonomy.config import Settings

NURSE = "bXNH_MNX_dUR"
DEAR = "{ occupations(first: 100) { nodes { skills(first: 40) { nodes { id } } } } }"


@contextmanager
def limited(settings: Settings, **limits: Any) -> Iterator[TestClient]:
    with TestClient(asgi(settings._replace(**limits)), raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("setting", "limit", "query", "code"),
    [
        ("max_characters", 40, '{ node(id: "#") { id } }', "TOO_LONG"),
        ("max_tokens", 12, "{ release { id @ } }", "TOO_LONG"),
        ("max_depth", 3, "{ concepts(first: 1) { nodes { % } } }", "TOO_DEEP"),
        ("max_aliases", 2, "{ a: __typename b: __typename % }", "TOO_COMPLEX"),
        ("max_repeats", 2, "{ __typename __typename % }", "TOO_COMPLEX"),
        ("max_fragments", 1, "{ ...A } fragment A on Query { __typename % }", "TOO_COMPLEX"),
        ("max_cost", 150, "{ occupations(first: 1) { nodes { id } } % }", "TOO_COMPLEX"),
    ],
)
def test_a_document_may_reach_a_limit_and_not_exceed_it(
    settings: Settings, setting: str, limit: int, query: str, code: str
) -> None:
    more = {
        "max_characters": ("#", NURSE, NURSE * 2),
        "max_tokens": ("@", "ordinal title note", "ordinal title note contentHash publishedAt id id"),
        "max_depth": ("%", "id", "broader { id }"),
        "max_aliases": ("%", "", "c: __typename"),
        "max_repeats": ("%", "", "__typename"),
        "max_fragments": ("%", "", "...B } fragment B on Query { __typename"),
        "max_cost": (
            "%",
            "",
            'search(text: "a", first: 1) { nodes { score } } b: search(text: "b") { totalCount }',
        ),
    }
    place, allowed, forbidden = more[setting]
    with limited(settings, **{setting: limit}) as client:
        response = client.post("/graphql", json={"query": query.replace(place, allowed)})
        assert response.status_code == 200, response.text
        response = client.post("/graphql", json={"query": query.replace(place, forbidden)})
        assert response.status_code == 422
        (error,) = response.json()["errors"]
        assert error["extensions"] == {"code": code}
        assert str(limit) in error["message"]


def test_a_list_in_the_variables_may_be_so_long_and_no_longer(settings: Settings) -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    with limited(settings, max_list=3) as client:
        for count, status in ((3, 200), (4, 422)):
            response = client.post("/graphql", json={"query": query, "variables": {"ids": [NURSE] * count}})
            assert response.status_code == status
        assert response.json()["errors"][0]["extensions"] == {"code": "TOO_LONG"}


def test_a_body_may_be_so_large_and_no_larger(settings: Settings) -> None:
    body = b'{"query": "{ __typename }"}'
    json = {"Content-Type": "application/json"}
    with limited(settings, max_body=len(body)) as client:
        assert client.post("/graphql", content=body, headers=json).status_code == 200
        assert client.post("/graphql", content=body + b" ", headers=json).status_code == 413


def test_the_cost_of_an_operation_stands_in_its_answer(settings: Settings) -> None:
    with limited(settings, max_cost=12_345) as client:
        cost = client.post("/graphql", json={"query": "{ release { id } }"}).json()["extensions"]["cost"]
    assert cost["maximum"] == 12_345
    assert 0 < cost["requested"] < 10


def test_an_operation_that_takes_too_long_is_stopped(settings: Settings) -> None:
    with limited(settings, time_limit=0.0) as client:
        response = client.post("/graphql", json={"query": DEAR})
    assert response.status_code == 503
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {"TIMEOUT"}
    assert "data" not in response.json()
    assert int(response.headers["Retry-After"]) > 0
    assert "Cache-Control" not in response.headers


def test_a_dear_operation_is_refused_when_too_many_wait_and_a_cheap_one_is_not(settings: Settings) -> None:
    with limited(settings, max_waiting=0) as client:
        response = client.post("/graphql", json={"query": DEAR})
        assert response.status_code == 503
        assert response.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}
        assert int(response.headers["Retry-After"]) > 0
        assert client.post("/graphql", json={"query": "{ release { id } }"}).status_code == 200


def test_a_dear_operation_gives_the_same_answer_as_in_cheap_parts(settings: Settings) -> None:
    with limited(settings) as client:
        whole = client.post("/graphql", json={"query": DEAR}).json()
        assert whole["extensions"]["cost"]["requested"] > 4_000
        nodes = whole["data"]["occupations"]["nodes"]
        query = (
            "query($a: String) { occupations(first: 10, after: $a) { pageInfo { endCursor } nodes { # } } }"
        )
        query = query.replace("#", "skills(first: 40) { nodes { id } }")
        found: list[Any] = []
        after = None
        while len(found) < len(nodes):
            page = client.post("/graphql", json={"query": query, "variables": {"a": after}}).json()["data"]
            found += page["occupations"]["nodes"]
            after = page["occupations"]["pageInfo"]["endCursor"]
    assert found == nodes
