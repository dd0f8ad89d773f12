"""The readers by the names that manifests use, and which options each of them takes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from taxonomy.ingest import esco, guidance, jobtech_other, jobtech_query, local_mappings, sweden_esco
from taxonomy.ingest.facts import Facts
from taxonomy.ingest.manifest import Recipe, SourceFile
from taxonomy.model.errors import BadSource


class Reader(NamedTuple):
    """What reads a file, the options it needs, and those it can do without, each `str`, `list` or `dict`."""

    read: Callable[[Path, SourceFile, Facts], None]
    needs: Mapping[str, type] = {}
    takes: Mapping[str, type] = {}


def _ssyk_workbook(path: Path, file: SourceFile, facts: Facts) -> None:
    from taxonomy.ingest.tabular import read_ssyk_workbook  # pandas takes half a second to import

    read_ssyk_workbook(path, file, facts)


def _skos(path: Path, file: SourceFile, facts: Facts) -> None:
    from taxonomy.ingest.skos import read_skos  # rdflib takes a third of a second to import

    read_skos(path, file, facts)


_ZIPPED: Final[Mapping[str, type]] = {"archive": str}

READERS: Final[Mapping[str, Reader]] = {
    "jobtech-query": Reader(jobtech_query.read_query, takes={"kind": str, "relations": dict, "ignore": list}),
    "jobtech-types": Reader(jobtech_other.read_types),
    "jobtech-coded": Reader(jobtech_other.read_coded, needs={"code": str}),
    "jobtech-definitions": Reader(jobtech_other.read_definitions, takes={"quoted": str}),
    "jobtech-occupation-skills": Reader(jobtech_other.read_occupation_skills),
    "jobtech-snapshot": Reader(jobtech_other.read_snapshot),
    "jobtech-legacy": Reader(jobtech_other.read_legacy),
    "jobtech-legacy-codes": Reader(
        jobtech_other.read_legacy_codes, needs={"systems": dict}, takes={"kinds": dict}
    ),
    "esco-concepts": Reader(esco.read_concepts, needs={"type": str}, takes=_ZIPPED),
    "esco-texts": Reader(esco.read_texts, needs={"type": str}, takes=_ZIPPED),
    "esco-labels": Reader(esco.read_labels, needs={"type": str}),
    "esco-hierarchy": Reader(esco.read_hierarchy, takes=_ZIPPED),
    "esco-skills": Reader(esco.read_skills, needs={"subject": str, "object": str}, takes=_ZIPPED),
    "esco-schemes": Reader(esco.read_schemes, needs={"collections": list}, takes=_ZIPPED),
    "esco-collection": Reader(esco.read_collection, needs={"collection": str}, takes=_ZIPPED),
    "sweden-esco-table": Reader(sweden_esco.read_table),
    "barometer-occupations": Reader(guidance.read_barometer_occupations),
    "barometer": Reader(guidance.read_barometer),
    "advertisements": Reader(guidance.read_advertisements),
    "salaries": Reader(guidance.read_salaries),
    "employment": Reader(guidance.read_employment, needs={"region": str}, takes={"absorbed": dict}),
    "education-requirements": Reader(guidance.read_requirements),
    "labour-flow": Reader(guidance.read_flows),
    "skill-collection": Reader(guidance.read_skill_collection, needs={"collection": str, "label": str}),
    "skos": Reader(_skos, takes={"format": str, "kind": str, "namespace": str}),
    "sssom": Reader(local_mappings.read_local),
    "ssyk-workbook": Reader(_ssyk_workbook, needs={"sheets": dict, "system": str}),
}
"""What a reader does stands in its docstring, and in `loaders/README.md`."""


def refuse_unknown_readers(recipe: Recipe) -> None:
    """Raise `BadSource` for the first file with a reader or an option that there is not."""
    for manifest in recipe.manifests:
        for file in manifest.files:
            problem = _problem(file)
            if problem:
                raise BadSource(f"loaders/{manifest.source.id}.toml: {file.path}: {problem}")


def _problem(file: SourceFile) -> str | None:
    reader = READERS.get(file.reader)
    if reader is None:
        return f"there is no reader {file.reader!r}; there are {', '.join(READERS)}"
    missing = sorted(set(reader.needs) - set(file.options))
    if missing:
        return f"{file.reader} needs the option {missing[0]!r}"
    known = {**reader.needs, **reader.takes}
    for name, value in file.options.items():
        if name not in known:
            return f"{file.reader} has no option {name!r}; it has {', '.join(known) or 'none'}"
        if not _fits(value, known[name]):
            return f"{name} must be {_CALLED[known[name]]}, not {value!r}"
    return None


_CALLED: Final[Mapping[type, str]] = {str: "a text", list: "a list of texts", dict: "a table of texts"}


def _fits(value: Any, wanted: type) -> bool:
    if not isinstance(value, wanted):
        return False
    texts: Any = value.values() if isinstance(value, dict) else value
    return all(isinstance(text, str) for text in texts)
