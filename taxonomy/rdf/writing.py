"""A few statements as text in any of the formats of documents: whole, with only the prefixes they need."""

import json
from collections.abc import Iterable
from typing import Final

from taxonomy.rdf.columns import Block
from taxonomy.rdf.iris import Publication
from taxonomy.rdf.jsonld import CONTEXT_PATH, JsonLd
from taxonomy.rdf.ntriples import NTriples
from taxonomy.rdf.rdfxml import RdfXml
from taxonomy.rdf.turtle import Turtle

DOCUMENT_FORMATS: Final = ("ttl", "jsonld", "rdfxml", "nt")


class Writing:
    """Writes documents under the names of a publication; one for all threads."""

    def __init__(self, publication: Publication) -> None:
        self._context = publication.base_url + CONTEXT_PATH
        self._turtle = Turtle(publication)
        self._json = JsonLd(publication)
        self._xml = RdfXml(publication)
        self._lines = NTriples()

    def text(self, blocks: Iterable[Block], format_name: str) -> str:
        """The statements in one of `DOCUMENT_FORMATS`."""
        if format_name == "ttl":
            body = "".join(map(self._turtle.block, blocks))
            return self._turtle.head_for(body) + body
        if format_name == "nt":
            return "".join(map(self._lines.block, blocks))
        if format_name == "rdfxml":
            return self._xml.head() + "".join(map(self._xml.block, blocks)) + self._xml.tail()
        return json.dumps(self.json(blocks), ensure_ascii=False, indent=1) + "\n"

    def json(self, blocks: Iterable[Block]) -> dict[str, object]:
        """The statements as JSON-LD: the context by its address with us, and an object for each subject."""
        nodes = [node for block in blocks for node in self._json.nodes(block)]
        return {"@context": self._context, "@graph": nodes}
