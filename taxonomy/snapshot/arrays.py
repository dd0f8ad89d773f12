"""The shapes that a snapshot is made of: texts, lists per concept, adjacency."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Small = NDArray[np.uint8]
Arrays = dict[str, NDArray[Any]]

NONE: Final = 255
"""The code of "nothing" in a column of small numbers."""

SEPARATOR: Final = "\0"

_T = TypeVar("_T")


class Texts:
    """Many texts as one block of UTF-8: text i is `blob[offsets[i]:offsets[i + 1] - 1]`, then comes a NUL."""

    __slots__ = ("blob", "offsets")

    def __init__(self, offsets: Ints, blob: Small) -> None:
        self.offsets = offsets
        self.blob = blob

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """The column of these texts."""
        rows = list(texts)
        blob = np.frombuffer((SEPARATOR.join(rows) + SEPARATOR).encode() if rows else b"", np.uint8)
        ends = np.flatnonzero(blob == 0)
        if len(ends) != len(rows):  # texts with a NUL of their own
            ends = np.cumsum([len(text.encode()) + 1 for text in rows]) - 1
        return cls(np.concatenate((np.zeros(1, np.int32), ends + 1)).astype(np.int32), blob)

    @classmethod
    def from_arrays(cls, name: str, arrays: Mapping[str, NDArray[Any]]) -> "Texts":
        """The column stored under a name."""
        return cls(arrays[f"{name}/offsets"], arrays[f"{name}/blob"])

    def arrays(self, name: str) -> Arrays:
        """What is stored under a name."""
        return {f"{name}/offsets": self.offsets, f"{name}/blob": self.blob}

    def __getitem__(self, position: int) -> str:
        start, end = self.offsets[position], self.offsets[position + 1]
        return self.blob[start : end - 1].tobytes().decode()

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def decoded(self) -> tuple[str, ...]:
        """All texts as Python strings, for columns that every request reads."""
        return tuple(self.between(0, len(self)))

    def between(self, first: int, last: int) -> list[str]:
        """The texts from one position up to another, as Python strings."""
        blob = self.blob[self.offsets[first] : self.offsets[last]]
        texts = blob.tobytes().decode().split(SEPARATOR)[:-1]
        return texts if len(texts) == last - first else [self[row] for row in range(first, last)]


def column(values: Iterable[Any], dtype: type[np.generic], count: int) -> NDArray[Any]:
    """A column of `count` numbers; a number that does not fit raises `OverflowError`."""
    return np.fromiter(values, dtype, count)


def coded(values: Sequence[Any], code: Mapping[Any, int], dtype: type[np.generic]) -> NDArray[Any]:
    """A column of the codes of these values."""
    return column(map(code.__getitem__, values), dtype, len(values))


def transposed(row_type: Any, rows: Sequence[Any]) -> Any:
    """Rows of a named tuple as one named tuple of columns."""
    # One pass over the rows, which lie scattered in memory, instead of one per column.
    return row_type._make(zip(*rows, strict=True) if rows else ((),) * len(row_type._fields))


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The values, each once, sorted: `np.unique` without its import of all of `numpy.ma`."""
    ordered = np.sort(values)
    new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def pointers(owners: Ints, count: int) -> Ints:
    """Where each owner's entries begin in a column sorted by owner: `count + 1` positions."""
    return starts(np.bincount(owners, minlength=count))


def starts(lengths: NDArray[np.integer[Any]]) -> Ints:
    """Where lists of these lengths begin when they are laid end to end, and where the last one ends."""
    found = np.zeros(len(lengths) + 1, np.int32)
    np.cumsum(lengths, out=found[1:])
    return found


def stretches(first: NDArray[np.integer[Any]], lengths: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """The numbers `first[i]` to `first[i] + lengths[i]` of all i, one stretch after the other."""
    begin = starts(lengths)
    return np.repeat(first - begin[:-1], lengths) + np.arange(begin[-1])


class Adjacency(NamedTuple):
    """Relations of one kind in one direction: those of concept i are rows `start[i]` to `start[i + 1]`.

    A concept's rows come by falling level, then provenance (strongest first), rank (none first), target.
    """

    start: Ints
    target: Ints
    provenance: Small
    necessity: Small
    level: Small
    rank: Ints
    source: Small

    def rows(self, concept: int) -> range:
        """The rows of a concept."""
        start = self.start
        return range(int(start[concept]), int(start[concept + 1]))

    def of(self, concept: int) -> list[int]:
        """The concepts at the other end, in the stated order of this adjacency."""
        found: list[int] = self.of_one(concept).tolist()
        return found

    def of_one(self, concept: int) -> Ints:
        """`of` as an array."""
        start = self.start
        return self.target[start[concept] : start[concept + 1]]

    def of_many(self, concepts: Ints) -> Ints:
        """The concepts at the other end of all relations of these, one concept's after the other's."""
        return self.target[self.rows_of_many(concepts)[1]]

    def rows_of_many(self, concepts: Ints) -> tuple[Ints, NDArray[np.int64]]:
        """All rows of these concepts: whose each is, and the row."""
        first = self.start[concepts]
        lengths = self.start[concepts + 1] - first
        return np.repeat(concepts, lengths), stretches(first, lengths)

    def degree(self, concept: int) -> int:
        """How many rows a concept has."""
        return int(self.start[concept + 1] - self.start[concept])

    def arrays(self, prefix: str) -> Arrays:
        """What is stored under a prefix."""
        return {f"{prefix}/{name}": getattr(self, name) for name in self._fields}

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[Any]]) -> "Adjacency":
        """The adjacency stored under a prefix."""
        return cls._make(arrays[f"{prefix}/{name}"] for name in cls._fields)


def code_of(values: Sequence[_T]) -> dict[_T | None, int]:
    """Small numbers for a column's values, in their order; `NONE` for nothing."""
    return {None: NONE, **{value: number for number, value in enumerate(values)}}
