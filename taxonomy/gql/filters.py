"""Input types: how groups are named, and what lists are filtered by."""

from collections.abc import Sequence
from typing import Annotated, Final

import strawberry
from strawberry import UNSET

from taxonomy.gql.arguments import find_kind, known_ids
from taxonomy.gql.fields import FACTS, ArgumentFacts
from taxonomy.model.concept import ISCO_GROUP, OCCUPATION_FIELD, SKILL, SSYK_LEVELS, Scheme
from taxonomy.services import browse
from taxonomy.snapshot import Snapshot

_Ids = list[int] | None
_GROUPS: Final = frozenset(SSYK_LEVELS)


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
    isco: str | None = strawberry.field(default=UNSET, description="Its ISCO-08 code, of four digits.")

    def find(self, snapshot: Snapshot) -> int | None:
        """The number of the group, None if it is unknown; raises `BadInput` for an id of another kind."""
        if self.id:
            return find_kind(snapshot, self.id, frozenset({ISCO_GROUP}))
        return snapshot.by_code.get((Scheme.ISCO_08, self.isco or ""))


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

    def parts(self, snapshot: Snapshot) -> tuple[_Ids, _Ids, _Ids]:
        """Fields, groups and skills by number; raises `BadInput` for ids unknown or of another kind."""
        return (
            known_ids(snapshot, self.occupation_fields, frozenset({OCCUPATION_FIELD}), "occupationFields"),
            known_ids(snapshot, self.groups, _GROUPS, "groups"),
            known_ids(snapshot, self.skills, frozenset({SKILL}), "skills"),
        )

    def apply(self, snapshot: Snapshot) -> Sequence[int]:
        """The occupations that pass, by number."""
        return browse.occupations(snapshot, *self.parts(snapshot), self.has_skills)

    @property
    def size(self) -> int:
        """How many ids are in it."""
        return sum(len(ids or ()) for ids in (self.occupation_fields, self.groups, self.skills))


@strawberry.input(description="Which skills are listed: those that pass all that is given.")
class SkillFilter:
    """Every part that is given must hold."""

    groups: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Given by the publisher to one of these SSYK groups, or below; ids or URIs, up to 1000.",
    )

    def parts(self, snapshot: Snapshot) -> list[int] | None:
        """The groups by number; raises `BadInput` for ids that are unknown or of another kind."""
        return known_ids(snapshot, self.groups, _GROUPS, "groups")

    def apply(self, snapshot: Snapshot) -> Sequence[int]:
        """The skills that pass, by number."""
        groups = self.parts(snapshot)
        if groups is None:
            return browse.concepts(snapshot, frozenset({SKILL}), include_deprecated=False)
        return browse.skills_of_groups(snapshot, groups)

    @property
    def size(self) -> int:
        """How many ids are in it."""
        return len(self.groups or ())


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
