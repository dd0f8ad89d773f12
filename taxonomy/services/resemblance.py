"""Resemblance: labels that are spelled like a text, for what nobody calls anything.

    resemblance(text, label) = 0.6 covered(text, label) + 0.25 covered(label, text) + 0.15 begins

`covered(one, other)` is the share of the letters of `one` that stand in three letters of one word, or a
whole shorter word, which `other` has too, wherever that is: Swedish compounds share their parts and not
their order. `begins` is 1 when a word of the label begins with the first three letters of the text, else 0.
The weights are ours, chosen on titles like those of tests/services/test_titles.py. Looked at are the labels
with the greatest cosine of trigrams, each weighed by log(labels of the kind / labels that have it).
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import Kind, Locale
from taxonomy.model.text import normalize
from taxonomy.services.alternatives import alternatives
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import Small, Texts, distinct, stretches
from taxonomy.snapshot.search_index import LOCALES

LEAST: Final = 0.5
"""The least resemblance that is worth showing: below it, words share an ending and no meaning."""

_COVERED: Final = 0.6
_COVERING: Final = 0.25
_BEGINS: Final = 0.15
_LEAST_COSINE: Final = 0.2
_MOST_LOOKED_AT: Final = 100
_BLANK: Final = 0x20
_LETTERS: Final = 3
_SHORT_WORD: Final = re.compile("(?<![^ ])[^ ]{1,2}(?![^ ])")


class Like(NamedTuple):
    """A concept, its label that resembles the text most, and how much: from `LEAST` to 1."""

    concept: int
    text: str
    locale: Locale
    score: float


class Resemblance:
    """The trigrams of all labels of one snapshot, each kind's when it is first asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._kinds: dict[Kind, _Spellings] = {}

    def find(self, text: str, kinds: Iterable[Kind] | None, limit: int) -> list[Like]:
        """The active concepts of these kinds with a label like a text, the likest first, then by cosine."""
        query = _Spelled(normalize(text))
        wanted = self._snapshot.kinds if kinds is None else sorted(kinds)
        near = [found for kind in wanted if query.text for found in self._of(kind).near(query.text)]
        near.sort(key=lambda found: (-found[0], found[1]))
        likes = [self._like(row, spelling, query) for _, row, spelling in near[:_MOST_LOOKED_AT]]
        likes.sort(key=lambda like: -like.score)
        best: dict[int, Like] = {}
        for like in likes:
            if like.score >= LEAST:
                best.setdefault(like.concept, like)
        return list(best.values())[:limit]

    def _of(self, kind: Kind) -> "_Spellings":
        found = self._kinds.get(kind)
        if found is None:
            # Two threads may both make it: they make the same.
            found = self._kinds[kind] = _Spellings(self._snapshot, kind)
        return found

    def _like(self, row: int, spelling: str, query: "_Spelled") -> Like:
        index = self._snapshot.search
        score = query.resembles(_Spelled(spelling))
        return Like(int(index.concept[row]), index.text[row], LOCALES[index.locale[row]], score)


class _Spellings:
    """The labels of the active concepts of a kind, and each of the alternatives in them."""

    def __init__(self, snapshot: Snapshot, kind: Kind) -> None:
        index, numbers = snapshot.search, snapshot.kind_range(kind)
        first, last = np.searchsorted(index.concept, (numbers.start, numbers.stop)).tolist()
        spelled = [
            (row, normal, text)
            for row, normal, text in zip(
                range(first, last),
                index.normal.between(first, last),
                index.text.between(first, last),
                strict=True,
            )
            if not snapshot.deprecated[index.concept[row]]
        ]
        parts = [(row, normalize(part)) for row, _, text in spelled for part in alternatives(text)]
        self._rows = [row for row, _, _ in spelled] + [row for row, _ in parts]
        self._texts = [normal for _, normal, _ in spelled] + [part for _, part in parts]
        self._index(Texts.of(self._texts))

    def _index(self, texts: Texts) -> None:
        count = len(texts)
        owners = np.repeat(np.arange(count), np.diff(texts.offsets))
        within = texts.blob != 0
        found = distinct(_trigrams(texts.blob)[within] << 32 | owners[within])
        code = found >> 32
        begins = np.flatnonzero(np.diff(code, prepend=-1))
        self._codes = code[begins]
        self._start = np.append(begins, len(found))
        self._text = (found & 0xFFFFFFFF).astype(np.int32)
        lengths = np.diff(self._start)
        self._squares = np.log((count + 1) / lengths) ** 2
        self._norm = np.sqrt(np.bincount(self._text, np.repeat(self._squares, lengths), minlength=count))

    def near(self, query: str) -> list[tuple[float, int, str]]:
        """The cosine, label and spelling of what comes nearest to a normalized text, the nearest first."""
        cosines = self._cosines(query)
        near = np.flatnonzero(cosines >= _LEAST_COSINE)
        near = near[np.lexsort((near, -cosines[near]))][:_MOST_LOOKED_AT]
        return [(float(cosines[place]), self._rows[place], self._texts[place]) for place in near.tolist()]

    def _cosines(self, query: str) -> NDArray[np.float64]:
        asked = distinct(_trigrams(np.frombuffer(query.encode(), np.uint8)))
        place = np.searchsorted(self._codes, asked)
        inside = place < len(self._codes)
        known = place[inside][self._codes[place[inside]] == asked[inside]]
        first = self._start[known]
        lengths = self._start[known + 1] - first
        squares = self._squares[known]
        shared = np.bincount(
            self._text[stretches(first, lengths)], np.repeat(squares, lengths), minlength=len(self._norm)
        )
        # What no label has is rarer than anything: it counts against every one.
        unknown = (len(asked) - len(known)) * np.log(len(self._norm) + 1) ** 2
        norm = self._norm * np.sqrt(squares.sum() + unknown)
        found: NDArray[np.float64] = shared / np.maximum(norm, 1e-9)
        return found


class _Spelled:
    """A normalized text, and what it may share with others: three letters of a word, or a shorter word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._letters = len(text) - text.count(" ")
        self._first = text[:_LETTERS].split(" ")[0]
        # Each with the bits of its places.
        self._parts = [
            (part, 0b111 << at)
            for at in range(len(text) - _LETTERS + 1)
            if " " not in (part := text[at : at + _LETTERS])
        ]
        self._parts += [
            (word[0], (1 << word.end()) - (1 << word.start())) for word in _SHORT_WORD.finditer(text)
        ]
        self._set = {part for part, _ in self._parts}

    def resembles(self, label: "_Spelled") -> float:
        """How much a label resembles this text."""
        begins = label.text.startswith(self._first) or f" {self._first}" in label.text
        covered, covering = self._covered(label), label._covered(self)
        return min(_COVERED * covered + _COVERING * covering + _BEGINS * begins, 1.0)

    def _covered(self, other: "_Spelled") -> float:
        places = 0
        for part, bits in self._parts:
            if part in other._set:
                places |= bits
        return places.bit_count() / self._letters if self._letters else 0.0


def _trigrams(blob: Small) -> NDArray[np.int64]:
    """The three bytes around each byte of a column of texts, as one number; what parts texts is a blank."""
    padded = np.concatenate(([_BLANK], np.where(blob == 0, _BLANK, blob), [_BLANK])).astype(np.int64)
    around: NDArray[np.int64] = padded[:-2] << 16 | padded[1:-1] << 8 | padded[2:]
    return around
