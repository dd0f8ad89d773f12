"""Effective skills: which skills an occupation has, by which evidence, how strongly.

One edge per occupation and skill, with all its evidence. The **weight** of an edge, in 0..1:

    weight   = (1 - product over evidence of (1 - strength)) * (0.6 + 0.4 * rarity)
    strength = trust(provenance) * need(necessity) * place
    place    = 20 / (19 + rank)                   for ranked evidence: 1 for the first, 1/2 for the 21st
             = 0.4 + 0.6 * support                for evidence by the SSYK group
             = 1                                  otherwise
    support  = the share of the group's occupations with skills of their own that have this one among them
    rarity   = 1 - log(groups with the skill) / log(all groups), 1 for a skill of no group

Several pieces of evidence add up as independent ones (noisy or). Evidence without a necessity counts as
`RELATED`. Group is the occupation's SSYK group; one without a group has its own skills only. A skill
of many groups (Budgetansvar) says less of an occupation than one of few. The constants are judgements,
not fitted: the matching service fits its own weights.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import Provenance
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.snapshot.arrays import (
    NONE,
    Adjacency,
    Arrays,
    Ints,
    Small,
    distinct,
    pointers,
    starts,
    stretches,
)

PROVENANCES: Final = tuple(Provenance)
NECESSITIES: Final = tuple(Necessity)

TRUST: Final = {
    Provenance.NATIVE: 0.9,
    Provenance.CALCULATED: 0.6,
    Provenance.MAPPING: 0.5,
    Provenance.GROUP: 0.3,
    Provenance.DERIVED: 0.2,
}
NEED: Final = {Necessity.ESSENTIAL: 1.0, Necessity.OPTIONAL: 0.7, Necessity.RELATED: 0.8}

Step = tuple[RelationKind, Direction]

PATTERNS: Final[tuple[tuple[Step, ...], ...]] = (
    ((RelationKind.RELATED_SKILL, Direction.OUT),),
    ((RelationKind.BROADER, Direction.OUT), (RelationKind.RELATED_SKILL, Direction.OUT)),
)
"""The paths that evidence takes from an occupation to a skill: relations, and how they are walked."""

_DIRECT, _BY_GROUP = 0, 1
_EVIDENCE_COLUMNS: Final = ("provenance", "necessity", "rank", "via", "pattern")


class _Evidence(NamedTuple):
    occupation: Ints
    skill: Ints
    provenance: Small
    necessity: Small
    rank: Ints
    via: Ints
    pattern: Small


def effective_skills(
    count: int, occupations: range, groups: range, related: Adjacency, broader: Adjacency
) -> Arrays:
    """The arrays of the relation, sorted by occupation, falling weight and skill.

    Edges: `start` (per concept), `skill`, `provenance`, `necessity`, `weight`, `evidence` (where an edge's
    evidence begins; within an edge by provenance, necessity, rank). Evidence: `provenance`, `necessity`,
    `rank` (0: none), `via` (-1: none), `pattern`. From the skill: `by_skill/start`, `by_skill/edge`, by
    falling weight. `occupation` is the owner of each edge. Of a group: `of_group/start`, `of_group/skill`,
    by falling support, then rarity.
    """
    group_of = _group_of(occupations, groups, broader)
    said_of_group = _said_of_groups(count, groups, related)
    evidence = _evidence(occupations, related, group_of)
    rarity = _rarity(count, len(groups), said_of_group.skill)
    support = _support(count, occupations, evidence, group_of)
    return {
        **_edges(count, evidence, rarity, support),
        **_group_skills(count, said_of_group, support, rarity),
    }


def _numbers(concepts: range) -> Ints:
    return np.arange(concepts.start, concepts.stop, dtype=np.int32)


def _group_of(occupations: range, groups: range, broader: Adjacency) -> Ints:
    """The (first) SSYK group of each occupation, -1 for none: a deprecated occupation."""
    owner, rows = broader.rows_of_many(_numbers(occupations))
    above = broader.target[rows]
    is_group = (above >= groups.start) & (above < groups.stop)
    found = np.full(len(occupations), -1, np.int32)
    # Written from the end, so that the first remains.
    found[owner[is_group][::-1] - occupations.start] = above[is_group][::-1]
    return found


class _Pairs(NamedTuple):
    """Groups and skills, each pair once, sorted."""

    group: NDArray[np.int64]
    skill: NDArray[np.int64]


def _said_of_groups(count: int, groups: range, related: Adjacency) -> _Pairs:
    owner, rows = related.rows_of_many(_numbers(groups))
    pairs = distinct(owner.astype(np.int64) * count + related.target[rows])
    return _Pairs(pairs // count, pairs % count) if count else _Pairs(pairs, pairs)


def _evidence(occupations: range, related: Adjacency, group_of: Ints) -> _Evidence:
    numbers = _numbers(occupations)
    owner, rows = related.rows_of_many(numbers)
    via, group_rows = related.rows_of_many(group_of[group_of >= 0])
    lengths = np.diff(related.start)[group_of[group_of >= 0]]
    members = np.repeat(numbers[group_of >= 0], lengths)
    own, given = len(owner), len(members)
    both = np.concatenate((rows, group_rows))
    return _Evidence(
        np.concatenate((owner, members)),
        related.target[both],
        np.concatenate(
            (related.provenance[rows], np.full(given, PROVENANCES.index(Provenance.GROUP), np.uint8))
        ),
        np.minimum(related.necessity[both], NECESSITIES.index(Necessity.RELATED)),
        np.concatenate((related.rank[rows], np.zeros(given, np.int32))),
        np.concatenate((np.full(own, -1, np.int32), via)),
        np.concatenate((np.full(own, _DIRECT, np.uint8), np.full(given, _BY_GROUP, np.uint8))),
    )


def _rarity(count: int, groups: int, skills_of_groups: NDArray[np.int64]) -> NDArray[np.float64]:
    having = np.maximum(np.bincount(skills_of_groups, minlength=count), 1)
    rarity: NDArray[np.float64] = 1 - np.log(having) / np.log(max(groups, 2))
    return rarity


class _Support(NamedTuple):
    """Support by (group, skill): sorted keys and their shares."""

    keys: NDArray[np.int64]
    shares: NDArray[np.float64]
    concepts: int

    def of(self, group: NDArray[Any], skill: NDArray[Any]) -> NDArray[np.float64]:
        """The support of skills in groups, 0 where no occupation of the group has the skill."""
        wanted = group.astype(np.int64) * self.concepts + skill
        if not len(self.keys):
            return np.zeros(len(wanted))
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.shares[at], 0.0)


def _support(count: int, occupations: range, evidence: _Evidence, group_of: Ints) -> _Support:
    own = evidence.pattern == _DIRECT
    pairs = distinct(evidence.occupation[own].astype(np.int64) * count + evidence.skill[own])
    occupation, skill = pairs // max(count, 1), pairs % max(count, 1)
    group = group_of[occupation - occupations.start].astype(np.int64)
    keys, having = np.unique(group * count + skill, return_counts=True)
    # Shifted by one, for those without a group (-1) stand in the first place.
    with_skills = np.bincount(group_of[distinct(occupation) - occupations.start] + 1, minlength=count + 1)
    return _Support(keys, having / with_skills[keys // max(count, 1) + 1], count)


def _strengths(evidence: _Evidence, support: _Support) -> NDArray[np.float64]:
    trust = np.array([TRUST[value] for value in PROVENANCES])[evidence.provenance]
    need = np.array([NEED[value] for value in NECESSITIES])[evidence.necessity]
    place = np.where(evidence.rank > 0, 20 / (19.0 + np.maximum(evidence.rank, 1)), 1.0)
    by_group = evidence.pattern == _BY_GROUP
    place[by_group] = 0.4 + 0.6 * support.of(evidence.via[by_group], evidence.skill[by_group])
    strengths: NDArray[np.float64] = trust * need * place
    return strengths


def _edges(count: int, evidence: _Evidence, rarity: NDArray[np.float64], support: _Support) -> Arrays:
    # Strongest evidence first within an edge: it is what a reader is shown.
    pair = evidence.occupation.astype(np.int64) * count + evidence.skill
    kind = evidence.provenance.astype(np.int64) * NONE + evidence.necessity
    order = np.lexsort((kind << 32 | evidence.rank, pair))
    evidence, pair = _Evidence._make(values[order] for values in evidence), pair[order]
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    skill, occupation = evidence.skill[first], evidence.occupation[first]
    doubt = np.multiply.reduceat(1 - _strengths(evidence, support), first)
    weight = ((1 - doubt) * (0.6 + 0.4 * rarity[skill])).astype(np.float32)
    by_weight = np.lexsort((skill, -weight, occupation))
    # The evidence follows its edges into their new order.
    lengths = np.diff(first, append=len(pair))[by_weight]
    moved = stretches(first[by_weight], lengths)
    edges = {
        "start": pointers(occupation, count),
        "occupation": occupation[by_weight],
        "skill": skill[by_weight],
        "provenance": evidence.provenance[first][by_weight],
        "necessity": np.minimum.reduceat(evidence.necessity, first)[by_weight],
        "weight": weight[by_weight],
        "evidence": starts(lengths),
        **{f"evidence/{name}": getattr(evidence, name)[moved] for name in _EVIDENCE_COLUMNS},
    }
    return edges | _by_skill(count, edges)


def _by_skill(count: int, edges: Arrays) -> Arrays:
    order = np.lexsort((edges["occupation"], -edges["weight"], edges["skill"]))
    return {"by_skill/start": pointers(edges["skill"], count), "by_skill/edge": order.astype(np.int32)}


def _group_skills(count: int, said: _Pairs, support: _Support, rarity: NDArray[np.float64]) -> Arrays:
    order = np.lexsort((said.skill, -rarity[said.skill], -support.of(*said), said.group))
    return {
        "of_group/start": pointers(said.group.astype(np.int32), count),
        "of_group/skill": said.skill[order].astype(np.int32),
    }
