"""Join what the sources say into one set of concepts and relations.

Sources come most trusted first: the first to define a concept decides that it exists and what kind it
is, the first to name or explain it is believed, and what later ones add is kept or is a finding.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from itertools import repeat
from typing import Final, NamedTuple, TypeVar

from taxonomy.checks import remark
from taxonomy.ingest.aliases import unite_aliases
from taxonomy.ingest.facts import Facts, row_text
from taxonomy.ingest.merge_observations import ByCode, merge_observations
from taxonomy.ingest.merge_relations import RelationMerger, matches_by_code
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
    Note,
    Provenance,
)
from taxonomy.model.finding import Finding
from taxonomy.model.ids import ConceptId
from taxonomy.model.observation import Observation
from taxonomy.model.relation import Relation, RelationKind

_SHORTEST_SENTENCE = 60
_SSYK_LEVEL_3 = SSYK_LEVELS[2]

_NATIVE: Final = repeat(Provenance.NATIVE)
_as_label: Final[Callable[[Iterable[object]], Label]] = partial(tuple.__new__, Label)
"""`Label._make` without its call: there are more than a hundred thousand."""

_T = TypeVar("_T", Label, Code, Note)


class Merged(NamedTuple):
    """Sorted concepts, relations and observations, and what was remarked while they were joined."""

    concepts: Sequence[Concept]
    relations: Sequence[Relation]
    findings: Sequence[Finding]
    observations: Sequence[Observation]


def merge(sources: Sequence[Facts]) -> Merged:
    """All sources joined, in the order of trust in which they are given."""
    unite_aliases(sources)
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

        @cache
        def by_code() -> ByCode:
            return self._by_code(codes)

        relations = RelationMerger(self._sources, self._kinds, labels, by_code, self._remark).merged()
        _derive_labels_of_only_children(labels, relations.values(), self._kinds)
        replaced = self._replacements()
        notes = self._notes()
        concepts = tuple(
            Concept(
                ConceptId(id_),
                kind,
                _in_order(labels.get(id_, ())),
                _in_order([Code(*code) for code in codes[id_].items()]) if id_ in codes else (),
                definitions.get(id_, ()),
                id_ in replaced,
                replaced.get(id_, ()),
                _in_order(notes.get(id_, ())),
            )
            for id_, kind in sorted(self._kinds.items())
        )
        for facts in self._sources:
            if facts.mapping and facts.mapping.same_code:
                relations.update(matches_by_code(concepts, facts.mapping.same_code, facts.source))
        observations = merge_observations(self._sources, self._kinds, by_code, self._remark)
        self._report_tallies()
        self._report_empty_kinds()
        # The first four fields are unique: no comparison reaches a field that may be None.
        return Merged(concepts, tuple(sorted(relations.values())), tuple(self._findings), observations)

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

    def _by_code(self, codes: dict[str, dict[str, str]]) -> ByCode:
        return {
            (self._kinds[id_], system, value): id_
            for id_, found in codes.items()
            for system, value in found.items()
        }

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
        key = (id_, facts.locale)
        first = names.get(key)
        if first is None:
            names[key] = text
            labels.setdefault(id_, []).append(Label(facts.locale, LabelRole.PREFERRED, text, facts.source))
            return
        have = labels[id_]
        if first != text and all(label.text != text for label in have):
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
        by_code = self._by_code(codes)
        for kind, system, code, label, where in facts.coded_labels:
            id_ = by_code.get((kind, system, code))
            if id_ is None:
                self._remark("TX013", code, f"no {kind} has the {system} {code} ({label})", where)
            else:
                facts.mentions.setdefault(id_, where)
                self._preferred(labels, names, facts, id_, label)

    def _other_labels(
        self, have: list[Label], facts: Facts, id_: str, alternative: Sequence[str], hidden: Sequence[str]
    ) -> None:
        locale = facts.locale
        taken = {label.text for label in have if label.locale is locale}
        new = {*alternative, *hidden}
        if taken.isdisjoint(new) and len(new) == len(alternative) + len(hidden):
            for role, texts in ((LabelRole.ALTERNATIVE, alternative), (LabelRole.HIDDEN, hidden)):
                columns = zip(repeat(locale), repeat(role), texts, repeat(facts.source), _NATIVE)
                have.extend(map(_as_label, columns))
            return
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
                    # A row about an unknown concept was remarked on as a whole.
                    if facts.mentions.get(id_) != where:
                        message = f"the definition of {id_} belongs to no known concept"
                        self._remark("TX010", id_, message, where)
                elif any(
                    # Lengths first: most texts are far longer than labels.
                    len(label.text) == len(text) and _same(label.text, text, facts)
                    for label in labels.get(id_, ())
                ):
                    message = f"the definition {text!r:.60} repeats the label: taken as none"
                    self._remark("TX201", id_, message, where)
                elif facts.sentences_only and len(text) < _SHORTEST_SENTENCE and "." not in text:
                    message = f"the definition {text!r} is only a label: taken as none"
                    self._remark("TX203", id_, message, where)
                elif all(known.locale is not facts.locale for known in definitions.get(id_, ())):
                    new = Definition(facts.locale, text, quoted or facts.source)
                    definitions[id_] = tuple(sorted((*definitions.get(id_, ()), new)))
        return definitions

    def _notes(self) -> dict[str, list[Note]]:
        """The notes of all sources; of one kind in one language, the more trusted one's."""
        notes: dict[str, list[Note]] = {}
        for facts in self._sources:
            for id_, found in facts.notes.items():
                if id_ in self._kinds:
                    have = notes.setdefault(id_, [])
                    known = {(note.kind, note.locale) for note in have}
                    have.extend(
                        Note(kind, facts.locale, text, facts.source)
                        for kind, text in found
                        if (kind, facts.locale) not in known
                    )
        return notes

    def _report_tallies(self) -> None:
        for facts in self._sources:
            for (code, what), count in sorted(facts.tallies.items()):
                self._remark(code, facts.source, f"{count} {what}", count=count)

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


def _same(one: str, other: str, facts: Facts) -> bool:
    """Equal, but for upper and lower case; a text of a file of sentences has a remark of its own for that."""
    return one == other if facts.sentences_only else one.casefold() == other.casefold()


def _in_order(values: Sequence[_T]) -> tuple[_T, ...]:
    return tuple(sorted(values)) if len(values) > 1 else tuple(values)
