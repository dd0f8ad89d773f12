"""Cycles of `broader`: each is told once, with its members."""

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.batches import broader, concept, findings, id_of

NAMES = "abcdefgh"

Edges = Sequence[tuple[str, str]]


def cycles(edges: Edges) -> list[str]:
    """The members of each cycle that is reported, as letters in the order of the message."""
    concepts = [concept(name) for name in NAMES]
    found = [f for f in findings(concepts, [broader(*edge) for edge in edges]) if f.code == "TX401"]
    ways = [finding.message.removeprefix("broader goes round: ").split(" > ") for finding in found]
    assert all(
        way[0] == way[-1] == min(way) == finding.subject for way, finding in zip(ways, found, strict=True)
    )
    return ["".join(id_[0] for id_ in way[:-1]) for way in ways]


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        (["aa"], ["a"]),
        (["ab", "ba"], ["ab"]),
        (["bc", "ca", "ab"], ["abc"]),
        (["ab", "bc", "cb"], ["bc"]),
        (["ab", "ba", "cd", "de", "ec"], ["ab", "cde"]),
        (["ab", "ba", "ac", "ca"], ["ab", "ac"]),
        (["ba", "ab", "bc", "cd", "db"], ["ab", "bcd"]),
        (["ab", "bc", "ac"], []),
        ([], []),
    ],
    ids=[
        "itself",
        "two",
        "three",
        "below a cycle",
        "two apart",
        "figure eight",
        "eight in the middle",
        "two ways up",
        "nothing",
    ],
)
def test_a_cycle_is_reported_once_with_its_members(edges: list[str], expected: list[str]) -> None:
    assert cycles([(edge[0], edge[1]) for edge in edges]) == expected


def test_a_chain_as_long_as_a_file_is_walked_without_recursion() -> None:
    names = [f"{n:04}" for n in range(5000)]
    pairs = [broader(*pair) for pair in pairwise(names)]
    concepts = [concept(name) for name in names]
    assert not [f for f in findings(concepts, pairs) if f.code == "TX401"]
    (cycle,) = [f for f in findings(concepts, [*pairs, broader(names[-1], names[0])]) if f.code == "TX401"]
    assert cycle.message.count(" > ") == 5000
    assert cycle.subject == id_of("0000")


upward = st.lists(
    st.tuples(*[st.sampled_from(NAMES)] * 2).filter(lambda edge: edge[0] < edge[1]), unique=True
)
anyhow = st.lists(st.tuples(*[st.sampled_from(NAMES)] * 2), unique=True, max_size=14)


@given(upward)
def test_a_graph_without_cycles_reports_none(edges: Edges) -> None:
    assert cycles(edges) == []


@given(anyhow)
def test_cycles_are_reported_where_brute_force_finds_any(edges: Edges) -> None:
    reach = set(edges)
    for middle in NAMES:  # Warshall
        reach |= {(a, d) for a, b in reach for c, d in reach if b == c == middle}
    reported = cycles(edges)
    assert bool(reported) == any((name, name) in reach for name in NAMES)
    assert len(set(reported)) == len(reported)
    for members in reported:
        assert set(zip(members, members[1:] + members[0], strict=True)) <= set(edges)


@given(anyhow, st.randoms())
def test_the_order_of_rows_does_not_decide_whether_there_is_a_cycle(
    edges: Edges, order: random.Random
) -> None:
    shuffled = list(edges)
    order.shuffle(shuffled)
    assert bool(cycles(shuffled)) == bool(cycles(edges))
