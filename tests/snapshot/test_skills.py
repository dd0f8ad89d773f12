"""Effective skills: the arrays against the formulas of the docstring, written out in plain Python."""

import math
from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.model.concept import (
    ESCO_OCCUPATION,
    ESCO_SKILL,
    OCCUPATION,
    SKILL,
    SSYK_GROUP,
    Kind,
    Provenance,
)
from taxonomy.model.mapping import MATCHES, seen_from
from taxonomy.model.relation import Direction, Necessity, Relation, RelationKind
from taxonomy.model.release import Content
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import NONE
from taxonomy.snapshot.evidence import NECESSITIES, PATTERNS, PROVENANCES, Step
from taxonomy.snapshot.skills import NEED, TRUST
from tests.builders import (
    broader,
    build,
    composition,
    concept,
    content,
    contents,
    has_skill,
    relation,
    release,
    snapshot,
)

ESSENTIAL, OPTIONAL, RELATED = range(3)
MAPPING, GROUP = PROVENANCES.index(Provenance.MAPPING), PROVENANCES.index(Provenance.GROUP)
ROOT = Path(__file__).resolve().parent.parent.parent

SAID = {
    RelationKind.RELATED_SKILL: RELATED,
    RelationKind.ESSENTIAL_SKILL: ESSENTIAL,
    RelationKind.OPTIONAL_SKILL: OPTIONAL,
}
"""Which relation gives a skill, and how necessary it is where the relation does not say."""

OUT, IN = Direction.OUT, Direction.IN
EXACT = RelationKind.EXACT_MATCH


class Piece(NamedTuple):
    """One piece of evidence, in the order in which a reader is shown them."""

    provenance: int
    necessity: int
    rank: int
    pattern: int
    via: int
    via_skill: int


class Mapped(NamedTuple):
    """A mapping from an occupation, or from an ESCO skill to the Swedish one that stands for it."""

    other: int
    step: Step
    provenance: int

    @property
    def match(self) -> RelationKind:
        return seen_from(*self.step)


Pairs = dict[tuple[int, int], list[Piece]]


class ByHand:
    """Evidence and weights as the docstrings of `snapshot.evidence` and `snapshot.skills` define them."""

    def __init__(self, of: Snapshot) -> None:
        self.of = of
        self.groups = of.kind_range(SSYK_GROUP)
        self.group_of = {number: self._group(number) for number in of.kind_range(OCCUPATION)}
        self.twins = {skill: self._twin(skill) for skill in of.kind_range(ESCO_SKILL)}
        self.pairs: Pairs = defaultdict(list)
        for occupation, group in self.group_of.items():
            for skill, step, piece in self._said(occupation):
                self.pairs[occupation, skill].append(piece._replace(pattern=PATTERNS.index((step,))))
            for skill, step, piece in self._said(group) if group is not None else []:
                pattern = PATTERNS.index(((RelationKind.BROADER, OUT), step))
                of_group = piece._replace(provenance=GROUP, rank=0, via=group or 0, pattern=pattern)
                self.pairs[occupation, skill].append(of_group)
            for mapped in self._mapped(occupation, OCCUPATION, ESCO_OCCUPATION):
                self._over_esco(occupation, mapped)

    def _group(self, occupation: int) -> int | None:
        above = self.of.edges(RelationKind.BROADER).of(occupation)
        return next((number for number in above if number in self.groups), None)

    def _said(self, subject: int) -> list[tuple[int, Step, Piece]]:
        found = []
        for kind, unsaid in SAID.items():
            edges = self.of.edges(kind)
            for row in edges.rows(subject):
                necessity = unsaid if edges.necessity[row] == NONE else int(edges.necessity[row])
                piece = Piece(int(edges.provenance[row]), necessity, int(edges.rank[row]), -1, -1, -1)
                found.append((int(edges.target[row]), (kind, OUT), piece))
        return found

    def _mapped(self, number: int, own: Kind, other: Kind) -> list[Mapped]:
        assert number in self.of.kind_range(own)
        return [
            Mapped(int(edges.target[row]), step, int(edges.provenance[row]))
            for step in product(MATCHES, Direction)
            for edges in [self.of.edges(*step)]
            for row in edges.rows(number)
            if edges.target[row] in self.of.kind_range(other)
        ]

    def _twin(self, skill: int) -> Mapped | None:
        exact = [
            mapped
            for mapped in self._mapped(skill, ESCO_SKILL, SKILL)
            if mapped.match is EXACT and not self.of.deprecated[mapped.other]
        ]
        return exact[0] if len({mapped.other for mapped in exact}) == 1 else None

    def _over_esco(self, occupation: int, mapped: Mapped) -> None:
        for skill, step, piece in self._said(mapped.other):
            twin = self.twins.get(skill)
            steps = [mapped.step, step, *([twin.step] if twin else [])]
            provenances = [MAPPING, mapped.provenance, *([twin.provenance] if twin else [])]
            essential = composition().worth[mapped.match].essential
            weakened = piece._replace(
                provenance=max(provenances),
                necessity=piece.necessity if essential else max(piece.necessity, OPTIONAL),
                rank=0,
                pattern=PATTERNS.index(tuple(steps)),
                via=mapped.other,
                via_skill=skill if twin else -1,
            )
            self.pairs[occupation, twin.other if twin else skill].append(weakened)

    def support(self, group: int, skill: int) -> float:
        members = [number for number, its in self.group_of.items() if its == group]
        own = {number: {skill for skill, _, _ in self._said(number)} for number in members}
        with_any = [skills for skills in own.values() if skills]
        return sum(skill in skills for skills in with_any) / len(with_any) if with_any else 0.0

    def rarity(self, skill: int) -> float:
        kind = ESCO_OCCUPATION if self.of.kind_of[skill] == ESCO_SKILL else SSYK_GROUP
        owners = self.of.kind_range(kind)
        having = sum(skill in {other for other, _, _ in self._said(owner)} for owner in owners)
        return 1 - math.log(max(having, 1)) / math.log(max(len(owners), 2))

    def strength(self, occupation: int, skill: int, piece: Piece) -> float:
        place = 1.0
        first = PATTERNS[piece.pattern][0]
        if first[0] is RelationKind.BROADER:
            place = 0.4 + 0.6 * self.support(piece.via, skill)
        elif first[0] in MATCHES:
            place = self.place(occupation, seen_from(*first))
        elif piece.rank:
            place = 20 / (19 + piece.rank)
        return TRUST[PROVENANCES[piece.provenance]] * NEED[NECESSITIES[piece.necessity]] * place

    def place(self, occupation: int, match: RelationKind) -> float:
        worth = composition().worth[match]
        mapped = self._mapped(occupation, OCCUPATION, ESCO_OCCUPATION)
        others = {row.other for row in mapped if row.match is match}
        return worth.factor / (len(others) if worth.shared else 1)

    def weight(self, occupation: int, skill: int) -> float:
        pieces = self.pairs[occupation, skill]
        doubt = math.prod(1 - self.strength(occupation, skill, piece) for piece in pieces)
        return (1 - doubt) * (0.6 + 0.4 * self.rarity(skill))


def pieces(of: Snapshot, row: int) -> list[Piece]:
    skills = of.effective
    columns = (
        skills.evidence_provenance,
        skills.evidence_necessity,
        skills.evidence_rank,
        skills.evidence_pattern,
        skills.evidence_via,
        skills.evidence_via_skill,
    )
    rows = range(skills.evidence[row], skills.evidence[row + 1])
    return [Piece(*(int(column[at]) for column in columns)) for at in rows]


def edges_of(of: Snapshot, number: int) -> range:
    return range(of.effective.start[number], of.effective.start[number + 1])


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


def over_esco(*relations: Relation) -> dict[str, tuple[str, str, float]]:
    """Necessity, provenance and weight of the skills of one occupation, by id."""
    rare = [relation(RelationKind.OPTIONAL_SKILL, f"e{n}", "x9") for n in range(2)]
    concepts = [
        concept("o", kind=OCCUPATION),
        *(concept(f"e{n}", kind=ESCO_OCCUPATION) for n in range(4)),
        *(concept(id_, kind=ESCO_SKILL) for id_ in ("x", "y", "x9")),
        *(concept(id_, kind=SKILL) for id_ in ("s", "t")),
        concept("gone", kind=SKILL, deprecated=True),
        concept("swahili", kind=Kind("language")),
    ]
    of = snapshot(concepts, [*relations, *rare])
    skills = of.effective
    return {
        of.ids[skills.skill[row]]: (
            NECESSITIES[skills.necessity[row]],
            PROVENANCES[skills.provenance[row]],
            float(skills.weight[row]),
        )
        for row in edges_of(of, of.index["o"])
    }


def mapped(esco: str, swedish: str, kind: RelationKind = EXACT) -> Relation:
    """As the official tables read: from ESCO to the Swedish concept."""
    return relation(kind, esco, swedish, Provenance.MAPPING)


def needs(esco: str, skill: str, necessity: Necessity = Necessity.ESSENTIAL) -> Relation:
    kind = RelationKind(f"{necessity}-skill")
    return relation(kind, esco, skill, necessity=necessity)


@pytest.mark.parametrize(
    ("kind", "necessity", "factor"),
    [
        (RelationKind.EXACT_MATCH, Necessity.ESSENTIAL, 1.0),
        (RelationKind.CLOSE_MATCH, Necessity.ESSENTIAL, 0.8),
        # The table's broadMatch: the Swedish occupation is the broader one, ESCO's is one special kind of it.
        (RelationKind.BROAD_MATCH, Necessity.OPTIONAL, 0.6),
        # The table's narrowMatch: ESCO's occupation is the broader one, what it needs all its kinds need.
        (RelationKind.NARROW_MATCH, Necessity.ESSENTIAL, 0.7),
        (RelationKind.RELATED_MATCH, Necessity.OPTIONAL, 0.4),
    ],
)
def test_a_narrow_match_never_makes_a_skill_essential(
    kind: RelationKind, necessity: Necessity, factor: float
) -> None:
    found = over_esco(mapped("e0", "o", kind), needs("e0", "x"))["x"]
    assert found[:2] == (necessity, Provenance.MAPPING)
    assert found[2] == pytest.approx(TRUST[Provenance.MAPPING] * NEED[necessity] * factor)


def test_the_strongest_necessity_of_several_esco_occupations_counts() -> None:
    optional = [mapped("e0", "o"), needs("e0", "x", Necessity.OPTIONAL)]
    essential = [mapped("e1", "o", RelationKind.CLOSE_MATCH), needs("e1", "x")]
    narrow = [mapped("e2", "o", RelationKind.BROAD_MATCH), needs("e2", "y")]
    found = over_esco(*optional, *essential, *narrow)
    assert found["x"][0] is Necessity.ESSENTIAL
    assert found["x"][2] == pytest.approx((1 - (1 - 0.5 * 0.5) * (1 - 0.5 * 0.8)) * (0.6 + 0.4 * 0.5))
    assert found["y"][0] is Necessity.OPTIONAL


def test_the_parts_of_a_broad_occupation_share_the_factor() -> None:
    parts = [mapped(f"e{n}", "o", RelationKind.BROAD_MATCH) for n in range(4)]
    alone = over_esco(*parts, needs("e0", "x"))["x"][2]
    assert alone == pytest.approx(0.5 * 0.5 * 0.6 / 4)
    in_two = over_esco(*parts, *(needs(f"e{n}", "x") for n in range(2)))["x"][2]
    assert alone < in_two < 0.5 * 0.5 * 0.6


def test_a_swedish_skill_stands_for_the_esco_skill_of_which_it_alone_is_the_exact_match() -> None:
    path = [mapped("e0", "o"), needs("e0", "x")]
    assert over_esco(*path, mapped("x", "s")).keys() - {"x9"} == {"s"}
    assert over_esco(*path, mapped("x", "s"), mapped("x", "t")).keys() - {"x9"} == {"x"}
    assert over_esco(*path, mapped("x", "s"), mapped("x", "gone")).keys() - {"x9"} == {"s"}
    for other in (
        mapped("x", "gone"),
        mapped("x", "swahili"),
        *(mapped("x", "s", kind) for kind in MATCHES if kind is not EXACT),
    ):
        assert over_esco(*path, other).keys() - {"x9"} == {"x"}


def test_a_mapping_that_was_only_derived_makes_derived_evidence() -> None:
    derived = relation(EXACT, "e0", "o", Provenance.DERIVED)
    assert over_esco(derived, needs("e0", "x"))["x"][1] is Provenance.DERIVED
    twin = relation(EXACT, "x", "s", Provenance.DERIVED)
    assert over_esco(mapped("e0", "o"), needs("e0", "x"), twin)["s"][1] is Provenance.DERIVED


def test_two_occupations_with_an_exact_match_in_common_share_skills_and_no_mapping() -> None:
    of = snapshot(
        [concept("a"), concept("b"), concept("e", kind=ESCO_OCCUPATION), concept("x", kind=ESCO_SKILL)],
        [mapped("e", "a"), mapped("e", "b"), needs("e", "x")],
    )
    assert skills_named(of, "a") == skills_named(of, "b") != {}
    assert len(of.edges(EXACT).target) == 2
