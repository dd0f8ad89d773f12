"""Join the observations of all sources: of known concepts in known places, each once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from taxonomy.ingest.facts import CodedValue, Facts, Value
from taxonomy.model.concept import COUNTRY, MUNICIPALITY, REGION, SSYK_GROUP, Kind
from taxonomy.model.ids import ConceptId
from taxonomy.model.observation import Observation, ObservationKey, in_order

Remark = Callable[..., None]
"""Called with code, subject, message, place and perhaps number of a finding."""
ByCode = Mapping[tuple[Kind, str, str], str]
"""The concept of a kind with a code of a system."""

SUMMED: Final = "values are of parts of a group: its value is their sum"
"""What TX604 tells."""

_PLACES: Final = frozenset({REGION, MUNICIPALITY, COUNTRY})


def merge_observations(
    sources: Sequence[Facts], kinds: Mapping[str, Kind], by_code: Callable[[], ByCode], tell: Remark
) -> tuple[Observation, ...]:
    """The observations of all sources, sorted by key; of two with one key, the more trusted source's."""
    found: dict[ObservationKey, Observation] = {}
    for facts in sources:
        if facts.values or facts.coded_values:
            _Merger(facts, kinds, tell, found).add(by_code)
    return tuple(in_order(found.values()))


class _Merger:
    """Adds what one source has observed."""

    def __init__(
        self,
        facts: Facts,
        kinds: Mapping[str, Kind],
        tell: Remark,
        found: dict[ObservationKey, Observation],
    ) -> None:
        self._facts = facts
        self._kinds = kinds
        self._tell = tell
        self._found = found
        self._strange_places: set[str] = set()

    def add(self, by_code: Callable[[], ByCode]) -> None:
        """Those by id, then those by code."""
        for value in self._facts.values:
            # A row about an unknown concept was remarked on as a whole.
            if value.subject in self._kinds:
                self._add(value)
        if self._facts.coded_values:
            for value in self._of_concepts(self._facts.coded_values, by_code()):
                self._add(value)

    def _add(self, value: Value) -> None:
        subject, measure, region, what, period, where = value
        if region is not None and self._kinds.get(region) not in _PLACES:
            if region not in self._strange_places:
                self._strange_places.add(region)
                self._tell("TX601", region, f"{region!r:.60} is no known region or country", where)
            return
        key = (subject, measure, region, period)
        first = self._found.get(key)
        if first is None:
            place = None if region is None else ConceptId(region)
            unit, source = self._facts.unit, self._facts.source
            self._found[key] = Observation(ConceptId(subject), measure, place, what, unit, period, source)
        elif first.value != what:
            message = f"{measure} of {subject} is {first.value} in {first.source} and {what} here"
            self._tell("TX015", subject, message, where)

    def _of_concepts(self, values: Sequence[CodedValue], by_code: ByCode) -> list[Value]:
        """Values by code as values of the concepts that have the codes.

        Statistics Sweden parts managers by level (1211, 1212) where the taxonomy has one group (1210), the
        only one below 121: its value is their sum.
        """
        found: list[Value] = []
        sums: dict[tuple[str, ...], Value] = {}
        unknown: dict[str, tuple[str, int]] = {}
        for code, system, value, additive in values:
            id_ = by_code.get((SSYK_GROUP, system, code))
            only = by_code.get((SSYK_GROUP, system, f"{code[:3]}0")) if additive else None
            if id_ is not None:
                found.append(value._replace(subject=id_))
            elif only is not None and isinstance(value.what, int):
                self._facts.tally("TX604", SUMMED)
                key = (only, value.measure, value.region or "", value.period)
                before = sums.get(key)
                what = value.what + (before.what if before and isinstance(before.what, int) else 0)
                sums[key] = value._replace(subject=only, what=what)
            else:
                unknown.setdefault(code, value.where)
        for code, where in unknown.items():
            self._tell("TX013", code, f"no {SSYK_GROUP} has the code {code!r:.60}", where)
        return [*found, *sums.values()]
