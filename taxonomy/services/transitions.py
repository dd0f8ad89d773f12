"""Professions within reach of another one, by one order that explains itself.

    rawScore = sum over features of weight * feature        (features: `services.transition_features`)
    score    = 1 / (1 + exp(midpoint - rawScore))           strictly increasing, 0..1

The weights are fitted with a listwise loss (ListNet's top-one softmax, Cao et al. 2007) by
`benchmarks.quality.transition_fit` and stand in `matching_weights/transitions.toml`. The order is by falling
rawScore, then by name. With a profile, one more term is added: midpoint times the share of the needed value
(`services.match`) that the profile covers and the origin does not, exclusions taken off; decided, not fitted:
who has all that is needed comes to a score of 1/2 by that alone. AF's substitutability is
shown on the edge and has no part in the score.
"""

import threading
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Final, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import OCCUPATION
from taxonomy.model.relation import RelationKind
from taxonomy.services.match import Matcher, Term
from taxonomy.services.profile import Coverage, Profile
from taxonomy.services.transition_features import Features, Floats
from taxonomy.snapshot import Snapshot

PROFILE: Final = "profile"
"""The term of a profile: midpoint * (what it adds of the needed value, exclusions taken off)."""
_DIGITS: Final = 9


class Weights(NamedTuple):
    """The weight of each feature, and the rawScore whose score is 1/2."""

    midpoint: float
    of: dict[str, float]


class Transition(NamedTuple):
    """One profession within reach; `occupation` is a concept number, `terms` add up to `raw_score`."""

    occupation: int
    score: float
    raw_score: float
    terms: tuple[Term, ...]
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


class Reach(Sequence[Transition]):
    """The occupations within reach of one, the best first; each is explained when it is looked at."""

    def __init__(
        self, scorer: Transitions, origin: int, mask: NDArray[np.bool_] | None, profile: Floats | None = None
    ) -> None:
        self._scorer = scorer
        self._origin = origin
        self._terms = scorer.terms(origin)
        self._names = scorer.features.names
        if profile is not None:
            self._terms = np.vstack((self._terms, scorer.midpoint * profile))
            self._names = (*self._names, PROFILE)
        raw = np.round(self._terms.sum(0), _DIGITS)
        places = np.flatnonzero(scorer.candidates(origin, mask))
        self._places = places[np.argsort(-raw[places], kind="stable")]

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Transition: ...
    @overload
    def __getitem__(self, place: slice) -> list[Transition]: ...
    def __getitem__(self, place: int | slice) -> Transition | list[Transition]:
        if isinstance(place, int):
            return self._transition(int(self._places[place]))
        return [self._transition(at) for at in self._places[place].tolist()]

    def _transition(self, place: int) -> Transition:
        values = zip(self._names, self._terms[:, place].tolist(), strict=True)
        terms = tuple(Term(name, value) for name, value in values if value)
        raw = round(sum(term.value for term in terms), _DIGITS)
        target = self._scorer.occupations.start + place
        level = self._scorer.level(self._origin, target)
        return Transition(target, score_of(raw, self._scorer.midpoint), raw, terms, level)


def transitions(
    scorer: Transitions, origin: int, *, mask: NDArray[np.bool_] | None = None, first: int = 10
) -> tuple[Transition, ...]:
    """The best `first` occupations from one; `mask` has a place per occupation, in their order."""
    return tuple(Reach(scorer, origin, mask)[: max(first, 0)])


def others(matcher: Matcher, profile: Profile, mask: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
    """The mask without the occupations that the profile names, held before or excluded."""
    found = np.ones(len(matcher.occupations), np.bool_) if mask is None else mask.copy()
    for number in (*profile.occupations, *profile.excluded):
        if number in matcher.occupations:
            found[number - matcher.occupations.start] = False
    return found


def added_by(matcher: Matcher, origin: int, profile: Profile) -> tuple[Profile, Coverage, Floats]:
    """What a profile adds to what a holder of the origin has, per occupation a share of what it needs.

    At most 1; below 0 where exclusions take more away than the profile gives. Beside it the joint profile.
    """
    both = profile._replace(occupations=tuple(sorted({*profile.occupations, origin})))
    alone = Profile((), (origin,), ())
    coverage = matcher.coverage(both)
    more = matcher.raw_scores(both, coverage) - matcher.raw_scores(alone, matcher.coverage(alone))
    return both, coverage, more / np.maximum(matcher.reachable, 1e-9)


_BUILDING: Final = threading.Lock()


def transitions_of(snapshot: Snapshot) -> Transitions:
    """The scorer of a snapshot with the shipped weights, built at the first call. Safe for threads."""
    with _BUILDING:
        if Transitions not in snapshot.derived:
            snapshot.derived[Transitions] = Transitions(snapshot)
        scorer: Transitions = snapshot.derived[Transitions]
        return scorer


def score_of(raw: float, midpoint: float) -> float:
    """The score of a rawScore: the logistic function about the midpoint."""
    return float(1 / (1 + np.exp(np.clip(midpoint - raw, -500, 500))))
