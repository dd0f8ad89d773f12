"""Skills, and how occupations and skills belong together."""

from typing import Any

import strawberry

from taxonomy.gql.arguments import EvidenceArg, NecessityFilter, ProvenanceFilter
from taxonomy.gql.concepts import Concept
from taxonomy.gql.fields import Arguments, Info, column, computed, of
from taxonomy.gql.occupations import Occupation, OccupationGroup
from taxonomy.gql.pages import ConnectionType, Edge, EdgeType, Listing, edges, edges_of, node_of, nodes_of
from taxonomy.model.concept import Provenance
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.services import browse, skills
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES


def _groups(root: int, info: Info) -> list[int]:
    return browse.groups_of_skill(info.context.snapshot, root)


def _collections(root: int, info: Info) -> list[int]:
    return info.context.snapshot.edges(RelationKind.MEMBER_OF).of(root)


def _occupations(
    root: int, info: Info, necessity: NecessityFilter = None, provenance: ProvenanceFilter = None
) -> Listing:
    snapshot = info.context.snapshot
    rows = skills.occupations_of(snapshot, root, necessity=necessity, provenance=provenance)
    return Listing(snapshot.effective.occupation[rows], rows)


def _necessity(root: Edge, info: Info) -> Necessity:
    necessity: Necessity = NECESSITIES[info.context.snapshot.effective.necessity[root.row]]
    return necessity


def _provenance(root: Edge, info: Info) -> Provenance:
    provenance: Provenance = PROVENANCES[info.context.snapshot.effective.provenance[root.row]]
    return provenance


def _weight(root: Edge, info: Info) -> float:
    # Four digits say all that the formula knows, and are the same on every machine.
    return round(float(info.context.snapshot.effective.weight[root.row]), 4)


def _evidence_count(root: Edge, info: Info) -> int:
    return skills.evidence_count(info.context.snapshot, root.row)


def _evidence_size(arguments: Arguments) -> int:
    first: int = arguments["first"]
    return first


def _evidence(root: Edge, info: Info, first: EvidenceArg = 3) -> list[Any]:
    return list(skills.evidence_of(info.context.snapshot, root.row, first))


@strawberry.interface(description="A skill of any scheme.")
class SkillConcept(Concept):
    """`Skill` and `EscoSkill`."""

    occupations: "SkillOccupationConnection" = edges(
        _occupations,
        "The Swedish occupations that have it, with evidence: by falling weight, then by name. An ESCO skill"
        " for which a Swedish one stands has none: ask that one.",
        weight=8,
    )


@strawberry.type(description="A skill, a piece of knowledge or a licence, as Arbetsförmedlingen names it.")
class Skill(SkillConcept):
    """Kind `skill`."""

    groups: list[OccupationGroup] = column(
        _groups, "The SSYK groups to which the publisher gives the skill, by name.", size=60
    )
    collections: list[Concept] = column(
        _collections, "The collections it is in, by name: green skills, digital skills.", size=2
    )


@strawberry.type(description="One skill of a list.")
class SkillEdge(EdgeType):
    """An edge without facts of its own."""

    node: SkillConcept = column(node_of, "The skill.")


@strawberry.type(description="A list of skills.")
class SkillConnection(ConnectionType):
    """A page of skills."""

    edges: list[SkillEdge] = column(edges_of, "The edges of this page.")
    nodes: list[SkillConcept] = column(nodes_of, "The skills of this page.")


@strawberry.type(description="One step of a path through the graph.")
class EvidenceStep:
    """A `services.skills.Step`."""

    from_: Concept = column(of("origin"), "Where the step begins.", name="from")
    relation: RelationKind = column(of("relation"), "The relation that it takes.")
    direction: Direction = column(
        of("direction"), "OUT when the step begins at the relation's subject, IN when at its object."
    )
    to: Concept = column(of("target"), "Where the step ends.")


@strawberry.type(description="One reason why an occupation has a skill.")
class Evidence:
    """A `services.skills.Evidence`."""

    necessity: Necessity = column(of("necessity"), "How much the skill is needed, by this evidence.")
    provenance: Provenance = column(of("provenance"), "Who says so.")
    rank: int | None = column(of("rank"), "The publisher's order of relevance from 1, if it has one.")
    steps: list[EvidenceStep] = column(of("steps"), "The path from the occupation to the skill.", size=3)


@strawberry.type
class SkillFactsEdge(EdgeType):
    """What there is to say of an occupation and a skill; the row leads into the effective skills."""

    necessity: Necessity = column(_necessity, "The strongest necessity among the evidence.")
    provenance: Provenance = column(_provenance, "The strongest provenance among the evidence.")
    weight: float = column(
        _weight,
        "How strongly they belong together, 0 to 1; the formula stands in the documentation (docs/model.md).",
    )
    evidence_count: int = column(_evidence_count, "How many pieces of evidence there are.")
    evidence: list[Evidence] = computed(
        _evidence, "The evidence, strongest first.", weight=4, size=_evidence_size
    )


@strawberry.type(description="One skill of an occupation, with the evidence for it.")
class OccupationSkillEdge(SkillFactsEdge):
    """Seen from the occupation."""

    node: SkillConcept = column(node_of, "The skill.")


@strawberry.type(description="The effective skills of an occupation.")
class OccupationSkillConnection(ConnectionType):
    """A page of skills with evidence."""

    edges: list[OccupationSkillEdge] = column(edges_of, "The edges of this page.")
    nodes: list[SkillConcept] = column(nodes_of, "The skills of this page.")


@strawberry.type(description="One occupation that has a skill, with the evidence for it.")
class SkillOccupationEdge(SkillFactsEdge):
    """Seen from the skill."""

    node: Occupation = column(node_of, "The occupation.")


@strawberry.type(description="The occupations that have a skill.")
class SkillOccupationConnection(ConnectionType):
    """A page of occupations with evidence."""

    edges: list[SkillOccupationEdge] = column(edges_of, "The edges of this page.")
    nodes: list[Occupation] = column(nodes_of, "The occupations of this page.")
