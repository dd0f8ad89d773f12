"""TX4xx: how concepts hang together."""

from collections import Counter
from collections.abc import Iterator

from taxonomy.checks.catalogue import remark
from taxonomy.checks.staged import Staged, preferred
from taxonomy.model.concept import OCCUPATION, SSYK_GROUP
from taxonomy.model.finding import Finding
from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import RelationKind


def broader_cycle(data: Staged) -> Iterator[Finding]:
    """Cycles of `broader`, each told once with all its members, the smallest id first."""
    above: dict[ConceptId, list[ConceptId]] = {}
    for relation in data.relations.get(RelationKind.BROADER, ()):
        above.setdefault(relation.subject, []).append(relation.object)
    done: set[ConceptId] = set()
    for start in sorted(above):
        if start in done:
            continue
        for cycle in _cycles_from(start, above, done):
            first = cycle.index(min(cycle))
            members = cycle[first:] + cycle[:first]
            yield remark("TX401", members[0], "broader goes round: " + " > ".join([*members, members[0]]))


def _cycles_from(
    start: ConceptId, above: dict[ConceptId, list[ConceptId]], done: set[ConceptId]
) -> Iterator[list[ConceptId]]:
    """Cycles met in a depth-first walk; every concept is entered once, so each is met once."""
    path: list[ConceptId] = [start]
    open_: dict[ConceptId, int] = {start: 0}
    waiting = [iter(above.get(start, ()))]
    while waiting:
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
            finished = path.pop()
            del open_[finished]
            done.add(finished)
        elif step in open_:
            yield path[open_[step] :]
        elif step not in done:
            open_[step] = len(path)
            path.append(step)
            waiting.append(iter(above.get(step, ())))


def _groups_per_occupation(data: Staged) -> Counter[ConceptId]:
    kinds = data.concepts
    return Counter(
        relation.subject
        for relation in data.relations.get(RelationKind.BROADER, ())
        if kinds[relation.subject].kind == OCCUPATION and kinds[relation.object].kind == SSYK_GROUP
    )


def occupation_without_one_group(data: Staged) -> Iterator[Finding]:
    """Active occupations with no SSYK group or with several, where any occupation has one at all."""
    groups = _groups_per_occupation(data)
    if not groups:
        return
    for concept in data.concepts.values():
        if concept.kind == OCCUPATION and not concept.deprecated and groups[concept.id] != 1:
            message = f"{preferred(concept)!r} is in {groups[concept.id]} SSYK groups, not in one"
            yield remark("TX402", concept.id, message)


def no_groups_at_all(data: Staged) -> Iterator[Finding]:
    """A source without relations, told once: version 1 of the JobTech taxonomy is one."""
    occupations = sum(concept.kind == OCCUPATION for concept in data.concepts.values())
    if occupations and not _groups_per_occupation(data):
        message = f"none of {occupations} occupations has an SSYK group: these sources have no such relations"
        yield remark("TX408", OCCUPATION, message, count=occupations)


def deprecated_without_replacement(data: Staged) -> Iterator[Finding]:
    """Deprecated concepts that do not say what took their place."""
    for concept in data.concepts.values():
        if concept.deprecated and not concept.replaced_by:
            message = f"{concept.kind} {preferred(concept)!r} is deprecated and not replaced"
            yield remark("TX403", concept.id, message)


def bad_replacement(data: Staged) -> Iterator[Finding]:
    """Replacements that are deprecated themselves; unknown ones are dropped before, with this code."""
    for concept in data.concepts.values():
        for other in concept.replaced_by:
            if data.concepts[other].deprecated:
                yield remark("TX404", concept.id, f"{preferred(concept)!r} is replaced by deprecated {other}")


def odd_substitutability(data: Staged) -> Iterator[Finding]:
    """Levels of substitutability other than the publisher's two."""
    for relation in data.relations.get(RelationKind.SUBSTITUTES, ()):
        if relation.level not in (25, 75):
            message = f"{relation.subject} substitutes {relation.object} at {relation.level}, not at 25 or 75"
            yield remark("TX406", relation.subject, message)
