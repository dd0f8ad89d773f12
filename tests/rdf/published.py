"""Releases to be written as RDF, and their statements as rdflib and pyoxigraph read them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import rdflib

from taxonomy.compose import mapping_facts
from taxonomy.ingest.manifest import Manifest, Recipe, SourceFile, read_recipe
from taxonomy.ingest.pipeline import gather
from taxonomy.model.concept import Code, Concept, Locale
from taxonomy.model.linked_data import DEFAULT_NAMESPACE
from taxonomy.model.relation import Relation
from taxonomy.model.release import Content, Release, SourceVersion, release_id
from taxonomy.rdf.columns import Block, Form
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.formats import export
from taxonomy.rdf.iris import Publication, concept_iri
from taxonomy.rdf.ntriples import terms
from tests.builders import build, release
from tests.ingest.recipes import SAMPLE, SAMPLE_DATA

NS = DEFAULT_NAMESPACE
OG = rdflib.Namespace(f"{NS}vocabulary#")
JT = rdflib.Namespace("http://data.jobtechdev.se/taxonomy/concept/")
PUBLICATION = Publication(base_url="https://example.org/", sets=mapping_facts())
GRAPHS = {"nq": "nquads", "trig": "trig"}
RDFLIB = {"nt": "nt", "ttl": "turtle", "rdfxml": "xml", "jsonld": "json-ld", **GRAPHS}
OXIGRAPH = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@cache
def sample() -> tuple[Release, Content]:
    """The sample as a release."""
    draft, rows = gather(read_recipe(SAMPLE), SAMPLE_DATA)
    return Release(release_id(1, draft.content_hash), 1, datetime(2026, 1, 1, tzinfo=UTC), draft), rows


@cache
def sample_dataset() -> Dataset:
    """The sample as linked data."""
    return Dataset(build(*sample()), PUBLICATION)


def dataset_of(content: Content) -> Dataset:
    return Dataset(build(release(content), content), PUBLICATION)


def text_of(dataset: Dataset, name: str, **only: object) -> str:
    return "".join(export(dataset, name, **only))  # type: ignore[arg-type]  # passed on


@cache
def sample_text(name: str) -> str:
    return text_of(sample_dataset(), name)


def statements(blocks: Iterator[Block]) -> Iterator[str]:
    """Each statement as a line of N-Triples, made in the most obvious way: what writers must agree with."""
    for block in blocks:
        for number, subject in enumerate(block.subjects):
            iri = concept_iri(subject) if block.form is Form.CONCEPT else subject
            for column in block.columns:
                starts = column.starts or range(len(block.subjects) + 1)
                first, last = starts[number], starts[number + 1]
                for value in column.values[first:last]:
                    yield f"<{iri}> <{column.predicate}> {terms(column.form, [value], column.tag)[0]} ."


@cache
def sample_graph() -> rdflib.Graph:
    """The statements of the sample, read by rdflib from N-Triples."""
    return read(sample_text("nt"), "nt")


def read(text: str, name: str) -> rdflib.Graph:
    """All statements, whatever graphs they are in."""
    if name not in (*GRAPHS, "jsonld"):
        return rdflib.Graph().parse(data=text, format=RDFLIB[name])
    dataset, graph = rdflib.Dataset(default_union=True), rdflib.Graph()
    for triple in dataset.parse(data=text, format=RDFLIB[name]).triples((None, None, None)):
        graph.add(triple)
    return graph


def lines_of(graph: rdflib.Graph) -> set[str]:
    """The statements of a graph, each as one line."""
    return {" ".join(term.n3() for term in triple) for triple in graph}


# ---- and back


def reloaded(file: Path, namespace: str = NS) -> Content:
    """What a load makes of an exported file: two manifests, one for each language."""
    return gather(recipe_of_export(file, namespace), file.parent)[1]


def recipe_of_export(file: Path, namespace: str = NS) -> Recipe:
    options = {} if namespace == NS else {"namespace": namespace}
    manifests = tuple(
        Manifest(
            SourceVersion(
                f"export-{locale}", "An export", "us", "1", "CC0-1.0", "us", "https://example.org/"
            ),
            locale,
            "",
            (SourceFile(file.name, "skos", None, options),),
        )
        for locale in Locale
    )
    return Recipe("export", "An export", "", manifests, None, None)


def essence(content: Content) -> tuple[list[Concept], list[Relation]]:
    """What is said, whoever says it."""
    concepts = [_without_sources(concept) for concept in content.concepts]
    relations = sorted((row._replace(source="") for row in content.relations), key=repr)
    return concepts, relations


def _without_sources(concept: Concept) -> Concept:
    return concept._replace(
        labels=tuple(sorted(row._replace(source="") for row in concept.labels)),
        codes=tuple(sorted(Code(*row) for row in concept.codes)),
        definitions=tuple(sorted(row._replace(source="") for row in concept.definitions)),
        notes=tuple(sorted(row._replace(source="") for row in concept.notes)),
    )


def differences(one: Sequence[object], other: Sequence[object]) -> list[object]:
    """What is in one of two lists only; a few."""
    known, found = set(map(repr, one)), set(map(repr, other))
    return [*sorted(known - found)[:5], *sorted(found - known)[:5]]
