"""Observations: what a source has measured or judged of a concept, somewhere, at some time."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from taxonomy.model.ids import ConceptId

NOT_STATED: Final = "not stated"
"""The period, unit or licence of what does not state its own: never a guess."""


class Measure(StrEnum):
    """What is observed. A word of `OUTCOMES` for the first two, a number for the others."""

    OPPORTUNITIES = "opportunities"
    FORECAST = "forecast"
    ADVERTISEMENTS = "advertisements"
    EMPLOYED = "employed"
    SALARY_P10 = "salary-p10"
    SALARY_MEDIAN = "salary-median"
    SALARY_P90 = "salary-p90"


SALARIES: Final = (Measure.SALARY_P10, Measure.SALARY_MEDIAN, Measure.SALARY_P90)
"""The measures of pay, in the order in which their numbers rise."""


class Opportunities(StrEnum):
    """How easily those who have an occupation find work in it, the least first."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Forecast(StrEnum):
    """How the demand for an occupation will change, the worst for those who seek work first."""

    DECREASE = "decrease"
    UNCHANGED = "unchanged"
    INCREASE = "increase"


OUTCOMES: Final[Mapping[Measure, tuple[str, ...]]] = MappingProxyType(
    {
        Measure.OPPORTUNITIES: tuple(word.value for word in Opportunities),
        Measure.FORECAST: tuple(word.value for word in Forecast),
    }
)
"""The words that the value of a measure is one of, from least to most."""


class Coverage(StrEnum):
    """How much of an SSYK group a barometer occupation is about, as a note of `NoteKind.COVERAGE` says."""

    GROUP = "group"
    PART_OF_GROUP = "part-of-group"
    MORE_THAN_GROUP = "more-than-group"


class Observation(NamedTuple):
    """One value of one measure of a concept: a number, a word of `OUTCOMES`, or None if it was suppressed.

    `region` is a region or a country, None where the source names none. `unit` and `period` are the source's
    words, or `NOT_STATED`. The key of an observation is (concept, measure, region, period).
    """

    concept: ConceptId
    measure: Measure
    region: ConceptId | None
    value: int | str | None
    unit: str
    period: str
    source: str


ObservationKey = tuple[str, Measure, str | None, str]


def observation_key(row: Observation) -> ObservationKey:
    """What tells an observation from all others of a release."""
    return row.concept, row.measure, row.region, row.period


def in_order(observations: Iterable[Observation]) -> list[Observation]:
    """Observations sorted by their keys; of one concept and measure, what names no region comes first."""
    return sorted(
        observations,
        key=lambda row: (row.concept, row.measure, row.region is not None, row.region or "", row.period),
    )
