"""Shortest paths: named cases, and all of them against plain Python on small graphs."""

from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.model.concept import KEYWORD, OCCUPATION, Provenance
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.services.paths import Path as Steps
from taxonomy.services.paths import Step, shortest_paths
from taxonomy.snapshot import Snapshot
from tests.builders import broader, concept, real_snapshot, relation, snapshot

NAMES = "abcdefg"
ALL = 10**6


def shown(of: Snapshot, path: Steps) -> str:
    """`a >broader b <substitutes c`: from a, of which b is broader, to c, that can do b's job."""
    arrows = {Direction.OUT: ">", Direction.IN: "<"}
    steps = [f" {arrows[step.direction]}{step.relation} {of.ids[step.target]}" for step in path]
    return (of.ids[path[0].origin] if path else "") + "".join(steps)


def between(
    of: Snapshot,
    start: str,
    end: str,
    *,
    relations: frozenset[RelationKind] | None = None,
    max_length: int = 6,
    limit: int = ALL,
) -> list[str]:
    found = shortest_paths(
        of, of.index[start], of.index[end], relations=relations, max_length=max_length, limit=limit
    )
    return [shown(of, path) for path in found]


DIAMOND = snapshot(
    [concept(name) for name in NAMES],
    [
        broader("a", "b"),
        broader("a", "c"),
        relation(RelationKind.SUBSTITUTES, "a", "c", level=75),
        relation(RelationKind.SUBSTITUTES, "c", "a", level=25),
        broader("d", "b"),
        broader("d", "c"),
        relation(RelationKind.RELATED_MATCH, "d", "e"),
    ],
)


def test_relations_are_walked_both_ways_and_paths_sorted() -> None:
    assert between(DIAMOND, "a", "d") == [
        "a >broader b <broader d",
        "a >broader c <broader d",
        "a >substitutes c <broader d",
        "a <substitutes c <broader d",
    ]


def test_the_shortest_only() -> None:
    assert between(DIAMOND, "a", "c") == ["a >broader c", "a >substitutes c", "a <substitutes c"]


def test_the_limit_takes_the_first() -> None:
    assert between(DIAMOND, "a", "d", limit=2) == between(DIAMOND, "a", "d")[:2]
    assert between(DIAMOND, "a", "d", limit=0) == []


def test_only_the_relations_asked_for_are_walked() -> None:
    only = frozenset({RelationKind.SUBSTITUTES})
    assert between(DIAMOND, "a", "c", relations=only) == ["a >substitutes c", "a <substitutes c"]
    assert between(DIAMOND, "a", "b", relations=only) == []
    assert between(DIAMOND, "a", "b", relations=frozenset()) == []


def test_what_is_too_far_or_apart_has_no_path() -> None:
    assert len(between(DIAMOND, "a", "e", max_length=3)) == 4
    assert between(DIAMOND, "a", "e", max_length=2) == []
    assert between(DIAMOND, "a", "g") == []


def test_from_a_concept_to_itself_there_is_the_empty_path() -> None:
    one = DIAMOND.index["a"]
    assert shortest_paths(DIAMOND, one, one, relations=None, max_length=0, limit=1) == ((),)
    assert shortest_paths(DIAMOND, one, one, relations=None, max_length=6, limit=0) == ()


def test_what_two_sources_say_is_one_step() -> None:
    twice = [
        relation(RelationKind.BROADER, "a", "b", provenance)
        for provenance in (Provenance.NATIVE, Provenance.DERIVED)
    ]
    assert between(snapshot([concept("a"), concept("b")], twice), "a", "b") == ["a >broader b"]


def test_very_many_paths_are_not_made_before_they_are_asked_for() -> None:
    layers = 12
    concepts = [concept(f"{layer:02}{one}") for layer in range(layers) for one in range(6)]
    rows = [
        broader(f"{layer:02}{one}", f"{layer + 1:02}{other}")
        for layer in range(layers - 1)
        for one, other in product(range(6), range(6))
    ]
    found = between(snapshot(concepts, rows), "000", "110", max_length=20, limit=3)
    assert [path[-24:] for path in found] == [
        " 090 >broader 100 >broader 110"[-24:],
        " 090 >broader 101 >broader 110"[-24:],
        " 090 >broader 102 >broader 110"[-24:],
    ]


Rows = list[tuple[RelationKind, str, str]]

KINDS = list(RelationKind)
rows = st.lists(
    st.tuples(
        st.sampled_from([RelationKind.BROADER, RelationKind.SUBSTITUTES, RelationKind.MEMBER_OF]),
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
    ),
    max_size=14,
    unique=True,
)


def all_paths(of: Snapshot, said: Rows, start: int, end: int, max_length: int) -> list[Steps]:
    steps = [
        step
        for kind, one, other in said
        for step in (
            Step(of.index[one], kind, Direction.OUT, of.index[other]),
            Step(of.index[other], kind, Direction.IN, of.index[one]),
        )
    ]
    paths: list[Steps] = [()]
    for _ in range(max_length + 1):
        there = [path for path in paths if (path[-1].target if path else start) == end]
        if there:
            return there
        paths = [
            (*path, step)
            for path in paths
            for step in steps
            if step.origin == (path[-1].target if path else start)
            and step.target not in {start, *(walked.target for walked in path)}
        ]
    return []


def stated_order(path: Steps) -> tuple[list[int], list[tuple[int, bool]]]:
    return (
        [step.target for step in path],
        [(KINDS.index(step.relation), step.direction is Direction.IN) for step in path],
    )


@given(
    rows,
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.integers(0, 5),
    st.integers(0, 4) | st.just(ALL),
    st.none() | st.frozensets(st.sampled_from([RelationKind.BROADER, RelationKind.SUBSTITUTES])),
)
def test_paths_are_all_the_shortest_ones_in_the_stated_order(
    said: Rows,
    start: str,
    end: str,
    max_length: int,
    limit: int,
    relations: frozenset[RelationKind] | None,
) -> None:
    of = snapshot(
        (concept(name, kind=OCCUPATION if name < "d" else KEYWORD) for name in NAMES),
        (relation(*row) for row in said),
    )
    walked = [row for row in said if relations is None or row[0] in relations]
    ends = of.index[start], of.index[end]
    expected = sorted(all_paths(of, walked, *ends, max_length), key=stated_order)
    found = shortest_paths(of, *ends, relations=relations, max_length=max_length, limit=limit)
    assert list(found) == expected[:limit]


@pytest.mark.parametrize("limit", [1, 10])
def test_real_paths_begin_end_and_hang_together(real_data: Path, limit: int) -> None:
    of = real_snapshot(real_data)
    developer, nurse = of.index["rQds_YGd_quU"], of.index["bXNH_MNX_dUR"]
    found = shortest_paths(of, developer, nurse, relations=None, max_length=6, limit=limit)
    assert len(found) == limit
    assert list(found) == sorted(found, key=stated_order)
    for path in found:
        assert (path[0].origin, path[-1].target) == (developer, nurse)
        for one, other in pairwise(path):
            assert one.target == other.origin
        for step in path:
            ends = (step.origin, step.target)
            subject, object_ = ends if step.direction is Direction.OUT else ends[::-1]
            assert object_ in of.edges(step.relation).of(subject)
