"""What two occupations have in common, as named numbers: the features that transitions are scored by.

A facet is a bag of tokens per occupation (its skills, the n-grams of its label, ...), weighted by TF-IDF with
sublinear counts (Salton and Buckley 1988; idf = log((1 + n) / (1 + df)) + 1 as in scikit-learn) and scaled to
length 1. A feature of a facet is the square root of the cosine. `covered` is the share of the origin's own
skills, by idf, that the other one has too: asymmetric, as in Nesta's career causeways. Features of the other
occupation alone are log(1 + count). `substitutes` is never read here.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import ESCO_OCCUPATION, OCCUPATION, SSYK_GROUP, Kind, Locale, Provenance
from taxonomy.model.mapping import MATCHES
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import Ints, distinct, pointers, stretches
from taxonomy.snapshot.skills import PROVENANCES

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Pairs = tuple[Numbers, Numbers]

SKILL_OVERLAP: Final = frozenset(
    {
        *("native_skills", "calculated_skills", "group_skills", "own_skills", "all_skills"),
        *("esco_essential", "esco_optional", "covered"),
    }
)
"""The features that grow with what two occupations share of skills; their weights are not negative."""

_WORD: Final = re.compile(r"\w\w+")
_IN, _OUT = Direction.IN, Direction.OUT


class Facet(NamedTuple):
    """Weighted tokens of occupations, by occupation (`start`) and by token (`posted`, `owner`, `posting`)."""

    start: Ints
    token: Numbers
    weight: Floats
    posted: Ints
    owner: Numbers
    posting: Floats

    @classmethod
    def of(cls, owner: Numbers, token: Numbers, weight: Floats, count: int) -> "Facet":
        """The facet of entries that are sorted by owner; tokens are numbers from 0 without gaps."""
        order = np.argsort(token, kind="stable")
        tokens = int(token.max()) + 1 if len(token) else 0
        posted = pointers(token[order].astype(np.int32), tokens)
        start = pointers(owner.astype(np.int32), count)
        return cls(start, token, weight, posted, owner[order], weight[order])

    def dots(self, place: int) -> Floats:
        """The inner product of one occupation with each."""
        mine = slice(int(self.start[place]), int(self.start[place + 1]))
        first = self.posted[self.token[mine]]
        lengths = self.posted[self.token[mine] + 1] - first
        rows = stretches(first, lengths)
        weights = np.repeat(self.weight[mine], lengths) * self.posting[rows]
        found: Floats = np.bincount(self.owner[rows], weights, len(self.start) - 1).astype(np.float64)
        return found


def weighted(pairs: Pairs, count: int) -> Facet:
    """The TF-IDF facet of (owner, token) pairs; a pair that comes often counts 1 + log(times)."""
    owner, token, times, idf = _counted(pairs, count)
    weight = (1 + np.log(times)) * idf
    length = np.sqrt(np.bincount(owner, weight**2, count))
    return Facet.of(owner, token, weight / length[owner], count)


def _counted(pairs: Pairs, count: int) -> tuple[Numbers, Numbers, Numbers, Floats]:
    known, token = np.unique(pairs[1], return_inverse=True)
    width = max(len(known), 1)
    keys, times = np.unique(pairs[0].astype(np.int64) * width + token, return_counts=True)
    owner, token = keys // width, keys % width
    frequency = np.bincount(token, minlength=width)
    idf = np.log((1 + count) / (1 + frequency)) + 1
    return owner, token, times, idf[token]


def _coverage(pairs: Pairs, count: int) -> Facet:
    """The facet whose inner products are the idf that two occupations share."""
    owner, token, _, idf = _counted(pairs, count)
    return Facet.of(owner, token, np.sqrt(idf), count)


def char_grams(text: str) -> list[str]:
    """The 3- to 5-grams of the words of a text, each word between blanks (scikit-learn's `char_wb`)."""
    grams = []
    for word in text.lower().split():
        padded = f" {word} "
        for size in (3, 4, 5):
            grams += [padded[at : at + size] for at in range(max(len(padded) - size, 0) + 1)]
            if size >= len(padded):
                break
    return grams


def words(text: str) -> list[str]:
    """The words of two letters and more."""
    return _WORD.findall(text.lower())


def _tokens(texts: Sequence[str], split: Callable[[str], Iterable[str]]) -> Pairs:
    known: dict[str, int] = {}
    rows = [[known.setdefault(token, len(known)) for token in split(text)] for text in texts]
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    return owner, np.fromiter(chain.from_iterable(rows), np.int64)


class _Reader:
    """Reads what features are made of; owners are places among the occupations, not concept numbers."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.occupations = snapshot.kind_range(OCCUPATION)
        self.count = len(self.occupations)
        places = np.arange(self.count, dtype=np.int64)
        self.own = (places, places + self.occupations.start)

    def follow(self, pairs: Pairs, kind: RelationKind, direction: Direction = _OUT) -> tuple[Pairs, Numbers]:
        """The pairs one relation further on, and the rows gone over."""
        edges = self.snapshot.edges(kind, direction)
        first = edges.start[pairs[1]]
        lengths = edges.start[pairs[1] + 1] - first
        rows = stretches(first, lengths)
        return (np.repeat(pairs[0], lengths), edges.target[rows].astype(np.int64)), rows

    def among(self, pairs: Pairs, kind: Kind) -> Pairs:
        """The pairs whose object is of a kind."""
        numbers = self.snapshot.kind_range(kind)
        kept = (pairs[1] >= numbers.start) & (pairs[1] < numbers.stop)
        return pairs[0][kept], pairs[1][kept]

    def skills(self, provenance: Provenance) -> Pairs:
        """What the publisher says of the occupations themselves."""
        pairs, rows = self.follow(self.own, RelationKind.RELATED_SKILL)
        said = self.snapshot.edges(RelationKind.RELATED_SKILL).provenance[rows]
        kept = said == PROVENANCES.index(provenance)
        return pairs[0][kept], pairs[1][kept]

    def esco(self) -> Pairs:
        """The ESCO occupations that mappings lead to, each once."""
        found = joined(*(self.follow(self.own, kind, way)[0] for kind in MATCHES for way in (_IN, _OUT)))
        owner, target = self.among(found, ESCO_OCCUPATION)
        keys = distinct(owner * self.snapshot.count + target)
        return keys // self.snapshot.count, keys % self.snapshot.count

    def texts(self, pairs: Pairs, text: Callable[[int], str]) -> list[str]:
        """The texts of the objects, joined by occupation."""
        found: list[list[str]] = [[] for _ in range(self.count)]
        for owner, target in zip(pairs[0].tolist(), pairs[1].tolist(), strict=True):
            found[owner].append(text(target))
        return [" ".join(some) for some in found]


def joined(*some: Pairs) -> Pairs:
    """All pairs of several lists."""
    return np.concatenate([pairs[0] for pairs in some]), np.concatenate([pairs[1] for pairs in some])


class Features:
    """The features of one snapshot; build once. `names` is the order of the rows of `of`."""

    def __init__(self, snapshot: Snapshot) -> None:
        read = _Reader(snapshot)
        self.count = read.count
        group = read.among(read.follow(read.own, RelationKind.BROADER)[0], SSYK_GROUP)
        native, calculated = read.skills(Provenance.NATIVE), read.skills(Provenance.CALCULATED)
        of_group = read.follow(group, RelationKind.RELATED_SKILL)[0]
        esco, own = read.esco(), joined(native, calculated)
        titles = read.follow(read.own, RelationKind.JOB_TITLE_OF, _IN)[0]
        self.facets = {
            "native_skills": weighted(native, read.count),
            "calculated_skills": weighted(calculated, read.count),
            "group_skills": weighted(of_group, read.count),
            "own_skills": weighted(own, read.count),
            "all_skills": weighted(_once(joined(own, of_group), snapshot.count), read.count),
            "esco_occupations": weighted(esco, read.count),
            "esco_essential": weighted(read.follow(esco, RelationKind.ESSENTIAL_SKILL)[0], read.count),
            "esco_optional": weighted(read.follow(esco, RelationKind.OPTIONAL_SKILL)[0], read.count),
            "esco_broader": weighted(read.follow(esco, RelationKind.BROADER)[0], read.count),
            **_text_facets(snapshot, read, titles, esco),
        }
        self._covering = _coverage(own, read.count)
        self._need = np.bincount(*_lengths(self._covering), minlength=read.count)
        self._same = _same(snapshot, read, group)
        self._alone = {
            "its_job_titles": np.log1p(np.bincount(titles[0], minlength=read.count)),
            "its_calculated_skills": np.log1p(np.bincount(calculated[0], minlength=read.count)),
            "its_esco_occupations": np.log1p(np.bincount(esco[0], minlength=read.count)),
        }
        self.names = (*self.facets, "covered", *self._same, *self._alone)

    def of(self, place: int) -> Floats:
        """One row per feature, one column per occupation: how it looks from the occupation at a place."""
        cosines = [np.sqrt(facet.dots(place)) for facet in self.facets.values()]
        covered = self._covering.dots(place) / max(self._need[place], 1e-12)
        same = [(column == column[place]).astype(np.float64) for column in self._same.values()]
        return np.array([*cosines, np.sqrt(covered), *same, *self._alone.values()])


def _lengths(facet: Facet) -> tuple[Numbers, Floats]:
    return np.repeat(np.arange(len(facet.start) - 1), np.diff(facet.start)), facet.weight**2


def _once(pairs: Pairs, width: int) -> Pairs:
    keys = distinct(pairs[0] * max(width, 1) + pairs[1])
    return keys // max(width, 1), keys % max(width, 1)


def _text_facets(snapshot: Snapshot, read: _Reader, titles: Pairs, esco: Pairs) -> dict[str, Facet]:
    swedish, english = snapshot.labels[Locale.SV], snapshot.labels[Locale.EN]

    def defined(concept: int) -> str:
        found = snapshot.definition(concept, Locale.SV)
        return found.text if found else ""

    texts: dict[str, tuple[list[str], Callable[[str], Iterable[str]]]] = {
        "label": (read.texts(read.own, swedish.__getitem__), char_grams),
        "job_titles": (read.texts(joined(read.own, titles), swedish.__getitem__), char_grams),
        "english_label": (read.texts(esco, english.__getitem__), char_grams),
        "definition": (read.texts(read.own, defined), words),
    }
    return {name: weighted(_tokens(some, split), read.count) for name, (some, split) in texts.items()}


def _same(snapshot: Snapshot, read: _Reader, group: Pairs) -> dict[str, NDArray[Any]]:
    """Columns of group codes and fields; an occupation without one is like no other."""
    alone = [f"#{place}" for place in range(read.count)]
    codes = list(alone)
    for owner, target in zip(*(column.tolist() for column in group), strict=True):
        codes[owner] = snapshot.codes.get(target, codes[owner])
    fields = np.array([-1 - place for place in range(read.count)], np.int64)
    owner, target = read.follow(read.own, RelationKind.OCCUPATION_FIELD)[0]
    fields[owner] = target
    found: dict[str, NDArray[Any]] = {"same_field": _numbered(fields)}
    for size in (1, 2, 3, 4):
        cut = [code if code.startswith("#") else code[:size] for code in codes]
        found[f"same_ssyk_{size}"] = _numbered(np.array(cut, np.str_))
    return found


def _numbered(values: NDArray[Any]) -> NDArray[Any]:
    return np.unique(values, return_inverse=True)[1]
