"""Find an occupation from a profile of another source: out of fold, beside IDF cosine and BM25."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.ground import Ground
from benchmarks.quality.bootstrap import mean_interval
from benchmarks.quality.match_fit import FOLDS, Side, fitted, reciprocal_ranks, sides_of, trials
from benchmarks.quality.tables import Row
from taxonomy.model.concept import OCCUPATION, SKILL
from taxonomy.model.mapping import MATCHES
from taxonomy.model.relation import Direction
from taxonomy.services.nearness import Floats
from taxonomy.snapshot import Snapshot

TASK: Final = "profiles from ESCO"
GOAL: Final = 1.15
_K1, _B = 1.2, 0.75


def run(ground: Ground) -> list[Row]:
    """The rows of this task; none without the publisher's files."""
    if not ground.data:
        return []
    sides = sides_of(ground.current.snapshot)
    queries = sides[0].queries
    known = {name: reciprocal_ranks(scores, queries) for name, scores in baselines(sides[0]).items()}
    ours = reciprocal_ranks(out_of_fold(sides), queries)
    better = max(values.mean() for values in known.values())
    rows = [Row(TASK, name, {"MRR": mean_interval(values)}) for name, values in known.items()]
    ratio = float(ours.mean() / better)
    goal = f"MRR >= {GOAL} x the better one"
    values = {"MRR": mean_interval(ours)}
    return [*rows, Row(TASK, f"ours, out of fold: {ratio:.2f}x", values, goal, ratio >= GOAL)]


def out_of_fold(sides: list[Side]) -> list[Floats]:
    """Scores of the first side's queries, each by shape and weights chosen without its fold."""
    queries = [query for side in sides for query in side.queries]
    best: list[tuple[float, list[Floats]]] = [(-1.0, []) for _ in range(FOLDS)]
    for trial in trials(sides):
        for fold in range(FOLDS):
            train = [at for at, query in enumerate(queries) if fold not in query.targets % FOLDS]
            targets = [queries[at] for at in train]
            k = fitted([trial.tables[at] for at in train], [query.targets for query in targets])
            scores = [table @ k for table in trial.tables]
            mean = float(reciprocal_ranks([scores[at] for at in train], targets).mean())
            best[fold] = max(best[fold], (mean, scores[: len(sides[0].queries)]), key=lambda pair: pair[0])
    return [best[query.fold][1][at] for at, query in enumerate(sides[0].queries)]


def baselines(side: Side) -> dict[str, list[Floats]]:
    """Scores by plain overlap, of profiles whose ESCO skills are replaced by all that any mapping names."""
    snapshot, occupations = side.snapshot, side.snapshot.kind_range(OCCUPATION)
    owner, skill = snapshot.effective.occupation - occupations.start, snapshot.effective.skill
    count = len(occupations)
    having = np.bincount(skill, minlength=snapshot.count)
    idf = np.log((1 + count) / (1 + having)) + 1
    length = np.maximum(np.sqrt(np.bincount(owner, idf[skill] ** 2, count)), 1e-9)
    size = np.bincount(owner, minlength=count)
    bm25 = np.log(1 + (count - having + 0.5) / (having + 0.5))
    damp = (_K1 + 1) / (1 + _K1 * (1 - _B + _B * size / size.mean()))
    cosine, okapi = [], []
    for query in side.queries:
        held = np.isin(skill, swedish(snapshot, query.skills))
        cosine.append(np.bincount(owner[held], idf[skill[held]] ** 2, count) / length)
        okapi.append(np.bincount(owner[held], bm25[skill[held]], count) * damp)
    return {"IDF cosine": cosine, "BM25": okapi}


def swedish(snapshot: Snapshot, skills: NDArray[np.int64]) -> NDArray[np.int64]:
    """The Swedish skills that any mapping joins to these."""
    numbers = snapshot.kind_range(SKILL)
    edges = (snapshot.edges(kind, way) for kind in MATCHES for way in Direction)
    found = np.unique(np.concatenate([some.of_many(skills.astype(np.int32)) for some in edges]))
    kept: NDArray[np.int64] = found[(found >= numbers.start) & (found < numbers.stop)]
    return kept
