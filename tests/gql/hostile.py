"""Requests that want to hurt: what tests answer with the right code and benchmarks measure.

Each is the body of a POST to `/graphql`, with the codes that its errors may have; no code means that it is
answered, for it only looks dear.
"""

from typing import Any, Final, NamedTuple

import orjson
from graphql import get_introspection_query

NURSE: Final = "bXNH_MNX_dUR"
MEGABYTE: Final = 1_000_000

Queries = dict[str, str | tuple[str, dict[str, Any]]]


class Hostile(NamedTuple):
    """A body, and the status and the codes of the answer."""

    name: str
    body: bytes
    codes: frozenset[str]
    status: int


def _asked(status: int, codes: str, queries: Queries) -> tuple[Hostile, ...]:
    """Queries, with variables or without, that are all answered with that status and some of the codes."""
    found = []
    for name, asked in queries.items():
        query, variables = asked if isinstance(asked, tuple) else (asked, {})
        body = orjson.dumps({"query": query, "variables": variables})
        found.append(Hostile(name, body, frozenset(codes.split()), status))
    return tuple(found)


def _sent(name: str, body: bytes, codes: str = "BAD_INPUT", status: int = 400) -> Hostile:
    return Hostile(name, body, frozenset(codes.split()), status)


def _nested(depth: int, open_: str, leaf: str, close: str = "}") -> str:
    return open_ * depth + leaf + close * depth


def _times(count: int, part: str) -> str:
    """A part many times; `#` stands for its number."""
    return " ".join(part.replace("#", str(n)) for n in range(count))


def _bomb(count: int, root: str, on: str, fields: str) -> str:
    """`root`, then fragments F0 to F<count>, each with the fields; `@` stands for the next one's name."""
    parts = (f"fragment F{n} on {on} {{ {fields.replace('@', f'...F{n + 1}')} }}" for n in range(count))
    return " ".join((root, *parts, f"fragment F{count} on {on} {{ __typename }}"))


def _of_nurse(selection: str, kind: str = "concept") -> str:
    return f'{{ {kind}(id: "{NURSE}") {{ {selection} }} }}'


def _doubled(times: int, width: int, field: str, leaf: str) -> str:
    for _ in range(times):
        leaf = f"{field} {{ {leaf} }} " * width
    return leaf


_IDS: Final = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
_PAGE: Final = "query($n: Int) { concepts(first: $n) { totalCount } }"
_FILTER: Final = "query($f: OccupationFilter) { occupations(filter: $f) { totalCount } }"
_NARROWER: Final = "narrower(first: $n) { nodes { narrower(first: $n) { nodes { id } } } }"
_SEARCH: Final = 'search(text: "a", first: 1000) { nodes { concept { ancestors { label } } } }'
_FIELDS_OF_ARGS: Final = "fields { args { type { fields { args { type { fields { name } } } } } } }"
_MANY_FIELDS: Final = (
    " ".join(f"...S{n}" for n in range(30))
    + " } } "
    + _times(30, "fragment S# on Concept { " + "id label uri kind " * 9 + "}")
)


def _deep(depth: int, leaf: Any, wrap: str | None = None) -> Any:
    for _ in range(depth):
        leaf = {wrap: leaf} if wrap else [leaf]
    return leaf


def _too_long() -> tuple[Hostile, ...]:
    return (
        *_asked(
            422,
            "TOO_LONG",
            {
                "ten thousand aliases": "{" + _times(10_000, "a#:__typename") + "}",
                "ten thousand equal fields": "{" + " __typename" * 10_000 + "}",
                "five thousand directives": "{ __typename" + " @include(if: true)" * 5000 + "}",
                "a thousand operations": _times(1000, "query Q# { __typename }"),
                "ten thousand comments": "#\n" * 10_000 + "{ __typename }",
                "ten thousand ids in the document": '{ nodes(ids: ["' + '" "' * 10_000 + '"]) { id } }',
                "thirty thousand ids in a variable": (_IDS, {"ids": ["x"] * 30_000}),
            },
        ),
        *_asked(
            413,
            "TOO_LARGE",
            {
                "a megabyte of brackets": "{" * MEGABYTE,
                "a megabyte of text": '{ search(text: "' + "å" * MEGABYTE + '") { totalCount } }',
            },
        ),
        *_asked(
            422,
            "TOO_DEEP",
            {
                "depth 90": _of_nurse(_nested(89, "broader { ", "id ")),
                "depth 200": _nested(200, "{ node ", "{ id }"),
                "depth 5,000": _nested(5000, "{ node ", "{ id }"),
                "sixty thousand brackets": "{" * 60_000,
                "sixty thousand square brackets": "{ nodes(ids: " + "[" * 60_000,
                "an object 5,000 deep": "{ occupations(filter: " + _nested(5000, "{groups:", "1") + ") }",
                "a fragment bomb of depth": _bomb(
                    35, _of_nurse("...F0"), "Concept", "broader { @ } narrower { nodes { @ } }"
                ),
            },
        ),
    )


def _too_complex() -> tuple[Hostile, ...]:
    return _asked(
        422,
        "TOO_COMPLEX",
        {
            "a thousand aliases": "{" + _times(1000, "a#:__typename") + "}",
            "three thousand equal fields": "{" + " __typename" * 3000 + "}",
            "a fragment bomb below": _bomb(35, _of_nurse("...F0"), "Concept", "broader { id } @ ... { @ }"),
            "fifty inline fragments": _of_nurse(_times(50, "... { id ...{ uri ...{ a#: code } } }")),
            "many fragments of the same fields": f'{{ concept(id: "{NURSE}") {{ {_MANY_FIELDS}',
            "fields that merge exponentially": _of_nurse(_doubled(4, 5, "broader", "id")),
            "three hundred fields to merge": _of_nurse(
                _doubled(2, 10, "...", "broader { id broader { id } } " * 3)
            ),
            "four thousand fields to compare": _of_nurse(_doubled(2, 10, "...", "id " * 10)),
            "a thousand times a thousand times a thousand": "{ occupations(first: 1000) { nodes {"
            " skills(first: 1000) { nodes { relations(first: 1000) { nodes { id } } } } } } }",
            "huge pages by a variable": (
                f"query($n: Int!) {{ concepts(first: $n) {{ nodes {{ {_NARROWER} }} }} }}",
                {"n": 1000},
            ),
            "sixty introspections": "{"
            + _times(60, "a#: __schema { types { fields { args { type { ofType { name } } } } } }")
            + "}",
            "sixty long searches": "{" + _times(60, "s#: " + _SEARCH) + "}",
        },
    )


def _not_valid() -> tuple[Hostile, ...]:
    nines = "9" * 5000
    return (
        *_asked(
            422,
            "BAD_INPUT",
            {
                "three thousand unknown fields": "{" + _times(3000, "f#") + "}",
                "five hundred directives": "{ __typename" + " @include(if: true)" * 500 + "}",
                "five hundred variables": "query(" + _times(500, "$v#: Int") + ") { __typename }",
                "a fragment cycle": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
                "a ring of thirty fragments": "{ ...R0 } "
                + " ".join(f"fragment R{n} on Query {{ ...R{(n + 1) % 30} }}" for n in range(30)),
                "a fragment of itself": "{ ...A } fragment A on Query { __typename ...A ...A ...A }",
                "an introspection bomb": "{ __schema { types { " + _FIELDS_OF_ARGS + " } } }",
                "a deep list in a variable": (_IDS, {"ids": _deep(200, "x")}),
                "a deep object in a variable": (_FILTER, {"f": _deep(200, "x", "groups")}),
                "a deep object": "{ occupations(filter: "
                + _nested(90, "{groups:", "1")
                + ") { totalCount } }",
                "a huge integer": "{ concepts(first: 1" + "0" * 400 + ") { totalCount } }",
                "an integer of five thousand digits": f"{{ concepts(first: {nines}) {{ totalCount }} }}",
                "a huge exponent": "{ concepts(first: 1e400) { totalCount } }",
                "too large an integer in a variable": (_PAGE, {"n": 2**40}),
                "a huge number in a variable": (_PAGE, {"n": 1e308}),
                "a name that does not exist": "{ __proto__ }",
                "a mutation": "mutation { publish }",
                "a subscription": "subscription { releases { id } }",
                "a schema as a document": "type Query { a: Int }",
                "several operations, none named": "query A { __typename } query B { __typename }",
            },
        ),
        *_asked(
            400,
            "BAD_INPUT",
            {
                "nothing": "",
                "comments only": "# nothing\n" * 3000,
                "sixty thousand commas": "," * 60_000,
                "unclosed texts": "{" + '\\"' * 32_000,
                "unclosed block texts": '{ a(b: """' + '\\""" "' * 10_000,
                "half a surrogate pair": '{ node(id: "\\ud800") { id } }',
            },
        ),
    )


def _odd() -> tuple[Hostile, ...]:
    long_text = '{ search(text: "' + "a" * 60_000 + '") { totalCount } }'
    return (
        *_asked(
            200,
            "BAD_INPUT",
            {
                "sixty thousand letters of text": long_text,
                "a long text in a variable": (
                    "query($t: String!) { search(text: $t) { totalCount } }",
                    {"t": "a " * 100_000},
                ),
                "a thousand malformed ids": (_IDS, {"ids": ["x"] * 1000}),
                "an id of five thousand digits": "{ node(id: " + "9" * 5000 + ") { id } }",
                "a null byte": '{ node(id: "\x00") { id } }',
                "null bytes in a variable": (_IDS, {"ids": ["\x00" * 100]}),
            },
        ),
        *_asked(
            200,
            "",
            {
                "a fragment bomb at the root": _bomb(35, "{ ...F0 }", "Query", "a: __typename @ ... { @ }"),
                "letters from right to left": '{ search(text: "\u202e\u200b\x00") { totalCount } }',
            },
        ),
    )


def _bodies() -> tuple[Hostile, ...]:
    deep = b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 900 + b"]" * 900 + b"}}"
    return (
        _sent("garbage bytes", bytes(range(256)) * 4),
        _sent("half a surrogate pair in the JSON", b'{"query": "{ node(id: \\"\\ud800\\") { id } }"}'),
        _sent("brackets of JSON", b"[" * 100_000),
        _sent("an object a thousand deep", b'{"query": ' + b'{"a":' * 1000 + b"1" + b"}" * 1001),
        _sent("deep variables that nobody asked for", deep, "", 200),
        _sent(
            "a number of four hundred digits in a variable",
            b'{"query": "query($n: Int) { concepts(first: $n) { totalCount } }", "variables": {"n": 1'
            + b"0" * 400
            + b"}}",
        ),
        _sent("a batch", orjson.dumps([{"query": "{ __typename }"}] * 1000)),
        _sent("an empty body", b""),
        _sent("a query that is a list", b'{"query": ["{", "}"]}'),
        _sent("variables that are a text", b'{"query": "{ __typename }", "variables": "{}"}'),
    )


HOSTILE: Final = (*_too_long(), *_too_complex(), *_not_valid(), *_odd(), *_bodies())

HARMLESS: Final = _asked(
    200,
    "",
    {
        "the introspection of GraphiQL": get_introspection_query(
            descriptions=True, specified_by_url=True, schema_description=True, input_value_deprecation=True
        ),
        "the introspection of older tools": get_introspection_query(),
    },
)
"""Large, and answered: tools send them."""
