"""Shortest paths: how two concepts hang together."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice, product
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.relation import Direction, RelationKind
from taxonomy.snapshot.arrays import Adjacency, Ints
from taxonomy.snapshot.snapshot import Snapshot


class Step(NamedTuple):
    """One relation walked from `origin` to `target`; `OUT` when the origin is its subject."""

    origin: int
    relation: RelationKind
    direction: Direction
    target: int


Path = tuple[Step, ...]

_Way = tuple[RelationKind, Direction]
_Ways = dict[_Way, Adjacency]
_Distances = NDArray[np.int32]

_UNREACHED: Final = -1


def shortest_paths(
    snapshot: Snapshot,
    start: int,
    end: int,
    *,
    relations: frozenset[RelationKind] | None,
    max_length: int,
    limit: int,
) -> tuple[Path, ...]:
    """The shortest paths between two concepts, at most `limit`, over these relations (None: all) both ways.

    All have the same length, the smallest there is. They are sorted by the numbers of the concepts along the
    path, then step by step by relation kind (in the enum's order) and direction (`OUT` first). Several
    statements of one relation are one step. From a concept to itself there is one path, the empty one; where
    `max_length` steps do not suffice there is none.
    """
    if limit <= 0:
        return ()
    if start == end:
        return ((),)
    ways = _ways(snapshot, relations)
    distances = _distances(snapshot.count, ways, start, end, max_length)
    if distances[start] == _UNREACHED:
        return ()
    return tuple(islice(_paths(ways, distances, start), limit))


def _ways(snapshot: Snapshot, relations: frozenset[RelationKind] | None) -> _Ways:
    """The adjacencies to walk, in the order of steps between the same two concepts."""
    return {
        (kind, direction): adjacency
        for kind in RelationKind
        if relations is None or kind in relations
        for direction in Direction
        if len((adjacency := snapshot.edges(kind, direction)).target)
    }


def _distances(count: int, ways: _Ways, start: int, end: int, max_length: int) -> _Distances:
    """Steps to `end` of all concepts nearer to it than `start`, and of `start` if it can be reached."""
    distances = np.full(count, _UNREACHED, np.int32)
    distances[end] = 0
    beside_start = _beside(ways, np.array([start], np.int32))
    frontier = np.array([end], np.int32)
    for length in range(1, max_length + 1):
        # The last level is the largest: it is looked at from the start, never laid out.
        if (distances[beside_start] == length - 1).any():
            distances[start] = length
            break
        reached = _beside(ways, frontier)
        distances[reached[distances[reached] == _UNREACHED]] = length
        frontier = np.flatnonzero(distances == length).astype(np.int32)
        if not len(frontier):
            break
    return distances


def _beside(ways: _Ways, concepts: Ints) -> Ints:
    """All concepts one step away from any of these, possibly several times."""
    found = [adjacency.of_many(concepts) for adjacency in ways.values()]
    return np.concatenate(found) if found else np.zeros(0, np.int32)


def _paths(ways: _Ways, distances: _Distances, start: int) -> Iterator[Path]:
    """Every path down the distances, in order, made when it is asked for: there may be very many."""
    steps_of = cache(lambda concept: _steps_nearer(ways, distances, concept))
    for chain in _chains(steps_of, start, int(distances[start])):
        yield from product(*chain)


def _chains(
    steps_of: Callable[[int], dict[int, list[Step]]], concept: int, length: int
) -> Iterator[tuple[list[Step], ...]]:
    """The sequences of concepts from here to the end, each as the steps that lead from one to the next."""
    if not length:
        yield ()
        return
    for target, steps in steps_of(concept).items():
        for rest in _chains(steps_of, target, length - 1):
            yield (steps, *rest)


def _steps_nearer(ways: _Ways, distances: _Distances, concept: int) -> dict[int, list[Step]]:
    """The steps from a concept to those one nearer to the end: by rising target."""
    found: dict[int, list[Step]] = {}
    for (kind, direction), adjacency in ways.items():
        beside = adjacency.of_one(concept)
        nearer = beside[distances[beside] == distances[concept] - 1]
        for target in sorted(set(nearer.tolist())):
            found.setdefault(target, []).append(Step(concept, kind, direction, target))
    return dict(sorted(found.items()))
