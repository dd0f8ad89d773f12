"""Transitions: occupations within reach of another one, with what is missing; personal, as matching is."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

import strawberry

from taxonomy.gql.arguments import find_kind
from taxonomy.gql.fields import FACTS, ArgumentFacts, Info, column, computed, of
from taxonomy.gql.filters import OccupationFilterArg
from taxonomy.gql.matching import (
    PROFILE_CHECK,
    RAW,
    GapFound,
    ProfileInput,
    ScoreTerm,
    SkillGap,
    mask_of,
    rounded,
)
from taxonomy.gql.occupations import Occupation
from taxonomy.gql.pages import ConnectionType, EdgeType, Listing, edges_of, node_of, nodes_of
from taxonomy.model.concept import OCCUPATION
from taxonomy.services.gap import skill_gap
from taxonomy.services.match import Matcher
from taxonomy.services.profile import NOBODY
from taxonomy.services.transitions import Reached, Transitions, reached
from taxonomy.services.transitions import Transition as TransitionFound

OptionalProfileArg = Annotated[
    ProfileInput | None,
    strawberry.argument(
        description="What the person has beside the occupation, and does not want.",
        metadata={FACTS: PROFILE_CHECK},
    ),
]
FromOccupationArg = Annotated[
    strawberry.ID,
    strawberry.argument(
        name="from",
        description="Id or URI of the occupation to come from.",
        metadata={FACTS: ArgumentFacts(lambda s, text: find_kind(s, text, frozenset({OCCUPATION})))},
    ),
]


class _Reached:
    """Occupations within reach, the gap to each of them found when it is asked for."""

    def __init__(self, matcher: Matcher, reached: Reached) -> None:
        self.matcher = matcher
        self.reached = reached

    def __len__(self) -> int:
        return len(self.reached.found)

    def __getitem__(self, page: slice) -> Sequence["TransitionAnswer"]:
        return [TransitionAnswer(self, match) for match in self.reached.found[page]]


class TransitionAnswer(NamedTuple):
    """One occupation within reach, and among which it was found."""

    among: _Reached
    match: TransitionFound


def reach(
    root: None,
    info: Info,
    from_: FromOccupationArg,
    profile: OptionalProfileArg = None,
    filter: OccupationFilterArg = None,
) -> Listing:
    """The resolver of `transitions`."""
    snapshot = info.context.snapshot
    origin = find_kind(snapshot, from_, frozenset({OCCUPATION}))
    if origin is None:
        return Listing([])
    person = profile.read(snapshot) if profile else NOBODY
    matcher, scorer = snapshot.derived(Matcher), snapshot.derived(Transitions)
    return Listing(_Reached(matcher, reached(scorer, matcher, origin, person, mask_of(matcher, filter))))


def _gap(root: TransitionAnswer, info: Info) -> GapFound:
    matcher, (_, profile, coverage) = root.among.matcher, root.among.reached
    return GapFound(skill_gap(matcher, root.match.occupation, profile, coverage), coverage)


@strawberry.type(description="An occupation within reach of another one, and why.")
class Transition:
    """A `TransitionAnswer`."""

    occupation: Occupation = column(of("match.occupation"), "The occupation within reach.")
    score: float = column(
        rounded("match.score"), "A logistic map of rawScore, 0 to 1, for people (docs/matching.md)."
    )
    raw_score: float = column(rounded("match.raw_score"), RAW)
    terms: list[ScoreTerm] = column(of("match.terms"), "One per feature (docs/matching.md).", size=25)
    substitutability: int | None = column(
        of("match.substitutability"),
        "How well one who comes from there can do this job in an employer's eyes: 75, 25, or null where AF"
        " says nothing. It has no part in the score.",
    )
    gap: SkillGap = computed(
        _gap, "What is between one who has the occupation and the profile, and this.", weight=30
    )


@strawberry.type(description="One occupation within reach.")
class TransitionEdge(EdgeType):
    """An edge without facts of its own."""

    node: Transition = column(node_of, "The occupation and why it is within reach.")


@strawberry.type(description="Occupations within reach of another one, the best first, then by name.")
class TransitionConnection(ConnectionType):
    """A page of transitions."""

    edges: list[TransitionEdge] = column(edges_of, "The edges of this page.")
    nodes: list[Transition] = column(nodes_of, "The transitions of this page.")
