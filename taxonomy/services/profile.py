"""A person's profile: skills held, occupations held before, and what is not wanted."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import ESCO_OCCUPATION, ESCO_SKILL, OCCUPATION, SKILL, Kind, Provenance
from taxonomy.model.errors import BadInput
from taxonomy.model.ids import concept_id
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.services.nearness import Covered, Floats, Nearness, Numbers
from taxonomy.services.paths import Step
from taxonomy.services.skills import evidence_of
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES

MAX_PROFILE: Final = 1000
SKILLS: Final = frozenset({SKILL, ESCO_SKILL, Kind("language")})
OCCUPATIONS: Final = frozenset({OCCUPATION, ESCO_OCCUPATION})

_SURE: Final = [PROVENANCES.index(value) for value in (Provenance.NATIVE, Provenance.CALCULATED)]
_ESSENTIAL: Final = NECESSITIES.index(Necessity.ESSENTIAL)
_SHOWN: Final = 5

_Had = tuple[int, float, Step | int]
"""A skill of a former occupation, the share of it that is held, and why: a step or an effective row."""


class Profile(NamedTuple):
    """Concept numbers, each list sorted and without repetition; no number is both held and excluded."""

    skills: tuple[int, ...]
    occupations: tuple[int, ...]
    excluded: tuple[int, ...]


NOBODY: Final = Profile((), (), ())
"""The profile of one of whom nothing is said."""


def open_occupations(
    snapshot: Snapshot, profile: Profile, mask: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """Which occupations may be answered: active ones that the mask has and the profile does not name.

    Mask and answer have a place per occupation, in their order.
    """
    occupations = snapshot.kind_range(OCCUPATION)
    deprecated = np.frombuffer(snapshot.deprecated, np.bool_)
    found: NDArray[np.bool_] = ~deprecated[occupations.start : occupations.stop]
    for number in (*profile.occupations, *profile.excluded):
        if number in occupations:
            found[number - occupations.start] = False
    return found if mask is None else found & mask


def read_profile(
    snapshot: Snapshot, skills: Sequence[str], occupations: Sequence[str], excluded: Sequence[str]
) -> Profile:
    """The profile of these ids or URIs; a withdrawn concept counts as the one in its place.

    Raises `BadInput`, naming the ids, for what is unknown, of another kind, withdrawn without one clear
    replacement, both held and excluded, too long, or empty.
    """
    profile = Profile(
        _numbers(snapshot, skills, SKILLS, "skills"),
        _numbers(snapshot, occupations, OCCUPATIONS, "occupations"),
        _numbers(snapshot, excluded, SKILLS | OCCUPATIONS, "excluded"),
    )
    if not profile.skills and not profile.occupations:
        raise BadInput("profile: it is empty; give at least one skill or occupation that the person has")
    stands_for = snapshot.effective.stands_for
    unwanted = {int(stands_for[number]) for number in profile.excluded}
    both = [n for n in (*profile.skills, *profile.occupations) if int(stands_for[n]) in unwanted]
    if both:
        raise BadInput(f"profile: {_named(snapshot, both)} is both held and excluded; leave one of them out")
    return profile


def _numbers(snapshot: Snapshot, texts: Sequence[str], kinds: frozenset[Kind], name: str) -> tuple[int, ...]:
    if len(texts) > MAX_PROFILE:
        raise BadInput(f"profile.{name} takes at most {MAX_PROFILE} ids, not {len(texts)}")
    found = {text: snapshot.index.get(concept_id(text)) for text in texts}
    unknown = [text for text, number in found.items() if number is None]
    if unknown:
        shown = ", ".join(unknown[:_SHOWN])
        raise BadInput(f"profile.{name}: there is no concept {shown} in release {snapshot.release.id}")
    numbers = [_current(snapshot, number, name) for number in found.values() if number is not None]
    wrong = [number for number in numbers if snapshot.kind_of[number] not in kinds]
    if wrong:
        told = ", ".join(f"{snapshot.ids[n]} is of the kind {snapshot.kind_of[n]}" for n in wrong[:_SHOWN])
        raise BadInput(f"profile.{name}: {told}, not {' or '.join(sorted(kinds))}")
    return tuple(sorted(set(numbers)))


def _current(snapshot: Snapshot, number: int, name: str) -> int:
    """The concept itself, or the one that took its place."""
    seen: set[int] = set()
    while snapshot.deprecated[number]:
        seen.add(number)
        after = [other for other in snapshot.replaced_by(number) if other not in seen]
        if len(after) != 1:
            why = f"ambiguous: replaced by {_named(snapshot, after)}" if after else "withdrawn"
            raise BadInput(f"profile.{name}: {snapshot.ids[number]} is {why}; give a concept in use")
        number = after[0]
    return number


def _named(snapshot: Snapshot, numbers: Sequence[int]) -> str:
    return ", ".join(snapshot.ids[number] for number in numbers[:_SHOWN])


class Coverage:
    """Which skills a profile covers, how far, and by what."""

    def __init__(self, snapshot: Snapshot, nearness: Nearness, profile: Profile, in_part: float) -> None:
        self._snapshot = snapshot
        self._nearness = nearness
        self._origins: dict[int, Step | int] = {}
        held = self._held(profile, in_part)
        numbers = np.array(sorted(held), np.int64)
        shares = np.array([held[number] for number in sorted(held)], np.float64)
        self.covered: Covered = _without(nearness.spread(numbers, shares), profile, snapshot)

    def _held(self, profile: Profile, in_part: float) -> dict[int, float]:
        held = dict.fromkeys(profile.skills, 1.0)
        for occupation in profile.occupations:
            own = self._snapshot.kind_of[occupation] == OCCUPATION
            for skill, share, origin in (self._swedish if own else self._esco)(occupation, in_part):
                if share > held.get(skill, 0.0):
                    held[skill] = share
                    self._origins[skill] = origin
        return held

    def _swedish(self, occupation: int, in_part: float) -> list[_Had]:
        effective = self._snapshot.effective
        rows = slice(int(effective.start[occupation]), int(effective.start[occupation + 1]))
        shares: list[float] = held_shares(self._snapshot, rows, in_part).tolist()
        return list(zip(effective.skill[rows].tolist(), shares, range(rows.start, rows.stop), strict=True))

    def _esco(self, occupation: int, in_part: float) -> list[_Had]:
        found: dict[int, _Had] = {}
        for kind, share in ((RelationKind.OPTIONAL_SKILL, in_part), (RelationKind.ESSENTIAL_SKILL, 1.0)):
            for skill in self._snapshot.edges(kind).of(occupation):
                found[skill] = (skill, share, Step(occupation, kind, Direction.OUT, skill))
        return list(found.values())

    def shares(self, skills: Numbers) -> Floats:
        """How far each of these skills is covered, 0 to 1."""
        known = self.covered.skill
        if not len(known):
            return np.zeros(len(skills))
        at = np.minimum(np.searchsorted(known, skills), len(known) - 1)
        return np.where(known[at] == skills, self.covered.share[at], 0.0)

    def steps_to(self, skill: int) -> tuple[Step, ...]:
        """The path from what the person gave to a covered skill; empty for one that was given itself."""
        near = self._nearness.steps_to(self.covered, skill)
        origin = self._origins.get(near[0].origin if near else skill)
        if origin is None:
            return near
        if isinstance(origin, Step):
            return (origin, *near)
        return (*evidence_of(self._snapshot, origin, 1)[0].steps, *near)


def held_shares(snapshot: Snapshot, rows: slice, in_part: float) -> Floats:
    """How far one who has held an occupation has the skills in these rows of the effective skills."""
    effective = snapshot.effective
    sure = np.isin(effective.provenance[rows], _SURE) | (effective.necessity[rows] == _ESSENTIAL)
    return np.where(sure, 1.0, in_part)


def _without(covered: Covered, profile: Profile, snapshot: Snapshot) -> Covered:
    """What is excluded is not held, even if a former occupation or a neighbour would cover it.

    Paths may still go over it, so that its row stays and only its share is taken.
    """
    unwanted = excluded_skills(snapshot, profile)
    share = np.where(np.isin(covered.skill, unwanted), 0.0, covered.share)
    return covered._replace(share=share)


def excluded_skills(snapshot: Snapshot, profile: Profile) -> Numbers:
    """The excluded skills, and the Swedish ones that stand for them."""
    numbers = np.array([n for n in profile.excluded if snapshot.kind_of[n] in SKILLS], np.int64)
    found: Numbers = np.unique(np.concatenate((numbers, snapshot.effective.stands_for[numbers])))
    return found.astype(np.int64)
