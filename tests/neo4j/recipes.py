"""The recipes of docs/neo4j.md, and what each must return: computed from the releases, without a database."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from taxonomy.model.concept import (
    JOB_TITLE,
    OCCUPATION,
    SSYK_GROUP,
    Concept,
    LabelRole,
    Locale,
    Provenance,
)
from taxonomy.model.observation import Measure
from taxonomy.model.relation import Relation, RelationKind
from taxonomy.model.release import Content

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
NURSE, AMBULANCE = "bXNH_MNX_dUR", "dAmo_ydH_Fko"
GOTLAND = "K8iD_VQv_2BA"
DEVELOPER, PSYCHOLOGIST, BUTCHER = "rQds_YGd_quU", "SEhy_kME_xFW", "rYYJ_Khq_Mre"

Rows: TypeAlias = list[list[Any]]
Ends: TypeAlias = dict[tuple[RelationKind, str], list[Relation]]


def recipes() -> dict[str, str]:
    """The Cypher of each recipe by its heading."""
    section = (DOCS / "neo4j.md").read_text("utf-8").split("\n## Recipes\n")[1].split("\n## ")[0]
    parts = re.split(r"^### ", section, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0]: cypher_in(part) for part in parts}


def cypher_in(text: str) -> str:
    """The one Cypher block of a text."""
    [block] = re.findall(r"^```cypher\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return str(block)


class Known:
    """A release, looked up by hand."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.concepts: dict[str, Concept] = {concept.id: concept for concept in content.concepts}
        self.out: Ends = defaultdict(list)
        self.into: Ends = defaultdict(list)
        for relation in content.relations:
            self.out[relation.kind, relation.subject].append(relation)
            self.into[relation.kind, relation.object].append(relation)

    def objects(self, kind: RelationKind, subject: str) -> list[str]:
        return [relation.object for relation in self.out[kind, subject]]

    def subjects(self, kind: RelationKind, object_: str) -> list[str]:
        return [relation.subject for relation in self.into[kind, object_]]

    def of_kind(self, kind: str) -> list[str]:
        return [concept.id for concept in self.content.concepts if concept.kind == kind]

    def label(self, id_: str) -> str | None:
        return label_of(self.concepts[id_])

    def code(self, id_: str) -> str:
        return self.concepts[id_].codes[0].value

    def coded(self, kind: str, code: str) -> str:
        [found] = [id_ for id_ in self.of_kind(kind) if self.code(id_) == code]
        return found

    def skills(self, occupation: str) -> set[str]:
        """What is said of an occupation itself and of its group."""
        holders = [occupation, *self.objects(RelationKind.BROADER, occupation)]
        return {skill for one in holders for skill in self.objects(RelationKind.RELATED_SKILL, one)}

    def named(self, ids: Iterable[str]) -> Rows:
        """Ids with labels, by label."""
        return sorted(([id_, self.label(id_)] for id_ in set(ids)), key=lambda row: (row[1], row[0]))


def label_of(concept: Concept) -> str | None:
    """The preferred label in Swedish."""
    preferred = (Locale.SV, LabelRole.PREFERRED)
    return next((label.text for label in concept.labels if label[:2] == preferred), None)


def _shared(now: Known, before: Known) -> Rows:
    return now.named(now.skills(NURSE) & now.skills(AMBULANCE))


def _substitutes(now: Known, before: Known) -> Rows:
    def well(one: str) -> set[str]:
        return {r.object for r in now.out[RelationKind.SUBSTITUTES, one] if r.level == 75}

    near = well(NURSE)
    far = {other for one in near for other in well(one)} - near - {NURSE}
    return [[*row, 1] for row in now.named(near)] + [[*row, 2] for row in now.named(far)]


def _hubs(now: Known, before: Known) -> Rows:
    counted = Counter(skill for one in now.of_kind(OCCUPATION) for skill in now.skills(one))
    rows: Rows = [[id_, now.label(id_), count] for id_, count in counted.items()]
    return sorted(rows, key=lambda row: (-row[2], row[1], row[0]))[:20]


def _branch(now: Known, before: Known) -> Rows:
    top = now.coded("ssyk-level-2", "22")
    below = now.subjects(RelationKind.BROADER, top)
    groups = [group for one in below for group in now.subjects(RelationKind.BROADER, one)]
    return sorted(
        [now.code(group), now.label(group), len(now.subjects(RelationKind.BROADER, group))]
        for group in groups
    )


def _fields(now: Known, before: Known) -> Rows:
    members = now.subjects(RelationKind.BROADER, now.coded(SSYK_GROUP, "1230"))
    counted: Counter[str | None] = Counter()
    for member in members:
        fields: Sequence[str | None] = now.objects(RelationKind.OCCUPATION_FIELD, member)
        counted.update(fields or [None])
    rows = [[now.label(field) if field else None, count] for field, count in counted.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0] is None, row[0]))


def _titles(now: Known, before: Known) -> Rows:
    titles = now.subjects(RelationKind.JOB_TITLE_OF, DEVELOPER)
    return now.named(title for title in titles if now.concepts[title].kind == JOB_TITLE)


def _without_skills(now: Known, before: Known) -> Rows:
    active = [id_ for id_ in now.of_kind(OCCUPATION) if not now.concepts[id_].deprecated]
    bare = [id_ for id_ in active if not now.out[RelationKind.RELATED_SKILL, id_]]
    rows = [[id_, now.label(id_), len(now.skills(id_))] for id_ in bare]
    return sorted(rows, key=lambda row: (row[2], row[1], row[0]))


def _calculated(now: Known, before: Known) -> Rows:
    said: dict[str, list[Relation]] = defaultdict(list)
    for relation in now.out[RelationKind.RELATED_SKILL, PSYCHOLOGIST]:
        said[relation.object].append(relation)
    rows = [
        [
            skill,
            now.label(skill),
            any(r.provenance is Provenance.NATIVE for r in some),
            min((r.rank for r in some if r.rank is not None), default=None),
        ]
        for skill, some in said.items()
    ]
    return sorted(rows, key=lambda row: (row[3] is None, row[3] or 0, row[1], row[0]))


def _of_esco(now: Known, before: Known) -> Rows:
    rows: Rows = []
    for kind in (RelationKind.EXACT_MATCH, RelationKind.CLOSE_MATCH):
        for esco in now.subjects(kind, NURSE):
            skills = now.objects(RelationKind.ESSENTIAL_SKILL, esco)
            rows += [[now.code(esco), kind.name, skill, now.label(skill)] for skill in skills]
    return sorted(rows, key=lambda row: (row[0], row[3], row[2]))


def _full_text(now: Known, before: Known) -> Rows:
    """Without the scores: whoever has a form of the word as a word, in any order."""
    forms = {"sjuksköterska", "sjuksköterskan", "sjuksköterskor", "sjuksköterskorna", "sjuksköterskas"}
    return sorted(
        [concept.id, concept.kind, label_of(concept)]
        for concept in now.content.concepts
        for label in concept.labels
        if label.locale is Locale.SV and label.role is not LabelRole.HIDDEN
        if forms & set(re.findall(r"\w+", label.text.lower()))
    )


def _demand(now: Known, before: Known) -> Rows:
    assessed = set(now.objects(RelationKind.ASSESSED_AS, NURSE))
    rows: Rows = [
        [row.region, now.label(row.region or ""), row.value, row.period]
        for row in now.content.observations
        if row.concept in assessed and row.measure is Measure.OPPORTUNITIES
    ]
    return sorted(rows, key=lambda row: (row[1], row[0]))


def _advertised(now: Known, before: Known) -> Rows:
    median = {r.concept: r.value for r in now.content.observations if r.measure is Measure.SALARY_MEDIAN}
    rows: Rows = [
        [now.code(row.concept), now.label(row.concept), row.value, median.get(row.concept)]
        for row in now.content.observations
        if row.measure is Measure.ADVERTISEMENTS and row.region == GOTLAND
    ]
    return sorted(rows, key=lambda row: (-row[2], row[0]))[:20]


def _findings(now: Known, before: Known) -> Rows:
    remarks: Counter[tuple[str, str]] = Counter()
    files = defaultdict(set)
    for finding in now.content.findings:
        remarks[finding.code, finding.severity.value] += finding.count
        files[finding.code].add(finding.file)
    return [[code, severity, n, len(files[code])] for (code, severity), n in sorted(remarks.items())]


def _history(now: Known, before: Known) -> Rows:
    """Without the times."""
    rows: Rows = []
    for since, until, known in ((1, 2, before), (2, None, now)):
        concept = known.concepts[BUTCHER]
        replaced = list(concept.replaced_by) or None
        rows.append([since, until, label_of(concept), concept.deprecated, replaced])
    return rows


def _changed_concepts(now: Known, before: Known) -> Rows:
    rows: Rows = []
    for id_ in sorted(now.concepts.keys() | before.concepts.keys()):
        old, new = before.concepts.get(id_), now.concepts.get(id_)
        if old != new:
            what = "came" if old is None else "went" if new is None else "changed"
            rows.append([what, id_, old and label_of(old), new and label_of(new)])
    return sorted(rows, key=lambda row: row[:2])


def _changed_relations(now: Known, before: Known) -> Rows:
    old, new = ({r[:4]: r for r in known.content.relations} for known in (before, now))
    rows: Rows = []
    for key in old.keys() | new.keys():
        if old.get(key) != new.get(key):
            what = "came" if key not in old else "went" if key not in new else "changed"
            kind, subject, object_, provenance = key
            rows.append([what, kind.name, subject, object_, provenance.value])
    return sorted(rows)


def _earlier(now: Known, before: Known) -> Rows:
    return sorted([id_, before.label(id_)] for id_ in before.of_kind(OCCUPATION))


EXPECTED: Final[dict[str, Callable[[Known, Known], Rows]]] = {
    "Skills that two occupations share": _shared,
    "Occupations within two substitutions": _substitutes,
    "Skills that most occupations have": _hubs,
    "A branch of SSYK with its occupations": _branch,
    "Fields of the occupations of a group": _fields,
    "Job titles of an occupation": _titles,
    "Occupations without skills of their own": _without_skills,
    "Calculated skills beside those the publisher says": _calculated,
    "Essential skills that ESCO adds": _of_esco,
    "Full-text search": _full_text,
    "Where an occupation is in demand": _demand,
    "What is advertised in a county, and what it pays": _advertised,
    "Findings of the current release": _findings,
    "The history of a concept": _history,
    "Concepts that came, changed or went": _changed_concepts,
    "Relations that came, changed or went": _changed_relations,
    "Occupations of an earlier release": _earlier,
}
"""By heading: what a recipe must return of the current release and the one before it."""

UNCHECKED: Final = {"Full-text search": 3, "The history of a concept": 2}
"""A column that is not known beforehand: a score, a time."""


def without(rows: Sequence[Sequence[Any]], column: int | None) -> Rows:
    """Rows without a column."""
    return [[value for at, value in enumerate(row) if at != column] for row in rows]
