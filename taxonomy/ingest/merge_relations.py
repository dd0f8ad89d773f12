"""Join the relations of all sources: known ends only, each statement once, corrections applied."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import compress, repeat
from operator import itemgetter
from typing import Final

from taxonomy.checks.codes import main_code
from taxonomy.ingest.facts import Edge, EdgeColumns, EdgeKey, Facts
from taxonomy.ingest.merge_observations import ByCode
from taxonomy.model.concept import Concept, Kind, Label, LabelRole, Provenance
from taxonomy.model.relation import MATCH_INVERSES, Relation, RelationKind

Remark = Callable[[str, str, str, tuple[str, int]], None]
"""Called with code, subject, message and place of a finding."""

_as_relation: Final[Callable[[Iterable[object]], Relation]] = partial(tuple.__new__, Relation)
"""`Relation._make` without its call: there are more than a hundred thousand."""
_KEY: Final = itemgetter(slice(4))


class RelationMerger:
    """Relations by key; of what two sources say, the more trusted one's words are kept."""

    def __init__(
        self,
        sources: Sequence[Facts],
        kinds: Mapping[str, Kind],
        labels: Mapping[str, list[Label]],
        by_code: Callable[[], ByCode],
        tell: Remark,
    ) -> None:
        self._sources = sources
        self._kinds = kinds
        self._labels = labels
        self._by_code = by_code
        self._tell = tell
        self._found: dict[EdgeKey, Relation] = {}

    def merged(self) -> dict[EdgeKey, Relation]:
        """The relations of all sources."""
        self._apply_denials()
        canonical = {id_: id_ for id_ in self._kinds}
        for facts in self._sources:
            for columns in facts.edge_columns:
                self._add_columns(columns, canonical, facts.source)
            self._own_relations(facts)
            if facts.coded_edges:
                self._coded_relations(facts)
            if facts.named_edges:
                self._named_relations(facts, self._by_label(facts))
        return self._found

    def _apply_denials(self) -> None:
        """Take out of the other sources what reviewers say is wrong."""
        for facts in self._sources:
            others = [other for other in self._sources if other is not facts]
            for kind, subject, object_, where in facts.denials:
                removed = [
                    (other.source, key)
                    for other in others
                    for key in _keys_between(subject, object_, kind)
                    if other.edges.pop(key, None)
                ]
                for source, key in removed:
                    message = f"{key[1]} {key[0]} {key[2]} of {source} is removed by {facts.source}"
                    self._tell("TX021", subject, message, where)
                if not removed:
                    self._tell_unused(subject, kind, object_, where)

    def _tell_unused(
        self, subject: str, kind: RelationKind | None, object_: str, where: tuple[str, int]
    ) -> None:
        unknown = next((end for end in (subject, object_) if end not in self._kinds), None)
        if unknown:
            message = f"{subject} not {kind or 'mapped to'} {object_}: {unknown} is unknown"
            self._tell("TX011", subject, message, where)
        else:
            message = f"no other source says {subject} {kind or 'matches'} {object_}: remove this row"
            self._tell("TX022", subject, message, where)

    def _add_columns(self, columns: EdgeColumns, canonical: Mapping[str, str], source: str) -> None:
        # One string for each id, however many rows name it: they are compared by identity from here on.
        subjects = list(map(canonical.get, columns.subjects))
        objects = list(map(canonical.get, columns.objects))
        rows: Iterable[Relation] = map(
            _as_relation,
            zip(
                columns.kinds,
                subjects,
                objects,
                repeat(Provenance.NATIVE),
                repeat(source),
                columns.necessities,
                repeat(None),
                repeat(None),
            ),
        )
        sound = [
            subject is not None and object_ is not None and subject is not object_
            for subject, object_ in zip(subjects, objects, strict=True)
        ]
        if not all(sound):
            self._report_unsound(columns, sound)
            rows = compress(rows, sound)
        rows = list(rows)
        new: dict[EdgeKey, Relation] = dict(zip(map(_KEY, rows), rows, strict=True))
        for key in new.keys() & self._found.keys() if self._found else ():
            del new[key]
        self._found.update(new)

    def _report_unsound(self, columns: EdgeColumns, sound: Sequence[bool]) -> None:
        for index, is_sound in enumerate(sound):
            if not is_sound:
                subject, object_ = columns.subjects[index], columns.objects[index]
                where = (columns.file, index + 2)
                self._report(columns.kinds[index], subject, object_, where)

    def _report(self, kind: RelationKind, subject: str, object_: str, where: tuple[str, int]) -> None:
        if subject == object_:
            self._tell("TX017", subject, f"{subject} {kind} itself: left out", where)
        else:
            unknown = object_ if subject in self._kinds else subject
            self._tell("TX011", subject, f"{subject} {kind} {object_}: {unknown} is unknown", where)

    def _own_relations(self, facts: Facts) -> None:
        kinds, source, found = self._kinds, facts.source, self._found
        for key, edge in facts.edges.items():
            kind, subject, object_, _ = key
            if subject not in kinds or object_ not in kinds:
                self._report_unknown_end(facts, key, edge)
            elif subject == object_:
                self._report(kind, subject, object_, edge.where)
            elif key not in found:
                # Both ids are keys of `kinds`: they were parsed when their concepts were read.
                found[key] = _as_relation((*key, source, edge.necessity, edge.level, edge.rank))

    def _report_unknown_end(self, facts: Facts, key: EdgeKey, edge: Edge) -> None:
        kind, subject, object_, _ = key
        unknown = object_ if subject in self._kinds else subject
        # A row about an unknown concept was remarked on as a whole.
        if facts.mentions.get(unknown) != edge.where:
            self._tell("TX011", subject, f"{subject} {kind} {object_}: {unknown} is unknown", edge.where)

    def _coded_relations(self, facts: Facts) -> None:
        by_code = self._by_code()
        for kind, of, system, subject, object_, rank, where in facts.coded_edges:
            ends = [by_code.get((of, system, code)) for code in (subject, object_)]
            if None in ends:
                unknown = subject if ends[0] is None else object_
                self._tell("TX013", subject, f"no {of} has the code {unknown!r:.60}", where)
            elif ends[0] == ends[1]:
                self._report(kind, subject, object_, where)
            else:
                key = (kind, *ends, Provenance.NATIVE)
                self._found.setdefault(key, _as_relation((*key, facts.source, None, None, rank)))  # type: ignore[arg-type]  # None is not in it

    def _by_label(self, facts: Facts) -> dict[tuple[Kind, str], list[str]]:
        """The concepts behind a name in the language of a source, of the kinds that it names."""
        wanted = {edge.object_kind for edge in facts.named_edges}
        named: dict[tuple[Kind, str], list[str]] = {}
        for id_, have in self._labels.items():
            kind = self._kinds[id_]
            if kind in wanted:
                for label in have:
                    if label.role is LabelRole.PREFERRED and label.locale is facts.locale:
                        named.setdefault((kind, label.text), []).append(id_)
        return named

    def _named_relations(self, facts: Facts, by_label: Mapping[tuple[Kind, str], list[str]]) -> None:
        source, found = facts.source, self._found
        for edge in facts.named_edges:
            kind, subject, object_kind, object_label, provenance, necessity, rank, where, turned = edge
            if subject not in self._kinds:
                continue
            objects = by_label.get((object_kind, object_label))
            if objects is None:
                objects = by_label.get((object_kind, " ".join(object_label.split())), [])
            if len(objects) != 1:
                have = f"{len(objects)} concepts have" if objects else "none has"
                message = f"{subject} {kind} {object_label!r}: of kind {object_kind}, {have} this label"
                self._tell("TX012", subject, message, where)
                continue
            ends = (objects[0], subject) if turned else (subject, objects[0])
            key = (kind, *ends, provenance)
            if key not in found:
                found[key] = Relation(*key, source, necessity, None, rank)  # type: ignore[arg-type]  # known ids


def matches_by_code(
    concepts: Iterable[Concept], kinds: tuple[Kind, Kind], source: str
) -> Iterable[tuple[EdgeKey, Relation]]:
    """An exact match, `DERIVED`, for each two concepts of the two kinds whose main codes are equal.

    A code that two concepts of a kind share proves nothing.
    """
    by_code: tuple[dict[str, list[Concept]], dict[str, list[Concept]]] = ({}, {})
    for concept in concepts:
        for kind, found in zip(kinds, by_code, strict=True):
            code = main_code(concept) if concept.kind == kind and not concept.deprecated else None
            if code is not None:
                found.setdefault(code, []).append(concept)
    for code in by_code[0].keys() & by_code[1].keys():
        ends = [*by_code[0][code], *by_code[1][code]]
        if len(ends) == len(kinds):
            key = (RelationKind.EXACT_MATCH, ends[0].id, ends[1].id, Provenance.DERIVED)
            yield key, Relation(*key, source)


def _keys_between(subject: str, object_: str, kind: RelationKind | None) -> list[EdgeKey]:
    """The keys of the mappings that a denial speaks of, in either direction."""
    return [
        key
        for match in ([kind] if kind else MATCH_INVERSES)
        for key in (
            (match, subject, object_, Provenance.MAPPING),
            (MATCH_INVERSES[match], object_, subject, Provenance.MAPPING),
        )
    ]
