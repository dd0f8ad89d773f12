"""What the page of a concept says of skills: which, how much needed, who says so, and over what."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from taxonomy.model.concept import SSYK_LEVELS, Provenance
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.services import browse, crosswalk, skills
from taxonomy.snapshot.skills import NECESSITIES
from taxonomy.web import words
from taxonomy.web.concept_view import Link, Reader, Shown

_FIRST: Final = 20
_MOST: Final = 300
_EVIDENCE: Final = 2
"""Pieces of evidence that are told of each skill; the data have all."""
_SAID: Final = (
    (RelationKind.ESSENTIAL_SKILL, Necessity.ESSENTIAL),
    (RelationKind.OPTIONAL_SKILL, Necessity.OPTIONAL),
)


class Reason(NamedTuple):
    """One piece of evidence: who says so, the publisher's rank, and the concepts that it goes over."""

    provenance: str
    word: str
    rank: int | None
    over: Sequence[Link]


class Effective(NamedTuple):
    """A skill of an occupation, or an occupation with a skill."""

    link: Link
    necessity: str
    weight: int
    reasons: Sequence[Reason]
    more: int


class Table(NamedTuple):
    """Effective skills, or occupations: what is seen at once, what can be unfolded, how much there is."""

    first: Sequence[Effective]
    rest: Sequence[Effective]
    total: int


class SkillsView(NamedTuple):
    """All about skills that the page of a concept shows; empty where there is nothing to show."""

    skills: Table
    occupations: Table
    lists: Sequence[Shown]
    stands_for: Link | None


def skills_view(reader: Reader, concept: int) -> SkillsView:
    """All of it."""
    snapshot = reader.snapshot
    effective = snapshot.effective
    own = skills.skills_of(snapshot, concept)
    having = skills.occupations_of(snapshot, concept)
    same = crosswalk.swedish_skill(snapshot, concept)
    return SkillsView(
        _table(reader, own.tolist(), effective.skill[own].tolist()),
        _table(reader, having.tolist(), effective.occupation[having].tolist()),
        [shown for shown in _lists(reader, concept) if shown.total],
        None if same is None else reader.link(same),
    )


def _table(reader: Reader, rows: list[int], others: list[int]) -> Table:
    pairs = zip(rows[:_MOST], others[:_MOST], strict=True)
    found = [_effective(reader, row, other) for row, other in pairs]
    return Table(found[:_FIRST], found[_FIRST:], len(rows))


def _effective(reader: Reader, row: int, other: int) -> Effective:
    snapshot, effective = reader.snapshot, reader.snapshot.effective
    reasons = [_reason(reader, piece) for piece in skills.evidence_of(snapshot, row, _EVIDENCE)]
    return Effective(
        reader.link(other),
        words.NECESSITIES[NECESSITIES[effective.necessity[row]]].in_(reader.language),
        round(float(effective.weight[row]) * 100),
        reasons,
        skills.evidence_count(snapshot, row) - len(reasons),
    )


def _reason(reader: Reader, piece: skills.Evidence) -> Reason:
    over = [reader.link(step.target) for step in piece.steps[:-1]]
    return Reason(
        piece.provenance, words.PROVENANCES[piece.provenance].in_(reader.language), piece.rank, over
    )


def _lists(reader: Reader, concept: int) -> Iterator[Shown]:
    """What publishers say of skills themselves: of groups, and of ESCO's own concepts."""
    snapshot, kind = reader.snapshot, reader.snapshot.kind_of[concept]
    if kind in SSYK_LEVELS:
        word = words.RELATIONS[RelationKind.RELATED_SKILL, Direction.OUT]
        start, skill = snapshot.effective.of_group
        of_group: list[int] = skill[start[concept] : start[concept + 1]].tolist()
        found = of_group or browse.skills_of_groups(snapshot, [concept])
        yield reader.shown(word.in_(reader.language), found)
        return
    groups = browse.groups_of_skill(snapshot, concept)
    yield reader.shown(words.RELATIONS[RelationKind.RELATED_SKILL, Direction.IN].in_(reader.language), groups)
    for relation, necessity in _SAID:
        needed = crosswalk.needed_skills(snapshot, concept, {necessity}).concepts.tolist()
        yield reader.shown(words.RELATIONS[relation, Direction.OUT].in_(reader.language), needed)
        needing = crosswalk.needing_occupations(snapshot, concept, {necessity}).concepts.tolist()
        yield reader.shown(words.RELATIONS[relation, Direction.IN].in_(reader.language), needing)


def legend(language: str) -> list[tuple[str, str, str]]:
    """Each provenance, what it is called and what it means."""
    return [
        (p.value, words.PROVENANCES[p].in_(language), words.MEANINGS[p].in_(language)) for p in Provenance
    ]
