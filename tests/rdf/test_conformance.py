"""SHACL over the publishers' files: `make conformance`, which takes about ten minutes.

pyshacl looks at rdflib's graphs, of which one with a million statements takes gigabytes; so the export is
held against the shapes in pieces. Beside a piece stand the classes of what it speaks of: shapes ask for them.
"""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.ntriples import NTriples
from tests.builders import real_esco_snapshot
from tests.rdf.published import PUBLICATION, statements
from tests.rdf.test_shapes import SHAPES

PIECE = 12
"""Blocks a piece: each has at most 4,000 subjects."""


def pieces(dataset: Dataset) -> Iterator[str]:
    blocks = dataset.blocks()
    while piece := list(islice(blocks, PIECE)):
        yield "".join(map(NTriples().block, piece))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(
    os.environ.get("TAXONOMY_REQUIRE_CONFORMANCE") != "1", reason="it takes minutes: `make conformance`"
)
def test_the_publishers_files_conform(real_data: Path) -> None:
    dataset = Dataset(real_esco_snapshot(real_data), PUBLICATION)
    type_ = f"<{RDF.type}>"
    classes = [line for line in statements(dataset.blocks()) if line.split(" ", 2)[1] == type_]
    for number, piece in enumerate(pieces(dataset)):
        subjects = {line.split(" ", 1)[0] for line in piece.splitlines()}
        graph = rdflib.Graph()
        graph.parse(data=piece + "\n".join(_needed(classes, subjects, piece)), format="nt")
        _, results, _ = pyshacl.validate(graph, shacl_graph=SHAPES)
        assert isinstance(results, rdflib.Graph)
        # Of what only has its class here, everything else is missing.
        wrong = [
            f"{results.value(result, SH.focusNode)}: {results.value(result, SH.resultMessage)}"
            for result in results.subjects(RDF.type, SH.ValidationResult)
            if f"<{results.value(result, SH.focusNode)}>" in subjects
        ]
        assert wrong == [], f"piece {number}"


def _needed(classes: list[str], subjects: set[str], piece: str) -> Iterator[str]:
    """The classes of what a piece speaks of and does not describe."""
    objects = {line[:-2].rsplit(" ", 1)[-1] for line in piece.splitlines() if line.endswith("> .")}
    return (line for line in classes if line.split(" ", 1)[0] in objects - subjects)
