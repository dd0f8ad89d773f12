"""ESCO: its occupations and skills, how they need each other, and what corresponds to them in Sweden."""

import strawberry

from taxonomy.gql.arguments import NecessityFilter
from taxonomy.gql.concepts import Concept, fact, listing, match_of
from taxonomy.gql.enums import MatchKind
from taxonomy.gql.fields import Info, column, computed
from taxonomy.gql.isco import IscoGroup
from taxonomy.gql.occupations import Occupation
from taxonomy.gql.pages import ConnectionType, Edge, EdgeType, Listing, edges, edges_of, node_of, nodes_of
from taxonomy.gql.skills import Skill, SkillConcept
from taxonomy.model.concept import ESCO_SKILL_GROUP, NoteKind, Provenance
from taxonomy.model.relation import Necessity, RelationKind
from taxonomy.services import browse, crosswalk
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.skills import NECESSITIES


def _note(snapshot: Snapshot, concept: int, kind: NoteKind) -> str | None:
    return next((note.text for note in snapshot.notes(concept) if note.kind is kind), None)


def _regulated(root: int, info: Info) -> str | None:
    return _note(info.context.snapshot, root, NoteKind.REGULATED_PROFESSION)


def _skill_type(root: int, info: Info) -> str | None:
    return _note(info.context.snapshot, root, NoteKind.SKILL_TYPE)


def _reuse_level(root: int, info: Info) -> str | None:
    return _note(info.context.snapshot, root, NoteKind.REUSE_LEVEL)


def _isco_group(root: int, info: Info) -> int | None:
    return crosswalk.isco_group_of(info.context.snapshot, root)


def _collections(root: int, info: Info) -> list[int]:
    return info.context.snapshot.edges(RelationKind.MEMBER_OF).of(root)


def _broader_groups(root: int, info: Info) -> list[int]:
    snapshot = info.context.snapshot
    above = browse.broader(snapshot, root)
    return [number for number in above if snapshot.kind_of[number] == ESCO_SKILL_GROUP]


def _needed_skills(root: int, info: Info, necessity: NecessityFilter = None) -> Listing:
    return Listing(*crosswalk.needed_skills(info.context.snapshot, root, necessity))


def _needing_occupations(root: int, info: Info, necessity: NecessityFilter = None) -> Listing:
    return Listing(*crosswalk.needing_occupations(info.context.snapshot, root, necessity))


def _mapped_occupations(root: int, info: Info) -> Listing:
    return listing(crosswalk.mapped_occupations(info.context.snapshot, root))


def _swedish_skill(root: int, info: Info) -> int | None:
    return crosswalk.swedish_skill(info.context.snapshot, root)


def _necessity(root: Edge, info: Info) -> Necessity:
    necessity: Necessity = NECESSITIES[root.row]
    return necessity


@strawberry.type(description="An occupation of ESCO.")
class EscoOccupation(Concept):
    """Kind `esco-occupation`."""

    isco_group: IscoGroup | None = computed(
        _isco_group,
        "The unit group of ISCO-08 that it is in, be it through broader occupations; null where ESCO's files"
        " lost the link.",
        weight=3,
    )
    regulated_profession_note: str | None = column(
        _regulated, "`regulated` or `unregulated`, as published: whether law regulates who may do it."
    )
    collections: list[Concept] = column(_collections, "The collections it is in, by name.", size=2)
    skills: "NeededSkillConnection" = edges(
        _needed_skills, "The skills that ESCO gives to it: essential ones first, then by name.", weight=8
    )
    occupations: "MappedOccupationConnection" = edges(
        _mapped_occupations,
        "The Swedish occupations that correspond to it: by kind of match (the closest first), then by name.",
        weight=10,
    )


@strawberry.type(description="A skill or a piece of knowledge of ESCO.")
class EscoSkill(SkillConcept):
    """Kind `esco-skill`."""

    skill_type: str | None = column(
        _skill_type, "`knowledge` or `skill/competence`, as published; null where ESCO does not say."
    )
    reuse_level: str | None = column(
        _reuse_level,
        "How widely it is of use, as published: `transversal`, `cross-sector`, `sector-specific` or"
        " `occupation-specific`; null where ESCO does not say.",
    )
    collections: list[Concept] = column(_collections, "The collections it is in, by name.", size=2)
    broader_groups: list[Concept] = column(
        _broader_groups, "The groups of ESCO skills directly above it, by name.", size=3
    )
    skills: "NeededSkillConnection" = edges(
        _needed_skills,
        "The skills that it builds on, by ESCO: those essential to it first, then by name.",
        weight=8,
    )
    esco_occupations: "NeedingOccupationConnection" = edges(
        _needing_occupations,
        "The ESCO occupations to which ESCO gives it: first those that it is essential to, then by name.",
        weight=8,
    )
    swedish_skill: Skill | None = column(
        _swedish_skill,
        "The one Swedish skill that is its exact match, and that stands for it among the skills of"
        " occupations; null where there is none, or more than one.",
    )


@strawberry.type(description="One ESCO occupation of a list.")
class EscoOccupationEdge(EdgeType):
    """An edge without facts of its own."""

    node: EscoOccupation = column(node_of, "The ESCO occupation.")


@strawberry.type(description="A list of ESCO occupations.")
class EscoOccupationConnection(ConnectionType):
    """A page of ESCO occupations."""

    edges: list[EscoOccupationEdge] = column(edges_of, "The edges of this page.")
    nodes: list[EscoOccupation] = column(nodes_of, "The ESCO occupations of this page.")


@strawberry.type(description="One ESCO skill of a list.")
class EscoSkillEdge(EdgeType):
    """An edge without facts of its own."""

    node: EscoSkill = column(node_of, "The ESCO skill.")


@strawberry.type(description="A list of ESCO skills.")
class EscoSkillConnection(ConnectionType):
    """A page of ESCO skills."""

    edges: list[EscoSkillEdge] = column(edges_of, "The edges of this page.")
    nodes: list[EscoSkill] = column(nodes_of, "The ESCO skills of this page.")


@strawberry.type(description="One skill that ESCO gives to an occupation or to another skill.")
class NeededSkillEdge(EdgeType):
    """An edge that says how much the skill is needed."""

    node: EscoSkill = column(node_of, "The skill.")
    necessity: Necessity = column(_necessity, "How much it is needed.")


@strawberry.type(description="The skills that ESCO gives to an occupation or to another skill.")
class NeededSkillConnection(ConnectionType):
    """A page of skills."""

    edges: list[NeededSkillEdge] = column(edges_of, "The edges of this page.")
    nodes: list[EscoSkill] = column(nodes_of, "The skills of this page.")


@strawberry.type(description="One ESCO occupation to which ESCO gives a skill.")
class NeedingOccupationEdge(EdgeType):
    """An edge that says how much the skill is needed."""

    node: EscoOccupation = column(node_of, "The occupation.")
    necessity: Necessity = column(_necessity, "How much it needs the skill.")


@strawberry.type(description="The ESCO occupations to which ESCO gives a skill.")
class NeedingOccupationConnection(ConnectionType):
    """A page of ESCO occupations."""

    edges: list[NeedingOccupationEdge] = column(edges_of, "The edges of this page.")
    nodes: list[EscoOccupation] = column(nodes_of, "The occupations of this page.")


@strawberry.type(description="One Swedish occupation that corresponds to an ESCO occupation, seen from that.")
class MappedOccupationEdge(EdgeType):
    """An edge over a `browse.Row` of a match, turned to the side of the ESCO occupation."""

    node: Occupation = column(node_of, "The Swedish occupation.")
    match: MatchKind = column(match_of, "How it corresponds: BROAD when the Swedish one is broader.")
    source: str = column(fact("source"), "The `id` of the release's source that says so.")
    provenance: Provenance = column(fact("provenance"), "Who says so.")


@strawberry.type(description="The Swedish occupations that correspond to an ESCO occupation.")
class MappedOccupationConnection(ConnectionType):
    """A page of Swedish occupations."""

    edges: list[MappedOccupationEdge] = column(edges_of, "The edges of this page.")
    nodes: list[Occupation] = column(nodes_of, "The Swedish occupations of this page.")
