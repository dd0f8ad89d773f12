"""What is said of one end of a relation is said of the other: on the sample, and on all real data."""

from typing import Any

import pytest

from taxonomy.gql.concepts import TYPE_OF_KIND
from taxonomy.model.concept import ESCO_SKILL, OCCUPATION, SKILL, Kind
from tests.gql.service import Service

PAGE = 250
ALL = "(first: 1000)"


def each(service: Service, kind: Kind, selection: str, step: int = 1) -> dict[str, Any]:
    """A selection of all (or every so-manieth) concepts of a kind, deprecated ones too, by id."""
    ids = [service.snapshot.ids[number] for number in service.snapshot.kind_range(kind)[::step]]
    type_ = TYPE_OF_KIND.get(kind, "Concept")
    query = f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ id ... on {type_} {{ {selection} }} }} }}"
    found: dict[str, Any] = {}
    for at in range(0, len(ids), PAGE):
        found |= {node["id"]: node for node in service.ask(query, ids=ids[at : at + PAGE])["nodes"]}
    return found


def pairs(nodes: dict[str, Any], field: str, *facts: str) -> set[tuple[Any, ...]]:
    """(this end, other end, facts of the edge) of a connection of all these nodes."""
    found = [
        (id_, edge["node"]["id"], *(edge[fact] for fact in facts))
        for id_, node in nodes.items()
        for edge in node[field]["edges"]
    ]
    assert len(found) == len(set(found)), f"{field} says something twice"
    return set(found)


def turned(found: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    return {(other, this, *facts) for this, other, *facts in found}


def test_one_occupation_substitutes_another_when_that_one_is_substituted_by_it(everything: Service) -> None:
    for minimum in (25, 75):
        given = f"(first: 1000, minimum: {minimum})"
        nodes = each(
            everything,
            OCCUPATION,
            f"substitutes{given} {{ edges {{ level node {{ id }} }} }}"
            f" substitutedBy{given} {{ edges {{ level node {{ id }} }} }}",
        )
        there = pairs(nodes, "substitutes", "level")
        assert there
        assert there == turned(pairs(nodes, "substitutedBy", "level"))
        assert {level for _, _, level in there} == ({25, 75} if minimum == 25 else {75})
        for node in nodes.values():
            levels = [edge["level"] for edge in node["substitutes"]["edges"]]
            assert levels == sorted(levels, reverse=True)


def test_an_occupation_has_a_skill_when_the_skill_has_the_occupation(everything: Service) -> None:
    edge = "edges { weight necessity provenance evidenceCount node { id } }"
    facts = ("weight", "necessity", "provenance", "evidenceCount")
    # Of the publishers' concepts every fifth: they have a quarter of a million skills.
    step = 1 if everything.snapshot.count < 1000 else 5
    occupations = each(everything, OCCUPATION, f"skills{ALL} {{ totalCount {edge} }}", step)
    skills: dict[str, Any] = {}
    for kind in (SKILL, ESCO_SKILL):
        skills |= each(everything, kind, f"occupations{ALL} {{ totalCount {edge} }}", step)
    assert max(node["skills"]["totalCount"] for node in occupations.values()) <= 1000
    there = pairs(occupations, "skills", *facts)
    there = {row for row in there if row[1] in skills}
    back = {row for row in turned(pairs(skills, "occupations", *facts)) if row[0] in occupations}
    # A skill of more than a thousand occupations shows its first thousand only.
    whole = {id_ for id_, node in skills.items() if node["occupations"]["totalCount"] <= 1000}
    assert there
    assert back <= there
    assert {row for row in there if row[1] in whole} == {row for row in back if row[1] in whole}


def test_a_concept_is_below_another_when_that_one_is_above_it(everything: Service) -> None:
    above, below = set(), set()
    for kind in everything.snapshot.kinds:
        nodes = each(
            everything, kind, f"broader {{ id }} narrower{ALL} {{ totalCount edges {{ node {{ id }} }} }}"
        )
        above |= {(id_, other["id"]) for id_, node in nodes.items() for other in node["broader"]}
        below |= pairs(nodes, "narrower")
        assert max(node["narrower"]["totalCount"] for node in nodes.values()) <= 1000
    assert above
    assert above == turned(below)


def test_ancestors_are_the_closure_of_broader_nearest_first(everything: Service) -> None:
    above: dict[str, list[str]] = {}
    ancestors: dict[str, list[str]] = {}
    for kind in everything.snapshot.kinds:
        for id_, node in each(everything, kind, "broader { id } ancestors { id }").items():
            above[id_] = [other["id"] for other in node["broader"]]
            ancestors[id_] = [other["id"] for other in node["ancestors"]]
    for id_, found in ancestors.items():
        distance = {id_: 0}
        waiting = [id_]
        for current in waiting:
            new = [other for other in above[current] if other not in distance]
            distance |= dict.fromkeys(new, distance[current] + 1)
            waiting += dict.fromkeys(new)
        assert sorted(found) == sorted(other for other in distance if other != id_)
        assert [distance[other] for other in found] == sorted(distance[other] for other in found)


@pytest.mark.parametrize(("field", "relation"), [("jobTitles", "JOB_TITLE_OF"), ("keywords", "KEYWORD_OF")])
def test_the_names_of_an_occupation_are_its_relations(everything: Service, field: str, relation: str) -> None:
    found = each(
        everything,
        OCCUPATION,
        f"{field}{ALL} {{ totalCount edges {{ node {{ id }} }} }}"
        f" relations(kinds: [{relation}], direction: IN, first: 1000) {{ edges {{ node {{ id }} }} }}",
    )
    assert pairs(found, field)
    assert pairs(found, field) == pairs(found, "relations")


def test_a_skill_is_in_the_list_of_a_group_when_the_group_is_in_the_skill_s(everything: Service) -> None:
    skills = each(everything, SKILL, "groups { id level }")
    there = {
        (group["id"], id_) for id_, node in skills.items() for group in node["groups"] if group["level"] == 4
    }
    groups = everything.ask(
        "{ occupationGroups(first: 1000) { nodes { id skills(first: 1000) { edges { node { id } } } } } }"
    )["occupationGroups"]["nodes"]
    assert there
    assert there == pairs({group["id"]: group for group in groups}, "skills")


def test_the_fields_of_occupations_are_the_occupations_of_fields(everything: Service) -> None:
    occupations = each(everything, OCCUPATION, "occupationFields { id }")
    there = {(field["id"], id_) for id_, node in occupations.items() for field in node["occupationFields"]}
    fields = everything.ask(
        "{ occupationFields { id occupations(first: 1000) { totalCount edges { node { id } } } } }"
    )["occupationFields"]
    assert there
    assert there == pairs({field["id"]: field for field in fields}, "occupations")


def test_isco_groups_and_ssyk_groups_correspond_to_each_other(everything: Service) -> None:
    groups = everything.ask("{ occupationGroups(first: 1000) { nodes { id iscoGroups { id } } } }")
    there = {(g["id"], i["id"]) for g in groups["occupationGroups"]["nodes"] for i in g["iscoGroups"]}
    isco = everything.ask(
        "{ concepts(kinds: [ISCO_LEVEL_4], first: 1000) { nodes { id"
        " ... on IscoGroup { occupationGroups { id } } } } }"
    )
    back = {(g["id"], i["id"]) for i in isco["concepts"]["nodes"] for g in i["occupationGroups"]}
    assert there
    assert there == back


def test_what_replaces_a_concept_was_replaced_by_it(everything: Service) -> None:
    there, back = set(), set()
    for kind in everything.snapshot.kinds:
        for id_, node in each(everything, kind, "deprecated replacedBy { id } replaces { id }").items():
            there |= {(id_, other["id"]) for other in node["replacedBy"]}
            back |= {(other["id"], id_) for other in node["replaces"]}
            assert node["deprecated"] or not node["replacedBy"]
    assert there == back


def test_a_relation_seen_from_its_object_is_the_one_seen_from_its_subject(everything: Service) -> None:
    facts = ("relation", "direction", "provenance", "level", "rank", "necessity", "source", "match")
    # Of the publishers' concepts every twelfth: a twelfth of their relations has both ends among them.
    step = 1 if everything.snapshot.count < 1000 else 12
    found: set[tuple[Any, ...]] = set()
    seen: set[str] = set()
    for kind in everything.snapshot.kinds:
        selection = f"relations{ALL} {{ totalCount edges {{ {' '.join(facts)} node {{ id }} }} }}"
        nodes = each(everything, kind, selection, step)
        whole = {id_: node for id_, node in nodes.items() if node["relations"]["totalCount"] <= 1000}
        found |= pairs(whole, "relations", *facts)
        seen |= whole.keys()
    among = {row for row in found if row[1] in seen}
    other = {"OUT": "IN", "IN": "OUT"}
    turned_match = {"BROAD": "NARROW", "NARROW": "BROAD"}
    assert among
    assert among == {
        (b, a, relation, other[way], *rest, turned_match.get(match, match))
        for a, b, relation, way, *rest, match in among
    }
