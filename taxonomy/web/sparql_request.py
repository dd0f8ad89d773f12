"""What a client of `/sparql` asks for, by the SPARQL 1.1 Protocol: pure functions."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

import mimeparse

from taxonomy.model.errors import BadInput, TaxonomyError
from taxonomy.sparql.formats import GRAPHS, SOLUTIONS
from taxonomy.sparql.question import Question

HTML: Final = "text/html"
FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
_MOST_FIELDS: Final = 100
_OTHER_NAMES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "solutions": {
            "application/json": "application/sparql-results+json",
            "application/xml": "application/sparql-results+xml",
            "text/xml": "application/sparql-results+xml",
        },
        "graphs": {
            "application/json": "application/ld+json",
            "application/xml": "application/rdf+xml",
            "text/plain": "application/n-triples",
        },
    }
)
"""What clients say that mean one of ours."""


class UnsupportedMediaType(TaxonomyError):
    """A body of a sort that is not understood."""

    code = "UNSUPPORTED_MEDIA_TYPE"


class Taken(NamedTuple):
    """The media types that a client takes, of solutions and graphs, and whether it prefers a page.

    Nothing stands where it takes none.
    """

    solutions: str
    graphs: str
    page: bool


@lru_cache(1024)
def taken(accept: str) -> Taken:
    """What an `Accept` header asks for; JSON and Turtle without one, or when it cannot be read.

    >>> taken("")
    Taken(solutions='application/sparql-results+json', graphs='text/turtle', page=False)
    >>> taken("text/csv, application/n-triples")
    Taken(solutions='text/csv', graphs='application/n-triples', page=False)
    >>> taken("text/html,application/xhtml+xml,*/*;q=0.8").page, taken("image/png").solutions
    (True, '')
    """
    try:
        solutions = _best(SOLUTIONS, "solutions", accept)
        graphs = _best(GRAPHS, "graphs", accept)
        page = mimeparse.best_match([HTML, *GRAPHS, *SOLUTIONS], accept or "*/*") == HTML
    except mimeparse.MimeTypeParseException:
        return taken("")
    return Taken(solutions, graphs, page)


def _best(known: Mapping[str, object], sort: str, accept: str) -> str:
    others = _OTHER_NAMES[sort]
    # Of equal ones the library takes the last.
    best: str = mimeparse.best_match([*others, *reversed(list(known))], accept.lower() or "*/*")
    return others.get(best, best)


def question_of(query_string: bytes, content_type: str | None, body: bytes, accept: Taken) -> Question | None:
    """The question of a request, `content_type` being None for GET; None if it has no query.

    Raises `BadInput` for what is not of the protocol, and for an update; `UnsupportedMediaType`.
    """
    fields = _fields(query_string)
    if content_type == FORM:
        fields += _fields(body)
    elif content_type == DIRECT:
        if any(name == "query" for name, _ in fields):
            raise BadInput("there is a query in the address and one in the body: send one")
        fields.append(("query", _text(body)))
    elif content_type == "application/sparql-update":
        raise BadInput("updates are refused: this endpoint takes queries")
    elif content_type is not None:
        raise UnsupportedMediaType(f"send {DIRECT} or {FORM}, not {content_type!r:.60}")
    return _question(fields, accept)


def _question(fields: list[tuple[str, str]], accept: Taken) -> Question | None:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise BadInput("updates are refused: this endpoint takes queries")
    queries = values.get("query", [])
    if not queries:
        return None
    if len(queries) > 1:
        raise BadInput(f"there are {len(queries)} queries: send one")
    default, named = values.get("default-graph-uri", []), values.get("named-graph-uri", [])
    return Question(queries[0], default, named, accept.solutions, accept.graphs)


def _fields(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise BadInput(f"the parameters cannot be read: {error}") from None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadInput(f"the query is not UTF-8: {error}") from None
