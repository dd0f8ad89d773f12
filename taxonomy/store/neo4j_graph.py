"""What the graph in Neo4j looks like: the properties of a concept's node and of a relationship.

A node has plain properties for people who write Cypher, and `record`: the whole concept as JSON, which is
what the service reads back. Relationships hold all there is in plain properties.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, Final, NamedTuple, TypeAlias

import orjson

from taxonomy.model.concept import (
    OCCUPATION,
    Code,
    Concept,
    Definition,
    Kind,
    Label,
    LabelRole,
    Locale,
    Note,
    NoteKind,
    Provenance,
    facts_of,
)
from taxonomy.model.finding import Finding, Severity
from taxonomy.model.ids import ConceptId, uri_of
from taxonomy.model.observation import Measure, Observation
from taxonomy.model.relation import Necessity, Relation, RelationKind

Properties: TypeAlias = dict[str, Any]

PAST_TYPE: Final = "WAS_"
"""Put before the type of a relation that a later release no longer has."""

_OURS: Final = frozenset(
    {
        "Concept",
        "Superseded",
        "Past",
        "Release",
        "Finding",
        "TaxonomyStore",
        "LoadLock",
        "Staged",
        "Retired",
        "Observation",
        "StagedObservation",
        "PastObservation",
    }
)
_TEXTS: Final = {
    (Locale.SV, LabelRole.PREFERRED): "label",
    (Locale.EN, LabelRole.PREFERRED): "labelEn",
    (Locale.SV, LabelRole.ALTERNATIVE): "altLabels",
    (Locale.EN, LabelRole.ALTERNATIVE): "altLabelsEn",
    (Locale.SV, LabelRole.HIDDEN): "hiddenLabels",
    (Locale.EN, LabelRole.HIDDEN): "hiddenLabelsEn",
}
_DEFINITIONS: Final = {Locale.SV: "definition", Locale.EN: "definitionEn"}

_NOTES: Final = {
    NoteKind.SCOPE: "scopeNote",
    NoteKind.REGULATED_PROFESSION: "regulatedProfessionNote",
    NoteKind.SKILL_TYPE: "skillType",
    NoteKind.REUSE_LEVEL: "reuseLevel",
    NoteKind.EDUCATION_REQUIREMENT: "educationRequirement",
    NoteKind.COVERAGE: "coverage",
}


def node_label(kind: Kind) -> str:
    """The label of the nodes of a kind, in the way of Neo4j's style guide.

    >>> node_label(Kind("occupation-name")), node_label(Kind("ssyk-level-4"))
    ('Occupation', 'SsykLevel4')
    """
    if kind == OCCUPATION:
        return "Occupation"
    name = "".join(part[0].upper() + part[1:] for part in re.findall("[A-Za-z0-9]+", kind))
    return name + "Kind" if name in _OURS or not name[:1].isalpha() else name


def relationship_type(kind: RelationKind) -> str:
    """The type of the relationships of a kind: `RELATED_SKILL`."""
    return kind.name


def node(concept: Concept, since: int) -> Properties:
    """The properties of a concept's node; what is empty is left out."""
    facts = facts_of(concept.kind)
    found: Properties = {
        "id": concept.id,
        "uri": uri_of(concept.id),
        "kind": concept.kind,
        "scheme": facts.scheme.value,
        "deprecated": concept.deprecated,
        "record": orjson.dumps(concept, default=tuple).decode(),
        "since": since,
    }
    _name(found, concept.labels)
    if concept.codes:
        code = next((c.value for c in concept.codes if c.system == facts.code_system), None)
        if code is not None:
            found["code"] = code
        found["codes"] = [f"{system} {value}" for system, value in concept.codes]
    for locale, text, _ in concept.definitions:
        found.setdefault(_DEFINITIONS[locale], text)
    for note in concept.notes:
        found.setdefault(_NOTES[note.kind], note.text)
    if concept.replaced_by:
        found["replacedBy"] = list(concept.replaced_by)
    return found


def _name(found: Properties, labels: Iterable[Label]) -> None:
    for locale, role, text, *_ in labels:
        name = _TEXTS[locale, role]
        if role is LabelRole.PREFERRED:
            found.setdefault(name, text)
        else:
            found.setdefault(name, []).append(text)


def relationship(relation: Relation, since: int) -> Properties:
    """The properties of a relation's relationship, `rank` among them if it has one."""
    found = _shared(relation, since)
    if relation.rank is not None:
        found["rank"] = relation.rank
    return found


def _shared(relation: Relation, since: int) -> Properties:
    found: Properties = {
        "provenance": relation.provenance.value,
        "source": relation.source,
        "since": since,
    }
    if relation.necessity is not None:
        found["necessity"] = relation.necessity.value
    if relation.level is not None:
        found["level"] = relation.level
    return found


class Bundle(NamedTuple):
    """Relations that differ only in their ends and their rank: what they share is sent once.

    Each row is subject, object, rank.
    """

    type: str
    properties: Properties
    rows: list[list[Any]]


def bundles(relations: Sequence[Relation], since: Sequence[int]) -> list[Bundle]:
    """Relations, each with the release that it is there since, as bundles."""
    found: dict[tuple[Any, ...], list[list[Any]]] = defaultdict(list)
    for (kind, subject, other, provenance, source, necessity, level, rank), first in zip(
        relations, since, strict=True
    ):
        found[kind, provenance, source, necessity, level, first].append([subject, other, rank])
    made = []
    for (kind, provenance, source, necessity, level, first), rows in found.items():
        sample = Relation(kind, rows[0][0], rows[0][1], provenance, source, necessity, level)
        made.append(Bundle(relationship_type(kind), _shared(sample, first), rows))
    return made


def finding_node(finding: Finding, number: int, release: int) -> Properties:
    """The properties of a finding's node."""
    return {**finding._asdict(), "severity": finding.severity.value, "number": number, "release": release}


def observation_node(observation: Observation, since: int) -> Properties:
    """The properties of an observation's node; what has no value is left out."""
    said = {**observation._asdict(), "measure": observation.measure.value, "since": since}
    return {name: value for name, value in said.items() if value is not None}


_LOCALES: Final = {member.value: member for member in Locale}
_ROLES: Final = {member.value: member for member in LabelRole}
_PROVENANCES: Final = {member.value: member for member in Provenance}
_NECESSITIES: Final[dict[str | None, Necessity | None]] = {None: None}
_NECESSITIES.update((member.value, member) for member in Necessity)


def concepts_of(records: Iterable[str]) -> list[Concept]:
    """The concepts whose `record` these are, in their order."""
    return [_concept(*row) for row in orjson.loads(f"[{','.join(records)}]")]


def _concept(
    id_: str,
    kind: str,
    labels: Any,
    codes: Any,
    definitions: Any,
    deprecated: bool,
    replaced_by: list[str],
    notes: Any,
) -> Concept:
    return Concept(
        ConceptId(id_),
        Kind(kind),
        tuple(
            Label(_LOCALES[locale], _ROLES[role], text, source, _PROVENANCES[by])
            for locale, role, text, source, by in labels
        ),
        tuple(Code(system, value) for system, value in codes),
        tuple(Definition(_LOCALES[locale], text, source) for locale, text, source in definitions),
        deprecated,
        tuple(ConceptId(other) for other in replaced_by),
        tuple(Note(NoteKind(kind), _LOCALES[locale], text, source) for kind, locale, text, source in notes),
    )


def relations_of(group: Mapping[str, Any]) -> list[Relation]:
    """The relations of one group of `READ_RELATIONS`."""
    kind = RelationKind[group["type"]]
    provenance = _PROVENANCES[group["provenance"]]
    source, level = group["source"], group["level"]
    necessity = _NECESSITIES[group["necessity"]]
    ranks = [rank if rank >= 0 else None for rank in group["ranks"]]
    same = (repeat(provenance), repeat(source), repeat(necessity), repeat(level))
    return list(map(Relation, repeat(kind), group["subjects"], group["objects"], *same, ranks))


def finding_of(row: Sequence[Any]) -> Finding:
    """The finding of one row of `READ_FINDINGS`."""
    code, severity, *rest = row
    return Finding(code, Severity(severity), *rest)


_MEASURES: Final = {member.value: member for member in Measure}


def observation_of(row: Sequence[Any]) -> Observation:
    """The observation of one row of `READ_OBSERVATIONS`."""
    concept, measure, *rest = row
    return Observation(concept, _MEASURES[measure], *rest)
