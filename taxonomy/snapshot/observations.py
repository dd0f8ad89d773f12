"""Observations as columns: by concept, then measure, then region, the latest period first."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.ids import ConceptId
from taxonomy.model.observation import NOT_STATED, Measure, Observation
from taxonomy.snapshot.arrays import Arrays, Ints, Small, Texts, code_of, coded, pointers, transposed

MEASURES: Final = tuple(Measure)
NOWHERE: Final = -1
"""The region of what names none."""
_SUPPRESSED, _NUMBER, _WORD = range(3)
_COLUMNS: Final = ("start", "key", "measure", "region", "form", "value", "unit", "period", "source")
_WORDS: Final = ("words", "units", "periods", "sources")


class Observed(NamedTuple):
    """One observation: `region` is the number of a region or country, None where the source names none."""

    measure: Measure
    region: int | None
    value: int | str | None
    unit: str
    period: str
    source: str


class Observations(NamedTuple):
    """Those of concept i are rows `start[i]` to `start[i + 1]`; columns of one length but `start`.

    `region` is a concept's number or `NOWHERE`; `measure` a place in `MEASURES`. `form` says what `value` is:
    suppressed (0), a number (1), a place in `words` (2). `key` grows with concept, measure, region.
    """

    start: Ints
    key: NDArray[np.int64]
    measure: Small
    region: Ints
    form: Small
    value: NDArray[np.int64]
    unit: Small
    period: Small
    source: Small
    words: tuple[str, ...]
    units: tuple[str, ...]
    periods: tuple[str, ...]
    sources: tuple[str, ...]

    def rows(self, concept: int) -> range:
        """The rows of a concept."""
        return range(int(self.start[concept]), int(self.start[concept + 1]))

    def row(self, concept: int, measure: Measure, region: int = NOWHERE) -> int | None:
        """The row of the latest observation of a measure of a concept in a region; None if there is none."""
        wanted = _key(len(self.start) - 1, concept, MEASURES.index(measure), region)
        at = int(np.searchsorted(self.key, wanted))
        return at if at < len(self.key) and self.key[at] == wanted else None

    def at(self, row: int) -> Observed:
        """The observation in a row."""
        region = int(self.region[row])
        return Observed(
            MEASURES[self.measure[row]],
            None if region == NOWHERE else region,
            self._value(row),
            self.units[self.unit[row]],
            self.periods[self.period[row]],
            self.sources[self.source[row]],
        )

    def _value(self, row: int) -> int | str | None:
        form, value = self.form[row], int(self.value[row])
        if form == _SUPPRESSED:
            return None
        return value if form == _NUMBER else self.words[value]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Observations":
        """The observations stored in a snapshot's arrays."""
        columns = (arrays[f"observation/{name}"] for name in _COLUMNS)
        words = (Texts.from_arrays(f"observation/{name}", arrays).decoded() for name in _WORDS)
        return cls._make((*columns, *words))


def observation_arrays(observations: Sequence[Observation], number: Mapping[ConceptId, int]) -> Arrays:
    """The arrays of `Observations`; `number` has the concepts and the regions."""
    rows = transposed(Observation, observations)
    words = sorted({value for value in rows.value if isinstance(value, str)})
    units, sources = sorted(set(rows.unit)), sorted(set(rows.source))
    periods = sorted(set(rows.period), key=lambda text: (text != NOT_STATED, text), reverse=True)
    concept, region = coded(rows.concept, number, np.int32), coded(rows.region, _regions(number), np.int32)
    measure, period = coded(rows.measure, code_of(MEASURES), np.uint8), _small(rows.period, periods)
    order = np.lexsort((period, region, measure, concept))
    columns = {
        "key": _key(len(number), concept.astype(np.int64), measure, region),
        "measure": measure,
        "region": region,
        "form": coded(list(map(_form, rows.value)), {form: form for form in range(3)}, np.uint8),
        "value": coded(rows.value, _values(rows.value, words), np.int64),
        "unit": _small(rows.unit, units),
        "period": period,
        "source": _small(rows.source, sources),
    }
    arrays: Arrays = {f"observation/{name}": values[order] for name, values in columns.items()}
    arrays["observation/start"] = pointers(concept[order], len(number))
    for name, texts in zip(_WORDS, (words, units, periods, sources), strict=True):
        arrays |= Texts.of(texts).arrays(f"observation/{name}")
    return arrays


def _key(count: int, concept: Any, measure: Any, region: Any) -> Any:
    return (concept * len(MEASURES) + measure) * (count + 1) + region + 1


def _regions(number: Mapping[ConceptId, int]) -> dict[ConceptId | None, int]:
    regions: dict[ConceptId | None, int] = dict(number.items())
    regions[None] = NOWHERE
    return regions


def _small(values: Sequence[str], known: Sequence[str]) -> Small:
    return coded(values, code_of(known), np.uint8)


def _form(value: int | str | None) -> int:
    if value is None:
        return _SUPPRESSED
    return _WORD if isinstance(value, str) else _NUMBER


def _values(values: Sequence[int | str | None], words: Sequence[str]) -> dict[int | str | None, int]:
    places = {word: place for place, word in enumerate(words)}
    return {value: places[value] if isinstance(value, str) else value or 0 for value in set(values)}
