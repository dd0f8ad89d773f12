"""Search: concepts by what they are called or coded, and the label, code or id that they were found by."""

from collections.abc import Sequence
from typing import Any

import strawberry

from taxonomy.gql.arguments import KindsFilter, SchemesFilter, SearchLocaleArg, TextArg
from taxonomy.gql.concepts import Concept
from taxonomy.gql.enums import kinds_of
from taxonomy.gql.fields import Arguments, Info, column, of
from taxonomy.gql.pages import DEFAULT_PAGE, ConnectionType, EdgeType, Listing, edges_of, node_of, nodes_of
from taxonomy.model.concept import Locale
from taxonomy.services.find import Notation, find
from taxonomy.services.search import Hit
from taxonomy.snapshot import Snapshot


class _Hits:
    """The hits of a search, found when a page of them is cut."""

    def __init__(self, snapshot: Snapshot, text: str, filters: dict[str, Any]) -> None:
        self._snapshot = snapshot
        self._text = text
        self._filters = filters
        self._total = 0

    def __getitem__(self, page: slice) -> Sequence[Notation | Hit]:
        size = page.stop - page.start
        found = find(self._snapshot, self._text, offset=page.start, limit=size, **self._filters)
        self._total = found.total
        return found.hits

    def __len__(self) -> int:
        return self._total


def searched(
    root: None,
    info: Info,
    text: TextArg,
    kinds: KindsFilter = None,
    schemes: SchemesFilter = None,
    locale: SearchLocaleArg = None,
) -> Listing:
    """The resolver of `search`."""
    filters = {
        "kinds": kinds_of(kinds),
        "schemes": None if schemes is None else frozenset(schemes),
        "locale": locale,
    }
    return Listing(_Hits(info.context.snapshot, text, filters))


def search_weight(arguments: Arguments) -> int:
    """The cost of a search for so short a text."""
    first = arguments.get("first")
    # A letter or two begin a word of very many labels.
    matches = 600 // max(len(arguments["text"].strip()), 1) ** 3
    return 100 + matches + (DEFAULT_PAGE if first is None else first) // 3


@strawberry.type(description="A concept that a search found, and what it was found by.")
class SearchHit:
    """A `services.search.Hit` or a `services.find.Notation`."""

    concept: Concept = column(of("concept"), "The concept.")
    matched_text: str = column(of("text"), "Its label that matched best, or its code or id.")
    locale: Locale | None = column(of("locale"), "The language of a label; null for codes and ids.")
    score: float = column(
        of("score"), "How well it matched, 0 to 1 (docs/graphql.md has the tiers; codes and ids come first)."
    )


@strawberry.type(description="One hit of a search.")
class SearchEdge(EdgeType):
    """An edge without facts of its own."""

    node: SearchHit = column(node_of, "The hit.")


@strawberry.type(description="What a search found, the best first.")
class SearchConnection(ConnectionType):
    """A page of hits."""

    edges: list[SearchEdge] = column(edges_of, "The edges of this page.")
    nodes: list[SearchHit] = column(nodes_of, "The hits of this page.")
