"""Releases: immutable states of the taxonomy."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from taxonomy.model.concept import Concept, Kind
from taxonomy.model.finding import Finding, Severity
from taxonomy.model.observation import Measure, Observation
from taxonomy.model.relation import Relation, RelationKind

_ROWS_HASHED_AT_ONCE: Final = 2_000


class SourceVersion(NamedTuple):
    """One version of one source, and what its licence asks to be said.

    `period` is the time that its statements are of, `NOT_STATED` if it says none; empty for a classification.
    """

    id: str
    title: str
    publisher: str
    version: str
    licence: str
    attribution: str
    url: str
    period: str = ""


class KindCount(NamedTuple):
    """How many concepts of a kind a release has."""

    kind: Kind
    count: int  # type: ignore[assignment]  # nobody needs tuple.count of a row


class RelationTotal(NamedTuple):
    """How many relations of a kind a release has."""

    kind: RelationKind
    count: int  # type: ignore[assignment]  # nobody needs tuple.count of a row


class MeasureCount(NamedTuple):
    """How many observations of a measure a release has."""

    measure: Measure
    count: int  # type: ignore[assignment]  # nobody needs tuple.count of a row


class FindingCount(NamedTuple):
    """How often a check remarked on a release."""

    code: str
    severity: Severity
    count: int  # type: ignore[assignment]  # nobody needs tuple.count of a row


class Draft(NamedTuple):
    """What there is to say of a release before it is published."""

    recipe: str
    title: str
    note: str
    content_hash: str
    sources: tuple[SourceVersion, ...]
    concepts: tuple[KindCount, ...]
    relations: tuple[RelationTotal, ...]
    findings: tuple[FindingCount, ...]
    observations: tuple[MeasureCount, ...] = ()


class Release(NamedTuple):
    """One immutable published state; `ordinal` counts publications of a store from 1.

    `id` is `r<ordinal>-<the first 8 digits of the content hash>`.
    """

    id: str
    ordinal: int
    published_at: datetime
    draft: Draft

    @property
    def content_hash(self) -> str:
        """The hash of what the release says, without findings: releases that say the same have the same."""
        return self.draft.content_hash


class Content(NamedTuple):
    """All that a release consists of: concepts sorted by id, relations and findings sorted as they are.

    Observations are sorted by their keys (`model.observation.in_order`).
    """

    concepts: Sequence[Concept]
    relations: Sequence[Relation]
    findings: Sequence[Finding]
    observations: Sequence[Observation] = ()

    def hashed(self) -> str:
        """The content hash of what it says; findings are no part of it."""
        return content_hash(self.concepts, self.relations, self.observations)


def release_id(ordinal: int, content_hash: str) -> str:
    """The id of the release published as number `ordinal`.

    >>> release_id(3, "9f2c41ab55")
    'r3-9f2c41ab'
    """
    return f"r{ordinal}-{content_hash[:8]}"


def content_hash(
    concepts: Sequence[Concept], relations: Sequence[Relation], observations: Sequence[Observation] = ()
) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of sorted concepts, relations and observations.

    Equal for equal statements, whatever store they come from and whenever they were loaded. Without
    observations it is what it was before there were any.
    """
    import orjson

    digest = hashlib.sha256()
    for rows in (concepts, relations, observations) if observations else (concepts, relations):
        digest.update(b"[")
        # Piece by piece: a text of many megabytes costs more to allocate than to write.
        for start in range(0, len(rows), _ROWS_HASHED_AT_ONCE):
            piece = rows[start : start + _ROWS_HASHED_AT_ONCE]
            text = orjson.dumps(piece, default=tuple)
            digest.update(b"," + text[1:-1] if start else text[1:-1])
        digest.update(b"]")
    return digest.hexdigest()


def kind_counts(concepts: Iterable[Concept]) -> tuple[KindCount, ...]:
    """Concepts per kind, sorted by kind."""
    return tuple(KindCount(kind, n) for kind, n in sorted(Counter(c.kind for c in concepts).items()))


def relation_totals(relations: Iterable[Relation]) -> tuple[RelationTotal, ...]:
    """Relations per kind, sorted by kind."""
    counted = sorted(Counter(r.kind for r in relations).items())
    return tuple(RelationTotal(kind, n) for kind, n in counted)


def measure_counts(observations: Iterable[Observation]) -> tuple[MeasureCount, ...]:
    """Observations per measure, sorted by measure."""
    counted = sorted(Counter(row.measure for row in observations).items())
    return tuple(MeasureCount(measure, n) for measure, n in counted)


def finding_counts(findings: Iterable[Finding]) -> tuple[FindingCount, ...]:
    """Findings per code, sorted by code; a finding that stands for several counts as often."""
    totals: Counter[tuple[str, Severity]] = Counter()
    for finding in findings:
        totals[finding.code, finding.severity] += finding.count
    return tuple(FindingCount(code, severity, n) for (code, severity), n in sorted(totals.items()))
