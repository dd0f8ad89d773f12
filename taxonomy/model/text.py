"""Text as people type it against text as sources spell it: folding and Swedish order."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[^\w+#]+")
_SWEDISH_ORDER = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})
_SWEDISH_FOLDED = str.maketrans("åäö", "aao")
_SWEDISH_DROPPED = str.maketrans("", "", "åäö")


def _without_marks(text: str) -> str:
    """`text` without combining marks, those of å, ä and ö excepted."""
    # Nearly all labels end here: the loop below costs 50 times as much.
    if text.isascii() or text.translate(_SWEDISH_DROPPED).isascii():
        return text
    return "".join(char if char in "åäö" else _base(char) for char in text)


def _base(char: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))


def normalize(text: str) -> str:
    """Lower case, words parted by single blanks, foreign accents dropped, Swedish å, ä and ö kept.

    `+` and `#` stay, for `C++` and `C#` are words.

    >>> normalize("  Sjuksköterska, grundutbildad (Café) ")
    'sjuksköterska grundutbildad cafe'
    """
    lowered = unicodedata.normalize("NFC", text).casefold()
    return _NOT_WORD.sub(" ", _without_marks(lowered)).strip()


def fold(normalized: str) -> str:
    """A normalized text with å, ä and ö as a and o: for those who cannot type them.

    >>> fold("sjuksköterska")
    'sjukskoterska'
    """
    return normalized.translate(_SWEDISH_FOLDED)


def collation_key(text: str) -> str:
    """A key that sorts Swedish text: å, ä, ö last in the alphabet, case and foreign accents ignored.

    >>> sorted(["Öl", "Zebra", "Ärta", "Ål", "École", "egg"], key=collation_key)
    ['École', 'egg', 'Zebra', 'Ål', 'Ärta', 'Öl']
    """
    lowered = unicodedata.normalize("NFC", text).casefold()
    return _without_marks(lowered).translate(_SWEDISH_ORDER)
