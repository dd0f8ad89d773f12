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
        columns = [(f" <{column.predicate}> ", *_lists(column)) for column in block.columns]
        subjects = terms(block.form, block.subjects)
        if all(starts is None for _, starts, _ in columns):
            return self._dense(subjects, [(predicate, objects) for predicate, _, objects in columns])
        end, parts = self._end, [""]
        for number, subject in enumerate(subjects):
            for predicate, starts, objects in columns:
                if starts is None:
                    parts += (subject, predicate, objects[number], end)
                    continue
                first, last = starts[number], starts[number + 1]
                if first + 1 == last:
                    parts += (subject, predicate, objects[first], end)
                elif first != last:
                    parts += (
                        subject,
                        predicate,
                        f"{end}{subject}{predicate}".join(objects[first:last]),
                        end,
                    )
        return "".join(parts)

    def _dense(self, subjects: Sequence[str], columns: Sequence[tuple[str, list[str]]]) -> str:
        """A block in which every subject has one object of each predicate: one pattern for all of them."""
        around = [(_literal(predicate), _literal(self._end)) for predicate, _ in columns]
        pattern = "".join(f"%s{predicate}%s{end}" for predicate, end in around)
        pairs = [texts for _, objects in columns for texts in (subjects, objects)]
        return "".join([pattern % row for row in zip(*pairs, strict=True)])

    def tail(self) -> str:
        """What the file ends with."""
        return ""


def _literal(text: str) -> str:
    """A text as a part of a `%` pattern."""
    return text.replace("%", "%%")


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
