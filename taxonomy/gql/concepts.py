"""`Node`, `Concept` and what every concept has: labels, codes, relations."""

from typing import Any, Final, cast

import strawberry

from taxonomy.gql.arguments import (
    DirectionsFilter,
    ExactLocaleArg,
    LocaleArg,
    MatchesFilter,
    RelationsFilter,
    SchemeFilter,
)
from taxonomy.gql.enums import ConceptKind, MatchKind
from taxonomy.gql.fields import Info, column, computed, of
from taxonomy.gql.pages import ConnectionType, Edge, EdgeType, Listing, edges, edges_of, node_of, nodes_of
from taxonomy.model.concept import (
    BAROMETER_OCCUPATION,
    ESCO_ISCO_LEVELS,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    ISCO_GROUP,
    OCCUPATION,
    OCCUPATION_FIELD,
    REGION,
    SKILL,
    SSYK_LEVELS,
    Definition,
    LabelRole,
    Locale,
    NoteKind,
    Provenance,
    Scheme,
)
from taxonomy.model.ids import ConceptId, uri_of
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.services import browse, crosswalk

TYPE_OF_KIND: Final = {
    OCCUPATION: "Occupation",
    **dict.fromkeys(SSYK_LEVELS, "OccupationGroup"),
    SKILL: "Skill",
    **dict.fromkeys((ISCO_GROUP, *ESCO_ISCO_LEVELS), "IscoGroup"),
    OCCUPATION_FIELD: "OccupationField",
    REGION: "Region",
    BAROMETER_OCCUPATION: "BarometerOccupation",
    ESCO_OCCUPATION: "EscoOccupation",
    ESCO_SKILL: "EscoSkill",
}
"""The object type of each kind; a kind that is not here is an `OtherConcept`."""


def type_of(root: int, info: Any, *_: Any) -> str:
    """The name of the object type of a concept."""
    return TYPE_OF_KIND.get(info.context.snapshot.kind_of[root], "OtherConcept")


def _id(root: int, info: Info) -> str:
    return info.context.snapshot.ids[root]


def _uri(root: int, info: Info) -> str:
    return uri_of(ConceptId(info.context.snapshot.ids[root]))


def _kind(root: int, info: Info) -> ConceptKind:
    # Enums are written by value; a kind that is no member yet is written as UNKNOWN.
    return cast("ConceptKind", info.context.snapshot.kind_of[root])


def _scheme(root: int, info: Info) -> Scheme:
    return info.context.snapshot.scheme_of(root)


def _code(root: int, info: Info) -> str | None:
    return info.context.snapshot.codes.get(root)


def _codes(root: int, info: Info) -> list["Code"]:
    codes: list[Any] = info.context.snapshot.all_codes(root)
    return codes


def _label(root: int, info: Info, locale: LocaleArg = Locale.SV) -> str:
    return info.context.snapshot.label(root, locale)


def _label_locale(root: int, info: Info, locale: LocaleArg = Locale.SV) -> Locale:
    return info.context.snapshot.label_locale(root, locale)


def _alternative_labels(root: int, info: Info, locale: ExactLocaleArg = Locale.SV) -> list[str]:
    return info.context.snapshot.other_labels(root, LabelRole.ALTERNATIVE, locale)


def _hidden_labels(root: int, info: Info, locale: ExactLocaleArg = Locale.SV) -> list[str]:
    return info.context.snapshot.other_labels(root, LabelRole.HIDDEN, locale)


def _definition(root: int, info: Info, locale: LocaleArg = Locale.SV) -> Definition | None:
    return info.context.snapshot.definition(root, locale)


def _notes(root: int, info: Info) -> list["Note"]:
    notes: list[Any] = info.context.snapshot.notes(root)
    return notes


def _deprecated(root: int, info: Info) -> bool:
    return bool(info.context.snapshot.deprecated[root])


def _replaced_by(root: int, info: Info) -> list[int]:
    return info.context.snapshot.replaced_by(root)


def _replaces(root: int, info: Info) -> list[int]:
    return info.context.snapshot.replaces(root)


def _broader(root: int, info: Info, scheme: SchemeFilter = None) -> list[int]:
    return browse.broader(info.context.snapshot, root, scheme)


def _ancestors(root: int, info: Info, scheme: SchemeFilter = None) -> list[int]:
    return browse.ancestors(info.context.snapshot, root, scheme)


def _narrower(root: int, info: Info) -> Listing:
    return Listing(info.context.snapshot.edges(RelationKind.BROADER, Direction.IN).of(root))


def listing(rows: list[browse.Row]) -> Listing:
    """A list of the concepts at the other ends of relations."""
    return Listing([row.concept for row in rows], rows)


def _relations(
    root: int, info: Info, kinds: RelationsFilter = None, direction: DirectionsFilter = None
) -> Listing:
    return listing(browse.relations(info.context.snapshot, root, kinds, direction))


def _mappings(root: int, info: Info, scheme: SchemeFilter = None, matches: MatchesFilter = None) -> Listing:
    wanted = None if matches is None else {RelationKind(match.value) for match in matches}
    return listing(crosswalk.mappings(info.context.snapshot, root, scheme, wanted))


def _relation_counts(root: int, info: Info) -> list[Any]:
    return list(browse.relation_counts(info.context.snapshot, root))


@strawberry.type(description="A notation of a concept, as published: leading zeros are kept.")
class Code:
    """(system, value)."""

    system: str = column(
        of(lambda root: root[0]), "Which codes these are: `ssyk-code-2012`, `isco-code-08`, ..."
    )
    value: str = column(of(lambda root: root[1]), "The code itself.")


@strawberry.type(name="Definition", description="A text that says what a concept means.")
class DefinitionType:
    """A `model.concept.Definition`."""

    text: str = column(of("text"), "The text, as published.")
    locale: Locale = column(of("locale"), "Its language.")
    source: str = column(of("source"), "Whose text it is: the `id` of one of the release's sources.")


@strawberry.type(description="What else a publisher says of a concept.")
class Note:
    """A `model.concept.Note`."""

    kind: NoteKind = column(of("kind"), "What sort of note it is.")
    text: str = column(of("text"), "The note, as published: a text, or a word of the publisher's vocabulary.")
    locale: Locale = column(of("locale"), "Its language.")
    source: str = column(of("source"), "Who says so: the `id` of one of the release's sources.")


@strawberry.interface(description="Anything with an id.")
class Node:
    """Relay's Node: the id is the publisher's."""

    id: strawberry.ID = column(_id, "The publisher's id: a JobTech id or an ESCO CURIE.")


@strawberry.interface(
    description="Anything with a URI and labels: an occupation, a skill, a group, a region, ..."
)
class Concept(Node):
    """What all concepts have; the value behind it is the concept's number."""

    uri: str = column(_uri, "The publisher's URI, which is the concept's identity.")
    kind: ConceptKind = column(_kind, "The publisher's type.")
    scheme: Scheme = column(_scheme, "The classification it belongs to.")
    code: str | None = column(_code, "The main code of its kind; a code is never an id.")
    codes: list[Code] = column(_codes, "All its codes, sorted by system.", size=4)
    label: str = column(
        _label, "The preferred label in the language asked for, else in Swedish, else in English."
    )
    label_locale: Locale = column(_label_locale, "The language of what `label` gives.")
    alternative_labels: list[str] = column(_alternative_labels, "Other names, sorted.")
    hidden_labels: list[str] = column(
        _hidden_labels, "Names to search by and not to show: former ones, misspellings."
    )
    definition: DefinitionType | None = column(
        _definition, "What it means; null where there is no text or the text only repeats the label."
    )
    notes: list[Note] = column(_notes, "What else the publishers say of it, sorted by kind.", size=3)
    deprecated: bool = column(_deprecated, "Whether the publisher advises against its use.")
    replaced_by: list["Concept"] = column(_replaced_by, "What to use instead of it.", size=2)
    replaces: list["Concept"] = column(_replaces, "The deprecated concepts whose place it took.", size=2)
    broader: list["Concept"] = column(_broader, "The concepts directly above it, by name.", size=3)
    ancestors: list["Concept"] = computed(
        _ancestors, "All concepts above it, nearest first, then by name; each once.", weight=3, size=6
    )
    narrower: "ConceptConnection" = edges(_narrower, "The concepts directly below it, by kind and name.")
    mappings: "MappingConnection" = edges(
        _mappings,
        "Concepts of other schemes that correspond to it, and other publishers' concepts of the same: by kind"
        " of match (the closest first), then by name.",
        weight=10,
    )
    relations: "RelationConnection" = edges(
        _relations, "All its relations, of both sides: by relation, side, strength and name.", weight=10
    )
    relation_counts: list["RelationCount"] = computed(
        _relation_counts,
        "How many relations it has, by relation, side and kind of the other end.",
        weight=10,
        size=10,
    )


@strawberry.type(
    description="A concept of a kind that has no type of its own: a job title, a keyword, a language, ..."
)
class OtherConcept(Concept):
    """Everything that is not in `TYPE_OF_KIND`."""


@strawberry.type(description="One concept of a list.")
class ConceptEdge(EdgeType):
    """An edge without facts of its own."""

    node: Concept = column(node_of, "The concept.")


@strawberry.type(description="A list of concepts.")
class ConceptConnection(ConnectionType):
    """A page of concepts."""

    edges: list[ConceptEdge] = column(edges_of, "The edges of this page.")
    nodes: list[Concept] = column(nodes_of, "The concepts of this page.")


def relation_of(root: Edge, info: Info) -> RelationKind:
    """The kind of an edge's relation."""
    kind: RelationKind = root.row.kind
    return kind


def match_of(root: Edge, info: Info) -> MatchKind:
    """The kind of match of an edge over a `browse.Row`, seen from the concept that was asked about."""
    match: MatchKind = root.row.match
    return match


def fact(name: str) -> Any:
    """A resolver that reads what a source says of the relation of an edge over a `browse.Row`."""

    def read(root: Edge, info: Info) -> Any:
        return getattr(root.row.facts(info.context.snapshot), name)

    return read


@strawberry.type(description="One relation of a concept, and the concept at its other end.")
class RelationEdge(EdgeType):
    """An edge over a `browse.Row`."""

    node: Concept = column(node_of, "The concept at the other end.")
    relation: RelationKind = column(relation_of, "What the relation says of its subject.")
    direction: Direction = column(
        of("row.direction"), "OUT when the concept asked about is the subject, IN when it is the object."
    )
    provenance: Provenance = column(fact("provenance"), "Who says so.")
    source: str = column(fact("source"), "The `id` of the release's source that says so.")
    necessity: Necessity | None = column(
        fact("necessity"), "How much the skill is needed, if the source says so."
    )
    level: int | None = column(fact("level"), "Substitutability, 25 or 75; null for other relations.")
    rank: int | None = column(
        fact("rank"), "The publisher's order of relevance from 1; null where there is none."
    )
    match: MatchKind | None = column(
        match_of,
        "How the other concept corresponds, seen from the one asked about; null for relations that are no"
        " mappings.",
    )


@strawberry.type(description="The relations of a concept.")
class RelationConnection(ConnectionType):
    """A page of relations."""

    edges: list[RelationEdge] = column(edges_of, "The edges of this page.")
    nodes: list[Concept] = column(nodes_of, "The concepts at the other ends.")


@strawberry.type(
    description="One concept of another scheme that corresponds to this one, seen from this one."
)
class MappingEdge(EdgeType):
    """An edge over a `browse.Row` of a match, turned to the side that was asked."""

    node: Concept = column(node_of, "The corresponding concept.")
    match: MatchKind = column(match_of, "How it corresponds: BROAD when the other one is broader.")
    source: str = column(fact("source"), "The `id` of the release's source that says so.")
    provenance: Provenance = column(fact("provenance"), "Who says so.")


@strawberry.type(description="The concepts of other schemes that correspond to a concept.")
class MappingConnection(ConnectionType):
    """A page of mappings."""

    edges: list[MappingEdge] = column(edges_of, "The edges of this page.")
    nodes: list[Concept] = column(nodes_of, "The corresponding concepts.")


@strawberry.type(description="How many relations of a sort a concept has.")
class RelationCount:
    """A `browse.RelationCount`."""

    relation: RelationKind = column(of("relation"), "The kind of relation.")
    direction: Direction = column(of("direction"), "OUT where the concept is the subject.")
    kind: ConceptKind = column(of("kind"), "The kind of the concepts at the other ends.")
    count: int = column(of("count"), "How many there are.")
