"""Compile the rows of a release into the arrays of a snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from taxonomy.model.concept import (
    KINDS,
    Code,
    Concept,
    Definition,
    Kind,
    LabelRole,
    Locale,
    Note,
    facts_of,
)
from taxonomy.model.ids import ConceptId
from taxonomy.model.mapping import Composition
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.model.release import Content, Release
from taxonomy.snapshot.adjacency import adjacencies
from taxonomy.snapshot.arrays import (
    NONE,
    Adjacency,
    Arrays,
    Texts,
    code_of,
    coded,
    pointers,
    starts,
    transposed,
)
from taxonomy.snapshot.bulk_text import collation_keys
from taxonomy.snapshot.evidence import Graph
from taxonomy.snapshot.observations import observation_arrays
from taxonomy.snapshot.search_index import LOCALES, ROLES, Labels, search_index
from taxonomy.snapshot.skills import effective_skills
from taxonomy.snapshot.snapshot import NOTE_KINDS, OTHER_ROLES, Snapshot, ranges


def build(release: Release, content: Content, composition: Composition) -> Snapshot:
    """The snapshot of a release; `composition` says what evidence over mappings is worth.

    Concepts are numbered by kind (known kinds first, in `model.concept.KINDS`' order), then by label in
    Swedish alphabetical order, then by id: neighbours listed by number are listed by name.
    """
    concepts = _in_order(content.concepts)
    number = {concept.id: position for position, concept in enumerate(concepts)}
    columns = transposed(Concept, concepts)
    labels = Labels.of(columns.labels)
    arrays = {
        **_identity(columns),
        **_preferred(labels, len(concepts)),
        **_others(labels, len(concepts)),
        **_codes(columns),
        **_definitions(columns),
        **_notes(columns),
        **_replacements(columns, number),
        **adjacencies(content.relations, number),
        **observation_arrays(content.observations, number),
        **_prefixed("search", search_index(labels)),
    }
    return Snapshot(release, arrays | _skills(arrays, composition))


def _in_order(concepts: Iterable[Concept]) -> list[Concept]:
    by_kind: dict[Kind, list[Concept]] = {}
    for concept in concepts:
        by_kind.setdefault(concept.kind, []).append(concept)
    unknown = sorted(by_kind.keys() - KINDS.keys())
    return [concept for kind in (*KINDS, *unknown) for concept in _by_name(by_kind.get(kind, []))]


def _by_name(concepts: Sequence[Concept]) -> list[Concept]:
    keys = zip(
        collation_keys([_name(concept) for concept in concepts]),
        [concept.id for concept in concepts],
        concepts,
        strict=True,
    )
    return [concept for _, _, concept in sorted(keys)]


def _name(concept: Concept) -> str:
    """The preferred label in Swedish, or in any language, or the id."""
    name = ""
    for label in concept.labels:
        if label.role is LabelRole.PREFERRED:
            if label.locale is Locale.SV:
                return label.text
            name = name or label.text
    return name or concept.id


def _prefixed(prefix: str, arrays: Arrays) -> Arrays:
    return {f"{prefix}/{name}": array for name, array in arrays.items()}


def _identity(concepts: Any) -> Arrays:
    kinds = list(dict.fromkeys(concepts.kind))
    return {
        **Texts.of(concepts.id).arrays("id"),
        **Texts.of(kinds).arrays("kinds"),
        "kind": coded(concepts.kind, code_of(kinds), np.uint8),
        "deprecated": np.array(concepts.deprecated, np.uint8),
    }


def _preferred(labels: Labels, count: int) -> Arrays:
    """The preferred label of each concept, '' for none, and who says so: `NONE` where there is none."""
    arrays: Arrays = Texts.of(labels.sources).arrays("label/sources")
    for code, locale in enumerate(LOCALES):
        rows = np.flatnonzero((labels.role == ROLES.index(LabelRole.PREFERRED)) & (labels.locale == code))
        owners = labels.concept[rows].tolist()
        # The first of several is the one: it is written last.
        named = dict(zip(owners[::-1], rows.tolist()[::-1], strict=True))
        texts = [""] * count
        for owner, row in named.items():
            texts[owner] = labels.text[row]
        arrays |= Texts.of(texts).arrays(f"label/{locale}")
        for name, values in (("source", labels.source), ("provenance", labels.provenance)):
            said = np.full(count, NONE, np.uint8)
            said[list(named)] = values[list(named.values())]
            arrays[f"label/{locale}/{name}"] = said
    return arrays


def _others(labels: Labels, count: int) -> Arrays:
    arrays: Arrays = {}
    for role in OTHER_ROLES:
        for code, locale in enumerate(LOCALES):
            rows = np.flatnonzero((labels.role == ROLES.index(role)) & (labels.locale == code))
            arrays[f"{role}/{locale}/start"] = pointers(labels.concept[rows], count)
            arrays |= Texts.of(labels.text[row] for row in rows.tolist()).arrays(f"{role}/{locale}")
            arrays[f"{role}/{locale}/source"] = labels.source[rows]
            arrays[f"{role}/{locale}/provenance"] = labels.provenance[rows]
    return arrays


def _codes(concepts: Any) -> Arrays:
    begin = starts(np.array([len(codes) for codes in concepts.codes], np.int32))
    main = {
        number: row
        for number, (kind, codes) in enumerate(zip(concepts.kind, concepts.codes, strict=True))
        if codes and (row := _main(kind, codes)) is not None
    }
    owners = np.array(list(main), np.int32)
    rows = transposed(Code, list(chain.from_iterable(concepts.codes)))
    systems = sorted(set(rows.system))
    return {
        **Texts.of(systems).arrays("code/systems"),
        **Texts.of(rows.value).arrays("code"),
        "code/system": coded(rows.system, code_of(systems), np.uint8),
        "code/start": begin,
        "code/main/concept": owners,
        "code/main/row": begin[owners] + np.array(list(main.values()), np.int32),
    }


def _main(kind: Kind, codes: Sequence[Code]) -> int | None:
    """Which of the codes is the one of the kind's own system."""
    wanted = facts_of(kind).code_system
    return next((row for row, code in enumerate(codes) if code.system == wanted), None)


def _definitions(concepts: Any) -> Arrays:
    rows = transposed(Definition, list(chain.from_iterable(concepts.definitions)))
    sources = sorted(set(rows.source))
    return {
        **Texts.of(sources).arrays("definition/sources"),
        **Texts.of(rows.text).arrays("definition"),
        "definition/source": coded(rows.source, code_of(sources), np.uint8),
        "definition/locale": coded(rows.locale, code_of(LOCALES), np.uint8),
        "definition/start": starts(np.array([len(some) for some in concepts.definitions], np.int32)),
    }


def _notes(concepts: Any) -> Arrays:
    rows = transposed(Note, list(chain.from_iterable(concepts.notes)))
    # Most are a word of a small vocabulary: each text is kept once.
    texts, sources = sorted(set(rows.text)), sorted(set(rows.source))
    return {
        **Texts.of(sources).arrays("note/sources"),
        **Texts.of(texts).arrays("note"),
        "note/text": coded(rows.text, code_of(texts), np.int32),
        "note/kind": coded(rows.kind, code_of(NOTE_KINDS), np.uint8),
        "note/locale": coded(rows.locale, code_of(LOCALES), np.uint8),
        "note/source": coded(rows.source, code_of(sources), np.uint8),
        "note/start": starts(np.array([len(some) for some in concepts.notes], np.int32)),
    }


def _replacements(concepts: Any, number: Mapping[ConceptId, int]) -> Arrays:
    pairs = [(row, number[other]) for row, others in enumerate(concepts.replaced_by) for other in others]
    return {
        **_paired("replaced_by", pairs, len(number)),
        **_paired("replaces", [(other, row) for row, other in pairs], len(number)),
    }


def _paired(name: str, pairs: Iterable[tuple[int, int]], count: int) -> Arrays:
    ends = np.array(sorted(pairs), np.int32).reshape(-1, 2).T.copy()
    return {f"{name}/start": pointers(ends[0], count), f"{name}/target": ends[1]}


def _skills(arrays: Arrays, composition: Composition) -> Arrays:
    kinds = tuple(Kind(kind) for kind in Texts.from_arrays("kinds", arrays).decoded())
    numbers = ranges(kinds, arrays["kind"])

    def edges(kind: RelationKind, direction: Direction) -> Adjacency:
        return Adjacency.from_arrays(f"relation/{kind}/{direction}", arrays)

    graph = Graph(lambda kind: numbers.get(kind, range(0)), edges, arrays["deprecated"])
    return _prefixed("skills", effective_skills(graph, composition))
