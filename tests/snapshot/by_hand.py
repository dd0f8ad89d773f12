"""Effective skills as `snapshot.evidence` and `snapshot.skills` define them, worked out in plain Python."""

import math
from collections import defaultdict
from itertools import product
from typing import NamedTuple

from taxonomy.model.concept import (
    ESCO_OCCUPATION,
    ESCO_SKILL,
    OCCUPATION,
    SKILL,
    SSYK_GROUP,
    Kind,
    Provenance,
)
from taxonomy.model.mapping import MATCHES, seen_from
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import NONE
from taxonomy.snapshot.evidence import NECESSITIES, PATTERNS, PROVENANCES, Step
from taxonomy.snapshot.skills import NEED, TRUST
from tests.builders import composition

ESSENTIAL, OPTIONAL, RELATED = range(3)
MAPPING, GROUP = PROVENANCES.index(Provenance.MAPPING), PROVENANCES.index(Provenance.GROUP)

SAID = {
    RelationKind.RELATED_SKILL: RELATED,
    RelationKind.ESSENTIAL_SKILL: ESSENTIAL,
    RelationKind.OPTIONAL_SKILL: OPTIONAL,
}
"""Which relation gives a skill, and how necessary it is where the relation does not say."""

OUT, IN = Direction.OUT, Direction.IN
EXACT = RelationKind.EXACT_MATCH


class Piece(NamedTuple):
    """One piece of evidence, in the order in which a reader is shown them."""

    provenance: int
    necessity: int
    rank: int
    pattern: int
    via: int
    via_skill: int


class Mapped(NamedTuple):
    """A mapping from an occupation, or from an ESCO skill to the Swedish one that stands for it."""

    other: int
    step: Step
    provenance: int

    @property
    def match(self) -> RelationKind:
        return seen_from(*self.step)


Pairs = dict[tuple[int, int], list[Piece]]


class ByHand:
    """Evidence and weights of all occupations of a snapshot."""

    def __init__(self, of: Snapshot) -> None:
        self.of = of
        self.groups = of.kind_range(SSYK_GROUP)
        self.group_of = {number: self._group(number) for number in of.kind_range(OCCUPATION)}
        self.twins = {skill: self._twin(skill) for skill in of.kind_range(ESCO_SKILL)}
        self.pairs: Pairs = defaultdict(list)
        for occupation, group in self.group_of.items():
            for skill, step, piece in self._said(occupation):
                self.pairs[occupation, skill].append(piece._replace(pattern=PATTERNS.index((step,))))
            for skill, step, piece in self._said(group) if group is not None else []:
                pattern = PATTERNS.index(((RelationKind.BROADER, OUT), step))
                of_group = piece._replace(provenance=GROUP, rank=0, via=group or 0, pattern=pattern)
                self.pairs[occupation, skill].append(of_group)
            for mapped in self._mapped(occupation, OCCUPATION, ESCO_OCCUPATION):
                self._over_esco(occupation, mapped)

    def _group(self, occupation: int) -> int | None:
        above = self.of.edges(RelationKind.BROADER).of(occupation)
        return next((number for number in above if number in self.groups), None)

    def _said(self, subject: int) -> list[tuple[int, Step, Piece]]:
        found = []
        for kind, unsaid in SAID.items():
            edges = self.of.edges(kind)
            for row in edges.rows(subject):
                necessity = unsaid if edges.necessity[row] == NONE else int(edges.necessity[row])
                piece = Piece(int(edges.provenance[row]), necessity, int(edges.rank[row]), -1, -1, -1)
                found.append((int(edges.target[row]), (kind, OUT), piece))
        return found

    def _mapped(self, number: int, own: Kind, other: Kind) -> list[Mapped]:
        assert number in self.of.kind_range(own)
        return [
            Mapped(int(edges.target[row]), step, int(edges.provenance[row]))
            for step in product(MATCHES, Direction)
            for edges in [self.of.edges(*step)]
            for row in edges.rows(number)
            if edges.target[row] in self.of.kind_range(other)
        ]

    def _twin(self, skill: int) -> Mapped | None:
        exact = [
            mapped
            for mapped in self._mapped(skill, ESCO_SKILL, SKILL)
            if mapped.match is EXACT and not self.of.deprecated[mapped.other]
        ]
        return exact[0] if len({mapped.other for mapped in exact}) == 1 else None

    def _over_esco(self, occupation: int, mapped: Mapped) -> None:
        for skill, step, piece in self._said(mapped.other):
            twin = self.twins.get(skill)
            steps = [mapped.step, step, *([twin.step] if twin else [])]
            provenances = [MAPPING, mapped.provenance, *([twin.provenance] if twin else [])]
            essential = composition().worth[mapped.match].essential
            weakened = piece._replace(
                provenance=max(provenances),
                necessity=piece.necessity if essential else max(piece.necessity, OPTIONAL),
                rank=0,
                pattern=PATTERNS.index(tuple(steps)),
                via=mapped.other,
                via_skill=skill if twin else -1,
            )
            self.pairs[occupation, twin.other if twin else skill].append(weakened)

    def support(self, group: int, skill: int) -> float:
        members = [number for number, its in self.group_of.items() if its == group]
        own = {number: {skill for skill, _, _ in self._said(number)} for number in members}
        with_any = [skills for skills in own.values() if skills]
        return sum(skill in skills for skills in with_any) / len(with_any) if with_any else 0.0

    def rarity(self, skill: int) -> float:
        kind = ESCO_OCCUPATION if self.of.kind_of[skill] == ESCO_SKILL else SSYK_GROUP
        owners = self.of.kind_range(kind)
        having = sum(skill in {other for other, _, _ in self._said(owner)} for owner in owners)
        return 1 - math.log(max(having, 1)) / math.log(max(len(owners), 2))

    def strength(self, occupation: int, skill: int, piece: Piece) -> float:
        place = 1.0
        first = PATTERNS[piece.pattern][0]
        if first[0] is RelationKind.BROADER:
            place = 0.4 + 0.6 * self.support(piece.via, skill)
        elif first[0] in MATCHES:
            place = self.place(occupation, seen_from(*first))
        elif piece.rank:
            place = 20 / (19 + piece.rank)
        return TRUST[PROVENANCES[piece.provenance]] * NEED[NECESSITIES[piece.necessity]] * place

    def place(self, occupation: int, match: RelationKind) -> float:
        worth = composition().worth[match]
        mapped = self._mapped(occupation, OCCUPATION, ESCO_OCCUPATION)
        others = {row.other for row in mapped if row.match is match}
        return worth.factor / (len(others) if worth.shared else 1)

    def weight(self, occupation: int, skill: int) -> float:
        pieces = self.pairs[occupation, skill]
        doubt = math.prod(1 - self.strength(occupation, skill, piece) for piece in pieces)
        return (1 - doubt) * (0.6 + 0.4 * self.rarity(skill))


def pieces(of: Snapshot, row: int) -> list[Piece]:
    skills = of.effective
    columns = (
        skills.evidence_provenance,
        skills.evidence_necessity,
        skills.evidence_rank,
        skills.evidence_pattern,
        skills.evidence_via,
        skills.evidence_via_skill,
    )
    rows = range(skills.evidence[row], skills.evidence[row + 1])
    return [Piece(*(int(column[at]) for column in columns)) for at in rows]


def edges_of(of: Snapshot, number: int) -> range:
    return range(of.effective.start[number], of.effective.start[number + 1])


def skills_named(of: Snapshot, occupation: str) -> dict[str, float]:
    skills, number = of.effective, of.index[occupation]
    return {of.ids[skills.skill[row]]: float(skills.weight[row]) for row in edges_of(of, number)}
