"""Outlook, advertisements, pay, requirements and flows over GraphQL, and the filter by demand."""

from typing import Any

import pytest

from tests.gql.service import Service

NURSE, STOMA, COOK, BARISTA, BAKER = (
    "bXNH_MNX_dUR",
    "t3qY_aWP_PJB",
    "JbJw_as4_S93",
    "h6oZ_9aZ_27G",
    "XugJ_6hw_wVV",
)
NORRBOTTEN, GOTLAND, LULEA, SWEDEN = "9hXe_F4g_eTG", "K8iD_VQv_2BA", "CXbY_gui_14v", "i46j_HmG_v64"
OUTLOOK = """query($id: ID!, $region: ID) { occupation(id: $id) { outlook(region: $region) {
    opportunities forecast region { id } of { id coverage groups { code } }
    coverage level period source } } }"""


def outlook(sample: Service, id_: str, region: str | None = None) -> Any:
    return sample.ask(OUTLOOK, id=id_, region=region)["occupation"]["outlook"]


def test_an_outlook_says_of_what_where_when_and_by_whom(sample: Service) -> None:
    assert outlook(sample, NURSE, NORRBOTTEN) == {
        "opportunities": "LARGE",
        "forecast": "INCREASE",
        "region": {"id": NORRBOTTEN},
        "of": {"id": "TYX8_Ccd_QRk", "coverage": "GROUP", "groups": [{"code": "2221"}]},
        "coverage": "GROUP",
        "level": "OCCUPATION",
        "period": "not stated",
        "source": "yrkesbarometern-undated",
    }


def test_without_a_region_it_is_the_countrys_and_a_municipality_is_its_regions(sample: Service) -> None:
    assert outlook(sample, NURSE)["region"] == {"id": SWEDEN}
    assert outlook(sample, NURSE, SWEDEN) == outlook(sample, NURSE)
    assert outlook(sample, NURSE, LULEA) == outlook(sample, NURSE, NORRBOTTEN)


def test_an_occupation_that_the_source_does_not_name_has_its_groups_if_that_is_certain(
    sample: Service,
) -> None:
    assert outlook(sample, STOMA)["level"] == "GROUP"
    assert outlook(sample, COOK)["coverage"] == "PART_OF_GROUP"
    assert outlook(sample, BARISTA) is None


@pytest.mark.parametrize(
    ("region", "says"),
    [
        (NURSE, "is of the kind occupation-name, not"),
        ("AAAA_bbb_ccc", "AAAA_bbb_ccc"),
        ("Norrbotten", "'Norrbotten' is not a concept id"),
    ],
)
def test_what_is_no_region_is_refused(sample: Service, region: str, says: str) -> None:
    body = sample.answer(OUTLOOK, {"id": NURSE, "region": region}).body
    assert body["data"] == {"occupation": None}
    assert body["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    assert says in body["errors"][0]["message"]


def test_pay_is_the_groups_and_null_where_it_is_suppressed(sample: Service) -> None:
    query = """query($id: ID!) { occupationGroup(by: {id: $id}) { salary {
        p10 median p90 unit region { id } of { code } level period source } } }"""
    said = {"unit": "not stated", "region": None, "level": "GROUP", "period": "not stated"}
    waiters = sample.ask(query, id="UjoW_meY_Zwt")["occupationGroup"]["salary"]
    assert waiters == {
        "p10": None,
        "median": 27_000,
        "p90": None,
        "of": {"code": "5131"},
        "source": "salaries-undated",
        **said,
    }
    officers = sample.ask(query, id="KiVA_anS_RJh")["occupationGroup"]["salary"]
    assert [officers[name] for name in ("p10", "median", "p90")] == [None, None, None]
    assert sample.ask(query, id="7XXd_4St_nit")["occupationGroup"]["salary"] is None


def test_a_rate_has_both_its_numbers_and_is_told_for_the_country_only(sample: Service) -> None:
    query = """query($id: ID!, $region: ID) { occupation(id: $id) { advertisements(region: $region) {
        count region { id } perThousandEmployed level period source
        employed { persons region { id } period source } } } }"""
    assert sample.ask(query, id=BAKER)["occupation"]["advertisements"] == {
        "count": 90,
        "region": {"id": SWEDEN},
        "perThousandEmployed": 20.0,
        "level": "GROUP",
        "period": "2024",
        "source": "advertisements-2024",
        "employed": {
            "persons": 4500,
            "region": {"id": SWEDEN},
            "period": "2023",
            "source": "scb-employment-2023",
        },
    }
    north = sample.ask(query, id=BAKER, region=NORRBOTTEN)["occupation"]["advertisements"]
    assert (north["count"], north["perThousandEmployed"]) == (2, None)
    assert north["employed"]["region"] == {"id": SWEDEN}
    assert sample.ask(query, id=BAKER, region=GOTLAND)["occupation"]["advertisements"] is None


def test_a_requirement_is_a_sentence_of_its_source(sample: Service) -> None:
    query = """query($id: ID!) { occupation(id: $id) {
        educationRequirement { text locale level period source } } }"""
    said = sample.ask(query, id=BAKER)["occupation"]["educationRequirement"]
    assert said.pop("text").startswith("Påhittat krav: ")
    assert said == {
        "locale": "SV",
        "level": "OCCUPATION",
        "period": "not stated",
        "source": "education-requirements-undated",
    }
    assert sample.ask(query, id=NURSE)["occupation"]["educationRequirement"] is None


def test_flows_come_by_place_and_page_by_page(sample: Service) -> None:
    query = """query($first: Int, $after: String) { occupationGroup(by: {ssyk: "5323"}) {
        flows(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
        edges { rank level period source node { code } } } } }"""
    edges = sample.pages(query, "occupationGroup.flows", 3)
    assert [(edge["rank"], edge["node"]["code"]) for edge in edges] == [
        (1, "5321"), (2, "5330"), (3, "2221"), (4, "5343"),
        (5, "5311"), (6, "5326"), (8, "9412"), (9, "5312"),
    ]  # fmt: skip
    assert {edge["level"] for edge in edges} == {"GROUP"}
    assert {edge["source"] for edge in edges} == {"labour-flow-undated"}


def test_a_region_lists_what_is_in_demand_there_page_by_page(sample: Service) -> None:
    query = """query($first: Int, $after: String) { concept(id: "9hXe_F4g_eTG") { ... on Region {
        outlook(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
        edges { node { opportunities forecast level region { id } of { label } } } } } } }"""
    edges = sample.pages(query, "concept.outlook", 2)
    order = {"LARGE": 0, "MEDIUM": 1, "SMALL": 2, "INCREASE": 0, "UNCHANGED": 1, "DECREASE": 2}
    keys = [(order[edge["node"]["opportunities"]], order[edge["node"]["forecast"]]) for edge in edges]
    assert keys == sorted(keys)
    assert len(keys) == 8
    assert edges[0]["node"]["of"]["label"] == "Grundutbildade sjuksköterskor"
    assert {edge["node"]["region"]["id"] for edge in edges} == {NORRBOTTEN}
    assert {edge["node"]["level"] for edge in edges} == {"BAROMETER_OCCUPATION"}


def test_a_group_has_an_outlook_for_each_barometer_occupation_that_is_assessed(sample: Service) -> None:
    query = '{ occupationGroup(by: {ssyk: "5131"}) { outlook { of { label } coverage level } } }'
    assert sample.ask(query)["occupationGroup"]["outlook"] == [
        {"of": {"label": "Servitörer"}, "coverage": "PART_OF_GROUP", "level": "BAROMETER_OCCUPATION"}
    ]


LISTED = """query($filter: OccupationFilter) { occupations(filter: $filter, first: 1000) {
    nodes { id outlook(region: "9hXe_F4g_eTG") { opportunities forecast } } } }"""


def in_demand(sample: Service, **wanted: str) -> list[Any]:
    found: list[Any] = sample.ask(LISTED, filter={"inDemand": wanted})["occupations"]["nodes"]
    return found


def test_occupations_are_filtered_by_demand_in_a_region(sample: Service) -> None:
    everything = sample.ask(LISTED)["occupations"]["nodes"]
    large = in_demand(sample, region=NORRBOTTEN, opportunities="LARGE")
    assert large == [o for o in everything if o["outlook"] and o["outlook"]["opportunities"] == "LARGE"] != []
    rising = in_demand(sample, region=LULEA, forecast="INCREASE", opportunities="MEDIUM")
    assert NURSE in {found["id"] for found in rising}
    assert {found["outlook"]["forecast"] for found in rising} == {"INCREASE"}


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"region": NORRBOTTEN}, "inDemand needs opportunities, a forecast, or both"),
        ({"region": NURSE, "opportunities": "LARGE"}, "is of the kind occupation-name"),
        ({"region": "AAAA_bbb_ccc", "forecast": "INCREASE"}, "AAAA_bbb_ccc"),
    ],
)
def test_a_filter_of_nothing_or_of_no_region_is_refused(
    sample: Service, wanted: dict[str, str], says: str
) -> None:
    body = sample.answer(LISTED, {"filter": {"inDemand": wanted}}).body
    assert body["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    assert says in body["errors"][0]["message"]


def test_matching_and_transitions_take_the_filter(sample: Service) -> None:
    large = {found["id"] for found in in_demand(sample, region=NORRBOTTEN, opportunities="LARGE")}
    wanted = {"inDemand": {"region": NORRBOTTEN, "opportunities": "LARGE"}}
    match = """query($filter: OccupationFilter) { matchOccupations(profile: {occupations: ["PQkQ_Dmk_ZF8"]},
        filter: $filter, first: 1000) { nodes { occupation { id } } } }"""
    reach = """query($filter: OccupationFilter) { transitions(from: "PQkQ_Dmk_ZF8", filter: $filter,
        first: 1000) { nodes { occupation { id } } } }"""
    for query, field in ((match, "matchOccupations"), (reach, "transitions")):
        found = [node["occupation"]["id"] for node in sample.ask(query, filter=wanted)[field]["nodes"]]
        everything = [node["occupation"]["id"] for node in sample.ask(query)[field]["nodes"]]
        assert found == [id_ for id_ in everything if id_ in large] != []


def test_green_and_digital_skills_are_collections(sample: Service) -> None:
    query = """query($filter: SkillFilter) { skills(filter: $filter, first: 1000) {
        nodes { id ... on Skill { collections { id label uri } } } } }"""
    found = sample.ask(query, filter={"collections": ["collection:green-skills"]})["skills"]["nodes"]
    assert len(found) == 6
    green = {
        "id": "collection:green-skills",
        "label": "Gröna kompetenser",
        "uri": "https://w3id.org/occupation-graph/collection/green-skills",
    }
    assert all(green in node["collections"] for node in found)
    by_uri = sample.ask(query, filter={"collections": [green["uri"]]})["skills"]["nodes"]
    assert by_uri == found
    assert sample.codes(query, {"filter": {"collections": [NURSE]}}) == ["BAD_INPUT"]


def test_the_release_counts_its_observations_and_says_which_period_its_sources_are_of(
    sample: Service,
) -> None:
    query = "{ release { observationCounts { measure count } sources { id period licence } } }"
    release = sample.ask(query)["release"]
    counts = {row["measure"]: row["count"] for row in release["observationCounts"]}
    assert sum(counts.values()) == len(sample.snapshot.observations.value)
    assert counts["SALARY_P10"] == counts["SALARY_MEDIAN"] == counts["SALARY_P90"] == 10
    periods = {source["id"]: source["period"] for source in release["sources"]}
    assert periods["advertisements-2024"] == "2024"
    assert periods["salaries-undated"] == "not stated"
    assert periods["jobtech-27"] == ""
