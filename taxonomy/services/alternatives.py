"""Alternatives: the names that one label of an occupation holds, parted by slashes: "Bagare/Konditor"."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from taxonomy.model.concept import OCCUPATION
from taxonomy.model.text import fold, normalize
from taxonomy.snapshot import Snapshot

_SLASHED: Final = re.compile(r"[A-ZÅÄÖ0-9][^/]*[^-/](/[A-ZÅÄÖ0-9][^/]*[^-/])+")


def alternatives(label: str) -> list[str]:
    """The names in a label, none if it is one name; each begins with a capital letter or a digit.

    >>> alternatives("Verkställande direktör/VD")
    ['Verkställande direktör', 'VD']
    >>> alternatives("Konsulent på stifts-/nationell nivå")
    []
    """
    return label.split("/") if _SLASHED.fullmatch(label) else []


class Alternatives:
    """The occupations of one snapshot by the alternatives in their labels; build once per snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        index = snapshot.search
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_folded: dict[str, list[int]] = defaultdict(list)
        occupations = snapshot.kind_range(OCCUPATION)
        first, last = np.searchsorted(index.concept, (occupations.start, occupations.stop)).tolist()
        for row, text in enumerate(index.text.between(first, last), first):
            for name in map(normalize, alternatives(text)):
                self._by_name[name].append(row)
                self._by_folded[fold(name)].append(row)

    def find(self, text: str) -> Iterator[int]:
        """The labels with an alternative that is the text, as rows of the search index.

        An `a` or `o` of the text stands for å, ä or ö where none has it as typed.
        """
        name = normalize(text)
        yield from self._by_name.get(name) or self._by_folded.get(name) or ()
