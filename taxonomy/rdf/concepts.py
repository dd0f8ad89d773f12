"""What a release says of concepts in one triple each: names, codes, texts, place, relations as given."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from taxonomy.model.concept import (
    ESCO_COLLECTION,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    Kind,
    LabelRole,
    Locale,
    NoteKind,
    Provenance,
)
from taxonomy.model.linked_data import (
    BOOLEAN,
    COVERAGE_WORDS,
    DCT,
    ESCO_MODEL,
    ESCO_SKILLS,
    ESCO_WORDS,
    MATCHES,
    NOTE_WORDS,
    OWL,
    SKOS,
    TYPE,
)
from taxonomy.model.observation import Coverage
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.rdf.columns import Block, Column, Form, Kept
from taxonomy.rdf.iris import CLASSIFICATIONS, MAPPINGS, is_collection
from taxonomy.rdf.pages import Page, Rows, both, column, not_derived
from taxonomy.snapshot.arrays import NONE, Adjacency, Texts
from taxonomy.snapshot.skills import PROVENANCES
from taxonomy.snapshot.snapshot import NOTE_KINDS, OTHER_ROLES

LOCALES: Final = tuple(Locale)
_NATIVE, _MAPPING = (PROVENANCES.index(value) for value in (Provenance.NATIVE, Provenance.MAPPING))
_ESCO_CLASSES: Final[Mapping[Kind, str]] = MappingProxyType(
    {ESCO_OCCUPATION: f"{ESCO_MODEL}Occupation", ESCO_SKILL: f"{ESCO_MODEL}Skill"}
)
_LABELS: Final[Mapping[LabelRole, str]] = MappingProxyType(
    {LabelRole.ALTERNATIVE: f"{SKOS}altLabel", LabelRole.HIDDEN: f"{SKOS}hiddenLabel"}
)
PLAIN_NECESSITIES: Final[Mapping[RelationKind, int]] = MappingProxyType(
    {RelationKind.ESSENTIAL_SKILL: 0, RelationKind.OPTIONAL_SKILL: 1, RelationKind.RELATED_SKILL: 2}
)
"""The necessity (a place in `NECESSITIES`) that the predicate of a relation says already."""


def concept_block(page: Page) -> Block:
    """The statements on the concepts of a page."""
    columns = [
        *_types(page),
        *_preferred(page),
        *_other_labels(page),
        *_codes(page),
        *_definitions(page),
        *_notes(page),
        *_place(page),
        *_relations(page),
        *_deprecation(page),
    ]
    return Block(Form.CONCEPT, page.ids, columns)


def skos_class(kind: Kind) -> str:
    """The class of SKOS that things of a kind are of; ESCO's collections are schemes of concepts."""
    if kind == ESCO_COLLECTION:
        return f"{SKOS}ConceptScheme"
    return f"{SKOS}Collection" if is_collection(kind) else f"{SKOS}Concept"


def _types(page: Page) -> Iterator[Column]:
    yield from page.home_column(TYPE, Form.IRI, skos_class(page.kind))
    if page.kind in _ESCO_CLASSES:
        yield from page.home_column(TYPE, Form.IRI, _ESCO_CLASSES[page.kind])
    yield from page.home_column(f"{DCT}type", Form.IRI, page.publication.kind(page.kind))


def _preferred(page: Page) -> Iterator[Column]:
    arrays = page.snapshot.arrays
    for locale in LOCALES:
        source = arrays[f"label/{locale}/source"][page.first : page.last]
        kept = (source != NONE) & not_derived(arrays[f"label/{locale}/provenance"][page.first : page.last])
        said = both(kept, page.said_by(source, page.tables.label_sources))
        texts = page.snapshot.labels[locale][page.first : page.last]
        if said is not None:
            yield from page.sparse_column(f"{SKOS}prefLabel", Form.TEXT, locale.value, texts, said)


def _other_labels(page: Page) -> Iterator[Column]:
    arrays = page.snapshot.arrays
    for role in OTHER_ROLES:
        for locale in LOCALES:
            name = f"{role}/{locale}"
            rows = page.rows(arrays[f"{name}/start"])
            if rows:
                said = page.said_by(
                    arrays[f"{name}/source"][rows.first : rows.last], page.tables.label_sources
                )
                if said is None or said.any():
                    texts = Texts.from_arrays(name, arrays).between(rows.first, rows.last)
                    yield from column(_LABELS[role], Form.TEXT, locale.value, rows, texts, said)


def _codes(page: Page) -> Iterator[Column]:
    """The main code as a plain literal, and all codes typed by their systems."""
    arrays = page.snapshot.arrays
    rows = page.rows(arrays["code/start"])
    if rows is None:
        return
    main = [page.snapshot.codes.get(number, "") for number in range(page.first, page.last)]
    has = np.array([number in page.snapshot.codes for number in range(page.first, page.last)], np.bool_)
    notation = f"{SKOS}notation"
    yield from page.sparse_column(notation, Form.PLAIN, "", main, has & page.home_mask())
    at_home, systems = page.at_home(rows), arrays["code/system"][rows.first : rows.last]
    values = Texts.from_arrays("code", arrays).between(rows.first, rows.last)
    for code in sorted(set(systems.tolist())):
        datatype = page.publication.datatype(page.tables.code_systems[code])
        yield from column(notation, Form.TYPED, datatype, rows, values, both(at_home, systems == code))


def _definitions(page: Page) -> Iterator[Column]:
    arrays = page.snapshot.arrays
    rows = page.rows(arrays["definition/start"])
    if rows is None:
        return
    sources, locales = (arrays[f"definition/{name}"][rows.first : rows.last] for name in ("source", "locale"))
    said = page.said_by(sources, page.tables.definition_sources)
    if said is None or said.any():
        texts = Texts.from_arrays("definition", arrays).between(rows.first, rows.last)
        for code, locale in enumerate(LOCALES):
            kept = both(said, locales == code)
            yield from column(f"{SKOS}definition", Form.TEXT, locale.value, rows, texts, kept)


def _notes(page: Page) -> Iterator[Column]:
    arrays = page.snapshot.arrays
    rows = page.rows(arrays["note/start"])
    if rows is None:
        return
    kinds, locales, texts, sources = (
        arrays[f"note/{name}"][rows.first : rows.last] for name in ("kind", "locale", "text", "source")
    )
    said = page.said_by(sources, page.tables.note_sources)
    if said is not None and not said.any():
        return
    words = Texts.from_arrays("note", arrays)
    values = [words[row] for row in texts.tolist()]
    for code, kind in enumerate(NOTE_KINDS):
        of_kind = both(said, kinds == code)
        if of_kind is not None and of_kind.any():
            yield from _notes_of_kind(page, kind, rows, values, locales, of_kind)


def _notes_of_kind(
    page: Page,
    kind: NoteKind,
    rows: Rows,
    values: list[str],
    locales: Kept,
    of_kind: Kept,
) -> Iterator[Column]:
    """Words of ESCO's on ESCO's concepts as concepts of ESCO's, coverage as words of ours; else texts."""
    if kind is NoteKind.COVERAGE:
        words_of_ours = {value.value: page.publication.word(COVERAGE_WORDS[value]) for value in Coverage}
        known = of_kind & np.array([value in words_of_ours for value in values], np.bool_)
        iris = [words_of_ours.get(value, "") for value in values]
        yield from column(page.publication.word(NOTE_WORDS[kind]), Form.IRI, "", rows, iris, known)
        of_kind = of_kind & ~known
    predicate, words = ESCO_WORDS.get(kind, ("", {}))
    if words and page.kind == ESCO_SKILL:
        known = of_kind & np.array([value in words for value in values], np.bool_) & (locales == 1)
        iris = [words.get(value, "") for value in values]
        yield from column(predicate, Form.IRI, "", rows, iris, known)
        of_kind = of_kind & ~known
    predicate = f"{SKOS}scopeNote" if kind is NoteKind.SCOPE else page.publication.word(NOTE_WORDS[kind])
    for code, locale in enumerate(LOCALES):
        yield from column(predicate, Form.TEXT, locale.value, rows, values, of_kind & (locales == code))


def _place(page: Page) -> Iterator[Column]:
    """The classification of a concept, and whether it is at its top."""
    if page.kind != ESCO_COLLECTION:
        scheme = page.scheme
        yield from page.home_column(f"{SKOS}inScheme", Form.IRI, scheme)
        yield from _collections(page, f"{SKOS}inScheme", of_esco=True)
        if page.graph in (None, CLASSIFICATIONS) and not is_collection(page.kind):
            tops = is_top(page)
            values = [scheme] * page.count
            yield from page.sparse_column(f"{SKOS}topConceptOf", Form.IRI, "", values, tops)


def is_top(page: Page) -> Kept:
    """Which concepts of a page begin a hierarchy: something is below them, nothing of their scheme above."""
    below, above = (page.snapshot.edges(RelationKind.BROADER, side) for side in (Direction.IN, Direction.OUT))
    tops: Kept = np.diff(below.start[page.first : page.last + 1]) > 0
    rows = page.rows(above.start)
    if rows is not None and tops.any():
        schemes = page.tables.schemes_of(above.target[rows.first : rows.last])
        owners = np.repeat(np.arange(page.count), np.diff(rows.starts))
        tops[owners[schemes == page.tables.schemes.index(page.scheme)]] = False
    return tops


def _collections(page: Page, predicate: str, *, of_esco: bool) -> Iterator[Column]:
    """Collections that concepts are in: ESCO's, which are schemes, or what is no collection of any kind."""
    found = page.edges(RelationKind.MEMBER_OF)
    if found is None:
        return
    edges, rows = found
    wanted = np.array(
        [kind == ESCO_COLLECTION if of_esco else not is_collection(kind) for kind in page.snapshot.kinds]
    )
    targets = edges.target[rows.first : rows.last]
    kept = both(wanted[page.snapshot.arrays["kind"][targets]], _as_given(page, edges, rows))
    yield from column(predicate, Form.CONCEPT, "", rows, _ids(page, targets), kept)


def _relations(page: Page) -> Iterator[Column]:
    for kind in page.relations():
        if kind not in (RelationKind.MEMBER_OF, RelationKind.SUBSTITUTES):
            yield from _plain(page, kind)
    yield from _members(page)


def _plain(page: Page, kind: RelationKind) -> Iterator[Column]:
    found = page.edges(kind)
    if found is None:
        return
    edges, rows = found
    kept = _mappings_as_given(page, edges, rows) if kind in MATCHES else _as_given(page, edges, rows)
    if not kept.any():
        return
    targets = edges.target[rows.first : rows.last]
    ids = _ids(page, targets)
    of_esco = page.publication.predicate(kind, of_esco=True)
    if kind in ESCO_SKILLS and page.kind.startswith("esco-"):
        both_esco = page.tables.is_esco[page.snapshot.arrays["kind"][targets]]
        yield from column(of_esco, Form.CONCEPT, "", rows, ids, kept & both_esco)
        kept = kept & ~both_esco
    predicate = page.publication.predicate(kind, of_esco=False)
    yield from column(predicate, Form.CONCEPT, "", rows, ids, kept)


def _as_given(page: Page, edges: Adjacency, rows: Rows) -> Kept:
    """Which relations the publisher states of the very concept, in the page's graph."""
    native: Kept = edges.provenance[rows.first : rows.last] == _NATIVE
    said = page.said_by(edges.source[rows.first : rows.last], page.snapshot.sources)
    return native if said is None else native & said


def _mappings_as_given(page: Page, edges: Adjacency, rows: Rows) -> Kept:
    """Which mappings are somebody else's and not derived by us; all of them are in one graph."""
    provenance = edges.provenance[rows.first : rows.last]
    given: Kept = (provenance == _NATIVE) | (provenance == _MAPPING)
    return given if page.graph in (None, MAPPINGS) else np.zeros_like(given)


def _members(page: Page) -> Iterator[Column]:
    yield from _collections(
        page, page.publication.predicate(RelationKind.MEMBER_OF, of_esco=False), of_esco=False
    )
    found = page.edges(RelationKind.MEMBER_OF, Direction.IN)
    if found and is_collection(page.kind) and page.kind != ESCO_COLLECTION:
        edges, rows = found
        ids = _ids(page, edges.target[rows.first : rows.last])
        yield from column(f"{SKOS}member", Form.CONCEPT, "", rows, ids, _as_given(page, edges, rows))


def _ids(page: Page, targets: np.ndarray) -> list[str]:
    ids = page.snapshot.ids
    return [ids[number] for number in targets.tolist()]


def _deprecation(page: Page) -> Iterator[Column]:
    flags = page.snapshot.deprecated[page.first : page.last]
    if not any(flags):
        return
    deprecated = np.frombuffer(flags, np.bool_) & page.home_mask()
    values = ["true"] * page.count
    yield from page.sparse_column(f"{OWL}deprecated", Form.TYPED, BOOLEAN, values, deprecated)
    rows = page.rows(page.snapshot.arrays["replaced_by/start"])
    if rows:
        targets = page.snapshot.arrays["replaced_by/target"][rows.first : rows.last]
        ids = _ids(page, targets)
        yield from column(f"{DCT}isReplacedBy", Form.CONCEPT, "", rows, ids, page.at_home(rows))
