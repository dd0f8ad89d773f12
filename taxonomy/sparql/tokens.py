"""The words of a SPARQL 1.1 query, by the terminals of its grammar and in linear time.

https://www.w3.org/TR/sparql11-query/#sparqlGrammar. The longest terminal counts, as the grammar says. Escapes
by code point are read first, wherever they stand, save for those that are of quotes, brackets of IRIs,
backslashes and line ends: such a character does not begin or end anything.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from taxonomy.model.errors import BadInput

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FIRST: Final = f"{_BASE}_"
_CHARS: Final = f"{_FIRST}\\-0-9\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
# Of bounded length: a word is told from a name by the colon after it, and to look for that may not take long.
_PREFIX: Final = rf"[{_BASE}][{_CHARS}]{{0,127}}(?:\.{{1,3}}[{_CHARS}]{{1,127}}){{0,7}}"
_LOCAL: Final = (
    rf"(?:[{_FIRST}:0-9]|{_ESCAPED})(?:[{_CHARS}:]|{_ESCAPED})*(?:\.+(?:[{_CHARS}:]|{_ESCAPED})+)*"
)

_TERMINALS: Final = {
    "blank": r"[ \t\r\n]+|#[^\r\n]*",
    "iri": r"<[^<>\"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]{4,8}[^<>\"{}|^`\\\x00-\x20]*)*>",
    "name": rf"(?P<prefix>{_PREFIX})?:(?P<local>{_LOCAL})?",
    "label": rf"_:[{_FIRST}0-9][{_CHARS}]*(?:\.+[{_CHARS}]+)*",
    "variable": rf"[?$][{_FIRST}0-9][{_FIRST}0-9\u00b7\u0300-\u036f\u203f-\u2040]*",
    "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
    "string": (
        r"'''(?:'{0,2}(?:[^'\\]|\\.))*+'''"
        r'|"""(?:"{0,2}(?:[^"\\]|\\.))*+"""'
        r"|'[^'\\\r\n]*(?:\\.[^'\\\r\n]*)*'"
        r'|"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"'
    ),
    "number": (
        r"[+-]?(?:[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+|\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+\.[0-9]+|[0-9]+)"
    ),
    "word": r"[A-Za-z][A-Za-z0-9_]*",
    "sign": r"\^\^|&&|\|\||!=|<=|>=|[(){}\[\].,;*/|^!=<>+\-?]",
}
_TERMINAL: Final = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in _TERMINALS.items()), re.DOTALL
)
_CODE_POINT: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|.)", re.DOTALL)
_STRUCTURAL: Final = frozenset("\"'\\<>\r\n")


class Token(NamedTuple):
    """One word: which terminal it is, its text, where it begins, and of a name its two parts."""

    kind: str
    text: str
    at: int
    prefix: str
    local: str


class QueryText:
    """A query with its escapes by code point read, that knows lines and columns as they were sent."""

    def __init__(self, sent: str) -> None:
        self._sent = sent
        self._ends: list[int] = []
        self._longer: list[int] = []
        self.text = self._read() if "\\" in sent else sent

    def tokens(self) -> Iterator[Token]:
        """The words in their order, without blanks and comments; raises `BadInput` for what is none."""
        at, text = 0, self.text
        while at < len(text):
            found = _TERMINAL.match(text, at)
            if found is None:
                raise BadInput(f"{self.place(at)}: {_called(text, at)} begins nothing of SPARQL")
            kind = found.lastgroup or ""
            if kind != "blank":
                yield Token(kind, found[0], at, found["prefix"] or "", found["local"] or "")
            at = found.end()

    def place(self, at: int) -> str:
        """Line and column, from 1, of a place in the text: `line 2, column 7`."""
        known = bisect_right(self._ends, at)
        at += self._longer[known - 1] if known else 0
        before = self._sent[:at]
        return f"line {before.count(chr(10)) + 1}, column {at - before.rfind(chr(10))}"

    def _read(self) -> str:
        parts: list[str] = []
        last = length = longer = 0
        for found in _CODE_POINT.finditer(self._sent):
            code = found[1] or found[2]
            if code is None:
                continue
            character = self._character(int(code, 16), found.start())
            if character in _STRUCTURAL:
                continue
            parts += (self._sent[last : found.start()], character)
            length += found.start() - last + 1
            longer += len(found[0]) - 1
            self._ends.append(length)
            self._longer.append(longer)
            last = found.end()
        return "".join((*parts, self._sent[last:]))

    def _character(self, code: int, at: int) -> str:
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            before = self._sent[:at]
            line, column = before.count("\n") + 1, at - before.rfind("\n")
            raise BadInput(f"line {line}, column {column}: there is no character U+{code:04X}")
        return chr(code)


def _called(text: str, at: int) -> str:
    return "an open string" if text[at] in "\"'" else repr(text[at])
