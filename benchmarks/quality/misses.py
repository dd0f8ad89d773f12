"""`python -m benchmarks.quality.misses`: fifty substitutes that are not among the first ten, by cause.

Drawn with a fixed seed from all (query, substitute) pairs that out-of-fold ranking misses. The first cause
that holds is the one that counts, in the order of `CAUSES`.
"""

from collections import Counter
from typing import Final, NamedTuple

import numpy as np

from benchmarks.ground import Ground
from benchmarks.quality.__main__ import prepared
from benchmarks.quality.substitutes import out_of_fold
from benchmarks.quality.transition_fit import SEED, gold_of
from taxonomy.model.concept import OCCUPATION, Locale
from taxonomy.services.transition_features import Features

CAUSES: Final = (
    "more than ten substitutes: not all can be among the first ten",
    "near: it is at place 11 to 20",
    "one of the two has hardly any skills of its own (fewer than three)",
    "at least five of the first ten are of the query's SSYK group, and it is not",
    "it is in another major group of SSYK",
    "it has less than a tenth of the query's own skills",
    "none of these",
)
DRAWN: Final = 50


class Miss(NamedTuple):
    """A substitute that was missed."""

    query: str
    substitute: str
    place: int
    cause: str


def misses(ground: Ground) -> list[Miss]:
    """The fifty, by cause."""
    assert ground.data, "misses are of the real data only"
    snapshot = ground.current.snapshot
    features, gold = Features(snapshot), gold_of(snapshot, ground.data)
    scores = out_of_fold(features, gold)
    own = np.diff(features.facets["own_skills"].start)
    same, covered = features.names.index("same_ssyk_4"), features.names.index("covered")
    major = features.names.index("same_ssyk_1")
    occupations = snapshot.kind_range(OCCUPATION)
    found = []
    for query in gold.queries.tolist():
        row = scores[int(np.searchsorted(gold.universe, query))].copy()
        row[gold.universe == query] = -np.inf
        order = gold.universe[np.argsort(-row, kind="stable")]
        x = features.of(query)
        places = np.flatnonzero(gold.linked[query][order])
        for place in places[places >= 10].tolist():
            other = int(order[place])
            holds = (
                len(places) > 10,
                place < 20,
                min(own[query], own[other]) < 3,
                x[same, order[:10]].sum() >= 5 and not x[same, other],
                not x[major, other],
                x[covered, other] ** 2 < 0.1,
                True,
            )
            first, second = (snapshot.label(occupations[at], Locale.SV) for at in (query, other))
            found.append(Miss(first, second, place + 1, CAUSES[[*map(bool, holds)].index(True)]))
    drawn = np.random.default_rng(SEED).choice(len(found), DRAWN, replace=False)
    return sorted((found[at] for at in drawn), key=lambda miss: (CAUSES.index(miss.cause), miss.query))


def main() -> None:
    """Print how many there are of each cause, then each."""
    with prepared() as ground:
        found = misses(ground)
    for cause, count in Counter(miss.cause for miss in found).items():
        print(f"{count}\t{cause}")
    for miss in found:
        print(f"{miss.place}\t{miss.query}\t{miss.substitute}\t{miss.cause}")


if __name__ == "__main__":
    main()
