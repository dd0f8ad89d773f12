"""All statements of a release: graph by graph, or of all graphs together, a page at a time."""

from collections.abc import Callable, Collection, Iterator

from taxonomy.model.concept import Scheme
from taxonomy.rdf.columns import Block
from taxonomy.rdf.concepts import concept_block
from taxonomy.rdf.descriptions import blocks_before
from taxonomy.rdf.iris import CLASSIFICATIONS, OUR_GRAPHS, Publication
from taxonomy.rdf.nodes import node_blocks
from taxonomy.rdf.observations import observation_blocks
from taxonomy.rdf.pages import Tables
from taxonomy.snapshot import Snapshot

Told = Callable[[int], None]
"""Called with the number of concepts that are done."""


class Dataset:
    """The statements of one release under the names of a publication; immutable."""

    def __init__(self, snapshot: Snapshot, publication: Publication) -> None:
        self.snapshot = snapshot
        self.publication = publication
        self.tables = Tables(snapshot, publication)

    @property
    def iri(self) -> str:
        """The name of the release as a data set: the same wherever the same is said."""
        return f"{self.publication.namespace}dataset/{self.snapshot.release.content_hash[:8]}"

    @property
    def graphs(self) -> tuple[str, ...]:
        """The names of the graphs in the order in which they are written: sources, then ours."""
        return (*self.tables.graphs, *OUR_GRAPHS)

    def blocks(
        self, graph: str | None = None, schemes: Collection[Scheme] | None = None, tell: Told | None = None
    ) -> Iterator[Block]:
        """The statements of one graph, or of all together; of the concepts of some schemes, or of all."""
        for block in blocks_before(self.tables, graph, schemes):
            if block.size:
                yield block
        for page in self.tables.pages(schemes, graph):
            block = concept_block(page)
            if block.size:
                yield block
            if graph != CLASSIFICATIONS:
                yield from (block for block in node_blocks(page) if block.size)
                yield from observation_blocks(page)
            if tell:
                tell(page.count)
