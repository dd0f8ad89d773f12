"""Our own terms: few, explained, and the same in the code, the file and the documentation."""

import re
from pathlib import Path

import rdflib
from rdflib.namespace import OWL, PROV, RDF, RDFS, SKOS

from taxonomy.model.linked_data import METHODS, NECESSITY_WORDS, NOTE_WORDS, ONLY_CHILD, OUR_WORDS
from taxonomy.rdf.documents import Documents
from taxonomy.rdf.iris import Publication
from taxonomy.rdf.texts import shapes, vocabulary
from tests.rdf.published import NS, OG, read, sample_dataset, sample_graph

DOC = Path(__file__).resolve().parents[2] / "docs" / "vocabulary.md"
TERMS = read(vocabulary(Publication()), "ttl")


def described() -> dict[str, str]:
    """Each term of the file with its comment."""
    return {
        str(term).removeprefix(str(OG)): str(TERMS.value(term, RDFS.comment) or "")
        for term in TERMS.subjects(RDF.type)
        if str(term).startswith(str(OG))
    }


def test_every_term_that_the_code_uses_is_in_the_file() -> None:
    words = {
        *OUR_WORDS.values(),
        *METHODS.values(),
        *NECESSITY_WORDS.values(),
        *NOTE_WORDS.values(),
        ONLY_CHILD,
    }
    assert words <= set(described())


def test_every_term_in_the_data_is_in_the_file() -> None:
    used = {str(term) for triple in sample_graph() for term in triple if str(term).startswith(str(OG))}
    assert {term.removeprefix(str(OG)) for term in used} <= set(described())


def test_the_documentation_says_what_the_file_says() -> None:
    rows = dict(re.findall(r"^\| `og:(\w+)` \| (.*?) \|$", DOC.read_text("utf-8"), re.MULTILINE))
    assert rows == {term: comment for term, comment in described().items() if comment}


def test_every_term_has_a_label_in_both_languages() -> None:
    for term in map(OG.term, described()):
        labels = [*TERMS.objects(term, RDFS.label), *TERMS.objects(term, SKOS.prefLabel)]
        assert {label.language for label in labels if isinstance(label, rdflib.Literal)} == {"sv", "en"}, term


def test_methods_are_activities_and_properties_are_properties() -> None:
    assert {str(term) for term in TERMS.subjects(RDF.type, PROV.Activity)} == {
        str(OG[word]) for word in (*METHODS.values(), ONLY_CHILD)
    }
    for word in OUR_WORDS.values():
        assert (OG[word], RDF.type, OWL.ObjectProperty) in TERMS


def test_the_files_speak_of_the_namespace_that_is_set() -> None:
    other = Publication("https://data.example.se/og/")
    for text in (vocabulary(other), shapes(other)):
        assert NS not in text
        assert "https://data.example.se/og/vocabulary#" in text


def test_documents_use_no_other_terms_either() -> None:
    dataset = sample_dataset()
    documents = Documents(dataset)
    for number in range(0, dataset.snapshot.count, 17):
        graph = read(documents.text(number, "nt"), "nt")
        used = {str(term) for triple in graph for term in triple if str(term).startswith(str(OG))}
        assert {term.removeprefix(str(OG)) for term in used} <= set(described())
