"""Our document about one concept: what a release says of it, in any format, within a millisecond."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from taxonomy.export.sssom import licence_of
from taxonomy.model.concept import Locale, Provenance, Scheme, facts_of
from taxonomy.model.linked_data import DC, DCT, FOAF, MATCHES, SKOS, TYPE, VOID, address
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.model.release import SourceVersion
from taxonomy.rdf.columns import Block, Column, Form, single
from taxonomy.rdf.concepts import concept_block
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.descriptions import blocks_before
from taxonomy.rdf.iris import CLASSIFICATIONS, concept_iri, is_collection
from taxonomy.rdf.nodes import node_blocks
from taxonomy.rdf.observations import observation_blocks
from taxonomy.rdf.pages import Page
from taxonomy.rdf.writing import Writing
from taxonomy.snapshot.arrays import NONE, Ints, Small
from taxonomy.snapshot.skills import PROVENANCES

_GIVEN: Final = tuple(PROVENANCES.index(value) for value in (Provenance.NATIVE, Provenance.MAPPING))


class Documents:
    """The documents of a release; one for all threads, made once for each release."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.writing = Writing(dataset.publication)
        self._licences = {source.id: source for source in dataset.snapshot.release.draft.sources}

    def text(self, concept: int, format_name: str, sources: Sequence[SourceVersion] | None = None) -> str:
        """The document about a concept in one of `DOCUMENT_FORMATS`; `sources` if they are known already."""
        found = self.sources(concept) if sources is None else sources
        return self.writing.text(concept_statements(self.dataset, concept, found), format_name)

    def json(self, concept: int) -> dict[str, object]:
        """The document as JSON-LD: the context by its address with us, and the graph, the concept first."""
        return self.writing.json(concept_statements(self.dataset, concept, self.sources(concept)))

    def scheme(self, scheme: Scheme, format_name: str) -> str:
        """The document about a classification: its levels, kinds, and what is at its top."""
        sources = self.scheme_sources(scheme)
        return self.writing.text(scheme_statements(self.dataset, scheme, sources), format_name)

    def sources(self, concept: int) -> list[SourceVersion]:
        """The sources that a document is made from, the most trusted first: whose licences hold for it."""
        used = _sources_of(self.dataset, concept)
        return [source for name, source in self._licences.items() if name in used]

    def scheme_sources(self, scheme: Scheme) -> list[SourceVersion]:
        """The sources that the concepts of a classification are of, the most trusted first."""
        tables, snapshot = self.dataset.tables, self.dataset.snapshot
        used: set[str] = set()
        for kind in snapshot.kinds:
            if facts_of(kind).scheme is scheme:
                numbers = snapshot.kind_range(kind)
                codes = set(tables.homes(numbers.start, numbers.stop).tolist())
                used.update(tables.sources[code] for code in codes)
        return [source for name, source in self._licences.items() if name in used]


def scheme_statements(dataset: Dataset, scheme: Scheme, sources: Sequence[SourceVersion]) -> Iterator[Block]:
    """What the export says of a classification apart from its concepts; then of the document itself."""
    yield from blocks_before(dataset.tables, CLASSIFICATIONS, {scheme})
    document, topics = dataset.publication.scheme_document(scheme), scheme_iris(dataset, scheme)
    # Where our names are addresses of this service, the classification has the document's: then none speaks.
    if document not in topics:
        yield _document(dataset, document, topics, sources)


def scheme_iris(dataset: Dataset, scheme: Scheme) -> list[str]:
    """The URIs of a classification: ESCO's has several, of ESCO's own."""
    kinds = [kind for kind in dataset.snapshot.kinds if facts_of(kind).scheme is scheme]
    return sorted({dataset.publication.scheme(kind) for kind in kinds if not is_collection(kind)})


def concept_statements(dataset: Dataset, concept: int, sources: Sequence[SourceVersion]) -> Iterator[Block]:
    """What is said of a concept, what is below it, who is mapped to it; then of the document itself."""
    page = Page(dataset.tables, dataset.snapshot.kind_of[concept], concept, concept + 1, None)
    about = concept_block(page)
    yield Block(about.form, about.subjects, [*about.columns, *_below(page)])
    yield from node_blocks(page)
    yield from observation_blocks(page)
    yield from _mapped_here(page)
    id_ = dataset.snapshot.ids[concept]
    yield _document(dataset, dataset.publication.document(id_), [concept_iri(id_)], sources)


def _below(page: Page) -> Iterator[Column]:
    """`skos:narrower`, which the export leaves to be inferred, for those who go from document to document."""
    edges = page.snapshot.edges(RelationKind.BROADER, Direction.IN)
    below = [page.snapshot.ids[number] for number in edges.of(page.first)]
    if below:
        yield Column(f"{SKOS}narrower", Form.CONCEPT, "", (0, len(below)), below)


def _mapped_here(page: Page) -> Iterator[Block]:
    """Mappings that others have to this concept, in the direction in which they are given."""
    for kind in page.relations(Direction.IN):
        if kind not in MATCHES:
            continue
        predicate, edges = MATCHES[kind], page.snapshot.edges(kind, Direction.IN)
        rows = edges.rows(page.first)
        if rows:
            given = [edges.target[row] for row in rows if edges.provenance[row] in _GIVEN]
            if given:
                ids = [page.snapshot.ids[number] for number in given]
                target = [concept_iri(page.ids[0])] * len(ids)
                yield Block(Form.CONCEPT, ids, [Column(predicate, Form.IRI, "", None, target)])


def _document(
    dataset: Dataset, address_: str, topics: Sequence[str], sources: Sequence[SourceVersion]
) -> Block:
    about = f"{FOAF}topic" if topics[1:] else f"{FOAF}primaryTopic"
    return single(
        address_,
        [
            (TYPE, Form.IRI, "", [f"{FOAF}Document"]),
            (about, Form.IRI, "", topics),
            (f"{VOID}inDataset", Form.IRI, "", [dataset.iri]),
            (f"{DCT}license", Form.IRI, "", [address(licence_of(source)) for source in sources]),
            (f"{DC}rights", Form.PLAIN, "", [source.attribution for source in sources]),
        ],
    )


def _sources_of(dataset: Dataset, concept: int) -> set[str]:
    """The names of all sources that say anything in the document about a concept."""
    snapshot, tables = dataset.snapshot, dataset.tables
    arrays = snapshot.arrays
    used: set[str] = set()
    for locale in Locale:
        code = int(arrays[f"label/{locale}/source"][concept])
        if code != NONE:
            used.add(tables.label_sources[code])
    for name, names in tables.lists:
        used.update(_named(names, arrays[f"{name}/start"], arrays[f"{name}/source"], concept))
    observed = snapshot.observations
    used.update(_named(observed.sources, observed.start, observed.source, concept))
    kind = snapshot.kind_of[concept]
    for direction, kinds in tables.relations.items():
        for relation in kinds[kind]:
            edges = snapshot.edges(relation, direction)
            used.update(_named(snapshot.sources, edges.start, edges.source, concept))
    return used


def _named(names: Sequence[str], start: Ints, source: Small | Ints, concept: int) -> Iterable[str]:
    """The sources of the rows of a concept; mostly there are none."""
    first, last = start.item(concept), start.item(concept + 1)
    return () if first == last else [names[code] for code in set(source[first:last].tolist())]
