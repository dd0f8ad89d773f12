"""What differs between two contents: what a store has to write when it keeps what stays."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from taxonomy.model.concept import Concept
from taxonomy.model.relation import Relation

_T = TypeVar("_T")


class Changes(NamedTuple):
    """Concepts and relations of the new content that the old one has otherwise, or not at all; and back.

    `changed` is old and new of the same id, or of the same (kind, subject, object, provenance).
    """

    new_concepts: list[Concept]
    changed_concepts: list[tuple[Concept, Concept]]
    gone_concepts: list[Concept]
    new_relations: list[Relation]
    changed_relations: list[tuple[Relation, Relation]]
    gone_relations: list[Relation]

    @property
    def relations_touched(self) -> int:
        """How many relations differ; one that takes the place of another counts once."""
        return max(len(self.new_relations), len(self.gone_relations)) + len(self.changed_relations)


def changes(
    old: tuple[Iterable[Concept], Iterable[Relation]], new: tuple[Sequence[Concept], Sequence[Relation]]
) -> Changes:
    """What makes the new concepts and relations of the old ones."""
    concepts = _compared({c.id: c for c in old[0]}, {c.id: c for c in new[0]})
    relations = _compared({r[:4]: r for r in old[1]}, {r[:4]: r for r in new[1]})
    return Changes(*concepts, *relations)


def _compared(old: dict[object, _T], new: dict[object, _T]) -> tuple[list[_T], list[tuple[_T, _T]], list[_T]]:
    added = [value for key, value in new.items() if key not in old]
    gone = [value for key, value in old.items() if key not in new]
    changed = [(was, value) for key, value in new.items() if (was := old.get(key)) not in (None, value)]
    return added, [(was, now) for was, now in changed if was is not None], gone
