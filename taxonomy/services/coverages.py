"""How much of what each occupation needs one who has held another one covers, for one after the other."""

from typing import Final

import numpy as np

from taxonomy.model.concept import OCCUPATION
from taxonomy.services.match import Matcher
from taxonomy.services.nearness import FAINTEST, Floats
from taxonomy.services.profile import held_shares
from taxonomy.snapshot.arrays import distinct, stretches

_TINY: Final = 1e-9


class Coverages:
    """What `Matcher.coverage` and `raw_scores` say of one former occupation, faster for many of them.

    What is near to a skill is found once for all who hold it.
    """

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        snapshot, effective = matcher.snapshot, matcher.snapshot.effective
        self._first = snapshot.kind_range(OCCUPATION).start
        self._share = held_shares(snapshot, slice(None), matcher.weights.in_part)
        held = distinct(effective.skill.astype(np.int64))
        self._start, self._near, self._nearness = matcher.nearness.near(held)
        self._held = np.searchsorted(held, effective.skill)

    def closed(self, place: int) -> Floats:
        """The share of the needed value of each occupation, in their order, that one of them covers."""
        start = self._matcher.snapshot.effective.start
        mine = slice(start[self._first + place], start[self._first + place + 1])
        held = self._held[mine]
        lengths = self._start[held + 1] - self._start[held]
        rows = stretches(self._start[held], lengths)
        share = np.repeat(self._share[mine], lengths) * self._nearness[rows]
        kept = share >= FAINTEST
        near = self._near[rows[kept]]
        best = np.zeros(self._matcher.snapshot.count)
        np.maximum.at(best, near, share[kept])
        skills = distinct(near)
        return self._matcher.given(skills, best[skills]) / np.maximum(self._matcher.reachable, _TINY)
