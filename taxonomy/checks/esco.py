"""TX4xx on ESCO: what its concepts are expected to have."""

from collections.abc import Iterator

from taxonomy.checks.catalogue import remark
from taxonomy.checks.staged import Staged, preferred
from taxonomy.model.concept import ESCO_ISCO_LEVELS, ESCO_OCCUPATION, ESCO_SKILL, NoteKind
from taxonomy.model.finding import Finding
from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import RelationKind

_EXPECTED_NOTES = (NoteKind.SKILL_TYPE, NoteKind.REUSE_LEVEL)


def occupation_without_isco_group(data: Staged) -> Iterator[Finding]:
    """ESCO occupations that have no ISCO group of level 4 above them, at any distance."""
    above: dict[ConceptId, list[ConceptId]] = {}
    for relation in data.relations.get(RelationKind.BROADER, ()):
        if data.concepts[relation.subject].kind == ESCO_OCCUPATION:
            above.setdefault(relation.subject, []).append(relation.object)
    for concept in data.concepts.values():
        if (
            concept.kind == ESCO_OCCUPATION
            and not concept.deprecated
            and not _reaches_group(concept.id, above, data)
        ):
            yield remark("TX409", concept.id, f"{preferred(concept)!r} is under no ISCO group")


def _reaches_group(start: ConceptId, above: dict[ConceptId, list[ConceptId]], data: Staged) -> bool:
    seen: set[ConceptId] = set()
    waiting = [start]
    while waiting:
        id_ = waiting.pop()
        if data.concepts[id_].kind == ESCO_ISCO_LEVELS[3]:
            return True
        if id_ not in seen:
            seen.add(id_)
            waiting.extend(above.get(id_, ()))
    return False


def skill_without_type(data: Staged) -> Iterator[Finding]:
    """ESCO skills of which it is not said whether they are knowledge, or how widely they are used."""
    for concept in data.concepts.values():
        if concept.kind == ESCO_SKILL and not concept.deprecated:
            have = {note.kind for note in concept.notes}
            missing = [kind for kind in _EXPECTED_NOTES if kind not in have]
            if missing:
                yield remark("TX410", concept.id, f"{preferred(concept)!r} has no {' and no '.join(missing)}")
