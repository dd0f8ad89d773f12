"""Occupations for a profile, ranked, with every number explained.

    rawScore(o) = sum over the needed skills s of o of value(o, s) * share(s)
                - sum over the excluded skills s that o needs of value(o, s)
    value(o, s) = k[provenance, necessity] * strength(o, s) / sqrt(prior + sum over s of strength(o, s) ** 2)
    strength    = weight(o, s) ** trust * rarity(s)
    rarity(s)   = log(1 + n / n(s)) / log(1 + n)    n occupations, n(s) of them with s
    score       = rawScore / (rawScore + half) for a rawScore above 0, else 0

weight(o, s) is that of the effective skills (docs/model.md); share(s) in 0..1 says how far the profile covers
a skill (`services.profile`, `services.nearness`). It is a cosine of which only the occupation's side is
divided by its length (Salton and Buckley 1988, idf as there), so that no skill more makes a score lower.
k >= 0, trust, prior and the nearness are fitted (`benchmarks.quality.match_fit`) and stand in
`matching_weights/match.toml`, with half: half of what the median occupation needs. A term is what one class
[provenance, necessity] adds; `EXCLUDED` is what excluded skills take away, no less than they would give. The
order is by falling rawScore, then by name.
"""

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Final, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import OCCUPATION
from taxonomy.services.nearness import Factors, Floats, Nearness
from taxonomy.services.profile import Coverage, Profile, excluded_skills, open_occupations
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import Ints, stretches
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES

Rows = NDArray[np.int64]

CLASSES: Final = tuple(f"{p.name}_{n.name}" for p in PROVENANCES for n in NECESSITIES)
"""The names of the terms: provenance and necessity of what is needed."""

EXCLUDED: Final = "EXCLUDED"
_DIGITS: Final = 9


class Weights(NamedTuple):
    """What `matching_weights/match.toml` holds; `classes` by the names of `CLASSES`, all >= 0."""

    half: float
    prior: float
    trust: float
    in_part: float
    classes: dict[str, float]
    near: Factors


class SkillMatch(NamedTuple):
    """A skill that an occupation needs: `row` of the effective skills, its value and its share in 0..1."""

    row: int
    skill: int
    value: float
    share: float

    @property
    def gain(self) -> float:
        """By how much rawScore would rise if the skill were fully held."""
        return self.value * (1 - self.share)


class Part(Sequence[SkillMatch]):
    """Some of the needed skills in a stated order; each is made when it is looked at."""

    __slots__ = ("_rows", "_shares", "_skills", "_values")

    def __init__(self, rows: Rows, skills: Rows, values: Floats, shares: Floats) -> None:
        self._rows, self._skills, self._values, self._shares = rows, skills, values, shares

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> SkillMatch: ...
    @overload
    def __getitem__(self, place: slice) -> list[SkillMatch]: ...
    def __getitem__(self, place: int | slice) -> SkillMatch | list[SkillMatch]:
        if isinstance(place, int):
            at = range(len(self))[place]
            return self[at : at + 1][0]
        columns = (self._rows, self._skills, self._values, self._shares)
        return list(map(SkillMatch, *(column[place].tolist() for column in columns)))


class Parted(NamedTuple):
    """The needed skills in three parts: share 1, between, 0."""

    matched: Part
    partly_matched: Part
    missing: Part


class Term(NamedTuple):
    """A part of a rawScore."""

    name: str
    value: float


class Match(NamedTuple):
    """One occupation for a profile; `terms` add up to `raw_score`."""

    occupation: int
    score: float
    raw_score: float
    terms: tuple[Term, ...]


def shipped_weights() -> Weights:
    """The weights in the package."""
    table = tomllib.loads(files("taxonomy").joinpath("matching_weights/match.toml").read_text("utf-8"))
    classes = {name: float(value) for name, value in table["classes"].items()}
    half, prior, trust, in_part = (float(table[name]) for name in ("half", "prior", "trust", "in_part"))
    return Weights(half, prior, trust, in_part, classes, Factors(**table["near"]))


class Matcher:
    """Scores the occupations of one snapshot for profiles; build once per snapshot.

    `reachable` is the rawScore of one who has all, per occupation.
    """

    def __init__(self, snapshot: Snapshot, weights: Weights | None = None) -> None:
        self.snapshot = snapshot
        self.weights = weights or shipped_weights()
        self.nearness = Nearness(snapshot, self.weights.near)
        self.occupations = snapshot.kind_range(OCCUPATION)
        effective = snapshot.effective
        self.classes = class_of(snapshot)
        strength = strengths(snapshot, self.weights.trust)
        length = lengths(snapshot, strength, self.weights.prior)
        k = np.array([self.weights.classes.get(name, 0.0) for name in CLASSES])
        self.value: Floats = k[self.classes] * strength / length[effective.occupation]
        whole: Floats = np.bincount(effective.occupation, self.value, snapshot.count).astype(np.float64)
        self.reachable: Floats = whole[self.occupations.start : self.occupations.stop]
        start, edge = effective.by_skill
        self._posted: Ints = start
        self._owner = effective.occupation[edge].astype(np.int64) - self.occupations.start
        self._posting = self.value[edge]

    def coverage(self, profile: Profile) -> Coverage:
        """What the profile covers."""
        return Coverage(self.snapshot, self.nearness, profile, self.weights.in_part)

    def raw_scores(self, profile: Profile, coverage: Coverage) -> Floats:
        """The rawScore of every occupation, in their order."""
        unwanted = excluded_skills(self.snapshot, profile)
        return self.given(
            np.concatenate((coverage.covered.skill, unwanted)),
            np.concatenate((coverage.covered.share, np.full(len(unwanted), -1.0))),
        )

    def given(self, skills: Rows, shares: Floats) -> Floats:
        """What skills, so far covered, give every occupation of its rawScore, in their order."""
        lengths = self._posted[skills + 1] - self._posted[skills]
        rows = stretches(self._posted[skills], lengths)
        given = self._posting[rows] * np.repeat(shares, lengths)
        found: Floats = np.bincount(self._owner[rows], given, len(self.occupations)).astype(np.float64)
        return found

    def ranked(self, profile: Profile, coverage: Coverage, mask: NDArray[np.bool_] | None) -> Rows:
        """The occupations with a rawScore other than 0 in their order, as numbers of concepts.

        `mask` has a place per occupation. Former and excluded occupations are left out.
        """
        raw = np.round(self.raw_scores(profile, coverage), _DIGITS)
        places = np.flatnonzero(open_occupations(self.snapshot, profile, mask) & (raw != 0))
        return places[np.argsort(-raw[places], kind="stable")] + self.occupations.start

    def explained(self, occupation: int, profile: Profile, coverage: Coverage) -> Match:
        """The score of one occupation, by its terms."""
        rows, share = self._needed(occupation, coverage)
        given = np.bincount(self.classes[rows], self.value[rows] * share, len(CLASSES)).tolist()
        terms = [Term(name, value) for name, value in zip(CLASSES, given, strict=True) if value]
        unwanted = np.isin(self.snapshot.effective.skill[rows], excluded_skills(self.snapshot, profile))
        if unwanted.any():
            terms.append(Term(EXCLUDED, -float(self.value[rows][unwanted].sum())))
        raw = round(sum(value for _, value in terms), _DIGITS)
        return Match(occupation, score_of(raw, self.weights.half), raw, tuple(terms))

    def parted(self, occupation: int, coverage: Coverage) -> Parted:
        """The needed skills in three parts: what is held by falling value, the rest by gain; by name."""
        rows, shares = self._needed(occupation, coverage)
        skills, values = self.snapshot.effective.skill[rows].astype(np.int64), self.value[rows]
        rank = np.where(shares >= 1, values, values * (1 - shares))
        order = np.lexsort((skills, -rank))
        share = shares[order]
        parts = (order[share >= 1], order[(share > 0) & (share < 1)], order[share <= 0])
        return Parted(*(Part(rows[at], skills[at], values[at], shares[at]) for at in parts))

    def _needed(self, occupation: int, coverage: Coverage) -> tuple[Rows, Floats]:
        effective = self.snapshot.effective
        rows = np.arange(effective.start[occupation], effective.start[occupation + 1])
        return rows, coverage.shares(effective.skill[rows].astype(np.int64))


def score_of(raw: float, half: float) -> float:
    """The score of a rawScore: 0 up to 0, 1/2 at `half`, towards 1 above."""
    return raw / (raw + half) if raw > 0 else 0.0


def class_of(snapshot: Snapshot) -> Rows:
    """The class of every row of the effective skills: a place in `CLASSES`."""
    effective = snapshot.effective
    return effective.provenance.astype(np.int64) * len(NECESSITIES) + effective.necessity


def strengths(snapshot: Snapshot, trust: float) -> Floats:
    """The strength of every row of the effective skills."""
    effective = snapshot.effective
    count = max(len(snapshot.kind_range(OCCUPATION)), 1)
    having = np.maximum(np.diff(effective.by_skill[0]), 1)
    rarity = np.log1p(count / having) / np.log1p(count)
    found: Floats = effective.weight.astype(np.float64) ** trust * rarity[effective.skill]
    return found


def lengths(snapshot: Snapshot, strength: Floats, prior: float) -> Floats:
    """By what the strengths of an occupation's skills are divided, per concept."""
    squares = np.bincount(snapshot.effective.occupation, strength**2, snapshot.count)
    found: Floats = np.sqrt(prior + squares)
    return found
