"""Mapping sets: which sources join concepts of different schemes, and where they contradict themselves."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import (
    ESCO_OCCUPATION,
    ESCO_SKILL,
    OCCUPATION,
    SKILL,
    Kind,
    Provenance,
    Scheme,
    facts_of,
)
from taxonomy.model.finding import Severity
from taxonomy.model.mapping import MATCHES
from taxonomy.model.relation import MATCH_INVERSES, RelationKind
from taxonomy.services import browse
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.skills import PROVENANCES

MAPPED: Final = frozenset([OCCUPATION, SKILL, ESCO_OCCUPATION, ESCO_SKILL])
"""The kinds of concepts that are expected to have a counterpart."""

_AGREE: Final = frozenset([RelationKind.EXACT_MATCH, RelationKind.CLOSE_MATCH])


class MappingSet(NamedTuple):
    """The mappings of one source between two schemes: how many of each match, as the source has them."""

    source: str
    subject: Scheme
    object: Scheme
    counts: dict[RelationKind, int]


class Problem(StrEnum):
    """What can be wrong with mappings, or missing."""

    CONTRADICTION = "contradiction"
    LEVELS = "levels-differ"
    SEVERAL_EXACT = "several-exact"
    UNMAPPED = "unmapped"


SEVERITIES: Final = {
    Problem.CONTRADICTION: Severity.ERROR,
    Problem.LEVELS: Severity.ERROR,
    Problem.SEVERAL_EXACT: Severity.WARNING,
    Problem.UNMAPPED: Severity.NOTE,
}


class Remark(NamedTuple):
    """A problem of a concept with others; `says` names the matches, seen from the concept."""

    problem: Problem
    concept: int
    others: tuple[int, ...]
    says: str


def mapping_sets(snapshot: Snapshot) -> list[MappingSet]:
    """The mapping sets of a release, by source, then by schemes."""
    found: dict[tuple[str, Scheme, Scheme], dict[RelationKind, int]] = {}
    for match in MATCHES:
        edges = _Edges.of(snapshot, match)
        for source, subject, other, count in edges.counted(snapshot):
            counts = found.setdefault((source, subject, other), dict.fromkeys(MATCHES, 0))
            counts[match] += count
    return [MappingSet(*key, counts) for key, counts in sorted(found.items())]


def remarks(snapshot: Snapshot) -> list[Remark]:
    """What is wrong or missing, the worst first, then by concept.

    A pair with two different matches is a contradiction, unless these are exact and close; an exact match
    says that both ends are of one level, so a group cannot be the same as an occupation; of several exact
    matches to one kind one at most is right, or all of these are the same; a gap is a concept of a kind of
    `MAPPED` without any, where there are mapping sets. A load counts the same: TX501 to TX503.
    """
    found = [*_contradictions(snapshot), *_levels(snapshot), *_several_exact(snapshot), *_unmapped(snapshot)]
    order = {problem: place for place, problem in enumerate(Problem)}
    return sorted(found, key=lambda row: (order[row.problem], row.concept, row.others))


class _Edges(NamedTuple):
    subject: NDArray[np.int64]
    object: NDArray[np.int64]
    source: NDArray[np.uint8]

    @classmethod
    def of(cls, snapshot: Snapshot, match: RelationKind) -> "_Edges":
        edges = snapshot.edges(match)
        subjects = np.repeat(np.arange(snapshot.count), np.diff(edges.start))
        return cls(subjects, edges.target.astype(np.int64), edges.source)

    def counted(self, snapshot: Snapshot) -> Iterator[tuple[str, Scheme, Scheme, int]]:
        """How many there are of each source and pair of schemes."""
        schemes = list(Scheme)
        of_kind = np.array([schemes.index(facts_of(kind).scheme) for kind in snapshot.kinds], np.int64)
        of_concept = of_kind[snapshot.arrays["kind"]]
        pairs = of_concept[self.subject] * len(schemes) + of_concept[self.object]
        keys = self.source.astype(np.int64) * len(schemes) ** 2 + pairs
        for key, count in enumerate(np.bincount(keys).tolist()):
            if count:
                source, pair = divmod(key, len(schemes) ** 2)
                subject, other = divmod(pair, len(schemes))
                yield snapshot.sources[source], schemes[subject], schemes[other], count


def _matches(snapshot: Snapshot) -> dict[tuple[int, int], set[RelationKind]]:
    """The matches of each pair, seen from its concept with the lower number."""
    found: dict[tuple[int, int], set[RelationKind]] = {}
    for match in MATCHES:
        edges = _Edges.of(snapshot, match)
        for subject, other in zip(edges.subject.tolist(), edges.object.tolist(), strict=True):
            pair, seen = (subject, other), match
            if other < subject:
                pair, seen = (other, subject), MATCH_INVERSES[match]
            found.setdefault(pair, set()).add(seen)
    return found


def _contradictions(snapshot: Snapshot) -> Iterator[Remark]:
    for (one, other), matches in _matches(snapshot).items():
        if len(matches) > 1 and not matches <= _AGREE:
            yield Remark(Problem.CONTRADICTION, one, (other,), _said(matches))


def _said(matches: Iterable[RelationKind]) -> str:
    return ", ".join(sorted(matches, key=MATCHES.index))


def _levels(snapshot: Snapshot) -> Iterator[Remark]:
    exact = RelationKind.EXACT_MATCH
    edges = _Edges.of(snapshot, exact)
    for one, other in zip(edges.subject.tolist(), edges.object.tolist(), strict=True):
        if _level(snapshot, one) != _level(snapshot, other):
            yield Remark(Problem.LEVELS, one, (other,), exact)


def _level(snapshot: Snapshot, concept: int) -> int | None:
    return facts_of(snapshot.kind_of[concept]).level


def _several_exact(snapshot: Snapshot) -> Iterator[Remark]:
    exact = RelationKind.EXACT_MATCH
    edges = _Edges.of(snapshot, exact)
    others: dict[tuple[int, Kind], set[int]] = {}
    for one, other in zip(edges.subject.tolist(), edges.object.tolist(), strict=True):
        others.setdefault((one, snapshot.kind_of[other]), set()).add(other)
        others.setdefault((other, snapshot.kind_of[one]), set()).add(one)
    for (concept, _), same in others.items():
        if len(same) > 1:
            yield Remark(Problem.SEVERAL_EXACT, concept, tuple(sorted(same)), exact)


def _unmapped(snapshot: Snapshot) -> Iterator[Remark]:
    mapped = _mapped(snapshot)
    if mapped.any():
        concepts = np.array(browse.concepts(snapshot, MAPPED, include_deprecated=False), np.int64)
        for concept in concepts[~mapped[concepts]].tolist():
            yield Remark(Problem.UNMAPPED, concept, (), "nothing")


def _mapped(snapshot: Snapshot) -> NDArray[np.bool_]:
    """Which concepts a mapping set joins to any other; what a classification itself says is none."""
    found = np.zeros(snapshot.count, np.bool_)
    for match in MATCHES:
        edges, stated = _Edges.of(snapshot, match), snapshot.edges(match).provenance
        from_set = stated == PROVENANCES.index(Provenance.MAPPING)
        found[edges.subject[from_set]] = True
        found[edges.object[from_set]] = True
    return found
