"""Each lint over staged rows: what provokes it, and where it stays silent."""

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from taxonomy.checks import CHECKS
from taxonomy.model.concept import (
    ESCO_ISCO_LEVELS,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    ISCO_GROUP,
    OCCUPATION,
    Concept,
    Kind,
    LabelRole,
    Locale,
    Note,
    NoteKind,
    Provenance,
)
from taxonomy.model.ids import ConceptId
from taxonomy.model.observation import SALARIES, Measure, Observation
from taxonomy.model.relation import Relation, RelationKind
from tests.checks.batches import (
    BAKER,
    CONCEPTS,
    COOK,
    GROUP,
    RELATIONS,
    broader,
    codes,
    concept,
    findings,
    id_of,
    match,
    named,
    observed,
    substitutes,
)


class Case(NamedTuple):
    code: str
    why: str
    concepts: Sequence[Concept]
    relations: Sequence[Relation] = ()
    observations: Sequence[Observation] = ()

    def __str__(self) -> str:
        return f"{self.code} {self.why}"


def paid(*percentiles: int | None) -> list[Observation]:
    return [observed("grp", measure, value) for measure, value in zip(SALARIES, percentiles, strict=True)]


SSYK, SUN, SNI = "ssyk-code-2012", "sun-education-field-code-2020", "sni-level-code-2007"
LEVEL_3, FIELD = Kind("ssyk-level-3"), Kind("sun-education-field-3")
OLD = COOK._replace(deprecated=True)
REPLACED = OLD._replace(replaced_by=(BAKER.id,))
EXACT, CLOSE, BROAD = RelationKind.EXACT_MATCH, RelationKind.CLOSE_MATCH, RelationKind.BROAD_MATCH
NARROW = RelationKind.NARROW_MATCH
ESCO_BAKER, PASTRY_COOK = concept("ebak", ESCO_OCCUPATION), concept("epas", ESCO_OCCUPATION)
ESCO_GROUP = concept("eisc", ESCO_ISCO_LEVELS[3], ("isco-code-08", "7512"))
KNOWLEDGE = tuple(
    Note(kind, Locale.EN, "word", "test") for kind in (NoteKind.REUSE_LEVEL, NoteKind.SKILL_TYPE)
)
FLOUR = concept("flou", ESCO_SKILL)._replace(notes=KNOWLEDGE)
MAPPED = [BAKER, ESCO_BAKER]
HIDDEN = named("bake")._replace(role=LabelRole.HIDDEN)

PROVOKED = [
    Case("TX101", "without any label", [*CONCEPTS, concept("word")._replace(labels=())]),
    Case("TX101", "with a hidden label only", [*CONCEPTS, concept("word")._replace(labels=(HIDDEN,))]),
    Case("TX103", "two of a kind", [BAKER, COOK._replace(labels=(named("bake"),))]),
    Case("TX104", "no English label", [concept("word")._replace(labels=(named("word"),))]),
    Case("TX301", "a letter in an SSYK code", [concept("grp", LEVEL_3, (SSYK, "76A"))]),
    Case("TX301", "a lost zero", [concept("grp", LEVEL_3, (SSYK, "11"))]),
    Case("TX301", "another level's code", [concept("grp", LEVEL_3, (SSYK, "7612"))]),
    Case("TX301", "an Arabic digit", [concept("grp", LEVEL_3, (SSYK, "76\u0661"))]),
    Case(
        "TX301",
        "a country in small letters",
        [concept("se", Kind("country"), ("iso-3166-1-alpha-2-2013", "se"))],
    ),
    Case("TX302", "one code, one level", [GROUP, concept("twin", GROUP.kind, (SSYK, "7612"))]),
    Case(
        "TX303",
        "a group under another branch",
        [GROUP, concept("off", LEVEL_3, (SSYK, "512"))],
        [broader("grp", "off")],
    ),
    Case(
        "TX303",
        "a field under another branch",
        [concept("low", Kind("sun-education-field-4"), (SUN, "541a")), concept("up", FIELD, (SUN, "481"))],
        [broader("low", "up")],
    ),
    Case("TX401", "a cycle", [concept("a"), concept("b")], [broader("a", "b"), broader("b", "a")]),
    Case("TX402", "no group", CONCEPTS, [broader("bake", "grp")]),
    Case("TX402", "two groups", CONCEPTS, [*RELATIONS, broader("bake", "oth")]),
    Case("TX403", "nothing took its place", [GROUP, BAKER, OLD], [broader("bake", "grp")]),
    Case("TX404", "replaced by a deprecated one", [GROUP, BAKER._replace(deprecated=True), REPLACED]),
    Case("TX406", "fifty", CONCEPTS, [*RELATIONS, substitutes("cook", "bake", 50)]),
    Case("TX406", "no level", CONCEPTS, [*RELATIONS, substitutes("cook", "bake", None)]),
    Case("TX408", "occupations, and no group", [BAKER, COOK]),
    Case("TX409", "nothing above it", [ESCO_BAKER]),
    Case("TX409", "only an occupation above it", [ESCO_BAKER, COOK], [broader("ebak", "cook")]),
    Case("TX410", "no type", [FLOUR._replace(notes=KNOWLEDGE[:1])]),
    Case("TX410", "neither", [FLOUR._replace(notes=())]),
    Case(
        "TX501",
        "two of one kind",
        [BAKER, COOK, ESCO_BAKER],
        [match(EXACT, "ebak", "bake"), match(EXACT, "ebak", "cook")],
    ),
    Case(
        "TX501",
        "one from either side",
        [BAKER, COOK, ESCO_BAKER],
        [match(EXACT, "ebak", "bake"), match(EXACT, "cook", "ebak")],
    ),
    Case("TX502", "exact and narrow", MAPPED, [match(EXACT, "ebak", "bake"), match(NARROW, "ebak", "bake")]),
    Case(
        "TX502",
        "broader than each other",
        MAPPED,
        [match(BROAD, "ebak", "bake"), match(BROAD, "bake", "ebak")],
    ),
    Case("TX503", "one without", [BAKER, COOK, ESCO_BAKER], [match(EXACT, "ebak", "bake")]),
    Case(
        "TX504",
        "exact, exact, and broader at the end",
        [BAKER, COOK, ESCO_BAKER, PASTRY_COOK],
        [
            match(EXACT, "ebak", "bake"),
            match(EXACT, "epas", "bake"),
            match(EXACT, "epas", "cook"),
            match(BROAD, "ebak", "cook"),
        ],
    ),
    Case("TX602", "the median above all", CONCEPTS, RELATIONS, paid(20_000, 50_000, 40_000)),
    Case("TX602", "the ends, and nothing between", CONCEPTS, RELATIONS, paid(20_000, None, 10_000)),
    *[
        Case("TX603", f"{measure} {value}", CONCEPTS, RELATIONS, [observed("grp", measure, value)])
        for measure, value in (
            (Measure.OPPORTUNITIES, "huge"),
            (Measure.FORECAST, "large"),
            (Measure.FORECAST, 2),
            (Measure.EMPLOYED, "many"),
            (Measure.ADVERTISEMENTS, -1),
        )
    ],
]

SILENT = [
    Case("TX101", "an alternative label beside", [BAKER._replace(labels=(*BAKER.labels, HIDDEN))]),
    Case("TX103", "another kind", [BAKER, concept("bake")._replace(id=id_of("word"))]),
    Case(
        "TX103",
        "another language",
        [concept("a"), concept("b")._replace(labels=(named("a", Locale.EN),))][1:],
    ),
    Case("TX103", "a deprecated twin", [BAKER, OLD._replace(labels=BAKER.labels)]),
    Case(
        "TX103",
        "a derived label",
        [BAKER, COOK._replace(labels=(named("bake")._replace(provenance=Provenance.DERIVED),))],
    ),
    Case("TX104", "deprecated ones", [OLD._replace(labels=(named("cook"),))]),
    Case("TX301", "an unknown system", [concept("a", Kind("keyword"), ("my-codes", "whatever"))]),
    Case("TX301", "a zero that was kept", [concept("grp", LEVEL_3, (SSYK, "011"))]),
    Case("TX302", "two schemes", [GROUP, concept("isco", Kind("isco-level-4"), ("isco-code-08", "7612"))]),
    Case(
        "TX302",
        "a deprecated twin",
        [GROUP, concept("t", GROUP.kind, (SSYK, "7612"))._replace(deprecated=True)],
    ),
    Case(
        "TX303",
        "digits under a letter",
        [concept("up", Kind("sni-level-1"), (SNI, "A")), concept("low", Kind("sni-level-2"), (SNI, "01"))],
        [broader("low", "up")],
    ),
    Case("TX303", "an occupation without a code", CONCEPTS, RELATIONS),
    Case(
        "TX401",
        "two ways up",
        [concept(name) for name in "abcd"],
        [broader("a", "b"), broader("a", "c"), broader("b", "d"), broader("c", "d")],
    ),
    Case("TX402", "a deprecated occupation", [*CONCEPTS[:3], OLD], [broader("bake", "grp")]),
    Case("TX402", "nobody has a group: TX408 says so", [BAKER, COOK]),
    Case("TX402", "a skill without group", [*CONCEPTS, concept("skil", Kind("skill"))], RELATIONS),
    Case("TX403", "it says what took its place", [BAKER, REPLACED]),
    Case("TX404", "replaced by an active one", [BAKER, REPLACED]),
    Case("TX406", "25 and 75", CONCEPTS, [*RELATIONS, substitutes("cook", "bake", 75)]),
    Case("TX408", "one has a group", CONCEPTS, [broader("bake", "grp")]),
    Case("TX408", "no occupations at all", [concept("word")]),
    Case(
        "TX302",
        "ESCO's ISCO group and JobTech's",
        [
            concept("isco", ISCO_GROUP, ("isco-code-08", "7512")),
            ESCO_GROUP._replace(id=ConceptId("esco:isco/C7512")),
        ],
    ),
    Case(
        "TX409",
        "a group two steps above",
        [PASTRY_COOK, ESCO_BAKER, ESCO_GROUP],
        [broader("epas", "ebak"), broader("ebak", "eisc")],
    ),
    Case("TX409", "a deprecated one", [ESCO_BAKER._replace(deprecated=True)]),
    Case("TX410", "both said", [FLOUR]),
    Case("TX410", "a Swedish skill", [concept("mjol", Kind("skill"))]),
    Case(
        "TX501",
        "one of each kind",
        [ESCO_BAKER, BAKER, GROUP],
        [match(EXACT, "ebak", "bake"), match(EXACT, "ebak", "grp")],
    ),
    Case(
        "TX501",
        "the same from both sides",
        MAPPED,
        [match(EXACT, "ebak", "bake"), match(EXACT, "bake", "ebak")],
    ),
    Case(
        "TX501",
        "exact and close",
        [BAKER, COOK, ESCO_BAKER],
        [match(EXACT, "ebak", "bake"), match(CLOSE, "ebak", "cook")],
    ),
    Case("TX502", "exact and close", MAPPED, [match(EXACT, "ebak", "bake"), match(CLOSE, "ebak", "bake")]),
    Case(
        "TX502",
        "narrower, and broader seen from there",
        MAPPED,
        [match(NARROW, "ebak", "bake"), match(BROAD, "bake", "ebak")],
    ),
    Case("TX503", "all have one", MAPPED, [match(EXACT, "ebak", "bake")]),
    Case("TX503", "nobody has one: no tables were read", MAPPED),
    Case("TX602", "rising, one suppressed", CONCEPTS, RELATIONS, paid(20_000, None, 40_000)),
    Case("TX602", "two that are equal", CONCEPTS, RELATIONS, paid(20_000, 20_000, 20_000)),
    Case(
        "TX603",
        "what measures have",
        CONCEPTS,
        RELATIONS,
        [
            observed("bake", Measure.OPPORTUNITIES, "large"),
            observed("bake", Measure.FORECAST, None),
            observed("grp", Measure.EMPLOYED, 0),
        ],
    ),
    Case(
        "TX504",
        "exact, close, and broader at the end",
        [BAKER, COOK, ESCO_BAKER, PASTRY_COOK],
        [
            match(EXACT, "ebak", "bake"),
            match(CLOSE, "epas", "bake"),
            match(EXACT, "epas", "cook"),
            match(BROAD, "ebak", "cook"),
        ],
    ),
    Case(
        "TX504",
        "exact and broader, which TX502 tells",
        MAPPED,
        [match(EXACT, "ebak", "bake"), match(BROAD, "ebak", "bake")],
    ),
]


@pytest.mark.parametrize("case", PROVOKED, ids=str)
def test_a_fault_is_found_and_nothing_of_its_code_twice(case: Case) -> None:
    assert codes(*case[2:]).count(case.code) == 1


@pytest.mark.parametrize("case", SILENT, ids=str)
def test_what_is_right_is_not_remarked_on(case: Case) -> None:
    assert case.code not in codes(*case[2:])


def test_a_sound_batch_and_an_empty_one_give_no_findings() -> None:
    assert findings() == []
    assert findings((), ()) == []


def test_every_lint_is_provoked_and_has_a_place_where_it_is_silent() -> None:
    lints = {lint.code for lint in CHECKS}
    assert {case.code for case in PROVOKED} == lints
    assert {case.code for case in SILENT} == lints


def test_what_is_missing_everywhere_is_one_finding_with_a_count() -> None:
    swedish = [item._replace(labels=(named(item.id),)) for item in CONCEPTS]
    assert [(f.code, f.subject, f.count) for f in findings(swedish)] == [("TX104", "en", 4)]
    (nothing,) = findings([BAKER, COOK], ())
    assert (nothing.code, nothing.subject, nothing.count) == ("TX408", OCCUPATION, 2)


def test_a_finding_names_its_concept_as_people_call_it() -> None:
    (finding,) = findings(CONCEPTS, [broader("bake", "grp")])
    assert finding.message == "'cook' is in 0 SSYK groups, not in one"
    assert finding.subject == COOK.id
