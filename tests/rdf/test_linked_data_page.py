"""docs/linked-data.md: its Turtle is what the sample says, its tables are what the code does."""

import json
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import FOAF, RDF

from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.documents import Documents
from taxonomy.rdf.formats import FORMATS
from taxonomy.rdf.statistics import statistics
from taxonomy.rdf.turtle import Turtle
from tests.builders import real_esco_snapshot
from tests.rdf.published import OXIGRAPH, PUBLICATION, read, sample_dataset, sample_graph, sample_text

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "linked-data.md").read_text("utf-8")
TURTLE = re.findall(r"^```turtle\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_there_are_examples() -> None:
    assert len(TURTLE) == 9


@pytest.mark.parametrize("number", range(len(TURTLE)))
def test_every_statement_that_is_shown_is_one_of_the_sample(number: int) -> None:
    shown = read(Turtle(PUBLICATION).head() + TURTLE[number], "ttl")
    known = set(sample_graph())
    for document in shown.subjects(RDF.type, FOAF.Document):
        dataset = sample_dataset()
        concept = dataset.snapshot.index[str(document).rpartition("/")[2]]
        known |= set(read(Documents(dataset).text(concept, "nt"), "nt"))
    assert len(shown) > 0
    assert set(shown) - known == set()


def test_the_json_that_is_shown_is_part_of_what_is_written() -> None:
    shown = json.loads(re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0])
    (node,) = (node for node in json.loads(sample_text("jsonld"))["@graph"] if node["id"] == shown["id"])
    assert {name: node[name] for name in shown} == shown


def test_every_format_is_in_the_table() -> None:
    assert re.findall(r"^\| `(\w+)` \| `\.", PAGE, re.MULTILINE) == [*FORMATS, "sssom"]


def test_every_statement_is_in_exactly_one_graph() -> None:
    quads = Counter(str(quad.triple) for quad in ox.parse(sample_text("nq"), format=OXIGRAPH["nq"]))
    assert set(quads.values()) == {1}


def test_the_counts_of_the_graphs_are_those_of_the_publishers_files(real_data: Path) -> None:
    counted = statistics(Dataset(real_esco_snapshot(real_data), PUBLICATION)).graphs
    ours = {name: counted[name] for name in ("mappings", "derived", "classifications")}
    shown = dict(re.findall(r"^\| `graph:(\w+)` \|.*\| ([\d,]+) \|$", PAGE, re.MULTILINE))
    sources = re.search(r"^\| `graph:jobtech-27`.*\| ([\d,]+) \|$", PAGE, re.MULTILINE)
    assert {name: int(count.replace(",", "")) for name, count in shown.items()} == ours
    assert sources is not None
    assert int(sources[1].replace(",", "")) == sum(counted.values()) - sum(ours.values())
