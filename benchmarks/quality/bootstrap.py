"""Percentile bootstrap over queries (Efron 1979): how far a mean may be off by the choice of queries."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

RESAMPLES: Final = 1000
_SEED: Final = 6


class Interval(NamedTuple):
    """A figure and its 95 % confidence interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}..{self.high:.3f}]"


def mean_interval(values: NDArray[Any]) -> Interval:
    """The mean of a figure per query."""
    return interval(len(values), lambda rows: float(values[rows].mean()))


def interval(count: int, figure: Callable[[NDArray[np.int64]], float]) -> Interval:
    """A figure of the rows drawn, over `RESAMPLES` draws with replacement."""
    draw = np.random.default_rng(_SEED)
    drawn = [figure(draw.integers(0, count, count)) for _ in range(RESAMPLES)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(figure(np.arange(count)), float(low), float(high))
