"""Professions within reach of another one, by one order that explains itself.

    rawScore = sum over features of weight * feature        (features: `services.transition_features`)
    score    = 1 / (1 + exp(midpoint - rawScore))           strictly increasing, 0..1

The weights are fitted with a listwise loss (ListNet's top-one softmax, Cao et al. 2007) by
`benchmarks.quality.transition_fit` and stand in `matching_weights/transitions.toml`. The order is by falling
rawScore, then by name. AF's substitutability is shown on the edge and has no part in the score.
"""

import tomllib
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import OCCUPATION
from taxonomy.model.relation import RelationKind
from taxonomy.services.transition_features import Features, Floats
from taxonomy.snapshot import Snapshot


class Weights(NamedTuple):
    """The weight of each feature, and the rawScore whose score is 1/2."""

    midpoint: float
    of: dict[str, float]


class Transition(NamedTuple):
    """One profession within reach; `occupation` is a concept number, `terms` add up to `raw_score`."""

    occupation: int
    score: float
    raw_score: float
    terms: tuple[tuple[str, float], ...]
    substitutability: int | None


def shipped_weights() -> Weights:
    """The weights in the package."""
    text = files("taxonomy").joinpath("matching_weights/transitions.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return Weights(float(table["midpoint"]), {name: float(value) for name, value in table["weights"].items()})


class Transitions:
    """Scores every occupation of one snapshot from one of them; build once per snapshot."""

    def __init__(self, snapshot: Snapshot, weights: Weights | None = None) -> None:
        weights = weights or shipped_weights()
        self.features = Features(snapshot)
        self.occupations = snapshot.kind_range(OCCUPATION)
        self.midpoint = weights.midpoint
        self._weights = np.array([weights.of.get(name, 0.0) for name in self.features.names])
        self._substitutes = snapshot.edges(RelationKind.SUBSTITUTES)
        deprecated = np.frombuffer(snapshot.deprecated, np.uint8)
        self._active = deprecated[self.occupations.start : self.occupations.stop] == 0

    def terms(self, origin: int) -> Floats:
        """One row per feature, one column per occupation; a column adds up to its rawScore."""
        found: Floats = self._weights[:, None] * self.features.of(origin - self.occupations.start)
        return found

    def candidates(self, origin: int, mask: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
        """Which places may be answered: active ones, not the origin, and only those of the mask."""
        wanted: NDArray[np.bool_] = self._active.copy() if mask is None else self._active & mask
        wanted[origin - self.occupations.start] = False
        return wanted

    def level(self, origin: int, target: int) -> int | None:
        """The substitutability of the edge from origin to target; None where there is no edge."""
        edges = self._substitutes
        found = np.flatnonzero(edges.of_one(origin) == target)
        return int(edges.level[edges.start[origin] + found[0]]) if len(found) else None


def transitions(
    scorer: Transitions, origin: int, *, mask: NDArray[np.bool_] | None = None, first: int = 10
) -> tuple[Transition, ...]:
    """The best `first` occupations from one; `mask` has a place per occupation, in their order."""
    terms = scorer.terms(origin)
    raw = terms.sum(0)
    places = np.flatnonzero(scorer.candidates(origin, mask))
    best = places[np.argsort(-raw[places], kind="stable")[: max(first, 0)]]
    return tuple(_transition(scorer, origin, int(place), terms[:, place]) for place in best)


def _transition(scorer: Transitions, origin: int, place: int, terms: Floats) -> Transition:
    raw = float(terms.sum())
    target = scorer.occupations.start + place
    named = tuple((name, float(value)) for name, value in zip(scorer.features.names, terms, strict=True))
    return Transition(target, score_of(raw, scorer.midpoint), raw, named, scorer.level(origin, target))


def score_of(raw: float, midpoint: float) -> float:
    """The score of a rawScore: the logistic function about the midpoint."""
    return float(1 / (1 + np.exp(np.clip(midpoint - raw, -500, 500))))
