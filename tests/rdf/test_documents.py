"""The document of one concept: what the export says of it, and itself."""

import json
import threading

import pytest
import rdflib
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS, VOID

from taxonomy.model.concept import SSYK_LEVELS
from taxonomy.model.linked_data import LICENCE_NOT_STATED
from taxonomy.rdf.documents import Documents
from taxonomy.rdf.formats import FORMATS
from taxonomy.rdf.jsonld import context
from taxonomy.rdf.writing import DOCUMENT_FORMATS
from tests.rdf.published import JT, PUBLICATION, lines_of, read, sample_dataset, sample_graph

DATASET = sample_dataset()
DOCUMENTS = Documents(DATASET)
NURSE = DATASET.snapshot.index["bXNH_MNX_dUR"]
SOME = [NURSE, *range(0, DATASET.snapshot.count, 23)]


def document(number: int, name: str = "nt") -> rdflib.Graph:
    return read(text(number, name), name)


def text(number: int, name: str) -> str:
    found = DOCUMENTS.text(number, name)
    if name == "jsonld":  # nobody can fetch the context here
        found = json.dumps({**json.loads(found), **context(PUBLICATION)})
    return found


def iri_of(number: int) -> rdflib.URIRef:
    return rdflib.URIRef(DATASET.publication.document(DATASET.snapshot.ids[number]))


def test_its_formats_are_formats_of_the_export() -> None:
    assert set(DOCUMENT_FORMATS) <= set(FORMATS)


@pytest.mark.parametrize("number", SOME)
def test_it_has_all_that_the_export_says_of_the_concept(number: int) -> None:
    about = document(number)
    topic = about.value(iri_of(number), FOAF.primaryTopic)
    assert topic is not None
    exported = set(sample_graph().predicate_objects(topic))
    below = {(p, o) for p, o in about.predicate_objects(topic) if p == SKOS.narrower}
    assert set(about.predicate_objects(topic)) == exported | below
    assert {o for _, o in below} == set(sample_graph().subjects(SKOS.broader, topic))


@pytest.mark.parametrize("number", SOME)
def test_it_says_nothing_of_others_that_the_export_does_not(number: int) -> None:
    about = document(number)
    own = {t for t in about if t[0] == iri_of(number) or t[1] == SKOS.narrower}
    assert set(about) - own <= set(sample_graph())


def test_it_has_the_mappings_of_others_as_they_are_given() -> None:
    exact = set(document(NURSE).subjects(SKOS.exactMatch, JT["bXNH_MNX_dUR"]))
    assert exact == set(sample_graph().subjects(SKOS.exactMatch, JT["bXNH_MNX_dUR"]))
    assert len(exact) == 2


@pytest.mark.parametrize("name", DOCUMENT_FORMATS)
def test_every_format_says_the_same(name: str) -> None:
    for number in SOME[:8]:
        assert lines_of(document(number, name)) == lines_of(document(number))


def test_it_is_a_document_and_no_concept() -> None:
    about, iri = document(NURSE), iri_of(NURSE)
    assert set(about.objects(iri, RDF.type)) == {FOAF.Document}
    assert about.value(iri, VOID.inDataset) == rdflib.URIRef(DATASET.iri)
    assert str(iri) == "https://example.org/concept/bXNH_MNX_dUR"


def test_it_names_the_licence_of_every_source_that_it_is_made_from() -> None:
    sources = [source.id for source in DOCUMENTS.sources(NURSE)]
    assert sources[0] == "jobtech-27", "the most trusted first"
    assert "sweden-esco-occupations-1.1.1" in sources
    licences = {str(licence) for licence in document(NURSE).objects(iri_of(NURSE), DCTERMS.license)}
    assert licences == {
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "https://creativecommons.org/licenses/by/4.0/",
        LICENCE_NOT_STATED,  # the barometer's
    }


def test_a_document_of_swedish_data_alone_is_under_its_licence_alone() -> None:
    number = DATASET.snapshot.kind_range(SSYK_LEVELS[2])[0]
    used = {source.licence for source in DOCUMENTS.sources(number)}
    assert used == {"CC0-1.0"}


def test_turtle_declares_only_the_prefixes_that_it_needs() -> None:
    found = DOCUMENTS.text(NURSE, "ttl")
    assert "@prefix jt:" in found
    assert "@prefix xkos:" not in found


def test_json_ld_begins_with_the_concept_and_names_the_context() -> None:
    found = DOCUMENTS.json(NURSE)
    assert found["@context"] == "https://example.org/context/1"
    nodes = found["@graph"]
    assert isinstance(nodes, list)
    assert nodes[0]["id"] == str(JT["bXNH_MNX_dUR"])
    assert nodes[-1]["type"] == ["Document"]


def test_many_threads_get_the_same_documents() -> None:
    expected = {name: DOCUMENTS.text(NURSE, name) for name in DOCUMENT_FORMATS}
    wrong: list[str] = []

    def ask() -> None:
        for _ in range(20):
            wrong.extend(name for name in DOCUMENT_FORMATS if DOCUMENTS.text(NURSE, name) != expected[name])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
