"""What the page of a concept says of demand, pay, requirements and changes of occupation, and who says so."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from taxonomy.model.concept import (
    BAROMETER_OCCUPATION,
    OCCUPATION,
    REGION,
    SSYK_GROUP,
    Locale,
)
from taxonomy.model.observation import NOT_STATED
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.services import browse, guidance
from taxonomy.services.guidance import Guidance, ObservationLevel, Outlook
from taxonomy.web import words
from taxonomy.web.concept_view import Link, Reader, Shown
from taxonomy.web.templating import grouped

_FIRST: Final = 10
"""Rows of a region's outlook that are seen at once."""


class Row(NamedTuple):
    """A line of a table: what it is about, if anything, and its cells."""

    link: Link | None
    cells: Sequence[str]


class Figures(NamedTuple):
    """A table: what is seen at once, what can be unfolded; of what it is said, when and by whom."""

    title: str
    about: Link | None
    coverage: str
    heads: Sequence[str]
    first: Sequence[Row]
    rest: Sequence[Row]
    said: str


class Requirement(NamedTuple):
    """A text with its language, and who says so."""

    text: str
    lang: str
    said: str


class GuidanceView(NamedTuple):
    """All of it; `silent` names what no source says anything of, `sources` whom it is from, by id."""

    figures: Sequence[Figures]
    requirement: Requirement | None
    flows: Shown | None
    flows_said: str
    silent: Sequence[str]
    sources: frozenset[str]


_NONE: Final = GuidanceView((), None, None, "", (), frozenset())


def guidance_view(reader: Reader, concept: int) -> GuidanceView:
    """What there is to say of an occupation, a group, a barometer occupation or a region."""
    snapshot = reader.snapshot
    kind = snapshot.kind_of[concept]
    if not snapshot.release.draft.observations or snapshot.deprecated[concept]:
        return _NONE
    if kind == REGION:
        return _NONE._replace(figures=list(_region(reader, concept)))
    if kind == BAROMETER_OCCUPATION:
        return _NONE._replace(figures=list(_outlooks(reader, concept)))
    if kind not in (OCCUPATION, SSYK_GROUP):
        return _NONE
    found = [*_outlooks(reader, concept), *_advertisements(reader, concept), *_salary(reader, concept)]
    told = {figures.title for figures in found}
    silent = [word.in_(reader.language) for word in (words.OUTLOOK, words.ADVERTISEMENTS, words.SALARY)]
    requirement = _requirement(reader, concept) if kind == OCCUPATION else None
    if kind == OCCUPATION and requirement is None:
        silent.append(words.REQUIREMENT.in_(reader.language))
    flows, said = _flows(reader, concept) if kind == SSYK_GROUP else (None, "")
    group = browse.group_of(snapshot, concept) if kind == OCCUPATION else concept
    return GuidanceView(
        found,
        requirement,
        flows,
        said,
        [title for title in silent if title not in told],
        _sources(reader, () if group is None else (group,)),
    )


def _sources(reader: Reader, groups: Sequence[int]) -> frozenset[str]:
    """Whom observations of these groups are from."""
    observed = reader.snapshot.observations
    rows = [row for group in groups for row in observed.rows(group)]
    return frozenset(observed.at(row).source for row in rows)


def _outlooks(reader: Reader, concept: int) -> Iterator[Figures]:
    """A table for each barometer occupation, with a row for each place."""
    by_place = [_outlooks_at(reader, concept, place) for place in _places(reader)]
    barometers = sorted({one.of for found in by_place for one in found})
    for barometer in barometers:
        found = [one for some in by_place for one in some if one.of == barometer]
        rows = [Row(reader.link(one.region), _cells(reader, one)) for one in found]
        first = found[0]
        yield Figures(
            words.OUTLOOK.in_(reader.language),
            reader.link(barometer),
            words.COVERAGES[first.coverage].in_(reader.language),
            _heads(reader, words.PLACE),
            *_parted(rows, 1),
            _said(reader, first.source, first.period, first.level),
        )


def _outlooks_at(reader: Reader, concept: int, place: int) -> list[Outlook]:
    snapshot = reader.snapshot
    if snapshot.kind_of[concept] == SSYK_GROUP:
        return guidance.outlooks_of_group(snapshot, concept, place)
    ask = guidance.outlook if snapshot.kind_of[concept] == OCCUPATION else guidance.outlook_of_barometer
    found = ask(snapshot, concept, place)
    return [found] if found else []


def _region(reader: Reader, region: int) -> Iterator[Figures]:
    """What is in demand in a region, once for all occupations of the barometer."""
    found = guidance.outlooks_in(reader.snapshot, region)
    if found:
        rows = [Row(reader.link(one.of), _cells(reader, one)) for one in found]
        yield Figures(
            words.DEMAND.in_(reader.language),
            None,
            "",
            _heads(reader, words.ASSESSED),
            *_parted(rows, _FIRST),
            _said(reader, found[0].source, found[0].period, found[0].level),
        )


def _advertisements(reader: Reader, concept: int) -> Iterator[Figures]:
    found = [
        one
        for place in _places(reader)
        if (one := guidance.advertisements(reader.snapshot, concept, place)) is not None
    ]
    if not found:
        return
    first, language = found[0], reader.language
    said = [_said(reader, first.advertised.source, first.advertised.period, first.level)]
    if first.employed:
        said.append(_said(reader, first.employed.source, first.employed.period, first.level))
    rows = [
        Row(
            None if one.advertised.region is None else reader.link(one.advertised.region),
            [
                grouped(one.advertised.value),
                "" if one.per_thousand is None or not one.employed else grouped(one.employed.value),
                "" if one.per_thousand is None else _decimal(one.per_thousand, language),
            ],
        )
        for one in found
    ]
    heads = (words.PLACE, words.ADVERTISED, words.EMPLOYED, words.PER_THOUSAND)
    yield Figures(
        words.ADVERTISEMENTS.in_(language),
        reader.link(first.advertised.of),
        "",
        [head.in_(language) for head in heads],
        *_parted(rows, 1),
        " · ".join(said),
    )


def _salary(reader: Reader, concept: int) -> Iterator[Figures]:
    found = guidance.salary(reader.snapshot, concept)
    if found is None:
        return
    language = reader.language
    suppressed = words.SUPPRESSED.in_(language)
    cells = [
        suppressed if value is None else grouped(value) for value in (found.p10, found.median, found.p90)
    ]
    unit = words.NOT_STATED.in_(language) if found.unit == NOT_STATED else found.unit
    said = _said(reader, found.source, found.period, found.level)
    yield Figures(
        words.SALARY.in_(language),
        reader.link(found.of),
        "",
        [word.in_(language) for word in words.PERCENTILES],
        [Row(None, cells)],
        (),
        f"{said} · {words.UNIT.in_(language)}: {unit}",
    )


def _requirement(reader: Reader, occupation: int) -> Requirement | None:
    found = guidance.requirement(reader.snapshot, occupation)
    if found is None:
        return None
    said = _said(reader, found.source, found.period, found.level)
    return Requirement(found.text, Locale(found.locale).value, said)


def _flows(reader: Reader, group: int) -> tuple[Shown | None, str]:
    found = guidance.flows(reader.snapshot, group)
    if not found:
        return None, ""
    title = words.RELATIONS[RelationKind.LABOUR_FLOW, Direction.OUT].in_(reader.language)
    shown = reader.shown(title, [flow.group for flow in found])
    return shown, _said(reader, found[0].source, found[0].period, ObservationLevel.GROUP)


def _places(reader: Reader) -> list[int]:
    """Where there is anything to say: the country, then regions by name."""
    guidance_ = reader.snapshot.derived(Guidance)
    return sorted(guidance_.places, key=lambda place: (place != guidance_.country, place))


def _decimal(number: float, language: str) -> str:
    text = f"{number:.1f}"
    return text.replace(".", ",") if language == "sv" else text


def _heads(reader: Reader, first: words.Word) -> list[str]:
    heads = (first, words.OPPORTUNITIES_HEAD, words.FORECAST_HEAD)
    return [head.in_(reader.language) for head in heads]


def _cells(reader: Reader, found: Outlook) -> list[str]:
    language = reader.language
    opportunities = words.OPPORTUNITIES[found.opportunities].in_(language) if found.opportunities else ""
    forecast = words.FORECASTS[found.forecast].in_(language) if found.forecast else ""
    return [opportunities, forecast]


def _parted(rows: Sequence[Row], first: int) -> tuple[Sequence[Row], Sequence[Row]]:
    return rows[:first], rows[first:]


def _said(reader: Reader, source: str, period: str, level: ObservationLevel) -> str:
    language = reader.language
    when = words.NOT_STATED.in_(language) if period == NOT_STATED else period
    about = words.OBSERVATION_LEVELS[level].in_(language)
    return f"{reader.source(source)} · {words.PERIOD.in_(language)}: {when} · {about}"
