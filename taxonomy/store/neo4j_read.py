"""Reading releases: in one transaction between two equal even values of the sequence, proved by the hash.

Neo4j applies a commit element by element, so a reader beside a publication can see a mixture; see
docs/neo4j.md. The sequence saves most of the work of finding out, the content hash decides.
"""

import time
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from taxonomy.model.errors import StoreError, UnknownRelease
from taxonomy.model.observation import in_order
from taxonomy.model.release import Content, Release, release_id
from taxonomy.store import cypher
from taxonomy.store.draft_json import draft_from_json
from taxonomy.store.garbage import without_garbage_collection
from taxonomy.store.neo4j_database import Database
from taxonomy.store.neo4j_graph import concepts_of, finding_of, observation_of, relations_of
from taxonomy.store.neo4j_lock import LOCK_SECONDS, Runs
from taxonomy.store.neo4j_schema import refuse_unknown_version

_PAUSE_SECONDS: Final = 0.02
_PATIENCE_SECONDS: Final = 60.0
_LONGEST_SECONDS: Final = 300.0
_TRIES: Final = 5
BY_HAND: Final = "was changed by hand or by another program; docs/operations.md says how to restore it"


class Versions(NamedTuple):
    """The content of a release, and for each concept (by id) and relation (by key) since which release."""

    content: Content
    concepts_since: Mapping[str, int]
    relations_since: Mapping[tuple[Any, ...], int]


class Raw(NamedTuple):
    """What one transaction saw: rows as they came, the sequence before and after.

    `busy` says that a publication was under way; an odd number that a dead loader left is none.
    """

    before: int
    after: int
    busy: bool
    concepts: list[tuple[int, list[str]]]
    relations: list[dict[str, Any]]
    findings: list[list[Any]]
    observations: list[list[Any]]


def read_releases(database: Database) -> tuple[Release, ...]:
    """The published releases, oldest first; empty for a database that has no store."""
    deadline = time.monotonic() + _LONGEST_SECONDS
    tries = 0
    while tries < _TRIES and time.monotonic() < deadline:
        current, releases = database.read(lambda tx: pointed_in(tx, database.address))
        if current == (releases[-1].ordinal if releases else 0):
            return releases
        # Beside a commit the pointer can be seen before the release is.
        tries += not _publishes(database.read(_state))
        time.sleep(_PAUSE_SECONDS)
    raise StoreError(f"{database.address}: release {current} is current and not there: the graph {BY_HAND}")


def read_content(database: Database, ordinal: int) -> Content:
    """A published release, exactly; raises `UnknownRelease` if there is none.

    Raises `StoreError` when what is there is not what was published: somebody has changed the graph.
    """
    return _proved(database, ordinal)[0]


def read_versions(database: Database, ordinal: int) -> Versions:
    """A published release, and since when each part of it is there; raises as `read_content` does."""
    return _versions(*_proved(database, ordinal))


def _proved(database: Database, ordinal: int) -> tuple[Content, Raw]:
    deadline = time.monotonic() + _LONGEST_SECONDS
    tries = 0
    while tries < _TRIES and time.monotonic() < deadline:
        release = _published(database, ordinal)
        _wait_for_publication(database)
        with without_garbage_collection():
            raw = database.read(lambda tx: _read(tx, ordinal))
            content = _content(raw) if raw.before == raw.after else None
            if content is not None and content.hashed() == release.content_hash:
                return content, raw
        # Beside a publication it is no wonder that this is not the release.
        tries += not raw.busy
    if tries < _TRIES:
        raise StoreError(f"{database.address} is published to without a pause: try again")
    raise StoreError(
        f"{database.address}: the graph is not the release {release.id} that was published: it {BY_HAND}"
    )


def _published(database: Database, ordinal: int) -> Release:
    found = next((r for r in read_releases(database) if r.ordinal == ordinal), None)
    if found is None:
        raise UnknownRelease(f"{database.address} has no release {ordinal}; see `taxonomy releases`")
    return found


def _wait_for_publication(database: Database) -> None:
    """Wait while a publication is under way; not for one whose loader has died."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if not _publishes(database.read(_state)):
            return
        time.sleep(_PAUSE_SECONDS)


def _publishes(state: Mapping[str, Any]) -> bool:
    """Whether a loader that is alive has a publication under way."""
    return bool((state["sequence"] or 0) % 2 and state["held"])


def _state(transaction: Runs) -> dict[str, Any]:
    return dict(transaction.run(cypher.STORE_STATE, ttl=LOCK_SECONDS).single())


def pointed_in(transaction: Runs, address: str) -> tuple[int, tuple[Release, ...]]:
    """Which release is current (0: none) and the releases up to it, as a transaction sees them."""
    row = transaction.run(cypher.RELEASES).single()
    if row is None:
        return 0, ()
    refuse_unknown_version(row["schema"], address)
    try:
        releases = tuple(_release(*values) for values in row["releases"] if values[0] is not None)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(f"{address}: a Release node is damaged: it {BY_HAND}") from error
    return row["current"], releases


def _release(ordinal: int, published_at: Any, hash_: str, summary: str) -> Release:
    return Release(release_id(ordinal, hash_), ordinal, published_at.to_native(), draft_from_json(summary))


def _read(transaction: Runs, ordinal: int) -> Raw:
    state = _state(transaction)
    values = {"ordinal": ordinal, "current": state["current"]}
    concepts: list[tuple[int, list[str]]] = []
    relations: list[dict[str, Any]] = []
    texts: Mapping[str, list[Any]] = {
        cypher.READ_CONCEPTS: concepts,
        cypher.READ_RELATIONS: relations,
    }
    if ordinal != state["current"]:
        texts = {**texts, cypher.READ_SUPERSEDED: concepts, cypher.READ_PAST_RELATIONS: relations}
    for text, rows in texts.items():
        for record in transaction.run(text, values):
            rows.append((record[0], record[1]) if rows is concepts else dict(record.items()))
    findings = transaction.run(cypher.READ_FINDINGS, values).single()["rows"]
    observations = transaction.run(cypher.READ_OBSERVATIONS, values).single()["rows"]
    after = _state(transaction)
    busy = state["sequence"] != after["sequence"] or _publishes(after)
    return Raw(state["sequence"], after["sequence"], busy, concepts, relations, findings, observations)


def _content(raw: Raw) -> Content | None:
    """The rows as content; None for rows that no program of ours has written."""
    try:
        concepts = [concept for _, records in raw.concepts for concept in concepts_of(records)]
        relations = [relation for group in raw.relations for relation in relations_of(group)]
        findings = tuple(finding_of(row) for row in raw.findings)
        observations = in_order(observation_of(row) for row in raw.observations)
    except (ValueError, TypeError, KeyError):
        return None
    concepts.sort(key=lambda concept: concept.id)
    relations.sort()
    return Content(tuple(concepts), tuple(relations), findings, tuple(observations))


def _versions(content: Content, raw: Raw) -> Versions:
    concepts: dict[str, int] = {
        concept.id: since for since, records in raw.concepts for concept in concepts_of(records)
    }
    relations = {r[:4]: group["since"] for group in raw.relations for r in relations_of(group)}
    return Versions(content, concepts, relations)
