"""What a release says of its sources, classifications and mapping sets, so that nothing is named in vain."""

from collections.abc import Collection, Iterator
from typing import Final

from taxonomy.export.sssom import SetFacts, licence_of
from taxonomy.model.concept import Kind, Scheme, facts_of
from taxonomy.model.ids import ESCO_NAMESPACE
from taxonomy.model.linked_data import (
    DC,
    DCT,
    INTEGER,
    OWL,
    PROV,
    RDFS,
    SKOS,
    SSSOM,
    TYPE,
    VOID,
    XKOS,
    address,
)
from taxonomy.model.observation import NOT_STATED
from taxonomy.model.release import SourceVersion
from taxonomy.rdf.columns import Block, Column, Form, single
from taxonomy.rdf.concepts import is_top, skos_class
from taxonomy.rdf.iris import CLASSIFICATIONS, MAPPINGS, Publication, concept_iri
from taxonomy.rdf.nodes import justification
from taxonomy.rdf.observations import cube_blocks
from taxonomy.rdf.pages import Page, Tables

TITLES: Final = {
    Scheme.JOBTECH: ("JobTech Taxonomy", "JobTech Taxonomy"),
    Scheme.SSYK_2012: ("Standard för svensk yrkesklassificering", "Swedish classification of occupations"),
    Scheme.ISCO_08: ("Internationell yrkesklassificering", "International classification of occupations"),
    Scheme.SUN_2020_FIELD: ("Utbildningsnomenklatur, inriktning", "Educational nomenclature, field"),
    Scheme.SUN_2020_LEVEL: ("Utbildningsnomenklatur, nivå", "Educational nomenclature, level"),
    Scheme.SNI_2007: ("Svensk näringsgrensindelning", "Swedish industrial classification"),
    Scheme.NUTS: ("Europas regioner", "European regions"),
    Scheme.LAU_2: ("Svenska kommuner", "Swedish municipalities"),
    Scheme.ISO_3166_1: ("Länder", "Countries"),
    Scheme.ISO_639: ("Språk", "Languages"),
    Scheme.ESCO: ("ESCO", "ESCO"),
}
"""What a classification is called in Swedish and in English; its id is added."""
_ESCO_TITLES: Final = {
    "occupations": "ESCO Occupations",
    "skills": "ESCO skills",
    "skills-hierarchy": "ESCO skills hierarchy",
    "isco": "ISCO 2008",
}
ADAPTED: Final = "The data are adapted: joined with others, and where a statement is derived it says so."


UNLICENSED: Final = "The source states no licence."


def source_block(publication: Publication, source: SourceVersion) -> Block:
    """A source's graph: title, version, licence, publisher, whence it is, and what must be said of it."""
    rights = [source.attribution] if source.attribution else []
    if source.licence == NOT_STATED:
        rights.append(UNLICENSED)
    if source.attribution and "ESCO" in source.attribution:
        rights.append(ADAPTED)
    return single(
        publication.graph(source.id),
        [
            (TYPE, Form.IRI, "", [f"{VOID}Dataset"]),
            (f"{DCT}title", Form.PLAIN, "", [source.title]),
            (f"{OWL}versionInfo", Form.PLAIN, "", [source.version] if source.version else []),
            (f"{DCT}license", Form.IRI, "", [address(licence_of(source))] if source.licence else []),
            (f"{DCT}source", Form.IRI, "", [address(source.url)] if source.url else []),
            (f"{DC}publisher", Form.PLAIN, "", [source.publisher] if source.publisher else []),
            (f"{DC}rights", Form.PLAIN, "", rights),
        ],
    )


def blocks_before(tables: Tables, graph: str | None, schemes: Collection[Scheme] | None) -> Iterator[Block]:
    """What stands before the concepts of a graph, or of all graphs: the sources, then the rest."""
    sources = tables.snapshot.release.draft.sources
    for source in sources:
        if graph in (None, source.id):
            yield source_block(tables.publication, source)
            yield from cube_blocks(tables, source.id)
    if graph in (None, MAPPINGS):
        for source in sources:
            if source.id in tables.publication.sets:
                yield _mapping_set(tables.publication, source, tables.publication.sets[source.id])
    if graph in (None, CLASSIFICATIONS):
        kinds = [
            kind for kind in tables.snapshot.kinds if schemes is None or facts_of(kind).scheme in schemes
        ]
        yield from _schemes(tables, kinds)
        yield from _levels(tables, kinds)
        yield from (_kind(tables.publication, kind) for kind in kinds)


def _mapping_set(publication: Publication, source: SourceVersion, facts: SetFacts) -> Block:
    return single(
        publication.mapping_set(source.id),
        [
            (TYPE, Form.IRI, "", [f"{SSSOM}MappingSet"]),
            (f"{DCT}title", Form.PLAIN, "", [source.title]),
            (f"{OWL}versionInfo", Form.PLAIN, "", [source.version] if source.version else []),
            (f"{DCT}license", Form.IRI, "", [address(licence_of(source))]),
            (f"{PROV}wasDerivedFrom", Form.IRI, "", [address(source.url)] if source.url else []),
            (f"{SSSOM}mapping_justification", Form.IRI, "", [justification(facts)]),
            (f"{SSSOM}subject_source", Form.IRI, "", _iri(facts.subject_source)),
            (f"{SSSOM}subject_source_version", Form.PLAIN, "", _text(facts.subject_source_version)),
            (f"{SSSOM}object_source", Form.IRI, "", _iri(facts.object_source)),
            (f"{SSSOM}object_source_version", Form.PLAIN, "", _text(facts.object_source_version)),
        ],
    )


def _iri(uri: str) -> list[str]:
    return [address(uri)] if ":" in uri else []


def _text(text: str) -> list[str]:
    return [text] if text else []


def _schemes(tables: Tables, kinds: Collection[Kind]) -> Iterator[Block]:
    """Each classification of these kinds: title, number of levels, and what is at its top."""
    publication = tables.publication
    by_iri: dict[str, list[Kind]] = {}
    for kind in kinds:
        if skos_class(kind) == f"{SKOS}Concept":
            by_iri.setdefault(publication.scheme(kind), []).append(kind)
    for iri, members in sorted(by_iri.items()):
        levels = {facts_of(kind).level for kind in members if _is_level(kind)}
        yield single(
            iri,
            [
                (TYPE, Form.IRI, "", [f"{SKOS}ConceptScheme"]),
                *_titles(iri, facts_of(members[0]).scheme),
                (f"{XKOS}numberOfLevels", Form.TYPED, INTEGER, [str(len(levels))] if levels else []),
                (f"{SKOS}hasTopConcept", Form.IRI, "", list(map(concept_iri, top_concepts(tables, members)))),
            ],
        )


def _titles(iri: str, scheme: Scheme) -> Iterator[tuple[str, Form, str, list[str]]]:
    if iri.startswith(ESCO_NAMESPACE):
        yield f"{DCT}title", Form.TEXT, "en", [_ESCO_TITLES[iri.rpartition("/")[2]]]
    else:
        for locale, title in zip(("sv", "en"), TITLES[scheme], strict=True):
            yield f"{DCT}title", Form.TEXT, locale, [f"{title} ({scheme.value})"]


def top_concepts(tables: Tables, kinds: Collection[Kind]) -> list[str]:
    """The ids of the concepts of these kinds where a hierarchy begins: something is below, nothing above."""
    found: list[str] = []
    for kind in kinds:
        numbers = tables.snapshot.kind_range(kind)
        page = Page(tables, kind, numbers.start, numbers.stop, None)
        tops = is_top(page).tolist()
        found += [id_ for id_, top in zip(page.ids, tops, strict=True) if top]
    return found


def _is_level(kind: Kind) -> bool:
    """Whether a kind is a level of a classification, as its name says: `ssyk-level-4`."""
    level = facts_of(kind).level
    return level is not None and kind.endswith(f"-{level}")


def _levels(tables: Tables, kinds: Collection[Kind]) -> Iterator[Block]:
    """Each level of a classification, with its depth and its members."""
    publication = tables.publication
    by_iri: dict[str, list[Kind]] = {}
    for kind in kinds:
        if _is_level(kind):
            by_iri.setdefault(publication.level(kind), []).append(kind)
    for iri, members in sorted(by_iri.items()):
        depth = facts_of(members[0]).level
        schemes = list(dict.fromkeys(publication.scheme(kind) for kind in members))
        numbers = [number for kind in members for number in tables.snapshot.kind_range(kind)]
        about = single(
            iri,
            [
                (TYPE, Form.IRI, "", [f"{XKOS}ClassificationLevel"]),
                (f"{XKOS}depth", Form.TYPED, INTEGER, [str(depth)]),
                (f"{SKOS}inScheme", Form.IRI, "", schemes),
            ],
        )
        ids = [tables.snapshot.ids[number] for number in numbers]
        belongs = Column(f"{SKOS}member", Form.CONCEPT, "", (0, len(ids)), ids)
        yield about._replace(columns=[*about.columns, belongs])


def _kind(publication: Publication, kind: Kind) -> Block:
    about = [(TYPE, Form.IRI, "", [publication.word("Kind")]), (f"{RDFS}label", Form.PLAIN, "", [str(kind)])]
    return single(publication.kind(kind), about)
