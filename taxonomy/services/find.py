"""Find: concepts by what somebody types into a search box: an id or URI, a code, or a name."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from taxonomy.model.concept import Kind, Locale, Scheme
from taxonomy.model.errors import BadInput
from taxonomy.model.ids import concept_id
from taxonomy.services.search import Hit, search
from taxonomy.snapshot import Snapshot

_LAST: Final = "\U0010ffff"


class Notation(NamedTuple):
    """A concept, and the code or id by which it was found, which is of no language."""

    concept: int
    text: str
    score: float
    locale: None = None


class Found(NamedTuple):
    """One page of what was found, and how much there is in all."""

    total: int
    hits: tuple[Notation | Hit, ...]


def find(
    snapshot: Snapshot,
    text: str,
    *,
    kinds: frozenset[Kind] | None = None,
    schemes: frozenset[Scheme] | None = None,
    locale: Locale | None = None,
    offset: int = 0,
    limit: int = 10,
) -> Found:
    """The concepts with this id, URI or code, then those whose code begins so, then what `search` finds.

    A code is looked for when the text has a digit and no blank, in upper or lower case. Each concept comes
    once; of codes that begin so the shorter comes first, then in order of the codes, deprecated concepts
    last. `locale` is of names: what is found by an id or a code has none, and passes. The score of a code
    or an id is n / len(code), with n characters typed: 1 for a whole one.
    """
    noted = [
        one for one in _notations(snapshot, text.strip()) if _passes(snapshot, one.concept, kinds, schemes)
    ]
    first, size = max(offset, 0), max(limit, 0)
    page = noted[first : first + size]
    named = search(
        snapshot,
        text,
        kinds=kinds,
        schemes=schemes,
        locale=locale,
        without=frozenset(one.concept for one in noted),
        offset=max(first - len(noted), 0),
        limit=size - len(page),
    )
    return Found(len(noted) + named.total, (*page, *named.hits))


def _passes(
    snapshot: Snapshot, concept: int, kinds: frozenset[Kind] | None, schemes: frozenset[Scheme] | None
) -> bool:
    of_kind = kinds is None or snapshot.kind_of[concept] in kinds
    return of_kind and (schemes is None or snapshot.scheme_of(concept) in schemes)


def _notations(snapshot: Snapshot, text: str) -> list[Notation]:
    """What has this id or code, each concept once, the best first."""
    found: dict[int, Notation] = {}
    for one in (*_by_id(snapshot, text), *_by_code(snapshot, text)):
        found.setdefault(one.concept, one)
    return list(found.values())


def _by_id(snapshot: Snapshot, text: str) -> Iterator[Notation]:
    try:
        number = snapshot.index.get(concept_id(text))
    except BadInput:
        return
    if number is not None:
        yield Notation(number, snapshot.ids[number], 1.0)


def _by_code(snapshot: Snapshot, text: str) -> list[Notation]:
    # Letters are names: those who type "se" or "it" do not look for Sweden and Italy.
    if not any(map(str.isdigit, text)) or " " in text:
        return []
    codes, folded = snapshot.derived(_Codes), text.casefold()
    first, last = bisect_left(codes.folded, folded), bisect_left(codes.folded, folded + _LAST)
    rows = sorted(zip(codes.code[first:last], codes.concept[first:last], strict=True), key=codes.order)
    return [Notation(concept, code, len(text) / len(code)) for code, concept in rows]


class _Codes:
    """All codes of one snapshot, sorted without regard to case; build once per snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._deprecated = snapshot.deprecated
        owned = [
            (value.casefold(), value, concept)
            for concept in np.flatnonzero(np.diff(snapshot.arrays["code/start"])).tolist()
            for _, value in snapshot.all_codes(concept)
        ]
        owned.sort()
        self.folded = [folded for folded, _, _ in owned]
        self.code = [code for _, code, _ in owned]
        self.concept = [concept for _, _, concept in owned]

    def order(self, row: tuple[str, int]) -> tuple[bool, int, str, int]:
        """Where a code and its concept come among those that begin alike."""
        code, concept = row
        return bool(self._deprecated[concept]), len(code), code.casefold(), concept
