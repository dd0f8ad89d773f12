"""Effective skills, compared with the relations that they are made of."""

from itertools import combinations
from typing import Any

import pytest

from taxonomy.model.concept import ESCO_OCCUPATION, OCCUPATION, SKILL, Provenance
from taxonomy.model.relation import MATCH_INVERSES, SKILL_RELATIONS, Direction, Necessity, RelationKind
from tests.gql.service import Service

ALL_EVIDENCE = (
    "edges { weight necessity provenance evidenceCount node { id }"
    " evidence(first: 100) { necessity provenance rank steps { from { id } relation direction to { id } } } }"
)
STRONGEST = {name: at for names in (Provenance, Necessity) for at, name in enumerate(v.name for v in names)}


def some_occupations(service: Service) -> list[str]:
    """Sixty occupations, spread over all."""
    numbers = service.snapshot.kind_range(OCCUPATION)
    return [service.snapshot.ids[number] for number in numbers[:: max(len(numbers) // 60, 1)]]


def skills_of(service: Service, ids: list[str], filters: str = "") -> dict[str, Any]:
    query = (
        f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ id ... on Occupation {{"
        f" skills(first: 1000{filters}) {{ totalCount {ALL_EVIDENCE} }} }} }} }}"
    )
    return {node["id"]: node["skills"] for node in service.ask(query, ids=ids)["nodes"]}


def test_weights_fall_and_lie_between_0_and_1(everything: Service) -> None:
    for skills in skills_of(everything, some_occupations(everything)).values():
        weights = [edge["weight"] for edge in skills["edges"]]
        assert weights == sorted(weights, reverse=True)
        assert all(0 < weight <= 1 for weight in weights)


def test_an_edge_has_the_strongest_necessity_and_provenance_of_its_evidence(everything: Service) -> None:
    for skills in skills_of(everything, some_occupations(everything)).values():
        for edge in skills["edges"]:
            assert len(edge["evidence"]) == edge["evidenceCount"] > 0
            for fact in ("necessity", "provenance"):
                found = [evidence[fact] for evidence in edge["evidence"]]
                assert edge[fact] == min(found, key=STRONGEST.__getitem__)
            provenances = [STRONGEST[evidence["provenance"]] for evidence in edge["evidence"]]
            assert provenances == sorted(provenances)


def test_every_step_of_evidence_is_a_stored_relation(everything: Service) -> None:
    snapshot = everything.snapshot
    for id_, skills in skills_of(everything, some_occupations(everything)).items():
        for edge in skills["edges"]:
            for evidence in edge["evidence"]:
                steps = evidence["steps"]
                path = [steps[0]["from"]["id"], *(step["to"]["id"] for step in steps)]
                assert (path[0], path[-1]) == (id_, edge["node"]["id"])
                assert [step["from"]["id"] for step in steps] == path[:-1]
                first = steps[0]["relation"]
                assert (first == "BROADER") == (evidence["provenance"] == "GROUP")
                assert first.endswith("_MATCH") == (evidence["provenance"] in ("MAPPING", "DERIVED"))
                assert len(steps) == (1 if first.endswith("_SKILL") else 2) + (
                    steps[-1]["relation"] == "EXACT_MATCH"
                )
                for step in steps:
                    adjacency = snapshot.edges(RelationKind[step["relation"]], Direction[step["direction"]])
                    assert snapshot.index[step["to"]["id"]] in adjacency.of(
                        snapshot.index[step["from"]["id"]]
                    )


def test_nothing_that_the_relations_say_is_missing(everything: Service) -> None:
    snapshot = everything.snapshot

    def skills_said_of(number: int) -> set[int]:
        return {skill for kind in SKILL_RELATIONS for skill in snapshot.edges(kind).of(number)}

    def exact_swedish(skill: int) -> set[int]:
        other = snapshot.edges(RelationKind.EXACT_MATCH).of(skill)
        return {number for number in other if number in snapshot.kind_range(SKILL)}

    esco = snapshot.kind_range(ESCO_OCCUPATION)
    for id_, skills in skills_of(everything, some_occupations(everything)).items():
        number = snapshot.index[id_]
        said = skills_said_of(number)
        for group in snapshot.edges(RelationKind.BROADER).of(number):
            said |= skills_said_of(group)
        others = (snapshot.edges(kind, Direction.IN).of(number) for kind in MATCH_INVERSES)
        for other in (other for found in others for other in found if other in esco):
            for skill in skills_said_of(other):
                said |= exact_swedish(skill) if len(exact_swedish(skill)) == 1 else {skill}
        assert {snapshot.index[edge["node"]["id"]] for edge in skills["edges"]} == said
        assert skills["totalCount"] == len(said)


PROVENANCES = [[p.name for p in some] for n in (0, 1, 2) for some in combinations(list(Provenance)[:4], n)]


@pytest.mark.parametrize("provenance", PROVENANCES, ids=" ".join)
@pytest.mark.parametrize("necessity", [None, ["RELATED"], ["ESSENTIAL"], ["OPTIONAL", "RELATED"], []])
def test_an_edge_passes_when_one_piece_of_evidence_satisfies_all_filters(
    generous: Service, provenance: list[str], necessity: list[str] | None
) -> None:
    filters = f", provenance: [{' '.join(provenance)}]"
    filters += "" if necessity is None else f", necessity: [{' '.join(necessity)}]"
    ids = some_occupations(generous)
    whole, kept = skills_of(generous, ids), skills_of(generous, ids, filters)
    for id_ in ids:
        expected = [
            edge
            for edge in whole[id_]["edges"]
            if any(
                evidence["provenance"] in provenance
                and (necessity is None or evidence["necessity"] in necessity)
                for evidence in edge["evidence"]
            )
        ]
        assert kept[id_]["edges"] == expected
        assert kept[id_]["totalCount"] == len(expected)


def test_filters_work_from_the_skill_as_from_the_occupation(generous: Service) -> None:
    query = (
        "query($p: [Provenance!]) { skills(first: 200) { nodes { id"
        " occupations(first: 100, provenance: $p) { edges { node { id } weight } } } }"
        " escoSkills(first: 200) { nodes { id"
        " occupations(first: 100, provenance: $p) { edges { node { id } weight } } } }"
        " occupations(first: 100) { nodes { id"
        " skills(first: 1000, provenance: $p) { edges { node { id } weight } } } } }"
    )
    for provenance in (["NATIVE"], ["CALCULATED"], ["MAPPING"], ["GROUP"], ["NATIVE", "GROUP"]):
        data = generous.ask(query, p=provenance)
        data["skills"]["nodes"] += data.pop("escoSkills")["nodes"]
        there, back = (
            {
                (node["id"], edge["node"]["id"], edge["weight"])
                for node in data[name]["nodes"]
                for edge in node[other]["edges"]
            }
            for name, other in (("occupations", "skills"), ("skills", "occupations"))
        )
        assert there == {(occupation, skill, weight) for skill, occupation, weight in back} != set()


def test_schemes_keep_the_skills_of_those_schemes(generous: Service) -> None:
    query = 'query($s: [Scheme!]) { occupation(id: "bXNH_MNX_dUR") { skills(schemes: $s) { totalCount } } }'
    whole = generous.ask(query)["occupation"]["skills"]["totalCount"]
    swedish, esco = (
        generous.ask(query, s=[scheme])["occupation"]["skills"]["totalCount"]
        for scheme in ("JOBTECH", "ESCO")
    )
    assert swedish > 0
    assert esco > 0
    assert (
        swedish + esco
        == whole
        == generous.ask(query, s=["JOBTECH", "ESCO"])["occupation"]["skills"]["totalCount"]
    )
    assert generous.ask(query, s=["SSYK_2012", "ISCO_08"])["occupation"]["skills"]["totalCount"] == 0
    assert generous.ask(query, s=[])["occupation"]["skills"]["totalCount"] == 0


def test_occupations_are_filtered_by_all_of_the_skills_asked_for(generous: Service) -> None:
    having = {
        id_: {edge["node"]["id"] for edge in skills["edges"]}
        for id_, skills in skills_of(generous, some_occupations(generous)).items()
    }
    query = "query($s: [ID!]) { occupations(filter: { skills: $s }, first: 1000) { nodes { id } } }"
    deprecated = {"Phit_Tat_001", "Phit_Tat_002"}
    for some in ([], *(sorted(skills)[:3] for skills in list(having.values())[:8] if skills)):
        found = {node["id"] for node in generous.ask(query, s=some)["occupations"]["nodes"]}
        assert found == {id_ for id_, skills in having.items() if set(some) <= skills} - deprecated


def test_has_skills_parts_the_occupations_in_two(everything: Service) -> None:
    query = "query($h: Boolean) { occupations(filter: { hasSkills: $h }, first: 0) { totalCount } }"
    having, lacking, whole = (
        everything.ask(query, h=value)["occupations"]["totalCount"] for value in (True, False, None)
    )
    assert having + lacking == whole > having > 0 or lacking == 0


def test_a_first_piece_of_evidence_is_the_first_of_all(generous: Service) -> None:
    query = (
        'query($n: Int!) { occupation(id: "bXNH_MNX_dUR") { skills(first: 50) {'
        " edges { evidenceCount evidence(first: $n) { provenance rank } } } } }"
    )
    whole = generous.ask(query, n=100)["occupation"]["skills"]["edges"]
    assert any(edge["evidenceCount"] > 1 for edge in whole)
    for n in (0, 1, 2):
        for edge, all_of_it in zip(
            generous.ask(query, n=n)["occupation"]["skills"]["edges"], whole, strict=True
        ):
            assert edge["evidence"] == all_of_it["evidence"][:n]
            assert edge["evidenceCount"] == all_of_it["evidenceCount"]
    for n in (-1, 101):
        assert generous.codes(query, {"n": n}) == ["BAD_INPUT"]
