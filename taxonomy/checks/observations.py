"""TX6xx: what was observed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taxonomy.checks.catalogue import remark
from taxonomy.checks.staged import Staged
from taxonomy.model.finding import Finding
from taxonomy.model.observation import OUTCOMES, SALARIES

if TYPE_CHECKING:
    from taxonomy.model.ids import ConceptId


def percentiles_out_of_order(data: Staged) -> Iterator[Finding]:
    """Pay of which a higher percentile is lower than one below it; suppressed values are passed over."""
    known: dict[tuple[ConceptId, ConceptId | None, str], list[tuple[int, int]]] = {}
    for row in data.observations:
        if row.measure in SALARIES and isinstance(row.value, int):
            found = known.setdefault((row.concept, row.region, row.period), [])
            found.append((SALARIES.index(row.measure), row.value))
    for (concept, *_), found in known.items():
        values = [value for _, value in sorted(found)]
        if values != sorted(values):
            yield remark("TX602", concept, f"{', '.join(map(str, values))} do not rise with the percentile")


def impossible_value(data: Staged) -> Iterator[Finding]:
    """Words that a measure does not have, words for numbers, numbers for words, negative numbers."""
    for row in data.observations:
        words = OUTCOMES.get(row.measure)
        if row.value is None or (
            row.value in words if words else isinstance(row.value, int) and row.value >= 0
        ):
            continue
        yield remark("TX603", row.concept, f"{row.value!r:.60} is no value of {row.measure}")
