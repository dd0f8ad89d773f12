"""`model.text` for many texts at once: the same results, some twenty times as fast.

Those functions work character by character once a text is composed and case-folded. So all texts are
treated as one, and each distinct character is looked at once.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from taxonomy.model.text import collation_key, fold, normalize
from taxonomy.snapshot.arrays import SEPARATOR

_BLANKS = re.compile("  +")
_MANY = 200


def normalize_all(texts: Sequence[str]) -> list[str]:
    """`normalize` of every text."""
    joined = SEPARATOR.join(texts)
    if joined.count(SEPARATOR) != len(texts) - 1:  # none at all, or a text with a NUL of its own
        return [normalize(text) for text in texts]
    blanked = _BLANKS.sub(" ", _mapped(joined, normalize))
    return [text.strip() for text in blanked.split(SEPARATOR)]


def collation_keys(texts: Sequence[str]) -> list[str]:
    """`collation_key` of every text."""
    joined = SEPARATOR.join(texts)
    if joined.count(SEPARATOR) != len(texts) - 1:
        return [collation_key(text) for text in texts]
    return _mapped(joined, collation_key).split(SEPARATOR)


def fold_all(normalized: Sequence[str]) -> list[str]:
    """`fold` of every normalized text, none of which has a NUL."""
    return _replaced(SEPARATOR.join(normalized), fold).split(SEPARATOR) if normalized else []


def _mapped(joined: str, function: Callable[[str], str]) -> str:
    lowered = unicodedata.normalize("NFC", joined).casefold()
    # What becomes of a character between two letters: another one, a blank or nothing.
    return _replaced(lowered, lambda char: function(f"x{char}x")[1:-1])


def _replaced(joined: str, becomes: Callable[[str], str]) -> str:
    changes = {char: other for char in set(joined) - {SEPARATOR} if (other := becomes(char)) != char}
    if len(changes) > _MANY:
        return joined.translate({ord(char): other for char, other in changes.items()})
    # A pass per character that changes is far cheaper than `str.translate` as long as they are few.
    for char, other in changes.items():
        joined = joined.replace(char, other)
    return joined
