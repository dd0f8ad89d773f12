"""TX5xx: mappings between classifications."""

from collections import Counter
from collections.abc import Iterator

from taxonomy.checks.catalogue import remark
from taxonomy.checks.staged import Staged, preferred
from taxonomy.model.concept import ESCO_OCCUPATION, ESCO_SKILL, OCCUPATION, SKILL, Kind, Provenance
from taxonomy.model.finding import Finding
from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import MATCH_INVERSES, Relation, RelationKind

_MAPPED_KINDS = (OCCUPATION, SKILL, ESCO_OCCUPATION, ESCO_SKILL)
_COMPATIBLE = frozenset({RelationKind.EXACT_MATCH, RelationKind.CLOSE_MATCH})


def several_exact_matches(data: Staged) -> Iterator[Finding]:
    """Concepts that are said to be the same as several others of one kind: these cannot all be right."""
    exact: dict[tuple[ConceptId, Kind], list[ConceptId]] = {}
    for relation in data.relations.get(RelationKind.EXACT_MATCH, ()):
        for one, other in ((relation.subject, relation.object), (relation.object, relation.subject)):
            exact.setdefault((one, data.concepts[other].kind), []).append(other)
    for (id_, kind), others in exact.items():
        different = sorted(set(others))
        if len(different) > 1:
            called = preferred(data.concepts[id_])
            yield remark(
                "TX501", id_, f"{called!r} is exactly {len(different)} of kind {kind}: {', '.join(different)}"
            )


def contradictory_mappings(data: Staged) -> Iterator[Finding]:
    """Pairs that are mapped in two ways, of which one at most is right; exact and close agree."""
    kinds: dict[tuple[ConceptId, ConceptId], set[RelationKind]] = {}
    for relation in _mappings(data):
        subject, object_, kind = relation.subject, relation.object, relation.kind
        if subject > object_:
            subject, object_, kind = object_, subject, MATCH_INVERSES[kind]
        kinds.setdefault((subject, object_), set()).add(kind)
    for (subject, object_), said in kinds.items():
        if len(said) > 1 and not said <= _COMPATIBLE:
            yield remark("TX502", subject, f"{subject} is {' and '.join(sorted(said))} of {object_}")


def exact_by_way_of_others(data: Staged) -> Iterator[Finding]:
    """Pairs with another match that exact matches lead from one to the other of, over at least one third.

    SKOS takes exact for transitive (S45) and not to go with broad, narrow or related (S46).
    """
    same: dict[ConceptId, ConceptId] = {}
    exact: set[frozenset[ConceptId]] = set()
    for relation in _mappings(data):
        if relation.kind is RelationKind.EXACT_MATCH:
            exact.add(frozenset((relation.subject, relation.object)))
            same[_root(same, relation.subject)] = _root(same, relation.object)
    for kind in (RelationKind.BROAD_MATCH, RelationKind.NARROW_MATCH, RelationKind.RELATED_MATCH):
        for relation in data.relations.get(kind, ()):
            subject, object_ = relation.subject, relation.object
            # What is exact without a third is told by TX502.
            if (
                relation.provenance is not Provenance.DERIVED
                and frozenset((subject, object_)) not in exact
                and _root(same, subject) == _root(same, object_)
            ):
                message = f"{subject} is {kind} of {object_}, and exact matches lead from one to the other"
                yield remark("TX504", subject, message)


def _root(same: dict[ConceptId, ConceptId], id_: ConceptId) -> ConceptId:
    """The concept that stands for all that exact matches join to one."""
    while id_ in same and same[id_] != id_:
        same[id_] = same.get(same[id_], same[id_])
        id_ = same[id_]
    return id_


def unmapped(data: Staged) -> Iterator[Finding]:
    """How many occupations and skills of either side have no mapping, where there are mappings at all."""
    mapped = {end for relation in _mappings(data) for end in (relation.subject, relation.object)}
    if not mapped:
        return
    active = [c for c in data.concepts.values() if c.kind in _MAPPED_KINDS and not c.deprecated]
    totals = Counter(concept.kind for concept in active)
    without = Counter(concept.kind for concept in active if concept.id not in mapped)
    for kind in _MAPPED_KINDS:
        if without[kind]:
            message = f"{without[kind]} of {totals[kind]} {kind} have no mapping"
            yield remark("TX503", kind, message, count=without[kind])


def _mappings(data: Staged) -> Iterator[Relation]:
    """What mapping sets say; a match that a classification itself states is none of these."""
    for kind in MATCH_INVERSES:
        for relation in data.relations.get(kind, ()):
            if relation.provenance is Provenance.MAPPING:
                yield relation
