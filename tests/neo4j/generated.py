"""Releases of any size that are made up: number N and number M differ, and a look tells which is which."""

from taxonomy.model.concept import SKILL, Concept, Label, LabelRole, Locale, Provenance
from taxonomy.model.finding import Finding, Severity
from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import Necessity, Relation, RelationKind
from taxonomy.model.release import Content

ABSENT = 40
"""Of so many concepts a release lacks one, and each release another one."""


def id_of(number: int) -> ConceptId:
    return ConceptId(f"{number // 1000:04}_{number % 1000:03}_aaa")


def label_of(number: int, release: int) -> str:
    return f"Kunskap {number} i utgåva {release}"


def generated(
    release: int, size: int, *, renamed_every: int = 2, relations_each: int = 1, relations_move: bool = False
) -> Content:
    """Some concepts stay as they are, others are renamed, come and go; and so do relations.

    Where relations move, no two releases that follow each other have one in common.
    """
    first = 1 + relations_each * (release % 2) * relations_move
    numbers = [number for number in range(size) if number % ABSENT != release % ABSENT]
    concepts = tuple(_concept(number, release if number % renamed_every == 0 else 0) for number in numbers)
    relations = [
        _relation(number, numbers[(at + step) % len(numbers)], release)
        for at, number in enumerate(numbers)
        for step in range(first, first + relations_each)
    ]
    found = Finding("TX403", Severity.WARNING, id_of(numbers[0]), "made-up.json", str(release), "made up")
    return Content(concepts, tuple(sorted(relations)), (found,))


def _concept(number: int, release: int) -> Concept:
    text = label_of(number, release)
    return Concept(id_of(number), SKILL, (Label(Locale.SV, LabelRole.PREFERRED, text, "test"),))


def _relation(subject: int, other: int, release: int) -> Relation:
    return Relation(
        RelationKind.RELATED_SKILL,
        id_of(subject),
        id_of(other),
        Provenance.NATIVE,
        "test",
        Necessity.RELATED,
        None,
        release if subject % 3 == 0 else None,
    )
