"""Turtle and TriG, grouped by subject."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from taxonomy.model.ids import ESCO_NAMESPACE, JOBTECH_NAMESPACE
from taxonomy.model.linked_data import BOOLEAN, INTEGER, TYPE
from taxonomy.rdf.columns import Block, Column, Form
from taxonomy.rdf.iris import PREFIXES, Publication, concept_iri, prefixes
from taxonomy.rdf.literals import bracketed, literals

_KEPT: Final = 1 << 17
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_OF_CONCEPTS: Final = {
    namespace: f"{prefix}:"
    for prefix, namespace in PREFIXES.items()
    if namespace == JOBTECH_NAMESPACE or namespace.startswith(ESCO_NAMESPACE)
}
_NEXT: Final = " ;\n    "

_Objects = tuple[Sequence[int] | None, list[str]]


class Turtle:
    """Writes Turtle; within graphs, TriG."""

    def __init__(self, publication: Publication) -> None:
        self._prefixes = prefixes(publication)
        self._lines = [
            (f"{prefix}:", f"@prefix {prefix}: <{iri}> .\n") for prefix, iri in self._prefixes.items()
        ]
        self._names: dict[str, str] = {}

    def head(self) -> str:
        """The prefixes."""
        return "".join(line for _, line in self._lines)

    def head_for(self, body: str) -> str:
        """The prefixes that a text uses, or seems to."""
        return "".join([line for start, line in self._lines if start in body])

    def begin(self, graph: str) -> str:
        """What follows is of a graph."""
        return f"\nGRAPH {self.name(graph)} {{\n"

    def end(self) -> str:
        """What followed the beginning of a graph is over."""
        return "}\n"

    def block(self, block: Block) -> str:
        """The statements of a block."""
        groups = self._groups(block.columns)
        if all(len(group) == 1 and group[0][0] is None for _, group in groups):
            return self._dense(block, [(predicate, group[0][1]) for predicate, group in groups])
        parts: list[str] = []
        write = parts.append
        for number, subject in enumerate(self._terms(block.form, block.subjects)):
            before = f"\n{subject} "
            for predicate, group in groups:
                objects = _objects(group, number)
                if objects:
                    write(f"{before}{predicate} {objects}")
                    before = _NEXT
            if before is _NEXT:
                write(" .\n")
        return "".join(parts)

    def _dense(self, block: Block, columns: Sequence[tuple[str, list[str]]]) -> str:
        """A block in which every subject has one object of each predicate: one pattern for all of them."""
        pattern = _NEXT.join(f"{predicate.replace('%', '%%')} %s" for predicate, _ in columns)
        rows = zip(self._terms(block.form, block.subjects), *(objects for _, objects in columns), strict=True)
        return "".join([f"\n%s {pattern} .\n" % row for row in rows])

    def tail(self) -> str:
        """What the file ends with."""
        return ""

    def name(self, iri: str) -> str:
        """An IRI, with a prefix if there is one that fits."""
        found = self._names.get(iri)
        if found is None:
            found = self._names[iri] = self._shortened(iri)
        return found

    def _shortened(self, iri: str) -> str:
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def _groups(self, columns: Sequence[Column]) -> list[tuple[str, list[_Objects]]]:
        """The columns of each predicate, which are neighbours."""
        groups: list[tuple[str, list[_Objects]]] = []
        for column in columns:
            predicate = "a" if column.predicate == TYPE else self.name(column.predicate)
            if not groups or groups[-1][0] != predicate:
                groups.append((predicate, []))
            values = self._terms(column.form, column.values, column.tag, self.name)
            groups[-1][1].append((column.starts, values))
        return groups

    def _terms(
        self, form: Form, values: Sequence[str], tag: str = "", name: Callable[[str], str] | None = None
    ) -> list[str]:
        """The values of a column as terms; `name` shortens IRIs that are said again and again."""
        if form is Form.CONCEPT:
            return list(map(concept_name, values))
        if form is Form.IRI:
            return list(map(name, values)) if name else bracketed(values)
        if form is Form.TEXT:
            return literals(values, f"@{tag}")
        if form is Form.TYPED and tag in (INTEGER, BOOLEAN):
            return list(values)
        return literals(values, f"^^{self.name(tag)}" if form is Form.TYPED else "")


def _objects(group: Sequence[_Objects], number: int) -> str:
    """What one subject has of one predicate, parted by commas."""
    found = ""
    for starts, objects in group:
        if starts is None:
            text = objects[number]
        else:
            first, last = starts[number], starts[number + 1]
            if first == last:
                continue
            text = objects[first] if first + 1 == last else ", ".join(objects[first:last])
        found = f"{found}, {text}" if found else text
    return found


@lru_cache(_KEPT)
def concept_name(concept: str) -> str:
    """A concept with the prefix of its publisher: `jt:bXNH_MNX_dUR`."""
    iri = concept_iri(concept)
    for namespace, prefix in _OF_CONCEPTS.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return prefix + iri[len(namespace) :]
    return f"<{iri}>"
