"""Ids, codes and the errors of root fields."""

import pytest

from taxonomy.model.concept import (
    ESCO_OCCUPATION,
    ESCO_SKILL,
    ESCO_SKILL_GROUP,
    OCCUPATION,
    SKILL,
    SSYK_GROUP,
)
from taxonomy.model.ids import ESCO_NAMESPACE, ESCO_PREFIX, JOBTECH_NAMESPACE
from tests.gql.service import Service

NURSE = "bXNH_MNX_dUR"
GROUP = "Z8ci_bBE_tmx"
SKILL_ID = "MR4H_FFT_mTj"
UNKNOWN = ["AAAA_bbb_CCC", "esco:occupation/0", "http://data.europa.eu/esco/skill/S99.9", "esco:isco/C0310"]
MALFORMED = [
    "",
    "nurse",
    "2221",
    "AAAA_bbb_CCCC",
    " bXNH_MNX_dUR",
    "bXNH_MNX_dUR\n",
    "esco:",
    "esco:x/y",
    "\u0000",
]
BY_ID = ["node", "concept", "occupation", "skill", "escoOccupation", "escoSkill"]
ESCO = {
    "escoOccupation": "esco:occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50",
    "escoSkill": "esco:skill/21d2f96d-35f7-4e3f-9745-c533d2dd6e97",
}


@pytest.mark.parametrize("field", ["node", "concept", "occupation"])
def test_an_id_and_its_uri_mean_the_same(sample: Service, field: str) -> None:
    query = f"query($id: ID!) {{ {field}(id: $id) {{ id }} }}"
    assert sample.ask(query, id=NURSE) == {field: {"id": NURSE}}
    assert sample.ask(query, id=JOBTECH_NAMESPACE + NURSE) == {field: {"id": NURSE}}


@pytest.mark.parametrize("field", ESCO)
def test_a_curie_of_esco_and_its_uri_mean_the_same(sample: Service, field: str) -> None:
    curie = ESCO[field]
    uri = ESCO_NAMESPACE + curie.removeprefix(ESCO_PREFIX)
    for name in (field, "concept", "node"):
        for id_ in (curie, uri):
            query = f"query($id: ID!) {{ {name}(id: $id) {{ id ... on Concept {{ uri }} }} }}"
            assert sample.ask(query, id=id_) == {name: {"id": curie, "uri": uri}}


@pytest.mark.parametrize("field", BY_ID)
@pytest.mark.parametrize("id_", UNKNOWN)
def test_an_unknown_id_is_null_and_no_error(sample: Service, field: str, id_: str) -> None:
    assert sample.ask(f"query($id: ID!) {{ {field}(id: $id) {{ id }} }}", id=id_) == {field: None}


@pytest.mark.parametrize("field", BY_ID)
@pytest.mark.parametrize("id_", MALFORMED)
def test_a_malformed_id_is_bad_input_of_that_field_alone(sample: Service, field: str, id_: str) -> None:
    query = f'query($id: ID!) {{ wrong: {field}(id: $id) {{ id }} right: concept(id: "{NURSE}") {{ id }} }}'
    status, body = sample.answer(query, {"id": id_})
    assert status == 200
    assert body["data"] == {"wrong": None, "right": {"id": NURSE}}
    (error,) = body["errors"]
    assert error["extensions"] == {"code": "BAD_INPUT"}
    assert error["path"] == ["wrong"]
    assert "JobTech id" in error["message"]


@pytest.mark.parametrize(
    ("query", "has", "wanted"),
    [
        (f'{{ occupation(id: "{GROUP}") {{ id }} }}', SSYK_GROUP, OCCUPATION),
        (f'{{ occupation(id: "{SKILL_ID}") {{ id }} }}', SKILL, OCCUPATION),
        (f'{{ skill(id: "{NURSE}") {{ id }} }}', OCCUPATION, SKILL),
        (f'{{ occupationGroup(by: {{id: "{NURSE}"}}) {{ id }} }}', OCCUPATION, SSYK_GROUP),
        (f'{{ iscoGroup(by: {{id: "{GROUP}"}}) {{ id }} }}', SSYK_GROUP, "isco-level-4"),
        (f'{{ occupations(filter: {{groups: ["{NURSE}"]}}) {{ totalCount }} }}', OCCUPATION, SSYK_GROUP),
        (f'{{ occupations(filter: {{skills: ["{NURSE}"]}}) {{ totalCount }} }}', OCCUPATION, SKILL),
        (
            f'{{ occupations(filter: {{occupationFields: ["{GROUP}"]}}) {{ totalCount }} }}',
            SSYK_GROUP,
            "occupation-field",
        ),
        (f'{{ skills(filter: {{groups: ["{SKILL_ID}"]}}) {{ totalCount }} }}', SKILL, SSYK_GROUP),
        (f'{{ occupation(id: "{ESCO["escoOccupation"]}") {{ id }} }}', ESCO_OCCUPATION, OCCUPATION),
        (f'{{ escoOccupation(id: "{NURSE}") {{ id }} }}', OCCUPATION, ESCO_OCCUPATION),
        (f'{{ escoSkill(id: "{SKILL_ID}") {{ id }} }}', SKILL, ESCO_SKILL),
        (f'{{ skill(id: "{ESCO["escoSkill"]}") {{ id }} }}', ESCO_SKILL, SKILL),
        (f'{{ iscoGroup(by: {{id: "{NURSE}"}}) {{ id }} }}', OCCUPATION, "esco-isco-level-4"),
        (
            f'{{ escoOccupations(filter: {{iscoGroups: ["{GROUP}"]}}) {{ totalCount }} }}',
            SSYK_GROUP,
            "isco-level-4",
        ),
        (
            f'{{ escoOccupations(filter: {{skills: ["{SKILL_ID}"]}}) {{ totalCount }} }}',
            SKILL,
            ESCO_SKILL,
        ),
        (f'{{ escoSkills(filter: {{groups: ["{GROUP}"]}}) {{ totalCount }} }}', SSYK_GROUP, ESCO_SKILL_GROUP),
        (
            f'{{ escoSkills(filter: {{collections: ["{GROUP}"]}}) {{ totalCount }} }}',
            SSYK_GROUP,
            "esco-collection",
        ),
    ],
)
def test_an_id_of_another_kind_is_bad_input_that_names_both(
    sample: Service, query: str, has: str, wanted: str
) -> None:
    status, body = sample.answer(query)
    assert status == 200
    assert list(body["data"].values()) == [None]
    (error,) = body["errors"]
    assert error["extensions"] == {"code": "BAD_INPUT"}
    assert f"of the kind {has}" in error["message"]
    assert wanted in error["message"]


def test_an_unknown_id_in_a_filter_is_bad_input_for_nothing_would_be_silently_dropped(
    sample: Service,
) -> None:
    assert sample.codes('{ skills(filter: {groups: ["AAAA_bbb_CCC"]}) { totalCount } }') == ["BAD_INPUT"]


def test_nodes_keeps_order_repetitions_and_holes(sample: Service) -> None:
    ids = [SKILL_ID, "AAAA_bbb_CCC", NURSE, SKILL_ID]
    data = sample.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)
    assert data["nodes"] == [{"id": SKILL_ID}, None, {"id": NURSE}, {"id": SKILL_ID}]


def test_nodes_takes_a_thousand_ids_and_no_more(sample: Service) -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert len(sample.ask(query, ids=[NURSE] * 1000)["nodes"]) == 1000
    assert sample.answer(query, {"ids": [NURSE] * 1001}).status == 422
    assert sample.codes(
        f"{{ nodes(ids: {['NURSE'] * 1001}) {{ id }} }}".replace("'", '"').replace("NURSE", NURSE)
    ) == ["BAD_INPUT"]


def test_every_alias_has_its_own_error_and_the_rest_stands(sample: Service) -> None:
    status, body = sample.answer(
        '{ a: node(id: "x") { id } b: node(id: "bXNH_MNX_dUR") { id }'
        " c: occupations(first: 1001) { totalCount } d: occupations(first: 1) { totalCount }"
        ' e: concept(id: "bXNH_MNX_dUR") { narrower(first: -1) { totalCount } } }'
    )
    assert status == 200
    assert sorted((error["path"], error["extensions"]["code"]) for error in body["errors"]) == [
        (["a"], "BAD_INPUT"),
        (["c"], "BAD_INPUT"),
        (["e"], "BAD_INPUT"),
    ]
    assert {name for name, value in body["data"].items() if value is None} == {"a", "c", "e"}


@pytest.mark.parametrize(
    ("scheme", "code", "expected"),
    [
        ("SSYK_2012", "2221", GROUP),
        ("SSYK_2012", "222", "ssyk-level-3"),
        ("SSYK_2012", "22", "ssyk-level-2"),
        ("SSYK_2012", "2", "ssyk-level-1"),
        ("SSYK_2012", "0110", "ssyk-level-4"),
        ("ISCO_08", "2221", "isco-level-4"),
        ("ISCO_08", "222", "esco-isco-level-3"),
        ("ESCO", "2221.2", "esco-occupation"),
        ("SSYK_2012", "110", None),
        ("SSYK_2012", "9999", None),
        ("SSYK_2012", "", None),
        ("JOBTECH", "2221", None),
    ],
)
def test_a_code_is_looked_up_in_its_scheme(
    sample: Service, scheme: str, code: str, expected: str | None
) -> None:
    data = sample.ask(
        "query($s: Scheme!, $c: String!) { conceptByCode(scheme: $s, code: $c) { id kind code scheme } }",
        s=scheme,
        c=code,
    )
    found = data["conceptByCode"]
    if expected is None:
        assert found is None
    else:
        assert expected in (found["id"], found["kind"].lower().replace("_", "-"))
        assert (found["scheme"], found["code"]) == (scheme, code)


def test_every_active_concept_with_a_code_is_found_by_it_or_shares_it(sample: Service) -> None:
    snapshot = sample.snapshot
    query = (
        "query($s: Scheme!, $c: String!) { conceptByCode(scheme: $s, code: $c) { code scheme deprecated } }"
    )
    for number, code in snapshot.codes.items():
        if not snapshot.deprecated[number]:
            scheme = snapshot.scheme_of(number).name
            found = sample.ask(query, s=scheme, c=code)["conceptByCode"]
            assert found == {"code": code, "scheme": scheme, "deprecated": False}


def test_a_group_is_named_by_exactly_one_of_id_and_code(sample: Service) -> None:
    by_id = sample.ask(f'{{ occupationGroup(by: {{id: "{GROUP}"}}) {{ id }} }}')
    assert by_id == sample.ask('{ occupationGroup(by: {ssyk: "2221"}) { id } }')
    for wrong in ("{}", '{id: "a", ssyk: "b"}', "{id: null}", "{ssyk: null}"):
        answer = sample.answer(f"{{ occupationGroup(by: {wrong}) {{ id }} }}")
        assert answer.status == 422, wrong
    for variables in ({"s": None}, {}):
        answer = sample.answer("query($s: String) { occupationGroup(by: {ssyk: $s}) { id } }", variables)
        assert answer.status == 422
        assert answer.body["errors"][0]["extensions"] == {"code": "BAD_INPUT"}


def test_a_null_where_there_must_be_a_value_is_found_before_anything_is_executed(sample: Service) -> None:
    query = f'query($l: Locale = SV) {{ concept(id: "{NURSE}") {{ broader {{ label(locale: $l) }} }} }}'
    assert sample.answer(query).status == 200
    status, body = sample.answer(query, {"l": None})
    assert (status, "data" in body) == (422, False)
