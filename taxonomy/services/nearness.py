"""How near skills are to each other: over mappings between the schemes and over ESCO's skill hierarchy.

    nearness(held, needed) = the greatest product of step factors over paths of at most two steps

    step       from held towards needed              factor
    exact      exactMatch, either way                1
    close      closeMatch, either way                close
    up         to what is broader                    up
    down       to what is narrower                   down / n ** spread, n the number of narrower ones

A step that leads to one of many narrower skills is worth less: who holds the broad one may hold another of
them. Two skills below one broader skill are thus near over an up and a down step. What is less than
`FAINTEST` is nothing. The factors are fitted (`benchmarks.quality.match_fit`), each between 0 and 1, so that
nearness is too.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import ESCO_SKILL, ESCO_SKILL_GROUP, SKILL, Kind
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.services.paths import Step
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import Ints, Small, pointers, stretches

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

FAINTEST: Final = 0.1
"""The least share that counts: most skills are a hundredth near to hundreds of others."""

_OUT, _IN = Direction.OUT, Direction.IN
_KINDS: Final[tuple[Kind, ...]] = (SKILL, ESCO_SKILL, Kind("language"), ESCO_SKILL_GROUP)
_EXACT, _CLOSE, _UP, _DOWN = range(4)
_STEPS: Final = (
    (RelationKind.EXACT_MATCH, _OUT, _EXACT),
    (RelationKind.EXACT_MATCH, _IN, _EXACT),
    (RelationKind.CLOSE_MATCH, _OUT, _CLOSE),
    (RelationKind.CLOSE_MATCH, _IN, _CLOSE),
    (RelationKind.BROAD_MATCH, _OUT, _UP),
    (RelationKind.NARROW_MATCH, _IN, _UP),
    (RelationKind.BROADER, _OUT, _UP),
    (RelationKind.BROAD_MATCH, _IN, _DOWN),
    (RelationKind.NARROW_MATCH, _OUT, _DOWN),
    (RelationKind.BROADER, _IN, _DOWN),
)


class Factors(NamedTuple):
    """What a step leaves of nearness, each in 0..1; `spread` in 0..1 is the power of the narrower ones."""

    close: float
    up: float
    down: float
    spread: float


class Covered(NamedTuple):
    """Skills that a profile covers, by number: each in (0, 1], and the held skill and step behind it.

    `before` and `row` lead back along the path: the concept before, and the row of the step from it; -1 for
    a skill that is held itself.
    """

    skill: Numbers
    share: Floats
    before: Numbers
    row: Numbers


class Nearness:
    """The steps between the skills of one snapshot; build once per snapshot."""

    def __init__(self, snapshot: Snapshot, factors: Factors) -> None:
        wanted = np.zeros(snapshot.count, np.bool_)
        for kind in _KINDS:
            numbers = snapshot.kind_range(kind)
            wanted[numbers.start : numbers.stop] = True
        wanted &= np.frombuffer(snapshot.deprecated, np.uint8) == 0
        origin, target, step = _steps(snapshot, wanted)
        sort = np.argsort(origin, kind="stable")
        self._start: Ints = pointers(origin, snapshot.count)
        self._target, self._step = target[sort], step[sort]
        self._factor = _factors(origin[sort], self._step, factors, snapshot.count)

    def spread(self, held: Numbers, share: Floats) -> Covered:
        """What is covered by held skills (each once), each with the share of it that is held, in (0, 1]."""
        covered = Covered(held, share, np.full(len(held), -1), np.full(len(held), -1))
        frontier = covered
        for _ in range(2):
            found = self._next(frontier)
            covered = _best(covered, found)
            frontier = found
        return covered

    def near(self, skills: Numbers) -> tuple[Ints, Numbers, Floats]:
        """What is near to each of these skills, itself among it: `start` of each one's, skills, shares.

        The shares are those of one who holds the skill wholly; each skill is there once, by rising number.
        """
        owner, skill, share = np.arange(len(skills)), skills, np.ones(len(skills))
        found = [(owner, skill, share)]
        for _ in range(2):
            first = self._start[skill]
            lengths = self._start[skill + 1] - first
            rows = stretches(first, lengths)
            share = np.repeat(share, lengths) * self._factor[rows]
            kept = share >= FAINTEST
            owner, skill = np.repeat(owner, lengths)[kept], self._target[rows[kept]].astype(np.int64)
            share = share[kept]
            found.append((owner, skill, share))
        owner, skill, share = (np.concatenate(columns) for columns in zip(*found, strict=True))
        order = np.lexsort((-share, skill, owner))
        pairs = owner[order] * len(self._start) + skill[order]
        best = order[np.flatnonzero(np.diff(pairs, prepend=-1))]
        return pointers(owner[best].astype(np.int32), len(skills)), skill[best], share[best]

    def _next(self, near: Covered) -> Covered:
        first = self._start[near.skill]
        lengths = self._start[near.skill + 1] - first
        rows = stretches(first, lengths)
        share = np.repeat(near.share, lengths) * self._factor[rows]
        found = Covered(self._target[rows].astype(np.int64), share, np.repeat(near.skill, lengths), rows)
        kept = share >= FAINTEST
        return _best(Covered._make(column[kept] for column in found))

    def steps_to(self, covered: Covered, skill: int) -> tuple[Step, ...]:
        """The path from a held skill to a covered one; empty for one that is held itself."""
        at = int(np.searchsorted(covered.skill, skill))
        if int(covered.before[at]) < 0:
            return ()
        before, row = int(covered.before[at]), int(covered.row[at])
        relation, direction, _ = _STEPS[self._step[row]]
        return (*self.steps_to(covered, before), Step(before, relation, direction, skill))


def _best(*some: Covered) -> Covered:
    """For every skill the greatest share; of equal ones that of the list before, then of the lower row."""
    joined = [np.concatenate(columns) for columns in zip(*some, strict=True)]
    place = np.repeat(np.arange(len(some)), [len(one.skill) for one in some])
    order = np.lexsort((joined[3], joined[2], place, -joined[1], joined[0]))
    skill = joined[0][order]
    first = order[np.flatnonzero(np.diff(skill, prepend=-1))]
    return Covered._make(column[first] for column in joined)


def _steps(snapshot: Snapshot, wanted: NDArray[np.bool_]) -> tuple[Ints, Ints, Small]:
    parts = []
    for number, (kind, direction, _) in enumerate(_STEPS):
        edges = snapshot.edges(kind, direction)
        origin = np.repeat(np.arange(snapshot.count, dtype=np.int32), np.diff(edges.start))
        kept = wanted[origin] & wanted[edges.target]
        parts.append((origin[kept], edges.target[kept], np.full(int(kept.sum()), number, np.uint8)))
    origin, target, step = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return origin, target, step


def _factors(origin: Ints, step: Small, factors: Factors, count: int) -> Floats:
    sort = np.array([sort for _, _, sort in _STEPS])[step]
    found = np.array([1.0, factors.close, factors.up, factors.down])[sort]
    down = sort == _DOWN
    narrower = np.maximum(np.bincount(origin[down], minlength=count), 1)
    found[down] /= narrower[origin[down]] ** factors.spread
    result: Floats = found
    return result
