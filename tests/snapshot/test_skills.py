"""Effective skills: the arrays against the formulas of the docstring, written out in plain Python."""

import math
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given

from taxonomy.model.concept import OCCUPATION, SKILL, SSYK_GROUP, Locale, Provenance
from taxonomy.model.relation import Necessity, RelationKind
from taxonomy.model.release import Content
from taxonomy.model.text import collation_key
from taxonomy.snapshot import Snapshot, build
from taxonomy.snapshot.arrays import NONE
from taxonomy.snapshot.skills import NECESSITIES, NEED, PROVENANCES, TRUST
from tests.builders import (
    broader,
    concept,
    contents,
    has_skill,
    real_snapshot,
    relation,
    release,
    snapshot,
)

OWN, BY_GROUP = 0, 1


class Piece(NamedTuple):
    """One piece of evidence, in the order in which a reader is shown them."""

    provenance: int
    necessity: int
    rank: int
    via: int
    pattern: int


Pairs = dict[tuple[int, int], list[Piece]]


class ByHand:
    """Evidence and weights as the docstring of `snapshot.skills` defines them."""

    def __init__(self, of: Snapshot) -> None:
        self.of = of
        self.groups = of.kind_range(SSYK_GROUP)
        self.group_of = {number: self._group(number) for number in of.kind_range(OCCUPATION)}
        self.pairs: Pairs = defaultdict(list)
        for occupation, group in self.group_of.items():
            for skill, piece in self._said(occupation):
                self.pairs[occupation, skill].append(piece)
            for skill, piece in self._said(group) if group is not None else []:
                given_by_group = PROVENANCES.index(Provenance.GROUP)
                self.pairs[occupation, skill].append(
                    Piece(given_by_group, piece.necessity, 0, group or 0, BY_GROUP)
                )

    def _group(self, occupation: int) -> int | None:
        above = self.of.edges(RelationKind.BROADER).of(occupation)
        return next((number for number in above if number in self.groups), None)

    def _said(self, subject: int) -> list[tuple[int, Piece]]:
        edges = self.of.edges(RelationKind.RELATED_SKILL)
        unsaid = NECESSITIES.index(Necessity.RELATED)
        return [
            (
                int(edges.target[row]),
                Piece(
                    int(edges.provenance[row]),
                    unsaid if edges.necessity[row] == NONE else int(edges.necessity[row]),
                    int(edges.rank[row]),
                    -1,
                    OWN,
                ),
            )
            for row in edges.rows(subject)
        ]

    def support(self, group: int, skill: int) -> float:
        members = [number for number, its in self.group_of.items() if its == group]
        own = {number: {skill for skill, _ in self._said(number)} for number in members}
        with_any = [skills for skills in own.values() if skills]
        return sum(skill in skills for skills in with_any) / len(with_any) if with_any else 0.0

    def rarity(self, skill: int) -> float:
        having = sum(skill in {other for other, _ in self._said(group)} for group in self.groups)
        return 1 - math.log(max(having, 1)) / math.log(max(len(self.groups), 2))

    def strength(self, piece: Piece, skill: int) -> float:
        place = 1.0
        if piece.pattern == BY_GROUP:
            place = 0.4 + 0.6 * self.support(piece.via, skill)
        elif piece.rank:
            place = 20 / (19 + piece.rank)
        return TRUST[PROVENANCES[piece.provenance]] * NEED[NECESSITIES[piece.necessity]] * place

    def weight(self, occupation: int, skill: int) -> float:
        doubt = math.prod(1 - self.strength(piece, skill) for piece in self.pairs[occupation, skill])
        return (1 - doubt) * (0.6 + 0.4 * self.rarity(skill))


def pieces(of: Snapshot, row: int) -> list[Piece]:
    skills = of.effective
    columns = (
        skills.evidence_provenance,
        skills.evidence_necessity,
        skills.evidence_rank,
        skills.evidence_via,
        skills.evidence_pattern,
    )
    rows = range(skills.evidence[row], skills.evidence[row + 1])
    return [Piece(*(int(column[at]) for column in columns)) for at in rows]


def edges_of(of: Snapshot, number: int) -> range:
    return range(of.effective.start[number], of.effective.start[number + 1])


@given(contents)
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
    assert found == {pair: sorted(some, key=lambda x: x[:3]) for pair, some in hand.pairs.items()}


@given(contents)
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
        said = set(of.edges(RelationKind.RELATED_SKILL).of(group)) if group in hand.groups else set()
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


def skills_named(of: Snapshot, occupation: str) -> dict[str, float]:
    skills, number = of.effective, of.index[occupation]
    return {of.ids[skills.skill[row]]: float(skills.weight[row]) for row in edges_of(of, number)}


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


# What a knowledgeable person expects among the first 25, chosen by us from what the sources say.
EXPECTED = {
    "rQds_YGd_quU": [  # Mjukvaruutvecklare
        "Mjukvaruutveckling",
        "Programmering",
        "Mjukvarukonstruktion",
        "Testning, mjukvara/Verifiering, mjukvara",
        "Systemutveckling",
        "Molnteknik",
        "Felsökningsverktyg, IT",
        "Kravhantering, systemutveckling",
        "Configuration Management/CM",
        "Systemintegrering",
        "JavaScript, programmeringsspråk",
        "Webbutveckling",
    ],
    "bXNH_MNX_dUR": [  # Sjuksköterska, grundutbildad
        "Legitimation som sjuksköterska",
        "Sjuksköterskeexamen",
        "Vårdcentral",
        "Hemsjukvård",
        "Vårdavdelning/Mottagning",
        "Primärvård",
        "Telefonrådgivning, sjukvård",
        "Omvårdnad",
        "Omvårdnadsplanering",
        "Hälso- och sjukvårdslagstiftning, erfarenhet",
        "Basala hygienrutiner inom hälso- och sjukvård",
        "Patientkommunikation",
    ],
    "XugJ_6hw_wVV": [  # Bagare/Konditor
        "Bageriarbete",
        "Gesällbrev, bagare och konditor",
        "Mästarbrev, bagare och konditor",
        "Yrkesutbildning, bagare och konditor",
        "Maskinskötsel, industribageri",
        "Konfekt, tillverkningsvana",
        "Tårtor/Bakelser",
        "Finbröd",
        "Matbröd",
        "Livsmedelshygien",
        "Hälsokrav vid livsmedelshantering",
        "HACCP",
    ],
    "4Z7F_oBG_vMG": [  # Träarbetare/Snickare
        "Yrkesbevis, träarbetare",
        "Träarbete, husbyggnad",
        "Träarbete, anläggning",
        "Nyproduktion, bygge",
        "ROT-jobb",
        "Köksmontering",
        "Takläggning",
        "Inredning, monteringsvana",
        "Isolering",
        "Listmontage, trä/Listmontering, trä",
        "Fönstermontage/Fönstermontering",
        "Ritningsläsning",
    ],
    "rUcW_z9R_Qsv": [  # Förskollärare
        "Förskollärarexamen",
        "Förskollärarlegitimation",
        "Utomhuspedagogik",
        "Språk och språkutveckling, undervisning",
        "Reggio Emila-pedagogik, erfarenhet",
        "Skapande verksamhet, undervisning",
        "Utbildningsplanering",
        "Barn- och ungdomspedagogisk examen inriktning förskollärare",
        "Specialpedagogik",
        "Barn och ungdomar med behov av särskilt stöd",
        "Pedagogisk dokumentation",
        "Modersmålsundervisning",
    ],
    "8N18_sGB_X4M": [  # Redovisningsekonom
        "Redovisning",
        "Redovisningssystem, erfarenhet",
        "Affärssystem, erfarenhet",
        "Kundreskontra",
        "Leverantörsreskontra",
        "Reskontrabokföring",
        "Bokslut",
        "Bokföringsvana",
        "Granskning av bokslut",
        "Kostnads- och intäktsanalys",
        "Visma SPCS, redovisningssystem",
        "Hansa, redovisningssystem",
    ],
}


@pytest.mark.parametrize("occupation", EXPECTED)
def test_the_first_skills_of_an_occupation_are_what_one_expects(real_data: Path, occupation: str) -> None:
    of = real_snapshot(real_data)
    skills, number = of.effective, of.index[occupation]
    names = [of.labels[Locale.SV][skills.skill[row]] for row in edges_of(of, number)]
    assert [name for name in EXPECTED[occupation] if name not in names[:25]] == []
    assert names[:12] != sorted(names[:12], key=collation_key)
