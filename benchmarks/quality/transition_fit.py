"""Gold, folds, and the fit of the weights of transitions; `--write` puts them into the package.

The loss is the mean over queries of -log softmax of the substitutes among the candidates (ListNet's top-one
loss, Cao et al. 2007) plus `RIDGE` times the squared standardised weights, minimised by L-BFGS-B: weights of
skill overlap are not negative. Candidates of a query are its substitutes and the `POOL` best by the baseline
of all skills and label.
"""

import sys
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from benchmarks.ground import ROOT, Ground
from taxonomy.model.concept import OCCUPATION
from taxonomy.model.relation import RelationKind
from taxonomy.services.transition_features import SKILL_OVERLAP, Features, Floats
from taxonomy.services.transitions import Weights
from taxonomy.snapshot import Snapshot

FOLDS: Final = 5
POOL: Final = 300
RIDGE: Final = 1e-3
SEED: Final = 0
WRITTEN: Final = ROOT / "taxonomy" / "matching_weights" / "transitions.toml"
Numbers = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Gold(NamedTuple):
    """Who substitutes whom. `level[a, b]` by place, `linked` in either direction within the universe."""

    universe: Numbers
    queries: Numbers
    level: NDArray[np.uint8]
    linked: Bools
    fold: Numbers


def skill_lists(data: Path) -> dict[str, dict[str, list[str]]]:
    """The publisher's lists of skills by occupation."""
    found: dict[str, dict[str, list[str]]] = orjson.loads(
        (data / "jobtech" / "v29" / "occupation-skills.json").read_bytes()
    )
    return found


def gold_of(snapshot: Snapshot, data: Path) -> Gold:
    """The gold, with folds drawn over all occupations of the universe."""
    occupations, listed = snapshot.kind_range(OCCUPATION), skill_lists(data)
    count = len(occupations)
    universe = np.array([place for place in range(count) if snapshot.ids[occupations[place]] in listed])
    edges = snapshot.edges(RelationKind.SUBSTITUTES)
    own, rows = edges.rows_of_many(np.array(occupations, np.int32))
    level = np.zeros((count, count), np.uint8)
    level[own - occupations.start, edges.target[rows] - occupations.start] = edges.level[rows]
    inside = np.zeros(count, np.bool_)
    inside[universe] = True
    linked = ((level > 0) | (level.T > 0)) & inside & inside[:, None]
    fold = np.full(count, -1)
    fold[universe] = np.random.default_rng(SEED).permutation(len(universe)) % FOLDS
    return Gold(universe, np.flatnonzero(linked.any(1)), level, linked, fold)


class Table(NamedTuple):
    """Training rows, sorted by query: features, whether linked, where each query begins."""

    x: Floats
    linked: Bools
    start: Numbers


def training_table(features: Features, gold: Gold, allowed: Bools) -> Table:
    """The rows of the queries among the allowed occupations; both ends of every row are allowed ones."""
    skills, label = features.names.index("all_skills"), features.names.index("label")
    rows, linked = [], []
    for query in gold.queries[allowed[gold.queries]].tolist():
        x = features.of(query)
        base = np.where(allowed, 0.7 * x[skills] ** 2 + 0.3 * x[label] ** 2, -1)
        places = np.argsort(-base, kind="stable")[:POOL]
        places = np.union1d(places[allowed[places]], np.flatnonzero(gold.linked[query] & allowed))
        places = places[places != query]
        if gold.linked[query, places].any():
            rows.append(x[:, places].T)
            linked.append(gold.linked[query, places])
    start = np.cumsum([0, *(len(some) for some in linked[:-1])])
    return Table(np.concatenate(rows), np.concatenate(linked), start)


Bounds = list[tuple[float | None, None]]


def bounds(features: Features) -> Bounds:
    """What a weight may be: what two occupations share of skills never counts against them."""
    return [(0.0 if name in SKILL_OVERLAP else None, None) for name in features.names]


def fitted(table: Table, within: Bounds) -> Floats:
    """One weight per feature."""
    spread = table.x.std(0) + 1e-9
    x = (table.x - table.x.mean(0)) / spread
    lengths = np.diff(table.start, append=len(x))
    query = np.repeat(np.arange(len(lengths)), lengths)
    share = table.linked / np.add.reduceat(table.linked.astype(np.float64), table.start)[query]
    wanted = x.T @ share

    def loss(weights: Floats) -> tuple[float, Floats]:
        raw = x @ weights
        top = np.maximum.reduceat(raw, table.start)
        odds = np.exp(raw - top[query])
        total = np.add.reduceat(odds, table.start)
        value = (np.log(total) + top).sum() - wanted @ weights
        slope = x.T @ (odds / total[query]) - wanted
        return value / len(lengths) + RIDGE * weights @ weights, slope / len(lengths) + 2 * RIDGE * weights

    best = minimize(
        loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=within, options={"maxiter": 300}
    )
    found: Floats = best.x / spread
    return found


def shipped(features: Features, gold: Gold) -> Weights:
    """Weights fitted on everything; the midpoint is the median rawScore of a substitute."""
    weights = fitted(training_table(features, gold, gold.fold >= 0), bounds(features))
    raws = [(weights @ features.of(query))[gold.linked[query]] for query in gold.queries.tolist()]
    midpoint = float(np.median(np.concatenate(raws)))
    return Weights(midpoint, dict(zip(features.names, weights.tolist(), strict=True)))


def main(words: list[str]) -> None:
    """Fit on the data of the ground; `--write` puts the weights into the package."""
    from benchmarks.quality.__main__ import prepared

    with prepared() as ground:
        lines = _lines(ground)
    print(lines, end="")
    if "--write" in words:
        WRITTEN.write_text(lines, "utf-8")


def _lines(ground: Ground) -> str:
    assert ground.data, "weights are fitted on the real data only"
    snapshot = ground.current.snapshot
    weights = shipped(Features(snapshot), gold_of(snapshot, ground.data))
    head = "# Written by `python -m benchmarks.quality.transition_fit --write`; never by hand.\n"
    named = "".join(f"{name} = {value:.6f}\n" for name, value in weights.of.items())
    return f"{head}midpoint = {weights.midpoint:.6f}\n\n[weights]\n{named}"


if __name__ == "__main__":
    main(sys.argv[1:])
