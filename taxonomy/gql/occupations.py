"""Occupations and the groups, fields and regions that they are ordered by."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from taxonomy.gql.arguments import MinimumArg, NecessityFilter, ProvenanceFilter, SchemesFilter
from taxonomy.gql.concepts import Concept, ConceptConnection
from taxonomy.gql.fields import Info, column, computed
from taxonomy.gql.guidance import (
    Advertisements,
    EducationRequirement,
    FlowConnection,
    Outlook,
    OutlookConnection,
    Salary,
    advertisements_of,
    flows_of,
    outlook_of_group,
    outlook_of_occupation,
    outlook_of_region,
    requirement_of,
    salary_of,
)
from taxonomy.gql.pages import ConnectionType, Edge, EdgeType, Listing, edges, edges_of, node_of, nodes_of
from taxonomy.model.concept import MUNICIPALITY, OCCUPATION, SSYK_GROUP, facts_of
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.services import browse, crosswalk, skills
from taxonomy.snapshot import Snapshot

if TYPE_CHECKING:
    from taxonomy.gql.isco import IscoGroup, IscoGroupConnection
    from taxonomy.gql.skills import OccupationSkillConnection, SkillConnection

LazyIscoGroups = Annotated["IscoGroupConnection", strawberry.lazy("taxonomy.gql.isco")]
LazyIscoGroup = Annotated["IscoGroup", strawberry.lazy("taxonomy.gql.isco")]
LazySkills = Annotated["SkillConnection", strawberry.lazy("taxonomy.gql.skills")]
LazyOccupationSkills = Annotated["OccupationSkillConnection", strawberry.lazy("taxonomy.gql.skills")]

_BELOW = (RelationKind.BROADER, Direction.IN)


def _of_kind(snapshot: Snapshot, numbers: list[int], *kinds: str) -> list[int]:
    return [number for number in numbers if snapshot.kind_of[number] in kinds]


def _group(root: int, info: Info) -> int | None:
    return browse.group_of(info.context.snapshot, root)


def _fields(root: int, info: Info) -> list[int]:
    return info.context.snapshot.edges(RelationKind.OCCUPATION_FIELD).of(root)


def _isco_of_occupation(root: int, info: Info) -> Listing:
    found = crosswalk.isco_groups_of(info.context.snapshot, root)
    return Listing([row.group for row in found], [row.provenance for row in found])


def _isco_of_group(root: int, info: Info) -> list[int]:
    found = crosswalk.mappings_to(info.context.snapshot, root, crosswalk.ISCO_KINDS)
    return sorted(row.concept for row in found)


def _job_titles(root: int, info: Info) -> Listing:
    return Listing(info.context.snapshot.edges(RelationKind.JOB_TITLE_OF, Direction.IN).of(root))


def _keywords(root: int, info: Info) -> Listing:
    return Listing(info.context.snapshot.edges(RelationKind.KEYWORD_OF, Direction.IN).of(root))


def _skills(
    root: int,
    info: Info,
    schemes: SchemesFilter = None,
    necessity: NecessityFilter = None,
    provenance: ProvenanceFilter = None,
) -> Listing:
    snapshot = info.context.snapshot
    rows = skills.skills_of(snapshot, root, schemes=schemes, necessity=necessity, provenance=provenance)
    return Listing(snapshot.effective.skill[rows], rows)


def _substitutes(root: int, info: Info, minimum: MinimumArg = 25) -> Listing:
    return _substitutability(root, info, Direction.OUT, minimum)


def _substituted_by(root: int, info: Info, minimum: MinimumArg = 25) -> Listing:
    return _substitutability(root, info, Direction.IN, minimum)


def _substitutability(root: int, info: Info, direction: Direction, minimum: int) -> Listing:
    found = info.context.snapshot.edges(RelationKind.SUBSTITUTES, direction)
    rows = found.rows(root)
    levels = found.level[rows.start : rows.stop].tolist()
    pairs = [pair for pair in zip(found.of(root), levels, strict=True) if pair[1] >= minimum]
    return Listing([other for other, _ in pairs], [level for _, level in pairs])


def _level(root: int, info: Info) -> int:
    return facts_of(info.context.snapshot.kind_of[root]).level or 0


def _parent(root: int, info: Info) -> int | None:
    snapshot = info.context.snapshot
    scheme = snapshot.scheme_of(root)
    return next(iter(browse.broader(snapshot, root, scheme)), None)


def _children(root: int, info: Info) -> Listing:
    snapshot = info.context.snapshot
    scheme = snapshot.scheme_of(root)
    return Listing(
        [number for number in snapshot.edges(*_BELOW).of(root) if snapshot.scheme_of(number) is scheme]
    )


def _occupations_below(root: int, info: Info) -> Listing:
    snapshot = info.context.snapshot
    return Listing(browse.of_kind(snapshot, browse.descendants(snapshot, [root]), OCCUPATION))


def _occupations_in_field(root: int, info: Info) -> Listing:
    return Listing(info.context.snapshot.edges(RelationKind.OCCUPATION_FIELD, Direction.IN).of(root))


def _groups_in_field(root: int, info: Info) -> Listing:
    snapshot = info.context.snapshot
    return Listing(_of_kind(snapshot, snapshot.edges(*_BELOW).of(root), SSYK_GROUP))


def _skills_of_group(root: int, info: Info) -> Listing:
    snapshot = info.context.snapshot
    if snapshot.kind_of[root] != SSYK_GROUP:
        return Listing(browse.skills_of_groups(snapshot, [root]))
    start, skill = snapshot.effective.of_group
    return Listing(skill[start[root] : start[root + 1]])


def _municipalities(root: int, info: Info) -> list[int]:
    snapshot = info.context.snapshot
    return _of_kind(snapshot, snapshot.edges(*_BELOW).of(root), MUNICIPALITY)


@strawberry.type(
    description="An occupation, as Arbetsförmedlingen names it; each active one is in one SSYK group."
)
class Occupation(Concept):
    """Kind `occupation-name`."""

    group: "OccupationGroup | None" = column(
        _group, "Its SSYK group of level 4; null only for a deprecated occupation."
    )
    occupation_fields: list["OccupationField"] = column(_fields, "The fields it is in, by name.", size=3)
    isco_groups: LazyIscoGroups = edges(
        _isco_of_occupation,
        "The ISCO groups it may be in, each once: those stated for it, then those of its SSYK group (often"
        " several), by name.",
        weight=20,
    )
    job_titles: ConceptConnection = edges(_job_titles, "Titles that are used for it, by name.")
    keywords: ConceptConnection = edges(_keywords, "Words that people search for it by, by name.")
    skills: LazyOccupationSkills = edges(
        _skills, "Its effective skills with all their evidence: by falling weight, then by name.", weight=8
    )
    substitutes: "SubstituteConnection" = edges(
        _substitutes,
        "Occupations whose job this one can do, in an employer's eyes: by falling level, then by name.",
        weight=5,
    )
    substituted_by: "SubstituteConnection" = edges(
        _substituted_by,
        "Occupations that can do the job of this one, in an employer's eyes: by falling level, then by name.",
        weight=5,
    )
    outlook: Outlook | None = computed(
        outlook_of_occupation,
        "What the occupational barometer says of it in a region; null where it says nothing.",
        weight=5,
    )
    salary: Salary | None = computed(
        salary_of, "What its SSYK group is paid; null where no source says it.", weight=5
    )
    advertisements: Advertisements | None = computed(
        advertisements_of,
        "How many advertisements there were for its SSYK group; null where no source counts any.",
        weight=5,
    )
    education_requirement: EducationRequirement | None = column(
        requirement_of, "What education it requires; null where no source says it."
    )


@strawberry.type(description="A group of SSYK 2012, of level 1 to 4.")
class OccupationGroup(Concept):
    """Kinds `ssyk-level-1` to `ssyk-level-4`."""

    level: int = column(_level, "1 to 4: the number of digits of its code.")
    parent: "OccupationGroup | None" = column(_parent, "The group of the level above; null for level 1.")
    children: "OccupationGroupConnection" = edges(_children, "The groups of the level below, by name.")
    occupations: "OccupationConnection" = edges(
        _occupations_below, "The occupations in it, of all levels below, by name.", weight=10
    )
    skills: LazySkills = edges(
        _skills_of_group,
        "The skills that the publisher gives to the group: first those that most of its occupations have by"
        " their own right, then the rarest, then by name. Above level 4: those of all groups below, by name.",
        weight=8,
    )
    isco_groups: list[LazyIscoGroup] = computed(
        _isco_of_group, "The ISCO groups it corresponds to, by name.", weight=5, size=3
    )
    outlook: list[Outlook] = computed(
        outlook_of_group,
        "What the occupational barometer says of it in a region, once for each of its occupations that are"
        " about the group, by name.",
        weight=8,
        size=2,
    )
    salary: Salary | None = computed(
        salary_of, "What those in it are paid; null where no source says it.", weight=5
    )
    advertisements: Advertisements | None = computed(
        advertisements_of,
        "How many advertisements there were for it; null where no source counts any.",
        weight=5,
    )
    flows: FlowConnection = edges(
        flows_of,
        "The groups in its list of the labour flow: the greatest flow first, those without a place last, by"
        " name. The source says neither how many change nor which way.",
        weight=8,
    )


@strawberry.type(description="A field of occupations, for browsing; an occupation may be in several.")
class OccupationField(Concept):
    """Kind `occupation-field`."""

    occupations: "OccupationConnection" = edges(_occupations_in_field, "The occupations in it, by name.")
    groups: "OccupationGroupConnection" = edges(
        _groups_in_field, "The SSYK groups of level 4 in it, by name."
    )


@strawberry.type(description="A European region of NUTS level 3; in Sweden, a county.")
class Region(Concept):
    """Kind `region`."""

    municipalities: list[Concept] = column(
        _municipalities, "Its municipalities, by name; known for Sweden.", size=15
    )
    outlook: OutlookConnection = edges(
        outlook_of_region,
        "What is in demand here, as the occupational barometer sees it: the largest opportunities first, then"
        " by forecast, then by name.",
        weight=400,
    )


@strawberry.type(description="One occupation of a list.")
class OccupationEdge(EdgeType):
    """An edge without facts of its own."""

    node: Occupation = column(node_of, "The occupation.")


@strawberry.type(description="A list of occupations.")
class OccupationConnection(ConnectionType):
    """A page of occupations."""

    edges: list[OccupationEdge] = column(edges_of, "The edges of this page.")
    nodes: list[Occupation] = column(nodes_of, "The occupations of this page.")


@strawberry.type(description="One SSYK group of a list.")
class OccupationGroupEdge(EdgeType):
    """An edge without facts of its own."""

    node: OccupationGroup = column(node_of, "The group.")


@strawberry.type(description="A list of SSYK groups.")
class OccupationGroupConnection(ConnectionType):
    """A page of groups."""

    edges: list[OccupationGroupEdge] = column(edges_of, "The edges of this page.")
    nodes: list[OccupationGroup] = column(nodes_of, "The groups of this page.")


def _substitutability_level(root: Edge, info: Info) -> int:
    level: int = root.row
    return level


@strawberry.type(
    description="One occupation that substitutes another, in an employer's eyes: not an equivalence."
)
class SubstituteEdge(EdgeType):
    """An edge with its level."""

    node: Occupation = column(node_of, "The other occupation.")
    level: int = column(
        _substitutability_level,
        "75: very closely related tasks. 25: some tasks are similar, or some training is needed.",
    )


@strawberry.type(description="Occupations that substitute another, or that it substitutes.")
class SubstituteConnection(ConnectionType):
    """A page of substitutes."""

    edges: list[SubstituteEdge] = column(edges_of, "The edges of this page.")
    nodes: list[Occupation] = column(nodes_of, "The other occupations.")
