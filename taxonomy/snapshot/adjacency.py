"""Relations as adjacency arrays, seen from either end."""

from collections.abc import Mapping, Sequence

import numpy as np

from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import Direction, Relation, RelationKind
from taxonomy.snapshot.arrays import Adjacency, Arrays, Ints, Texts, code_of, column, pointers
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES


def adjacencies(relations: Sequence[Relation], number: Mapping[ConceptId, int]) -> Arrays:
    """The arrays of `Adjacency` for every kind and direction, and the names of the sources."""
    sources = sorted({relation.source for relation in relations})
    by_kind: dict[RelationKind, list[Relation]] = {kind: [] for kind in RelationKind}
    for relation in relations:
        by_kind[relation.kind].append(relation)
    arrays = Texts.of(sources).arrays("relation/sources")
    for kind, rows in by_kind.items():
        columns = _columns(rows, number, sources)
        for direction in Direction:
            arrays |= _seen(direction, columns, len(number)).arrays(f"relation/{kind}/{direction}")
    return arrays


def _columns(rows: Sequence[Relation], number: Mapping[ConceptId, int], sources: Sequence[str]) -> Adjacency:
    """The columns in the order of the rows; `start` holds the subjects, `target` the objects."""
    provenance, necessity, source = code_of(PROVENANCES), code_of(NECESSITIES), code_of(sources)
    count = len(rows)
    return Adjacency(
        column((number[row.subject] for row in rows), np.int32, count),
        column((number[row.object] for row in rows), np.int32, count),
        column((provenance[row.provenance] for row in rows), np.uint8, count),
        column((necessity[row.necessity] for row in rows), np.uint8, count),
        column((row.level or 0 for row in rows), np.uint8, count),
        column((row.rank or 0 for row in rows), np.int32, count),
        column((source[row.source] for row in rows), np.uint8, count),
    )


def _seen(direction: Direction, columns: Adjacency, count: int) -> Adjacency:
    own, other = columns.start, columns.target
    if direction is Direction.IN:
        own, other = other, own
    order = _order(own, other, columns)
    return Adjacency(pointers(own, count), other[order], *(values[order] for values in columns[2:]))


def _order(own: Ints, other: Ints, columns: Adjacency) -> Ints:
    # Strong substitutability, strong provenance and high rank first; then by name.
    order = np.lexsort((other, columns.rank, columns.provenance, 255 - columns.level, own))
    return order.astype(np.int32)
