"""What the bare driver needs for the same rows: the reference for loading into and reading from Neo4j."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from neo4j import Driver, Session

from taxonomy.model.release import Content
from taxonomy.store.neo4j_graph import Bundle, bundles, node, node_label

_NODES: Final = 5_000
_RELATIONSHIPS: Final = 10_000
_T = TypeVar("_T")

# `id()` is deprecated, and the fastest way there is.
_MAKE_NODES: Final = """
CYPHER 5 UNWIND $rows AS row CREATE (n:Concept:$($label)) SET n = row RETURN collect([n.id, id(n)]) AS made
"""
_MAKE_RELATIONSHIPS: Final = """
CYPHER 5 UNWIND $rows AS row MATCH (a) WHERE id(a) = row[0] MATCH (b) WHERE id(b) = row[1]
CREATE (a)-[r:$($type)]->(b) SET r = $properties, r.rank = row[2]
"""
_STREAM_NODES: Final = "MATCH (n:Concept) RETURN n.since, n.record"
_STREAM_RELATIONSHIPS: Final = """
MATCH (a:Concept)-[r]->(b:Concept)
RETURN type(r), r.provenance, r.source, r.necessity, r.level, r.since, a.id, b.id, r.rank
"""


class Rows:
    """The rows of a content, made before the clock starts."""

    def __init__(self, content: Content) -> None:
        self.nodes: dict[str, list[dict[str, Any]]] = {}
        for concept in content.concepts:
            self.nodes.setdefault(node_label(concept.kind), []).append(node(concept, 1))
        self.bundles: list[Bundle] = bundles(content.relations, [1] * len(content.relations))


def write(driver: Driver, rows: Rows) -> None:
    """Create all nodes and relationships, batch by batch, with the ends by internal id."""
    ids: dict[str, int] = {}
    with driver.session() as session:
        for label, nodes in rows.nodes.items():
            for some in _batches(nodes, _NODES):
                ids.update(session.execute_write(_made, some, label))
        for type_, properties, ends in rows.bundles:
            for part in _batches(ends, _RELATIONSHIPS):
                found = [[ids[subject], ids[other], rank] for subject, other, rank in part]
                values = {"rows": found, "type": type_, "properties": properties}
                session.execute_write(_related, values)


def stream(driver: Driver) -> int:
    """Read the columns that a snapshot needs, row by row; how many rows there were."""
    with driver.session(default_access_mode="READ", fetch_size=-1) as session:
        return _count(session, _STREAM_NODES) + _count(session, _STREAM_RELATIONSHIPS)


def wipe(driver: Driver) -> None:
    """Delete all nodes and relationships; constraints and indexes stay."""
    text = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS gone"
    while driver.execute_query(text).records[0]["gone"]:
        pass


def _made(transaction: Any, rows: list[dict[str, Any]], label: str) -> list[tuple[str, int]]:
    made: list[tuple[str, int]] = transaction.run(_MAKE_NODES, rows=rows, label=label).single()["made"]
    return made


def _related(transaction: Any, values: dict[str, Any]) -> None:
    transaction.run(_MAKE_RELATIONSHIPS, values).consume()


def _count(session: Session, text: Any) -> int:
    return sum(1 for _ in session.run(text))


def _batches(rows: Sequence[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(rows)
    while some := list(islice(iterator, size)):
        yield some
