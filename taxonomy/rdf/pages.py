"""Pages: stretches of concepts of one kind, and their rows in the arrays of a snapshot.

Whatever a page says can be limited to one named graph. Everything is taken for the page as a whole, so that
a statement costs a fraction of a microsecond and a release of any size the memory of one page.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import Kind, Locale, Provenance, Scheme, facts_of
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.rdf.columns import Column, Form, Kept, Starts, only
from taxonomy.rdf.iris import UNKNOWN, Publication
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import Adjacency, Ints, Small, Texts
from taxonomy.snapshot.skills import PROVENANCES
from taxonomy.snapshot.snapshot import OTHER_ROLES

PAGE: Final = 2_000
"""Most concepts of a page."""
_ROWS: Final = 4_000
"""Relations above which a page ends: concepts of some kinds have dozens each, with a node for each."""
_DERIVED: Final = PROVENANCES.index(Provenance.DERIVED)
_ESCO: Final = "esco-"


class Tables:
    """What is the same for all pages of a release: names of sources, and which source a concept is of."""

    def __init__(self, snapshot: Snapshot, publication: Publication) -> None:
        self.snapshot = snapshot
        self.publication = publication
        self.label_sources = Texts.from_arrays("label/sources", snapshot.arrays).decoded()
        self.definition_sources = Texts.from_arrays("definition/sources", snapshot.arrays).decoded()
        self.note_sources = Texts.from_arrays("note/sources", snapshot.arrays).decoded()
        self.code_systems = Texts.from_arrays("code/systems", snapshot.arrays).decoded()
        self.lists = (
            *((f"{role}/{locale}", self.label_sources) for role in OTHER_ROLES for locale in Locale),
            ("definition", self.definition_sources),
            ("note", self.note_sources),
        )
        self.is_esco = np.array([kind.startswith(_ESCO) for kind in snapshot.kinds], np.bool_)
        self.schemes: tuple[str, ...] = tuple(map(publication.scheme, snapshot.kinds))
        self._scheme_codes = np.array([self.schemes.index(iri) for iri in self.schemes], np.int16)
        self.relations = {side: self._by_kind(side) for side in Direction}
        starts = [snapshot.edges(kind).start for kind in RelationKind]
        self._rows: NDArray[np.int64] = np.sum(starts, axis=0, dtype=np.int64)
        known = [source.id for source in snapshot.release.draft.sources]
        others = {*self.label_sources, *self.definition_sources, *self.note_sources, *snapshot.sources}
        others |= {*snapshot.observations.sources}
        self.sources: tuple[str, ...] = (*known, *sorted(others.difference(known, {UNKNOWN})), UNKNOWN)
        self._place = np.full(256, len(self.sources) - 1, np.int16)
        for code, name in enumerate(self.label_sources):
            self._place[code] = self.sources.index(name)

    def _by_kind(self, direction: Direction) -> dict[Kind, tuple[RelationKind, ...]]:
        """Which relations concepts of a kind have, so that a page need not look for the others."""
        counts: dict[RelationKind, Ints] = {}
        for kind in RelationKind:
            before = self.snapshot.edges(kind, direction).start
            numbers = map(self.snapshot.kind_range, self.snapshot.kinds)
            counts[kind] = np.array([before[own.stop] - before[own.start] for own in numbers], np.int32)
        return {
            kind: tuple(relation for relation, count in counts.items() if count[code])
            for code, kind in enumerate(self.snapshot.kinds)
        }

    def schemes_of(self, concepts: Ints) -> NDArray[np.int16]:
        """The classification of each of these concepts, as a place in `schemes`."""
        codes: NDArray[np.int16] = self._scheme_codes[self.snapshot.arrays["kind"][concepts]]
        return codes

    @property
    def graphs(self) -> tuple[str, ...]:
        """The sources that may have statements; `UNKNOWN` only when a concept has no name at all."""
        unknown = np.any(self.homes(0, self.snapshot.count) == len(self.sources) - 1)
        return self.sources if unknown else self.sources[:-1]

    def homes(self, first: int, last: int) -> Ints:
        """The source that each concept is of, as a place in `sources`: the most trusted one that names it."""
        said = (self.snapshot.arrays[f"label/{locale}/source"][first:last] for locale in Locale)
        found: Ints = np.minimum.reduce([self._place[codes] for codes in said])
        return found

    def pages(self, schemes: Collection[Scheme] | None = None, graph: str | None = None) -> Iterator["Page"]:
        """All concepts in the order of their numbers, or those of some schemes, limited to one graph."""
        for kind in self.snapshot.kinds:
            if schemes is None or facts_of(kind).scheme in schemes:
                numbers = self.snapshot.kind_range(kind)
                first = numbers.start
                while first < numbers.stop:
                    last = min(self._end(first), numbers.stop)
                    yield Page(self, kind, first, last, graph)
                    first = last

    def _end(self, first: int) -> int:
        """Where a page that begins with this concept ends, at the latest."""
        full = int(np.searchsorted(self._rows, self._rows[first] + _ROWS, "right")) - 1
        return max(first + 1, min(first + PAGE, full))


class Rows(NamedTuple):
    """The rows of a page in some column: where those of each concept begin, the first row and the last."""

    starts: Starts
    first: int
    last: int


class Page:
    """The concepts `first` to `last` of one kind, and what is said of them in a graph, or in all."""

    def __init__(self, tables: Tables, kind: Kind, first: int, last: int, graph: str | None) -> None:
        self.tables = tables
        self.snapshot = tables.snapshot
        self.publication = tables.publication
        self.kind = kind
        self.first, self.last, self.graph = first, last, graph
        self.count = last - first
        self.ids: Sequence[str] = self.snapshot.ids[first:last]
        self._relations: dict[Direction, tuple[RelationKind, ...]] = {}
        self._at_home = self.said_by(tables.homes(first, last), tables.sources)

    def said_by(self, codes: Small | Ints, names: Sequence[str]) -> Kept | None:
        """Which of these rows the page's graph has; None for all of them."""
        if self.graph is None:
            return None
        code = names.index(self.graph) if self.graph in names else -1
        kept: Kept = codes == code
        return kept

    def rows(self, start: Ints) -> Rows | None:
        """The rows of the page in a column with these starts; None when there are none."""
        first, last = start.item(self.first), start.item(self.last)
        return None if first == last else Rows(start[self.first : self.last + 1] - first, first, last)

    @property
    def scheme(self) -> str:
        """The classification of the concepts."""
        return self.tables.schemes[self.snapshot.kinds.index(self.kind)]

    def relations(self, direction: Direction = Direction.OUT) -> tuple[RelationKind, ...]:
        """The relations that any concept of the page has."""
        found = self._relations.get(direction)
        if found is None:
            kinds = self.tables.relations[direction][self.kind]
            found = tuple(kind for kind in kinds if self.edges(kind, direction) is not None)
            self._relations[direction] = found
        return found

    def edges(
        self, kind: RelationKind, direction: Direction = Direction.OUT
    ) -> tuple[Adjacency, Rows] | None:
        """The relations of a kind that begin on the page, and their rows."""
        edges = self.snapshot.edges(kind, direction)
        rows = self.rows(edges.start)
        return None if rows is None else (edges, rows)

    def at_home(self, rows: Rows) -> Kept | None:
        """Which of these rows are of concepts whose own source the page's graph is."""
        return None if self._at_home is None else np.repeat(self._at_home, np.diff(rows.starts))

    def home_column(self, predicate: str, form: Form, value: str) -> Iterator[Column]:
        """A column with the same value for every concept."""
        if self._at_home is None or self._at_home.all():
            yield Column(predicate, form, "", None, [value] * self.count)
        elif self._at_home.any():
            yield _column(predicate, form, "", np.arange(self.count + 1), [value] * self.count, self._at_home)

    def sparse_column(
        self, predicate: str, form: Form, tag: str, values: Sequence[str], kept: Kept
    ) -> Iterator[Column]:
        """A column of those of the values, one for each concept, that are kept."""
        if kept.any():
            yield _column(predicate, form, tag, np.arange(self.count + 1), values, kept)

    def home_mask(self) -> Kept:
        """Which concepts are of the page's graph."""
        return np.ones(self.count, np.bool_) if self._at_home is None else self._at_home


def column(
    predicate: str, form: Form, tag: str, rows: Rows, values: Sequence[str], kept: Kept | None
) -> Iterator[Column]:
    """A column of those of the values, one for each row, that are kept; none when none is."""
    if kept is None or kept.any():
        yield _column(predicate, form, tag, rows.starts, values, kept)


def both(one: Kept | None, other: Kept | None) -> Kept | None:
    """What both keep."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _column(
    predicate: str, form: Form, tag: str, starts: Starts, values: Sequence[str], kept: Kept | None
) -> Column:
    return Column(predicate, form, tag, *only(starts, values, kept))


def not_derived(codes: Small) -> Kept:
    """Which of these are not derived by us."""
    kept: Kept = codes != _DERIVED
    return kept


def derived(codes: Small) -> Kept:
    """Which of these are derived by us."""
    kept: Kept = codes == _DERIVED
    return kept
