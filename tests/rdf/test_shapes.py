"""SHACL: the sample conforms, documents conform, and the shapes notice what is wrong."""

import pyshacl
import pytest
import rdflib

from taxonomy.model.concept import Scheme
from taxonomy.rdf.documents import Documents
from taxonomy.rdf.iris import Publication
from taxonomy.rdf.texts import shapes
from tests.rdf.published import read, sample_dataset, sample_graph

SHAPES = read(shapes(Publication()), "ttl")
PREFIXES = """
@prefix dct: <http://purl.org/dc/terms/> . @prefix eo: <http://data.europa.eu/esco/occupation/> .
@prefix es: <http://data.europa.eu/esco/skill/> . @prefix esco: <http://data.europa.eu/esco/model#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix jt: <http://data.jobtechdev.se/taxonomy/concept/> .
@prefix og: <https://w3id.org/occupation-graph/vocabulary#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix s: <https://example.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
s:scheme a skos:ConceptScheme ; dct:title "a scheme" .
jt:sound a skos:Concept ; skos:prefLabel "ett"@sv ; dct:type s:kind ; skos:inScheme s:scheme .
"""
WRONG = {
    "a blank node": '[] skos:prefLabel "tre"@sv ; dct:type s:kind .',
    "two preferred labels in a language": 'jt:sound skos:prefLabel "två"@sv .',
    "an alternative label that is the preferred one": 'jt:sound skos:altLabel "ett"@sv .',
    "a hidden label that is an alternative one": 'jt:sound skos:altLabel "a"@sv ; skos:hiddenLabel "a"@sv .',
    "a label without a language": 'jt:sound skos:altLabel "one" .',
    "a concept that is a scheme": "jt:sound a skos:ConceptScheme .",
    "a document that is a concept": "jt:sound a foaf:Document ; foaf:primaryTopic jt:sound .",
    "a concept that is the same as another": "jt:sound owl:sameAs eo:x .",
    "something broader that there is not": "jt:sound skos:broader jt:gone .",
    "a replacement of what is not deprecated": "jt:sound dct:isReplacedBy jt:sound .",
    "ESCO's word for what is not ESCO's": "jt:sound esco:relatedEssentialSkill es:x .",
    "a substitution of no known level": """s:x a og:Substitution ; og:level 50 ;
        og:substitute jt:sound ; og:substituteFor jt:sound .""",
    "a statement that does not say how it came about": """s:x a og:Statement ; rdf:subject jt:sound ;
        rdf:predicate og:relatedSkill ; rdf:object jt:sound .""",
    "a mapping without a reason": """s:x a owl:Axiom ; owl:annotatedSource jt:sound ;
        owl:annotatedProperty skos:exactMatch ; owl:annotatedTarget jt:sound .""",
}


def report(graph: rdflib.Graph) -> tuple[bool, str]:
    conforms, _, text = pyshacl.validate(graph, shacl_graph=SHAPES)
    return conforms is True, text


def test_the_sample_conforms() -> None:
    conforms, text = report(sample_graph())
    assert conforms, text


def test_what_is_right_conforms() -> None:
    conforms, text = report(read(PREFIXES, "ttl"))
    assert conforms, text


@pytest.mark.parametrize("wrong", WRONG)
def test_the_shapes_notice(wrong: str) -> None:
    conforms, _ = report(read(PREFIXES + WRONG[wrong], "ttl"))
    assert not conforms


@pytest.mark.parametrize("scheme", [Scheme.SSYK_2012, Scheme.ISCO_08, Scheme.ESCO, Scheme.JOBTECH])
def test_the_documents_about_classifications_conform(scheme: Scheme) -> None:
    # With the concepts that they name: the shapes ask what is at the top.
    said = read(Documents(sample_dataset()).scheme(scheme, "nt"), "nt")
    assert len(said) > 5
    conforms, text = report(said + sample_graph())
    assert conforms, text


def test_the_documents_of_the_sample_conform() -> None:
    dataset = sample_dataset()
    documents = Documents(dataset)
    graph = rdflib.Graph()
    graph += sample_graph()
    for number in range(0, dataset.snapshot.count, 13):
        graph.parse(data=documents.text(number, "nt"), format="nt")
    conforms, text = report(graph)
    assert conforms, text
