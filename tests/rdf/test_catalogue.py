"""What portals and crawlers read before the data: complete, without blank nodes, and counted rightly."""

from collections import Counter

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS, VOID

from taxonomy.model.linked_data import LICENCE_NOT_STATED
from taxonomy.rdf.catalogue import Download, catalogue, void
from taxonomy.rdf.columns import Block
from taxonomy.rdf.formats import FORMATS
from taxonomy.rdf.statistics import statistics
from taxonomy.rdf.writing import Writing
from tests.rdf.published import (
    NS,
    OXIGRAPH,
    PUBLICATION,
    read,
    sample,
    sample_dataset,
    sample_graph,
    sample_text,
)

DOWNLOADS = [Download(name, format_.media_type) for name, format_ in FORMATS.items()]
VCARD_NS = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
BASE = "https://example.org/"
# Of DCAT 3; rdflib knows version 2 and warns.
HAS_VERSION, PREVIOUS = (rdflib.URIRef(f"{DCAT}{name}") for name in ("hasVersion", "previousVersion"))
RELEASES = [sample()[0], sample()[0]._replace(id="r2-other000", ordinal=2)]
MANDATORY = {
    DCAT.Catalog: [DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCAT.dataset],
    DCAT.Dataset: [DCTERMS.title, DCTERMS.description, DCTERMS.publisher],
    DCAT.Distribution: [DCAT.accessURL, DCTERMS.license],
    DCAT.DataService: [DCTERMS.title, DCAT.endpointURL],
    FOAF.Agent: [FOAF.name],
}


def published(blocks: list[Block]) -> rdflib.Graph:
    return read(Writing(PUBLICATION).text(blocks, "ttl"), "ttl")


@pytest.fixture(scope="module")
def described() -> rdflib.Graph:
    return published(catalogue(PUBLICATION, RELEASES, DOWNLOADS))


@pytest.fixture(scope="module")
def crawled() -> rdflib.Graph:
    return published(void(sample_dataset(), statistics(sample_dataset()), DOWNLOADS))


@pytest.mark.parametrize("kind", MANDATORY)
def test_everything_has_what_dcat_ap_se_demands(described: rdflib.Graph, kind: rdflib.URIRef) -> None:
    things = list(described.subjects(RDF.type, kind))
    assert things
    missing = [(str(thing), str(name)) for thing in things for name in MANDATORY[kind]
               if not any(described.objects(thing, name))]  # fmt: skip
    assert missing == []


def test_every_file_of_the_current_release_is_a_distribution(described: rdflib.Graph) -> None:
    files = {str(file) for file in described.objects(None, DCAT.downloadURL)}
    assert files == {f"{BASE}releases/r2-other000/taxonomy.{name}" for name in FORMATS}
    dataset = rdflib.URIRef(f"{BASE}catalog#taxonomy")
    for distribution in described.objects(dataset, DCAT.distribution):
        assert (distribution, RDF.type, DCAT.Distribution) in described


def test_every_release_is_a_version_and_names_the_one_before(described: rdflib.Graph) -> None:
    versions = {str(version) for version in described.objects(None, HAS_VERSION)}
    assert versions == {f"{BASE}releases/{release.id}" for release in RELEASES}
    newest = rdflib.URIRef(f"{BASE}releases/r2-other000")
    assert str(described.value(newest, PREVIOUS)) == f"{BASE}releases/{RELEASES[0].id}"


def test_a_file_is_under_the_licence_with_the_most_conditions(described: rdflib.Graph) -> None:
    licences = {
        str(described.value(thing, DCTERMS.license))
        for thing in described.subjects(RDF.type, DCAT.Distribution)
    }
    # Of some sources of the sample nobody knows which it is: then none can be told for the whole.
    assert licences == {LICENCE_NOT_STATED}


def test_a_file_whose_sources_all_state_theirs_is_under_the_strictest(described: rdflib.Graph) -> None:
    stated = sample()[0].draft.sources[:7]
    assert {source.licence for source in stated} == {"CC0-1.0", "CC-BY-4.0"}
    licensed = [release._replace(draft=release.draft._replace(sources=stated)) for release in RELEASES]
    graph = published(catalogue(PUBLICATION, licensed, DOWNLOADS))
    files = graph.subjects(RDF.type, DCAT.Distribution)
    assert {str(graph.value(file, DCTERMS.license)) for file in files} == {
        "https://creativecommons.org/licenses/by/4.0/"
    }


@pytest.mark.parametrize(
    ("contact", "says"),
    [("mailto:taxonomy@example.org", VCARD_NS.hasEmail), ("https://example.org/contact", VCARD_NS.hasURL)],
)
def test_a_contact_point_is_told_when_there_is_one(contact: str, says: rdflib.URIRef) -> None:
    graph = published(catalogue(PUBLICATION._replace(contact=contact), RELEASES, DOWNLOADS))
    [point] = set(graph.objects(None, DCAT.contactPoint))
    assert graph.value(point, says) == rdflib.URIRef(contact)
    assert graph.value(rdflib.URIRef(f"{BASE}catalog#taxonomy"), DCAT.contactPoint) == point


def test_without_a_contact_none_is_made_up(described: rdflib.Graph) -> None:
    assert not list(described.objects(None, DCAT.contactPoint))


def test_with_nothing_published_there_is_still_a_catalogue() -> None:
    graph = published(catalogue(PUBLICATION, [], DOWNLOADS))
    assert (rdflib.URIRef(f"{BASE}catalog"), RDF.type, DCAT.Catalog) in graph


def test_neither_has_blank_nodes(described: rdflib.Graph, crawled: rdflib.Graph) -> None:
    for graph in (described, crawled):
        assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)


def test_void_counts_what_there_is(crawled: rdflib.Graph) -> None:
    release = rdflib.URIRef(sample_dataset().iri)
    assert int(str(crawled.value(release, VOID.triples))) == len(sample_graph())
    assert int(str(crawled.value(release, VOID.distinctSubjects))) == len(set(sample_graph().subjects()))
    concepts = len(set(sample_graph().subjects(RDF.type, SKOS.Concept)))
    assert int(str(crawled.value(release, VOID.entities))) == concepts


def test_void_counts_the_statements_of_every_graph(crawled: rdflib.Graph) -> None:
    quads = ox.parse(sample_text("nq"), format=OXIGRAPH["nq"])
    counted = Counter(quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode))
    graphs = [str(graph) for graph in crawled.objects(None, VOID.subset)]
    assert {graph: int(str(crawled.value(rdflib.URIRef(graph), VOID.triples))) for graph in graphs} == {
        graph: counted[graph] for graph in graphs
    }
    assert f"{NS}graph/mappings" in graphs


def test_every_predicate_and_class_has_its_part(crawled: rdflib.Graph) -> None:
    predicates = Counter(str(predicate) for _, predicate, _ in sample_graph())
    parts = {
        str(iri): int(str(crawled.value(part, VOID.triples)))
        for part, iri in crawled.subject_objects(VOID.property)
    }
    assert parts == dict(predicates)
    classes = {str(iri) for iri in crawled.objects(None, VOID["class"])}
    assert classes == {str(value) for value in sample_graph().objects(None, RDF.type)}
