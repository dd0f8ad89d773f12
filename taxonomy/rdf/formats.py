"""The RDF formats of an export: their names, and what writes them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from taxonomy.model.concept import Scheme
from taxonomy.model.errors import BadInput
from taxonomy.rdf.columns import Block
from taxonomy.rdf.dataset import Dataset, Told
from taxonomy.rdf.iris import Publication
from taxonomy.rdf.jsonld import JsonLd
from taxonomy.rdf.ntriples import NTriples
from taxonomy.rdf.rdfxml import RdfXml
from taxonomy.rdf.turtle import Turtle


class Writer(Protocol):
    """Turns blocks into text; between `begin` and `end` they are of one graph."""

    def head(self) -> str:
        """What the file begins with."""
        ...

    def begin(self, graph: str) -> str:
        """What follows is of a graph."""
        ...

    def end(self) -> str:
        """What followed the beginning of a graph is over."""
        ...

    def block(self, block: Block) -> str:
        """The statements of a block."""
        ...

    def tail(self) -> str:
        """What the file ends with."""
        ...


class Format(NamedTuple):
    """A format: its media type, whether it tells graphs apart, and its writer."""

    media_type: str
    has_graphs: bool
    writer: Callable[[Publication], Writer]


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "nt": Format("application/n-triples", has_graphs=False, writer=lambda _: NTriples()),
        "nq": Format("application/n-quads", has_graphs=True, writer=lambda _: NTriples()),
        "ttl": Format("text/turtle", has_graphs=False, writer=Turtle),
        "trig": Format("application/trig", has_graphs=True, writer=Turtle),
        "rdfxml": Format("application/rdf+xml", has_graphs=False, writer=RdfXml),
        "jsonld": Format("application/ld+json", has_graphs=False, writer=JsonLd),
    }
)
"""The formats by the names that the command line and addresses use."""


def export(
    dataset: Dataset,
    format_name: str,
    *,
    graph: str | None = None,
    schemes: Collection[Scheme] | None = None,
    tell: Told | None = None,
) -> Iterator[str]:
    """The text of an export, piece by piece: all graphs or one, all concepts or those of some schemes.

    The same release under the same names always gives the same text. Raises `BadInput` for a graph that
    there is not.
    """
    if graph is not None and graph not in dataset.graphs:
        raise BadInput(f"there is no graph {graph!r} in this release; there are {', '.join(dataset.graphs)}")
    format_ = FORMATS[format_name]
    return _written(dataset, format_, graph, schemes, tell)


def _written(
    dataset: Dataset,
    format_: Format,
    graph: str | None,
    schemes: Collection[Scheme] | None,
    tell: Told | None,
) -> Iterator[str]:
    writer = format_.writer(dataset.publication)
    yield writer.head()
    if format_.has_graphs:
        for name in dataset.graphs if graph is None else (graph,):
            yield from _graph(dataset, writer, name, schemes, tell)
    else:
        yield from map(writer.block, dataset.blocks(graph, schemes, tell))
    yield writer.tail()


def _graph(
    dataset: Dataset, writer: Writer, name: str, schemes: Collection[Scheme] | None, tell: Told | None
) -> Iterator[str]:
    """One graph; nothing if it has no statements."""
    begun = False
    for block in dataset.blocks(name, schemes, tell):
        if not begun:
            begun = True
            yield writer.begin(dataset.publication.graph(name))
        yield writer.block(block)
    if begun:
        yield writer.end()
