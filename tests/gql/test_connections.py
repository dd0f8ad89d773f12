"""Connections: pages, counts, and cursors that belong to one list of one release."""

import base64
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gql.service import Service

NURSE = "bXNH_MNX_dUR"
ESCO_NURSE = "esco:occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50"
LISTS = {
    "occupation.skills": f'occupation(id: "{NURSE}") {{ skills(#) {{ @ }} }}',
    "occupation.jobTitles": f'occupation(id: "{NURSE}") {{ jobTitles(#) {{ @ }} }}',
    "occupation.substitutes": 'occupation(id: "Edjj_2Q7_P8X") { substitutes(#) { @ } }',
    "concept.relations": f'concept(id: "{NURSE}") {{ relations(#) {{ @ }} }}',
    "occupationGroup.occupations": 'occupationGroup(by: { ssyk: "2" }) { occupations(#) { @ } }',
    "occupations": "occupations(filter: { hasSkills: true }, #) { @ }",
    "skills": "skills(#) { @ }",
    "escoSkills": "escoSkills(filter: { unmappedTo: SNI_2007 }, #) { @ }",
    "escoOccupation.skills": f'escoOccupation(id: "{ESCO_NURSE}") {{ skills(#) {{ @ }} }}',
    "iscoGroup.escoOccupations": 'iscoGroup(by: { isco: "2" }) { escoOccupations(#) { @ } }',
    "concepts": "concepts(kinds: [REGION, JOB_TITLE], #) { @ }",
    "search": 'search(text: "s", #) { @ }',
}
FIRST, AFTER = "first: $first, after: $after", "query($first: Int, $after: String)"


def query_of(path: str, selection: str = "") -> str:
    node = "concept { id }" if path == "search" else "id"
    info = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
    edges = f"{info} edges {{ cursor node {{ {node} }} }}"
    return f"{AFTER} {{ {LISTS[path].replace('#', FIRST).replace('@', selection or edges)} }}"


def page_of(service: Service, path: str, first: int | None, after: str | None = None) -> Any:
    data = service.ask(query_of(path), first=first, after=after)
    for name in path.split("."):
        data = data[name]
    return data


@pytest.fixture(scope="module")
def whole(sample: Service) -> dict[str, Any]:
    """Every list in one page."""
    return {path: page_of(sample, path, 1000) for path in LISTS}


@given(path=st.sampled_from(sorted(LISTS)), first=st.integers(1, 60))
def test_the_pages_of_a_list_put_together_are_the_list(
    sample: Service, whole: dict[str, Any], path: str, first: int
) -> None:
    found = sample.pages(query_of(path), path, first)
    assert found == whole[path]["edges"]


@given(path=st.sampled_from(sorted(LISTS)), first=st.integers(0, 60), at=st.integers(0, 10**6))
def test_a_page_anywhere_knows_where_it_stands(
    sample: Service, whole: dict[str, Any], path: str, first: int, at: int
) -> None:
    edges = whole[path]["edges"]
    start = at % len(edges) + 1
    page = page_of(sample, path, first, edges[start - 1]["cursor"])
    assert page["edges"] == edges[start : start + first]
    assert page["totalCount"] == len(edges) == whole[path]["totalCount"]
    assert page["pageInfo"] == {
        "hasNextPage": start + first < len(edges),
        "hasPreviousPage": True,
        "startCursor": page["edges"][0]["cursor"] if page["edges"] else None,
        "endCursor": page["edges"][-1]["cursor"] if page["edges"] else None,
    }


@pytest.mark.parametrize("path", LISTS)
def test_the_first_page_has_twenty_edges_unless_asked_otherwise_and_none_before_it(
    sample: Service, whole: dict[str, Any], path: str
) -> None:
    page = page_of(sample, path, None)
    assert page["edges"] == whole[path]["edges"][: 10 if path == "search" else 20]
    assert page["pageInfo"]["hasPreviousPage"] is False


@pytest.mark.parametrize("path", LISTS)
def test_a_page_of_nothing_still_counts(sample: Service, whole: dict[str, Any], path: str) -> None:
    page = page_of(sample, path, 0)
    assert (page["edges"], page["totalCount"]) == ([], whole[path]["totalCount"])
    assert page["pageInfo"]["startCursor"] is page["pageInfo"]["endCursor"] is None
    assert page["pageInfo"]["hasNextPage"] is True


def test_nodes_are_the_nodes_of_the_edges(sample: Service) -> None:
    for path in LISTS:
        fields = "concept { id }" if path == "search" else "id"
        data = sample.ask(query_of(path, f"nodes {{ {fields} }} edges {{ node {{ {fields} }} }}"), first=7)
        for name in path.split("."):
            data = data[name]
        assert data["nodes"] == [edge["node"] for edge in data["edges"]]


@pytest.mark.parametrize("first", [-1, 1001, -(2**31), 2**31 - 1])
@pytest.mark.parametrize("path", LISTS)
def test_a_page_smaller_than_none_or_larger_than_a_thousand_is_bad_input(
    sample: Service, path: str, first: int
) -> None:
    literal = query_of(path).replace("first: $first", f"first: {first}").replace("$first: Int, ", "")
    for query, variables in ((query_of(path), {"first": first}), (literal, {})):
        status, body = sample.answer(query, variables)
        assert status == 200
        assert body["data"] == {path.partition(".")[0]: None}
        assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_INPUT"]


GARBAGE = [
    "",
    "x",
    "AAAA",
    "=",
    "å",
    "a" * 1000,
    "\u0000",
    base64.b64encode(b"1" * 13).decode(),
    "arrayconnection:1",
]


@pytest.mark.parametrize("after", GARBAGE)
@pytest.mark.parametrize("path", LISTS)
def test_garbage_is_a_bad_cursor(sample: Service, path: str, after: str) -> None:
    assert sample.codes(query_of(path), {"after": after}) == ["BAD_CURSOR"]


@given(
    after=st.text(max_size=40)
    | st.binary(min_size=12, max_size=12).map(lambda b: base64.b64encode(b).decode())
)
def test_a_cursor_that_nobody_gave_out_is_never_followed(sample: Service, after: str) -> None:
    assert sample.codes(query_of("occupation.skills"), {"after": after}) in (["BAD_CURSOR"], ["STALE_CURSOR"])


def test_a_cursor_of_another_field_or_of_other_filters_is_a_bad_cursor(
    sample: Service, whole: dict[str, Any]
) -> None:
    cursors = {path: whole[path]["edges"][0]["cursor"] for path in LISTS}
    for path in LISTS:
        for other, cursor in cursors.items():
            expected = [] if path == other else ["BAD_CURSOR"]
            assert sample.codes(query_of(path), {"after": cursor}) == expected, (path, other)
    after = {"after": cursors["occupation.skills"]}
    for filters in ("provenance: [NATIVE]", "necessity: [RELATED]", "schemes: [JOBTECH]", "schemes: []"):
        query = query_of("occupation.skills").replace("skills(", f"skills({filters}, ")
        assert sample.codes(query, after) == ["BAD_CURSOR"]


def test_a_cursor_of_another_release_is_stale(sample: Service, whole: dict[str, Any]) -> None:
    cursor = whole["occupations"]["edges"][0]["cursor"]
    release, list_, position = struct.unpack(">III", base64.urlsafe_b64decode(cursor))
    assert release == int(sample.release.content_hash[:8], 16)
    other = base64.urlsafe_b64encode(struct.pack(">III", release ^ 1, list_, position)).decode()
    assert sample.codes(query_of("occupations"), {"after": other}) == ["STALE_CURSOR"]


def test_behind_the_end_there_is_an_empty_page(sample: Service, whole: dict[str, Any]) -> None:
    for path in LISTS:
        page = page_of(sample, path, 5, whole[path]["edges"][-1]["cursor"])
        assert page["edges"] == []
        assert page["totalCount"] == whole[path]["totalCount"]
        assert page["pageInfo"]["hasNextPage"] is False


SKILLS = 'occupation(id: "bXNH_MNX_dUR") { label skills(after: %s) { totalCount } }'
HIDING_PLACES = {
    "a literal": "{ " + SKILLS % '"garbage"' + " }",
    "a variable": "query($after: String) { " + SKILLS % "$after" + " }",
    "a default": 'query($c: String = "garbage") { ' + SKILLS % "$c" + " }",
    "a fragment": "query($after: String) { ...F } fragment F on Query { " + SKILLS % "$after" + " }",
    "fragments": 'query($after: String) { occupation(id: "bXNH_MNX_dUR") { ...A } }'
    " fragment A on Concept { label ...B } fragment B on Occupation { skills(after: $after) { totalCount } }",
    "an inline fragment": "query($after: String) { ... on Query { " + SKILLS % "$after" + " } }",
    "what is included": "query($after: String) { ... @include(if: true) @skip(if: false) { "
    + SKILLS % "$after"
    + " } }",
    "deep below": "query($after: String) { occupations(first: 1) { nodes { group {"
    " occupations(first: 1) { nodes { skills(after: $after) { totalCount } } } } } } }",
}


@pytest.mark.parametrize("place", HIDING_PLACES)
def test_a_bad_cursor_is_found_before_execution_wherever_it_stands(sample: Service, place: str) -> None:
    status, body = sample.answer(
        HIDING_PLACES[place], {"after": "garbage"} if "$after" in HIDING_PLACES[place] else {}
    )
    assert status == 200
    assert list(body["data"].values()) == [None]
    assert [(len(error["path"]), error["extensions"]["code"]) for error in body["errors"]] == [
        (1, "BAD_CURSOR")
    ]


@pytest.mark.parametrize(
    ("declared", "selected"),
    [
        ("", "skills(after: $after) @include(if: false) { totalCount }"),
        (", $no: Boolean = false", "... @include(if: $no) { skills(after: $after) { totalCount } }"),
        (", $yes: Boolean!", "...F @skip(if: $yes)"),
    ],
)
def test_a_bad_cursor_that_is_not_asked_for_is_no_error(
    sample: Service, declared: str, selected: str
) -> None:
    query = f'query($after: String{declared}) {{ occupation(id: "{NURSE}") {{ label {selected} }} }}'
    if "...F" in selected:
        query += " fragment F on Occupation { skills(after: $after) { totalCount } }"
    variables = {"after": "garbage"} | ({"yes": True} if "$yes" in query else {})
    assert sample.ask(query, **variables) == {"occupation": {"label": "Sjuksköterska, grundutbildad"}}


def test_the_order_of_a_list_is_total_and_the_same_each_time(sample: Service, whole: dict[str, Any]) -> None:
    for path in LISTS:
        ids = [edge["node"] for edge in whole[path]["edges"]]
        assert page_of(sample, path, 1000)["edges"] == whole[path]["edges"]
        if path not in ("concept.relations", "search"):
            assert len({str(id_) for id_ in ids}) == len(ids)
