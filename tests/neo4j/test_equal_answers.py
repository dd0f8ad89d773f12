"""Answers are the same, byte for byte, whichever store a release was read from.

What differs by nature is when a release was published in which store: `publishedAt` is not generated, and in
the answers of the named operations its value is blanked.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson
import pytest
from graphql import GraphQLField, GraphQLInterfaceType, GraphQLObjectType, get_named_type, is_leaf_type

from neo4j_server.server import Server
from taxonomy.compose import graphql_executor, open_shelf, opened_store
from taxonomy.config import Settings
from taxonomy.gql.schema import executable
from tests.gql.service import Service, operations, publish, settings_in

QUERIES: Final = 200
DEEPEST: Final = 3
ROOTS: Final = (
    "concept(id: {id})",
    "node(id: {id})",
    "nodes(ids: [{id}, {other}])",
    "occupation(id: {occupation})",
    "skill(id: {skill})",
    "search(text: {word}, first: 7)",
    "search(text: {word}, kinds: [OCCUPATION_NAME, SKILL], locale: EN)",
    "concepts(first: {first})",
    "occupations(first: {first})",
    "skills(first: {first})",
    "occupationGroups(level: {level})",
    "occupationFields",
    "regions",
    "shortestPaths(from: {occupation}, to: {other_occupation})",
    "release",
    "releases",
)
NOT_COMPARED: Final = {"publishedAt"}


def both(folder: Path, server: Server, data: Path | None = None) -> tuple[Settings, Settings]:
    """The same recipe loaded into SQLite and into Neo4j, each with a cache of its own."""
    (folder / "file").mkdir(parents=True)
    file = settings_in(folder / "file")
    graph = settings_in(
        folder / "graph", store=server.uri, neo4j_user=server.user, neo4j_password=server.password
    )
    for settings in (file, graph):
        publish(settings, data=data)
    return file, graph


def service_over(settings: Settings) -> Service:
    """The service over what the store gives back; what the load left in the cache is not used."""
    fresh = settings._replace(cache=f"{settings.cache}-read")
    with opened_store(fresh) as store:
        return Service(graphql_executor(fresh), open_shelf(fresh, store).current())


def body(service: Service, query: str, variables: dict[str, Any] | None = None) -> bytes:
    status, found = service.answer(query, variables)
    return orjson.dumps([status, found])


def undated(answer: bytes) -> bytes:
    return re.sub(rb'"publishedAt":"[^"]*"', b'"publishedAt":""', answer)


def assert_operations_agree(file: Service, graph: Service) -> None:
    for operation in operations():
        ours, theirs = (body(one, operation.query, operation.variables) for one in (file, graph))
        assert undated(ours) == undated(theirs), operation.name


class Questions:
    """Queries over the whole schema with ids of a real release, always the same ones."""

    def __init__(self, service: Service, seed: int = 1) -> None:
        self._snapshot = service.snapshot
        self._rng = random.Random(seed)  # noqa: S311 no secret
        self._schema = executable()

    def some(self, count: int) -> Iterator[str]:
        query = self._schema.query_type
        assert query is not None
        for number in range(count):
            root = ROOTS[number % len(ROOTS)]
            name = root.partition("(")[0]
            selection = self._selection(query.fields[name], DEEPEST)
            yield f"{{ {self._filled(root)} {selection} }}"

    def _filled(self, root: str) -> str:
        ids, pick = self._snapshot.ids, self._rng.choice
        kinds = {str(kind): self._snapshot.kind_range(kind) for kind in self._snapshot.kinds}
        word = pick(
            self._snapshot.label(pick(kinds["occupation-name"]), next(iter(self._snapshot.labels))).split()
        )
        values = {
            "id": pick(ids),
            "other": pick(ids),
            "occupation": ids[pick(kinds["occupation-name"])],
            "other_occupation": ids[pick(kinds["occupation-name"])],
            "skill": ids[pick(kinds["skill"])],
            "word": word[: self._rng.randint(2, 12)],
        }
        texts = {name: orjson.dumps(value).decode() for name, value in values.items()}
        return root.format(**texts, first=self._rng.randint(1, 30), level=self._rng.randint(1, 4))

    def _selection(self, field: GraphQLField, depth: int) -> str:
        inner = get_named_type(field.type)
        if is_leaf_type(inner):
            return ""
        assert isinstance(inner, GraphQLObjectType | GraphQLInterfaceType)
        parts = ["__typename"]
        for name, below in inner.fields.items():
            leaf = is_leaf_type(get_named_type(below.type))
            wanted = self._rng.random() < (0.7 if leaf else 0.35)
            if wanted and (leaf or depth) and name not in NOT_COMPARED:
                few = f"(first: {self._rng.randint(1, 4)})" if "first" in below.args else ""
                parts.append(f"{name}{few} {self._selection(below, depth - 1)}")
        return f"{{ {' '.join(parts)} }}"


def differing(file: Service, graph: Service, queries: Iterator[str]) -> list[str]:
    answers = [(query, body(file, query), body(graph, query)) for query in queries]
    refused = [query for query, ours, _ in answers if not ours.startswith(b"[200,")]
    assert len(refused) < len(answers) / 5, refused[0]
    return [query for query, ours, theirs in answers if ours != theirs]


@pytest.mark.slow
@pytest.mark.parametrize("neo4j_version", ["2026"])
def test_answers_over_the_publishers_files_are_the_same_from_both_stores(
    server: Server, tmp_path: Path, real_data: Path
) -> None:
    file, graph = map(service_over, both(tmp_path, server, real_data))
    assert graph.release.id == file.release.id
    assert_operations_agree(file, graph)
    assert differing(file, graph, Questions(file).some(QUERIES)) == []


def test_answers_over_the_sample_are_the_same_from_both_stores(server: Server, tmp_path: Path) -> None:
    file, graph = map(service_over, both(tmp_path, server))
    assert_operations_agree(file, graph)
    assert differing(file, graph, Questions(file).some(len(ROOTS))) == []


@pytest.mark.slow
@pytest.mark.parametrize("neo4j_version", ["5.26"])
def test_an_older_release_is_the_same_from_both_stores(
    server: Server, tmp_path: Path, real_data: Path
) -> None:
    found = []
    for settings in both(tmp_path, server):
        publish(settings, data=real_data)
        with opened_store(settings) as store:
            found.append([(release.id, store.read(release.ordinal)) for release in store.releases()])
    assert found[0] == found[1]
    assert len(found[0]) == 2
