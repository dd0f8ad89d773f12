"""Every format says the same, rdflib reads it, and it is the same every time."""

import json

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SKOS

from taxonomy.model.concept import Scheme
from taxonomy.model.errors import BadInput
from taxonomy.model.release import Content
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.formats import FORMATS
from taxonomy.rdf.iris import Publication
from taxonomy.rdf.jsonld import JsonLd, context
from tests.builders import concept, content, contents, texts
from tests.rdf.published import (
    GRAPHS,
    JT,
    NS,
    OXIGRAPH,
    RDFLIB,
    dataset_of,
    lines_of,
    read,
    sample_dataset,
    sample_graph,
    sample_text,
    statements,
    text_of,
)

ONE_GRAPH = [name for name in FORMATS if name not in GRAPHS]
some = settings(max_examples=25, deadline=None)
XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=20
)


def test_every_format_is_here_with_what_reads_it() -> None:
    assert list(FORMATS) == list(OXIGRAPH)
    assert set(FORMATS) == set(RDFLIB)


@pytest.mark.parametrize("name", [name for name in ONE_GRAPH if name != "nt"])
def test_rdflib_reads_the_same_graph_out_of_every_format(name: str) -> None:
    graph = read(sample_text(name), name)
    assert lines_of(graph) == lines_of(sample_graph())
    assert isomorphic(graph, sample_graph())


@pytest.mark.parametrize("name", [*ONE_GRAPH, *GRAPHS])
def test_pyoxigraph_reads_the_same_statements_as_rdflib(name: str) -> None:
    quads = ox.parse(sample_text(name), format=OXIGRAPH[name])
    known = {tuple(map(str, quad.triple)) for quad in ox.parse(sample_text("nt"), format=OXIGRAPH["nt"])}
    assert {tuple(map(str, quad.triple)) for quad in quads} == known
    assert len(known) == len(sample_graph())


def test_both_formats_with_graphs_put_every_statement_into_the_same_one() -> None:
    quads = {name: set(ox.parse(sample_text(name), format=OXIGRAPH[name])) for name in GRAPHS}
    assert quads["nq"] == quads["trig"]
    assert len(quads["nq"]) == len(sample_graph()), "each statement is in one graph"
    assert not any(isinstance(quad.graph_name, ox.DefaultGraph) for quad in quads["nq"])


def test_there_are_no_blank_nodes() -> None:
    assert not any(isinstance(term, rdflib.BNode) for triple in sample_graph() for term in triple)


def test_the_lines_of_an_export_are_its_statements_each_once() -> None:
    lines = sample_text("nt").splitlines()
    assert sorted(lines) == sorted(statements(sample_dataset().blocks()))
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("name", FORMATS)
def test_two_exports_of_a_release_are_equal(name: str) -> None:
    assert text_of(sample_dataset(), name) == sample_text(name)


@pytest.mark.parametrize("name", GRAPHS)
def test_the_graphs_one_by_one_are_the_whole(name: str) -> None:
    dataset = sample_dataset()
    parts = [text_of(dataset, name, graph=graph) for graph in dataset.graphs]
    quads = [quad for part in parts for quad in ox.parse(part, format=OXIGRAPH[name])]
    whole = list(ox.parse(sample_text(name), format=OXIGRAPH[name]))
    assert sorted(map(str, quads)) == sorted(map(str, whole))


def test_a_graph_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(BadInput, match=r"no graph 'mapping' in this release; .* jobtech-27, .* mappings"):
        text_of(sample_dataset(), "nt", graph="mapping")


def test_an_export_of_one_classification_has_its_concepts_only() -> None:
    graph = read(text_of(sample_dataset(), "ttl", schemes={Scheme.SSYK_2012}), "ttl")
    schemes = {str(scheme) for concept in graph.subjects(RDF.type, SKOS.Concept)
               for scheme in graph.objects(concept, SKOS.inScheme)}  # fmt: skip
    assert schemes == {f"{NS}scheme/ssyk-2012"}


# ---- odd texts


@some
@given(st.lists(texts, min_size=1, max_size=4, unique=True), texts)
def test_any_text_survives_every_format(labels: list[str], definition: str) -> None:
    one = concept("aaaa_aaa_aaa", labels[0], alternative=labels[1:], english=definition)
    dataset = dataset_of(content([one]))
    for name in ("nt", "ttl", "jsonld"):
        graph = read(text_of(dataset, name), name)
        subject = JT["aaaa_aaa_aaa"]
        assert graph.value(subject, SKOS.prefLabel, any=True) is not None
        assert {str(label) for label in graph.objects(subject, SKOS.altLabel)} == set(labels[1:])
        found = {(str(label), label.language) for label in graph.objects(subject, SKOS.prefLabel)}  # type: ignore[attr-defined]
        assert found == {(labels[0], "sv"), (definition, "en")}


@some
@given(XML_TEXT)
def test_any_text_that_xml_can_hold_survives_rdf_xml(text: str) -> None:
    dataset = dataset_of(content([concept("aaaa_aaa_aaa", text)]))
    graph = read(text_of(dataset, "rdfxml"), "rdfxml")
    assert [str(label) for label in graph.objects(JT["aaaa_aaa_aaa"], SKOS.prefLabel)] == [text]


def test_line_ends_survive_and_what_xml_cannot_hold_is_marked() -> None:
    dataset = dataset_of(content([concept("aaaa_aaa_aaa", "a\r\n\tb\x0c")]))
    graph = read(text_of(dataset, "rdfxml"), "rdfxml")
    assert [str(label) for label in graph.objects(JT["aaaa_aaa_aaa"], SKOS.prefLabel)] == ["a\r\n\tb\ufffd"]


@some
@given(contents)
def test_whatever_a_release_may_hold_every_format_says_the_same(rows: Content) -> None:
    dataset = dataset_of(rows)
    expected = set(statements(dataset.blocks()))
    triples = {tuple(map(str, q.triple)) for q in ox.parse(text_of(dataset, "nt"), format=OXIGRAPH["nt"])}
    assert len(triples) == len(expected)
    for name in ("nq", "ttl", "trig", "jsonld"):
        quads = ox.parse(text_of(dataset, name), format=OXIGRAPH[name])
        assert {tuple(map(str, quad.triple)) for quad in quads} == triples, name


# ---- JSON-LD


def test_json_ld_is_pleasant_as_plain_json() -> None:
    document = json.loads(sample_text("jsonld"))
    assert document["@context"] == context(Publication())["@context"]
    node = next(node for node in document["@graph"] if node["id"] == str(JT["Z8ci_bBE_tmx"]))
    assert node["kind"] == "ssyk-level-4"
    assert node["notation"] == node["ssyk-code-2012"] == "2221"
    assert set(node["prefLabel"]) == {"sv", "en"}
    assert isinstance(node["broader"], list)
    assert not [name for name in node if ":" in name], "every property has a term"


def test_no_node_of_the_sample_needs_a_property_without_a_term() -> None:
    document = json.loads(sample_text("jsonld"))
    bare = {name for node in document["@graph"] for name in node if ":" in name}
    # A derived label is a text where other statements have a concept.
    assert bare == {"http://www.w3.org/1999/02/22-rdf-syntax-ns#object"}


def test_the_context_can_be_named_instead_of_written_out() -> None:
    writer = JsonLd(Publication(), "https://example.org/context/1")
    assert writer.head().startswith('{"@context": "https://example.org/context/1",\n')


def test_no_term_of_the_context_is_the_name_of_a_kind() -> None:
    terms = set(context(Publication())["@context"])
    assert terms.isdisjoint(sample_dataset().snapshot.kinds), "a kind would be read as the term"


def test_another_namespace_changes_our_names_and_nothing_else() -> None:
    plain = Dataset(sample_dataset().snapshot, Publication())
    moved = Dataset(sample_dataset().snapshot, Publication("https://data.example.se/og/"))
    for name in ONE_GRAPH:
        again = text_of(moved, name).replace("https://data.example.se/og/", NS)
        assert lines_of(read(again, name)) == lines_of(read(text_of(plain, name), name))
