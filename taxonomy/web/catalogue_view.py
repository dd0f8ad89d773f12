"""What the pages of a release and of a classification show."""

from collections.abc import Sequence
from typing import NamedTuple

from taxonomy.model.concept import Scheme, facts_of
from taxonomy.rdf.descriptions import top_concepts
from taxonomy.rdf.pages import Tables
from taxonomy.rdf.statistics import Statistics
from taxonomy.web.concept_view import Reader, Shown
from taxonomy.web.words import kind_word


class Count(NamedTuple):
    """How many there are of something."""

    name: str
    count: int  # type: ignore[assignment]  # nobody needs tuple.count of a row


class ReleaseView(NamedTuple):
    """How much a release holds: concepts by kind, statements by graph."""

    kinds: Sequence[Count]
    graphs: Sequence[Count]
    statements: int


class SchemeView(NamedTuple):
    """A classification: how many concepts of which kinds, and the ones at its top."""

    title: str
    id: str
    kinds: Sequence[Count]
    tops: Shown | None


def release_view(reader: Reader, counted: Statistics) -> ReleaseView:
    """What there is to count."""
    snapshot = reader.snapshot
    kinds = [
        Count(kind_word(kind, reader.language), len(snapshot.kind_range(kind))) for kind in snapshot.kinds
    ]
    graphs = [Count(name, count) for name, count in counted.graphs.items()]
    return ReleaseView(kinds, graphs, counted.statements)


def scheme_view(reader: Reader, tables: Tables, scheme: Scheme) -> SchemeView:
    """A classification, from its top."""
    snapshot = reader.snapshot
    kinds = [kind for kind in snapshot.kinds if facts_of(kind).scheme is scheme]
    counts = [Count(kind_word(kind, reader.language), len(snapshot.kind_range(kind))) for kind in kinds]
    tops = [snapshot.index[id_] for id_ in top_concepts(tables, kinds)]
    ordered = sorted(tops, key=lambda concept: snapshot.codes.get(concept, "\N{REPLACEMENT CHARACTER}"))
    return SchemeView(reader.scheme(scheme), scheme, counts, reader.shown("", ordered) if ordered else None)
