"""The search index: every word of every label as a sorted key, so that a prefix is one binary search.

A key is the label from that word on, as UTF-8, cut at `KEY_BYTES`; the array of keys is sorted, so all
labels with a word that begins like the query lie together. Labels are normalized (`model.text`); a
second array holds the labels that differ when å, ä and ö are folded to a and o.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from taxonomy.model.concept import Label, LabelRole, Locale
from taxonomy.snapshot.arrays import Arrays, Ints, Small, Texts, column
from taxonomy.snapshot.bulk_text import fold_all, normalize_all

KEY_BYTES: Final = 24
ROLES: Final = tuple(LabelRole)
LOCALES: Final = tuple(Locale)

_KEY: Final = np.dtype(f"S{KEY_BYTES}")
_LAST_WORD: Final = 255
_LONGEST: Final = 0xFFFF
_BLANK: Final = 0x20


class Keys(NamedTuple):
    """Sorted keys; of each the label, and the word of the label that it begins with (0 the first, 255 at most)."""

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
        return cls(
            *(arrays[f"search/{name}"] for name in ("concept", "role", "locale", "length")),
            *(Texts.from_arrays(f"search/{name}", arrays) for name in ("text", "normal")),
            *(
                Keys(*(arrays[f"search/{name}/{part}"] for part in Keys._fields))
                for name in ("primary", "folded")
            ),
        )


def search_index(labels: Sequence[tuple[int, Label]]) -> Arrays:
    """The arrays of the index over (concept, label), which come by concept and best label first."""
    count = len(labels)
    texts = [label.text for _, label in labels]
    normal = normalize_all(texts)
    folded = fold_all(normal)
    role = {value: code for code, value in enumerate(ROLES)}
    locale = {value: code for code, value in enumerate(LOCALES)}
    changed = [row for row in range(count) if folded[row] != normal[row]]
    normalized = Texts.of(normal)
    return {
        "concept": column((number for number, _ in labels), np.int32, count),
        "role": column((role[label.role] for _, label in labels), np.uint8, count),
        "locale": column((locale[label.locale] for _, label in labels), np.uint8, count),
        "length": column((min(len(text), _LONGEST) for text in normal), np.uint16, count),
        **Texts.of(texts).arrays("text"),
        **normalized.arrays("normal"),
        **_keys("primary", normalized, np.arange(count, dtype=np.int32)),
        **_keys("folded", Texts.of([folded[row] for row in changed]), np.array(changed, np.int32)),
    }


def _keys(name: str, texts: Texts, labels: Ints) -> Arrays:
    """The keys of normalized texts, which belong to these labels."""
    blob = texts.blob
    # Words are parted by one blank, texts by a NUL.
    apart = np.concatenate(([True], blob <= _BLANK))
    begins = np.flatnonzero(apart[:-1] & ~apart[1:])
    text = np.searchsorted(texts.offsets, begins, "right") - 1
    first_word = np.searchsorted(text, text, "left")
    word = np.minimum(np.arange(len(begins)) - first_word, _LAST_WORD).astype(np.uint8)
    keys = _cut(blob, begins, texts.offsets[text + 1] - 1 - begins)
    order = np.argsort(keys, kind="stable")
    return {f"{name}/keys": keys[order], f"{name}/label": labels[text][order], f"{name}/word": word[order]}


def _cut(blob: Small, begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.bytes_]:
    """`KEY_BYTES` from each of these places on, or the `lengths` that are left of the text."""
    padded = np.concatenate((blob, np.zeros(KEY_BYTES, np.uint8)))
    windows = sliding_window_view(padded, KEY_BYTES)[begins]
    windows *= np.arange(KEY_BYTES) < lengths[:, None]
    return windows.view(_KEY).reshape(-1)
