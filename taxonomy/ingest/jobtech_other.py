"""The JobTech files that are not plain query answers: extracts, texts, legacy lists."""

from pathlib import Path
from typing import Any, Final

from taxonomy.ingest.facts import Facts, NamedEdge
from taxonomy.ingest.manifest import SourceFile
from taxonomy.ingest.read_json import concept_rows, object_items, object_rows, read_json, text_in
from taxonomy.model.concept import (
    MUNICIPALITY,
    OCCUPATION,
    OCCUPATION_FIELD,
    REGION,
    SKILL,
    SSYK_GROUP,
    Kind,
    Provenance,
)
from taxonomy.model.errors import BadSource
from taxonomy.model.relation import Necessity, RelationKind

_ESCO_LEAD_IN: Final = "Yrkesbeskrivning som följer är hämtad från relaterat ESCO-yrke:"
_PLACEHOLDER: Final = "Ingen information tillgänglig"


def read_types(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read `concept-types.json`, the kinds that the publisher declares."""
    del file
    try:
        rows = read_json(path)["data"]["concept_types"]
    except (KeyError, TypeError):
        raise BadSource(f'{path}: is not an answer {{"data": {{"concept_types": [...]}}}}') from None
    for row in object_rows(rows, "data.concept_types", facts):
        facts.declared_kinds.add(Kind(text_in(row, "id", facts)))


def read_coded(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read a query file whose concepts have no `id`: they are joined by kind and code (option `code`).

    The file adds nothing to what is known by then; a label that differs is a finding.
    """
    key = file.options["code"]
    system = key.replace("_", "-")
    known = {
        (facts.kinds[id_], codes[system]): id_
        for id_, codes in facts.codes.items()
        if system in codes and id_ in facts.kinds
    }
    for row in concept_rows(path, facts):
        kind, code = Kind(text_in(row, "type", facts)), text_in(row, key, facts)
        label = " ".join(text_in(row, "preferred_label", facts).split())
        id_ = known.get((kind, code))
        if id_ is None:
            facts.remark("TX013", code, f"{kind} {code!r} is in no file with ids")
        elif facts.preferred.get(id_) != label:
            facts.remark("TX015", id_, f"is called {label!r} here, not {facts.preferred.get(id_)!r}")
    rows, facts.row = facts.row, 0
    facts.remark("TX014", path.stem, f"{rows} rows without an id, joined by {system}", count=rows)


def read_definitions(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read texts by id, `{id: text}`; option `quoted`: the source of texts that begin with ESCO's lead-in."""
    quoted = file.options.get("quoted")
    facts.sentences_only = True
    for id_, text in object_items(path, facts, str):
        if text.strip() == _PLACEHOLDER:
            facts.remark("TX202", id_, f"{_PLACEHOLDER!r} is not a definition: there is none")
        elif quoted and text.startswith(_ESCO_LEAD_IN):
            facts.definition(id_, text[len(_ESCO_LEAD_IN) :], quoted)
        else:
            facts.definition(id_, text)


_SKILL_LISTS: Final = (("taxonomy", Provenance.NATIVE), ("taxonomy_calculated", Provenance.CALCULATED))


def read_occupation_skills(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read skills by occupation id: `taxonomy` are the publisher's own, `taxonomy_calculated` are ranked.

    Skills are given by label. Necessity is `RELATED`: the file does not say which are essential.
    """
    del file
    for id_, row in object_items(path, facts, dict):
        facts.concept(id_, OCCUPATION, None)
        where = (facts.file, facts.row)
        for key, provenance in _SKILL_LISTS:
            labels = row.get(key)
            if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
                raise facts.bad(f"{id_}: {key} must be a list of labels, not {labels!r:.60}")
            ranked = provenance is Provenance.CALCULATED
            kind, necessity = RelationKind.RELATED_SKILL, Necessity.RELATED
            facts.named_edges.extend(
                NamedEdge(kind, id_, SKILL, label, provenance, necessity, rank if ranked else None, where)
                for rank, label in enumerate(labels, 1)
            )


def read_snapshot(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read an extract of regions with their municipalities, and of fields with their SSYK groups."""
    del file
    extract = read_json(path)
    if not isinstance(extract, dict):
        raise BadSource(f"{path}: must be an object of regions and occupationFields")
    for list_, kind, members, member_kind in _EXTRACT:
        for row in object_rows(extract.get(list_), list_, facts):
            above = _named(facts, row, kind)
            for member in _members(facts, row, members):
                below = _named(facts, member, member_kind)
                facts.edge((RelationKind.BROADER, below, above, Provenance.NATIVE))


_EXTRACT: Final = (
    ("regions", REGION, "municipalities", MUNICIPALITY),
    ("occupationFields", OCCUPATION_FIELD, "occupationGroups", SSYK_GROUP),
)


def _named(facts: Facts, row: dict[str, Any], kind: Kind) -> str:
    id_ = text_in(row, "conceptId", facts)
    facts.concept(id_, kind, text_in(row, "label", facts))
    return id_


def _members(facts: Facts, row: dict[str, Any], key: str) -> list[dict[str, Any]]:
    members = row.get(key)
    if not isinstance(members, list) or not all(isinstance(member, dict) for member in members):
        raise facts.bad(f"{key} must be a list of concepts, not {members!r:.60}")
    return members


def read_legacy(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read version 1's concepts by id, with their legacy ids and SUN 2000 codes."""
    del file
    for id_, row in object_items(path, facts, dict):
        facts.concept(id_, Kind(text_in(row, "type", facts)), row.get("preferredLabel"))
        for key, value in row.items():
            if key == "legacyAmsTaxonomyId":
                facts.code(id_, "legacy-ams-taxonomy-id", value)
            elif key.startswith("concept.external-standard/"):
                facts.code(id_, key.rpartition("/")[2], value)


def read_legacy_codes(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read the codes of version 1's second file: option `systems`, from its types to code systems.

    Its legacy id is a statistical code for those types; its other types are left unread. Option
    `kinds`: what a type is called by now.
    """
    systems: dict[str, str] = file.options["systems"]
    kinds: dict[str, str] = file.options.get("kinds", {})
    for id_, row in object_items(path, facts, dict):
        type_ = text_in(row, "type", facts)
        if type_ in systems:
            facts.concept(id_, Kind(kinds.get(type_, type_)), None)
            facts.code(id_, systems[type_], row.get("legacyAmsTaxonomyId"))
