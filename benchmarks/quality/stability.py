"""How much of the first ten stays when a profile changes by one skill."""

from typing import Final

import numpy as np

from benchmarks.ground import Ground
from benchmarks.quality.bootstrap import mean_interval
from benchmarks.quality.match_fit import esco_queries
from benchmarks.quality.tables import Row
from taxonomy.services.match import Matcher
from taxonomy.services.profile import Profile

TASK: Final = "stability"


def run(ground: Ground) -> list[Row]:
    """One row: the share of the first ten that two profiles have in common; none without the real files."""
    if not ground.data:
        return []
    matcher = Matcher(ground.current.snapshot)
    shares = []
    for query in esco_queries(ground.current.snapshot):
        skills = tuple(query.skills.tolist())
        if len(skills) > 1:
            shares.append(len(_first_ten(matcher, skills) & _first_ten(matcher, skills[:-1])) / 10)
    return [Row(TASK, "one skill less", {"overlap of the first 10": mean_interval(np.array(shares))})]


def _first_ten(matcher: Matcher, skills: tuple[int, ...]) -> set[int]:
    profile = Profile(skills, (), ())
    return set(matcher.ranked(profile, matcher.coverage(profile), None)[:10].tolist())
