"""Transitions: occupations within reach of another one, with what is missing; personal, as matching is."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

import strawberry

from taxonomy.gql.arguments import find_kind
from taxonomy.gql.fields import FACTS, ArgumentFacts, Info, column, of
from taxonomy.gql.filters import OccupationFilter, OccupationFilterArg
from taxonomy.gql.matching import (
    PROFILE_CHECK,
    RAW,
    GapFound,
    ProfileInput,
    ScoreTerm,
    SkillGap,
    mask_of,
    number,
)
from taxonomy.gql.occupations import Occupation
from taxonomy.gql.pages import ConnectionType, EdgeType, Listing, edges_of, node_of, nodes_of
from taxonomy.model.concept import OCCUPATION
from taxonomy.services.gap import skill_gap
from taxonomy.services.match import matcher_of
from taxonomy.services.profile import Profile
from taxonomy.services.transitions import Reach, added_by, others, transitions_of
from taxonomy.services.transitions import Transition as TransitionFound
from taxonomy.snapshot import Snapshot

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
_NOBODY = Profile((), (), ())


def reach(
    root: None,
    info: Info,
    from_: FromOccupationArg,
    profile: OptionalProfileArg = None,
    filter: OccupationFilterArg = None,
) -> Listing:
    """The resolver of `transitions`."""
    snapshot = info.context.snapshot
    number = find_kind(snapshot, from_, frozenset({OCCUPATION}))
    if number is None:
        return Listing([])
    return Listing(_Reached(snapshot, number, profile.read(snapshot) if profile else _NOBODY, filter))


class _Reached:
    """Occupations within reach, with the gap of one who has the origin and the profile."""

    def __init__(
        self, snapshot: Snapshot, origin: int, profile: Profile, wanted: OccupationFilter | None
    ) -> None:
        matcher = matcher_of(snapshot)
        mask = others(matcher, profile, mask_of(matcher, wanted))
        both, self._coverage, more = added_by(matcher, origin, profile)
        self._matcher, self._profile = matcher, both
        added = None if profile is _NOBODY else more
        self._found = Reach(transitions_of(snapshot), origin, mask, added)

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, page: slice) -> Sequence["Reached"]:
        return [Reached(one, self._gap(one.occupation)) for one in self._found[page]]

    def _gap(self, number: int) -> "GapFound":
        return GapFound(skill_gap(self._matcher, number, self._profile, self._coverage), self._coverage)


class Reached(NamedTuple):
    """An occupation within reach, and the gap to it."""

    match: TransitionFound
    gap: "GapFound"


@strawberry.type(description="An occupation within reach of another one, and why.")
class Transition:
    """A `Reached`."""

    occupation: Occupation = column(of("match.occupation"), "The occupation within reach.")
    score: float = column(
        number("match.score"), "A logistic map of rawScore, 0 to 1, for people (docs/matching.md)."
    )
    raw_score: float = column(number("match.raw_score"), RAW)
    terms: list[ScoreTerm] = column(of("match.terms"), "One per feature (docs/matching.md).", size=25)
    substitutability: int | None = column(
        of("match.substitutability"),
        "How well one who comes from there can do this job in an employer's eyes: 75, 25, or null where AF"
        " says nothing. It has no part in the score.",
    )
    gap: SkillGap = column(of("gap"), "What is between one who has the occupation and the profile, and this.")


@strawberry.type(description="One occupation within reach.")
class TransitionEdge(EdgeType):
    """An edge without facts of its own."""

    node: Transition = column(node_of, "The occupation and why it is within reach.")


@strawberry.type(description="Occupations within reach of another one, the best first, then by name.")
class TransitionConnection(ConnectionType):
    """A page of transitions."""

    edges: list[TransitionEdge] = column(edges_of, "The edges of this page.")
    nodes: list[Transition] = column(nodes_of, "The transitions of this page.")
