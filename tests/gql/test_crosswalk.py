"""ESCO and the crosswalk: what the types of ESCO say, and that both sides say the same."""

from typing import Any

import pytest

from taxonomy.model.concept import ESCO_OCCUPATION, ESCO_SKILL, OCCUPATION
from tests.gql.service import Service
from tests.gql.test_inverses import each, pairs

NURSE = "bXNH_MNX_dUR"
ESCO_NURSE = "esco:occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50"
BAKER = "esco:occupation/1aadb308-432a-4d01-b54b-b4f7f76dd419"
PASTRY_CHEF = "esco:occupation/8f10ea9b-bfdf-4a4c-9fa7-b6e02daa93e5"
PROGRAMMING = "esco:skill/21d2f96d-35f7-4e3f-9745-c533d2dd6e97"
FOOD_SAFETY = "esco:skill/3f4e4eab-a8e0-4aed-b8bb-79afe7c890e3"
TURNED = {"BROAD": "NARROW", "NARROW": "BROAD"}


def test_an_esco_occupation_says_what_esco_says_of_it_in_both_languages(sample: Service) -> None:
    data = sample.ask(
        "query($id: ID!) { escoOccupation(id: $id) { id kind scheme code sv: label en: label(locale: EN)"
        " regulatedProfessionNote isco: iscoGroup { id code level kind } notes { kind text locale source }"
        " definition(locale: EN) { locale } } }",
        id=ESCO_NURSE,
    )["escoOccupation"]
    assert data["id"] == ESCO_NURSE
    assert (data["kind"], data["scheme"], data["code"]) == ("ESCO_OCCUPATION", "ESCO", "2221.2")
    assert (data["sv"], data["en"]) == (
        "sjuksköterska, grundutbildad",
        "nurse responsible for general care",
    )
    assert data["regulatedProfessionNote"] == "regulated"
    expected = {"id": "esco:isco/C2221", "code": "2221", "level": 4, "kind": "ESCO_ISCO_LEVEL_4"}
    assert data["isco"] == expected
    notes = {note["kind"]: note["text"] for note in data["notes"]}
    assert notes["REGULATED_PROFESSION"] == data["regulatedProfessionNote"]
    assert data["definition"] == {"locale": "EN"}


def test_an_esco_skill_says_its_type_and_level_and_where_it_belongs(sample: Service) -> None:
    data = sample.ask(
        "query($id: ID!) { escoSkill(id: $id) { label(locale: EN) skillType reuseLevel"
        " broaderGroups { id kind } collections { id label(locale: EN) kind } swedishSkill { id label } } }",
        id=PROGRAMMING,
    )["escoSkill"]
    assert data["label"] == "computer programming"
    assert (data["skillType"], data["reuseLevel"]) == ("knowledge", "cross-sector")
    assert data["broaderGroups"] == [{"id": "esco:isced-f/0613", "kind": "ESCO_SKILL_GROUP"}]
    assert {"Digital", "DigComp"} == {row["label"] for row in data["collections"]}
    assert {row["kind"] for row in data["collections"]} == {"ESCO_COLLECTION"}
    assert data["swedishSkill"] == {"id": "iUew_moc_BRk", "label": "Programmering"}


def test_a_swedish_skill_stands_for_an_esco_skill_only_if_it_alone_is_its_exact_match(
    everything: Service,
) -> None:
    skills = each(
        everything,
        ESCO_SKILL,
        "swedishSkill { id } mappings(matches: [EXACT], first: 100) { edges { node { id kind deprecated } } }"
        " occupations(first: 1) { totalCount }",
    )
    seen: set[int] = set()
    for id_, skill in skills.items():
        nodes = [edge["node"] for edge in skill["mappings"]["edges"]]
        exact = [node["id"] for node in nodes if node["kind"] == "SKILL" and not node["deprecated"]]
        seen.add(len(exact))
        assert (skill["swedishSkill"] is not None) == (len(exact) == 1), id_
        if skill["swedishSkill"]:
            assert skill["swedishSkill"]["id"] == exact[0]
            assert skill["occupations"]["totalCount"] == 0
    assert {0, 1, 2} <= seen


def test_the_exact_match_of_several_swedish_skills_stays_an_esco_skill(sample: Service) -> None:
    data = sample.ask("query($id: ID!) { escoSkill(id: $id) { swedishSkill { id } } }", id=FOOD_SAFETY)
    assert data == {"escoSkill": {"swedishSkill": None}}


def test_esco_occupations_and_skills_need_each_other_from_both_sides(everything: Service) -> None:
    edges = "(first: 1000) { totalCount edges { necessity node { id } } }"
    # Of the publishers' concepts every fifth: they have 124,000 of these relations.
    step = 1 if everything.snapshot.count < 1000 else 5
    occupations = each(everything, ESCO_OCCUPATION, f"skills{edges}", step)
    skills = each(everything, ESCO_SKILL, f"escoOccupations{edges}", step)
    there = {row for row in pairs(occupations, "skills", "necessity") if row[1] in skills}
    whole = {id_ for id_, node in skills.items() if node["escoOccupations"]["totalCount"] <= 1000}
    back = {
        (occupation, skill, said)
        for skill, occupation, said in pairs(skills, "escoOccupations", "necessity")
        if occupation in occupations
    }
    assert there
    assert back <= there
    assert {row for row in there if row[1] in whole} == {row for row in back if row[1] in whole}
    assert {said for *_, said in there} == {"ESSENTIAL", "OPTIONAL"}
    for node in occupations.values():
        order = [edge["necessity"] for edge in node["skills"]["edges"]]
        assert order == sorted(order)


@pytest.mark.parametrize("wanted", [["ESSENTIAL"], ["OPTIONAL"], ["RELATED"], ["ESSENTIAL", "OPTIONAL"], []])
def test_necessity_keeps_the_skills_that_are_needed_so_much(generous: Service, wanted: list[str]) -> None:
    query = (
        "query($n: [Necessity!]) { escoOccupations(first: 100) { nodes { id"
        " all: skills(first: 100) { edges { necessity node { id } } }"
        " some: skills(first: 100, necessity: $n) { totalCount edges { necessity node { id } } } } }"
        " escoSkills(first: 100) { nodes { id"
        " all: escoOccupations(first: 100) { edges { necessity node { id } } }"
        " some: escoOccupations(first: 100, necessity: $n)"
        " { totalCount edges { necessity node { id } } } } } }"
    )
    data = generous.ask(query, n=wanted)
    for node in data["escoOccupations"]["nodes"] + data["escoSkills"]["nodes"]:
        expected = [edge for edge in node["all"]["edges"] if edge["necessity"] in wanted]
        assert node["some"] == {"totalCount": len(expected), "edges": expected}


def test_skills_build_on_other_skills(sample: Service) -> None:
    found = each(sample, ESCO_SKILL, "skills(first: 100) { edges { necessity node { id } } }")
    kinds = "(kinds: [ESSENTIAL_SKILL, OPTIONAL_SKILL], direction: OUT, first: 100)"
    relations = each(sample, ESCO_SKILL, f"relations{kinds} {{ edges {{ necessity node {{ id }} }} }}")
    there = {
        (id_, edge["node"]["id"], edge["necessity"])
        for id_, node in found.items()
        for edge in node["skills"]["edges"]
    }
    assert there
    assert there == {
        (id_, edge["node"]["id"], edge["necessity"])
        for id_, node in relations.items()
        for edge in node["relations"]["edges"]
    }


def test_the_swedish_occupations_of_an_esco_occupation_are_those_that_map_to_it(everything: Service) -> None:
    facts = ("match", "provenance", "source")
    edge = f"edges {{ {' '.join(facts)} node {{ id }} }}"
    swedish = each(everything, OCCUPATION, f"mappings(scheme: ESCO, first: 1000) {{ {edge} }}")
    esco = each(everything, ESCO_OCCUPATION, f"occupations(first: 1000) {{ {edge} }}")
    there = pairs(swedish, "mappings", *facts)
    back = {
        (other, this, TURNED.get(match, match), *rest)
        for this, other, match, *rest in pairs(esco, "occupations", *facts)
    }
    assert there == back != set()
    assert {provenance for *_, provenance, _ in there} == {"MAPPING"}


def test_esco_s_groups_and_collections_list_what_says_that_it_is_in_them(everything: Service) -> None:
    skills = each(everything, ESCO_SKILL, "broaderGroups { id } collections { id }")
    occupations = each(everything, ESCO_OCCUPATION, "collections { id } iscoGroup { id }")
    for id_ in sorted({row["id"] for node in skills.values() for row in node["collections"]}):
        members = in_list(everything, "escoSkills", {"collections": [id_]})
        assert members == {key for key, node in skills.items() if {"id": id_} in node["collections"]}
    groups = sorted({row["id"] for node in skills.values() for row in node["broaderGroups"]})
    for id_ in groups[:: max(len(groups) // 20, 1)]:
        direct = {key for key, node in skills.items() if {"id": id_} in node["broaderGroups"]}
        assert direct <= in_list(everything, "escoSkills", {"groups": [id_]})
    iscos = sorted({node["iscoGroup"]["id"] for node in occupations.values()})
    for id_ in iscos[:: max(len(iscos) // 20, 1)]:
        expected = {key for key, node in occupations.items() if node["iscoGroup"] == {"id": id_}}
        assert in_list(everything, "escoOccupations", {"iscoGroups": [id_]}) == expected
        query = (
            "query($id: ID!) { iscoGroup(by: { id: $id }) { escoOccupations(first: 1000) { nodes { id } } } }"
        )
        nodes = everything.ask(query, id=id_)["iscoGroup"]["escoOccupations"]["nodes"]
        assert {node["id"] for node in nodes} == expected


def in_list(service: Service, field: str, filters: dict[str, Any]) -> set[str]:
    type_ = field[0].upper() + field[1:-1]
    query = (
        f"query($f: {type_}Filter, $first: Int, $after: String) {{"
        f" {field}(filter: $f, first: $first, after: $after) {{"
        " totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }"
    )
    edges = service.pages(query, field, 1000, f=filters)
    return {edge["node"]["id"] for edge in edges}


def test_a_list_without_a_filter_is_everything_of_its_kind(everything: Service) -> None:
    for field, kind in (("escoOccupations", ESCO_OCCUPATION), ("escoSkills", ESCO_SKILL)):
        numbers = everything.snapshot.kind_range(kind)
        assert in_list(everything, field, {}) == {everything.snapshot.ids[number] for number in numbers}


UNMAPPED = [
    ("occupations", "ESCO"),
    ("occupations", "ISCO_08"),
    ("skills", "ESCO"),
    ("escoOccupations", "JOBTECH"),
    ("escoOccupations", "ISCO_08"),
    ("escoSkills", "JOBTECH"),
    ("escoSkills", "ISO_639"),
]


@pytest.mark.parametrize(("field", "scheme"), UNMAPPED)
def test_what_is_unmapped_to_a_scheme_has_no_mapping_to_it(
    everything: Service, field: str, scheme: str
) -> None:
    query = (
        f"query($s: Scheme, $first: Int, $after: String) {{ {field}(first: $first, after: $after) {{"
        " totalCount pageInfo { hasNextPage endCursor } edges { node { id"
        " mappings(scheme: $s, first: 0) { totalCount } } } } }"
    )
    edges = everything.pages(query, field, 1000, s=scheme)
    without = {edge["node"]["id"] for edge in edges if not edge["node"]["mappings"]["totalCount"]}
    assert 0 < len(without) <= len(edges)
    assert in_list(everything, field, {"unmappedTo": scheme}) == without


@pytest.mark.parametrize(("field", "scheme"), [UNMAPPED[0], UNMAPPED[3]])
@pytest.mark.parametrize(("least", "most"), [(0, 0), (2, None)])
def test_lists_are_filtered_by_how_many_exact_matches_there_are(
    everything: Service, field: str, scheme: str, least: int, most: int | None
) -> None:
    query = (
        f"query($s: Scheme, $first: Int, $after: String) {{ {field}(first: $first, after: $after) {{"
        " totalCount pageInfo { hasNextPage endCursor } edges { node { id"
        " mappings(scheme: $s, matches: [EXACT], first: 0) { totalCount } } } } }"
    )
    counts = {
        edge["node"]["id"]: edge["node"]["mappings"]["totalCount"]
        for edge in everything.pages(query, field, 1000, s=scheme)
    }
    asked = {"scheme": scheme, "matches": ["EXACT"], "atLeast": least, "atMost": most}
    wanted = {id_ for id_, count in counts.items() if least <= count and (most is None or count <= most)}
    assert in_list(everything, field, {"mappings": [asked]}) == wanted


def test_no_exact_match_is_not_no_mapping_at_all(everything: Service) -> None:
    no_exact = {"scheme": "ESCO", "matches": ["EXACT"], "atMost": 0}
    some = {"scheme": "ESCO", "atLeast": 1}
    without = in_list(everything, "occupations", {"mappings": [no_exact]})
    unmapped = in_list(everything, "occupations", {"unmappedTo": "ESCO"})
    assert unmapped < without
    assert in_list(everything, "occupations", {"mappings": [no_exact, some]}) == without - unmapped


def test_a_filter_takes_only_so_many_mappings(sample: Service) -> None:
    query = "query($f: OccupationFilter) { occupations(filter: $f) { totalCount } }"
    assert sample.codes(query, {"f": {"mappings": [{"scheme": "ESCO"}] * 5}}) == []
    assert sample.codes(query, {"f": {"mappings": [{"scheme": "ESCO"}] * 6}}) == ["BAD_INPUT"]


def test_all_parts_of_a_filter_must_hold(sample: Service) -> None:
    skill = sample.ask("query($id: ID!) { escoOccupation(id: $id) { skills { nodes { id } } } }", id=BAKER)
    some = [node["id"] for node in skill["escoOccupation"]["skills"]["nodes"]]
    assert BAKER in in_list(sample, "escoOccupations", {"skills": some})
    baker = in_list(sample, "escoOccupations", {"skills": some, "iscoGroups": ["esco:isco/C7512"]})
    assert baker == {BAKER}
    assert in_list(sample, "escoOccupations", {"skills": some, "iscoGroups": ["esco:isco/C2221"]}) == set()
    assert in_list(sample, "escoOccupations", {"iscoGroups": []}) == set()
    assert in_list(sample, "escoSkills", {"groups": []}) == in_list(sample, "escoSkills", {"collections": []})


def test_occupations_are_filtered_by_an_esco_skill_that_they_have_over_the_crosswalk(sample: Service) -> None:
    query = (
        "query($id: ID!) { escoOccupation(id: $id) { skills(necessity: [ESSENTIAL]) { nodes {"
        " id swedishSkill { id } } } occupations { edges { match node { id } } } } }"
    )
    data = sample.ask(query, id=BAKER)["escoOccupation"]
    skills = [(node["swedishSkill"] or node)["id"] for node in data["skills"]["nodes"]]
    assert any(id_.startswith("esco:") for id_ in skills)
    having = in_list(sample, "occupations", {"skills": skills})
    assert {edge["node"]["id"] for edge in data["occupations"]["edges"]} <= having


def test_the_isco_groups_of_an_occupation_are_stated_for_it_or_follow_from_its_group(
    everything: Service,
) -> None:
    found = each(
        everything,
        OCCUPATION,
        "group { iscoGroups { id } } iscoGroups(first: 100) { edges { provenance node { id kind code } } }"
        " mappings(scheme: ISCO_08, first: 100) { edges { node { id code } } }",
    )
    seen: set[str] = set()
    for node in found.values():
        edges = node["iscoGroups"]["edges"]
        codes = [edge["node"]["code"] for edge in edges]
        assert len(codes) == len(set(codes)), "each group once, whoever publishes it"
        stated = {edge["node"]["code"] for edge in node["mappings"]["edges"]}
        by_group = {group["id"] for group in (node["group"] or {"iscoGroups": []})["iscoGroups"]}
        for edge in edges:
            seen.add(edge["provenance"])
            assert (edge["provenance"] == "MAPPING") == (edge["node"]["code"] in stated)
            assert edge["provenance"] == "MAPPING" or edge["node"]["id"] in by_group
        assert stated | by_group <= {*codes, *(edge["node"]["id"] for edge in edges)}
        order = [edge["provenance"] for edge in edges]
        assert order == sorted(order, key=["MAPPING", "GROUP"].index)
    assert seen == {"MAPPING", "GROUP"}


def test_an_isco_group_is_found_by_code_and_by_either_publisher_s_id(sample: Service) -> None:
    query = "query($by: IscoBy!) { iscoGroup(by: $by) { id kind level occupationGroups { code }"
    query += " escoOccupations { nodes { code } } same: mappings(matches: [EXACT]) { nodes { id } } } }"
    by_code, jobtech, esco = (
        sample.ask(query, by=by)["iscoGroup"]
        for by in ({"isco": "2221"}, {"id": "3tbF_Wy4_q96"}, {"id": "esco:isco/C2221"})
    )
    assert by_code == jobtech
    assert (jobtech["kind"], esco["kind"]) == ("ISCO_LEVEL_4", "ESCO_ISCO_LEVEL_4")
    assert jobtech["same"]["nodes"] == [{"id": "esco:isco/C2221"}]
    for shared in ("level", "occupationGroups", "escoOccupations"):
        assert jobtech[shared] == esco[shared]
    assert {"code": "2221.2"} in esco["escoOccupations"]["nodes"]
    assert sample.ask(query, by={"isco": "22"})["iscoGroup"]["level"] == 2


def test_a_shortest_path_crosses_over_to_esco_and_back(sample: Service) -> None:
    query = (
        "query($a: ID!, $b: ID!) { shortestPaths(from: $a, to: $b, first: 1) {"
        " length steps { relation direction } concepts { id kind } } }"
    )
    (path,) = sample.ask(query, a=NURSE, b=PROGRAMMING)["shortestPaths"]
    kinds = [concept["kind"] for concept in path["concepts"]]
    assert kinds[0] == "OCCUPATION_NAME"
    assert kinds[-1] == "ESCO_SKILL"
    (direct,) = sample.ask(query, a=NURSE, b=ESCO_NURSE)["shortestPaths"]
    assert direct["steps"] == [{"relation": "EXACT_MATCH", "direction": "IN"}]
    only = query.replace("first: 1)", "first: 1, relations: [EXACT_MATCH])")
    (between,) = sample.ask(only, a=BAKER, b=PASTRY_CHEF)["shortestPaths"]
    assert [concept["id"] for concept in between["concepts"]] == [BAKER, "XugJ_6hw_wVV", PASTRY_CHEF]


@pytest.mark.parametrize(
    ("text", "filters", "expected"),
    [
        ("nurse responsible", "", ESCO_NURSE),
        ("nurse responsible", "locale: EN", ESCO_NURSE),
        ("computer programming", "schemes: [ESCO]", PROGRAMMING),
        ("bagare", "schemes: [ESCO]", BAKER),
        ("bagare", "schemes: [JOBTECH], kinds: [OCCUPATION_NAME]", "XugJ_6hw_wVV"),
        ("pastry chef", "kinds: [ESCO_OCCUPATION]", PASTRY_CHEF),
        ("sjuksköterska, grundutbildad", "kinds: [OCCUPATION_NAME]", NURSE),
    ],
)
def test_a_search_goes_over_both_languages_and_both_schemes(
    sample: Service, text: str, filters: str, expected: str
) -> None:
    given = f", {filters}" if filters else ""
    query = f"query($t: String!) {{ search(text: $t{given}) {{ nodes {{ concept {{ id }} matchedText }} }} }}"
    found = [node["concept"]["id"] for node in sample.ask(query, t=text)["search"]["nodes"]]
    assert found[0] == expected


def test_a_search_without_filters_finds_the_swedish_concept_and_esco_s(sample: Service) -> None:
    query = '{ search(text: "sjuksköterska, grundutbildad") { nodes { concept { id } score } } }'
    nodes = sample.ask(query)["search"]["nodes"]
    whole = [node["concept"]["id"] for node in nodes if node["score"] == 1]
    assert whole[0] == NURSE
    # ESCO gives the same Swedish label to two of its occupations.
    assert ESCO_NURSE in whole[1:]


def test_evidence_over_esco_shows_the_mapping_the_esco_skill_and_what_stands_for_it(sample: Service) -> None:
    query = (
        '{ occupation(id: "rQds_YGd_quU") { skills(provenance: [MAPPING], first: 100) { edges {'
        " necessity node { id __typename } evidence(first: 100) { necessity provenance"
        " steps { relation direction to { id kind } } } } } } }"
    )
    patterns: set[tuple[str, ...]] = set()
    for edge in sample.ask(query)["occupation"]["skills"]["edges"]:
        assert edge["node"]["__typename"] in ("Skill", "EscoSkill")
        for evidence in edge["evidence"]:
            steps = evidence["steps"]
            if evidence["provenance"] == "MAPPING":
                patterns.add(tuple(step["to"]["kind"] for step in steps))
                # Stored from ESCO to Sweden: the table's broad match is walked against its direction.
                assert steps[0]["direction"] == "IN"
                if steps[0]["relation"] == "BROAD_MATCH":
                    assert evidence["necessity"] != "ESSENTIAL"
    assert patterns == {
        ("ESCO_OCCUPATION", "ESCO_SKILL"),
        ("ESCO_OCCUPATION", "ESCO_SKILL", "SKILL"),
    }
