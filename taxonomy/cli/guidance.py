"""Outlook, advertisements, pay, requirements and flows on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxonomy.cli.profile import named

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from taxonomy.services.guidance import Outlook
    from taxonomy.snapshot import Snapshot

DEMAND = ("opportunities", "forecast")
"""The heads of the columns of `demand_of`."""

_LISTED = 10
_NOTHING = "no source says anything"
_COVERS = {
    "group": "",
    "part-of-group": ", a part of its SSYK group",
    "more-than-group": ", more than its SSYK group",
}


def add_region(parser: argparse.ArgumentParser, what: str) -> None:
    """`--region`."""
    parser.add_argument("--region", metavar="ID|NAME", help=f"{what}: a county, a municipality or a country")


def region_of(snapshot: Snapshot, arguments: argparse.Namespace) -> int | None:
    """The number of the region asked for, None for none; raises `BadInput` for what is no region."""
    from taxonomy.model.concept import COUNTRY, MUNICIPALITY, REGION
    from taxonomy.model.errors import BadInput
    from taxonomy.model.ids import concept_id

    if not arguments.region:
        return None
    kinds = frozenset({REGION, MUNICIPALITY, COUNTRY})
    number = snapshot.index[concept_id(named(snapshot, arguments.region, kinds))]
    if snapshot.kind_of[number] not in kinds:
        raise BadInput(f"{arguments.region} is of the kind {snapshot.kind_of[number]}, not a region")
    return number


def demand_of(snapshot: Snapshot, occupation: int, region: int) -> tuple[str | None, str | None]:
    """Opportunities and forecast of an occupation in a region, for two columns."""
    from taxonomy.services.guidance import outlook

    found = outlook(snapshot, occupation, region)
    return (found.opportunities, found.forecast) if found else (None, None)


def guidance_rows(snapshot: Snapshot, number: int, region: int | None) -> Iterator[tuple[str, str]]:
    """What the sources say of an occupation, a group or a region, with level, period and source."""
    from taxonomy.model.concept import BAROMETER_OCCUPATION, OCCUPATION, REGION, SSYK_GROUP
    from taxonomy.services import guidance

    if not snapshot.release.draft.observations:
        return
    kind = snapshot.kind_of[number]
    if kind == OCCUPATION:
        found = guidance.outlook(snapshot, number, region)
        yield from _outlooks(snapshot, [found] if found else [])
        yield from _requirement(snapshot, number)
    elif kind == SSYK_GROUP:
        yield from _outlooks(snapshot, guidance.outlooks_of_group(snapshot, number, region))
    elif kind == BAROMETER_OCCUPATION:
        found = guidance.outlook_of_barometer(snapshot, number, region)
        yield from _outlooks(snapshot, [found] if found else [])
    elif kind == REGION:
        yield from _outlooks(snapshot, guidance.outlooks_in(snapshot, number)[:_LISTED])
    if kind in (OCCUPATION, SSYK_GROUP):
        yield from _advertisements(snapshot, number, region)
        yield from _salary(snapshot, number)
    if kind == SSYK_GROUP:
        yield from _flows(snapshot, number)


def _outlooks(snapshot: Snapshot, found: list[Outlook]) -> Iterator[tuple[str, str]]:
    for one in found:
        said = f"opportunities {one.opportunities}, forecast {one.forecast}"
        about = f"{_called(snapshot, one.region)}: {_called(snapshot, one.of)}{_COVERS[one.coverage]}"
        yield _said("outlook", one.level, one.period, one.source), f"{said} in {about}"
    if not found:
        yield "outlook", _NOTHING


def _requirement(snapshot: Snapshot, occupation: int) -> Iterator[tuple[str, str]]:
    from taxonomy.services.guidance import requirement

    found = requirement(snapshot, occupation)
    if found is None:
        yield "education requirement", _NOTHING
    else:
        yield _said("education requirement", found.level, found.period, found.source), found.text


def _advertisements(snapshot: Snapshot, number: int, region: int | None) -> Iterator[tuple[str, str]]:
    from taxonomy.services.guidance import advertisements

    found = advertisements(snapshot, number, region)
    if found is None:
        yield "advertisements", _NOTHING
        return
    counted, employed = found.advertised, found.employed
    about = _said("advertisements", found.level, counted.period, counted.source)
    yield about, f"{counted.value} in {_called(snapshot, counted.region)}"
    if employed:
        about = _said("employed", found.level, employed.period, employed.source)
        yield about, f"{employed.value} in {_called(snapshot, employed.region)}"
    if found.per_thousand is not None:
        yield "advertisements per thousand employed", f"{found.per_thousand:.1f}"


def _salary(snapshot: Snapshot, number: int) -> Iterator[tuple[str, str]]:
    from taxonomy.services.guidance import salary

    found = salary(snapshot, number)
    if found is None:
        yield "salary", _NOTHING
        return
    values = {"10th percentile": found.p10, "median": found.median, "90th percentile": found.p90}
    said = ", ".join(f"{name} {'suppressed' if value is None else value}" for name, value in values.items())
    yield _said("salary", found.level, found.period, found.source), f"{said} (unit {found.unit})"


def _flows(snapshot: Snapshot, group: int) -> Iterator[tuple[str, str]]:
    from taxonomy.services.guidance import ObservationLevel, flows

    found = flows(snapshot, group)
    for flow in found:
        place = "-" if flow.rank is None else str(flow.rank)
        about = _said("flow", ObservationLevel.GROUP, flow.period, flow.source)
        yield about, f"{place}  {_called(snapshot, flow.group)}"
    if not found:
        yield "flow", _NOTHING


def _said(what: str, level: str, period: str, source: str) -> str:
    from taxonomy.model.observation import NOT_STATED

    return f"{what} ({level}, {'period ' if period == NOT_STATED else ''}{period}, {source})"


def _called(snapshot: Snapshot, number: int | None) -> str:
    from taxonomy.model.concept import SSYK_GROUP, Locale

    if number is None:
        return "a place that is not stated"
    code = snapshot.codes.get(number) if snapshot.kind_of[number] == SSYK_GROUP else None
    return f"{code + ' ' if code else ''}{snapshot.label(number, Locale.SV)}"
