"""Join what the sources say into one set of concepts and relations.

Sources come most trusted first: the first to define a concept decides that it exists and what kind it
is, the first to name or explain it is believed, and what later ones add is kept or is a finding.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from taxonomy.checks import remark
from taxonomy.ingest.facts import Edge, EdgeKey, Facts, row_text
from taxonomy.model.concept import (
    SSYK_GROUP,
    SSYK_LEVELS,
    Code,
    Concept,
    Definition,
    Kind,
    Label,
    LabelRole,
    Locale,
    Provenance,
)
from taxonomy.model.finding import Finding
from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import Relation, RelationKind

_SHORTEST_SENTENCE = 60
_SSYK_LEVEL_3 = SSYK_LEVELS[2]

_T = TypeVar("_T", Label, Code)


class Merged(NamedTuple):
    """Sorted concepts and relations, and what was remarked while they were joined."""

    concepts: Sequence[Concept]
    relations: Sequence[Relation]
    findings: Sequence[Finding]


def merge(sources: Sequence[Facts]) -> Merged:
    """All sources joined, in the order of trust in which they are given."""
    return _Merger(sources).merged()


class _Merger:
    def __init__(self, sources: Sequence[Facts]) -> None:
        self._sources = sources
        self._findings: list[Finding] = [finding for facts in sources for finding in facts.findings]
        self._kinds: dict[str, Kind] = {}
        for facts in sources:
            for id_ in facts.defined:
                self._kinds.setdefault(id_, facts.kinds[id_])

    def merged(self) -> Merged:
        self._report_strangers()
        codes = self._codes()
        labels = self._labels(codes)
        definitions = self._definitions(labels)
        relations = self._relations(labels)
        _derive_labels_of_only_children(labels, relations.values(), self._kinds)
        replaced = self._replacements()
        concepts = tuple(
            Concept(
                ConceptId(id_),
                kind,
                _in_order(labels.get(id_, ())),
                _in_order([Code(*code) for code in codes[id_].items()]) if id_ in codes else (),
                definitions.get(id_, ()),
                id_ in replaced,
                replaced.get(id_, ()),
            )
            for id_, kind in sorted(self._kinds.items())
        )
        self._report_empty_kinds()
        return Merged(concepts, tuple(relations[key] for key in sorted(relations)), tuple(self._findings))

    def _remark(
        self, code: str, subject: str, message: str, where: tuple[str, int] = ("", 0), count: int = 1
    ) -> None:
        self._findings.append(
            remark(code, subject, message, file=where[0], row=row_text(where[1]), count=count)
        )

    def _report_strangers(self) -> None:
        for facts in self._sources:
            for id_, kind in facts.kinds.items():
                known = self._kinds.get(id_)
                if known is None:
                    label = facts.preferred.get(id_, id_)
                    message = f"{kind} {label!r} is not among the concepts of this release"
                    self._remark("TX010", id_, message, facts.mentions[id_])
                elif known != kind:
                    self._remark(
                        "TX015", id_, f"{id_} is a {kind} here and a {known} elsewhere", facts.mentions[id_]
                    )

    def _codes(self) -> dict[str, dict[str, str]]:
        codes: dict[str, dict[str, str]] = {}
        for facts in self._sources:
            for id_, found in facts.codes.items():
                if id_ in self._kinds:
                    codes.setdefault(id_, {}).update({**found, **codes.get(id_, {})})
        return codes

    def _labels(self, codes: dict[str, dict[str, str]]) -> dict[str, list[Label]]:
        labels: dict[str, list[Label]] = {}
        names: dict[tuple[str, Locale], str] = {}
        for facts in self._sources:
            for id_, text in facts.preferred.items():
                if id_ in self._kinds:
                    self._preferred(labels, names, facts, id_, text)
            self._coded_labels(labels, names, facts, codes)
        for facts in self._sources:
            for id_, (alternative, hidden) in facts.other_labels.items():
                if id_ in self._kinds:
                    self._other_labels(labels.setdefault(id_, []), facts, id_, alternative, hidden)
        return labels

    def _preferred(
        self,
        labels: dict[str, list[Label]],
        names: dict[tuple[str, Locale], str],
        facts: Facts,
        id_: str,
        text: str,
    ) -> None:
        first = names.setdefault((id_, facts.locale), text)
        have = labels.setdefault(id_, [])
        if all(label.locale is not facts.locale for label in have):
            have.append(Label(facts.locale, LabelRole.PREFERRED, text, facts.source))
        elif first != text and all(label.text != text for label in have):
            # A former name leads people to the concept; SKOS has hidden labels for just that.
            have.append(Label(facts.locale, LabelRole.HIDDEN, text, facts.source))
            self._remark("TX016", id_, f"{first!r} is called {text!r} in {facts.source}", facts.mentions[id_])

    def _coded_labels(
        self,
        labels: dict[str, list[Label]],
        names: dict[tuple[str, Locale], str],
        facts: Facts,
        codes: dict[str, dict[str, str]],
    ) -> None:
        if not facts.coded_labels:
            return
        by_code = {
            (self._kinds[id_], system, value): id_
            for id_, found in codes.items()
            for system, value in found.items()
        }
        for kind, system, code, label, where in facts.coded_labels:
            id_ = by_code.get((kind, system, code))
            if id_ is None:
                self._remark("TX013", code, f"no {kind} has the {system} {code} ({label})", where)
            else:
                facts.mentions.setdefault(id_, where)
                self._preferred(labels, names, facts, id_, label)

    def _other_labels(
        self, have: list[Label], facts: Facts, id_: str, alternative: Iterable[str], hidden: Iterable[str]
    ) -> None:
        taken = {label.text for label in have if label.locale is facts.locale}
        for role, texts in ((LabelRole.ALTERNATIVE, alternative), (LabelRole.HIDDEN, hidden)):
            for text in texts:
                if text in taken:
                    self._remark(
                        "TX105", id_, f"{role} label {text!r} repeats a stronger one", facts.mentions[id_]
                    )
                else:
                    taken.add(text)
                    have.append(Label(facts.locale, role, text, facts.source))

    def _definitions(self, labels: dict[str, list[Label]]) -> dict[str, tuple[Definition, ...]]:
        definitions: dict[str, tuple[Definition, ...]] = {}
        for facts in self._sources:
            for id_, (text, quoted, where) in facts.definitions.items():
                if id_ not in self._kinds:
                    self._remark("TX010", id_, f"the definition of {id_} belongs to no known concept", where)
                elif any(label.text == text for label in labels.get(id_, ())):
                    message = f"the definition {text!r:.60} repeats the label: taken as none"
                    self._remark("TX201", id_, message, where)
                elif facts.sentences_only and len(text) < _SHORTEST_SENTENCE and "." not in text:
                    message = f"the definition {text!r} is only a label: taken as none"
                    self._remark("TX203", id_, message, where)
                elif id_ not in definitions:
                    definitions[id_] = (Definition(facts.locale, text, quoted or facts.source),)
        return definitions

    def _relations(self, labels: dict[str, list[Label]]) -> dict[EdgeKey, Relation]:
        found: dict[EdgeKey, Relation] = {}
        for facts in self._sources:
            self._own_relations(found, facts)
            if facts.named_edges:
                self._named_relations(found, facts, self._by_label(labels, facts))
        return found

    def _own_relations(self, found: dict[EdgeKey, Relation], facts: Facts) -> None:
        kinds, source = self._kinds, facts.source
        for key, edge in facts.edges.items():
            kind, subject, object_, _ = key
            if subject not in kinds or object_ not in kinds:
                self._report_unknown_end(facts, key, edge)
            elif subject == object_:
                self._remark("TX017", subject, f"{subject} {kind} itself: left out", edge.where)
            elif key not in found:
                # Both ids are keys of `kinds`: they were parsed when their concepts were read.
                row = Relation(*key, source, edge.necessity, edge.level, edge.rank)  # type: ignore[arg-type]
                found[key] = row

    def _report_unknown_end(self, facts: Facts, key: EdgeKey, edge: Edge) -> None:
        kind, subject, object_, _ = key
        unknown = object_ if subject in self._kinds else subject
        # A row about an unknown concept was remarked on as a whole.
        if facts.mentions.get(unknown) != edge.where:
            self._remark("TX011", subject, f"{subject} {kind} {object_}: {unknown} is unknown", edge.where)

    def _by_label(self, labels: dict[str, list[Label]], facts: Facts) -> dict[tuple[Kind, str], list[str]]:
        """The concepts behind a name in the language of a source, of the kinds that it names."""
        wanted = {edge.object_kind for edge in facts.named_edges}
        named: dict[tuple[Kind, str], list[str]] = {}
        for id_, have in labels.items():
            kind = self._kinds[id_]
            if kind in wanted:
                for label in have:
                    if label.role is LabelRole.PREFERRED and label.locale is facts.locale:
                        named.setdefault((kind, label.text), []).append(id_)
        return named

    def _named_relations(
        self, found: dict[EdgeKey, Relation], facts: Facts, by_label: dict[tuple[Kind, str], list[str]]
    ) -> None:
        source = facts.source
        for edge in facts.named_edges:
            kind, subject, object_kind, object_label, provenance, necessity, rank, where = edge
            if subject not in self._kinds:
                continue
            objects = by_label.get((object_kind, object_label))
            if objects is None:
                objects = by_label.get((object_kind, " ".join(object_label.split())), [])
            if len(objects) != 1:
                have = f"{len(objects)} concepts have" if objects else "none has"
                message = f"{subject} {kind} {object_label!r}: of kind {object_kind}, {have} this label"
                self._remark("TX012", subject, message, where)
                continue
            key = (kind, subject, objects[0], provenance)
            if key not in found:
                found[key] = Relation(*key, source, necessity, None, rank)  # type: ignore[arg-type]  # known ids

    def _replacements(self) -> dict[str, tuple[ConceptId, ...]]:
        replaced: dict[str, tuple[ConceptId, ...]] = {}
        for facts in self._sources:
            for id_, others in facts.replaced_by.items():
                if id_ not in self._kinds:
                    continue
                for other in others:
                    if other not in self._kinds:
                        message = f"{id_} is replaced by {other}, which is unknown"
                        self._remark("TX404", id_, message, facts.mentions[id_])
                replaced[id_] = tuple(ConceptId(other) for other in sorted(others) if other in self._kinds)
        return replaced

    def _report_empty_kinds(self) -> None:
        used = set(self._kinds.values())
        for facts in self._sources:
            empty = sorted(facts.declared_kinds - used)
            if empty:
                self._remark(
                    "TX407", facts.source, f"declared without concepts: {', '.join(empty)}", count=len(empty)
                )


def _derive_labels_of_only_children(
    labels: dict[str, list[Label]], relations: Iterable[Relation], kinds: dict[str, Kind]
) -> None:
    """Give an SSYK group that is alone under its parent the parent's English label, marked as derived.

    The taxonomy merges two levels of managers (1211, 1212) into one group (1210), which Statistics Sweden
    does not have: the only group of 121, it means what 121 means.
    """
    children: dict[str, list[str]] = {}
    for relation in relations:
        if relation.kind is RelationKind.BROADER and kinds[relation.object] == _SSYK_LEVEL_3:
            children.setdefault(relation.object, []).append(relation.subject)
    for parent, alone in children.items():
        if len(alone) == 1 and kinds[alone[0]] == SSYK_GROUP and not _english(labels, alone[0]):
            derived = [label._replace(provenance=Provenance.DERIVED) for label in _english(labels, parent)]
            labels.setdefault(alone[0], []).extend(derived)


def _english(labels: dict[str, list[Label]], id_: str) -> list[Label]:
    """The preferred English label of a concept, if it has one."""
    return [
        label
        for label in labels.get(id_, ())
        if label.locale is Locale.EN and label.role is LabelRole.PREFERRED
    ]


def _in_order(values: Sequence[_T]) -> tuple[_T, ...]:
    return tuple(sorted(values)) if len(values) > 1 else tuple(values)
