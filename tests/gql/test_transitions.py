"""transitions: one order, the employer's view beside it, the gap of who comes from there."""

from typing import Any

import pytest

from taxonomy.model.concept import OCCUPATION
from taxonomy.model.relation import RelationKind
from tests.gql.service import Service

NURSE = "bXNH_MNX_dUR"
QUERY = """query($from: ID!, $profile: ProfileInput, $filter: OccupationFilter, $first: Int, $after: String) {
  transitions(from: $from, profile: $profile, filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { score rawScore substitutability terms { name value } occupation { id deprecated }
      gap { closed rawScore matchedCount occupation { id } } } }
  }
}"""


def reached(service: Service, **variables: Any) -> list[Any]:
    found = service.ask(QUERY, **variables)["transitions"]["edges"]
    return [edge["node"] for edge in found]


def test_terms_add_up_and_the_order_is_theirs(everything: Service) -> None:
    found = reached(everything, **{"from": NURSE}, first=50)
    raw = [one["rawScore"] for one in found]
    assert raw == sorted(raw, reverse=True)
    for one in found:
        assert sum(term["value"] for term in one["terms"]) == pytest.approx(one["rawScore"], abs=2e-5)
        assert 0 < one["score"] < 1
        assert one["gap"]["occupation"]["id"] == one["occupation"]["id"]
        assert not one["occupation"]["deprecated"]
    assert NURSE not in [one["occupation"]["id"] for one in found]


def test_the_employers_view_is_that_of_the_relation(everything: Service) -> None:
    snapshot = everything.snapshot
    edges = snapshot.edges(RelationKind.SUBSTITUTES)
    origin = next(n for n in snapshot.kind_range(OCCUPATION) if edges.degree(n))
    rows = edges.rows(origin)
    levels = {snapshot.ids[edges.target[row]]: int(edges.level[row]) for row in rows}
    for one in reached(everything, **{"from": snapshot.ids[origin]}, first=1000):
        assert one["substitutability"] == levels.get(one["occupation"]["id"])


def test_a_profile_beside_it_adds_a_term_and_closes_the_gap(generous: Service) -> None:
    plain = {one["occupation"]["id"]: one for one in reached(generous, **{"from": NURSE}, first=1000)}
    programmer = {"skills": ["jCsR_WQX_CKD"]}
    with_java = reached(generous, **{"from": NURSE}, profile=programmer, first=1000)
    gained = 0
    for one in with_java:
        before = plain[one["occupation"]["id"]]
        added = {term["name"]: term["value"] for term in one["terms"]}.get("profile", 0.0)
        assert one["rawScore"] == pytest.approx(before["rawScore"] + added, abs=2e-6)
        assert added >= 0
        assert one["gap"]["closed"] >= before["gap"]["closed"]
        gained += added > 0
    assert gained


def test_an_excluded_occupation_is_not_within_reach(generous: Service) -> None:
    first = reached(generous, **{"from": NURSE}, first=1)[0]["occupation"]["id"]
    profile = {"skills": ["jCsR_WQX_CKD"], "excluded": [first]}
    rest = reached(generous, **{"from": NURSE}, profile=profile, first=1000)
    assert first not in [one["occupation"]["id"] for one in rest]


def test_pages_join_to_the_whole(generous: Service) -> None:
    whole = reached(generous, **{"from": NURSE}, first=1000)
    pages = generous.pages(QUERY, "transitions", 20, **{"from": NURSE})
    assert [edge["node"] for edge in pages] == whole


def test_from_nowhere_nothing_is_within_reach(sample: Service) -> None:
    assert reached(sample, **{"from": "AAAA_bbb_ccc"}, first=5) == []
    assert sample.codes(QUERY, {"from": "MR4H_FFT_mTj"}) == ["BAD_INPUT"]
