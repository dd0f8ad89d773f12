"""ESCO's official CSV files: concepts, hierarchies, skills of occupations and of skills, collections.

The shapes are those of the download zips of v1.1.0 and v1.1.1: https://esco.ec.europa.eu/en/use-esco/download
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from taxonomy.ingest.csv_files import read_columns, read_rows
from taxonomy.ingest.facts import EdgeColumns, Facts
from taxonomy.ingest.manifest import SourceFile
from taxonomy.ingest.read_json import object_rows, read_json, text_in
from taxonomy.model.concept import (
    ESCO_ISCO_LEVELS,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    ESCO_SKILL_GROUP,
    Kind,
    NoteKind,
)
from taxonomy.model.ids import ESCO_NAMESPACE, ESCO_PREFIX
from taxonomy.model.relation import Necessity, RelationKind

_COLLECTION: Final = Kind("esco-collection")
_AS_IDS: Final = (ESCO_NAMESPACE, ESCO_PREFIX)


class _Shape(NamedTuple):
    """What the rows of one file are: ESCO's word for them, their kind, the columns beside labels and text."""

    kind: Kind | None
    code_system: str | None
    notes: Mapping[str, NoteKind]
    hidden: bool = True

    @property
    def columns(self) -> list[str]:
        more = [
            *self.notes,
            *(["code"] if self.code_system else ()),
            *(["hiddenLabels"] if self.hidden else ()),
        ]
        return ["conceptType", "conceptUri", "preferredLabel", "altLabels", "description", "status", *more]


_SCOPE: Final = {"scopeNote": NoteKind.SCOPE}
_SHAPES: Final[Mapping[str, _Shape]] = {
    "Occupation": _Shape(
        ESCO_OCCUPATION, "esco-code", {**_SCOPE, "regulatedProfessionNote": NoteKind.REGULATED_PROFESSION}
    ),
    "KnowledgeSkillCompetence": _Shape(
        ESCO_SKILL, None, {**_SCOPE, "skillType": NoteKind.SKILL_TYPE, "reuseLevel": NoteKind.REUSE_LEVEL}
    ),
    "SkillGroup": _Shape(ESCO_SKILL_GROUP, "esco-code", _SCOPE),
    "ISCOGroup": _Shape(None, "isco-code-08", {}, hidden=False),
}


def read_concepts(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read the concepts of one type: labels, description, code, notes.

    Option `type`: ESCO's word for them. An ISCO group's kind is the number of digits of its code.
    """
    shape = _shape_of(file, facts)
    for row in read_rows(path, file, facts, shape.columns):
        id_ = _named(row, file.options["type"], shape, facts)
        if shape.code_system and row["code"]:
            facts.code(id_, shape.code_system, row["code"])
        for column, kind in shape.notes.items():
            # Of what ESCO says by a URI, its last part is the word.
            facts.note(id_, kind, row[column].removeprefix(f"{ESCO_NAMESPACE}regulated-professions/"))


def read_texts(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read an older version's concepts for their labels and descriptions only; option `type`."""
    shape = _shape_of(file, facts)
    for row in read_rows(path, file, facts, shape.columns):
        _named(row, file.options["type"], shape, facts)


def _shape_of(file: SourceFile, facts: Facts) -> _Shape:
    shape = _SHAPES.get(file.options["type"])
    if shape is None:
        raise facts.bad(f"type is one of {', '.join(_SHAPES)}, not {file.options['type']!r:.60}")
    return shape


def _named(row: Mapping[str, str], type_: str, shape: _Shape, facts: Facts) -> str:
    """Take the labels and the description of a row; the concept's id."""
    if row["conceptType"] != type_:
        raise facts.bad(f"conceptType must be {type_}, not {row['conceptType']!r:.60}")
    if row["status"] != "released":
        raise facts.bad(f"status must be released, not {row['status']!r:.60}")
    id_ = esco_id(row["conceptUri"])
    facts.concept(id_, shape.kind or _isco_kind(row["code"], facts), row["preferredLabel"])
    alternative, hidden = row["altLabels"], row["hiddenLabels"] if shape.hidden else ""
    if alternative or hidden:
        facts.other_labels[id_] = _other_labels(row["preferredLabel"], alternative, hidden, facts)
    facts.definition(id_, row["description"])
    return id_


def esco_id(uri: str) -> str:
    """The id behind an ESCO URI; what is no such URI stays as it is."""
    return ESCO_PREFIX + uri[len(ESCO_NAMESPACE) :] if uri.startswith(ESCO_NAMESPACE) else uri


def _isco_kind(code: str, facts: Facts) -> Kind:
    if not (code.isdecimal() and code.isascii() and len(code) <= len(ESCO_ISCO_LEVELS)):
        raise facts.bad(f"code must be one to four digits, not {code!r:.60}")
    return ESCO_ISCO_LEVELS[len(code) - 1]


def _other_labels(
    preferred: str, alternative: str, hidden: str, facts: Facts
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One label a line, without those that repeat a stronger one: these are counted, for they are many."""
    lines = _lines(alternative, facts)
    own = " ".join(preferred.split())
    taken = dict.fromkeys((own, *lines))
    as_published = alternative.split("\n").count(preferred)
    facts.tally("TX105", "alternative labels repeat the preferred label: left out", as_published)
    repeated = len(lines) + 1 - len(taken) - as_published
    facts.tally("TX105", "alternative labels repeat another label but for blanks: left out", repeated)
    del taken[own]
    if not hidden:
        return tuple(taken), ()
    all_hidden = _lines(hidden, facts)
    kept = tuple(label for label in dict.fromkeys(all_hidden) if label not in taken and label != own)
    what = "hidden labels repeat a stronger label: left out"
    facts.tally("TX105", what, len(all_hidden) - len(kept))
    return tuple(taken), kept


def _lines(cell: str, facts: Facts) -> list[str]:
    """The lines of a cell that are not empty, with single blanks."""
    lines = cell.split("\n") if cell else []
    if " ".join(cell.split()) == cell.replace("\n", " "):
        return lines
    labels = [" ".join(line.split()) for line in lines]
    stray = sum(line != label for line, label in zip(lines, labels, strict=True) if label)
    facts.tally("TX102", "other labels have stray blanks: taken with single ones", stray)
    return [label for label in labels if label]


def read_labels(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read preferred labels in the source's language, `[{uri, notation?, prefLabel: {language: label}}]`.

    Option `type`: as for `read_concepts`; ISCO groups may stand between occupations.
    """
    shape = _shape_of(file, facts)
    for row in object_rows(read_json(path), "the file", facts):
        id_ = esco_id(text_in(row, "uri", facts))
        labels = row.get("prefLabel")
        if not isinstance(labels, dict):
            raise facts.bad(f"{id_:.100}: prefLabel must be a label for each language, not {labels!r:.60}")
        kind = None if id_.startswith(f"{ESCO_PREFIX}isco/") else shape.kind
        kind = kind or _isco_kind(text_in(row, "notation", facts), facts)
        facts.concept(id_, kind, labels.get(facts.locale))


def read_hierarchy(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read what is broader than what."""
    below, above = read_columns(path, file, facts, ["conceptUri", "broaderUri"], _AS_IDS)
    kinds = [RelationKind.BROADER] * len(below)
    facts.edge_columns.append(EdgeColumns(facts.file, kinds, below, above, [None] * len(below)))


_NECESSITIES: Final = {"essential": Necessity.ESSENTIAL, "optional": Necessity.OPTIONAL}
_KINDS: Final = {"essential": RelationKind.ESSENTIAL_SKILL, "optional": RelationKind.OPTIONAL_SKILL}


def read_skills(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read which skills are essential or optional to what.

    Options: `subject`, the column of the occupation or skill that needs another, and `object`, that of
    the skill that is needed.
    """
    columns = [file.options["subject"], file.options["object"], "relationType"]
    subjects, objects, types = read_columns(path, file, facts, columns, _AS_IDS)
    for type_ in set(types).difference(_NECESSITIES):
        facts.row = types.index(type_) + 2
        raise facts.bad(f"relationType is one of {', '.join(_NECESSITIES)}, not {type_!r:.60}")
    necessities = list(map(_NECESSITIES.__getitem__, types))
    kinds = list(map(_KINDS.__getitem__, types))
    facts.edge_columns.append(EdgeColumns(facts.file, kinds, subjects, objects, necessities))


def read_schemes(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read the names of collections; option `collections`: the ids of the concept schemes that are such."""
    wanted = dict.fromkeys(file.options["collections"])
    for row in read_rows(path, file, facts, ["conceptSchemeUri", "preferredLabel"]):
        id_ = esco_id(row["conceptSchemeUri"])
        if id_ in wanted:
            del wanted[id_]
            facts.concept(id_, _COLLECTION, row["preferredLabel"])
    facts.row = 0
    for id_ in wanted:
        facts.remark("TX010", id_, f"the collection {id_} is not among the concept schemes")


def read_collection(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read the members of a collection; option `collection`: its id."""
    (members,) = read_columns(path, file, facts, ["conceptUri"], _AS_IDS)
    number = len(members)
    whole = [file.options["collection"]] * number
    facts.edge_columns.append(
        EdgeColumns(facts.file, [RelationKind.MEMBER_OF] * number, members, whole, [None] * number)
    )
