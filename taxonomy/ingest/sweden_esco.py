"""The official tables between ESCO and the Swedish taxonomy: "ESCO concept - relation -> Swedish concept".

A block of lines about the tables comes first, the header below it. One of the tables is encoded twice:
rows are quoted as if they were one cell, and every line ends in a semicolon.
"""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from taxonomy.ingest.csv_files import listed, read_text
from taxonomy.ingest.esco import esco_id
from taxonomy.ingest.facts import Facts
from taxonomy.ingest.manifest import SourceFile
from taxonomy.model.concept import Provenance
from taxonomy.model.errors import BadInput
from taxonomy.model.ids import ESCO_NAMESPACE, JOBTECH_NAMESPACE, ConceptId, concept_id
from taxonomy.model.relation import RelationKind

_COLUMNS: Final = [
    "Classification 1 URI",
    "Classification 1 PrefLabel",
    "Classification 1 URL",
    "Classification 2 URI",
    "Classification 2 PrefLabel",
    "Classification 2 URL",
    "Mapping relation",
    "Editorial note",
]
_FIRST_ROWS: Final = 40
_NO_RELATION: Final = "no relation"
_KINDS: Final[Mapping[str, RelationKind]] = {
    "skos:exactMatch": RelationKind.EXACT_MATCH,
    "skos:closeMatch": RelationKind.CLOSE_MATCH,
    "skos:broadMatch": RelationKind.BROAD_MATCH,
    "skos:narrowMatch": RelationKind.NARROW_MATCH,
}
_RELATION: Final = re.compile("|".join(map(re.escape, (*_KINDS, _NO_RELATION))))
_ESCO_URI: Final = re.compile(re.escape(ESCO_NAMESPACE) + r"[\w/.-]+")
_JOBTECH_URI: Final = re.compile(re.escape(JOBTECH_NAMESPACE) + r"\w+")


def read_table(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read a table of mappings; its versions must be those that the manifest's `[mapping]` gives.

    "No relation" is a statement and no mapping: such rows are counted. A damaged row is recovered by its
    URIs and its relation if it has one of each, and is a finding either way.
    """
    text = read_text(path, file, facts, marked=True)
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    header = _header(lines, facts)
    _refuse_another_version(lines[:header], facts)
    unrelated = 0
    ids: dict[str, ConceptId] = {}
    for facts.row, line in enumerate(lines[header + 1 :], header + 2):
        found = _row(line) or _recovered(line, facts)
        if found is None:
            continue
        esco, swedish, relation = found
        if relation == _NO_RELATION:
            unrelated += 1
        else:
            _mapping(esco, swedish, _KINDS[relation], facts, ids)
    facts.row = 0
    if unrelated:
        message = f"{unrelated} rows state that a concept has no counterpart"
        facts.remark("TX018", facts.source, message, count=unrelated)


def _header(lines: list[str], facts: Facts) -> int:
    """Where the header stands, from 0."""
    for number, line in enumerate(lines[:_FIRST_ROWS]):
        cells = line.removesuffix(";").split(",")
        if cells[0] == _COLUMNS[0]:
            missing = [name for name in _COLUMNS if name not in cells]
            facts.row = number + 1
            if missing:
                raise facts.bad(f"has no column {missing[0]!r}; its columns are {listed(cells)}")
            if cells != _COLUMNS:
                raise facts.bad(f"the columns must be {', '.join(_COLUMNS)}, in this order")
            return number
    raise facts.bad(f"none of the first {_FIRST_ROWS} rows begins with {_COLUMNS[0]!r}: is it such a table?")


def _refuse_another_version(head: list[str], facts: Facts) -> None:
    if facts.mapping is None:
        raise facts.bad("its manifest has no [mapping], which says of which versions this table is")
    wanted = (facts.mapping.subject_source_version, facts.mapping.object_source_version)
    said = dict(line.removesuffix(";").split(",")[:2] for line in head if "," in line)
    for number, version in enumerate(wanted, 1):
        key = f"Classification {number} Version"
        if said.get(key) != version:
            message = f"{key} is {said.get(key)!r}, and {version!r} in loaders/{facts.source}.toml"
            raise facts.bad(f"{message}: it is another table")


def _row(line: str) -> tuple[str, str, str] | None:
    """ESCO's URI, the Swedish URI and the relation of a sound row."""
    line = line.removesuffix(";")
    if line.startswith('"') and line.endswith('"'):
        line = line[1:-1].replace('""', '"')
    try:
        cells = next(csv.reader([line]), []) if '"' in line else line.split(",")
    except csv.Error:  # such as a carriage return outside of quotes
        return None
    if len(cells) != len(_COLUMNS) or not _RELATION.fullmatch(cells[6]):
        return None
    esco, swedish, relation = cells[0], cells[3], cells[6]
    sound = _is_uri(esco, ESCO_NAMESPACE, relation) and _is_uri(swedish, JOBTECH_NAMESPACE, relation)
    return (esco, swedish, relation) if sound else None


def _is_uri(text: str, namespace: str, relation: str) -> bool:
    return text.startswith(namespace) or (not text and relation == _NO_RELATION)


def _recovered(line: str, facts: Facts) -> tuple[str, str, str] | None:
    """The same of a damaged row, if it has exactly one of each; a finding in any case, unless it is empty."""
    if not line.strip(",;"):
        return None
    patterns = (_ESCO_URI, _JOBTECH_URI, _RELATION)
    # The column of URLs repeats the URI.
    esco, swedish, relations = (list(dict.fromkeys(pattern.findall(line))) for pattern in patterns)
    unrelated = relations == [_NO_RELATION] and len(esco) + len(swedish) == 1
    if not unrelated and (len(esco), len(swedish), len(relations)) != (1, 1, 1):
        have = f"has {len(esco)} ESCO URIs, {len(swedish)} Swedish URIs, {len(relations)} relations"
        message = f"{have}, not one of each"
        facts.remark("TX020", facts.source, f"{message}: {line!r:.120}: left out")
        return None
    uris = ("".join(esco), "".join(swedish))
    ids = [esco_id(uris[0]), uris[1].removeprefix(JOBTECH_NAMESPACE)]
    shown = " ".join((ids[0] or "nothing", relations[0], ids[1] or "nothing"))
    facts.remark("TX019", ids[0] or ids[1], f"a damaged row, taken as: {shown}")
    return *uris, relations[0]


def _mapping(esco: str, swedish: str, kind: RelationKind, facts: Facts, ids: dict[str, ConceptId]) -> None:
    """Take one mapping; `ids` holds what URIs have been parsed to, for most come again."""
    try:
        for uri in (esco, swedish):
            if uri not in ids:
                ids[uri] = concept_id(uri)
    except BadInput as error:
        facts.remark("TX020", facts.source, f"{error}: left out")
        return
    facts.edge((kind, ids[esco], ids[swedish], Provenance.MAPPING))
