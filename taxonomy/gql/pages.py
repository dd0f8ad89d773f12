"""Connections: pages of edges with cursors that belong to a release, a field and its filters."""

import base64
import binascii
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, signature
from typing import Annotated, Any, Final, NamedTuple

import numpy as np
import strawberry

from taxonomy.gql.fields import FACTS, ArgumentFacts, Arguments, FieldFacts, Info, column, field
from taxonomy.model.errors import BadCursor, BadInput, StaleCursor

MAX_PAGE: Final = 1000
DEFAULT_PAGE: Final = 20

_CURSOR: Final = struct.Struct(">III")


class Page:
    """One page of a list: `nodes` from position `start` of `total`; `rows` lead edges to their facts."""

    __slots__ = ("nodes", "release", "rows", "start", "token", "total")

    def __init__(
        self, nodes: Sequence[Any], start: int, total: int, release: int, token: int, rows: Sequence[Any] = ()
    ) -> None:
        self.nodes = nodes
        self.start = start
        self.total = total
        self.release = release
        self.token = token
        self.rows = rows

    def cursor(self, offset: int) -> str:
        """The cursor of the edge at `offset` of this page."""
        position = self.start + offset
        return base64.urlsafe_b64encode(_CURSOR.pack(self.release, self.token, position)).decode()


class Edge:
    """One edge of a page."""

    __slots__ = ("offset", "page")

    def __init__(self, page: Page, offset: int) -> None:
        self.page = page
        self.offset = offset

    @property
    def row(self) -> Any:
        """What leads to the facts of this edge."""
        return self.page.rows[self.offset]


def release_token(content_hash: str) -> int:
    """Four bytes of a release's hash, for its cursors."""
    return int(content_hash[:8], 16)


def list_token(field: str, filters: Mapping[str, object]) -> int:
    """Four bytes that say which field with which filters gave a cursor."""
    return zlib.crc32(repr((field, sorted(filters.items()))).encode())


def position_after(after: str | None, release: int, token: int) -> int:
    """Where the page after a cursor begins; raises `BadCursor` or `StaleCursor`."""
    if after is None:
        return 0
    try:
        of_release, of_list, position = _CURSOR.unpack(base64.b64decode(after, b"-_", validate=True))
    except (binascii.Error, ValueError, struct.error):
        raise BadCursor(f"{after!r:.60} is not a cursor of this service") from None
    if of_list != token:
        raise BadCursor(f"{after!r} is a cursor of another list or of other filters")
    if of_release != release:
        raise StaleCursor(f"{after!r} belongs to another release: start again, or ask with ?release=")
    return int(position) + 1


def page_size(first: int | None, default: int = DEFAULT_PAGE) -> int:
    """How many edges are asked for; raises `BadInput` outside 0..1000."""
    if first is None:
        return default
    if not 0 <= first <= MAX_PAGE:
        raise BadInput(f"first must be between 0 and {MAX_PAGE}, not {first}")
    return first


First = Annotated[
    int | None,
    strawberry.argument(
        description="How many edges at most, up to 1000.",
        metadata={FACTS: ArgumentFacts(lambda _, first: page_size(first))},
    ),
]
After = Annotated[str | None, strawberry.argument(description="The cursor of the edge to go on behind.")]


class Listing(NamedTuple):
    """A whole list in its order: nodes (numbers of concepts), and rows that lead edges to their facts."""

    nodes: Any
    rows: Any = ()


def edges(
    resolve: Callable[..., Listing],
    description: str,
    *,
    default: int = DEFAULT_PAGE,
    weight: int | Callable[[Arguments], int] = 3,
    personal: bool = False,
) -> Any:
    """A connection: `resolve` gives the whole list for its filters, `first` and `after` cut a page of it."""

    def cut(
        root: Any, info: Info, first: int | None = None, after: str | None = None, **filters: Any
    ) -> Page:
        context = info.context
        context.check_time()
        token = list_token(info.field_name, filters)
        release = release_token(context.snapshot.release.content_hash)
        start = position_after(after, release, token)
        end = start + page_size(first, default)
        nodes, rows = resolve(root, info, **filters)
        return Page(_plain(nodes[start:end]), start, len(nodes), release, token, _plain(rows[start:end]))

    # Strawberry reads the arguments of a field off its resolver's signature.
    declared = signature(resolve)
    paging = (
        Parameter("first", Parameter.KEYWORD_ONLY, annotation=First, default=default),
        Parameter("after", Parameter.KEYWORD_ONLY, annotation=After, default=None),
    )
    cut.__signature__ = declared.replace(parameters=[*declared.parameters.values(), *paging])  # type: ignore[attr-defined]
    return field(FieldFacts(cut, weight, 1, page=default, personal=personal), description)


def _plain(values: Any) -> Sequence[Any]:
    """Numbers of an array as Python's own, which graphql-core can print."""
    plain: Sequence[Any] = values.tolist() if isinstance(values, np.ndarray) else values
    return plain


def _has_next(root: Page, info: Info) -> bool:
    return root.start + len(root.nodes) < root.total


def _has_previous(root: Page, info: Info) -> bool:
    return root.start > 0


def _start_cursor(root: Page, info: Info) -> str | None:
    return root.cursor(0) if root.nodes else None


def _end_cursor(root: Page, info: Info) -> str | None:
    return root.cursor(len(root.nodes) - 1) if root.nodes else None


@strawberry.type(description="Where a page stands in its list, in Relay's terms.")
class PageInfo:
    """Relay's PageInfo; lists are read forward."""

    has_next_page: bool = column(_has_next, "Whether the list goes on after this page.")
    has_previous_page: bool = column(_has_previous, "Whether the list begins before this page.")
    start_cursor: str | None = column(_start_cursor, "The cursor of the first edge; null for an empty page.")
    end_cursor: str | None = column(
        _end_cursor, "The cursor of the last edge, for `after`; null for an empty page."
    )


def edges_of(root: Page, info: Info) -> list[Edge]:
    """The edges of a page."""
    return [Edge(root, offset) for offset in range(len(root.nodes))]


def nodes_of(root: Page, info: Info) -> Sequence[Any]:
    """The nodes of a page, without their edges."""
    return root.nodes


def node_of(root: Edge, info: Info) -> Any:
    """The node of an edge."""
    return root.page.nodes[root.offset]


def _cursor_of(root: Edge, info: Info) -> str:
    return root.page.cursor(root.offset)


def _page(root: Page, info: Info) -> Page:
    return root


def _total(root: Page, info: Info) -> int:
    return root.total


@strawberry.type
class EdgeType:
    """What every edge has."""

    cursor: str = column(_cursor_of, "Opaque: give it as `after` to go on behind this edge.")


@strawberry.type
class ConnectionType:
    """What every connection has."""

    page_info: PageInfo = column(_page, "Where this page stands in the list.")
    total_count: int = column(_total, "How many edges the whole list has.")
