"""Compile the rows of a release into the arrays of a snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Final

import numpy as np

from taxonomy.model.concept import (
    KINDS,
    OCCUPATION,
    SSYK_GROUP,
    Code,
    Concept,
    Definition,
    Kind,
    Label,
    LabelRole,
    Locale,
    facts_of,
)
from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import Content, Release
from taxonomy.snapshot.adjacency import adjacencies
from taxonomy.snapshot.arrays import Adjacency, Arrays, Ints, Texts, column, pointers, starts
from taxonomy.snapshot.bulk_text import collation_keys
from taxonomy.snapshot.search_index import LOCALES, ROLES, search_index
from taxonomy.snapshot.skills import effective_skills
from taxonomy.snapshot.snapshot import OTHER_ROLES, Snapshot

_LABEL_ORDER: Final = {
    (role, locale): place
    for place, (role, locale) in enumerate((role, locale) for role in ROLES for locale in LOCALES)
}


def build(release: Release, content: Content) -> Snapshot:
    """The snapshot of a release.

    Concepts are numbered by kind (known kinds first, in `model.concept.KINDS`' order), then by label in
    Swedish alphabetical order, then by id: neighbours listed by number are listed by name.
    """
    concepts = _in_order(content.concepts)
    number = {concept.id: position for position, concept in enumerate(concepts)}
    labels = [(row, label) for row, concept in enumerate(concepts) for label in _best_first(concept.labels)]
    arrays = {
        **_identity(concepts),
        **_preferred(labels, len(concepts)),
        **_others(labels, len(concepts)),
        **_codes(concepts),
        **_definitions(concepts),
        **_replacements(concepts, number),
        **adjacencies(content.relations, number),
        **_prefixed("search", search_index(labels)),
    }
    return Snapshot(release, arrays | _skills(arrays))


def _in_order(concepts: Iterable[Concept]) -> list[Concept]:
    by_kind: dict[Kind, list[Concept]] = {}
    for concept in concepts:
        by_kind.setdefault(concept.kind, []).append(concept)
    unknown = sorted(by_kind.keys() - KINDS.keys())
    return [concept for kind in (*KINDS, *unknown) for concept in _by_name(by_kind.get(kind, []))]


def _by_name(concepts: Sequence[Concept]) -> list[Concept]:
    keys = zip(
        collation_keys([_name(concept) for concept in concepts]),
        (c.id for c in concepts),
        concepts,
        strict=True,
    )
    return [concept for _, _, concept in sorted(keys)]


def _name(concept: Concept) -> str:
    """The preferred label in Swedish, or in any language, or the id."""
    name = ""
    for locale, role, text, *_ in concept.labels:
        if role is LabelRole.PREFERRED and (not name or locale is Locale.SV):
            name = text
            if locale is Locale.SV:
                break
    return name or concept.id


def _best_first(labels: tuple[Label, ...]) -> Sequence[Label]:
    """Preferred labels first, within a role Swedish ones: of equals the first is shown."""
    if len(labels) == 1:
        return labels
    return sorted(labels, key=lambda label: _LABEL_ORDER[label.role, label.locale])


def _prefixed(prefix: str, arrays: Arrays) -> Arrays:
    return {f"{prefix}/{name}": array for name, array in arrays.items()}


def _identity(concepts: Sequence[Concept]) -> Arrays:
    kinds = list(dict.fromkeys(concept.kind for concept in concepts))
    code = {kind: position for position, kind in enumerate(kinds)}
    count = len(concepts)
    return {
        **Texts.of(concept.id for concept in concepts).arrays("id"),
        **Texts.of(kinds).arrays("kinds"),
        "kind": column((code[concept.kind] for concept in concepts), np.uint8, count),
        "deprecated": column((concept.deprecated for concept in concepts), np.uint8, count),
    }


def _preferred(labels: Iterable[tuple[int, Label]], count: int) -> Arrays:
    names = {locale: [""] * count for locale in Locale}
    for concept, (locale, role, text, *_) in labels:
        if role is LabelRole.PREFERRED and not names[locale][concept]:
            names[locale][concept] = text
    arrays: Arrays = {}
    for locale, texts in names.items():
        arrays |= Texts.of(texts).arrays(f"label/{locale}")
    return arrays


def _others(labels: Iterable[tuple[int, Label]], count: int) -> Arrays:
    rows: dict[tuple[LabelRole, Locale], list[tuple[int, str]]] = {}
    for concept, (locale, role, text, *_) in labels:
        if role is not LabelRole.PREFERRED:
            rows.setdefault((role, locale), []).append((concept, text))
    arrays: Arrays = {}
    for role in OTHER_ROLES:
        for locale in Locale:
            some = rows.get((role, locale), [])
            owners = column((concept for concept, _ in some), np.int32, len(some))
            arrays[f"{role}/{locale}/start"] = pointers(owners, count)
            arrays |= Texts.of(text for _, text in some).arrays(f"{role}/{locale}")
    return arrays


def _codes(concepts: Sequence[Concept]) -> Arrays:
    codes = list(chain.from_iterable(concept.codes for concept in concepts))
    systems = sorted({code.system for code in codes})
    place = {system: position for position, system in enumerate(systems)}
    begin = starts(column((len(concept.codes) for concept in concepts), np.int32, len(concepts)))
    main = {
        number: row
        for number, concept in enumerate(concepts)
        if concept.codes and (row := _main(concept.kind, concept.codes)) is not None
    }
    owners = np.array(list(main), np.int32)
    return {
        **Texts.of(systems).arrays("code/systems"),
        **Texts.of(code.value for code in codes).arrays("code"),
        "code/system": column((place[code.system] for code in codes), np.uint8, len(codes)),
        "code/start": begin,
        "code/main/concept": owners,
        "code/main/row": begin[owners] + np.array(list(main.values()), np.int32),
    }


def _main(kind: Kind, codes: Sequence[Code]) -> int | None:
    """Which of the codes is the one of the kind's own system."""
    wanted = facts_of(kind).code_system
    return next((row for row, code in enumerate(codes) if code.system == wanted), None)


def _definitions(concepts: Sequence[Concept]) -> Arrays:
    rows: list[Definition] = list(chain.from_iterable(concept.definitions for concept in concepts))
    sources = sorted({definition.source for definition in rows})
    place = {source: position for position, source in enumerate(sources)}
    count = len(rows)
    return {
        **Texts.of(sources).arrays("definition/sources"),
        **Texts.of(row.text for row in rows).arrays("definition"),
        "definition/source": column((place[row.source] for row in rows), np.uint8, count),
        "definition/locale": column((LOCALES.index(row.locale) for row in rows), np.uint8, count),
        "definition/start": starts(column((len(c.definitions) for c in concepts), np.int32, len(concepts))),
    }


def _replacements(concepts: Sequence[Concept], number: Mapping[ConceptId, int]) -> Arrays:
    pairs = [(number[c.id], number[other]) for c in concepts for other in c.replaced_by]
    forth = np.array(sorted(pairs), np.int32).reshape(-1, 2)
    back = np.array(sorted((b, a) for a, b in pairs), np.int32).reshape(-1, 2)
    count = len(concepts)
    return {
        "replaced_by/start": pointers(forth[:, 0], count),
        "replaced_by/target": np.ascontiguousarray(forth[:, 1]),
        "replaces/start": pointers(back[:, 0], count),
        "replaces/target": np.ascontiguousarray(back[:, 1]),
    }


def _skills(arrays: Arrays) -> Arrays:
    kinds = list(Texts.from_arrays("kinds", arrays).decoded())
    kind: Ints = arrays["kind"]

    def numbers(wanted: Kind) -> range:
        if wanted not in kinds:
            return range(0)
        first, last = (
            np.searchsorted(kind, kinds.index(wanted), "left"),
            np.searchsorted(kind, kinds.index(wanted), "right"),
        )
        return range(int(first), int(last))

    skills = effective_skills(
        len(kind),
        numbers(OCCUPATION),
        numbers(SSYK_GROUP),
        Adjacency.from_arrays(f"relation/{RelationKind.RELATED_SKILL}/out", arrays),
        Adjacency.from_arrays(f"relation/{RelationKind.BROADER}/out", arrays),
    )
    return _prefixed("skills", skills)
