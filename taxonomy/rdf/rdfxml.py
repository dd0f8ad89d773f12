"""RDF/XML, a description for each subject."""

import re
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from taxonomy.rdf.columns import Block, Column, Form
from taxonomy.rdf.iris import Publication, concept_iri, prefixes

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


class RdfXml:
    """Writes RDF/XML, which has no graphs and no control characters: those become U+FFFD."""

    def __init__(self, publication: Publication) -> None:
        self._prefixes = prefixes(publication)

    def head(self) -> str:
        """The root element."""
        names = "".join(f"\n  xmlns:{name}={quoteattr(iri)}" for name, iri in self._prefixes.items())
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'

    def begin(self, graph: str) -> str:
        """There are no graphs in RDF/XML."""
        del graph
        return ""

    def end(self) -> str:
        """There are no graphs in RDF/XML."""
        return ""

    def block(self, block: Block) -> str:
        """The statements of a block."""
        columns = [(column.starts, self._elements(column)) for column in block.columns]
        parts: list[str] = []
        for number, subject in enumerate(_iris(block.form, block.subjects)):
            own: list[str] = []
            for starts, elements in columns:
                first, last = (number, number + 1) if starts is None else starts[number : number + 2]
                own += elements[first:last]
            if own:
                parts += (f"<rdf:Description rdf:about={quoteattr(subject)}>\n", *own, "</rdf:Description>\n")
        return "".join(parts)

    def tail(self) -> str:
        """The end of the root element."""
        return "</rdf:RDF>\n"

    def _elements(self, column: Column) -> list[str]:
        name = self._name(column.predicate)
        if column.form in (Form.CONCEPT, Form.IRI):
            iris = _iris(column.form, column.values)
            return [f"  <{name} rdf:resource={quoteattr(iri)}/>\n" for iri in iris]
        kind = f' xml:lang="{column.tag}"' if column.form is Form.TEXT else ""
        kind = f" rdf:datatype={quoteattr(column.tag)}" if column.form is Form.TYPED else kind
        return [f"  <{name}{kind}>{_text(value)}</{name}>\n" for value in column.values]

    def _name(self, predicate: str) -> str:
        for prefix, namespace in self._prefixes.items():
            if predicate.startswith(namespace) and _NAME.fullmatch(predicate, len(namespace)):
                return f"{prefix}:{predicate[len(namespace) :]}"
        raise AssertionError(f"{predicate} is in no namespace that is declared")


def _iris(form: Form, values: Sequence[str]) -> Sequence[str]:
    return [concept_iri(value) for value in values] if form is Form.CONCEPT else values


def _text(value: str) -> str:
    # A bare carriage return would be read as a line feed.
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value), {"\r": "&#13;"})
