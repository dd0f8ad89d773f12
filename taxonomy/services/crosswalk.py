"""The crosswalk: what corresponds to a concept in another scheme, and what ESCO says of it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import (
    ESCO_ISCO_LEVELS,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    ISCO_GROUP,
    OCCUPATION,
    SSYK_GROUP,
    Kind,
    Provenance,
    Scheme,
)
from taxonomy.model.mapping import MATCHES
from taxonomy.model.relation import MATCH_INVERSES, SKILL_RELATIONS, Direction, Necessity, RelationKind
from taxonomy.services import browse
from taxonomy.services.browse import Mapped, Row
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import NONE, Ints, Small, distinct
from taxonomy.snapshot.evidence import NECESSITIES, UNSAID

ISCO_KINDS: Final = frozenset((ISCO_GROUP, *ESCO_ISCO_LEVELS))
"""JobTech's ISCO groups and ESCO's: two concepts for one group, joined by an exact match."""


class Needed(NamedTuple):
    """Concepts at the other end of skill relations, and how much the skill is needed, by `NECESSITIES`."""

    concepts: Ints
    necessity: Small


class IscoOf(NamedTuple):
    """An ISCO group, and how far the statement goes that an occupation is in it."""

    group: int
    provenance: Provenance


def mappings(
    snapshot: Snapshot,
    concept: int,
    scheme: Scheme | None = None,
    matches: Collection[RelationKind] | None = None,
) -> list[Row]:
    """The concepts that correspond, by kind of match seen from this one (closest first), then by number."""
    kinds = MATCHES if matches is None else {*matches, *(MATCH_INVERSES[match] for match in matches)}
    rows = [
        row
        for row in browse.relations(snapshot, concept, tuple(kinds))
        if (matches is None or row.match in matches)
        and (scheme is None or snapshot.scheme_of(row.concept) is scheme)
    ]
    return sorted(rows, key=lambda row: (MATCHES.index(row.match or row.kind), row.concept))


def mappings_to(snapshot: Snapshot, concept: int, kinds: Collection[Kind]) -> list[Row]:
    """The mappings of a concept to concepts of these kinds, in the order of `mappings`."""
    return [row for row in mappings(snapshot, concept) if snapshot.kind_of[row.concept] in kinds]


def swedish_skill(snapshot: Snapshot, skill: int) -> int | None:
    """The Swedish skill that stands for an ESCO skill among the skills of occupations; None if none does."""
    stands_for = int(snapshot.effective.stands_for[skill])
    return None if stands_for == skill else stands_for


def isco_group_of(snapshot: Snapshot, esco_occupation: int) -> int | None:
    """The unit group of ISCO that an ESCO occupation is in, be it through broader occupations."""
    groups = snapshot.kind_range(ESCO_ISCO_LEVELS[-1])
    return next((above for above in browse.ancestors(snapshot, esco_occupation) if above in groups), None)


def isco_groups_of(snapshot: Snapshot, occupation: int) -> list[IscoOf]:
    """The ISCO groups of a Swedish occupation, each once: those stated for it, then those of its SSYK group.

    `MAPPING`: a table states the group for the occupation. `GROUP`: it follows from the SSYK group. For
    ESCO's concept of a group stands JobTech's, where there is one.
    """
    stated = mappings_to(snapshot, occupation, ISCO_KINDS)
    ssyk = browse.group_of(snapshot, occupation)
    followed = [] if ssyk is None else mappings_to(snapshot, ssyk, ISCO_KINDS)
    found: dict[int, Provenance] = {}
    for rows, provenance in ((stated, Provenance.MAPPING), (followed, Provenance.GROUP)):
        for group in sorted(_jobtech_s(snapshot, row.concept) for row in rows):
            found.setdefault(group, provenance)
    return [IscoOf(group, provenance) for group, provenance in found.items()]


def esco_occupations_in(snapshot: Snapshot, groups: Iterable[int]) -> list[int]:
    """The ESCO occupations in any of these ISCO groups (JobTech's stand for ESCO's), or below, by number."""
    same = {other for group in groups for other in same_isco_groups(snapshot, group)}
    return browse.of_kind(snapshot, browse.descendants(snapshot, same), ESCO_OCCUPATION)


def ssyk_groups_of(snapshot: Snapshot, isco_group: int) -> list[int]:
    """The SSYK groups that correspond to an ISCO group, or to the other concept of the group, by number."""
    groups = same_isco_groups(snapshot, isco_group)
    return sorted({row.concept for group in groups for row in mappings_to(snapshot, group, {SSYK_GROUP})})


def same_isco_groups(snapshot: Snapshot, group: int) -> list[int]:
    """An ISCO group, and the other publisher's concept of the same group if there is one."""
    exact = {RelationKind.EXACT_MATCH}
    others = [row.concept for row in mappings(snapshot, group, matches=exact)]
    return [group, *(other for other in others if snapshot.kind_of[other] in ISCO_KINDS)]


def mapped_occupations(snapshot: Snapshot, esco_occupation: int) -> list[Row]:
    """The Swedish occupations that correspond to an ESCO occupation, in the order of `mappings`."""
    return mappings_to(snapshot, esco_occupation, {OCCUPATION})


def needed_skills(snapshot: Snapshot, concept: int, necessity: Collection[Necessity] | None = None) -> Needed:
    """The ESCO skills that ESCO gives to an occupation or a skill: essential ones first, then by number."""
    return _needed(snapshot, concept, Direction.OUT, ESCO_SKILL, necessity)


def needing_occupations(
    snapshot: Snapshot, skill: int, necessity: Collection[Necessity] | None = None
) -> Needed:
    """The ESCO occupations to which ESCO gives a skill: first where it is essential, then by number."""
    return _needed(snapshot, skill, Direction.IN, ESCO_OCCUPATION, necessity)


def esco_occupations(
    snapshot: Snapshot,
    isco_groups: Iterable[int] | None = None,
    skills: Iterable[int] | None = None,
    unmapped_to: Scheme | None = None,
    mapped: Iterable[Mapped] = (),
) -> Sequence[int]:
    """The ESCO occupations that pass all filters, by number.

    `isco_groups`: in any of these groups of any level; `skills`: with every one of these ESCO skills;
    `unmapped_to`: without a mapping to that scheme; `mapped`: with so many mappings, for every one of these.
    """
    found = browse.concepts(snapshot, frozenset({ESCO_OCCUPATION}), include_deprecated=False)
    if isco_groups is not None:
        found = _among(found, esco_occupations_in(snapshot, isco_groups))
    for skill in skills or ():
        found = _among(found, needing_occupations(snapshot, skill).concepts.tolist())
    return browse.by_mappings(snapshot, found, unmapped_to, mapped)


def esco_skills(
    snapshot: Snapshot,
    groups: Iterable[int] | None = None,
    collections: Iterable[int] | None = None,
    unmapped_to: Scheme | None = None,
    mapped: Iterable[Mapped] = (),
) -> Sequence[int]:
    """The ESCO skills that pass all filters, by number.

    `groups`: below any of these groups or skills; `collections`: in any of these collections;
    `unmapped_to`: without a mapping to that scheme; `mapped`: with so many mappings, for every one of these.
    """
    found = browse.concepts(snapshot, frozenset({ESCO_SKILL}), include_deprecated=False)
    if groups is not None:
        found = _among(found, browse.descendants(snapshot, groups).tolist())
    if collections is not None:
        members = snapshot.edges(RelationKind.MEMBER_OF, Direction.IN)
        found = _among(found, (number for collection in collections for number in members.of(collection)))
    return browse.by_mappings(snapshot, found, unmapped_to, mapped)


def _among(concepts: Sequence[int], wanted: Iterable[int]) -> list[int]:
    kept = set(wanted)
    return [number for number in concepts if number in kept]


def _jobtech_s(snapshot: Snapshot, group: int) -> int:
    """JobTech's concept of an ISCO group, or the group itself where JobTech has none."""
    same = same_isco_groups(snapshot, group)
    return next((other for other in same if snapshot.kind_of[other] == ISCO_GROUP), group)


def _needed(
    snapshot: Snapshot,
    concept: int,
    direction: Direction,
    kind: Kind,
    necessity: Collection[Necessity] | None,
) -> Needed:
    # Of several statements about one concept the strongest comes first, and counts.
    found = distinct(_statements(snapshot, concept, direction))
    others, said = found >> 2, found & 3
    numbers = snapshot.kind_range(kind)
    kept = np.diff(others, prepend=-1) > 0
    kept &= (others >= numbers.start) & (others < numbers.stop)
    if necessity is not None:
        kept &= np.isin(said, [NECESSITIES.index(value) for value in necessity])
    found = np.sort(said[kept] << 32 | others[kept])
    return Needed((found & 0xFFFFFFFF).astype(np.int32), (found >> 32).astype(np.uint8))


def _statements(snapshot: Snapshot, concept: int, direction: Direction) -> NDArray[np.int64]:
    """The other ends of a concept's skill relations, with the necessity in the two lowest bits."""
    parts = [np.zeros(0, np.int64)]
    for relation in SKILL_RELATIONS:
        edges = snapshot.edges(relation, direction)
        start, end = int(edges.start[concept]), int(edges.start[concept + 1])
        if start < end:
            said = edges.necessity[start:end]
            unsaid = NECESSITIES.index(UNSAID[relation])
            parts.append(edges.target[start:end].astype(np.int64) << 2 | np.where(said == NONE, unsaid, said))
    return np.concatenate(parts)
