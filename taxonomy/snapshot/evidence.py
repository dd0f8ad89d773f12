"""Evidence: by which paths an occupation has which skills, before anything is weighed.

A source says it of the occupation itself, of its SSYK group, or of an ESCO occupation that a mapping leads
to. An ESCO skill stays an ESCO skill, unless exactly one active Swedish skill is its exact match: then the
path goes on to that one. Evidence over mappings is weaker by the kind of match (`model.mapping`), and never
of a stronger provenance than `MAPPING` or than the mappings that it goes over.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import (
    ESCO_OCCUPATION,
    ESCO_SKILL,
    OCCUPATION,
    SKILL,
    SSYK_GROUP,
    Kind,
    Provenance,
)
from taxonomy.model.mapping import MATCHES, Composition, Worth, seen_from
from taxonomy.model.relation import SKILL_RELATIONS, Direction, Necessity, RelationKind
from taxonomy.snapshot.arrays import NONE, Adjacency, Ints, Small, distinct, stretches

PROVENANCES: Final = tuple(Provenance)
NECESSITIES: Final = tuple(Necessity)

Step = tuple[RelationKind, Direction]
Pattern = tuple[Step, ...]
Numbers = NDArray[np.int64]

_OUT, _IN = Direction.OUT, Direction.IN
_SAID: Final[Pattern] = tuple((kind, _OUT) for kind in SKILL_RELATIONS)
_LINKS: Final[Pattern] = tuple(
    (kind, direction)
    for seen in MATCHES
    for direction in Direction
    for kind in MATCHES
    if seen_from(kind, direction) is seen
)
_TWINS: Final[tuple[Pattern, ...]] = (
    (),
    ((RelationKind.EXACT_MATCH, _OUT),),
    ((RelationKind.EXACT_MATCH, _IN),),
)

PATTERNS: Final[tuple[Pattern, ...]] = (
    *((said,) for said in _SAID),
    *(((RelationKind.BROADER, _OUT), said) for said in _SAID),
    *((link, said, *twin) for link in _LINKS for said in _SAID for twin in _TWINS),
)
"""The paths that evidence takes from an occupation to a skill: relations, and how they are walked."""

OWN: Final = range(len(_SAID))
BY_GROUP: Final = range(OWN.stop, OWN.stop + len(_SAID))
OVER_ESCO: Final = range(BY_GROUP.stop, len(PATTERNS))
"""The patterns of what is said of the occupation itself, of its SSYK group, of ESCO occupations."""

UNSAID: Final = {
    RelationKind.RELATED_SKILL: Necessity.RELATED,
    RelationKind.ESSENTIAL_SKILL: Necessity.ESSENTIAL,
    RelationKind.OPTIONAL_SKILL: Necessity.OPTIONAL,
}
"""What each of `SKILL_RELATIONS` says where the relation has no necessity of its own."""

_MAPPING, _GROUP = (PROVENANCES.index(value) for value in (Provenance.MAPPING, Provenance.GROUP))
_OPTIONAL: Final = NECESSITIES.index(Necessity.OPTIONAL)


class Graph(NamedTuple):
    """What evidence is found in: `numbers` gives the concepts of a kind, `edges` a relation's adjacency."""

    numbers: Callable[[Kind], range]
    edges: Callable[[RelationKind, Direction], Adjacency]
    deprecated: Small


class Evidence(NamedTuple):
    """One row per reason why an occupation has a skill.

    `rank`: 0 for none. `via`: the SSYK group or the ESCO occupation on the path, -1 for none. `via_skill`:
    the ESCO skill that a Swedish one stands for, -1 for none. `worth`: what mappings leave of its strength.
    """

    occupation: Ints
    skill: Ints
    provenance: Small
    necessity: Small
    rank: Ints
    via: Ints
    via_skill: Ints
    pattern: Small
    worth: NDArray[np.float64]

    def having(self, patterns: range) -> NDArray[np.bool_]:
        """Which rows have one of these patterns."""
        found: NDArray[np.bool_] = (self.pattern >= patterns.start) & (self.pattern < patterns.stop)
        return found


class Said(NamedTuple):
    """What is said of the skills of some concepts: `place` is which of these, `kind` by which relation."""

    place: Numbers
    skill: Ints
    provenance: Small
    necessity: Small
    rank: Ints
    kind: Small


class Twins(NamedTuple):
    """By concept: the Swedish skill that stands for an ESCO skill (else itself), and by which of `_TWINS`."""

    skill: Ints
    code: Small
    provenance: Small


def skills_said_of(graph: Graph, concepts: Ints) -> Said:
    """All skills that are said of these concepts, by any of `SKILL_RELATIONS`."""
    return Said._make(
        _joined(column)
        for column in zip(
            *(_said(graph, code, concepts) for code in range(len(SKILL_RELATIONS))), strict=True
        )
    )


def evidence_of(graph: Graph, group_of: Ints, twins: Twins, composition: Composition) -> Evidence:
    """All evidence of all occupations, in no order; groups as `groups_of`, twins as `twins_of` gives them."""
    parts = (_own(graph), _by_group(graph, group_of), _over_esco(graph, twins, composition))
    return Evidence._make(_joined(column) for column in zip(*parts, strict=True))


def groups_of(graph: Graph) -> Ints:
    """The (first) SSYK group of each occupation, -1 for none: a deprecated occupation."""
    occupations, groups = graph.numbers(OCCUPATION), graph.numbers(SSYK_GROUP)
    broader = graph.edges(RelationKind.BROADER, _OUT)
    owner, rows = broader.rows_of_many(numbers_in(occupations))
    above = broader.target[rows]
    in_groups = _is_in(above, groups)
    found = np.full(len(occupations), -1, np.int32)
    # Written from the end, so that the first remains.
    found[owner[in_groups][::-1] - occupations.start] = above[in_groups][::-1]
    return found


def twins_of(graph: Graph) -> Twins:
    """For each ESCO skill the one active Swedish skill that is its exact match, if exactly one is."""
    count = len(graph.deprecated)
    steps = tuple(step for twin in _TWINS for step in twin)
    found = _links(graph, graph.numbers(ESCO_SKILL), graph.numbers(SKILL), steps)
    active = graph.deprecated[found.other] == 0
    found = _Links._make(column[active] for column in found)
    pairs = distinct(found.own.astype(np.int64) * max(count, 1) + found.other)
    only = np.bincount(pairs // max(count, 1), minlength=count) == 1
    found = _Links._make(column[only[found.own]] for column in found)
    twins = Twins(np.arange(count, dtype=np.int32), np.zeros(count, np.uint8), np.zeros(count, np.uint8))
    # Written from the end, so that of several statements of one pair the first remains.
    own = found.own[::-1]
    twins.skill[own] = found.other[::-1]
    twins.code[own] = found.code[::-1] + 1
    twins.provenance[own] = found.provenance[::-1]
    return twins


def numbers_in(concepts: range) -> Ints:
    """The numbers of a range of concepts as an array."""
    return np.arange(concepts.start, concepts.stop, dtype=np.int32)


def _said(graph: Graph, code: int, concepts: Ints) -> Said:
    edges = graph.edges(SKILL_RELATIONS[code], _OUT)
    first = edges.start[concepts]
    lengths = edges.start[concepts + 1] - first
    rows = stretches(first, lengths)
    necessity = edges.necessity[rows]
    necessity[necessity == NONE] = NECESSITIES.index(UNSAID[SKILL_RELATIONS[code]])
    return Said(
        np.repeat(np.arange(len(concepts)), lengths),
        edges.target[rows],
        edges.provenance[rows],
        necessity,
        edges.rank[rows],
        np.full(len(rows), code, np.uint8),
    )


def _own(graph: Graph) -> Evidence:
    occupations = numbers_in(graph.numbers(OCCUPATION))
    said = skills_said_of(graph, occupations)
    nothing = np.full(len(said.place), -1, np.int32)
    whole = np.ones(len(said.place))
    pattern = said.kind + np.uint8(OWN.start)
    return Evidence(occupations[said.place], *said[1:5], nothing, nothing, pattern, whole)


def _by_group(graph: Graph, group_of: Ints) -> Evidence:
    members = numbers_in(graph.numbers(OCCUPATION))[group_of >= 0]
    groups = group_of[group_of >= 0]
    said = skills_said_of(graph, groups)
    count = len(said.place)
    return Evidence(
        members[said.place],
        said.skill,
        np.full(count, _GROUP, np.uint8),
        said.necessity,
        np.zeros(count, np.int32),
        groups[said.place],
        np.full(count, -1, np.int32),
        said.kind + np.uint8(BY_GROUP.start),
        np.ones(count),
    )


class _Links(NamedTuple):
    """Mappings from some concepts to others; `code` is the place of the step among those looked for."""

    own: Ints
    other: Ints
    provenance: Small
    code: Small


def _over_esco(graph: Graph, twins: Twins, composition: Composition) -> Evidence:
    links = _links(graph, graph.numbers(OCCUPATION), graph.numbers(ESCO_OCCUPATION), _LINKS)
    said = skills_said_of(graph, links.other)
    code, twin = links.code[said.place].astype(np.int64), twins.code[said.skill]
    pattern = (code * len(_SAID) + said.kind) * len(_TWINS) + twin + OVER_ESCO.start
    factor, essential = _weakening(composition)
    found = Evidence(
        links.own[said.place],
        twins.skill[said.skill],
        _weakest(links.provenance[said.place], twins.provenance[said.skill]),
        np.where(essential[pattern], said.necessity, np.maximum(said.necessity, _OPTIONAL)).astype(np.uint8),
        np.zeros(len(pattern), np.int32),
        links.other[said.place],
        np.where(twin > 0, said.skill, -1).astype(np.int32),
        pattern.astype(np.uint8),
        factor[pattern] * _shares(links, composition)[said.place],
    )
    return Evidence._make(column[found.worth > 0] for column in found)


def _links(graph: Graph, own: range, other: range, steps: Pattern) -> _Links:
    """The mappings from concepts of one range to concepts of another by these steps."""
    parts = []
    for code, step in enumerate(steps):
        edges = graph.edges(*step)
        owner, rows = edges.rows_of_many(numbers_in(own))
        rows, owner = rows[(there := _is_in(edges.target[rows], other))], owner[there]
        found = _Links(owner, edges.target[rows], edges.provenance[rows], np.full(len(rows), code, np.uint8))
        parts.append(found)
    return _Links._make(_joined(column) for column in zip(*parts, strict=True))


def _weakest(*provenances: Small) -> Small:
    """The weakest provenance on each path, and never a stronger one than `MAPPING`."""
    found: Small = np.maximum(np.maximum.reduce(provenances), np.uint8(_MAPPING))
    return found


def _weakening(composition: Composition) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Of each pattern: the factor of its match, 0 where it is no evidence; whether it may be essential."""
    factor, essential = np.ones(len(PATTERNS)), np.ones(len(PATTERNS), np.bool_)
    for code, pattern in enumerate(PATTERNS):
        matches = [seen_from(*step) for step in pattern if step[0] in MATCHES]
        if matches:
            worth = _worth(composition, composition.along(matches))
            factor[code], essential[code] = worth.factor, worth.essential
    return factor, essential


def _worth(composition: Composition, match: RelationKind | None) -> Worth:
    nothing = Worth(0.0, essential=False, shared=False)
    return composition.worth.get(match, nothing) if match else nothing


def _shares(links: _Links, composition: Composition) -> NDArray[np.float64]:
    """What is left of each mapping where an occupation has several of a kind that share: 1 / their number."""
    seen = np.array([MATCHES.index(seen_from(*step)) for step in _LINKS])[links.code]
    keys = links.own.astype(np.int64) * len(MATCHES) + seen
    others = int(links.other.max(initial=0)) + 1
    pairs = distinct(keys * others + links.other) // others
    number = np.bincount(pairs)[keys] if len(keys) else np.ones(0)
    shared = np.array([_worth(composition, match).shared for match in MATCHES], np.bool_)[seen]
    return np.where(shared, 1 / number, 1.0)


def _is_in(numbers: Ints, concepts: range) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (numbers >= concepts.start) & (numbers < concepts.stop)
    return found


def _joined(parts: Any) -> NDArray[Any]:
    found: NDArray[Any] = np.concatenate(parts)
    return found
