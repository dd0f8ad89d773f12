"""The crosswalk: mappings turned to the side that is asked, ISCO groups, and what ESCO says of its own."""

from pathlib import Path

import pytest
from hypothesis import given

from taxonomy.model.concept import (
    ESCO_COLLECTION,
    ESCO_ISCO_LEVELS,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    ESCO_SKILL_GROUP,
    ISCO_GROUP,
    OCCUPATION,
    SKILL,
    SSYK_GROUP,
    Kind,
    Locale,
    Provenance,
    Scheme,
)
from taxonomy.model.mapping import MATCHES, seen_from
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.model.release import Content
from taxonomy.services import browse, crosswalk
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.evidence import NECESSITIES
from tests.builders import broader, build, concept, contents, real_esco_snapshot, relation, release, snapshot

EXACT, CLOSE, BROAD, NARROW, RELATED = MATCHES
_MAPPING = Provenance.MAPPING

CONCEPTS = [
    concept("nurse", "Sjuksköterska", OCCUPATION),
    concept("baker", "Bagare", OCCUPATION),
    concept("lonely", "Ensam", OCCUPATION),
    concept("ssyk", "Sjuksköterskor", SSYK_GROUP),
    concept("jobtech-2221", "Sjuksköterskor", ISCO_GROUP),
    concept("jobtech-3221", "Undersköterskor", ISCO_GROUP),
    concept("esco-2221", "Nursing professionals", ESCO_ISCO_LEVELS[3]),
    concept("esco-222", "Nursing", ESCO_ISCO_LEVELS[2]),
    concept("esco-nurse", "nurse", ESCO_OCCUPATION),
    concept("esco-midwife", "midwife", ESCO_OCCUPATION),
    concept("esco-baker", "baker", ESCO_OCCUPATION),
    concept("care", "care", ESCO_SKILL),
    concept("hygiene", "hygiene", ESCO_SKILL),
    concept("soap", "soap", ESCO_SKILL),
    concept("vård", "Vård", SKILL),
    concept("latin", "Latin", Kind("language")),
    concept("health", "health", ESCO_SKILL_GROUP),
    concept("green", "green", ESCO_COLLECTION),
]
RELATIONS = [
    broader("nurse", "ssyk"),
    broader("esco-2221", "esco-222"),
    broader("esco-nurse", "esco-2221"),
    broader("esco-midwife", "esco-nurse"),
    broader("care", "health"),
    broader("soap", "hygiene"),
    broader("hygiene", "health"),
    relation(RelationKind.MEMBER_OF, "soap", "green"),
    relation(RELATED, "ssyk", "jobtech-2221"),
    relation(RELATED, "ssyk", "jobtech-3221"),
    relation(EXACT, "esco-2221", "jobtech-2221", Provenance.DERIVED),
    relation(NARROW, "esco-2221", "nurse", _MAPPING),
    relation(EXACT, "esco-nurse", "nurse", _MAPPING),
    relation(BROAD, "esco-midwife", "nurse", _MAPPING),
    relation(CLOSE, "esco-baker", "baker", _MAPPING),
    relation(EXACT, "soap", "vård", _MAPPING),
    relation(EXACT, "care", "latin", _MAPPING),
    relation(RelationKind.ESSENTIAL_SKILL, "esco-nurse", "hygiene", necessity=Necessity.ESSENTIAL),
    relation(RelationKind.OPTIONAL_SKILL, "esco-nurse", "care", necessity=Necessity.OPTIONAL),
    relation(RelationKind.OPTIONAL_SKILL, "esco-midwife", "hygiene", necessity=Necessity.OPTIONAL),
    relation(RelationKind.ESSENTIAL_SKILL, "hygiene", "soap", necessity=Necessity.ESSENTIAL),
]
OF = snapshot(CONCEPTS, RELATIONS)


def number(id_: str) -> int:
    return OF.index[id_]


def ids(concepts: object) -> list[str]:
    return [OF.ids[concept] for concept in concepts]  # type: ignore[attr-defined]


def mapped(id_: str, scheme: Scheme | None = None, *matches: RelationKind) -> list[tuple[str, str]]:
    rows = crosswalk.mappings(OF, number(id_), scheme, matches or None)
    return [(row.match or "", OF.ids[row.concept]) for row in rows]


def test_a_mapping_is_turned_to_the_side_that_is_asked() -> None:
    assert mapped("nurse") == [(EXACT, "esco-nurse"), (BROAD, "esco-2221"), (NARROW, "esco-midwife")]
    assert mapped("esco-midwife") == [(BROAD, "nurse")]
    assert mapped("esco-2221") == [(EXACT, "jobtech-2221"), (NARROW, "nurse")]


def test_mappings_are_filtered_by_scheme_and_by_the_match_as_it_is_seen() -> None:
    assert mapped("nurse", Scheme.ISCO_08) == [(BROAD, "esco-2221")]
    assert mapped("nurse", Scheme.ESCO, NARROW) == [(NARROW, "esco-midwife")]
    assert mapped("nurse", None, CLOSE, RELATED) == []


@given(contents)
def test_a_mapping_from_one_side_is_there_from_the_other(rows: Content) -> None:
    of = build(release(rows), rows)
    found = [(one, row.match, row.concept) for one in range(of.count) for row in crosswalk.mappings(of, one)]
    back = [(other, seen_from(match, Direction.IN), one) for one, match, other in found if match]
    assert sorted(found) == sorted(back)


def test_unmapped_concepts_have_no_mapping_to_that_scheme() -> None:
    assert ids(browse.occupations(OF, unmapped_to=Scheme.ESCO)) == ["lonely"]
    assert ids(browse.occupations(OF, unmapped_to=Scheme.ISCO_08)) == ["baker", "lonely"]
    assert ids(browse.occupations(OF, has_skills=False, unmapped_to=Scheme.ESCO)) == ["lonely"]
    assert ids(browse.skills(OF, unmapped_to=Scheme.ESCO)) == []
    assert ids(crosswalk.esco_occupations(OF, unmapped_to=Scheme.JOBTECH)) == []
    assert ids(crosswalk.esco_skills(OF, unmapped_to=Scheme.JOBTECH)) == ["care", "hygiene"]


def often(scheme: Scheme, *matches: RelationKind, least: int = 0, most: int | None = None) -> browse.Mapped:
    return browse.Mapped(scheme, frozenset(matches) if matches else None, least, most)


def test_concepts_are_told_apart_by_how_often_and_how_they_are_mapped() -> None:
    no_exact = often(Scheme.ESCO, EXACT, most=0)
    several = often(Scheme.ESCO, least=2)
    some = often(Scheme.ESCO, least=1)
    assert ids(browse.occupations(OF, mapped=[no_exact])) == ["baker", "lonely"]
    assert ids(browse.occupations(OF, mapped=[no_exact, some])) == ["baker"]
    assert ids(browse.occupations(OF, mapped=[several])) == ["nurse"]
    # The midwife is narrower than the nurse: a match is seen from what is listed.
    assert ids(browse.occupations(OF, mapped=[often(Scheme.ESCO, NARROW, least=1)])) == ["nurse"]
    assert ids(browse.occupations(OF, mapped=[often(Scheme.ESCO, BROAD, least=1)])) == []
    assert ids(crosswalk.esco_occupations(OF, mapped=[often(Scheme.JOBTECH, BROAD, least=1)])) == [
        "esco-midwife"
    ]


def test_a_mapping_that_is_stated_from_both_sides_counts_once() -> None:
    both = [relation(EXACT, "esco-nurse", "nurse"), relation(EXACT, "nurse", "esco-nurse")]
    of = snapshot(CONCEPTS, [*RELATIONS, both[1]])
    counts = browse.mapping_counts(of, Scheme.ESCO, {EXACT})
    assert counts[of.index["nurse"]] == 1


def test_esco_occupations_are_filtered_by_isco_group_of_either_publisher_and_by_skills() -> None:
    below = ["esco-midwife", "esco-nurse"]
    for group in ("esco-2221", "esco-222", "jobtech-2221"):
        assert ids(crosswalk.esco_occupations(OF, [number(group)])) == below
    assert ids(crosswalk.esco_occupations(OF, [number("jobtech-3221")])) == []
    assert ids(crosswalk.esco_occupations(OF, skills=[number("hygiene")])) == below
    assert ids(crosswalk.esco_occupations(OF, skills=[number("hygiene"), number("care")])) == ["esco-nurse"]


def test_esco_skills_are_filtered_by_what_is_above_them_and_by_collection() -> None:
    assert ids(crosswalk.esco_skills(OF, [number("health")])) == ["care", "hygiene", "soap"]
    assert ids(crosswalk.esco_skills(OF, [number("hygiene")])) == ["hygiene", "soap"]
    assert ids(crosswalk.esco_skills(OF, collections=[number("green")])) == ["soap"]
    assert ids(crosswalk.esco_skills(OF, [number("care")], [number("green")])) == []


def test_the_isco_groups_of_an_occupation_are_each_there_once_the_stated_ones_first() -> None:
    found = crosswalk.isco_groups_of(OF, number("nurse"))
    assert [(OF.ids[row.group], row.provenance) for row in found] == [
        ("jobtech-2221", Provenance.MAPPING),
        ("jobtech-3221", Provenance.GROUP),
    ]
    assert crosswalk.isco_groups_of(OF, number("lonely")) == []


def test_an_isco_group_speaks_for_both_publishers() -> None:
    for group in ("esco-2221", "jobtech-2221"):
        assert ids(crosswalk.ssyk_groups_of(OF, number(group))) == ["ssyk"]
        assert ids(crosswalk.esco_occupations_in(OF, [number(group)])) == ["esco-midwife", "esco-nurse"]


def test_the_isco_group_of_an_esco_occupation_may_be_above_a_broader_one() -> None:
    found = crosswalk.isco_group_of(OF, number("esco-midwife"))
    assert found is not None
    assert OF.ids[found] == "esco-2221"
    assert crosswalk.isco_group_of(OF, number("esco-baker")) is None


def needed(rows: crosswalk.Needed) -> list[tuple[str, str]]:
    return [
        (OF.ids[other], NECESSITIES[said]) for other, said in zip(rows.concepts, rows.necessity, strict=True)
    ]


def test_essential_skills_come_before_optional_ones_from_either_side() -> None:
    assert needed(crosswalk.needed_skills(OF, number("esco-nurse"))) == [
        ("hygiene", "essential"),
        ("care", "optional"),
    ]
    assert needed(crosswalk.needing_occupations(OF, number("hygiene"))) == [
        ("esco-nurse", "essential"),
        ("esco-midwife", "optional"),
    ]
    assert needed(crosswalk.needed_skills(OF, number("hygiene"))) == [("soap", "essential")]
    optional = [Necessity.OPTIONAL]
    assert needed(crosswalk.needed_skills(OF, number("esco-nurse"), optional)) == [("care", "optional")]
    assert needed(crosswalk.needed_skills(OF, number("esco-nurse"), [])) == []


def test_of_two_statements_about_one_skill_the_strongest_counts() -> None:
    of = snapshot(
        [concept("o", kind=ESCO_OCCUPATION), concept("s", kind=ESCO_SKILL), concept("swedish", kind=SKILL)],
        [
            relation(RelationKind.OPTIONAL_SKILL, "o", "s"),
            relation(RelationKind.ESSENTIAL_SKILL, "o", "s"),
            relation(RelationKind.ESSENTIAL_SKILL, "o", "swedish"),
        ],
    )
    rows = crosswalk.needed_skills(of, of.index["o"])
    assert rows.concepts.tolist() == [of.index["s"]]
    assert [NECESSITIES[said] for said in rows.necessity] == [Necessity.ESSENTIAL]


def test_a_swedish_skill_stands_for_an_esco_skill_and_a_language_does_not() -> None:
    assert crosswalk.swedish_skill(OF, number("soap")) == number("vård")
    assert crosswalk.swedish_skill(OF, number("care")) is None


# ---- the publishers' files


@pytest.fixture(scope="module")
def real(real_data: Path) -> Snapshot:
    return real_esco_snapshot(real_data)


def named(of: Snapshot, kind: Kind, label: str, locale: Locale = Locale.SV) -> int:
    (found,) = (at for at in of.kind_range(kind) if of.labels[locale][at] == label)
    return found


def test_the_official_tables_are_turned_as_they_should_be(real: Snapshot) -> None:
    """The cases of the publisher's tables that read clearly one way (docs/crosswalk.md)."""
    cases = [
        (OCCUPATION, "Chefspilot", BROAD, "aircraft pilot"),
        (OCCUPATION, "Konstnär", NARROW, "glass artist"),
        (SKILL, "Taktilt teckenspråk", BROAD, "sign language"),
        (SKILL, "Idrottsmassage", BROAD, "massage types"),
        (SKILL, "Höghöjdsarbete", NARROW, "spot other climbers"),
    ]
    for kind, swedish, match, english in cases:
        rows = crosswalk.mappings(real, named(real, kind, swedish), Scheme.ESCO)
        assert (match, english) in [(row.match, real.labels[Locale.EN][row.concept]) for row in rows]


def test_every_real_esco_occupation_is_in_one_unit_group(real: Snapshot) -> None:
    groups = {at: crosswalk.isco_group_of(real, at) for at in real.kind_range(ESCO_OCCUPATION)}
    assert None not in groups.values()
    below = {
        (at, group)
        for group in real.kind_range(ESCO_ISCO_LEVELS[3])
        for at in crosswalk.esco_occupations_in(real, [group])
    }
    assert below == set(groups.items())


def test_the_isco_rows_of_the_table_and_those_through_groups_are_told_apart(real: Snapshot) -> None:
    stated = several = 0
    for occupation in real.kind_range(OCCUPATION):
        found = crosswalk.isco_groups_of(real, occupation)
        assert len({row.group for row in found}) == len(found)
        stated += any(row.provenance is Provenance.MAPPING for row in found)
        several += len(found) > 1
    assert stated == 829
    assert several == 872
