"""What the endpoint says of itself, in the words of SPARQL 1.1 Service Description."""

import io
from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from taxonomy.model.linked_data import SD, TYPE
from taxonomy.rdf.columns import Block, Form, single
from taxonomy.rdf.ntriples import NTriples
from taxonomy.sparql.formats import GRAPHS

_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "RDF_XML",
    "N-Triples",
    "N-Quads",
    "TriG",
)


def description(endpoint: str, graphs: Sequence[str], media_type: str) -> bytes:
    """The service at an address: its named graphs, and the default one, their union; as one of `GRAPHS`."""
    lines = "".join(map(NTriples().block, _statements(endpoint, graphs)))
    statements = ox.parse(lines, ox.RdfFormat.N_TRIPLES)
    text = io.BytesIO()
    ox.serialize(statements, text, GRAPHS[media_type], prefixes={"sd": SD, "formats": _FORMATS})
    return text.getvalue()


def _statements(endpoint: str, graphs: Sequence[str]) -> Iterator[Block]:
    dataset, default = f"{endpoint}#dataset", f"{endpoint}#default-graph"
    named = [(name, f"{endpoint}#graph-{number}") for number, name in enumerate(graphs, 1)]
    yield single(
        endpoint,
        [
            (TYPE, Form.IRI, "", [f"{SD}Service"]),
            (f"{SD}endpoint", Form.IRI, "", [endpoint]),
            (f"{SD}supportedLanguage", Form.IRI, "", [f"{SD}SPARQL11Query"]),
            (f"{SD}feature", Form.IRI, "", [f"{SD}UnionDefaultGraph"]),
            (f"{SD}resultFormat", Form.IRI, "", [f"{_FORMATS}{name}" for name in _RESULTS]),
            (f"{SD}defaultDataset", Form.IRI, "", [dataset]),
        ],
    )
    yield single(
        dataset,
        [
            (TYPE, Form.IRI, "", [f"{SD}Dataset"]),
            (f"{SD}defaultGraph", Form.IRI, "", [default]),
            (f"{SD}namedGraph", Form.IRI, "", [about for _, about in named]),
        ],
    )
    yield single(default, [(TYPE, Form.IRI, "", [f"{SD}Graph"])])
    for name, about in named:
        kinds = [f"{SD}NamedGraph", f"{SD}Graph"]
        yield single(about, [(TYPE, Form.IRI, "", kinds), (f"{SD}name", Form.IRI, "", [name])])
