"""Find AF's substitutes: both directions are gold, every figure is out of fold."""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.ground import Ground
from benchmarks.quality.baselines import REFERENCES, baselines
from benchmarks.quality.bootstrap import mean_interval
from benchmarks.quality.tables import Row
from benchmarks.quality.transition_fit import FOLDS, Gold, bounds, fitted, gold_of, training_table
from taxonomy.services.transition_features import Features, Floats

TASK: Final = "substitutes"
GOAL: Final = (0.29, 0.72)


class Ranking(NamedTuple):
    """Precision at 10 and reciprocal rank per query."""

    precision: Floats
    reciprocal: Floats


def run(ground: Ground) -> list[Row]:
    """The rows of this task; none without the publisher's files."""
    if not ground.data:
        return []
    snapshot = ground.current.snapshot
    gold = gold_of(snapshot, ground.data)
    known = baselines(snapshot, ground.data, gold)
    rows = [_baseline(name, ranked(gold, similarity)) for name, similarity in known.items()]
    ours = ranked(gold, out_of_fold(Features(snapshot), gold))
    met = bool(ours.precision.mean() >= GOAL[0] and ours.reciprocal.mean() >= GOAL[1])
    goal = "P@10 >= .29, MRR >= .72"
    return [*rows, Row(TASK, "linear, out of fold", _values(ours), goal, met), _ceiling(gold)]


def out_of_fold(features: Features, gold: Gold) -> NDArray[Any]:
    """Scores within the universe, each row by the weights of the fold that holds its query out."""
    weights = [
        fitted(training_table(features, gold, (gold.fold >= 0) & (gold.fold != fold)), bounds(features))
        for fold in range(FOLDS)
    ]
    found = np.zeros((len(gold.universe), len(gold.universe)))
    for row, place in enumerate(gold.universe.tolist()):
        if gold.linked[place].any():
            found[row] = (weights[gold.fold[place]] @ features.of(place))[gold.universe]
    return found


def ranked(gold: Gold, scores: NDArray[Any]) -> Ranking:
    """How the scores of the universe rank each query's substitutes; equal ones by name."""
    precision, reciprocal = [], []
    for row in np.searchsorted(gold.universe, gold.queries).tolist():
        own = scores[row].astype(np.float64)
        own[row] = -np.inf
        hits = gold.linked[gold.universe[row]][gold.universe][np.argsort(-own, kind="stable")]
        precision.append(hits[:10].mean())
        reciprocal.append(1 / (1 + np.argmax(hits)))
    return Ranking(np.array(precision), np.array(reciprocal))


def _values(ranking: Ranking) -> dict[str, Any]:
    return {"P@10": mean_interval(ranking.precision), "MRR": mean_interval(ranking.reciprocal)}


def _baseline(name: str, ranking: Ranking) -> Row:
    precision, reciprocal = REFERENCES[name]
    near = abs(ranking.precision.mean() - precision) <= 0.01
    near &= abs(ranking.reciprocal.mean() - reciprocal) <= 0.01
    goal = f"{precision:.3f} / {reciprocal:.3f} within .01"
    return Row(TASK, name, _values(ranking), goal, bool(near))


def _ceiling(gold: Gold) -> Row:
    best = np.minimum(gold.linked[gold.queries].sum(1), 10) / 10
    return Row(TASK, "ceiling of P@10", {"P@10": mean_interval(best)})
