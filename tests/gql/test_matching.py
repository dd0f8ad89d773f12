"""matchOccupations and skillGap: what a client sees of a match."""

from typing import Any

import pytest

from taxonomy.model.concept import OCCUPATION
from tests.gql.service import Service

NURSE = "bXNH_MNX_dUR"
CARE = "MR4H_FFT_mTj"
MATCHES = """query($profile: ProfileInput!, $first: Int, $after: String, $filter: OccupationFilter) {
  matchOccupations(profile: $profile, first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node {
      score rawScore terms { name value } matchedCount partlyMatchedCount missingCount
      matched(first: 1000) { ...skill } partlyMatched(first: 1000) { ...skill }
      missing(first: 1000) { ...skill }
      occupation { id deprecated skills { totalCount } }
    } }
  }
}
fragment skill on SkillMatch {
  share value gain necessity provenance evidenceCount skill { id }
  steps { from { id } to { id } } evidence { steps { from { id } to { id } } }
}"""
GAP = """query($to: ID!, $profile: ProfileInput!) { skillGap(to: $to, profile: $profile) {
  occupation { id } score rawScore reachable closed terms { name value }
  matchedCount partlyMatchedCount missingCount
  matched(first: 1000) { share skill { id } } partlyMatched(first: 1000) { share gain skill { id } }
  missing(first: 1000) { gain skill { id } }
} }"""


def matches(service: Service, **variables: Any) -> list[Any]:
    found = service.ask(MATCHES, **variables)["matchOccupations"]["edges"]
    return [edge["node"] for edge in found]


def test_a_match_says_what_it_is_made_of(everything: Service) -> None:
    found = matches(everything, profile={"skills": [CARE]}, first=20)
    assert found
    raw = [match["rawScore"] for match in found]
    assert raw == sorted(raw, reverse=True)
    for match in found:
        assert sum(term["value"] for term in match["terms"]) == pytest.approx(match["rawScore"], abs=1e-5)
        assert 0 <= match["score"] <= 1
        parts = match["matched"], match["partlyMatched"], match["missing"]
        counts = [match[name] for name in ("matchedCount", "partlyMatchedCount", "missingCount")]
        assert [len(part) for part in parts] == counts
        assert sum(counts) == match["occupation"]["skills"]["totalCount"]
        for one in (*parts[0], *parts[1]):
            assert not one["steps"] or one["steps"][-1]["to"]["id"] == one["skill"]["id"]
            assert one["gain"] == pytest.approx(one["value"] * (1 - one["share"]), abs=1e-5)
        for part in parts:
            for one in part:
                assert one["evidence"][0]["steps"][0]["from"]["id"] == match["occupation"]["id"]


def test_pages_of_a_ranking_join_to_the_whole_of_it(generous: Service) -> None:
    profile = {"skills": [CARE]}
    whole = matches(generous, profile=profile, first=1000)
    assert [edge["node"] for edge in generous.pages(MATCHES, "matchOccupations", 3, profile=profile)] == whole


def test_a_former_occupation_leads_to_its_like_and_not_to_itself(everything: Service) -> None:
    found = matches(everything, profile={"occupations": [NURSE]}, first=5)
    assert NURSE not in [match["occupation"]["id"] for match in found]
    assert not any(match["occupation"]["deprecated"] for match in found)
    assert all(match["matchedCount"] for match in found)


def test_a_filter_leaves_the_order_as_it_is(generous: Service) -> None:
    profile = {"occupations": [NURSE]}
    wanted = {"groups": ["Z8ci_bBE_tmx"]}
    every = [match["occupation"]["id"] for match in matches(generous, profile=profile, first=1000)]
    some = [m["occupation"]["id"] for m in matches(generous, profile=profile, first=1000, filter=wanted)]
    assert some == [id_ for id_ in every if id_ in set(some)]


def test_an_exclusion_takes_away_and_says_so(sample: Service) -> None:
    before = sample.ask(GAP, to=NURSE, profile={"occupations": ["DEDi_wap_ntF"]})["skillGap"]
    unwanted = before["matched"][0]["skill"]["id"]
    profile = {"occupations": ["DEDi_wap_ntF"], "excluded": [unwanted]}
    after = sample.ask(GAP, to=NURSE, profile=profile)["skillGap"]
    assert after["rawScore"] < before["rawScore"]
    assert unwanted in [one["skill"]["id"] for one in after["missing"]]
    assert [term["value"] < 0 for term in after["terms"] if term["name"] == "EXCLUDED"] == [True]


def test_an_excluded_occupation_is_not_answered(generous: Service) -> None:
    first = matches(generous, profile={"skills": [CARE]}, first=1)[0]["occupation"]["id"]
    rest = matches(generous, profile={"skills": [CARE], "excluded": [first]}, first=1000)
    assert first not in [match["occupation"]["id"] for match in rest]


def test_the_gap_of_one_who_has_all_is_closed(sample: Service) -> None:
    needed = sample.ask(GAP, to=NURSE, profile={"skills": [CARE]})["skillGap"]
    parts = ("matched", "partlyMatched", "missing")
    skills = [one["skill"]["id"] for name in parts for one in needed[name]]
    gap = sample.ask(GAP, to=NURSE, profile={"skills": skills})["skillGap"]
    assert (gap["closed"], gap["missingCount"], gap["partlyMatchedCount"]) == (1, 0, 0)
    assert gap["rawScore"] == gap["reachable"] == needed["reachable"]


@pytest.mark.parametrize(
    "profile",
    [
        {},
        {"skills": []},
        {"skills": ["AAAA_bbb_ccc"]},
        {"skills": [NURSE]},
        {"skills": [CARE], "excluded": [CARE]},
    ],
    ids=["nothing", "empty", "unknown", "another kind", "held and excluded"],
)
def test_a_wrong_profile_nulls_its_field_only(sample: Service, profile: Any) -> None:
    query = (
        "query($profile: ProfileInput!) { matchOccupations(profile: $profile) { totalCount } release { id } }"
    )
    _, body = sample.answer(query, {"profile": profile})
    assert body["data"]["matchOccupations"] is None
    assert body["data"]["release"]["id"]
    assert sample.codes(query, {"profile": profile}) == ["BAD_INPUT"]


def test_an_unknown_occupation_has_no_gap_and_a_skill_is_none(sample: Service) -> None:
    assert sample.ask(GAP, to="AAAA_bbb_ccc", profile={"skills": [CARE]})["skillGap"] is None
    assert sample.codes(GAP, {"to": CARE, "profile": {"skills": [CARE]}}) == ["BAD_INPUT"]


def test_no_active_occupation_with_skills_is_out_of_reach_of_its_own_skills(everything: Service) -> None:
    """Whoever has held an occupation has all that is certain of it: nothing but an exclusion is negative."""
    snapshot = everything.snapshot
    numbers = [n for n in snapshot.kind_range(OCCUPATION) if not snapshot.deprecated[n]][::97]
    for number in numbers:
        id_ = snapshot.ids[number]
        if snapshot.effective.start[number] == snapshot.effective.start[number + 1]:
            continue
        gap = everything.ask(GAP, to=id_, profile={"occupations": [id_]})["skillGap"]
        assert gap["missingCount"] == 0
        assert gap["rawScore"] >= 0
