"""Search: concepts by what they are called, as people type it."""

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import Kind, LabelRole, Locale, Scheme, facts_of
from taxonomy.model.text import fold, normalize
from taxonomy.snapshot.arrays import Ints
from taxonomy.snapshot.search_index import LOCALES, ROLES, Keys, SearchIndex
from taxonomy.snapshot.snapshot import Snapshot

TIERS: Final = 14
"""Ways in which a label can match, best first: seven as typed, then the same seven with å, ä and ö folded."""

_BEGINS: Final = 2
_ALL_WORDS: Final = 6
_FOLDED: Final = 7
_PREFERRED: Final = ROLES.index(LabelRole.PREFERRED)
_LONGEST_REST: Final = 0xFFFF

_Ranks = NDArray[np.int64]


class Hit(NamedTuple):
    """A concept, and the published label by which it was found; `tier` from 0 to 2 * TIERS - 1."""

    concept: int
    text: str
    locale: Locale
    score: float
    tier: int

    @property
    def exact(self) -> bool:
        """Whether the text is that whole label, å, ä and ö folded or not."""
        return self.tier % _FOLDED < _BEGINS

    @property
    def preferred(self) -> bool:
        """Whether an exact label is the preferred one."""
        return self.tier % _FOLDED == 0


class Found(NamedTuple):
    """One page of hits, and how many there are in all."""

    total: int
    hits: tuple[Hit, ...]


def search(
    snapshot: Snapshot,
    text: str,
    *,
    kinds: frozenset[Kind] | None = None,
    schemes: frozenset[Scheme] | None = None,
    locale: Locale | None = None,
    without: Collection[int] = (),
    offset: int = 0,
    limit: int = 10,
) -> Found:
    """The concepts of these kinds and schemes with a label in that language (None: any) that matches.

    Those `without` are left out, from the total as well.

    One hit per concept, by its best label, sorted by falling score, then by concept number. The tiers:

    0. the preferred label is the text; 1. an alternative or hidden one is;
    2. the preferred label begins with the text; 3. an alternative or hidden one does;
    4. a later word of the preferred label begins with it; 5. of an alternative or hidden one;
    6. every word of the text begins some word of the label, in any order.

    Tiers 7 to 13 are the same for an `a` or `o` of the text that stands for the label's å, ä or ö (a typed
    å, ä or ö stands for itself). Deprecated concepts come last, in tiers 14 to 27:

        score = 1 - (tier + 1 - n / (n + rest)) / 28

    with n the letters of the normalized text and rest the letters that the label has more than that. 1 is
    the preferred label itself. A text without letters or digits finds nothing.
    """
    query = normalize(text)
    index = snapshot.search
    ranks = np.concatenate([np.zeros(0, np.int64), *_matches(index, query)])
    wanted = _wanted(snapshot, ranks, kinds, schemes, locale)
    if without:
        wanted &= ~np.isin(index.concept[_labels(ranks)], list(without))
    best = _best_per_concept(snapshot, ranks[wanted])
    page = best[max(offset, 0) : max(offset, 0) + max(limit, 0)]
    return Found(len(best), tuple(_hit(index, len(query), rank) for rank in page.tolist()))


# A rank is one number that sorts like (tier, rest, label), and labels are numbered in the order of concepts.


def _ranks(tier: NDArray[np.int64], rest: NDArray[np.int64], label: Ints) -> _Ranks:
    return (tier << 48) | (np.clip(rest, 0, _LONGEST_REST) << 32) | label


def _labels(ranks: _Ranks) -> NDArray[np.int64]:
    return ranks & 0xFFFFFFFF


def _hit(index: SearchIndex, length: int, rank: int) -> Hit:
    tier, rest, label = rank >> 48, rank >> 32 & _LONGEST_REST, rank & 0xFFFFFFFF
    score = 1 - (tier + 1 - length / (length + rest)) / (2 * TIERS)
    return Hit(int(index.concept[label]), index.text[label], LOCALES[index.locale[label]], score, tier)


def _matches(index: SearchIndex, query: str) -> Iterator[_Ranks]:
    """The ranks of all matching labels, some several times; without regard to deprecation."""
    if not query:
        return
    yield from _tiers(index, index.primary, query, 0)
    # Without an `a` or an `o` there is nothing to fold that has not been found as typed.
    if "a" in query or "o" in query:
        yield from _tiers(index, index.folded, query, _FOLDED)


def _tiers(index: SearchIndex, keys: Keys, query: str, first_tier: int) -> Iterator[_Ranks]:
    rows = _rows(index, keys, query, folded=bool(first_tier))
    label = keys.label[rows]
    length = index.length[label].astype(np.int64)
    later = keys.word[rows] > 0
    place = np.where(later, 2, length > len(query))
    other = index.role[label] != _PREFERRED
    yield _ranks(first_tier + 2 * place + other, length - len(query), label)
    if " " in query:
        label = _with_all_words(index, keys, set(query.split(" ")), folded=bool(first_tier))
        tier = np.full(len(label), first_tier + _ALL_WORDS, np.int64)
        yield _ranks(tier, index.length[label].astype(np.int64) - len(query), label)


def _with_all_words(index: SearchIndex, keys: Keys, words: set[str], *, folded: bool) -> Ints:
    """The labels in which every one of these words begins a word, sorted."""
    found = np.ones(len(index.concept), np.bool_)
    # Long words are rare words: nearly always the first settles it.
    for word in sorted(words, key=len, reverse=True):
        having = np.zeros_like(found)
        having[keys.label[_rows(index, keys, word, folded=folded)]] = True
        found &= having
        if not found.any():
            break
    return np.flatnonzero(found).astype(np.int32)


def _rows(index: SearchIndex, keys: Keys, query: str, *, folded: bool) -> NDArray[np.int64]:
    """The rows of the keys that begin with the query."""
    spelled = fold(query) if folded else query
    rows = np.arange(*keys.range_of(spelled.encode()))
    # A key is cut, and a folded one does not know where the ä was that a typed ä stands for.
    if not keys.holds(query.encode()):
        return rows[_verified(index, keys, rows, query, folded=folded)]
    if spelled == query:
        return rows
    as_typed = np.zeros(len(index.concept), np.bool_)
    as_typed[index.primary.label[slice(*index.primary.range_of(query.encode()))]] = True
    sure = as_typed[keys.label[rows]]
    unsure = rows[~sure]
    verified = _verified(index, keys, unsure, query, folded=folded)
    return np.concatenate((rows[sure], unsure[verified]))


def _verified(
    index: SearchIndex, keys: Keys, rows: NDArray[np.int64], query: str, *, folded: bool
) -> NDArray[np.bool_]:
    """Which of these rows match in the label itself."""
    whole = (
        _stands_in(index.normal[label], query, later=bool(word), folded=folded)
        for label, word in zip(keys.label[rows].tolist(), keys.word[rows].tolist(), strict=True)
    )
    return np.fromiter(whole, np.bool_, len(rows))


def _stands_in(label: str, query: str, *, later: bool, folded: bool) -> bool:
    """Whether the label, or a later word and what follows it, begins with the query."""
    places = [blank.end() for blank in re.finditer(" ", label)] if later else [0]
    parts = (label[place : place + len(query)] for place in places)
    return any(part == query or (folded and _is_meant(part, query)) for part in parts)


def _is_meant(part: str, query: str) -> bool:
    return fold(part) == fold(query) and all(
        typed == letter for typed, letter in zip(query, part, strict=True) if typed in "åäö"
    )


def _wanted(
    snapshot: Snapshot,
    ranks: _Ranks,
    kinds: frozenset[Kind] | None,
    schemes: frozenset[Scheme] | None,
    locale: Locale | None,
) -> NDArray[np.bool_]:
    index, label = snapshot.search, _labels(ranks)
    wanted = np.ones(len(ranks), np.bool_)
    if locale is not None:
        wanted &= index.locale[label] == LOCALES.index(locale)
    if kinds is not None or schemes is not None:
        of_kind = [
            (kinds is None or kind in kinds) and (schemes is None or facts_of(kind).scheme in schemes)
            for kind in snapshot.kinds
        ]
        wanted &= np.array(of_kind, np.bool_)[snapshot.arrays["kind"][index.concept[label]]]
    return wanted


def _best_per_concept(snapshot: Snapshot, ranks: _Ranks) -> _Ranks:
    """The best rank of each concept, sorted, with the tiers of deprecated ones moved to the end."""
    concept = snapshot.search.concept[_labels(ranks)]
    deprecated = snapshot.arrays["deprecated"][concept].astype(np.int64)
    ranks = np.sort(ranks + ((deprecated * TIERS) << 48))
    concept = snapshot.search.concept[_labels(ranks)]
    # Written from the end, so that what remains of each concept is its first place.
    place = np.arange(len(ranks))
    first = np.empty(snapshot.count, np.int64)
    first[concept[::-1]] = place[::-1]
    best: _Ranks = ranks[first[concept] == place]
    return best
