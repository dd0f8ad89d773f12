"""Walking the graph from one concept: what is above it, beside it, and how much of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import (
    OCCUPATION,
    SKILL,
    SSYK_GROUP,
    SSYK_LEVELS,
    Kind,
    Provenance,
    Scheme,
    facts_of,
)
from taxonomy.model.mapping import MATCHES, seen_from
from taxonomy.model.relation import MATCH_INVERSES, SKILL_RELATIONS, Direction, Necessity, RelationKind
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import NONE, Ints, distinct, stretches
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES


class Facts(NamedTuple):
    """What a source says of one relation."""

    provenance: Provenance
    source: str
    necessity: Necessity | None
    level: int | None
    rank: int | None


class Row(NamedTuple):
    """One relation of a concept: kind, side, place in the adjacency, and the concept at the other end."""

    kind: RelationKind
    direction: Direction
    row: int
    concept: int

    @property
    def match(self) -> RelationKind | None:
        """The kind of match as seen from the concept that was asked about; None for no mapping."""
        return seen_from(self.kind, self.direction) if self.kind in MATCH_INVERSES else None

    def facts(self, snapshot: Snapshot) -> Facts:
        """What is said of the relation."""
        edges = snapshot.edges(self.kind, self.direction)
        necessity = edges.necessity[self.row]
        return Facts(
            PROVENANCES[edges.provenance[self.row]],
            snapshot.sources[edges.source[self.row]],
            None if necessity == NONE else NECESSITIES[necessity],
            int(edges.level[self.row]) or None,
            int(edges.rank[self.row]) or None,
        )


@dataclass(frozen=True, slots=True)
class RelationCount:
    """How many relations of a kind and side lead to concepts of a kind."""

    relation: RelationKind
    direction: Direction
    kind: Kind
    count: int


def broader(snapshot: Snapshot, concept: int, scheme: Scheme | None = None) -> list[int]:
    """The concepts directly above, of one scheme or of all, by number."""
    above = snapshot.edges(RelationKind.BROADER).of(concept)
    return [number for number in above if scheme is None or snapshot.scheme_of(number) is scheme]


def ancestors(snapshot: Snapshot, concept: int, scheme: Scheme | None = None) -> list[int]:
    """All concepts above, nearest first, then by number; each once.

    With a scheme, those of other schemes are left out and still walked through.
    """
    above = snapshot.edges(RelationKind.BROADER)
    seen = {concept}
    found: list[int] = []
    level = [concept]
    while level:
        level = sorted({number for below in level for number in above.of(below)} - seen)
        seen.update(level)
        found += level
    return [number for number in found if scheme is None or snapshot.scheme_of(number) is scheme]


def descendants(snapshot: Snapshot, concepts: Iterable[int]) -> Ints:
    """The concepts themselves and all below them, by number."""
    below = snapshot.edges(RelationKind.BROADER, Direction.IN)
    seen = np.zeros(snapshot.count, np.bool_)
    level = np.fromiter(concepts, np.int32)
    while len(level):
        seen[level] = True
        reached = below.of_many(level)
        level = distinct(reached[~seen[reached]].astype(np.int64)).astype(np.int32)
    return np.flatnonzero(seen).astype(np.int32)


def relations(
    snapshot: Snapshot,
    concept: int,
    kinds: Sequence[RelationKind] | None = None,
    direction: Direction | None = None,
) -> list[Row]:
    """The relations of a concept: by kind, side (out first), strength, and number of the other end."""
    return list(_rows(snapshot, concept, _wanted(kinds), (direction,) if direction else tuple(Direction)))


def relation_counts(snapshot: Snapshot, concept: int) -> Iterator[RelationCount]:
    """How many relations a concept has, in the order of `relations`, kinds of the other end by name."""
    for kind in RelationKind:
        for direction in Direction:
            found = Counter(snapshot.kind_of[other] for other in snapshot.edges(kind, direction).of(concept))
            for other_kind, count in sorted(found.items()):
                yield RelationCount(kind, direction, other_kind, count)


def concepts(snapshot: Snapshot, kinds: frozenset[Kind] | None, include_deprecated: bool) -> Sequence[int]:
    """The concepts of some kinds, or all, by number."""
    ranges = [snapshot.kind_range(kind) for kind in snapshot.kinds if kinds is None or kind in kinds]
    if include_deprecated or not any(snapshot.deprecated):
        return ranges[0] if len(ranges) == 1 else [number for numbers in ranges for number in numbers]
    deprecated = snapshot.deprecated
    return [number for numbers in ranges for number in numbers if not deprecated[number]]


def group_of(snapshot: Snapshot, occupation: int) -> int | None:
    """The SSYK group of an occupation; None for a deprecated one without."""
    groups = snapshot.kind_range(SSYK_GROUP)
    return next(
        (above for above in snapshot.edges(RelationKind.BROADER).of(occupation) if above in groups), None
    )


def occupations(
    snapshot: Snapshot,
    fields: Iterable[int] | None = None,
    groups: Iterable[int] | None = None,
    skills: Iterable[int] | None = None,
    has_skills: bool | None = None,
    unmapped_to: Scheme | None = None,
) -> Sequence[int]:
    """The active occupations that pass all filters, by number.

    `fields`: in any of these occupation fields; `groups`: below any of these SSYK groups of any level;
    `skills`: with every one of these effective skills; `has_skills`: with or without any; `unmapped_to`:
    without a mapping to that scheme.
    """
    numbers = np.array(concepts(snapshot, frozenset({OCCUPATION}), include_deprecated=False), np.int64)
    if fields is not None:
        in_field = snapshot.edges(RelationKind.OCCUPATION_FIELD, Direction.IN)
        numbers = _kept(numbers, {number for field in fields for number in in_field.of(field)})
    if groups is not None:
        numbers = numbers[np.isin(numbers, descendants(snapshot, groups))]
    if skills is not None:
        numbers = numbers[_skills_held(snapshot, set(skills))[numbers] == len(set(skills))]
    if has_skills is not None:
        degrees = np.diff(snapshot.effective.start)[numbers]
        numbers = numbers[(degrees > 0) == has_skills]
    if unmapped_to is not None:
        numbers = numbers[~mapped_to(snapshot, unmapped_to)[numbers]]
    found: list[int] = numbers.tolist()
    return found


def _skills_held(snapshot: Snapshot, skills: set[int]) -> NDArray[np.int64]:
    """How many of the skills each concept has."""
    wanted = np.array(sorted(skills), np.int64)
    start, edge = snapshot.effective.by_skill
    first = start[wanted]
    rows = edge[stretches(first, start[wanted + 1] - first)]
    return np.bincount(snapshot.effective.occupation[rows], minlength=snapshot.count)


def skills(
    snapshot: Snapshot,
    groups: Iterable[int] | None = None,
    collections: Iterable[int] | None = None,
    unmapped_to: Scheme | None = None,
) -> Sequence[int]:
    """The active skills that pass all filters, by number.

    `groups`: given by the publisher to any of these SSYK groups, or below; `collections`: in any of these;
    `unmapped_to`: without a mapping to that scheme.
    """
    found = concepts(snapshot, frozenset({SKILL}), include_deprecated=False)
    if groups is not None:
        found = _kept(np.array(found, np.int64), skills_of_groups(snapshot, groups)).tolist()
    if collections is not None:
        members = snapshot.edges(RelationKind.MEMBER_OF, Direction.IN)
        inside = (number for collection in collections for number in members.of(collection))
        found = _kept(np.array(found, np.int64), inside).tolist()
    return found if unmapped_to is None else unmapped(snapshot, found, unmapped_to)


def unmapped(snapshot: Snapshot, concepts: Sequence[int], scheme: Scheme) -> list[int]:
    """Those of these concepts that no mapping joins to any concept of a scheme."""
    numbers = np.array(concepts, np.int64)
    found: list[int] = numbers[~mapped_to(snapshot, scheme)[numbers]].tolist()
    return found


def mapped_to(snapshot: Snapshot, scheme: Scheme) -> NDArray[np.bool_]:
    """Which concepts have a mapping to a concept of a scheme."""
    of_scheme = np.array([facts_of(kind).scheme is scheme for kind in snapshot.kinds], np.bool_)
    wanted = of_scheme[snapshot.arrays["kind"]]
    found = np.zeros(snapshot.count, np.bool_)
    for match in MATCHES:
        for direction in Direction:
            edges = snapshot.edges(match, direction)
            if len(edges.target):
                owners = np.repeat(np.arange(snapshot.count), np.diff(edges.start))
                found[owners[wanted[edges.target]]] = True
    return found


def of_kind(snapshot: Snapshot, concepts: Ints, kind: Kind) -> list[int]:
    """Those of these concepts, which are sorted, that are of a kind."""
    numbers = snapshot.kind_range(kind)
    first, last = np.searchsorted(concepts, (numbers.start, numbers.stop))
    found: list[int] = concepts[first:last].tolist()
    return found


def skills_of_groups(snapshot: Snapshot, groups: Iterable[int]) -> list[int]:
    """The skills that the publisher gives to any of these SSYK groups or a group below, by number."""
    below = of_kind(snapshot, descendants(snapshot, groups), SSYK_GROUP)
    said = [snapshot.edges(kind) for kind in SKILL_RELATIONS]
    return sorted({skill for edges in said for group in below for skill in edges.of(group)})


def groups_of_skill(snapshot: Snapshot, skill: int) -> list[int]:
    """The SSYK groups, of any level, to which the publisher gives a skill, by number."""
    said = [snapshot.edges(kind, Direction.IN) for kind in SKILL_RELATIONS]
    owners = {owner for edges in said for owner in edges.of(skill)}
    return sorted(owner for owner in owners if snapshot.kind_of[owner] in SSYK_LEVELS)


def _kept(numbers: np.ndarray, wanted: Iterable[int]) -> np.ndarray:
    return numbers[np.isin(numbers, np.fromiter(wanted, np.int64))]


def _wanted(kinds: Sequence[RelationKind] | None) -> tuple[RelationKind, ...]:
    return tuple(RelationKind) if kinds is None else tuple(kind for kind in RelationKind if kind in kinds)


def _rows(
    snapshot: Snapshot, concept: int, kinds: Sequence[RelationKind], directions: Sequence[Direction]
) -> Iterator[Row]:
    for kind in kinds:
        for direction in directions:
            edges = snapshot.edges(kind, direction)
            for row, other in zip(edges.rows(concept), edges.of(concept), strict=True):
                yield Row(kind, direction, row, other)
