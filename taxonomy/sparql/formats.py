"""The forms that results can be given in: names, media types, and what the engine calls them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat

SOLUTIONS: Final[Mapping[str, QueryResultsFormat]] = MappingProxyType(
    {
        "application/sparql-results+json": QueryResultsFormat.JSON,
        "application/sparql-results+xml": QueryResultsFormat.XML,
        "text/csv": QueryResultsFormat.CSV,
        "text/tab-separated-values": QueryResultsFormat.TSV,
    }
)
"""Of SELECT and ASK, by media type, the one that is given to those who do not care first."""
GRAPHS: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {
        "text/turtle": RdfFormat.TURTLE,
        "application/ld+json": RdfFormat.JSON_LD,
        "application/rdf+xml": RdfFormat.RDF_XML,
        "application/n-triples": RdfFormat.N_TRIPLES,
        "application/n-quads": RdfFormat.N_QUADS,
        "application/trig": RdfFormat.TRIG,
    }
)
"""Of CONSTRUCT and DESCRIBE, by media type, likewise."""
NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "json": "application/sparql-results+json",
        "xml": "application/sparql-results+xml",
        "csv": "text/csv",
        "tsv": "text/tab-separated-values",
        "ttl": "text/turtle",
        "jsonld": "application/ld+json",
        "rdfxml": "application/rdf+xml",
        "nt": "application/n-triples",
        "nq": "application/n-quads",
        "trig": "application/trig",
    }
)
"""The media types of both by the names that the command line uses, as an export does."""
