"""JSON-LD, compacted with our own context: an object for each subject, pleasant as plain JSON.

The context is a file of this package, published as `<namespace>context/1` and never changed in a way that
would read an older document differently; a change of that kind is `context/2`.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from taxonomy.model.linked_data import BOOLEAN, DEFAULT_NAMESPACE, INTEGER, TYPE
from taxonomy.rdf.columns import Block, Column, Form
from taxonomy.rdf.iris import Publication, concept_iri

CONTEXT_FILE: Final = Path(__file__).with_name("context-1.jsonld")
CONTEXT_PATH: Final = "context/1"
"""Where the context is, below the namespace and below the address of the service."""


class _Term(NamedTuple):
    """A term of the context: its name, whether it always has a list, and what is taken off its IRIs."""

    name: str
    is_list: bool
    vocabulary: str


def context(publication: Publication) -> dict[str, Any]:
    """The published context, `{"@context": ...}`, for the namespace of a publication."""
    text = CONTEXT_FILE.read_text("utf-8").replace(DEFAULT_NAMESPACE, publication.namespace)
    found: dict[str, Any] = json.loads(text)
    return found


class JsonLd:
    """Writes JSON-LD; with `reference`, the context is named by that address and not written out."""

    def __init__(self, publication: Publication, reference: str = "") -> None:
        self._context = context(publication)["@context"]
        self._reference = reference
        self._terms = dict(self._read())
        self._classes = {
            self._expanded(iri): name for name, iri in self._context.items() if isinstance(iri, str)
        }
        self._apart = "\n"

    def head(self) -> str:
        """The context, and the beginning of the list of subjects."""
        self._apart = "\n"
        said = json.dumps(self._reference or self._context, ensure_ascii=False)
        return f'{{"@context": {said},\n"@graph": ['

    def begin(self, graph: str) -> str:
        """What we write has no graphs."""
        del graph
        return ""

    def end(self) -> str:
        """What we write has no graphs."""
        return ""

    def block(self, block: Block) -> str:
        """The statements of a block, a subject a line."""
        parts: list[str] = []
        for node in self.nodes(block):
            parts += (self._apart, json.dumps(node, ensure_ascii=False))
            self._apart = ",\n"
        return "".join(parts)

    def tail(self) -> str:
        """The end of the list."""
        return "\n]}\n"

    def nodes(self, block: Block) -> Iterator[dict[str, Any]]:
        """An object for each subject."""
        columns = [(column, self._term(column), self._values(column)) for column in block.columns]
        subjects = _iris(block.form, block.subjects)
        for number, subject in enumerate(subjects):
            node: dict[str, Any] = {"id": subject}
            for column, term, values in columns:
                starts = column.starts
                first, last = (number, number + 1) if starts is None else starts[number : number + 2]
                if first != last:
                    _put(node, column, term, values[first:last])
            if len(node) > 1:
                yield node

    def _values(self, column: Column) -> Sequence[Any]:
        if column.predicate == TYPE:
            return [self._classes.get(iri, iri) for iri in column.values]
        if column.form in (Form.CONCEPT, Form.IRI):
            return self._references(column)
        if column.form is Form.TYPED and column.tag == INTEGER:
            return [int(value) for value in column.values]
        if column.form is Form.TYPED and column.tag == BOOLEAN:
            return [value == "true" for value in column.values]
        return [self._literal(column, value) for value in column.values]

    def _references(self, column: Column) -> Sequence[Any]:
        iris, term = _iris(column.form, column.values), self._term(column)
        if term.name == column.predicate:
            return [{"@id": iri} for iri in iris]
        return [iri.removeprefix(term.vocabulary) for iri in iris] if term.vocabulary else iris

    def _literal(self, column: Column, value: str) -> Any:
        if self._term(column).name != column.predicate:
            return value
        tag = {Form.TEXT: "@language", Form.TYPED: "@type"}.get(column.form)
        return {"@value": value, tag: column.tag} if tag else {"@value": value}

    def _term(self, column: Column) -> _Term:
        """The term that says just this; else the predicate itself, with values that say what they are."""
        if column.predicate == TYPE:
            return _Term("type", is_list=True, vocabulary="")
        sort = _SORTS[column.form]
        if column.form is Form.TYPED and column.tag not in (INTEGER, BOOLEAN):
            sort = column.tag
        return self._terms.get((column.predicate, sort)) or _Term(
            column.predicate, is_list=True, vocabulary=""
        )

    def _read(self) -> Iterator[tuple[tuple[str, str], _Term]]:
        """Which term stands for which predicate and sort of values."""
        for name, meaning in self._context.items():
            facts = {"@id": meaning} if isinstance(meaning, str) else meaning
            if name.startswith("@") or not isinstance(facts, dict) or facts["@id"].startswith("@"):
                continue
            containers = facts.get("@container", ())
            sort = "@language" if "@language" in containers else facts.get("@type", "")
            vocabulary = facts.get("@context", {}).get("@vocab", "")
            term = _Term(name, is_list="@set" in containers, vocabulary=vocabulary)
            yield (self._expanded(facts["@id"]), "@id" if sort == "@vocab" else sort), term

    def _expanded(self, compact: str) -> str:
        prefix, _, rest = compact.partition(":")
        namespace = self._context.get(prefix)
        return namespace + rest if isinstance(namespace, str) and not rest.startswith("//") else compact


_SORTS: Final = {
    Form.CONCEPT: "@id",
    Form.IRI: "@id",
    Form.TEXT: "@language",
    Form.TYPED: "",
    Form.PLAIN: "",
}


def _put(node: dict[str, Any], column: Column, term: _Term, values: Sequence[Any]) -> None:
    if column.form is Form.TEXT and term.name != column.predicate:
        node.setdefault(term.name, {})[column.tag] = (
            list(values) if term.is_list or len(values) > 1 else values[0]
        )
    elif term.is_list or len(values) > 1 or term.name in node:
        known = node.get(term.name, [])
        node[term.name] = [*(known if isinstance(known, list) else [known]), *values]
    else:
        node[term.name] = values[0]


def _iris(form: Form, values: Sequence[str]) -> Sequence[str]:
    return [concept_iri(value) for value in values] if form is Form.CONCEPT else values
