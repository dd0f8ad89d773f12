"""Career paths in process, beside scipy's Dijkstra over the same steps."""

from statistics import median
from time import perf_counter
from typing import Final

import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import dijkstra  # type: ignore[import-untyped]

from benchmarks.ground import Ground
from benchmarks.report import Row, spread
from taxonomy.services.career_paths import career_paths
from taxonomy.services.career_steps import CareerSteps
from taxonomy.services.match import Matcher

_PAIRS: Final = 500
_SEED: Final = 10
_STEPS: Final = 3


def run(ground: Ground) -> list[Row]:
    """Building the steps, the paths between any two occupations, and those of the slowest question."""
    snapshot = ground.current.snapshot
    snapshot.derived(Matcher)
    started = perf_counter()
    steps = CareerSteps(snapshot)
    built = perf_counter() - started
    pairs = _pairs(steps)
    ours, theirs = _taking_turns(steps, pairs)
    slow = _times(steps, pairs, 4, 20)
    what = f"career paths of {_STEPS} steps between any two of {len(steps.occupations)} occupations"
    reference = f"scipy's Dijkstra from one over the same {len(steps.target):,} steps"
    return [
        Row(
            f"{what}, {_PAIRS} pairs",
            f"{spread(ours, 1000)} ms",
            f"{reference}: {spread(theirs, 1000)} ms",
            f"p50 {median(ours) * 1000:.1f} ms",
            "<= 5 ms",
            ground.judged(median(ours) <= 0.005),
        ),
        Row(
            "the same",
            f"{spread(ours, 1000)} ms",
            f"{median(ours) / median(theirs):.2f} x",
            f"p99 {np.quantile(ours, 0.99) * 1000:.1f} ms",
            "<= 30 ms",
            ground.judged(float(np.quantile(ours, 0.99)) <= 0.03),
        ),
        Row("20 paths of 4 steps, the same pairs", f"{spread(slow, 1000)} ms", "-", _p99(slow), "-", None),
        Row("the steps, built once for a snapshot", f"{built:.2f} s", "-", f"{built:.2f} s", "-", None),
    ]


def _pairs(steps: CareerSteps) -> list[tuple[int, int]]:
    draw = np.random.default_rng(_SEED)
    numbers = np.array(steps.occupations)
    return [tuple(draw.choice(numbers, 2, replace=False).tolist()) for _ in range(_PAIRS)]


def _taking_turns(steps: CareerSteps, pairs: list[tuple[int, int]]) -> tuple[list[float], list[float]]:
    count = len(steps.occupations)
    graph = csr_array((steps.cost.astype(np.float64), steps.target, steps.start), (count, count))
    ours, theirs = [], []
    for origin, target in pairs:
        started = perf_counter()
        found = career_paths(steps, origin, target, max_steps=_STEPS, limit=3)
        between = perf_counter()
        distances, _ = dijkstra(graph, indices=origin - steps.occupations.start, return_predecessors=True)
        ended = perf_counter()
        least = distances[target - steps.occupations.start]
        assert found[0].cost >= min(least, steps.step(*_places(steps, origin, target)).cost)
        ours.append(between - started)
        theirs.append(ended - between)
    return ours, theirs


def _places(steps: CareerSteps, origin: int, target: int) -> tuple[int, int]:
    return origin - steps.occupations.start, target - steps.occupations.start


def _times(steps: CareerSteps, pairs: list[tuple[int, int]], max_steps: int, limit: int) -> list[float]:
    took = []
    for origin, target in pairs:
        started = perf_counter()
        career_paths(steps, origin, target, max_steps=max_steps, limit=limit)
        took.append(perf_counter() - started)
    return took


def _p99(values: list[float]) -> str:
    return f"p50 {median(values) * 1000:.1f}, p99 {np.quantile(values, 0.99) * 1000:.1f} ms"
