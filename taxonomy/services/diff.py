"""What changed between two releases: a pure function of their snapshots.

Not compared is what changes with every version of a source and says nothing: the names of the sources.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import ESCO_SKILL_GROUP, Kind, LabelRole, Locale, Provenance, facts_of
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import NONE, Adjacency, Ints, Texts
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES
from taxonomy.snapshot.snapshot import NOTE_KINDS

Longs = NDArray[np.int64]

_LOCALES: Final = tuple(Locale)


class Change(StrEnum):
    """What happened to a concept, or to a relation."""

    ADDED = "added"
    REMOVED = "removed"
    RENUMBERED = "renumbered"
    KIND = "kind-changed"
    DEPRECATED = "deprecated"
    REINSTATED = "reinstated"
    REPLACED = "replaced"
    RELABELLED = "relabelled"
    OTHER_LABELS = "other-labels"
    RECODED = "recoded"
    REDEFINED = "redefined"
    NOTED = "noted"
    MOVED = "moved"
    RELATION_ADDED = "relation-added"
    RELATION_REMOVED = "relation-removed"
    RELATION_CHANGED = "relation-changed"


class ConceptChange(NamedTuple):
    """One change of one concept, under its later id, or the only one it has; so is its kind.

    `part` says what of it: a locale, a role and a locale of other labels, the system of a code, a kind of
    note. `before` holds what only the earlier release says and `after` what only the later one says: kinds,
    labels, codes, texts, or ids of concepts above (`MOVED`) or of replacements.
    """

    change: Change
    id: str
    kind: Kind
    part: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Said(NamedTuple):
    """What a relation says beside its ends."""

    necessity: Necessity | None
    level: int | None
    rank: int | None


class RelationChange(NamedTuple):
    """One relation that came, went, or says something else; its ends are named as in `ConceptChange`."""

    change: Change
    relation: RelationKind
    subject: str
    object: str
    provenance: Provenance
    before: Said | None
    after: Said | None


class ChangeCount(NamedTuple):
    """How often something happened to concepts of a kind, or to relations of one."""

    change: Change
    kind: Kind | RelationKind
    count: int  # type: ignore[assignment]  # nobody needs tuple.count of a row


class Diff(NamedTuple):
    """All that changed: concepts by change, then in the order of the later release; relations by kind."""

    concepts: tuple[ConceptChange, ...]
    relations: tuple[RelationChange, ...]

    def counts(self) -> list[ChangeCount]:
        """How often what happened to which kind, in the order of `Change`, then by name."""
        rows: Counter[tuple[Change, Kind | RelationKind]] = Counter()
        rows.update((row.change, row.kind) for row in self.concepts)
        rows.update((row.change, row.relation) for row in self.relations)
        order = {change: place for place, change in enumerate(Change)}
        found = sorted(rows.items(), key=lambda item: (order[item[0][0]], item[0][1]))
        return [ChangeCount(change, kind, count) for (change, kind), count in found]


def diff(before: Snapshot, after: Snapshot) -> Diff:
    """What changed from one release to another.

    Concepts are the same by id. A group that is gone and a new one of the same kind with the same code,
    each the only one, are the same group under another id (`RENUMBERED`): what lies below it did not move.
    Concepts that came or went have one row each, and their relations are listed; labels and texts are not.
    """
    both = _Both.of(before, after)
    relations = [row for kind in RelationKind for row in _relations(both, kind)]
    concepts = filter(None, (*_concepts(both), *_moved(both, relations)))
    return Diff(tuple(concepts), tuple(relations))


class _Both(NamedTuple):
    """Two snapshots with one numbering: the later one's, and behind it what only the earlier one has.

    `number` is that of each concept of the earlier one; `kept` holds the concepts of both, as numbers of
    the later and of the earlier one.
    """

    before: Snapshot
    after: Snapshot
    number: Longs
    ids: tuple[str, ...]
    renumbered: Mapping[int, int]
    gone: Sequence[int]
    new: Sequence[int]
    kept: tuple[Longs, Longs]

    @classmethod
    def of(cls, before: Snapshot, after: Snapshot) -> "_Both":
        """The common numbering of two snapshots."""
        place = after.index
        found = np.fromiter((place.get(id_, -1) for id_ in before.ids), np.int64, before.count)
        known = np.zeros(after.count, np.bool_)
        known[found[found >= 0]] = True
        gone, new = np.flatnonzero(found < 0).tolist(), np.flatnonzero(~known).tolist()
        pairs = _same_groups(before, gone, after, new)
        for later, earlier in pairs.items():
            found[earlier] = later
        gone, paired = np.flatnonzero(found < 0).tolist(), pairs.keys()
        kept = np.flatnonzero(found >= 0)
        kept = kept[np.argsort(found[kept])]
        found_kept = found[kept]
        found[found < 0] = after.count + np.arange(len(gone))
        ids = (*after.ids, *(before.ids[earlier] for earlier in gone))
        rest = [later for later in new if later not in paired]
        return cls(before, after, found, ids, pairs, gone, rest, (found_kept, kept))

    def pairs(self, candidates: NDArray[np.bool_] | None = None) -> Iterator[tuple[int, int]]:
        """The numbers of each concept of both releases: in the later, and in the earlier one."""
        later, earlier = self.kept
        if candidates is not None:
            later, earlier = later[candidates], earlier[candidates]
        return zip(later.tolist(), earlier.tolist(), strict=True)

    def row(
        self, change: Change, later: int, part: str, before: Iterable[str], after: Iterable[str]
    ) -> ConceptChange | None:
        """A change of a concept of both, with what only one of them says; None when that is nothing."""
        old, new = set(before), set(after)
        if old == new:
            return None
        lost, gained = tuple(sorted(old - new)), tuple(sorted(new - old))
        return ConceptChange(change, self.after.ids[later], self.after.kind_of[later], part, lost, gained)


def _same_groups(
    before: Snapshot, gone: Sequence[int], after: Snapshot, new: Sequence[int]
) -> dict[int, int]:
    """Which new group is which one that is gone: number in the later release -> in the earlier one."""
    old, fresh = _by_code(before, gone), _by_code(after, new)
    return {
        fresh[code][0]: some[0]
        for code, some in old.items()
        if len(some) == 1 and len(fresh.get(code, ())) == 1
    }


def _by_code(snapshot: Snapshot, concepts: Iterable[int]) -> dict[tuple[Kind, str], list[int]]:
    """The groups among these concepts by kind and code. Codes of anything else may be given again."""
    found: dict[tuple[Kind, str], list[int]] = {}
    for concept in concepts:
        kind, code = snapshot.kind_of[concept], snapshot.codes.get(concept)
        if code and (kind == ESCO_SKILL_GROUP or facts_of(kind).level is not None):
            found.setdefault((kind, code), []).append(concept)
    return found


def _concepts(both: _Both) -> Iterator[ConceptChange | None]:
    before, after = both.before, both.after
    for later in both.new:
        yield ConceptChange(Change.ADDED, after.ids[later], after.kind_of[later])
    for earlier in both.gone:
        yield ConceptChange(Change.REMOVED, before.ids[earlier], before.kind_of[earlier])
    for later, earlier in both.renumbered.items():
        names = [before.ids[earlier]], [after.ids[later]]
        yield both.row(Change.RENUMBERED, later, "", *names)
    yield from _of_both(both)


def _of_both(both: _Both) -> Iterator[ConceptChange | None]:
    """The changes of concepts that both releases have."""
    yield from _kinds_and_states(both)
    for locale in Locale:
        old, new = both.before.labels[locale], both.after.labels[locale]
        for later, earlier in both.pairs():
            if old[earlier] != new[later]:
                texts = filter(None, [old[earlier]]), filter(None, [new[later]])
                yield both.row(Change.RELABELLED, later, locale, *texts)
    for role in (LabelRole.ALTERNATIVE, LabelRole.HIDDEN):
        for locale in Locale:
            tag = f"{role} {locale}"
            lists = [_other_labels(one, role, locale, tag) for one in (both.before, both.after)]
            yield from _lists(both, Change.OTHER_LABELS, *lists)
    yield from _lists(both, Change.RECODED, _codes(both.before), _codes(both.after))
    yield from _lists(both, Change.REDEFINED, _definitions(both.before), _definitions(both.after))
    yield from _lists(both, Change.NOTED, _notes(both.before), _notes(both.after))


def _kinds_and_states(both: _Both) -> Iterator[ConceptChange | None]:
    before, after = both.before, both.after
    for later, earlier in both.pairs():
        if before.kind_of[earlier] != after.kind_of[later]:
            yield both.row(Change.KIND, later, "", [before.kind_of[earlier]], [after.kind_of[later]])
        if before.deprecated[earlier] != after.deprecated[later]:
            change = Change.DEPRECATED if after.deprecated[later] else Change.REINSTATED
            yield ConceptChange(change, after.ids[later], after.kind_of[later])
    some = _lengths(after, "replaced_by", both.kept[0]) + _lengths(before, "replaced_by", both.kept[1]) > 0
    for later, earlier in both.pairs(some):
        old = [both.ids[both.number[number]] for number in before.replaced_by(earlier)]
        new = [both.ids[number] for number in after.replaced_by(later)]
        yield both.row(Change.REPLACED, later, "", old, new)


class _Lists(NamedTuple):
    """A list per concept: those of concept i are `entries[start[i]:start[i + 1]]`, pairs of part and text."""

    start: Ints
    entries: Sequence[tuple[str, str]]


def _other_labels(snapshot: Snapshot, role: LabelRole, locale: Locale, tag: str) -> _Lists:
    texts = Texts.from_arrays(f"{role}/{locale}", snapshot.arrays).decoded()
    return _Lists(snapshot.arrays[f"{role}/{locale}/start"], [(tag, text) for text in texts])


def _codes(snapshot: Snapshot) -> _Lists:
    systems = Texts.from_arrays("code/systems", snapshot.arrays).decoded()
    values = Texts.from_arrays("code", snapshot.arrays).decoded()
    tags = [systems[number] for number in snapshot.arrays["code/system"].tolist()]
    return _Lists(snapshot.arrays["code/start"], list(zip(tags, values, strict=True)))


def _definitions(snapshot: Snapshot) -> _Lists:
    texts = Texts.from_arrays("definition", snapshot.arrays).decoded()
    tags = [_LOCALES[number].value for number in snapshot.arrays["definition/locale"].tolist()]
    return _Lists(snapshot.arrays["definition/start"], list(zip(tags, texts, strict=True)))


def _notes(snapshot: Snapshot) -> _Lists:
    texts = Texts.from_arrays("note", snapshot.arrays).decoded()
    kind, locale, text = (snapshot.arrays[f"note/{name}"].tolist() for name in ("kind", "locale", "text"))
    rows = zip(kind, locale, text, strict=True)
    entries = [(f"{NOTE_KINDS[one]} {_LOCALES[other]}", texts[place]) for one, other, place in rows]
    return _Lists(snapshot.arrays["note/start"], entries)


def _lists(both: _Both, change: Change, before: _Lists, after: _Lists) -> Iterator[ConceptChange | None]:
    later, earlier = both.kept
    some = (np.diff(after.start)[later] + np.diff(before.start)[earlier]) > 0
    old_start, new_start = before.start.tolist(), after.start.tolist()
    for later_one, earlier_one in both.pairs(some):
        old = before.entries[old_start[earlier_one] : old_start[earlier_one + 1]]
        new = after.entries[new_start[later_one] : new_start[later_one + 1]]
        if old != new:
            for part in sorted({part for part, _ in (*old, *new)}):
                texts = [[text for tag, text in some_ if tag == part] for some_ in (old, new)]
                yield both.row(change, later_one, part, *texts)


def _lengths(snapshot: Snapshot, name: str, concepts: Longs) -> Longs:
    lengths: Longs = np.diff(snapshot.arrays[f"{name}/start"])[concepts].astype(np.int64)
    return lengths


# ---- relations


class _Edges(NamedTuple):
    """The relations of a kind of one release, sorted by a key that is the same in both."""

    keys: Longs
    rows: Longs
    adjacency: Adjacency

    def said(self, place: int) -> Said:
        """What the relation at a place says."""
        row, edges = self.rows[place], self.adjacency
        necessity = edges.necessity[row]
        known = None if necessity == NONE else NECESSITIES[necessity]
        return Said(known, int(edges.level[row]) or None, int(edges.rank[row]) or None)


def _edges(both: _Both, snapshot: Snapshot, kind: RelationKind, number: Longs) -> _Edges:
    edges = snapshot.edges(kind, Direction.OUT)
    subjects = np.repeat(number, np.diff(edges.start))
    keys = (subjects * len(both.ids) + number[edges.target]) * len(PROVENANCES) + edges.provenance
    order = np.argsort(keys)
    return _Edges(keys[order], order, edges)


def _relations(both: _Both, kind: RelationKind) -> Iterator[RelationChange]:
    old = _edges(both, both.before, kind, both.number)
    new = _edges(both, both.after, kind, np.arange(both.after.count, dtype=np.int64))
    place = np.searchsorted(new.keys, old.keys)
    inside = place < len(new.keys)
    found = np.zeros(len(old.keys), np.bool_)
    found[inside] = new.keys[place[inside]] == old.keys[inside]
    came = np.ones(len(new.keys), np.bool_)
    came[place[found]] = False
    for row in np.flatnonzero(came).tolist():
        yield _relation(both, Change.RELATION_ADDED, kind, new.keys[row], None, new.said(row))
    for row in np.flatnonzero(~found).tolist():
        yield _relation(both, Change.RELATION_REMOVED, kind, old.keys[row], old.said(row), None)
    one = np.flatnonzero(found)
    other = place[one]
    differ = _differ(old, one, new, other)
    for row, row_after in zip(one[differ].tolist(), other[differ].tolist(), strict=True):
        said = old.said(row), new.said(row_after)
        yield _relation(both, Change.RELATION_CHANGED, kind, old.keys[row], *said)


def _differ(old: _Edges, one: Longs, new: _Edges, other: Longs) -> NDArray[np.bool_]:
    """Which of the relations that are in both say something else by now."""
    earlier, later = old.rows[one], new.rows[other]
    before, after = old.adjacency, new.adjacency
    found: NDArray[np.bool_] = (
        (before.necessity[earlier] != after.necessity[later])
        | (before.level[earlier] != after.level[later])
        | (before.rank[earlier] != after.rank[later])
    )
    return found


def _relation(
    both: _Both, change: Change, kind: RelationKind, key: np.int64, before: Said | None, after: Said | None
) -> RelationChange:
    ends, provenance = divmod(int(key), len(PROVENANCES))
    subject, object_ = divmod(ends, len(both.ids))
    names = both.ids[subject], both.ids[object_]
    return RelationChange(change, kind, *names, PROVENANCES[provenance], before, after)


def _moved(both: _Both, relations: Iterable[RelationChange]) -> Iterator[ConceptChange | None]:
    """The concepts of both releases that lie below something else by now."""
    above: dict[str, tuple[set[str], set[str]]] = {}
    for row in relations:
        if row.relation is RelationKind.BROADER and row.change is not Change.RELATION_CHANGED:
            side = above.setdefault(row.subject, (set(), set()))
            side[row.after is not None].add(row.object)
    kept = set(both.kept[0].tolist())
    for id_, (lost, gained) in above.items():
        later = both.after.index.get(id_, -1)
        if later in kept:
            yield both.row(Change.MOVED, later, "", lost, gained)
