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

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Final, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import OCCUPATION
from taxonomy.model.relation import RelationKind
from taxonomy.services.match import Matcher, Term
from taxonomy.services.profile import NOBODY, Coverage, Profile, open_occupations
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

    def terms(self, origin: int) -> Floats:
        """One row per feature, one column per occupation; a column adds up to its rawScore."""
        found: Floats = self._weights[:, None] * self.features.of(origin - self.occupations.start)
        return found

    def level(self, origin: int, target: int) -> int | None:
        """The substitutability of the edge from origin to target; None where there is no edge."""
        edges = self._substitutes
        found = np.flatnonzero(edges.of_one(origin) == target)
        return int(edges.level[edges.start[origin] + found[0]]) if len(found) else None


class Reach(Sequence[Transition]):
    """The occupations of a mask as seen from one, the best first; each is explained when it is looked at.

    `profile` is what the term of a profile is a multiple of, per occupation.
    """

    def __init__(
        self, scorer: Transitions, origin: int, mask: NDArray[np.bool_], profile: Floats | None = None
    ) -> None:
        self._scorer = scorer
        self._origin = origin
        self._terms = scorer.terms(origin)
        self._names = scorer.features.names
        if profile is not None:
            self._terms = np.vstack((self._terms, scorer.midpoint * profile))
            self._names = (*self._names, PROFILE)
        raw = np.round(self._terms.sum(0), _DIGITS)
        places = np.flatnonzero(mask)
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


class Reached(NamedTuple):
    """What is within reach, the profile of one who has the origin and all else, and what that covers."""

    found: Reach
    profile: Profile
    coverage: Coverage


def reached(
    scorer: Transitions,
    matcher: Matcher,
    origin: int,
    profile: Profile = NOBODY,
    mask: NDArray[np.bool_] | None = None,
) -> Reached:
    """What is within reach of one who has the origin and the profile; `mask` has a place per occupation."""
    both = profile._replace(occupations=tuple(sorted({*profile.occupations, origin})))
    coverage = matcher.coverage(both)
    added = None if profile == NOBODY else _added(matcher, origin, matcher.raw_scores(both, coverage))
    return Reached(
        Reach(scorer, origin, open_occupations(matcher.snapshot, both, mask), added), both, coverage
    )


def _added(matcher: Matcher, origin: int, raw: Floats) -> Floats:
    """What these rawScores are above those of the origin alone, as a share of what is needed: at most 1."""
    alone = NOBODY._replace(occupations=(origin,))
    more = raw - matcher.raw_scores(alone, matcher.coverage(alone))
    return more / np.maximum(matcher.reachable, 1e-9)


def score_of(raw: float, midpoint: float) -> float:
    """The score of a rawScore: the logistic function about the midpoint."""
    return float(1 / (1 + np.exp(np.clip(midpoint - raw, -500, 500))))
