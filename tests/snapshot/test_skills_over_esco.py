"""Effective skills that an occupation has over ESCO: what each kind of match makes of them."""

import pytest

from taxonomy.model.concept import ESCO_OCCUPATION, ESCO_SKILL, OCCUPATION, SKILL, Kind, Provenance
from taxonomy.model.mapping import MATCHES
from taxonomy.model.relation import Necessity, Relation, RelationKind
from taxonomy.snapshot.evidence import NECESSITIES, PROVENANCES
from taxonomy.snapshot.skills import NEED, TRUST
from tests.builders import concept, relation, snapshot
from tests.snapshot.by_hand import EXACT, edges_of, skills_named


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
