"""The search index: every word of every label as a sorted key, so that a prefix is one binary search.

A key is the label from that word on, as UTF-8, cut at `KEY_BYTES`; the array of keys is sorted, so all
labels with a word that begins like the query lie together. Labels are normalized (`model.text`); a
second array holds the labels that differ when å, ä and ö are folded to a and o.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from taxonomy.model.concept import Label, LabelRole, Locale
from taxonomy.snapshot.arrays import Arrays, Ints, Small, Texts, code_of, coded, stretches, transposed
from taxonomy.snapshot.bulk_text import fold_all, normalize_all
from taxonomy.snapshot.evidence import PROVENANCES

KEY_BYTES: Final = 24
ROLES: Final = tuple(LabelRole)
LOCALES: Final = tuple(Locale)

_KEY: Final = np.dtype(f"S{KEY_BYTES}")
_LAST_WORD: Final = 255
_LONGEST: Final = 0xFFFF
_BLANK: Final = 0x20


class Keys(NamedTuple):
    """Sorted keys, and of each: the label, and with which word of it the key begins (0 to 255)."""

    keys: NDArray[np.bytes_]
    label: Ints
    word: Small

    def range_of(self, prefix: bytes) -> tuple[int, int]:
        """From which row to which row the keys begin with the first `KEY_BYTES` of `prefix`."""
        cut = prefix[:KEY_BYTES]
        # 0xff is no byte of UTF-8: it sorts after all that can follow.
        first = np.searchsorted(self.keys, np.array(cut, _KEY), "left")
        last = np.searchsorted(self.keys, np.array(cut.ljust(KEY_BYTES, b"\xff"), _KEY), "right")
        return int(first), int(last)

    @staticmethod
    def holds(prefix: bytes) -> bool:
        """Whether a key shows all of `prefix`, so that the label itself need not be looked at."""
        return len(prefix) <= KEY_BYTES


class SearchIndex(NamedTuple):
    """All labels, by concept, and their keys.

    `length` counts the letters of the normalized label; `text` is the label as published.
    """

    concept: Ints
    role: Small
    locale: Small
    length: NDArray[np.uint16]
    text: Texts
    normal: Texts
    primary: Keys
    folded: Keys

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "SearchIndex":
        """The index stored in a snapshot's arrays."""
        numbers = (arrays[f"search/{name}"] for name in ("concept", "role", "locale", "length"))
        texts = (Texts.from_arrays(f"search/{name}", arrays) for name in ("text", "normal"))
        keys = (
            Keys._make(arrays[f"search/{name}/{part}"] for part in Keys._fields)
            for name in ("primary", "folded")
        )
        return cls._make((*numbers, *texts, *keys))


class Labels(NamedTuple):
    """All labels as columns: whose each is, places in `ROLES` and `LOCALES`, its text, and who says so.

    `source` is a place in `sources`, `provenance` one in `PROVENANCES`.
    """

    concept: Ints
    role: Small
    locale: Small
    text: Sequence[str]
    source: Small
    provenance: Small
    sources: Sequence[str]

    @classmethod
    def of(cls, lists: Sequence[Sequence[Label]]) -> "Labels":
        """The labels of concept 0, 1, ..., of which each has a list: the best first.

        Preferred labels come first, within a role Swedish ones: of equals the first is shown.
        """
        rows = transposed(Label, list(chain.from_iterable(lists)))
        concept = np.repeat(np.arange(len(lists), dtype=np.int32), [len(labels) for labels in lists])
        role = coded(rows.role, code_of(ROLES), np.uint8)
        locale = coded(rows.locale, code_of(LOCALES), np.uint8)
        order = np.lexsort((locale, role, concept))
        texts = [rows.text[row] for row in order.tolist()]
        sources = sorted(set(rows.source))
        source = coded(rows.source, code_of(sources), np.uint8)
        provenance = coded(rows.provenance, code_of(PROVENANCES), np.uint8)
        return cls(
            concept[order], role[order], locale[order], texts, source[order], provenance[order], sources
        )


def search_index(labels: Labels) -> Arrays:
    """The arrays of the index over all labels, which come by concept and best label first."""
    texts = labels.text
    normal = normalize_all(texts)
    folded = fold_all(normal)
    changed = [row for row, text in enumerate(normal) if folded[row] != text]
    normalized = Texts.of(normal)
    return {
        "concept": labels.concept,
        "role": labels.role,
        "locale": labels.locale,
        "length": np.minimum([len(text) for text in normal], _LONGEST).astype(np.uint16),
        **Texts.of(texts).arrays("text"),
        **normalized.arrays("normal"),
        **_keys("primary", normalized, np.arange(len(normal), dtype=np.int32)),
        **_keys("folded", Texts.of([folded[row] for row in changed]), np.array(changed, np.int32)),
    }


def _keys(name: str, texts: Texts, labels: Ints) -> Arrays:
    """The keys of normalized texts, which belong to these labels."""
    blob = texts.blob
    # Words are parted by one blank, texts by a NUL.
    apart = np.concatenate(([True], blob <= _BLANK))
    begins = np.flatnonzero(apart[:-1] & ~apart[1:])
    text = np.searchsorted(texts.offsets, begins, "right") - 1
    words = np.bincount(text, minlength=len(texts))
    word = np.minimum(stretches(np.zeros_like(words), words), _LAST_WORD).astype(np.uint8)
    keys = _cut(blob, begins, texts.offsets[text + 1] - 1 - begins)
    order = np.argsort(keys, kind="stable")
    return {f"{name}/keys": keys[order], f"{name}/label": labels[text][order], f"{name}/word": word[order]}


def _cut(blob: Small, begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.bytes_]:
    """`KEY_BYTES` from each of these places on, or the `lengths` that are left of the text."""
    padded = np.concatenate((blob, np.zeros(KEY_BYTES, np.uint8)))
    windows = sliding_window_view(padded, KEY_BYTES)[begins]
    windows *= np.arange(KEY_BYTES) < lengths[:, None]
    return windows.view(_KEY).reshape(-1)
