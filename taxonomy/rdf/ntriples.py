"""N-Triples and N-Quads: a line for each statement."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from taxonomy.rdf.columns import Block, Column, Form
from taxonomy.rdf.iris import concept_iri
from taxonomy.rdf.literals import bracketed, literals

_KEPT: Final = 1 << 17


class NTriples:
    """Writes N-Triples; within a graph, N-Quads."""

    def __init__(self) -> None:
        self._end = " .\n"

    def head(self) -> str:
        """What the file begins with."""
        return ""

    def begin(self, graph: str) -> str:
        """What follows is of a graph."""
        self._end = f" <{graph}> .\n"
        return ""

    def end(self) -> str:
        """What followed the beginning of a graph is over."""
        self._end = " .\n"
        return ""

    def block(self, block: Block) -> str:
        """The statements of a block."""
        end = self._end
        lines: list[str] = []
        write = lines.append
        columns = [(f" <{column.predicate}> ", *_lists(column)) for column in block.columns]
        for number, subject in enumerate(terms(block.form, block.subjects)):
            for predicate, starts, objects in columns:
                if starts is None:
                    write(f"{subject}{predicate}{objects[number]}{end}")
                    continue
                first, last = starts[number], starts[number + 1]
                if first + 1 == last:
                    write(f"{subject}{predicate}{objects[first]}{end}")
                elif first != last:
                    before = f"{subject}{predicate}"
                    lines += [f"{before}{text}{end}" for text in objects[first:last]]
        return "".join(lines)

    def tail(self) -> str:
        """What the file ends with."""
        return ""


def _lists(column: Column) -> tuple[Sequence[int] | None, list[str]]:
    return column.starts, terms(column.form, column.values, column.tag)


def terms(form: Form, values: Sequence[str], tag: str = "") -> list[str]:
    """The values of a column as terms."""
    if form is Form.CONCEPT:
        return list(map(concept_term, values))
    if form is Form.IRI:
        return bracketed(values)
    if form is Form.TEXT:
        return literals(values, f"@{tag}")
    return literals(values, f"^^<{tag}>" if form is Form.TYPED else "")


@lru_cache(_KEPT)
def concept_term(concept: str) -> str:
    """The publisher's URI of a concept, between angle brackets."""
    return f"<{concept_iri(concept)}>"
