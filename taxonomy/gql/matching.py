"""Matching: occupations for a person's profile, and what is missing.

A profile is personal data: these fields are `personal`, so that the endpoint takes them by POST only and
answers with `no-store`.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import Annotated, Any, NamedTuple

import numpy as np
import strawberry

from taxonomy.gql.arguments import EvidenceArg, OccupationIdArg, between, find_kind
from taxonomy.gql.fields import FACTS, ArgumentFacts, Arguments, Info, column, computed, of
from taxonomy.gql.filters import OccupationFilter, OccupationFilterArg
from taxonomy.gql.occupations import Occupation
from taxonomy.gql.pages import ConnectionType, EdgeType, Listing, edges_of, node_of, nodes_of
from taxonomy.gql.skills import Evidence, EvidenceStep, SkillConcept
from taxonomy.model.concept import OCCUPATION, Provenance
from taxonomy.model.relation import Necessity
from taxonomy.services import skills
from taxonomy.services.gap import Gap, skill_gap
from taxonomy.services.match import Match, Matcher, Parted, SkillMatch
from taxonomy.services.profile import Coverage, Profile, read_profile
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES

_DIGITS = 6


@strawberry.input(description="What a person has and does not want; at least one skill or occupation held.")
class ProfileInput:
    """Ids or URIs, up to 1000 of each."""

    skills: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Skills that the person has: Swedish ones, ESCO's, languages."
    )
    occupations: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Occupations that the person has held, Swedish or ESCO's: they count through their"
        " skills, and are not answered themselves.",
    )
    excluded: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Skills that the person does not want to use, or occupations not to be answered.",
    )

    def read(self, snapshot: Snapshot) -> Profile:
        """The profile; raises `BadInput` naming ids that are unknown, unfit, or held and excluded."""
        return read_profile(snapshot, self.skills or (), self.occupations or (), self.excluded or ())

    @property
    def weight(self) -> int:
        """What it costs to cover it."""
        return 60 + 4 * len(self.skills or ()) + 40 * len(self.occupations or ())


PROFILE_CHECK = ArgumentFacts(lambda snapshot, value: value.read(snapshot))
ProfileArg = Annotated[
    ProfileInput, strawberry.argument(description="The person's profile.", metadata={FACTS: PROFILE_CHECK})
]
SkillsArg = Annotated[
    int,
    strawberry.argument(
        description="How many skills at most, up to 1000.",
        metadata={FACTS: ArgumentFacts(between("first", 0, 1000))},
    ),
]


class Answer:
    """An occupation for a profile; its skills are parted when they are asked for."""

    __slots__ = ("_matcher", "_parts", "coverage", "match")

    def __init__(self, matcher: Matcher, coverage: Coverage, match: Match) -> None:
        self._matcher = matcher
        self._parts: Parted | None = None
        self.coverage = coverage
        self.match = match

    @property
    def parts(self) -> Parted:
        """Its needed skills in three parts."""
        if self._parts is None:
            self._parts = self._matcher.parted(self.match.occupation, self.coverage)
        return self._parts


class Needed(NamedTuple):
    """One needed skill of an answer."""

    one: SkillMatch
    coverage: Coverage


class _Ranked:
    """Ranked occupations, each explained when a page of them is cut."""

    def __init__(self, matcher: Matcher, profile: Profile, wanted: OccupationFilter | None) -> None:
        self._matcher = matcher
        self._profile = profile
        self._coverage = matcher.coverage(profile)
        self._numbers = matcher.ranked(profile, self._coverage, mask_of(matcher, wanted))

    def __getitem__(self, page: slice) -> Sequence[Answer]:
        return [self._answer(number) for number in self._numbers[page].tolist()]

    def __len__(self) -> int:
        return len(self._numbers)

    def _answer(self, number: int) -> Answer:
        match = self._matcher.explained(number, self._profile, self._coverage)
        return Answer(self._matcher, self._coverage, match)


def mask_of(matcher: Matcher, wanted: OccupationFilter | None) -> Any:
    """A place per occupation, true for those that a filter lets pass; None without a filter."""
    if wanted is None:
        return None
    mask = np.zeros(len(matcher.occupations), np.bool_)
    mask[np.asarray(wanted.apply(matcher.snapshot), np.int64) - matcher.occupations.start] = True
    return mask


def matches(root: None, info: Info, profile: ProfileArg, filter: OccupationFilterArg = None) -> Listing:
    """The resolver of `matchOccupations`."""
    snapshot = info.context.snapshot
    return Listing(_Ranked(snapshot.derived(Matcher), profile.read(snapshot), filter))


def gap(root: None, info: Info, to: OccupationIdArg, profile: ProfileArg) -> Any:
    """The resolver of `skillGap`."""
    snapshot = info.context.snapshot
    number = find_kind(snapshot, to, frozenset({OCCUPATION}))
    if number is None:
        return None
    matcher, person = snapshot.derived(Matcher), profile.read(snapshot)
    coverage = matcher.coverage(person)
    return GapFound(skill_gap(matcher, number, person, coverage), coverage)


class GapFound(NamedTuple):
    """A gap, and what it was covered by."""

    found: Gap
    coverage: Coverage

    @property
    def match(self) -> Match:
        """The occupation for the profile."""
        return self.found.match

    @property
    def parts(self) -> Parted:
        """Its needed skills in three parts."""
        return self.found.needed


def weight_of(arguments: Arguments) -> int:
    """The cost of a field that takes a profile."""
    profile, wanted = arguments.get("profile"), arguments.get("filter")
    return 200 + (profile.weight if profile else 0) + (wanted.weight if wanted else 0)


def _first(arguments: Arguments) -> int:
    first: int = arguments["first"]
    return first


def _listed(name: str) -> Any:
    def resolve(root: Any, info: Info, first: SkillsArg = 10) -> list[Needed]:
        return [Needed(one, root.coverage) for one in getattr(root.parts, name)[:first]]

    return resolve


def _counted(name: str) -> Any:
    def resolve(root: Any, info: Info) -> int:
        return len(getattr(root.parts, name))

    return resolve


def rounded(read: str) -> Any:
    """A resolver of a number that an attribute holds, rounded to what its formula knows."""
    getter = attrgetter(read)

    def resolve(root: Any, info: Info) -> float:
        return round(float(getter(root)), _DIGITS)

    return resolve


def _necessity(root: Needed, info: Info) -> Necessity:
    necessity: Necessity = NECESSITIES[info.context.snapshot.effective.necessity[root.one.row]]
    return necessity


def _provenance(root: Needed, info: Info) -> Provenance:
    provenance: Provenance = PROVENANCES[info.context.snapshot.effective.provenance[root.one.row]]
    return provenance


def _evidence_count(root: Needed, info: Info) -> int:
    return skills.evidence_count(info.context.snapshot, root.one.row)


def _evidence(root: Needed, info: Info, first: EvidenceArg = 3) -> list[Any]:
    return list(skills.evidence_of(info.context.snapshot, root.one.row, first))


def _steps(root: Needed, info: Info) -> list[Any]:
    return list(root.coverage.steps_to(root.one.skill)) if root.one.share > 0 else []


@strawberry.type(description="A part of a rawScore.")
class ScoreTerm:
    """A named number."""

    name: str = column(
        of("name"),
        "PROVENANCE_NECESSITY of the needed skills that it is from, or EXCLUDED (docs/matching.md).",
    )
    value: float = column(rounded("value"), "What it adds to rawScore.")


@strawberry.type(
    name="SkillMatch", description="A skill that an occupation needs, and how far a profile covers it."
)
class SkillMatchType:
    """A `services.match.SkillMatch`."""

    skill: SkillConcept = column(of("one.skill"), "The needed skill.")
    necessity: Necessity = column(_necessity, "The strongest necessity among the evidence.")
    provenance: Provenance = column(_provenance, "The strongest provenance among the evidence.")
    share: float = column(rounded("one.share"), "How far it is covered, 0 to 1.")
    value: float = column(rounded("one.value"), "What it adds to rawScore, wholly covered.")
    gain: float = column(rounded("one.gain"), "What it would add to rawScore to have it wholly.")
    steps: list[EvidenceStep] = computed(
        _steps,
        "The path from what the profile names to this skill: mappings, ESCO's hierarchy, a former occupation;"
        " empty for a skill that the profile names itself, or does not cover.",
        weight=4,
        size=5,
    )
    evidence_count: int = column(_evidence_count, "How many pieces of evidence there are for the need.")
    evidence: list[Evidence] = computed(
        _evidence, "Why the occupation needs it, strongest first.", weight=4, size=_first
    )


def _skills_field(name: str, description: str) -> Any:
    return computed(_listed(name), description, weight=20, size=_first)


_MATCHED = "Needed skills that the profile covers wholly, the most valuable first, then by name."
_PARTLY = "Needed skills that it covers in part, by falling gain, then by name."
_MISSING = "Needed skills that it does not cover: what closes most of the gap first, then by name."
_SCORE = "rawScore / (rawScore + a constant) above 0, else 0; 0 to 1, for people (docs/matching.md)."
RAW = "What the order is by: the sum of `terms`."


@strawberry.type
class MatchType:
    """What there is to say of an occupation for a profile."""

    occupation: Occupation = column(of("match.occupation"), "The occupation.")
    score: float = column(rounded("match.score"), _SCORE)
    raw_score: float = column(rounded("match.raw_score"), RAW)
    terms: list[ScoreTerm] = column(of("match.terms"), "What rawScore is made of.", size=8)
    matched: list[SkillMatchType] = _skills_field("matched", _MATCHED)
    partly_matched: list[SkillMatchType] = _skills_field("partly_matched", _PARTLY)
    missing: list[SkillMatchType] = _skills_field("missing", _MISSING)
    matched_count: int = computed(_counted("matched"), "How many are covered wholly.", weight=20)
    partly_matched_count: int = computed(_counted("partly_matched"), "How many in part.", weight=20)
    missing_count: int = computed(_counted("missing"), "How many not at all.", weight=20)


@strawberry.type(description="An occupation for a profile, and why.")
class OccupationMatch(MatchType):
    """An `Answer`."""


@strawberry.type(description="What is between a profile and an occupation.")
class SkillGap(MatchType):
    """A `GapFound`."""

    reachable: float = column(rounded("found.reachable"), "The rawScore of one who has every needed skill.")
    closed: float = column(
        rounded("found.closed"),
        "The share of the needed value that the profile covers, 0 to 1; exclusions aside.",
    )


@strawberry.type(description="One occupation of a ranking.")
class OccupationMatchEdge(EdgeType):
    """An edge without facts of its own."""

    node: OccupationMatch = column(node_of, "The occupation for the profile.")


@strawberry.type(description="Occupations for a profile, the best first, then by name.")
class OccupationMatchConnection(ConnectionType):
    """A page of occupations."""

    edges: list[OccupationMatchEdge] = column(edges_of, "The edges of this page.")
    nodes: list[OccupationMatch] = column(nodes_of, "The occupations of this page.")
