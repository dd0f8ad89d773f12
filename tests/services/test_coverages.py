"""Coverages say of each former occupation what matching says of it."""

import numpy as np
from hypothesis import given, settings

from taxonomy.services.coverages import Coverages
from taxonomy.services.match import Matcher
from taxonomy.services.profile import Profile
from taxonomy.snapshot import Snapshot
from tests.services.test_matching import WEIGHTS, graphs


@settings(max_examples=50)
@given(graphs())
def test_what_one_occupation_covers_is_what_matching_finds_for_it(graph: Snapshot) -> None:
    matcher = Matcher(graph, WEIGHTS)
    coverages = Coverages(matcher)
    for place, number in enumerate(matcher.occupations):
        profile = Profile((), (number,), ())
        raw = matcher.raw_scores(profile, matcher.coverage(profile))
        assert np.allclose(coverages.closed(place) * matcher.reachable, raw)
