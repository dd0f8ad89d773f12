"""What guidance asks of an occupation: is it in demand here, what does it pay, what does it require.

Every answer says of what it was said (`of`, `level`), where, when and by whom. What no source says is None:
never a guess, never a zero.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import (
    BAROMETER_OCCUPATION,
    COUNTRY,
    MUNICIPALITY,
    OCCUPATION,
    REGION,
    Locale,
    NoteKind,
)
from taxonomy.model.observation import (
    NOT_STATED,
    OUTCOMES,
    SALARIES,
    Coverage,
    Forecast,
    Measure,
    Opportunities,
)
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.services import browse
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.observations import NOWHERE, Observed

_PER: Final = 1000
_ASSESSED: Final = {Coverage.GROUP, Coverage.MORE_THAN_GROUP}


class ObservationLevel(StrEnum):
    """Of what a source says something that is told of an occupation."""

    OCCUPATION = "occupation"
    GROUP = "group"
    BAROMETER_OCCUPATION = "barometer-occupation"


_ITSELF: Final = ObservationLevel.BAROMETER_OCCUPATION


class Outlook(NamedTuple):
    """What a barometer says of an occupation in a region or country; `of` is its barometer occupation."""

    of: int
    coverage: Coverage
    level: ObservationLevel
    region: int
    opportunities: Opportunities | None
    forecast: Forecast | None
    period: str
    source: str


class Salary(NamedTuple):
    """What the SSYK group `of` is paid: a percentile is None where the source suppresses it."""

    of: int
    level: ObservationLevel
    region: int | None
    p10: int | None
    median: int | None
    p90: int | None
    unit: str
    period: str
    source: str


class Count(NamedTuple):
    """A number that a source gives of the SSYK group `of` in a region or country."""

    of: int
    region: int | None
    value: int
    period: str
    source: str


class Advertisements(NamedTuple):
    """Advertisements for an SSYK group, and how many are employed in it where the source counts them.

    `per_thousand` is advertisements for each thousand employed: only where both are of the same place.
    """

    advertised: Count
    level: ObservationLevel
    employed: Count | None
    per_thousand: float | None


class Requirement(NamedTuple):
    """What education the occupation `of` requires, in the words of a source."""

    of: int
    level: ObservationLevel
    locale: Locale
    text: str
    period: str
    source: str


class Flow(NamedTuple):
    """An SSYK group in a list of those that people change between; `rank` from 1, None if unknown."""

    group: int
    rank: int | None
    period: str
    source: str


class Assessment(NamedTuple):
    """As which barometer occupation an occupation is assessed, and whether it or its group is named."""

    of: int
    level: ObservationLevel


class Guidance:
    """What is found once for each snapshot: get it with `snapshot.derived(Guidance)`.

    Arrays have a place for each occupation, in the order of `occupations`. `places` are the regions and
    countries that anything is observed in, `country` the one that is meant where none is named.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._periods = {source.id: source.period for source in snapshot.release.draft.sources}
        self._demand: dict[tuple[Measure, int], NDArray[np.uint8]] = {}
        self.occupations = snapshot.kind_range(OCCUPATION)
        self.places: tuple[int, ...] = tuple(sorted({*snapshot.observations.region.tolist()} - {NOWHERE}))
        self.country = self._country()
        self.coverage = dict(self._coverages())
        self._assessed = {number: found for number in self.occupations if (found := self._assess(number))}

    def _country(self) -> int | None:
        """The country that most observations are of, whatever others there are."""
        regions = self._snapshot.observations.region
        countries = self._snapshot.kind_range(COUNTRY)
        inside = regions[(regions >= countries.start) & (regions < countries.stop)]
        return int(np.bincount(inside).argmax()) if len(inside) else None

    def _coverages(self) -> Iterator[tuple[int, Coverage]]:
        for number in self._snapshot.kind_range(BAROMETER_OCCUPATION):
            notes = {note.text for note in self._snapshot.notes(number) if note.kind is NoteKind.COVERAGE}
            yield number, next((value for value in Coverage if value.value in notes), Coverage.GROUP)

    def _assess(self, occupation: int) -> Assessment | None:
        own = self.barometers(occupation)
        if own:
            return Assessment(own[0], ObservationLevel.OCCUPATION)
        group = browse.group_of(self._snapshot, occupation)
        others = self.barometers(group) if group is not None else []
        # Of several, or of one that is a part of the group, nothing says which the occupation belongs to.
        if len(others) == 1 and self.coverage[others[0]] in _ASSESSED:
            return Assessment(others[0], ObservationLevel.GROUP)
        return None

    def barometers(self, concept: int) -> list[int]:
        """The barometer occupations that an occupation or a group is assessed as, by name."""
        found = self._snapshot.edges(RelationKind.ASSESSED_AS).of(concept)
        return sorted({number for number in found if number in self.coverage})

    def assessment(self, occupation: int) -> Assessment | None:
        """What of the barometer speaks of an occupation, or of all of its SSYK group; None if nothing."""
        return self._assessed.get(occupation)

    def period_of(self, source: str) -> str:
        """The period of what a source says without an observation."""
        return self._periods.get(source) or NOT_STATED

    def place(self, region: int | None) -> int | None:
        """Where to look: the country for None, the county for a municipality, else the place itself."""
        if region is None:
            return self.country
        if self._snapshot.kind_of[region] == MUNICIPALITY:
            above = self._snapshot.edges(RelationKind.BROADER).of(region)
            return next((number for number in above if self._snapshot.kind_of[number] == REGION), None)
        return region

    def demand(self, measure: Measure, region: int | None = None) -> NDArray[np.uint8]:
        """How strong each occupation is in a region by an outcome of the barometer; 0 where nothing is said.

        From 1, in the order of `OUTCOMES[measure]`.
        """
        place = self.place(region)
        key = (measure, NOWHERE if place is None else place)
        if key not in self._demand:
            self._demand[key] = self._ranked(*key)
        return self._demand[key]

    def _ranked(self, measure: Measure, place: int) -> NDArray[np.uint8]:
        found = np.zeros(len(self.occupations), np.uint8)
        places = {word: rank for rank, word in enumerate(OUTCOMES[measure], 1)}
        of_barometer: dict[int, int] = {}
        for occupation, assessment in self._assessed.items():
            if assessment.of not in of_barometer:
                said = _observed(self._snapshot, assessment.of, measure, place)
                of_barometer[assessment.of] = places.get(str(said.value), 0) if said else 0
            found[occupation - self.occupations.start] = of_barometer[assessment.of]
        found.flags.writeable = False
        return found

    def median_pay(self) -> NDArray[np.int64]:
        """The median pay of each occupation's SSYK group; 0 where it is suppressed or nobody says it."""
        return self._snapshot.derived(_median_pay)


def in_demand(
    snapshot: Snapshot,
    region: int | None = None,
    opportunities: Opportunities | None = None,
    forecast: Forecast | None = None,
) -> NDArray[np.bool_]:
    """Which occupations have at least these opportunities and this forecast in a region, in their order.

    One of which nothing is said has neither.
    """
    guidance = snapshot.derived(Guidance)
    found = np.ones(len(guidance.occupations), np.bool_)
    for measure, least in ((Measure.OPPORTUNITIES, opportunities), (Measure.FORECAST, forecast)):
        if least is not None:
            found &= guidance.demand(measure, region) > OUTCOMES[measure].index(least.value)
    return found


def _median_pay(snapshot: Snapshot) -> NDArray[np.int64]:
    numbers = snapshot.kind_range(OCCUPATION)
    found = np.zeros(len(numbers), np.int64)
    for number in numbers:
        paid = salary(snapshot, number)
        found[number - numbers.start] = (paid.median if paid else None) or 0
    found.flags.writeable = False
    return found


def outlook(snapshot: Snapshot, occupation: int, region: int | None = None) -> Outlook | None:
    """What the barometer says of an occupation in a region, in a municipality's county, or the country."""
    guidance = snapshot.derived(Guidance)
    place, assessment = guidance.place(region), guidance.assessment(occupation)
    if place is None or assessment is None:
        return None
    return _outlook(snapshot, guidance, assessment, place)


def outlooks_of_group(snapshot: Snapshot, group: int, region: int | None = None) -> list[Outlook]:
    """What the barometer says of an SSYK group, or of parts of it, by the barometer occupations' names."""
    guidance = snapshot.derived(Guidance)
    place = guidance.place(region)
    if place is None:
        return []
    assessed = (Assessment(other, _ITSELF) for other in guidance.barometers(group))
    found = (_outlook(snapshot, guidance, one, place) for one in assessed)
    return [one for one in found if one is not None]


def outlooks_in(snapshot: Snapshot, region: int | None = None) -> list[Outlook]:
    """All that the barometer says of a region: most opportunities first, then by forecast, then by name."""
    guidance = snapshot.derived(Guidance)
    place = guidance.place(region)
    if place is None:
        return []
    found = (
        _outlook(snapshot, guidance, Assessment(number, _ITSELF), place)
        for number in snapshot.kind_range(BAROMETER_OCCUPATION)
    )
    return sorted((one for one in found if one is not None), key=_by_demand)


def outlook_of_barometer(snapshot: Snapshot, barometer: int, region: int | None = None) -> Outlook | None:
    """What the barometer says of one of its own occupations in a region or in the country."""
    guidance = snapshot.derived(Guidance)
    place = guidance.place(region)
    return None if place is None else _outlook(snapshot, guidance, Assessment(barometer, _ITSELF), place)


def assessed_as(snapshot: Snapshot, barometer: int) -> list[int]:
    """The active occupations that a barometer occupation speaks of, itself or by their group, by name."""
    guidance = snapshot.derived(Guidance)
    edges = snapshot.edges(RelationKind.ASSESSED_AS, Direction.IN)
    below = browse.descendants(snapshot, edges.of(barometer))
    return [
        number
        for number in browse.of_kind(snapshot, below, OCCUPATION)
        if not snapshot.deprecated[number]
        and (found := guidance.assessment(number)) is not None
        and found.of == barometer
    ]


def salary(snapshot: Snapshot, concept: int) -> Salary | None:
    """What an SSYK group is paid, or the group of an occupation."""
    group = _group(snapshot, concept)
    if group is None:
        return None
    found = [_observed(snapshot, group, measure, NOWHERE) for measure in SALARIES]
    first = next((one for one in found if one is not None), None)
    if first is None:
        return None
    p10, median, p90 = (_number(one) for one in found)
    return Salary(
        group, ObservationLevel.GROUP, first.region, p10, median, p90, first.unit, first.period, first.source
    )


def pay_change(before: Salary | None, after: Salary | None) -> int | None:
    """By how much the median differs; None unless both are known, of one unit, period, region and source."""
    if before is None or after is None or before.median is None or after.median is None:
        return None
    same = (before.region, before.unit, before.period, before.source) == (
        after.region,
        after.unit,
        after.period,
        after.source,
    )
    return after.median - before.median if same else None


def advertisements(snapshot: Snapshot, concept: int, region: int | None = None) -> Advertisements | None:
    """How much an SSYK group, or that of an occupation, is advertised in a region or in the country."""
    guidance = snapshot.derived(Guidance)
    place, group = guidance.place(region), _group(snapshot, concept)
    if place is None or group is None:
        return None
    advertised = _count(snapshot, group, Measure.ADVERTISEMENTS, place)
    if advertised is None:
        return None
    employed = _count(snapshot, group, Measure.EMPLOYED, place)
    if employed is None and guidance.country is not None:
        employed = _count(snapshot, group, Measure.EMPLOYED, guidance.country)
    same = employed is not None and employed.region == place and employed.value > 0
    rate = advertised.value * _PER / employed.value if same and employed else None
    return Advertisements(advertised, ObservationLevel.GROUP, employed, rate)


def requirement(snapshot: Snapshot, occupation: int) -> Requirement | None:
    """What education a source says that an occupation requires."""
    for note in snapshot.notes(occupation):
        if note.kind is NoteKind.EDUCATION_REQUIREMENT:
            period = snapshot.derived(Guidance).period_of(note.source)
            return Requirement(
                occupation, ObservationLevel.OCCUPATION, note.locale, note.text, period, note.source
            )
    return None


def flows(snapshot: Snapshot, group: int) -> list[Flow]:
    """The groups in a group's list of the labour flow, the greatest flow first, those without a rank last."""
    edges = snapshot.edges(RelationKind.LABOUR_FLOW)
    guidance = snapshot.derived(Guidance)
    found = []
    for row in edges.rows(group):
        source = snapshot.sources[edges.source[row]]
        rank = int(edges.rank[row]) or None
        found.append(Flow(int(edges.target[row]), rank, guidance.period_of(source), source))
    return sorted(found, key=lambda flow: (flow.rank is None, flow.rank or 0, flow.group))


def _outlook(snapshot: Snapshot, guidance: Guidance, assessed: Assessment, place: int) -> Outlook | None:
    found = [_observed(snapshot, assessed.of, measure, place) for measure in OUTCOMES]
    first = next((one for one in found if one is not None), None)
    if first is None:
        return None
    opportunities, forecast = (one.value if one else None for one in found)
    return Outlook(
        assessed.of,
        guidance.coverage[assessed.of],
        assessed.level,
        place,
        Opportunities(str(opportunities)) if opportunities else None,
        Forecast(str(forecast)) if forecast else None,
        first.period,
        first.source,
    )


def _by_demand(found: Outlook) -> tuple[int, int, int]:
    opportunities, forecast = (
        OUTCOMES[measure].index(word) + 1 if word else 0
        for measure, word in (
            (Measure.OPPORTUNITIES, found.opportunities),
            (Measure.FORECAST, found.forecast),
        )
    )
    return -opportunities, -forecast, found.of


def _group(snapshot: Snapshot, concept: int) -> int | None:
    """The SSYK group that speaks for an occupation, or for itself."""
    return browse.group_of(snapshot, concept) if snapshot.kind_of[concept] == OCCUPATION else concept


def _observed(snapshot: Snapshot, concept: int, measure: Measure, region: int) -> Observed | None:
    row = snapshot.observations.row(concept, measure, region)
    return None if row is None else snapshot.observations.at(row)


def _number(found: Observed | None) -> int | None:
    return found.value if found is not None and isinstance(found.value, int) else None


def _count(snapshot: Snapshot, group: int, measure: Measure, place: int) -> Count | None:
    found = _observed(snapshot, group, measure, place)
    value = _number(found)
    return None if found is None or value is None else Count(group, place, value, found.period, found.source)
