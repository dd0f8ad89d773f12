"""Batches made by hand: a few concepts and relations that are sound, to be spoiled by a test."""

from collections.abc import Iterable

from taxonomy.checks import run, staged
from taxonomy.model.concept import (
    KEYWORD,
    OCCUPATION,
    SSYK_GROUP,
    Code,
    Concept,
    Kind,
    Label,
    LabelRole,
    Locale,
    Provenance,
)
from taxonomy.model.finding import Finding
from taxonomy.model.ids import ConceptId
from taxonomy.model.observation import NOT_STATED, Measure, Observation, in_order
from taxonomy.model.relation import Relation, RelationKind


def id_of(name: str) -> ConceptId:
    return ConceptId(f"{name:x<4}_xxx_xxx")


def named(text: str, locale: Locale = Locale.SV) -> Label:
    return Label(locale, LabelRole.PREFERRED, text, "test")


def concept(name: str, kind: Kind = KEYWORD, *codes: tuple[str, str]) -> Concept:
    labels = (named(name, Locale.EN), named(name))
    return Concept(id_of(name), kind, labels, tuple(Code(*code) for code in codes))


def broader(below: str, above: str) -> Relation:
    return Relation(RelationKind.BROADER, id_of(below), id_of(above), Provenance.NATIVE, "test")


def substitutes(one: str, other: str, level: int | None) -> Relation:
    return Relation(
        RelationKind.SUBSTITUTES, id_of(one), id_of(other), Provenance.NATIVE, "test", None, level
    )


def match(kind: RelationKind, one: str, other: str) -> Relation:
    return Relation(kind, id_of(one), id_of(other), Provenance.MAPPING, "test")


GROUP = concept("grp", SSYK_GROUP, ("ssyk-code-2012", "7612"))
OTHER_GROUP = concept("oth", SSYK_GROUP, ("ssyk-code-2012", "5120"))
BAKER, COOK = concept("bake", OCCUPATION), concept("cook", OCCUPATION)

CONCEPTS = (GROUP, OTHER_GROUP, BAKER, COOK)
RELATIONS = (broader("bake", "grp"), broader("cook", "oth"), substitutes("bake", "cook", 25))


def observed(name: str, measure: Measure, value: int | str | None) -> Observation:
    return Observation(id_of(name), measure, None, value, NOT_STATED, NOT_STATED, "test")


def findings(
    concepts: Iterable[Concept] = CONCEPTS,
    relations: Iterable[Relation] = RELATIONS,
    observations: Iterable[Observation] = (),
) -> list[Finding]:
    return list(run(staged(tuple(concepts), tuple(relations), in_order(observations))))


def codes(
    concepts: Iterable[Concept] = CONCEPTS,
    relations: Iterable[Relation] = RELATIONS,
    observations: Iterable[Observation] = (),
) -> list[str]:
    return [finding.code for finding in findings(concepts, relations, observations)]
