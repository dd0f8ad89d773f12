"""careerPaths: what each step costs, asks, pays and closes, and arguments that are wrong."""

from typing import Any

import pytest

from tests.gql.service import Service

ASSISTANT_NURSE, NURSE, COOK, RESTAURANT_MANAGER = (
    "PQkQ_Dmk_ZF8",
    "bXNH_MNX_dUR",
    "JbJw_as4_S93",
    "XSBp_5wD_VaU",
)
NORRBOTTEN, LICENCE = "9hXe_F4g_eTG", "dJa5_Nao_mDS"
QUERY = """query($from: ID!, $to: ID!, $region: ID, $maxSteps: Int = 3, $first: Int = 3) {
  careerPaths(from: $from, to: $to, region: $region, maxSteps: $maxSteps, first: $first) {
    cost
    steps {
      cost covered substitutability terms { name value } education { from to } licences { id }
      from { id salary { median } }
      to { id salary { median } outlook(region: $region) { forecast opportunities } }
      gap { closed occupation { id } missingCount }
      outlook { forecast opportunities region { id } }
      pay { change from { median } to { median } }
    }
  }
}"""


def paths(service: Service, origin: str, target: str, **variables: Any) -> list[Any]:
    found: list[Any] = service.ask(QUERY, **{"from": origin}, to=target, **variables)["careerPaths"]
    return found


def test_terms_add_up_to_steps_and_steps_to_paths(everything: Service) -> None:
    found = paths(everything, NURSE, COOK, maxSteps=4, first=20)
    assert len(found) > 1
    assert [path["cost"] for path in found] == sorted(path["cost"] for path in found)
    for path in found:
        assert sum(step["cost"] for step in path["steps"]) == pytest.approx(path["cost"])
        ids = [NURSE, *(step["to"]["id"] for step in path["steps"])]
        assert ids[-1] == COOK
        assert [step["from"]["id"] for step in path["steps"]] == ids[:-1]
        for step in path["steps"]:
            assert sum(term["value"] for term in step["terms"]) == pytest.approx(step["cost"])
            assert step["gap"]["occupation"]["id"] == step["to"]["id"]


def test_a_nurse_needs_a_licence_and_three_years_of_university(everything: Service) -> None:
    for path in paths(everything, ASSISTANT_NURSE, NURSE, first=20):
        terms = [term for step in path["steps"] for term in step["terms"]]
        assert sum(term["value"] for term in terms if term["name"] == "LICENCE") >= 6
        assert sum(term["value"] for term in terms if term["name"] == "EDUCATION") >= 4
    [step] = paths(everything, ASSISTANT_NURSE, NURSE, maxSteps=1)[0]["steps"]
    assert step["education"] == {"from": 2, "to": 4}
    assert step["licences"] == [{"id": LICENCE}]


def test_demand_and_pay_are_those_of_the_occupations(everything: Service) -> None:
    [step] = paths(everything, ASSISTANT_NURSE, NURSE, maxSteps=1, region=NORRBOTTEN)[0]["steps"]
    assert step["to"]["outlook"]["opportunities"] == "LARGE"
    assert step["outlook"] == step["to"]["outlook"] | {"region": {"id": NORRBOTTEN}}
    assert step["pay"]["from"] == step["from"]["salary"]
    assert step["pay"]["to"] == step["to"]["salary"]
    assert step["pay"]["change"] == step["pay"]["to"]["median"] - step["pay"]["from"]["median"]


def test_where_no_source_says_anything_the_answer_is_null(everything: Service) -> None:
    said = [
        step
        for path in paths(everything, NURSE, COOK, maxSteps=4, first=20, region="AvNB_uwa_6n6")
        for step in path["steps"]
    ]
    silent = [step for step in said if step["to"]["outlook"] is None]
    assert silent
    assert [step["outlook"] for step in silent] == [None] * len(silent)
    for step in said:
        unknown = None in ((step["pay"]["from"] or {}).get("median"), (step["pay"]["to"] or {}).get("median"))
        assert (step["pay"]["change"] is None) == unknown


def test_from_an_occupation_to_itself_or_to_nowhere_there_is_no_path(sample: Service) -> None:
    assert paths(sample, NURSE, NURSE) == []
    assert paths(sample, NURSE, "AAAA_bbb_ccc") is None
    assert paths(sample, NURSE, COOK, first=0) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": "MR4H_FFT_mTj"},
        {"maxSteps": 0},
        {"maxSteps": 5},
        {"first": 21},
        {"region": "AAAA_bbb_ccc"},
        {"region": NURSE},
    ],
)
def test_a_wrong_argument_is_told_before_anything_is_looked_for(wrong: Any, sample: Service) -> None:
    assert sample.codes(QUERY, {"from": NURSE, "to": COOK} | wrong) == ["BAD_INPUT"]
