"""What the engine is given: a query that is read word by word here, and written anew.

The engine follows SERVICE, has no limit to nesting, and reads without word boundaries: `SERVICEex:a` is to it
a SERVICE. So no text of a client's ever reaches it. Each word is one of those below or none; a prefixed name
is written as its IRI, a blank node under a name of ours, each word on a line of its own. What begins with a
letter there is a word of this table, and SERVICE is not in it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import urljoin

from taxonomy.model.errors import BadInput, TooDeep, TooLong
from taxonomy.sparql.tokens import QueryText, Token

FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
MOST_TOKENS: Final = 10_000
DEEPEST: Final = 100
"""Brackets within brackets; at some thousands the engine overflows its stack."""

_TABLE: Final = """
    BASE PREFIX SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK FROM NAMED WHERE GROUP BY HAVING ORDER ASC DESC
    LIMIT OFFSET VALUES UNDEF OPTIONAL GRAPH BIND AS UNION MINUS FILTER EXISTS NOT IN A TRUE FALSE
    COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR
    STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
    ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE
    TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK
    ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE
"""
_WORDS: Final = frozenset(_TABLE.split())
_JOINED: Final = ("BNODE", "CONCAT", "COALESCE")
_UPDATES: Final = ("LOAD", "CLEAR", "DROP", "ADD", "MOVE", "COPY", "CREATE", "INSERT", "DELETE", "WITH")
_REFUSED: Final[Mapping[str, str]] = {
    "SERVICE": "SERVICE is refused: this endpoint asks no other one",
    **{word: f"{word} is refused: this endpoint takes queries, and no updates" for word in _UPDATES},
}
_OPENING: Final = frozenset("({[")
_CLOSING: Final[Mapping[str, str]] = {")": "(", "}": "{", "]": "["}
_LOCAL_ESCAPE: Final = re.compile(r"\\(.)")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ENGINE_PLACE: Final = re.compile(r"error at (\d+):(\d+):")


class Guarded(NamedTuple):
    """A query that may reach the engine: its form, its text, and the prefixes that it declares.

    `has_dataset` tells whether it says itself which graphs are asked; `base` is what IRI() makes its IRIs
    from, nothing if it declares none. Each line of the text begins with one of `tokens`, in their order.
    """

    form: str
    text: str
    base: str
    has_dataset: bool
    prefixes: Mapping[str, str]
    source: QueryText
    tokens: Sequence[Token]

    def explained(self, complaint: str) -> str:
        """What the engine complains of, with line and column of the query as it was sent."""
        found = _ENGINE_PLACE.match(complaint)
        if found is None:
            return complaint
        line, column = int(found[1]), int(found[2])
        token = self.tokens[line - 1]
        # Behind the last word, that is: but behind a bracket it is where it looks to see that one is wrong.
        if line == len(self.tokens) and column > len(token.text) and token.text not in _CLOSING:
            return f"{self.source.place(len(self.source.text))}: the query ends too early"
        return f"{self.source.place(token.at)}: {token.text:.60} is not expected here"


def guarded(query: str, characters: int) -> Guarded:
    """The query as the engine may have it.

    Raises `BadInput` with line and column for what is not of SPARQL 1.1, for SERVICE and for updates;
    `TooLong` above that many characters or `MOST_TOKENS` words, `TooDeep` above `DEEPEST` brackets.
    """
    if len(query) > characters:
        raise TooLong(f"the query has {len(query)} characters, and {characters} are taken")
    writing = _Writing(QueryText(query))
    for token in writing.source.tokens():
        writing.take(token)
    return writing.done()


class _Writing:
    def __init__(self, source: QueryText) -> None:
        self.source = source
        self._form = ""
        self._base = ""
        self._declared = ""
        self._awaited = ""
        self._prefixes: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._lines: list[str] = []
        self._tokens: list[Token] = []
        self._open: list[str] = []
        self._has_dataset = False

    def take(self, token: Token) -> None:
        """Write one word, or remember what it declares."""
        if len(self._tokens) >= MOST_TOKENS:
            raise TooLong(f"the query has more than {MOST_TOKENS} words")
        if self._awaited:
            self._declare(token)
        elif token.kind == "word":
            self._word(token)
        elif token.kind == "name":
            self._write(token, self._iri(token))
        elif token.kind == "label":
            self._write(token, self._labels.setdefault(token.text, f"_:b{len(self._labels)}"))
        else:
            if token.kind == "sign":
                self._count(token)
            self._write(token, token.text)

    def done(self) -> Guarded:
        """The whole; raises `BadInput` if there is no query."""
        if self._awaited or not self._form:
            end = self.source.place(len(self.source.text))
            raise BadInput(f"{end}: the query ends before any of {', '.join(FORMS)}")
        if self._open:
            end = self.source.place(len(self.source.text))
            raise BadInput(f"{end}: the query ends too early, and {' '.join(self._open[-5:])} is still open")
        text = "\n".join(self._lines)
        return Guarded(
            self._form, text, self._base, self._has_dataset, self._prefixes, self.source, self._tokens
        )

    def _word(self, token: Token) -> None:
        word = token.text.upper()
        if word not in _WORDS:
            raise self._unexpected(token, _REFUSED.get(word, f"{token.text:.60} is no word of SPARQL 1.1"))
        if word in ("PREFIX", "BASE"):
            self._awaited = "prefix" if word == "PREFIX" else "base"
            return
        if not self._form:
            if word not in FORMS:
                raise self._unexpected(token, f"{word} is not expected before any of {', '.join(FORMS)}")
            self._form = word
        self._has_dataset = self._has_dataset or word == "FROM"
        self._write(token, token.text)

    def _declare(self, token: Token) -> None:
        """The rest of `PREFIX name: <iri>` or `BASE <iri>`, which the engine never sees."""
        if self._form:
            raise self._unexpected(token, "a declaration is not expected after the beginning of the query")
        if self._awaited == "prefix":
            if token.kind != "name" or token.local:
                raise self._unexpected(token, f"{token.text:.60} is no prefix: that ends with a colon")
            self._declared, self._awaited = token.prefix, "iri"
            return
        if token.kind != "iri":
            raise self._unexpected(token, f"{token.text:.60} is no IRI between < and >")
        iri = self._absolute(token.text[1:-1])
        if self._awaited == "iri":
            self._prefixes[self._declared] = iri
        else:
            self._base = iri
        self._awaited = ""

    def _iri(self, token: Token) -> str:
        namespace = self._prefixes.get(token.prefix)
        if namespace is None:
            raise self._unexpected(token, f"the prefix {token.prefix}: is not declared")
        return f"<{namespace}{_LOCAL_ESCAPE.sub(_itself, token.local)}>"

    def _absolute(self, iri: str) -> str:
        if not self._base or _SCHEME.match(iri):
            return iri
        found = urljoin(self._base, iri)
        return f"{found}#" if iri.endswith("#") and not found.endswith("#") else found

    def _count(self, token: Token) -> None:
        if token.text in _OPENING:
            self._open.append(token.text)
        elif token.text in _CLOSING and (not self._open or self._open.pop() != _CLOSING[token.text]):
            raise self._unexpected(token, f"{token.text} is not expected here")
        if len(self._open) > DEEPEST:
            raise TooDeep(f"{self.source.place(token.at)}: more than {DEEPEST} brackets are open")

    def _write(self, token: Token, text: str) -> None:
        """On a line of its own; what qualifies a literal on the line of that literal.

        So is the bracket behind some functions: the engine takes no blank between them.
        """
        if not self._form:
            raise self._unexpected(
                token, f"{token.text:.60} is not expected before any of {', '.join(FORMS)}"
            )
        if token.kind == "iri":
            text = f"<{self._absolute(text[1:-1])}>"
        elif token.kind == "string":
            text = text.replace("\n", "\\n").replace("\r", "\\r")
        before = self._lines[-1] if self._lines else ""
        qualifies = token.kind == "language" or text == "^^" or before.endswith("^^")
        if before and (qualifies or (text == "(" and before.upper() in _JOINED)):
            self._lines[-1] += text
        else:
            self._lines.append(text)
            self._tokens.append(token)

    def _unexpected(self, token: Token, why: str) -> BadInput:
        return BadInput(f"{self.source.place(token.at)}: {why}")


def _itself(found: "re.Match[str]") -> str:
    return found[1]
