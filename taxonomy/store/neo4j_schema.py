"""Constraints and indexes of the graph: made when they are missing, compared when they are there."""

from typing import Any, Final, NamedTuple

from taxonomy.model.errors import StoreError
from taxonomy.store import cypher
from taxonomy.store.neo4j_database import Database

SCHEMA_VERSION: Final = 2
"""Raise it when a store that was written before can no longer be read as it is."""


class Wanted(NamedTuple):
    """A constraint or an index: its name, its statement, and how the server must show it."""

    name: str
    statement: str
    label: str
    properties: tuple[str, ...]
    analyzer: str | None = None


UNIQUE: Final = (
    Wanted("concept_id", cypher.UNIQUE_CONCEPT, "Concept", ("id",)),
    Wanted("staged_id", cypher.UNIQUE_STAGED, "Staged", ("id",)),
    Wanted("past_id", cypher.UNIQUE_PAST, "Past", ("id",)),
    Wanted("release_ordinal", cypher.UNIQUE_RELEASE, "Release", ("ordinal",)),
    Wanted("taxonomy_store_key", cypher.UNIQUE_STORE, "TaxonomyStore", ("key",)),
    Wanted("load_lock_key", cypher.UNIQUE_LOCK, "LoadLock", ("key",)),
)
INDEXES: Final = (
    Wanted("concept_code", cypher.INDEX_CODE, "Concept", ("code",)),
    Wanted("concept_uri", cypher.INDEX_URI, "Concept", ("uri",)),
    Wanted("concept_label", cypher.INDEX_LABEL, "Concept", ("label",)),
    Wanted("superseded_id", cypher.INDEX_SUPERSEDED, "Superseded", ("id",)),
    Wanted("finding_release", cypher.INDEX_FINDING, "Finding", ("release",)),
    Wanted("observation_measure", cypher.INDEX_OBSERVATION, "Observation", ("measure",)),
    Wanted("concept_text_sv", cypher.FULL_TEXT_SV, "Concept", ("label", "altLabels"), "swedish"),
    Wanted("concept_text_en", cypher.FULL_TEXT_EN, "Concept", ("labelEn", "altLabelsEn"), "english"),
)


def ensure_schema(database: Database) -> None:
    """Make what is missing; raises `StoreError` for a graph that is not ours, or is of another version.

    What is there under one of our names must be what we would make: `IF NOT EXISTS` would not look.
    """
    database.read(lambda tx: _refuse_foreign(tx, database.address))
    made = _make_missing(database, UNIQUE, database.schema(cypher.SHOW_CONSTRAINTS))
    indexes = [row for row in database.schema(cypher.SHOW_INDEXES) if row["owningConstraint"] is None]
    if _make_missing(database, INDEXES, indexes) or made:
        database.schema(cypher.AWAIT_INDEXES)
    database.write(lambda tx: tx.run(cypher.CREATE_STORE, schema=SCHEMA_VERSION).consume())


def refuse_unknown_version(version: int | None, address: str) -> None:
    """Raise `StoreError` for a graph of another version than ours."""
    if version is not None and version != SCHEMA_VERSION:
        otherwise = (
            "a newer one"
            if version > SCHEMA_VERSION
            else "load again into a database without our nodes, as docs/operations.md says"
        )
        raise StoreError(
            f"{address} has schema version {version}, this program knows {SCHEMA_VERSION}:"
            f" use the program that wrote it, or {otherwise}"
        )


def _refuse_foreign(transaction: Any, address: str) -> None:
    state = transaction.run(cypher.STORE_STATE, ttl=0).single()
    if state["schema"] is not None:
        refuse_unknown_version(state["schema"], address)
        return
    foreign = transaction.run(cypher.FOREIGN_NODE).single()
    if foreign is not None:
        raise StoreError(
            f"{address} has {':'.join(foreign['labels'])} nodes and no TaxonomyStore node. If they are of"
            " another program, choose another database (TAXONOMY_NEO4J_DATABASE) or server; if that node was"
            " removed by hand, docs/operations.md says how to restore the graph"
        )


def _make_missing(database: Database, wanted: tuple[Wanted, ...], shown: list[dict[str, Any]]) -> bool:
    there = {row["name"]: row for row in shown}
    missing = [item for item in wanted if item.name not in there]
    for item in wanted:
        if item.name in there and not _is_as_wanted(item, there[item.name]):
            made = " ".join(item.statement.split())
            raise StoreError(
                f"{database.address} has {item.name} with another definition: drop it (DROP CONSTRAINT or"
                f" DROP INDEX {item.name}) and load again; this is made instead: {made}"
            )
    for item in missing:
        database.schema(item.statement)
    return bool(missing)


def _is_as_wanted(item: Wanted, row: dict[str, Any]) -> bool:
    config = (row.get("options") or {}).get("indexConfig") or {}
    unique = "UNIQUENESS" in row["type"] or row["type"] in {"RANGE", "FULLTEXT"}
    return (
        unique
        and row["labelsOrTypes"] == [item.label]
        and tuple(row["properties"]) == item.properties
        and config.get("fulltext.analyzer") == item.analyzer
    )
