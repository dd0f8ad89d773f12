"""Effective skills: the arrays against the formulas of the docstring, written out in plain Python."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.model.concept import ESCO_OCCUPATION, ESCO_SKILL, OCCUPATION, SKILL, SSYK_GROUP, Provenance
from taxonomy.model.mapping import MATCHES
from taxonomy.model.relation import Necessity, RelationKind
from taxonomy.model.release import Content
from taxonomy.snapshot.evidence import NECESSITIES
from taxonomy.snapshot.skills import NEED, TRUST
from tests.builders import broader, build, concept, content, contents, has_skill, relation, release, snapshot
from tests.snapshot.by_hand import EXACT, SAID, ByHand, edges_of, pieces, skills_named

ROOT = Path(__file__).resolve().parent.parent.parent

CROSSWALK = [
    *(concept(id_, kind=OCCUPATION) for id_ in ("o1", "o2")),
    concept("g", kind=SSYK_GROUP),
    *(concept(id_, kind=ESCO_OCCUPATION) for id_ in ("e1", "e2", "e3")),
    *(concept(id_, kind=ESCO_SKILL) for id_ in ("x1", "x2")),
    *(concept(id_, kind=SKILL) for id_ in ("s1", "s2")),
    concept("s3", kind=SKILL, deprecated=True),
]
_provenances, _skill_kinds = st.sampled_from(Provenance), st.sampled_from(sorted(SAID))
_esco_skills, _skills = st.sampled_from(["x1", "x2"]), st.sampled_from(["s1", "s2", "s3"])


def _both_ways(kinds: st.SearchStrategy[RelationKind], one: list[str], other: list[str]) -> Any:
    a, b = st.sampled_from(one), st.sampled_from(other)
    return st.builds(relation, kinds, a, b, _provenances) | st.builds(relation, kinds, b, a, _provenances)


crosswalks = st.lists(
    _both_ways(st.sampled_from(MATCHES), ["o1", "o2"], ["e1", "e2", "e3"])
    | _both_ways(st.just(EXACT), ["x1", "x2"], ["s1", "s2", "s3"])
    | st.builds(
        relation,
        _skill_kinds,
        st.sampled_from(["e1", "e2", "e3", "o1", "g"]),
        _esco_skills | _skills,
        _provenances,
        necessity=st.none() | st.sampled_from(Necessity),
        rank=st.none() | st.integers(1, 40),
    )
    | st.just(broader("o1", "g")),
    min_size=4,
    max_size=30,
    unique_by=lambda row: row[:4],
).map(lambda rows: content(CROSSWALK, rows))
"""Every way in which an occupation can come to a skill, and few of anything else."""


@given(contents | crosswalks)
def test_edges_evidence_and_weights_are_those_of_the_formulas(rows: Content) -> None:
    of = build(release(rows), rows)
    hand, skills = ByHand(of), of.effective
    found = {}
    for number in range(of.count):
        for row in edges_of(of, number):
            skill = int(skills.skill[row])
            assert skills.occupation[row] == number
            found[number, skill] = pieces(of, row)
            assert skills.weight[row] == pytest.approx(hand.weight(number, skill), abs=1e-6)
            assert 0 <= skills.weight[row] <= 1
            assert skills.necessity[row] == min(piece.necessity for piece in found[number, skill])
            assert skills.provenance[row] == min(piece.provenance for piece in found[number, skill])
    assert found == {pair: sorted(some) for pair, some in hand.pairs.items()}


@given(contents | crosswalks)
def test_edges_come_by_falling_weight_from_either_side(rows: Content) -> None:
    of = build(release(rows), rows)
    skills = of.effective
    for number in range(of.count):
        order = [(-skills.weight[row], skills.skill[row]) for row in edges_of(of, number)]
        assert order == sorted(order)
        start, edge = skills.by_skill
        back = edge[start[number] : start[number + 1]].tolist()
        assert {int(skills.skill[row]) for row in back} <= {number}
        order = [(-skills.weight[row], skills.occupation[row]) for row in back]
        assert order == sorted(order)
    assert sorted(skills.by_skill[1].tolist()) == list(range(len(skills.skill)))


@given(contents)
def test_the_skills_of_a_group_come_by_falling_support_then_rarity(rows: Content) -> None:
    of = build(release(rows), rows)
    hand = ByHand(of)
    start, target = of.effective.of_group
    for group in range(of.count):
        listed = target[start[group] : start[group + 1]].tolist()
        said = {skill for skill, _, _ in hand._said(group)} if group in hand.groups else set()
        assert listed == sorted(
            said, key=lambda skill: (-hand.support(group, skill), -hand.rarity(skill), skill)
        )


CONCEPTS = [
    concept("baker", "Bagare"),
    concept("confectioner", "Konditor"),
    concept("gone", "Utgången", deprecated=True),
    concept("bakers", "Bagare och konditorer", SSYK_GROUP),
    concept("cooks", "Kockar", SSYK_GROUP),
    concept("bread", "Bröd", SKILL),
    concept("cake", "Tårta", SKILL),
    concept("hygiene", "Hygien", SKILL),
]
RELATIONS = [
    broader("baker", "bakers"),
    broader("confectioner", "bakers"),
    has_skill("baker", "bread"),
    has_skill("baker", "cake", Provenance.CALCULATED, rank=21),
    has_skill("confectioner", "bread", Provenance.CALCULATED, rank=1),
    has_skill("bakers", "bread"),
    has_skill("bakers", "hygiene"),
    has_skill("cooks", "hygiene"),
    has_skill("gone", "bread"),
]


def test_the_worked_example() -> None:
    of = snapshot(CONCEPTS, RELATIONS)
    own, by_group = 0.9 * 0.8, 0.3 * 0.8  # of bread: both bakers have it, so the group's evidence is whole
    assert skills_named(of, "baker") == pytest.approx(
        {
            "bread": 1 - (1 - own) * (1 - by_group),
            "cake": 0.6 * 0.8 / 2,
            "hygiene": 0.3 * 0.8 * 0.4 * 0.6,  # of no baker's own, and of both groups
        }
    )
    assert list(skills_named(of, "baker")) == ["bread", "cake", "hygiene"]


def test_the_documented_constants_are_the_code_s() -> None:
    text = (ROOT / "docs" / "model.md").read_text("utf-8")
    for name, constants in (("trust", TRUST), ("need", NEED)):
        shown = ", ".join(f"{constant:g} {value}" for value, constant in constants.items())
        assert f"    {name:8} = {shown}\n" in text


def test_an_occupation_without_a_group_has_its_own_skills() -> None:
    assert skills_named(snapshot(CONCEPTS, RELATIONS), "gone") == pytest.approx({"bread": 0.72})


def test_a_skill_said_twice_of_a_group_is_one_group_that_has_it() -> None:
    twice = [*RELATIONS, has_skill("bakers", "hygiene", Provenance.CALCULATED)]
    of = snapshot(CONCEPTS, twice)
    start, target = of.effective.of_group
    group = of.index["bakers"]
    assert [of.ids[skill] for skill in target[start[group] : start[group + 1]]] == ["bread", "hygiene"]
    assert of.effective.weight.min() >= 0


def test_a_relation_without_necessity_counts_as_related() -> None:
    of = snapshot(CONCEPTS, [relation(RelationKind.RELATED_SKILL, "baker", "bread")])
    assert [NECESSITIES[code] for code in of.effective.necessity] == [Necessity.RELATED]


def test_without_groups_or_without_relations_nothing_breaks() -> None:
    ungrouped = [row for row in CONCEPTS if row.kind != SSYK_GROUP]
    assert skills_named(snapshot(ungrouped, [has_skill("baker", "bread")]), "baker") == pytest.approx(
        {"bread": 0.72}
    )
    assert len(snapshot(CONCEPTS).effective.skill) == 0
