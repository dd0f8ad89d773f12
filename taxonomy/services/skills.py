"""Effective skills of one occupation, occupations of one skill, and the evidence behind each edge."""

from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import Provenance, Scheme, facts_of
from taxonomy.model.relation import Necessity
from taxonomy.services.paths import Step
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.skills import NECESSITIES, PATTERNS, PROVENANCES

Rows = NDArray[np.int64]


class Evidence(NamedTuple):
    """One reason why an occupation has a skill: a path, its strength, its rank among the publisher's own."""

    necessity: Necessity
    provenance: Provenance
    rank: int | None
    steps: tuple[Step, ...]


def skills_of(
    snapshot: Snapshot,
    occupation: int,
    *,
    schemes: Collection[Scheme] | None = None,
    necessity: Collection[Necessity] | None = None,
    provenance: Collection[Provenance] | None = None,
) -> Rows:
    """Rows of the effective skills of an occupation, by falling weight, then by name.

    An edge passes when one single piece of its evidence has a wanted necessity and a wanted provenance.
    """
    start = snapshot.effective.start
    rows = np.arange(start[occupation], start[occupation + 1])
    if schemes is not None:
        of_kind = np.array([facts_of(kind).scheme in schemes for kind in snapshot.kinds], np.bool_)
        rows = rows[of_kind[snapshot.arrays["kind"][snapshot.effective.skill[rows]]]]
    return _with_evidence(snapshot, rows, necessity, provenance)


def occupations_of(
    snapshot: Snapshot,
    skill: int,
    *,
    necessity: Collection[Necessity] | None = None,
    provenance: Collection[Provenance] | None = None,
) -> Rows:
    """Rows of the occupations that have a skill, by falling weight, then by name."""
    start, edge = snapshot.effective.by_skill
    rows = edge[start[skill] : start[skill + 1]].astype(np.int64)
    return _with_evidence(snapshot, rows, necessity, provenance)


def evidence_of(snapshot: Snapshot, row: int, first: int) -> tuple[Evidence, ...]:
    """The first pieces of evidence of an edge, strongest first."""
    effective = snapshot.effective
    start, end = int(effective.evidence[row]), int(effective.evidence[row + 1])
    return tuple(_evidence(snapshot, row, at) for at in range(start, min(end, start + first)))


def evidence_count(snapshot: Snapshot, row: int) -> int:
    """How many pieces of evidence an edge has."""
    return int(snapshot.effective.evidence[row + 1] - snapshot.effective.evidence[row])


def _evidence(snapshot: Snapshot, row: int, at: int) -> Evidence:
    effective = snapshot.effective
    pattern = PATTERNS[effective.evidence_pattern[at]]
    via = (effective.evidence_via, effective.evidence_via_skill)[: len(pattern) - 1]
    path = [int(effective.occupation[row]), *(int(column[at]) for column in via), int(effective.skill[row])]
    steps = (
        Step(origin, relation, direction, target)
        for (relation, direction), origin, target in zip(pattern, path, path[1:], strict=False)
    )
    return Evidence(
        NECESSITIES[effective.evidence_necessity[at]],
        PROVENANCES[effective.evidence_provenance[at]],
        int(effective.evidence_rank[at]) or None,
        tuple(steps),
    )


def _with_evidence(
    snapshot: Snapshot,
    rows: Rows,
    necessity: Collection[Necessity] | None,
    provenance: Collection[Provenance] | None,
) -> Rows:
    if (necessity is None and provenance is None) or not len(rows):
        return rows
    effective = snapshot.effective
    starts, ends = effective.evidence[rows], effective.evidence[rows + 1]
    lengths = ends - starts
    first = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    at = np.repeat(starts - first, lengths) + np.arange(lengths.sum())
    passes = _is_in(effective.evidence_necessity[at], NECESSITIES, necessity)
    passes &= _is_in(effective.evidence_provenance[at], PROVENANCES, provenance)
    return rows[np.logical_or.reduceat(passes, first)]


def _is_in(
    column: NDArray[np.uint8], values: tuple[Any, ...], wanted: Collection[Any] | None
) -> NDArray[np.bool_]:
    if wanted is None:
        return np.ones(len(column), np.bool_)
    return np.isin(column, [values.index(value) for value in wanted])
