"""Input types: how groups are named, and what lists are filtered by."""

from collections.abc import Sequence
from typing import Annotated, Final

import numpy as np
import strawberry
from strawberry import UNSET

from taxonomy.gql.arguments import PLACES, find_kind, known_ids
from taxonomy.gql.fields import FACTS, ArgumentFacts
from taxonomy.model.concept import (
    ESCO_COLLECTION,
    ESCO_SKILL,
    ESCO_SKILL_GROUP,
    OCCUPATION,
    OCCUPATION_FIELD,
    SKILL,
    SKILL_COLLECTION,
    SSYK_LEVELS,
    Scheme,
)
from taxonomy.model.errors import BadInput
from taxonomy.model.observation import Forecast, Opportunities
from taxonomy.services import browse, crosswalk
from taxonomy.services.guidance import in_demand
from taxonomy.snapshot import Snapshot

_Ids = list[int] | None
_GROUPS: Final = frozenset(SSYK_LEVELS)
_SKILLS: Final = frozenset({SKILL, ESCO_SKILL})
_UNMAPPED: Final = "Without any mapping to a concept of this scheme."


@strawberry.input(one_of=True, description="How an SSYK group is named: by exactly one of these.")
class GroupBy:
    """One of the two."""

    id: strawberry.ID | None = strawberry.field(default=UNSET, description="Its id or URI.")
    ssyk: str | None = strawberry.field(
        default=UNSET, description="Its SSYK 2012 code, of one to four digits."
    )

    def find(self, snapshot: Snapshot) -> int | None:
        """The number of the group, None if it is unknown; raises `BadInput` for an id of another kind."""
        if self.id:
            return find_kind(snapshot, self.id, _GROUPS)
        return snapshot.by_code.get((Scheme.SSYK_2012, self.ssyk or ""))


@strawberry.input(one_of=True, description="How an ISCO group is named: by exactly one of these.")
class IscoBy:
    """One of the two."""

    id: strawberry.ID | None = strawberry.field(default=UNSET, description="Its id or URI.")
    isco: str | None = strawberry.field(default=UNSET, description="Its ISCO-08 code, of one to four digits.")

    def find(self, snapshot: Snapshot) -> int | None:
        """The number of the group, None if it is unknown; raises `BadInput` for an id of another kind."""
        if self.id:
            return find_kind(snapshot, self.id, crosswalk.ISCO_KINDS)
        return snapshot.by_code.get((Scheme.ISCO_08, self.isco or ""))


@strawberry.input(
    description="Which occupations are in demand in a region, as the occupational barometer sees it; at least"
    " one of opportunities and forecast. Those that it says nothing of are left out."
)
class DemandFilter:
    """Every part that is given must hold."""

    region: strawberry.ID | None = strawberry.field(
        default=None,
        description="Id or URI of a region, a country, or a municipality, for which its region speaks;"
        " without it, the country.",
    )
    opportunities: Opportunities | None = strawberry.field(
        default=None, description="At least these opportunities."
    )
    forecast: Forecast | None = strawberry.field(default=None, description="At least this forecast.")

    def place(self, snapshot: Snapshot) -> int | None:
        """The region by number; raises `BadInput` for one that is unknown, or a filter of nothing."""
        if self.opportunities is None and self.forecast is None:
            raise BadInput("inDemand needs opportunities, a forecast, or both")
        found = known_ids(snapshot, [self.region] if self.region else None, PLACES, "region")
        return found[0] if found else None


@strawberry.input(description="Which occupations are listed: those that pass all that is given.")
class OccupationFilter:
    """Every part that is given must hold; a list holds when one of its members does, `skills` when all do."""

    occupation_fields: list[strawberry.ID] | None = strawberry.field(
        default=None, description="In one of these fields; ids or URIs, up to 1000."
    )
    groups: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Below one of these SSYK groups of any level; ids or URIs, up to 1000."
    )
    skills: list[strawberry.ID] | None = strawberry.field(
        default=None, description="With all of these effective skills; ids or URIs, up to 1000."
    )
    has_skills: bool | None = strawberry.field(
        default=None, description="With, or without, any effective skill."
    )
    unmapped_to: Scheme | None = strawberry.field(default=None, description=_UNMAPPED)
    in_demand: DemandFilter | None = strawberry.field(default=None, description="In demand in a region.")

    def parts(self, snapshot: Snapshot) -> tuple[_Ids, _Ids, _Ids]:
        """Fields, groups and skills by number; raises `BadInput` for ids unknown or of another kind."""
        if self.in_demand is not None:
            self.in_demand.place(snapshot)
        return (
            known_ids(snapshot, self.occupation_fields, frozenset({OCCUPATION_FIELD}), "occupationFields"),
            known_ids(snapshot, self.groups, _GROUPS, "groups"),
            known_ids(snapshot, self.skills, _SKILLS, "skills"),
        )

    def apply(self, snapshot: Snapshot) -> Sequence[int]:
        """The occupations that pass, by number."""
        found = browse.occupations(snapshot, *self.parts(snapshot), self.has_skills, self.unmapped_to)
        wanted = self.in_demand
        if wanted is None:
            return found
        passes = in_demand(snapshot, wanted.place(snapshot), wanted.opportunities, wanted.forecast)
        numbers = np.asarray(found, np.int64)
        kept: list[int] = numbers[passes[numbers - snapshot.kind_range(OCCUPATION).start]].tolist()
        return kept

    @property
    def weight(self) -> int:
        """What it costs to apply it."""
        return _weight(self.unmapped_to, self.occupation_fields, self.groups, self.skills)


@strawberry.input(description="Which skills are listed: those that pass all that is given.")
class SkillFilter:
    """Every part that is given must hold."""

    groups: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Given by the publisher to one of these SSYK groups, or below; ids or URIs, up to 1000.",
    )
    collections: list[strawberry.ID] | None = strawberry.field(
        default=None, description="In one of these collections of skills; ids or URIs, up to 1000."
    )
    unmapped_to: Scheme | None = strawberry.field(default=None, description=_UNMAPPED)

    def parts(self, snapshot: Snapshot) -> tuple[_Ids, _Ids]:
        """Groups and collections by number; raises `BadInput` for ids unknown or of another kind."""
        return (
            known_ids(snapshot, self.groups, _GROUPS, "groups"),
            known_ids(snapshot, self.collections, frozenset({SKILL_COLLECTION}), "collections"),
        )

    def apply(self, snapshot: Snapshot) -> Sequence[int]:
        """The skills that pass, by number."""
        return browse.skills(snapshot, *self.parts(snapshot), self.unmapped_to)

    @property
    def weight(self) -> int:
        """What it costs to apply it."""
        return _weight(self.unmapped_to, self.groups, self.collections)


@strawberry.input(description="Which ESCO occupations are listed: those that pass all that is given.")
class EscoOccupationFilter:
    """Every part that is given must hold; a list holds when one of its members does, `skills` when all do."""

    isco_groups: list[strawberry.ID] | None = strawberry.field(
        default=None, description="In one of these ISCO groups, or below; ids or URIs, up to 1000."
    )
    skills: list[strawberry.ID] | None = strawberry.field(
        default=None, description="With all of these ESCO skills, by ESCO; CURIEs or URIs, up to 1000."
    )
    unmapped_to: Scheme | None = strawberry.field(default=None, description=_UNMAPPED)

    def parts(self, snapshot: Snapshot) -> tuple[_Ids, _Ids]:
        """Groups and skills by number; raises `BadInput` for ids unknown or of another kind."""
        return (
            known_ids(snapshot, self.isco_groups, crosswalk.ISCO_KINDS, "iscoGroups"),
            known_ids(snapshot, self.skills, frozenset({ESCO_SKILL}), "skills"),
        )

    def apply(self, snapshot: Snapshot) -> Sequence[int]:
        """The ESCO occupations that pass, by number."""
        return crosswalk.esco_occupations(snapshot, *self.parts(snapshot), self.unmapped_to)

    @property
    def weight(self) -> int:
        """What it costs to apply it: a group is looked up at both publishers, a skill by itself."""
        return _weight(self.unmapped_to, *[self.isco_groups] * 5, *[self.skills] * 50)


@strawberry.input(description="Which ESCO skills are listed: those that pass all that is given.")
class EscoSkillFilter:
    """Every part that is given must hold; a list holds when one of its members does."""

    groups: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Below one of these groups of ESCO skills, or skills; CURIEs or URIs, up to 1000.",
    )
    collections: list[strawberry.ID] | None = strawberry.field(
        default=None, description="In one of these collections of ESCO; CURIEs or URIs, up to 1000."
    )
    unmapped_to: Scheme | None = strawberry.field(default=None, description=_UNMAPPED)

    def parts(self, snapshot: Snapshot) -> tuple[_Ids, _Ids]:
        """Groups and collections by number; raises `BadInput` for ids unknown or of another kind."""
        above = frozenset({ESCO_SKILL_GROUP, ESCO_SKILL})
        return (
            known_ids(snapshot, self.groups, above, "groups"),
            known_ids(snapshot, self.collections, frozenset({ESCO_COLLECTION}), "collections"),
        )

    def apply(self, snapshot: Snapshot) -> Sequence[int]:
        """The ESCO skills that pass, by number."""
        return crosswalk.esco_skills(snapshot, *self.parts(snapshot), self.unmapped_to)

    @property
    def weight(self) -> int:
        """What it costs to apply it."""
        return 300 + _weight(self.unmapped_to, self.groups, self.collections)


def _weight(unmapped_to: Scheme | None, *ids: Sequence[object] | None) -> int:
    """One for each id, and what it costs to look at all mappings."""
    return sum(len(some or ()) for some in ids) + (300 if unmapped_to else 0)


def _checked(description: str, method: str) -> object:
    """An argument whose value checks itself, by one of its methods."""
    check = ArgumentFacts(lambda snapshot, value: getattr(value, method)(snapshot))
    return strawberry.argument(description=description, metadata={FACTS: check})


ByGroup = Annotated[GroupBy, _checked("Which group.", "find")]
ByIsco = Annotated[IscoBy, _checked("Which ISCO group.", "find")]
OccupationFilterArg = Annotated[
    OccupationFilter | None, _checked("Which occupations; all active ones without.", "parts")
]
SkillFilterArg = Annotated[SkillFilter | None, _checked("Which skills; all active ones without.", "parts")]
EscoOccupationFilterArg = Annotated[
    EscoOccupationFilter | None, _checked("Which ESCO occupations; all without.", "parts")
]
EscoSkillFilterArg = Annotated[EscoSkillFilter | None, _checked("Which ESCO skills; all without.", "parts")]
