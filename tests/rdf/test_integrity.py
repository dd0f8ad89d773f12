"""SKOS's integrity conditions as questions to the export: the sample's, and the publishers' files'."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.formats import export
from tests.builders import RECIPE_WITH_ESCO, real_content, real_esco_snapshot
from tests.rdf.published import OXIGRAPH, PUBLICATION, sample, sample_text

BROKEN = {
    "S9, a concept that is a scheme": "?x a skos:ConceptScheme, skos:Concept",
    "S13, a label in two roles": """{ ?x skos:prefLabel ?l ; skos:altLabel|skos:hiddenLabel ?l }
        UNION { ?x skos:altLabel ?l ; skos:hiddenLabel ?l }""",
    "S14, two preferred labels in a language": """?x skos:prefLabel ?a, ?b
        FILTER(?a != ?b && lang(?a) = lang(?b))""",
    "S27, related and broader": """{ ?x skos:related|skos:relatedMatch|^skos:related|^skos:relatedMatch ?y }
        ?x (skos:broader|^skos:narrower|skos:broadMatch|^skos:narrowMatch)+ ?y""",
    "S37, a concept that is a collection": "?x a skos:Concept, skos:Collection",
    "S46, exact and broader or related": """?x skos:exactMatch|^skos:exactMatch ?y .
        ?x skos:broadMatch|skos:relatedMatch|^skos:narrowMatch|^skos:relatedMatch ?y""",
    "a concept broader than itself": "?x skos:broader+ ?x",
}
BY_WAY_OF_OTHERS = """?x skos:broadMatch|skos:relatedMatch|^skos:narrowMatch ?y .
    ?x (skos:exactMatch|^skos:exactMatch)+ ?y"""
"""S46 if exact is transitive, as S45 says: those who are told by TX504."""
PREFIX = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"


def store_of(text: str) -> ox.Store:
    store = ox.Store()
    store.bulk_load(text, format=OXIGRAPH["nt"])
    return store


def holds(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"{PREFIX} ASK {{ {pattern} }}"))


def pairs(store: ox.Store, pattern: str) -> int:
    found = store.query(f"{PREFIX} SELECT DISTINCT ?x ?y {{ {pattern} }}")
    assert isinstance(found, ox.QuerySolutions)
    return sum(1 for _ in found)


@pytest.fixture(scope="module")
def sample_store() -> ox.Store:
    return store_of(sample_text("nt"))


@pytest.fixture(scope="module")
def real_store(real_data: Path) -> ox.Store:
    dataset = Dataset(real_esco_snapshot(real_data), PUBLICATION)
    return store_of("".join(export(dataset, "nt")))


@pytest.mark.parametrize("condition", BROKEN)
def test_the_sample_breaks_no_condition(sample_store: ox.Store, condition: str) -> None:
    assert not holds(sample_store, BROKEN[condition])


@pytest.mark.parametrize("condition", BROKEN)
def test_the_publishers_files_break_no_condition(real_store: ox.Store, condition: str) -> None:
    assert not holds(real_store, BROKEN[condition])


def test_what_only_transitive_matches_contradict_is_a_finding(
    real_store: ox.Store, sample_store: ox.Store, real_data: Path
) -> None:
    told = [f for f in real_content(real_data, RECIPE_WITH_ESCO)[1].findings if f.code == "TX504"]
    assert pairs(real_store, BY_WAY_OF_OTHERS) == len(told) > 0
    assert pairs(sample_store, BY_WAY_OF_OTHERS) == sum(f.code == "TX504" for f in sample()[1].findings)


@pytest.mark.parametrize(
    ("condition", "statement"),
    [
        ("S9, a concept that is a scheme", "s:a a skos:Concept, skos:ConceptScheme ."),
        ("S13, a label in two roles", 's:a skos:prefLabel "a"@sv ; skos:hiddenLabel "a"@sv .'),
        ("S14, two preferred labels in a language", 's:a skos:prefLabel "a"@sv, "b"@sv .'),
        (
            "S27, related and broader",
            "s:a skos:relatedMatch s:b . s:b skos:broader s:c, s:a .",
        ),
        ("S37, a concept that is a collection", "s:a a skos:Concept, skos:Collection ."),
        ("S46, exact and broader or related", "s:a skos:exactMatch s:b . s:a skos:narrowMatch s:b ."),
        ("a concept broader than itself", "s:a skos:broader s:b . s:b skos:broader s:a ."),
    ],
)
def test_every_question_finds_what_it_asks_for(condition: str, statement: str) -> None:
    store = ox.Store()
    prefixes = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix s: <https://a.test/> ."
    store.load(f"{prefixes} {statement}", format=ox.RdfFormat.TURTLE)
    assert holds(store, BROKEN[condition])
