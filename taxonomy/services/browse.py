"""Walking the graph from one concept: what is above it, beside it, and how much of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import OCCUPATION, SSYK_GROUP, Kind, Provenance, Scheme
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import NONE, stretches
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES

MATCHES: Final = (RelationKind.RELATED_MATCH,)
"""The relations that are mappings between schemes, closest first."""


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


def descendants(snapshot: Snapshot, concepts: Iterable[int]) -> set[int]:
    """The concepts themselves and all below them."""
    below = snapshot.edges(RelationKind.BROADER, Direction.IN)
    seen = set(concepts)
    waiting = list(seen)
    while waiting:
        new = set(below.of(waiting.pop())) - seen
        seen |= new
        waiting.extend(new)
    return seen


def relations(
    snapshot: Snapshot,
    concept: int,
    kinds: Sequence[RelationKind] | None = None,
    direction: Direction | None = None,
) -> list[Row]:
    """The relations of a concept: by kind, side (out first), strength, and number of the other end."""
    return list(_rows(snapshot, concept, _wanted(kinds), (direction,) if direction else tuple(Direction)))


def mappings(
    snapshot: Snapshot,
    concept: int,
    scheme: Scheme | None = None,
    matches: frozenset[RelationKind] | None = None,
) -> list[Row]:
    """The concepts of other schemes that correspond, closest kind of match first, then by number."""
    return [
        row
        for row in _rows(snapshot, concept, MATCHES, tuple(Direction))
        if (matches is None or row.kind in matches)
        and (scheme is None or snapshot.scheme_of(row.concept) is scheme)
    ]


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
) -> Sequence[int]:
    """The active occupations that pass all filters, by number.

    `fields`: in any of these occupation fields; `groups`: below any of these SSYK groups of any level;
    `skills`: with every one of these effective skills; `has_skills`: with or without any.
    """
    numbers = np.array(concepts(snapshot, frozenset({OCCUPATION}), include_deprecated=False), np.int64)
    if fields is not None:
        in_field = snapshot.edges(RelationKind.OCCUPATION_FIELD, Direction.IN)
        numbers = _kept(numbers, {number for field in fields for number in in_field.of(field)})
    if groups is not None:
        numbers = _kept(numbers, descendants(snapshot, groups))
    if skills is not None:
        numbers = numbers[_skills_held(snapshot, set(skills))[numbers] == len(set(skills))]
    if has_skills is not None:
        degrees = np.diff(snapshot.effective.start)[numbers]
        numbers = numbers[(degrees > 0) == has_skills]
    found: list[int] = numbers.tolist()
    return found


def _skills_held(snapshot: Snapshot, skills: set[int]) -> NDArray[np.int64]:
    """How many of the skills each concept has."""
    wanted = np.array(sorted(skills), np.int64)
    start, edge = snapshot.effective.by_skill
    first = start[wanted]
    rows = edge[stretches(first, start[wanted + 1] - first)]
    return np.bincount(snapshot.effective.occupation[rows], minlength=snapshot.count)


def skills_of_groups(snapshot: Snapshot, groups: Iterable[int]) -> list[int]:
    """The skills that the publisher gives to any of these SSYK groups or a group below, by number."""
    related = snapshot.edges(RelationKind.RELATED_SKILL)
    wanted = snapshot.kind_range(SSYK_GROUP)
    below = (group for group in descendants(snapshot, groups) if group in wanted)
    return sorted({skill for group in below for skill in related.of(group)})


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
