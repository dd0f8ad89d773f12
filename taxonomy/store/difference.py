"""What differs between two contents: what a store has to write when it keeps what stays."""

from typing import NamedTuple, TypeVar

from taxonomy.model.concept import Concept
from taxonomy.model.observation import Observation
from taxonomy.model.relation import Relation
from taxonomy.model.release import Content

_T = TypeVar("_T")


class Changes(NamedTuple):
    """What of the new content the old one has otherwise, or not at all; and back.

    `changed` is old and new of the same id, or of the same (kind, subject, object, provenance). An
    observation that differs is a new one, and the old one is gone.
    """

    new_concepts: list[Concept]
    changed_concepts: list[tuple[Concept, Concept]]
    gone_concepts: list[Concept]
    new_relations: list[Relation]
    changed_relations: list[tuple[Relation, Relation]]
    gone_relations: list[Relation]
    new_observations: list[Observation]
    gone_observations: list[Observation]

    @property
    def relations_touched(self) -> int:
        """How many relations differ; one that takes the place of another counts once."""
        return max(len(self.new_relations), len(self.gone_relations)) + len(self.changed_relations)


def changes(old: Content, new: Content) -> Changes:
    """What makes the new content of the old one."""
    concepts = _compared({c.id: c for c in old.concepts}, {c.id: c for c in new.concepts})
    relations = _compared({r[:4]: r for r in old.relations}, {r[:4]: r for r in new.relations})
    before, after = set(old.observations), set(new.observations)
    added = [row for row in new.observations if row not in before]
    gone = [row for row in old.observations if row not in after]
    return Changes(*concepts, *relations, added, gone)


def _compared(old: dict[object, _T], new: dict[object, _T]) -> tuple[list[_T], list[tuple[_T, _T]], list[_T]]:
    added = [value for key, value in new.items() if key not in old]
    gone = [value for key, value in old.items() if key not in new]
    changed = [(was, value) for key, value in new.items() if (was := old.get(key)) not in (None, value)]
    return added, [(was, now) for was, now in changed if was is not None], gone
