"""Relations, their counts, mappings, and the shortest ways between concepts."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taxonomy.model.concept import ESCO_OCCUPATION, ESCO_SKILL, OCCUPATION, SKILL
from taxonomy.model.relation import Direction, RelationKind
from tests.gql.service import Service

NURSE, DEVELOPER = "bXNH_MNX_dUR", "rQds_YGd_quU"
KINDS = [kind.name for kind in RelationKind]


def test_relation_counts_add_up_to_the_relations(everything: Service) -> None:
    query = (
        "query($first: Int, $after: String) {"
        " concepts(first: $first, after: $after, includeDeprecated: true) { totalCount"
        " pageInfo { hasNextPage endCursor } edges { node {"
        " relations(first: 0) { totalCount } relationCounts { relation direction kind count } } } } }"
    )
    found = 0
    for edge in everything.pages(query, "concepts", 1000):
        counts = edge["node"]["relationCounts"]
        assert sum(row["count"] for row in counts) == edge["node"]["relations"]["totalCount"]
        assert all(row["count"] > 0 for row in counts)
        assert len({(row["relation"], row["direction"], row["kind"]) for row in counts}) == len(counts)
        found += edge["node"]["relations"]["totalCount"]
    # Each relation has two ends.
    assert found == 2 * sum(row.count for row in everything.release.draft.relations)


def test_relation_counts_count_the_relations_by_kind_and_side(sample: Service) -> None:
    for number in range(0, sample.snapshot.count, 7):
        data = sample.ask(
            "query($id: ID!) { concept(id: $id) { relationCounts { relation direction kind count }"
            " relations(first: 1000) { edges { relation direction node { kind } } } } }",
            id=sample.snapshot.ids[number],
        )["concept"]
        counted = Counter(
            (edge["relation"], edge["direction"], edge["node"]["kind"]) for edge in data["relations"]["edges"]
        )
        rows = {
            (row["relation"], row["direction"], row["kind"]): row["count"] for row in data["relationCounts"]
        }
        assert rows == counted


@given(
    kinds=st.none() | st.lists(st.sampled_from(KINDS), max_size=4),
    direction=st.sampled_from([None, "IN", "OUT"]),
    id_=st.sampled_from([NURSE, DEVELOPER, "Z8ci_bBE_tmx", "MR4H_FFT_mTj"]),
)
def test_a_filter_keeps_the_relations_of_those_kinds_and_that_side(
    sample: Service, kinds: list[str] | None, direction: str | None, id_: str
) -> None:
    query = (
        "query($id: ID!, $k: [RelationKind!], $d: Direction) { concept(id: $id) {"
        " all: relations(first: 1000) { edges { relation direction node { id } } }"
        " some: relations(first: 1000, kinds: $k, direction: $d)"
        " { edges { relation direction node { id } } } } }"
    )
    data = sample.ask(query, id=id_, k=kinds, d=direction)["concept"]
    expected = [
        edge
        for edge in data["all"]["edges"]
        if (kinds is None or edge["relation"] in kinds) and direction in (None, edge["direction"])
    ]
    assert data["some"]["edges"] == expected


def test_facts_stand_where_they_mean_something(sample: Service) -> None:
    query = (
        "query($id: ID!) { concept(id: $id) { relations(first: 1000) { edges {"
        " relation level rank necessity match provenance source } } } }"
    )
    sources = {source.id for source in sample.release.draft.sources}
    seen: set[str] = set()
    for number in range(sample.snapshot.count):
        for edge in sample.ask(query, id=sample.snapshot.ids[number])["concept"]["relations"]["edges"]:
            seen.add(edge["relation"])
            assert (edge["level"] in (25, 75)) == (edge["relation"] == "SUBSTITUTES")
            assert (edge["match"] is not None) == edge["relation"].endswith("_MATCH")
            assert (
                edge["rank"] is None
                or edge["provenance"] == "CALCULATED"
                or edge["relation"] == "LABOUR_FLOW"
            )
            assert edge["necessity"] is None or edge["relation"].endswith("_SKILL")
            assert edge["source"] in sources
    assert {"BROADER", "SUBSTITUTES", "RELATED_SKILL", "ESSENTIAL_SKILL", "OPTIONAL_SKILL"} <= seen
    assert {"EXACT_MATCH", "CLOSE_MATCH", "BROAD_MATCH", "NARROW_MATCH", "RELATED_MATCH"} <= seen


def test_mappings_lead_to_other_schemes_and_are_the_same_from_both_sides(everything: Service) -> None:
    query = (
        "query($first: Int, $after: String) {"
        " concepts(first: $first, after: $after, includeDeprecated: true) { totalCount"
        " pageInfo { hasNextPage endCursor } edges { node { id scheme mappings(first: 1000) { totalCount"
        " edges { match provenance source node { id scheme } } } } } } }"
    )
    nodes = [edge["node"] for edge in everything.pages(query, "concepts", 1000)]
    found = {
        (node["id"], edge["match"], edge["node"]["id"], edge["provenance"], edge["source"])
        for node in nodes
        for edge in node["mappings"]["edges"]
    }
    assert len(found) == sum(node["mappings"]["totalCount"] for node in nodes)
    schemes = {node["id"]: node["scheme"] for node in nodes}
    # JobTech's ISCO groups and ESCO's are two concepts of one scheme.
    within = {schemes[a] for a, _, b, _, _ in found if schemes[a] == schemes[b]}
    assert within == {"ISCO_08"}
    assert {match for _, match, *_ in found} == {"EXACT", "CLOSE", "BROAD", "NARROW", "RELATED"}
    other = {"BROAD": "NARROW", "NARROW": "BROAD"}
    assert found == {(b, other.get(match, match), a, *rest) for a, match, b, *rest in found}


def test_mappings_come_by_kind_of_match_the_closest_first(sample: Service) -> None:
    closest = ["EXACT", "CLOSE", "BROAD", "NARROW", "RELATED"]
    for kind in (OCCUPATION, SKILL, ESCO_OCCUPATION, ESCO_SKILL):
        for number in sample.snapshot.kind_range(kind):
            edges = sample.ask(
                "query($id: ID!) { concept(id: $id) {"
                " mappings(first: 100) { edges { match node { id } } } } }",
                id=sample.snapshot.ids[number],
            )["concept"]["mappings"]["edges"]
            order = [
                (closest.index(edge["match"]), sample.snapshot.index[edge["node"]["id"]]) for edge in edges
            ]
            assert order == sorted(order)


def test_mappings_are_filtered_by_scheme_and_match(sample: Service) -> None:
    query = (
        'query($s: Scheme, $m: [MatchKind!]) { occupationGroup(by: { ssyk: "2221" }) {'
        " mappings(scheme: $s, matches: $m) { totalCount } } }"
    )

    def count(**variables: Any) -> int:
        found: int = sample.ask(query, **variables)["occupationGroup"]["mappings"]["totalCount"]
        return found

    assert (
        count()
        == count(s="ISCO_08")
        == count(m=["RELATED"])
        == count(s="ISCO_08", m=["EXACT", "RELATED"])
        > 0
    )
    assert count(s="SUN_2020_FIELD") == count(m=["EXACT"]) == count(m=[]) == 0


PATHS = (
    "query($a: ID!, $b: ID!, $k: [RelationKind!], $n: Int!, $f: Int!) {"
    " shortestPaths(from: $a, to: $b, relations: $k, maxLength: $n, first: $f) {"
    " length concepts { id } steps { from { id } relation direction to { id } } } }"
)


def distance(service: Service, start: int, end: int, kinds: list[str] | None, most: int) -> int | None:
    """How many steps there are at least, by looking at every concept."""
    wanted = [RelationKind[kind] for kind in kinds] if kinds is not None else list(RelationKind)
    seen, level = {start}, [start]
    for length in range(most + 1):
        if end in level:
            return length
        level = [
            other
            for concept in level
            for kind in wanted
            for direction in Direction
            for other in service.snapshot.edges(kind, direction).of(concept)
            if other not in seen and not seen.add(other)  # type: ignore[func-returns-value]
        ]
    return None


@settings(max_examples=60)
@given(
    numbers=st.tuples(st.integers(0, 799), st.integers(0, 799)),
    kinds=st.none() | st.lists(st.sampled_from(KINDS), max_size=3),
    most=st.integers(1, 10),
    first=st.integers(1, 20),
)
def test_a_shortest_path_walks_relations_and_there_is_no_shorter_one(
    sample: Service, numbers: tuple[int, int], kinds: list[str] | None, most: int, first: int
) -> None:
    snapshot = sample.snapshot
    start, end = (snapshot.ids[number] for number in numbers)
    paths = sample.ask(PATHS, a=start, b=end, k=kinds, n=most, f=first)["shortestPaths"]
    expected = distance(sample, *numbers, kinds, most)
    assert bool(paths) == (expected is not None)
    assert len(paths) <= first
    assert len({str(path) for path in paths}) == len(paths)
    for path in paths:
        concepts = [concept["id"] for concept in path["concepts"]]
        assert path["length"] == len(path["steps"]) == len(concepts) - 1 == expected
        assert (concepts[0], concepts[-1]) == (start, end)
        assert len(set(concepts)) == len(concepts)
        for step, origin, target in zip(path["steps"], concepts, concepts[1:], strict=False):
            assert (step["from"]["id"], step["to"]["id"]) == (origin, target)
            adjacency = snapshot.edges(RelationKind[step["relation"]], Direction[step["direction"]])
            assert snapshot.index[target] in adjacency.of(snapshot.index[origin])
            assert kinds is None or step["relation"] in kinds


def test_a_concept_is_no_step_from_itself_and_an_unknown_one_is_nowhere(sample: Service) -> None:
    asked: dict[str, Any] = {"k": None, "n": 6, "f": 3}
    here = sample.ask(PATHS, a=NURSE, b=NURSE, **asked)["shortestPaths"]
    assert here == [{"length": 0, "concepts": [{"id": NURSE}], "steps": []}]
    assert sample.ask(PATHS, a=NURSE, b="AAAA_bbb_CCC", **asked)["shortestPaths"] == []
    assert sample.ask(PATHS, a=NURSE, b=DEVELOPER, **asked | {"f": 0})["shortestPaths"] == []


@pytest.mark.parametrize("wrong", [{"n": 0}, {"n": 11}, {"f": -1}, {"f": 21}, {"a": "x"}, {"b": "x"}])
def test_a_path_search_out_of_its_bounds_is_bad_input(sample: Service, wrong: dict[str, Any]) -> None:
    asked = {"a": NURSE, "b": DEVELOPER, "k": None, "n": 6, "f": 3} | wrong
    assert sample.codes(PATHS, asked) == ["BAD_INPUT"]
