"""Relations as adjacency arrays, seen from either end."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import Direction, Relation, RelationKind
from taxonomy.snapshot.arrays import (
    Adjacency,
    Arrays,
    Ints,
    Texts,
    code_of,
    coded,
    pointers,
    transposed,
)
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES


def adjacencies(relations: Sequence[Relation], number: Mapping[ConceptId, int]) -> Arrays:
    """The arrays of `Adjacency` for every kind and direction, and the names of the sources."""
    rows = transposed(Relation, relations)
    sources = sorted(set(rows.source))
    kind = coded(rows.kind, code_of(tuple(RelationKind)), np.uint8)
    columns = _columns(rows, number, sources)
    arrays = Texts.of(sources).arrays("relation/sources")
    for code, name in enumerate(RelationKind):
        of_kind = np.flatnonzero(kind == code)
        some = Adjacency._make(values[of_kind] for values in columns)
        for direction in Direction:
            arrays |= _seen(direction, some, len(number)).arrays(f"relation/{name}/{direction}")
    return arrays


def _columns(rows: Any, number: Mapping[ConceptId, int], sources: Sequence[str]) -> Adjacency:
    """The columns in the order of the rows; `start` holds the subjects, `target` the objects."""
    return Adjacency(
        coded(rows.subject, number, np.int32),
        coded(rows.object, number, np.int32),
        coded(rows.provenance, code_of(PROVENANCES), np.uint8),
        coded(rows.necessity, code_of(NECESSITIES), np.uint8),
        coded(rows.level, _or_0(rows.level), np.uint8),
        coded(rows.rank, _or_0(rows.rank), np.int32),
        coded(rows.source, code_of(sources), np.uint8),
    )


def _or_0(values: Sequence[int | None]) -> dict[int | None, int]:
    return {value: value or 0 for value in set(values)}


def _seen(direction: Direction, columns: Adjacency, count: int) -> Adjacency:
    own, other = columns.start, columns.target
    if direction is Direction.IN:
        own, other = other, own
    order = _order(own, other, columns)
    rest = (values[order] for values in columns[2:])
    return Adjacency._make((pointers(own, count), other[order], *rest))


def _order(own: Ints, other: Ints, columns: Adjacency) -> Ints:
    # Strong substitutability, strong provenance and high rank first; then by name.
    order = np.lexsort((other, columns.rank, columns.provenance, 255 - columns.level, own))
    return order.astype(np.int32)
