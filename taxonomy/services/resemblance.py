"""Resemblance: labels that are spelled like a text, for what nobody calls anything.

    resemblance(text, label) = the cosine of their trigrams, each weighed by log(labels / labels that have it)

A trigram is three bytes of the normalized text in UTF-8 with a blank before and after it, and counts once.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import Kind, Locale
from taxonomy.model.text import normalize
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import Small, distinct, stretches
from taxonomy.snapshot.search_index import LOCALES

LEAST: Final = 0.4
"""The least resemblance that is worth showing: below it, words share an ending and no meaning."""

_BLANK: Final = 0x20
_MOST_LOOKED_AT: Final = 200


class Like(NamedTuple):
    """A concept, its label that resembles the text most, and how much: from `LEAST` to 1."""

    concept: int
    text: str
    locale: Locale
    score: float


class Resemblance:
    """The trigrams of all labels of one snapshot; build once per snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        labels = snapshot.search.normal
        owners = np.repeat(np.arange(len(labels)), np.diff(labels.offsets))
        within = labels.blob != 0
        found = distinct(_trigrams(labels.blob)[within] << 32 | owners[within])
        code = found >> 32
        begins = np.flatnonzero(np.diff(code, prepend=-1))
        self._codes = code[begins]
        self._start = np.append(begins, len(found))
        self._label = (found & 0xFFFFFFFF).astype(np.int32)
        lengths = np.diff(self._start)
        self._squares = np.log((len(labels) + 1) / lengths) ** 2
        self._norm = np.sqrt(
            np.bincount(self._label, np.repeat(self._squares, lengths), minlength=len(labels))
        )

    def find(self, text: str, kinds: frozenset[Kind] | None, limit: int) -> list[Like]:
        """The active concepts of these kinds with a label like a text, the likest first, then by number."""
        query = normalize(text)
        scores = self._scores(query) if query else np.zeros(0)
        rows = np.flatnonzero(scores >= LEAST)
        rows = rows[np.lexsort((rows, -scores[rows]))][:_MOST_LOOKED_AT]
        found: dict[int, Like] = {}
        for like in self._wanted(rows, scores, kinds):
            found.setdefault(like.concept, like)
        return list(found.values())[:limit]

    def _scores(self, query: str) -> NDArray[np.float64]:
        """How much each label resembles a normalized text."""
        asked = distinct(_trigrams(np.frombuffer(query.encode(), np.uint8)))
        place = np.searchsorted(self._codes, asked)
        inside = place < len(self._codes)
        known = place[inside][self._codes[place[inside]] == asked[inside]]
        first = self._start[known]
        lengths = self._start[known + 1] - first
        squares = self._squares[known]
        shared = np.bincount(
            self._label[stretches(first, lengths)], np.repeat(squares, lengths), minlength=len(self._norm)
        )
        # What no label has is rarer than anything: it counts against every one.
        unknown = (len(asked) - len(known)) * np.log(len(self._norm) + 1) ** 2
        norm = self._norm * np.sqrt(squares.sum() + unknown)
        found: NDArray[np.float64] = shared / np.maximum(norm, 1e-9)
        return found

    def _wanted(
        self, rows: NDArray[np.int64], scores: NDArray[np.float64], kinds: frozenset[Kind] | None
    ) -> Iterator[Like]:
        index, snapshot = self._snapshot.search, self._snapshot
        for row in rows.tolist():
            concept = int(index.concept[row])
            if not snapshot.deprecated[concept] and (kinds is None or snapshot.kind_of[concept] in kinds):
                yield Like(concept, index.text[row], LOCALES[index.locale[row]], min(float(scores[row]), 1.0))


def _trigrams(blob: Small) -> NDArray[np.int64]:
    """The three bytes around each byte of a column of texts, as one number; what parts texts is a blank."""
    padded = np.concatenate(([_BLANK], np.where(blob == 0, _BLANK, blob), [_BLANK])).astype(np.int64)
    around: NDArray[np.int64] = padded[:-2] << 16 | padded[1:-1] << 8 | padded[2:]
    return around
