"""Staging and publishing in Neo4j: history first, then one transaction that makes the release current.

Two ways. What stays keeps its node and only the difference is applied; where nothing is current or too much
differs for one transaction's memory, a whole copy is staged and takes the place of the current one.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

from neo4j.exceptions import DriverError, Neo4jError

from taxonomy.model.concept import Concept
from taxonomy.model.errors import StoreError
from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import Relation
from taxonomy.model.release import Content, Draft, Release, release_id
from taxonomy.store import cypher
from taxonomy.store.difference import Changes, changes
from taxonomy.store.draft_json import draft_to_json
from taxonomy.store.neo4j_database import PUBLISH_SECONDS, UNCHANGED, Database, MemoryRefused
from taxonomy.store.neo4j_graph import (
    PAST_TYPE,
    bundles,
    finding_node,
    node,
    node_label,
    observation_node,
    relationship,
    relationship_type,
)
from taxonomy.store.neo4j_lock import LOCK_SECONDS, LoadLock, Runs
from taxonomy.store.neo4j_read import BY_HAND, Versions, pointed_in, read_releases, read_versions

_NODES: Final = 5_000
_RELATIONSHIPS: Final = 10_000
_MOST_TOUCHED: Final = 100_000
"""More relations than these in one transaction could need more memory than a server with -Xmx1g has."""
_SETTLE_SECONDS: Final = 90.0
_SETTLE_PAUSE_SECONDS: Final = 1.0

_T = TypeVar("_T")
_NOTHING: Final = Versions(Content((), (), ()), {}, {})


class Plan(NamedTuple):
    """A staged release: what its publication has to do.

    `found` holds the element ids of the relationships that go or change, by the relations' keys.
    """

    ordinal: int
    expected: int
    draft: Draft
    content: Content
    before: Versions
    changes: Changes
    found: dict[tuple[Any, ...], str]
    whole: bool


class Writer:
    """Writes releases of one database under one lock."""

    def __init__(self, database: Database, lock: LoadLock) -> None:
        self._database = database
        self._lock = lock

    def settle(self) -> None:
        """Make the sequence even: whoever has the lock knows that no publication is under way.

        Raises `StoreError` if the graph has a release that only a publication could show.
        """
        self._batch(lambda tx: tx.run(cypher.END_PUBLICATION).consume())
        if self._database.read(lambda tx: tx.run(cypher.RELEASES_AHEAD).value())[0]:
            address = self._database.address
            raise StoreError(f"{address}: there are releases newer than the current one: the graph {BY_HAND}")

    def stage(self, draft: Draft, content: Content) -> Plan:
        """Write all that can be written before the publication, where no reader sees it."""
        _refuse_loose_ends(content, self._database.address)
        current = self.clean()
        before = read_versions(self._database, current) if current else _NOTHING
        found = changes(before.content, content)
        ordinal = current + 1
        rows = [finding_node(finding, n, ordinal) for n, finding in enumerate(content.findings)]
        for batch in _batches(rows, _NODES):
            self._many(cypher.CREATE_FINDINGS, batch)
        rows = [observation_node(observation, ordinal) for observation in found.new_observations]
        for batch in _batches(rows, _NODES):
            self._many(cypher.STAGE_OBSERVATIONS, batch)
        ids = self._write_history(found, ordinal)
        whole = current == 0 or found.relations_touched > _MOST_TOUCHED
        plan = Plan(ordinal, current, draft, content, before, found, ids, whole)
        if whole:
            self._stage_copy(plan)
        return plan

    def publish(self, plan: Plan) -> Release:
        """Make the staged release current, all or nothing; raises `StoreError` if it is not."""
        try:
            return self._publish(plan)
        except MemoryRefused:
            if plan.whole:
                raise
            plan = plan._replace(whole=True)
            self._stage_copy(plan)
            return self._publish(plan)

    def clean(self) -> int:
        """Remove what nobody needs any more; the ordinal of the current release, 0 for none."""
        ordinals = [release.ordinal for release in read_releases(self._database)]
        current = ordinals[-1] if ordinals else 0
        for text in cypher.CLEAN:
            while self._batch(lambda tx, text=text: _removed(tx, text, current, ordinals)):  # type: ignore[misc]
                pass
        return current

    def forget(self, ordinal: int) -> None:
        """Remove a release that is not current, and the history that only it needed."""
        self._batch(lambda tx: tx.run(cypher.DELETE_RELEASE, ordinal=ordinal).consume())
        self.clean()

    def _batch(self, work: Callable[[Runs], _T]) -> _T:
        def confirmed(transaction: Runs) -> _T:
            self._lock.confirm(transaction)
            return work(transaction)

        return self._database.write(confirmed)

    def _many(self, text: str, rows: Sequence[Any], **values: Any) -> None:
        self._batch(lambda tx: _run(tx, text, len(rows), rows=rows, **values))

    def _write_history(self, found: Changes, until: int) -> dict[tuple[Any, ...], str]:
        superseded = [c.id for c in found.gone_concepts] + [old.id for old, _ in found.changed_concepts]
        for ids in _batches(superseded, _NODES):
            self._batch(
                lambda tx, ids=ids: _run(tx, cypher.SUPERSEDE_CONCEPTS, len(ids), ids=ids, until=until)  # type: ignore[misc]
            )
        past = found.gone_relations + [old for old, _ in found.changed_relations]
        anchors = sorted({end for relation in past for end in (relation.subject, relation.object)})
        for ids in _batches(anchors, _RELATIONSHIPS):
            self._batch(lambda tx, ids=ids: _run(tx, cypher.MAKE_ANCHORS, len(ids), ids=ids))  # type: ignore[misc]
        by_kind: dict[Any, list[Relation]] = {}
        for relation in past:
            by_kind.setdefault(relation.kind, []).append(relation)
        made: dict[tuple[Any, ...], str] = {}
        for kind, relations in by_kind.items():
            for some in _batches(relations, _RELATIONSHIPS):
                made.update(self._supersede(kind, some, until))
        return made

    def _supersede(self, kind: Any, some: Sequence[Relation], until: int) -> dict[tuple[Any, ...], str]:
        type_ = relationship_type(kind)
        rows = [[r.subject, r.object, r.provenance.value] for r in some]
        values = {"type": type_, "was": PAST_TYPE + type_, "until": until, "rows": rows}
        found = self._batch(lambda tx: tx.run(cypher.SUPERSEDE_RELATIONS, values).single()["found"])
        _refuse_difference(len(found), len(rows))
        return {(kind, subject, other, by): id_ for subject, other, by, id_ in found}

    def _stage_copy(self, plan: Plan) -> None:
        ids: dict[str, int] = {}
        known = plan.before.concepts_since
        stay = _unchanged(plan)
        for some in _batches(plan.content.concepts, _NODES):
            rows = [node(c, known[c.id] if c.id in stay else plan.ordinal) for c in some]
            ids.update(self._batch(lambda tx, rows=rows: _staged(tx, rows)))  # type: ignore[misc]
        changed = {new[:4] for _, new in plan.changes.changed_relations}
        relations = plan.content.relations
        old = plan.before.relations_since
        since = [plan.ordinal if r[:4] in changed else old.get(r[:4], plan.ordinal) for r in relations]
        for type_, properties, ends in bundles(relations, since):
            for part in _batches(ends, _RELATIONSHIPS):
                found = [[ids[subject], ids[other], rank] for subject, other, rank in part]
                self._many(cypher.STAGE_RELATIONS, found, type=type_, properties=properties)

    def _publish(self, plan: Plan) -> Release:
        self._batch(lambda tx: tx.run(cypher.BEGIN_PUBLICATION).consume())
        try:
            with self._database.once(PUBLISH_SECONDS) as transaction:
                self._lock.confirm(transaction)
                _end_observations(transaction, plan)
                (_replace if plan.whole else _apply)(transaction, plan)
                _begin_observations(transaction, plan)
                release = _point(transaction, plan)
        except (DriverError, Neo4jError, OSError) as error:
            return self._found_after_all(plan, error)
        else:
            return release
        finally:
            self._end_publication()

    def _end_publication(self) -> None:
        # A leftover odd number only makes readers look at the lock's heartbeat; the next lock evens it.
        try:
            with self._database.once(LOCK_SECONDS) as transaction:
                self._lock.confirm(transaction)
                transaction.run(cypher.END_PUBLICATION).consume()
        except (DriverError, Neo4jError, OSError, StoreError):
            return

    def _found_after_all(self, plan: Plan, error: Exception) -> Release:
        """The release, if it is published whatever was said; raises what went wrong if it is not.

        A commit may go on after its connection broke. It holds the lock's node, so that the releases are read
        after it has ended, even by a loader that has lost the lock.
        """
        told = self._database.told(error)
        deadline = time.monotonic() + _SETTLE_SECONDS
        while True:
            try:
                releases = self._database.write(self._settled)
                break
            except StoreError as away:
                if time.monotonic() > deadline:
                    raise StoreError(
                        f"{str(told).removesuffix(f'; {UNCHANGED}')}. Whether release {plan.ordinal} was"
                        " published is not known: when the server is back, see `taxonomy releases`; it is"
                        " there whole or not at all"
                    ) from away
                time.sleep(_SETTLE_PAUSE_SECONDS)
        for release in releases:
            if (release.ordinal, release.draft) == (plan.ordinal, plan.draft):
                return release
        raise told from error

    def _settled(self, transaction: Runs) -> tuple[Release, ...]:
        transaction.run(cypher.TOUCH_LOCK).consume()
        return pointed_in(transaction, self._database.address)[1]


def _replace(transaction: Runs, plan: Plan) -> None:
    old, new = plan.before.content.concepts, plan.content.concepts
    labels = {concept.kind: node_label(concept.kind) for concept in (*old, *new)}
    # In this order: a label is unique by id, and for a moment both copies would have it.
    _run(transaction, cypher.RETIRE_CURRENT, len(old), labels=labels)
    _run(transaction, cypher.PUBLISH_STAGED, len(new), labels=labels)


def _apply(transaction: Runs, plan: Plan) -> None:
    found, now = plan.changes, plan.ordinal
    for keys in _batches([relation[:4] for relation in found.gone_relations], _RELATIONSHIPS):
        ids = [plan.found[key] for key in keys]
        _run(transaction, cypher.DELETE_RELATIONS, len(ids), ids=ids)
    for gone in _batches(found.gone_concepts, _NODES):
        _run(transaction, cypher.DELETE_CONCEPTS, len(gone), ids=[concept.id for concept in gone])
    for label, concepts in _by_label(found.new_concepts).items():
        for some in _batches(concepts, _NODES):
            rows: list[Any] = [node(concept, now) for concept in some]
            _run(transaction, cypher.CREATE_CONCEPTS, len(rows), rows=rows, label=label)
    for pairs in _batches(found.changed_concepts, _NODES):
        rows = [node(new, now) for _, new in pairs]
        _run(transaction, cypher.CHANGE_CONCEPTS, len(rows), rows=rows)
        rows = [
            {"id": new.id, "old": node_label(old.kind), "new": node_label(new.kind)}
            for old, new in pairs
            if old.kind != new.kind
        ]
        _run(transaction, cypher.MOVE_CONCEPTS, len(rows), rows=rows)
    for changed in _batches(found.changed_relations, _RELATIONSHIPS):
        rows = [[plan.found[new[:4]], relationship(new, now)] for _, new in changed]
        _run(transaction, cypher.CHANGE_RELATIONS, len(rows), rows=rows)
    for type_, properties, ends in bundles(found.new_relations, [now] * len(found.new_relations)):
        for part in _batches(ends, _RELATIONSHIPS):
            values = {"rows": part, "type": type_, "properties": properties}
            _run(transaction, cypher.CREATE_RELATIONS, len(part), **values)


def _end_observations(transaction: Runs, plan: Plan) -> None:
    """Those that are gone are past; before a whole copy takes their concepts' place, all are untied."""
    gone = plan.changes.gone_observations
    if gone:
        found = transaction.run(cypher.FIND_OBSERVATIONS).single()["found"]
        ids = {tuple(key): id_ for *key, id_ in found}
        for some in _batches(gone, _NODES):
            keys = [(row.concept, row.measure.value, row.region, row.period) for row in some]
            known = [ids[key] for key in keys if key in ids]
            _run(transaction, cypher.END_OBSERVATIONS, len(some), ids=known, until=plan.ordinal)
    if plan.whole:
        transaction.run(cypher.UNTIE_OBSERVATIONS).consume()


def _begin_observations(transaction: Runs, plan: Plan) -> None:
    _run(transaction, cypher.PUBLISH_OBSERVATIONS, len(plan.changes.new_observations))
    transaction.run(cypher.TIE_OBSERVATIONS).consume()


def _point(transaction: Runs, plan: Plan) -> Release:
    draft, id_ = plan.draft, release_id(plan.ordinal, plan.draft.content_hash)
    release = {
        "ordinal": plan.ordinal,
        "id": id_,
        "hash": draft.content_hash,
        "title": draft.title,
        "recipe": draft.recipe,
        "sources": [source.id for source in draft.sources],
        "concepts": len(plan.content.concepts),
        "relations": len(plan.content.relations),
        "observations": len(plan.content.observations),
        "summary": draft_to_json(draft),
    }
    at = transaction.run(cypher.CREATE_RELEASE, release=release).single()["at"]
    values = {"ordinal": plan.ordinal, "expected": plan.expected}
    if transaction.run(cypher.MOVE_POINTER, values).single() is None:
        raise StoreError(f"release {plan.ordinal} is not staged: another one was published meanwhile")
    return Release(id_, plan.ordinal, at.to_native(), draft)


def _run(transaction: Runs, text: str, expected: int, **values: Any) -> None:
    """Run a statement that returns how many rows it has done, and refuse any other number."""
    _refuse_difference(transaction.run(text, values).single()["done"], expected)


def _refuse_difference(done: int, expected: int) -> None:
    if done != expected:
        raise StoreError(
            f"the graph is not as the store left it ({done} of {expected} rows were found): it was changed by"
            " hand; the published releases are as they were, docs/operations.md says how to restore the graph"
        )


def _staged(transaction: Runs, rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    made: list[tuple[str, int]] = transaction.run(cypher.STAGE_CONCEPTS, rows=rows).single()["made"]
    return made


def _removed(transaction: Runs, text: str, current: int, ordinals: list[int]) -> int:
    return int(transaction.run(text, current=current, ordinals=ordinals).single()["removed"])


def _unchanged(plan: Plan) -> set[ConceptId]:
    touched = {new.id for _, new in plan.changes.changed_concepts}
    touched.update(concept.id for concept in plan.changes.new_concepts)
    return {concept.id for concept in plan.content.concepts} - touched


def _by_label(concepts: Sequence[Concept]) -> dict[str, list[Concept]]:
    found: dict[str, list[Concept]] = {}
    for concept in concepts:
        found.setdefault(node_label(concept.kind), []).append(concept)
    return found


def _refuse_loose_ends(content: Content, address: str) -> None:
    known = {concept.id for concept in content.concepts}
    for relation in content.relations:
        for end in (relation.subject, relation.object):
            if end not in known:
                raise StoreError(f"{address}: a relation ({relation.kind}) names {end}, which is no concept")


def _batches(rows: Sequence[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(rows)
    while some := list(islice(iterator, size)):
        yield some
