"""What one triple cannot say: substitutions with a level, mappings with a justification, and whatever was
calculated or derived. Each is a node with a name of its own, and never its publisher's predicate."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from taxonomy.export.sssom import BY_CODE, UNSAID, SetFacts
from taxonomy.model.concept import Locale, Provenance
from taxonomy.model.linked_data import (
    INTEGER,
    MATCHES,
    METHODS,
    NECESSITY_WORDS,
    ONLY_CHILD,
    OWL,
    PROV,
    RDF,
    SEMAPV,
    SKOS,
    SSSOM,
    TYPE,
    part,
)
from taxonomy.model.relation import RelationKind
from taxonomy.rdf.columns import Block, Column, Form, Kept
from taxonomy.rdf.concepts import LOCALES, PLAIN_NECESSITIES
from taxonomy.rdf.iris import DERIVED, MAPPINGS, concept_iri
from taxonomy.rdf.pages import Page, Rows, both, derived
from taxonomy.snapshot.arrays import NONE, Adjacency
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES

_NATIVE, _MAPPING, _DERIVED = (
    PROVENANCES.index(value) for value in (Provenance.NATIVE, Provenance.MAPPING, Provenance.DERIVED)
)
_NECESSITIES: Final = tuple(NECESSITIES)


class _Edges(NamedTuple):
    """Relations of one kind that need a node: a list for each of what is said of them."""

    kind: RelationKind
    subject: list[str]
    object: list[str]
    provenance: list[int]
    necessity: list[int]
    level: list[int]
    rank: list[int]
    source: list[int]


def node_blocks(page: Page) -> Iterator[Block]:
    """The nodes on relations that begin on a page, and on labels that were derived."""
    for kind in page.relations():
        if kind in MATCHES:
            yield from _axioms(page, kind)
        edges = _that_need_a_node(page, kind)
        if edges is not None:
            yield (
                _substitutions(page, edges) if kind is RelationKind.SUBSTITUTES else _statements(page, edges)
            )
    if page.graph in (None, DERIVED):
        for locale in LOCALES:
            yield from _derived_labels(page, locale)


def _that_need_a_node(page: Page, kind: RelationKind) -> _Edges | None:
    found = page.edges(kind)
    if found is None:
        return None
    edges, rows = found
    provenance, necessity, level, rank, source = (
        column[rows.first : rows.last]
        for column in (edges.provenance, edges.necessity, edges.level, edges.rank, edges.source)
    )
    if kind in MATCHES:
        needed: Kept = provenance != _MAPPING
    elif kind is RelationKind.SUBSTITUTES:
        needed = np.ones_like(provenance, np.bool_)
    else:
        implied = necessity == PLAIN_NECESSITIES.get(kind, NONE)
        needed = (provenance != _NATIVE) | ~implied | (level > 0) | (rank > 0)
    kept = both(needed, _in_graph(page, kind, provenance, source))
    if kept is None or not kept.any():
        return None
    return _picked(page, kind, edges, rows, kept)


def _in_graph(page: Page, kind: RelationKind, provenance: np.ndarray, source: np.ndarray) -> Kept | None:
    """What we derived is in a graph of its own, mappings are in another, the rest is where its source is."""
    if page.graph is None:
        return None
    is_derived: Kept = provenance == _DERIVED
    if page.graph == DERIVED:
        return is_derived
    if kind in MATCHES:
        return ~is_derived if page.graph == MAPPINGS else np.zeros_like(is_derived)
    said = page.said_by(source, page.snapshot.sources)
    return said if said is None else said & ~is_derived


def _picked(page: Page, kind: RelationKind, edges: Adjacency, rows: Rows, kept: Kept) -> _Edges:
    owners = np.repeat(np.arange(page.first, page.last), np.diff(rows.starts))[kept]
    ids = page.snapshot.ids
    targets = edges.target[rows.first : rows.last][kept]
    columns = (edges.provenance, edges.necessity, edges.level, edges.rank, edges.source)
    said = (column[rows.first : rows.last][kept].tolist() for column in columns)
    return _Edges(kind, [ids[i] for i in owners.tolist()], [ids[i] for i in targets.tolist()], *said)


def _substitutions(page: Page, edges: _Edges) -> Block:
    word = page.publication.word
    names = [
        f"{page.publication.namespace}substitution/{part(subject)}/{part(object_)}"
        + ("" if how == _NATIVE else f"/{PROVENANCES[how]}")
        for subject, object_, how in zip(edges.subject, edges.object, edges.provenance, strict=True)
    ]
    method = _methods(page, edges)
    # What the publisher says himself needs no method, whatever else is on the page.
    ways = zip(edges.provenance, method.values, strict=True)
    said = ["" if how == _NATIVE else iri for how, iri in ways]
    columns = [
        _same(TYPE, word("Substitution"), edges),
        Column(word("substitute"), Form.CONCEPT, "", None, edges.subject),
        Column(word("substituteFor"), Form.CONCEPT, "", None, edges.object),
        *_numbers(word("level"), edges.level),
        *_optional(method.predicate, Form.IRI, "", said),
        *_details(page, edges, level=False),
    ]
    return Block(Form.IRI, names, columns)


def _statements(page: Page, edges: _Edges) -> Block:
    """Relations that are talked about and not stated: `rdf:Statement` asserts nothing."""
    base = f"{page.publication.namespace}statement/"
    names = [
        f"{base}{PROVENANCES[how]}/{edges.kind.value}/{part(subject)}/{part(object_)}"
        for subject, object_, how in zip(edges.subject, edges.object, edges.provenance, strict=True)
    ]
    predicate = page.publication.predicate(edges.kind, of_esco=False)
    columns = [
        _same(TYPE, page.publication.word("Statement"), edges),
        Column(f"{RDF}subject", Form.CONCEPT, "", None, edges.subject),
        _same(f"{RDF}predicate", predicate, edges),
        Column(f"{RDF}object", Form.CONCEPT, "", None, edges.object),
        _methods(page, edges),
        *_details(page, edges),
    ]
    return Block(Form.IRI, names, columns)


def _methods(page: Page, edges: _Edges) -> Column:
    iris = [page.publication.word(METHODS[provenance]) for provenance in PROVENANCES]
    return Column(f"{PROV}wasGeneratedBy", Form.IRI, "", None, [iris[how] for how in edges.provenance])


def _details(page: Page, edges: _Edges, *, level: bool = True) -> Iterator[Column]:
    """How much, the how manieth, and out of which source."""
    word = page.publication.word
    needs = [word(NECESSITY_WORDS[need]) for need in _NECESSITIES]
    yield from _optional(
        word("necessity"), Form.IRI, "", ["" if row == NONE else needs[row] for row in edges.necessity]
    )
    if level:
        yield from _numbers(word("level"), edges.level)
    yield from _numbers(word("rank"), edges.rank)
    names = page.snapshot.sources
    graphs = {code: page.publication.graph(names[code]) for code in set(edges.source)}
    sources = [graphs[source] for source in edges.source]
    yield Column(f"{PROV}hadPrimarySource", Form.IRI, "", None, sources)


def _same(predicate: str, iri: str, edges: _Edges) -> Column:
    return Column(predicate, Form.IRI, "", None, [iri] * len(edges.subject))


def _numbers(predicate: str, values: Sequence[int]) -> Iterator[Column]:
    return _optional(predicate, Form.TYPED, INTEGER, [str(value) if value else "" for value in values])


def _optional(predicate: str, form: Form, tag: str, values: Sequence[str]) -> Iterator[Column]:
    """A column of which some values may be missing."""
    if all(values):
        yield Column(predicate, form, tag, None, values)
    elif any(values):
        starts = [0]
        for value in values:
            starts.append(starts[-1] + bool(value))
        yield Column(predicate, form, tag, starts, [value for value in values if value])


# ---- mappings


def _axioms(page: Page, kind: RelationKind) -> Iterator[Block]:
    """Of each mapping of a mapping set: which set, and how it came about."""
    found = page.edges(kind)
    if found is None or page.graph not in (None, MAPPINGS):
        return
    edges, rows = found
    kept: Kept = edges.provenance[rows.first : rows.last] == _MAPPING
    if not kept.any():
        return
    picked = _picked(page, kind, edges, rows, kept)
    used = {code: page.snapshot.sources[code] for code in set(picked.source)}
    sets = {code: page.publication.mapping_set(source) for code, source in used.items()}
    reasons = {code: justification(page.publication.sets.get(source)) for code, source in used.items()}
    names = [
        f"{sets[source]}/{kind.value}/{part(subject)}/{part(object_)}"
        for subject, object_, source in zip(picked.subject, picked.object, picked.source, strict=True)
    ]
    columns = [
        _same(TYPE, f"{OWL}Axiom", picked),
        Column(f"{OWL}annotatedSource", Form.CONCEPT, "", None, picked.subject),
        _same(f"{OWL}annotatedProperty", MATCHES[kind], picked),
        Column(f"{OWL}annotatedTarget", Form.CONCEPT, "", None, picked.object),
        Column(
            f"{SSSOM}mapping_justification", Form.IRI, "", None, [reasons[source] for source in picked.source]
        ),
        Column(f"{SSSOM}mapping_source", Form.IRI, "", None, [sets[source] for source in picked.source]),
    ]
    yield Block(Form.IRI, names, columns)


def justification(facts: SetFacts | None, *, is_derived: bool = False) -> str:
    """Why the mappings of a set hold, as an IRI of the vocabulary that SSSOM uses."""
    said = facts.justification if facts else UNSAID
    return SEMAPV + (BY_CODE if is_derived and said == UNSAID else said).removeprefix("semapv:")


# ---- labels


def _derived_labels(page: Page, locale: Locale) -> Iterator[Block]:
    """A name that a group has from the only one above it; whoever takes it for its publisher's is wrong."""
    arrays = page.snapshot.arrays
    own = derived(arrays[f"label/{locale}/provenance"][page.first : page.last])
    if not own.any():
        return
    places = np.flatnonzero(own).tolist()
    ids = [page.ids[place] for place in places]
    publication, word = page.publication, page.publication.word
    texts = [page.snapshot.labels[locale][page.first + place] for place in places]
    codes = arrays[f"label/{locale}/source"][page.first : page.last][own].tolist()
    sources = [publication.graph(page.tables.label_sources[code]) for code in codes]
    parents = [_above(page, page.first + place) for place in places]
    starts = [0]
    for some in parents:
        starts.append(starts[-1] + len(some))
    flat = [parent for some in parents for parent in some]
    columns = [
        Column(TYPE, Form.IRI, "", None, [word("Statement")] * len(ids)),
        Column(f"{RDF}subject", Form.CONCEPT, "", None, ids),
        Column(f"{RDF}predicate", Form.IRI, "", None, [f"{SKOS}prefLabel"] * len(ids)),
        Column(f"{RDF}object", Form.TEXT, locale.value, None, texts),
        Column(f"{PROV}wasGeneratedBy", Form.IRI, "", None, [word(ONLY_CHILD)] * len(ids)),
        *([Column(f"{PROV}wasDerivedFrom", Form.IRI, "", starts, flat)] if flat else []),
        Column(f"{PROV}hadPrimarySource", Form.IRI, "", None, sources),
    ]
    base = f"{publication.namespace}statement/derived/label/"
    yield Block(Form.IRI, [f"{base}{part(id_)}/{locale}" for id_ in ids], columns)


def _above(page: Page, concept: int) -> list[str]:
    """What is right above a concept in its own classification."""
    numbers = page.snapshot.edges(RelationKind.BROADER).of_one(concept)
    same = page.tables.schemes_of(numbers) == page.tables.schemes.index(page.scheme)
    return [concept_iri(page.snapshot.ids[number]) for number in numbers[same].tolist()]
