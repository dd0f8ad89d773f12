"""What guidance asks of an occupation: outlook, advertisements, employment, pay, requirements, flows.

The files state neither period nor unit: the manifest does, or says that they are not stated.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from taxonomy.ingest.csv_files import read_rows
from taxonomy.ingest.facts import CodedEdge, Facts, NamedEdge
from taxonomy.ingest.manifest import SourceFile
from taxonomy.ingest.merge_observations import SUMMED
from taxonomy.ingest.read_json import object_items, read_json, text_in
from taxonomy.model.concept import (
    BAROMETER_OCCUPATION,
    OCCUPATION,
    SKILL,
    SKILL_COLLECTION,
    SSYK_GROUP,
    NoteKind,
    Provenance,
)
from taxonomy.model.observation import SALARIES, Coverage, Forecast, Measure, Opportunities
from taxonomy.model.relation import RelationKind

_SSYK: Final = "ssyk-code-2012"
_SUPPRESSED: Final = ".."
_OPPORTUNITIES: Final = {
    "små": Opportunities.SMALL,
    "medelstora": Opportunities.MEDIUM,
    "stora": Opportunities.LARGE,
}
_FORECASTS: Final = {
    "minska": Forecast.DECREASE,
    "vara oförändrad": Forecast.UNCHANGED,
    "öka": Forecast.INCREASE,
}
_OUTLOOK: Final[tuple[tuple[Measure, Mapping[str, StrEnum]], ...]] = (
    (Measure.OPPORTUNITIES, _OPPORTUNITIES),
    (Measure.FORECAST, _FORECASTS),
)
_FLAGS: Final = {
    "barometer_part_of_ssyk": Coverage.PART_OF_GROUP,
    "barometer_above_ssyk": Coverage.MORE_THAN_GROUP,
}
_FLOWS: Final = 9
"""How many codes a list of the labour flow has; one of twice as many is two lists."""
_EMPLOYMENT_COLUMNS: Final = ("taxonomy", "year", "level", "code", "value")


def read_barometer_occupations(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read which barometer occupation an occupation and its SSYK group are assessed as, by occupation id.

    A barometer occupation is flagged as part of its group or as more than it; of one that is not, it is taken
    that it is the group. Flags that differ from row to row are told.
    """
    del file
    coverage: dict[str, Coverage] = {}
    for id_, row in object_items(path, facts, dict):
        barometer, group = text_in(row, "barometer_id", facts), text_in(row, "occupation_group_id", facts)
        facts.concept(barometer, BAROMETER_OCCUPATION, text_in(row, "barometer_name", facts))
        facts.concept(id_, OCCUPATION, None)
        facts.concept(group, SSYK_GROUP, None)
        for assessed in (id_, group):
            facts.edge((RelationKind.ASSESSED_AS, assessed, barometer, Provenance.NATIVE))
        said = _coverage(row, facts)
        first = coverage.setdefault(barometer, said)
        if first is not said:
            facts.remark("TX015", barometer, f"{barometer} covers {first} elsewhere and {said} here")
    for barometer, said in coverage.items():
        facts.note(barometer, NoteKind.COVERAGE, said)


def _coverage(row: Mapping[str, Any], facts: Facts) -> Coverage:
    flags = {name: row.get(name) for name in _FLAGS}
    for name, flag in flags.items():
        if not isinstance(flag, bool):
            raise facts.bad(f"{name} must be true or false, not {flag!r:.60}")
    said = [_FLAGS[name] for name, flag in flags.items() if flag]
    if len(said) > 1:
        facts.remark("TX015", str(row["barometer_id"]), "is said to be part of a group and more than it")
    return said[0] if len(said) == 1 else Coverage.GROUP


def read_barometer(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read opportunities and forecast by barometer occupation and region, `{id: {region: [word, word]}}`."""
    del file
    for id_, regions in object_items(path, facts, dict):
        facts.concept(id_, BAROMETER_OCCUPATION, None)
        if not regions:
            facts.tally("TX606", "barometer occupations without any assessment")
        for region, words in regions.items():
            if not isinstance(words, list) or len(words) != len(_OUTLOOK):
                raise facts.bad(
                    f"{region} must have two words, opportunities and forecast, not {words!r:.60}"
                )
            for (measure, known), word in zip(_OUTLOOK, words, strict=True):
                if isinstance(word, str) and word in known:
                    facts.observe(id_, measure, region, known[word].value)
                else:
                    facts.remark("TX603", id_, f"{word!r:.60} says nothing of {measure}: left out")


def read_advertisements(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read numbers of advertisements by SSYK group and region, `{group id: {region: number}}`."""
    del file
    for id_, regions in object_items(path, facts, dict):
        facts.concept(id_, SSYK_GROUP, None)
        for region, count in regions.items():
            facts.observe(id_, Measure.ADVERTISEMENTS, region, _count(count, facts))


def _count(value: object, facts: Facts) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise facts.bad(f"needs a number of advertisements, not {value!r:.60}")
    return value


def read_salaries(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read pay by SSYK code, `{code: [10th percentile, median, 90th percentile]}`; `..` is suppressed."""
    del file
    for code, values in object_items(path, facts, list):
        if len(values) != len(SALARIES):
            raise facts.bad(f"{code!r:.60} must have three values, not {len(values)}")
        for measure, value in zip(SALARIES, values, strict=True):
            facts.observe_code(code, _SSYK, measure, None, _amount(value, facts))


def _amount(value: object, facts: Facts) -> int | None:
    if value == _SUPPRESSED:
        facts.tally("TX605", "values are suppressed, which is not zero")
        return None
    if not isinstance(value, str) or not (value.isascii() and value.isdigit()):
        raise facts.bad(f"needs whole numbers as texts, or {_SUPPRESSED!r}, not {value!r:.60}")
    return int(value)


def read_employment(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read how many are employed by SSYK code of four digits, from `taxonomy,year,level,code,value`.

    Options: `region`, where they are employed; `absorbed`, from a code of Statistics Sweden's to that of the
    taxonomy's group which it is a part of there.
    """
    absorbed: dict[str, str] = file.options.get("absorbed", {})
    persons: dict[tuple[str, str], int] = {}
    rows: dict[tuple[str, str], int] = {}
    for row in read_rows(path, file, facts, _EMPLOYMENT_COLUMNS):
        if row["level"] != "4":
            continue
        if not (row["value"].isascii() and row["value"].isdigit()):
            raise facts.bad(f"needs a number of persons, not {row['value']!r:.60}")
        key = (absorbed.get(row["code"], row["code"]), row["year"])
        facts.tally("TX604", SUMMED, row["code"] in absorbed)
        persons[key] = persons.get(key, 0) + int(row["value"])
        rows.setdefault(key, facts.row)
    for (code, year), number in persons.items():
        facts.row = rows[code, year]
        region = file.options["region"]
        facts.observe_code(code, _SSYK, Measure.EMPLOYED, region, number, year, additive=True)


def read_requirements(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read what education an occupation requires, `{occupation id: sentence}`."""
    del file
    for id_, text in object_items(path, facts, str):
        facts.concept(id_, OCCUPATION, None)
        facts.note(id_, NoteKind.EDUCATION_REQUIREMENT, text)


def read_flows(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read lists of SSYK codes by SSYK code, the greatest flow first, `{code: [code]}`.

    A code that a list repeats keeps its first place. A list of twice the length is two lists run together:
    its codes are kept without a place.
    """
    del file
    for code, codes in object_items(path, facts, list):
        if not all(isinstance(other, str) for other in codes):
            raise facts.bad(f"{code!r:.60} must have a list of codes, not {codes!r:.60}")
        ranked = len(codes) <= _FLOWS
        if not ranked:
            message = f"{len(codes)} codes are two lists run together: kept without their places"
            facts.remark("TX026", code, message)
        elif len(set(codes)) < len(codes):
            message = f"the list repeats {', '.join(_repeated(codes))}: the first place is kept"
            facts.remark("TX025", code, message)
        where = (facts.file, facts.row)
        for other in dict.fromkeys(codes):
            rank = codes.index(other) + 1 if ranked else None
            facts.coded_edges.append(
                CodedEdge(RelationKind.LABOUR_FLOW, SSYK_GROUP, _SSYK, code, other, rank, where)
            )


def _repeated(codes: Sequence[str]) -> Iterator[str]:
    return (code for code in dict.fromkeys(codes) if codes.count(code) > 1)


def read_skill_collection(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read the labels of the skills in a collection, `[label]`; options `collection`, its id, and `label`."""
    collection = file.options["collection"]
    labels = read_json(path)
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise facts.bad("must be a list of labels")
    facts.concept(collection, SKILL_COLLECTION, file.options["label"])
    for facts.row, label in enumerate(labels, 1):
        facts.named_edges.append(
            NamedEdge(
                RelationKind.MEMBER_OF,
                collection,
                SKILL,
                label,
                Provenance.NATIVE,
                None,
                None,
                (facts.file, facts.row),
                turned=True,
            )
        )
