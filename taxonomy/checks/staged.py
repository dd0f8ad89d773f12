"""The rows that checks look at."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from taxonomy.model.concept import Concept, LabelRole
from taxonomy.model.ids import ConceptId
from taxonomy.model.observation import Observation
from taxonomy.model.relation import Relation, RelationKind


class Staged(NamedTuple):
    """A release before it is stored: concepts by id, relations by kind, observations sorted by their keys."""

    concepts: Mapping[ConceptId, Concept]
    relations: Mapping[RelationKind, Sequence[Relation]]
    observations: Sequence[Observation] = ()


def staged(
    concepts: Sequence[Concept], relations: Sequence[Relation], observations: Sequence[Observation] = ()
) -> Staged:
    """Concepts, relations and observations, arranged for the checks."""
    by_kind: dict[RelationKind, list[Relation]] = {}
    for relation in relations:
        by_kind.setdefault(relation.kind, []).append(relation)
    return Staged({concept.id: concept for concept in concepts}, by_kind, observations)


def preferred(concept: Concept) -> str:
    """Some preferred label of a concept, or its id if it has none: for messages."""
    return next((label.text for label in concept.labels if label.role is LabelRole.PREFERRED), concept.id)
