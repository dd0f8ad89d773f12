"""Level and direction of a pair (a, b): none, 25 or 75, where "a substitutes b" says a can do b's job.

Sample: every directed edge within the universe, and for each query as origin 10 of the 50 most alike (all
skills) that it has no edge to, and 5 of all others, drawn with a fixed seed. A pair trains when both ends are
training occupations and is judged by the model of the fold that holds its origin out. Calibration holds for
this mix, not for pairs drawn from all 5 million. The classifier is a multinomial logistic regression on the
features seen from either end.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import f1_score  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from benchmarks.ground import Ground
from benchmarks.quality.bootstrap import Interval, interval
from benchmarks.quality.tables import Row
from benchmarks.quality.transition_fit import FOLDS, SEED, Gold, gold_of
from taxonomy.services.transition_features import Features

LEVELS: Final = (0, 25, 75)
BINS: Final = 10
GOAL: Final = 0.05


class Sample(NamedTuple):
    """Pairs by place and their levels; `toward` are the features seen from a, `back` those seen from b."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    level: NDArray[np.int64]
    toward: NDArray[Any]
    back: NDArray[Any]


def run(ground: Ground) -> list[Row]:
    """The rows of this task; none without the publisher's files."""
    if not ground.data:
        return []
    snapshot = ground.current.snapshot
    gold = gold_of(snapshot, ground.data)
    sample = sampled(Features(snapshot), gold)
    majority = np.tile([1.0, 0.0, 0.0], (len(sample.a), 1))
    symmetric = (sample.toward + sample.back) / 2
    both = np.hstack((sample.toward, sample.back))
    return [
        _row("majority", sample, majority, goal=False),
        _row("symmetric features", sample, out_of_fold(gold, sample, symmetric), goal=False),
        _row("directed features", sample, out_of_fold(gold, sample, both), goal=True),
    ]


def sampled(features: Features, gold: Gold) -> Sample:
    """The sample described above."""
    draw, alike = np.random.default_rng(SEED), features.names.index("all_skills")
    inside = gold.fold >= 0
    pairs: list[tuple[int, int]] = []
    seen = {place: features.of(place) for place in gold.universe.tolist() if gold.linked[place].any()}
    for a, x in seen.items():
        free = inside & (gold.level[a] == 0)
        free[a] = False
        order = np.argsort(-np.where(free, x[alike], -1), kind="stable")[: int(free.sum())]
        drawn = (*draw.choice(order[:50], 10, replace=False), *draw.choice(order[50:], 5, replace=False))
        pairs += [(a, int(b)) for b in (*np.flatnonzero(inside & (gold.level[a] > 0)), *drawn)]
    a, b = np.array(pairs).T
    toward = np.array([seen[i][:, j] for i, j in pairs])
    turned = {j: features.of(j) for j in set(b.tolist()) - seen.keys()} | seen
    back = np.array([turned[j][:, i] for i, j in pairs])
    return Sample(a, b, gold.level[a, b].astype(np.int64), toward, back)


def out_of_fold(gold: Gold, sample: Sample, x: NDArray[Any]) -> NDArray[Any]:
    """Probabilities of the three levels."""
    found = np.zeros((len(x), len(LEVELS)))
    for fold in range(FOLDS):
        train = (gold.fold[sample.a] != fold) & (gold.fold[sample.b] != fold)
        test = gold.fold[sample.a] == fold
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
        found[test] = model.fit(x[train], sample.level[train]).predict_proba(x[test])
    return found


def calibration_error(right: NDArray[np.bool_], sure: NDArray[Any]) -> float:
    """Expected calibration error of the chosen class in equal-width bins (Naeini et al. 2015)."""
    bins = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
    gap = np.bincount(bins, right.astype(np.float64) - sure, BINS)
    return float(np.abs(gap).sum() / len(sure))


def _row(method: str, sample: Sample, odds: NDArray[Any], *, goal: bool) -> Row:
    chosen, sure = np.array(LEVELS)[odds.argmax(1)], odds.max(1)
    right = chosen == sample.level
    origins = [np.flatnonzero(sample.a == place) for place in np.unique(sample.a)]

    def over(figure: Any) -> Interval:
        return interval(len(origins), lambda rows: figure(np.concatenate([origins[row] for row in rows])))

    macro = over(lambda rows: float(_macro(sample.level[rows], chosen[rows])))
    error = over(lambda rows: calibration_error(right[rows], sure[rows]))
    met = error.value <= GOAL if goal else None
    return Row("levels", method, {"macro-F1": macro, "ECE": error}, "ECE <= .05" if goal else "", met)


def _macro(level: NDArray[np.int64], chosen: NDArray[Any]) -> float:
    return float(f1_score(level, chosen, labels=list(LEVELS), average="macro", zero_division=0.0))
