"""Statements as columns: what generation hands to writers, a page of subjects at a time."""

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Starts = NDArray[np.integer]
Kept = NDArray[np.bool_]


class Form(Enum):
    """What the values of a column are."""

    CONCEPT = "ids of concepts"
    IRI = "IRIs"
    TEXT = "texts in the language that is the tag"
    TYPED = "literals of the datatype that is the tag"
    PLAIN = "literals without language and datatype"


class Column(NamedTuple):
    """Statements with one predicate: those of subject i are values `starts[i]` to `starts[i + 1]`.

    `starts` is None when each subject has exactly one value.
    """

    predicate: str
    form: Form
    tag: str
    starts: Sequence[int] | None
    values: Sequence[str]


class Block(NamedTuple):
    """Statements on some subjects, `Form.CONCEPT` or `Form.IRI`; columns of one predicate are neighbours."""

    form: Form
    subjects: Sequence[str]
    columns: Sequence[Column]

    @property
    def size(self) -> int:
        """How many statements these are."""
        return sum(len(column.values) for column in self.columns)


def only(starts: Starts, values: Sequence[str], kept: Kept | None) -> tuple[list[int], Sequence[str]]:
    """Where lists begin and what they hold, of the rows that are kept; None keeps all."""
    if kept is None or kept.all():
        return starts.tolist(), values
    before = np.zeros(len(kept) + 1, np.int64)
    np.cumsum(kept, out=before[1:])
    return before[starts].tolist(), list(compress(values, kept.tolist()))


def single(subject: str, statements: Iterable[tuple[str, Form, str, Sequence[str]]]) -> Block:
    """A block about one subject, of (predicate, form, tag, values); without those that have no value."""
    columns = []
    for predicate, form, tag, values in statements:
        distinct = tuple(dict.fromkeys(values))
        if distinct:
            columns.append(Column(predicate, form, tag, (0, len(distinct)), distinct))
    return Block(Form.IRI, (subject,), columns)
