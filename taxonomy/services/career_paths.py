"""Career paths: the cheapest ways from one occupation to another in a few steps.

A path is a sequence of occupations, each of another SSYK group (only the two ends may share theirs); its
cost is the sum of its steps' (`services.career_steps`). Between the ends, occupations of one group are
synonyms: paths over the same groups are one path, and of these the cheapest is listed, of equally cheap
ones that with the lower concept numbers. What lies between asks for no more education and no other licence
than one of the ends (`Requirements.on_the_way`): nobody takes a degree for a job that is to be left again.
A path is a detour, and not listed, if without some of its groups it would cost no more. The direct step is
always listed, as the last one, if there is room for it: there it may be a start from nothing.

The order is by cost, then by number of steps, then by concept numbers, which rise with names. The search is
A* (Hart, Nilsson and Raphael 1968): what is left to the target is taken to be the cheapest way of as many
steps as may still be made, loops allowed, which is never too much.
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import chain, combinations, islice, pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.services.career_steps import CareerStep, CareerSteps, Costs

MAX_STEPS: Final = 4
_FAR: Final = 10**8

_Places = tuple[int, ...]
_Last = Iterator[tuple[int, int, int]]
"""The last places of ways, sorted: (cost with the least that is left, place, cost)."""


class CareerPath(NamedTuple):
    """A path and its cost in thousandths, the sum of its steps'."""

    cost: int
    steps: tuple[CareerStep, ...]


def career_paths(
    steps: CareerSteps, origin: int, target: int, *, max_steps: int, limit: int
) -> tuple[CareerPath, ...]:
    """At most `limit` of the cheapest paths of 1 to `max_steps` steps between occupations (concept numbers).

    From an occupation to itself there is none.
    """
    if origin == target:
        return ()
    first = steps.occupations.start
    ends = (origin - first, target - first)
    direct = steps.step(*ends)
    search = _Search(steps, *ends, direct.cost, max_steps)
    return tuple(
        CareerPath(cost, tuple(direct if pair == ends else steps.step(*pair) for pair in pairwise(places)))
        for cost, places in islice(search.paths(), limit)
    )


class _Search:
    """One search, between places of `CareerSteps`.

    Ways wait by their least cost to the target, then by length and places: what is taken first is what the
    order of paths puts first. Behind each wait those that differ from it in the last place only.
    """

    def __init__(self, steps: CareerSteps, origin: int, target: int, direct: int, max_steps: int) -> None:
        self._steps = steps
        groups = steps.requirements.groups
        self._group = np.where(groups < 0, -1 - np.arange(len(groups)), groups)
        self._origin, self._target, self._max_steps = origin, target, max_steps
        self._direct = direct
        passable = steps.requirements.on_the_way(origin, target)
        self._left = _least_left(steps, target, passable, max_steps - 1)
        rows = slice(steps.start[origin], steps.start[origin + 1])
        self._at_once = np.full(len(groups), _FAR, np.int32)
        self._at_once[steps.target[rows]] = steps.cost[rows]
        self._waiting: list[tuple[int, int, _Places, int, _Last]] = []

    def paths(self) -> Iterator[tuple[int, _Places]]:
        """Costs and places of the paths, in their order."""
        done: dict[tuple[_Places, int], int] = {}
        origin = (self._origin,)
        self._wait(origin, iter([(self._direct, self._target, self._direct)]))
        self._wait(origin, self._beyond(origin, 0))
        while self._waiting:
            _, _, places, cost, others = heappop(self._waiting)
            self._wait(places[:-1], others)
            *between, last = places[1:]
            groups = tuple(self._group[between].tolist())
            if (groups, last) in done or any(done.get((some, last), _FAR) <= cost for some in _fewer(groups)):
                continue
            done[groups, last] = cost
            if last == self._target:
                yield cost, places
            else:
                self._wait(places, self._beyond(places, cost))

    def _wait(self, places: _Places, others: _Last) -> None:
        following = next(others, None)
        if following is not None:
            least, last, cost = following
            heappush(self._waiting, (least, len(places), (*places, last), cost, others))

    def _beyond(self, places: _Places, cost: int) -> _Last:
        """The last places of ways that are one step longer, unless a direct step there is no dearer."""
        steps, length = self._steps, len(places)
        rows = slice(steps.start[places[-1]], steps.start[places[-1] + 1])
        target, costs = steps.target[rows], steps.cost[rows] + cost
        least = costs + self._left[self._max_steps - length][target]
        kept = least < self._direct
        if length > 1:
            kept &= costs < self._at_once[target]
        for place in (*places, self._target):
            kept &= (self._group[target] != self._group[place]) | (target == self._target)
        at = np.flatnonzero(kept)
        at = at[np.argsort(least[at], kind="stable")]
        if length == 1:
            at = at[target[at] != self._target]
        return zip(least[at].tolist(), target[at].tolist(), costs[at].tolist(), strict=True)


def _fewer(groups: _Places) -> Iterator[_Places]:
    """What is left of groups without some of them, in their order."""
    return chain.from_iterable(combinations(groups, size) for size in range(len(groups)))


def _least_left(steps: CareerSteps, target: int, passable: NDArray[np.bool_], most: int) -> list[Costs]:
    """The least cost from every place to the target in at most 0, 1, ... `most` steps, loops allowed.

    It is `_FAR` from where nobody may pass.
    """
    left = np.full(len(steps.occupations), _FAR, np.int32)
    left[target] = 0
    found = [left]
    has_steps = np.flatnonzero(np.diff(steps.start))
    for _ in range(most):
        left = left.copy()
        if len(has_steps):
            beyond = np.minimum.reduceat(steps.cost + left[steps.target], steps.start[has_steps])
            left[has_steps] = np.minimum(left[has_steps], beyond)
            left[~passable] = _FAR
            left[target] = 0
        found.append(left)
    return found
