"""What it takes to go from one occupation to another in one step: a cost that is the sum of its terms.

    STEP               1, for the step itself
    SKILLS             missing / covered, at most 20
    SUBSTITUTABILITY   -level / 100 * SKILLS where AF says 75 or 25, an employer's view
    EDUCATION          2 * the levels by which the target asks for more than the origin
    LICENCE            2 * (level of the target - 1) if the target asks for a licence; if that of the origin
                       will do, 2 * (level of the origin - 1) less, down to 0

covered is what one who has held the origin has of the skills of the target by value (`services.match`), as
a share of what one who has held the target is known to have; missing = 1 - covered. A unit is thus the
effort to learn as much again as one brings along. Levels are those of education of `services.requirements`,
2 where none is known. No detour makes education or licence cheaper: along every way, each of these two
terms adds up to that of the direct step at least. All is decided and nothing fitted, for want of data on
the steps that people take (AF's flows between groups have no counts). Costs are whole thousandths, so that
sums are exact.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import OCCUPATION
from taxonomy.model.relation import RelationKind
from taxonomy.services.coverages import Coverages
from taxonomy.services.match import Matcher
from taxonomy.services.requirements import LEAST, Requirements
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import pointers

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Costs = NDArray[np.int32]

TERMS: Final = ("STEP", "SKILLS", "SUBSTITUTABILITY", "EDUCATION", "LICENCE")
"""The terms of a cost, in their order."""

THOUSAND: Final = 1000
"""How many units of a term are 1."""

LEAST_COVERED: Final = 0.1
"""The least share from which there is a step within a longer path."""

_STEP: Final = 1.0
_FROM_NOTHING: Final = 20.0
_PER_LEVEL: Final = 2.0
_TINY: Final = 1e-9


class CareerStep(NamedTuple):
    """A step between two occupations, as concept numbers; `terms` in thousandths, in the order of `TERMS`.

    `covered` is 0..1, `levels` those of education of both, None where unknown; `licences` are those of which
    the target asks for any one, if it is missing, sorted.
    """

    origin: int
    target: int
    terms: tuple[int, ...]
    covered: float
    substitutability: int | None
    levels: tuple[int | None, int | None]
    licences: tuple[int, ...]

    @property
    def cost(self) -> int:
        """The sum of the terms, in thousandths."""
        return sum(self.terms)


class CareerSteps:
    """The steps between the active occupations of one snapshot; build once per snapshot.

    There is one where the origin covers a tenth of the target, or AF says that it can do the target's job.
    Occupations are places in the order of `occupations`, also in `requirements`. The steps from a place are
    rows `start[place]` to `start[place + 1]` of `target` and `cost` (thousandths), by rising target.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        matcher = snapshot.derived(Matcher)
        self._in_part = matcher.weights.in_part
        self._coverages = Coverages(matcher)
        self.occupations = snapshot.kind_range(OCCUPATION)
        self.requirements = Requirements(snapshot)
        self._levels = np.maximum(self.requirements.levels, LEAST)
        self._stated = _Stated.of(snapshot)
        self._own = np.zeros(len(self.occupations))
        origin, self.target, self._covered = self._found()
        self.start = pointers(origin.astype(np.int32), len(self.occupations))
        level = self._stated.of_pairs(origin, self.target)
        self.cost: Costs = self._terms(origin, self.target, self._covered, level).sum(0).astype(np.int32)

    def step(self, origin: int, target: int) -> CareerStep:
        """The step between two places, also one that is not in the graph: nearly a start from nothing."""
        pair = np.array([origin]), np.array([target])
        covered, level = self._covered_by(origin, target), int(self._stated.of_pairs(*pair)[0])
        terms = self._terms(*pair, np.array([covered]), np.array([level]))[:, 0].tolist()
        asked = self.requirements
        missing = asked.licences(target) if asked.licence_missing(*pair)[0] else ()
        return CareerStep(
            self.occupations[origin],
            self.occupations[target],
            tuple(terms),
            covered,
            level or None,
            (int(asked.levels[origin]) or None, int(asked.levels[target]) or None),
            tuple(sorted(missing)),
        )

    def _found(self) -> tuple[Numbers, Numbers, Floats]:
        """Origin, target and covered of every step."""
        first, last = self.occupations.start, self.occupations.stop
        active = np.frombuffer(self._snapshot.deprecated, np.bool_)[first:last] == 0
        # Everybody covers at least so much of what the own occupation needs.
        least = LEAST_COVERED * self._in_part
        rows = []
        for place in range(len(self.occupations)):
            closed = self._coverages.closed(place)
            self._own[place] = closed[place]
            near = closed >= least
            near[self._stated.targets(place)] = True
            near[place] = False
            places = np.flatnonzero(near & active & active[place])
            rows.append((np.full(len(places), place), places, closed[places]))
        origin, target, closed = (np.concatenate(columns) for columns in zip(*rows, strict=True))
        covered = self._share(closed, target)
        kept = (covered >= LEAST_COVERED) | (self._stated.of_pairs(origin, target) > 0)
        return origin[kept], target[kept], covered[kept]

    def _share(self, closed: Floats, target: Numbers) -> Floats:
        return np.minimum(closed / np.maximum(self._own[target], _TINY), 1.0)

    def _covered_by(self, origin: int, target: int) -> float:
        first, last = self.start[origin], self.start[origin + 1]
        row = first + np.searchsorted(self.target[first:last], target)
        if row < last and self.target[row] == target:
            return float(self._covered[row])
        return float(self._share(self._coverages.closed(origin)[[target]], np.array([target]))[0])

    def _terms(self, origin: Numbers, target: Numbers, covered: Floats, level: Numbers) -> Numbers:
        """The terms in thousandths: a row for each of `TERMS`, a column for each step."""
        known = np.maximum(covered, 1 / (1 + _FROM_NOTHING))
        skills = _thousandths((1 - known) / known)
        asked, had = self._levels[target], self._levels[origin]
        had_for_licence = np.where(self.requirements.licence_missing(origin, target), 1, had)
        licence = np.maximum(asked - had_for_licence, 0) * self.requirements.licensed[target]
        return np.array(
            [
                np.full(len(origin), _thousandths(_STEP)),
                skills,
                -(skills * level // 100),
                _thousandths(_PER_LEVEL * np.maximum(asked - had, 0)),
                _thousandths(_PER_LEVEL * licence),
            ]
        )


class _Stated(NamedTuple):
    """What AF says of substitutability: sorted keys of pairs of places, and their levels, 75 or 25."""

    keys: Numbers
    level: Numbers
    width: int

    @classmethod
    def of(cls, snapshot: Snapshot) -> "_Stated":
        """The statements between the occupations of a snapshot."""
        numbers, edges = snapshot.kind_range(OCCUPATION), snapshot.edges(RelationKind.SUBSTITUTES)
        rows = slice(edges.start[numbers.start], edges.start[numbers.stop])
        lengths = np.diff(edges.start)[numbers.start : numbers.stop]
        origin = np.repeat(np.arange(len(numbers)), lengths)
        target = edges.target[rows].astype(np.int64) - numbers.start
        kept = (target >= 0) & (target < len(numbers))
        # The first of several statements is that of the highest level.
        keys, first = np.unique(origin[kept] * len(numbers) + target[kept], return_index=True)
        return cls(keys, edges.level[rows][kept][first].astype(np.int64), len(numbers))

    def targets(self, place: int) -> Numbers:
        """The places whose job one can do."""
        first, last = np.searchsorted(self.keys, (place * self.width, (place + 1) * self.width))
        return self.keys[first:last] - place * self.width

    def of_pairs(self, origin: Numbers, target: Numbers) -> Numbers:
        """The levels of pairs, 0 where nothing is said."""
        wanted = origin * self.width + target
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return (
            np.where(self.keys[at] == wanted, self.level[at], 0) if len(self.keys) else np.zeros_like(wanted)
        )


def _thousandths(value: Any) -> Any:
    return np.rint(np.asarray(value) * THOUSAND).astype(np.int64)
