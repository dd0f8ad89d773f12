"""Effective skills: which skills an occupation has, by which evidence, how strongly.

One edge per occupation and skill, with all its evidence (`snapshot.evidence` finds it). The **weight** of an
edge, in 0..1:

    weight   = (1 - product over evidence of (1 - strength)) * (0.6 + 0.4 * rarity)
    strength = trust(provenance) * need(necessity) * place
    place    = 20 / (19 + rank)                   for ranked evidence: 1 for the first, 1/2 for the 21st
             = 0.4 + 0.6 * support                for evidence by the SSYK group
             = factor(match) * share              for evidence over an ESCO occupation
             = 1                                  otherwise
    support  = the share of the group's occupations with skills of their own that have this one among them
    share    = 1 / number of the occupation's ESCO occupations by that kind of match, if these share; else 1
    rarity   = 1 - log(groups with the skill) / log(all groups), 1 for a skill of no group;
               of an ESCO skill the same with ESCO occupations for groups

Several pieces of evidence add up as independent ones (noisy or). Evidence without a necessity counts as
`RELATED`. Group is the occupation's SSYK group; one without a group has its own skills only. A skill
of many groups (Budgetansvar) says less of an occupation than one of few. Factors and who shares stand in
`esco_mappings/composition.toml`. The constants are judgements, not fitted: the matching service fits its
own weights.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import ESCO_OCCUPATION, ESCO_SKILL, OCCUPATION, SSYK_GROUP, Provenance
from taxonomy.model.mapping import Composition
from taxonomy.model.relation import Necessity
from taxonomy.snapshot.arrays import NONE, Arrays, Ints, distinct, pointers, starts, stretches
from taxonomy.snapshot.evidence import (
    BY_GROUP,
    NECESSITIES,
    OWN,
    PATTERNS,
    PROVENANCES,
    Evidence,
    Graph,
    evidence_of,
    groups_of,
    numbers_in,
    skills_said_of,
    twins_of,
)

__all__ = ["NECESSITIES", "NEED", "PATTERNS", "PROVENANCES", "TRUST", "effective_skills"]

TRUST: Final = {
    Provenance.NATIVE: 0.9,
    Provenance.CALCULATED: 0.6,
    Provenance.MAPPING: 0.5,
    Provenance.GROUP: 0.3,
    Provenance.DERIVED: 0.2,
}
NEED: Final = {Necessity.ESSENTIAL: 1.0, Necessity.OPTIONAL: 0.5, Necessity.RELATED: 0.8}

_EVIDENCE_COLUMNS: Final = ("provenance", "necessity", "rank", "via", "via_skill", "pattern")


def effective_skills(graph: Graph, composition: Composition) -> Arrays:
    """The arrays of the relation, sorted by occupation, falling weight and skill.

    Edges: `start` (per concept), `skill`, `provenance`, `necessity`, `weight`, `evidence` (where an edge's
    evidence begins; within an edge by provenance, necessity, rank, pattern, via, via_skill). Evidence:
    `provenance`, `necessity`, `rank` (0: none), `via` and `via_skill` (-1: none), `pattern`. From the skill:
    `by_skill/start`, `by_skill/edge`, by falling weight. `occupation` is the owner of each edge. Of a group:
    `of_group/start`, `of_group/skill`, by falling support, then rarity. `stands_for` (per concept): the
    Swedish skill that stands for an ESCO skill, else the concept itself.
    """
    count, groups = len(graph.deprecated), graph.numbers(SSYK_GROUP)
    group_of, twins = groups_of(graph), twins_of(graph)
    evidence = evidence_of(graph, group_of, twins, composition)
    said_of_groups = _pairs(graph, groups)
    rarity = _rarity(count, len(groups), said_of_groups.skill)
    _rate_esco_skills(graph, rarity)
    support = _support(count, graph.numbers(OCCUPATION), evidence, group_of)
    return {
        "stands_for": twins.skill,
        **_edges(count, evidence, rarity, support),
        **_group_skills(count, said_of_groups, support, rarity),
    }


class _Pairs(NamedTuple):
    """Concepts and their skills, each pair once, sorted."""

    owner: NDArray[np.int64]
    skill: NDArray[np.int64]


def _pairs(graph: Graph, owners: range) -> _Pairs:
    count = max(len(graph.deprecated), 1)
    numbers = numbers_in(owners)
    said = skills_said_of(graph, numbers)
    pairs = distinct(numbers[said.place].astype(np.int64) * count + said.skill)
    return _Pairs(pairs // count, pairs % count)


def _rarity(count: int, owners: int, skills: NDArray[np.int64]) -> NDArray[np.float64]:
    having = np.maximum(np.bincount(skills, minlength=count), 1)
    rarity: NDArray[np.float64] = 1 - np.log(having) / np.log(max(owners, 2))
    return rarity


def _rate_esco_skills(graph: Graph, rarity: NDArray[np.float64]) -> None:
    """Let the rarity of ESCO skills be that among ESCO occupations."""
    owners, skills = graph.numbers(ESCO_OCCUPATION), graph.numbers(ESCO_SKILL)
    among_esco = _rarity(len(rarity), len(owners), _pairs(graph, owners).skill)
    rarity[skills.start : skills.stop] = among_esco[skills.start : skills.stop]


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


def _support(count: int, occupations: range, evidence: Evidence, group_of: Ints) -> _Support:
    own = evidence.having(OWN)
    pairs = distinct(evidence.occupation[own].astype(np.int64) * count + evidence.skill[own])
    occupation, skill = pairs // max(count, 1), pairs % max(count, 1)
    group = group_of[occupation - occupations.start].astype(np.int64)
    keys, having = np.unique(group * count + skill, return_counts=True)
    # Shifted by one, for those without a group (-1) stand in the first place.
    with_skills = np.bincount(group_of[distinct(occupation) - occupations.start] + 1, minlength=count + 1)
    return _Support(keys, having / with_skills[keys // max(count, 1) + 1], count)


def _strengths(evidence: Evidence, support: _Support) -> NDArray[np.float64]:
    trust = np.array([TRUST[value] for value in PROVENANCES])[evidence.provenance]
    need = np.array([NEED[value] for value in NECESSITIES])[evidence.necessity]
    place = evidence.worth * np.where(evidence.rank > 0, 20 / (19.0 + np.maximum(evidence.rank, 1)), 1.0)
    by_group = evidence.having(BY_GROUP)
    place[by_group] = 0.4 + 0.6 * support.of(evidence.via[by_group], evidence.skill[by_group])
    strengths: NDArray[np.float64] = trust * need * place
    return strengths


def _strongest_first(count: int, evidence: Evidence) -> tuple[Evidence, NDArray[np.int64]]:
    """The evidence by pair of occupation and skill, in the order in which a reader is shown it; the pairs."""
    pair = evidence.occupation.astype(np.int64) * count + evidence.skill
    kind = evidence.provenance.astype(np.int64) * NONE + evidence.necessity
    path = evidence.pattern.astype(np.int64) << 32 | (evidence.via + 1)
    order = np.lexsort((evidence.via_skill, path, kind << 32 | evidence.rank, pair))
    return Evidence._make(values[order] for values in evidence), pair[order]


def _edges(count: int, evidence: Evidence, rarity: NDArray[np.float64], support: _Support) -> Arrays:
    evidence, pair = _strongest_first(count, evidence)
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
    order = np.lexsort((said.skill, -rarity[said.skill], -support.of(*said), said.owner))
    return {
        "of_group/start": pointers(said.owner.astype(np.int32), count),
        "of_group/skill": said.skill[order].astype(np.int32),
    }
