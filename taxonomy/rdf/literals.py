"""Literals of N-Triples and Turtle, escaped a column at a time: a few passes in C over one long text."""

from collections.abc import Iterable, Sequence
from typing import Final

_ESCAPES: Final = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"))
_APART: Final = "\0"


def literals(values: Sequence[str], suffix: str = "") -> list[str]:
    """The values in double quotes, each followed by a language or a datatype.

    >>> literals(['"a"', 'b'], "@sv")
    ['"\\\\"a\\\\""@sv', '"b"@sv']
    """
    joined = _APART.join(values)
    if joined.count(_APART) != len(values) - 1:  # nothing at all, or a value with a NUL of its own
        return [f'"{_escaped(value)}"{suffix}' for value in values]
    quoted = _escaped(joined).replace(_APART, f'"{suffix}{_APART}"')
    return f'"{quoted}"{suffix}'.split(_APART)


def _escaped(text: str) -> str:
    for char, escape in _ESCAPES:
        if char in text:
            text = text.replace(char, escape)
    return text


def bracketed(iris: Iterable[str]) -> list[str]:
    """IRIs between angle brackets."""
    return [f"<{iri}>" for iri in iris]
