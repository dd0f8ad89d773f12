"""Reconcile: which concepts a text of somebody's own data means, and how sure that is.

What OpenRefine's Reconciliation API calls so: each text has candidates, and at most one of them is its match.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain, islice
from typing import Final, NamedTuple

from taxonomy.model.concept import (
    BAROMETER_OCCUPATION,
    ESCO_OCCUPATION,
    JOB_TITLE,
    OCCUPATION,
    SSYK_GROUP,
    Kind,
    Locale,
    Scheme,
    facts_of,
)
from taxonomy.model.errors import BadInput
from taxonomy.model.ids import concept_id
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.services.alternatives import Alternatives
from taxonomy.services.crosswalk import mappings
from taxonomy.services.resemblance import Resemblance
from taxonomy.services.search import Hit, search
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.search_index import LOCALES


class MatchedBy(StrEnum):
    """What of a concept a text is, surest first; the last three are suggestions only."""

    ID = "id"
    CODE = "code"
    LABEL = "label"
    OTHER_LABEL = "other-label"
    ALTERNATIVE = "alternative"
    JOB_TITLE = "job-title"
    MAPPED = "mapped"
    SEARCH = "search"
    RESEMBLANCE = "resemblance"


_ORDER: Final = tuple(MatchedBy)
_SURE: Final = frozenset(_ORDER[:6])
_LONGEST: Final = 200
_LONGEST_CODE: Final = 4
_EXACT_AT_MOST: Final = 50
_ELSEWHERE: Final = frozenset({ESCO_OCCUPATION, BAROMETER_OCCUPATION})
_CLOSE: Final = frozenset({RelationKind.EXACT_MATCH, RelationKind.CLOSE_MATCH})
_DIGITS: Final = re.compile("[0-9]{1,3}")


class Candidate(NamedTuple):
    """A concept that a text may mean; `via` is another one that has the name, code or id and leads to it.

    `text` is that name, code or id as published; `locale` its language, None for codes and ids. `score` is
    1 for what is certainly meant by the text, and otherwise as search and resemblance rank it.
    """

    concept: int
    via: int | None
    matched_by: MatchedBy
    text: str
    locale: Locale | None
    score: float


class Reconciled(NamedTuple):
    """A text and its candidates, the surest first; `match` if there is one that is surer than all others."""

    text: str
    candidates: tuple[Candidate, ...]
    match: Candidate | None


class Wanted(NamedTuple):
    """What texts may mean: concepts of these kinds (the preferred first) and schemes; None for any."""

    kinds: tuple[Kind, ...] | None
    schemes: frozenset[Scheme] | None

    def holds(self, kind: Kind) -> bool:
        """Whether a concept of this kind may be meant."""
        of_kind = self.kinds is None or kind in self.kinds
        return of_kind and (self.schemes is None or facts_of(kind).scheme in self.schemes)

    def place(self, kind: Kind) -> int:
        """How far behind the preferred kind this one is."""
        return 0 if self.kinds is None else self.kinds.index(kind)

    @property
    def searched(self) -> frozenset[Kind] | None:
        """The kinds whose names are looked at: job titles too, where these lead to occupations."""
        if self.kinds is None:
            return None
        return frozenset({*self.kinds, JOB_TITLE} if OCCUPATION in self.kinds else self.kinds)


def reconcile(snapshot: Snapshot, text: str, wanted: Wanted, limit: int = 5) -> Reconciled:
    """What a text means: an id or URI, a code, or a name of a concept.

    A name between the slashes of an occupation's label is one of its names, surer than a job title. A job
    title means the occupations that it is used for, a deprecated concept what replaced it. A code may
    have lost its leading zeros. One candidate that is surer than all others (by `MatchedBy`, then by the
    order of the wanted kinds) is the match. Without anything that is the whole text, the candidates are what
    ESCO or the occupational barometer calls so, then what search finds, then what is spelled like it.
    """
    asked = text.strip()[:_LONGEST]
    sure = sorted(_once(_named(snapshot, asked, wanted)), key=lambda one: _rank(snapshot, one, wanted))
    if not sure:
        found = _once(_suggested(snapshot, asked, wanted, limit)) if asked else ()
        return Reconciled(text, tuple(islice(found, limit)), None)
    ranks = [_rank(snapshot, one, wanted) for one in sure[:2]]
    match = sure[0] if len(ranks) == 1 or ranks[0] != ranks[1] else None
    return Reconciled(text, tuple(sure[:limit]), match)


def _rank(snapshot: Snapshot, one: Candidate, wanted: Wanted) -> tuple[bool, int, int]:
    kind = snapshot.kind_of[one.concept]
    was = one.via is not None and bool(snapshot.deprecated[one.via])
    gone = was or bool(snapshot.deprecated[one.concept])
    return gone, _ORDER.index(one.matched_by), wanted.place(kind)


def _once(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Each concept once, by what is surest of it."""
    found: dict[int, Candidate] = {}
    for one in candidates:
        known = found.get(one.concept)
        if known is None or _ORDER.index(one.matched_by) < _ORDER.index(known.matched_by):
            found[one.concept] = one
    yield from found.values()


def _named(snapshot: Snapshot, text: str, wanted: Wanted) -> Iterator[Candidate]:
    """Everything that has the whole text for an id, a code or a name."""
    number = _by_id(snapshot, text)
    if number is not None:
        found = Candidate(number, None, MatchedBy.ID, snapshot.ids[number], None, 1.0)
        yield from _meant(snapshot, found, wanted)
    for code, concept in _by_code(snapshot, text, wanted):
        yield Candidate(concept, None, MatchedBy.CODE, code, None, 1.0)
    hits = search(snapshot, text, kinds=wanted.searched, limit=_EXACT_AT_MOST).hits
    for hit in hits:
        if hit.exact:
            yield from _meant(snapshot, _of_hit(snapshot, hit), wanted)
    if wanted.holds(OCCUPATION):
        for row in snapshot.derived(Alternatives).find(text):
            yield from _meant(snapshot, _alternative(snapshot, row), wanted)


def _alternative(snapshot: Snapshot, row: int) -> Candidate:
    index = snapshot.search
    locale = LOCALES[index.locale[row]]
    return Candidate(int(index.concept[row]), None, MatchedBy.ALTERNATIVE, index.text[row], locale, 1.0)


def _of_hit(snapshot: Snapshot, hit: Hit) -> Candidate:
    by = MatchedBy.SEARCH
    if hit.exact:
        by = MatchedBy.LABEL if hit.preferred else MatchedBy.OTHER_LABEL
    return Candidate(hit.concept, None, by, hit.text, hit.locale, 1.0 if hit.exact else hit.score)


def _by_id(snapshot: Snapshot, text: str) -> int | None:
    try:
        return snapshot.index.get(concept_id(text))
    except BadInput:
        return None


def _by_code(snapshot: Snapshot, text: str, wanted: Wanted) -> Iterator[tuple[str, int]]:
    """The concepts with a code: as it stands, or else with the zeros that a spreadsheet took from it."""
    spelled: Sequence[str] = [text]
    if _DIGITS.fullmatch(text):
        spelled = [text.zfill(length) for length in (len(text), *range(_LONGEST_CODE, len(text), -1))]
    for code in spelled:
        found = [
            concept
            for scheme in Scheme
            if (concept := snapshot.by_code.get((scheme, code))) is not None
            and wanted.holds(snapshot.kind_of[concept])
        ]
        yield from ((code, concept) for concept in found)
        if found:
            return


def _meant(snapshot: Snapshot, found: Candidate, wanted: Wanted) -> Iterator[Candidate]:
    """What is meant by naming a concept: itself, what replaced it, or the occupations of a job title."""
    via = found.concept
    replaced = snapshot.replaced_by(via) if snapshot.deprecated[via] else []
    for concept in replaced or [via]:
        if wanted.holds(snapshot.kind_of[concept]):
            yield found._replace(concept=concept, via=None if concept == via else via)
        elif snapshot.kind_of[concept] == JOB_TITLE and wanted.holds(OCCUPATION):
            by = found.matched_by if found.matched_by not in _SURE else MatchedBy.JOB_TITLE
            for occupation in snapshot.edges(RelationKind.JOB_TITLE_OF).of(concept):
                if not snapshot.deprecated[occupation]:
                    yield found._replace(concept=occupation, via=concept, matched_by=by)


def _suggested(snapshot: Snapshot, text: str, wanted: Wanted, limit: int) -> Iterator[Candidate]:
    kinds = wanted.searched
    hits = search(snapshot, text, kinds=kinds, limit=limit).hits
    searched = (_of_hit(snapshot, hit) for hit in hits)
    # Several job titles may lead to one occupation; of equals, its own name goes before a job title.
    likes = snapshot.derived(Resemblance).find(text, kinds, 4 * limit)
    likes.sort(key=lambda one: (-one.score, not wanted.holds(snapshot.kind_of[one.concept])))
    like = (
        Candidate(one.concept, None, MatchedBy.RESEMBLANCE, one.text, one.locale, one.score) for one in likes
    )
    yield from _mapped(snapshot, text, wanted)
    for found in chain(searched, like):
        yield from _meant(snapshot, found, wanted)


def _mapped(snapshot: Snapshot, text: str, wanted: Wanted) -> Iterator[Candidate]:
    """What corresponds to the ESCO and barometer occupations that are called so."""
    for hit in search(snapshot, text, kinds=_ELSEWHERE, limit=_EXACT_AT_MOST).hits:
        if hit.exact and not snapshot.deprecated[hit.concept]:
            for concept in _counterparts(snapshot, hit.concept):
                if wanted.holds(snapshot.kind_of[concept]) and not snapshot.deprecated[concept]:
                    yield Candidate(concept, hit.concept, MatchedBy.MAPPED, hit.text, hit.locale, hit.score)


def _counterparts(snapshot: Snapshot, concept: int) -> Iterator[int]:
    """What an ESCO occupation matches exactly or closely, or the SSYK groups of a barometer occupation."""
    yield from (row.concept for row in mappings(snapshot, concept, matches=_CLOSE))
    assessed = snapshot.edges(RelationKind.ASSESSED_AS, Direction.IN).of(concept)
    yield from (number for number in assessed if snapshot.kind_of[number] == SSYK_GROUP)
