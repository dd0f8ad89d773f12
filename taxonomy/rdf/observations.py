"""Observations in the words of the RDF Data Cube: a data set for each source that has any.

An observation is a node with a name of its own, a function of what it is of. Concept, place, time and measure
are dimensions; a value that the source keeps back is marked, and is no zero.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from taxonomy.export.sssom import licence_of
from taxonomy.model.linked_data import (
    DCT,
    INTEGER,
    MEASURE_WORDS,
    OUTCOME_WORDS,
    PROV,
    QB,
    SDMX_ATTRIBUTE,
    SDMX_CODE,
    SDMX_DIMENSION,
    TYPE,
    XSD,
    address,
    part,
)
from taxonomy.model.observation import NOT_STATED, OUTCOMES, Measure
from taxonomy.rdf.columns import Block, Column, Form, Kept, single
from taxonomy.rdf.pages import Page, Rows, Tables, column
from taxonomy.snapshot.observations import MEASURES, NOWHERE, Observations

_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_WHERE, _WHEN = f"{SDMX_DIMENSION}refArea", f"{SDMX_DIMENSION}refPeriod"
_UNIT, _STATUS = f"{SDMX_ATTRIBUTE}unitMeasure", f"{SDMX_ATTRIBUTE}obsStatus"
_SUPPRESSED: Final = f"{SDMX_CODE}obsStatus-M"
"""SDMX's word for a value that is missing."""


def observation_blocks(page: Page) -> Iterator[Block]:
    """The observations of the concepts of a page."""
    found = page.snapshot.observations
    rows = page.rows(found.start)
    if rows is None:
        return
    said = page.said_by(found.source[rows.first : rows.last], found.sources)
    if said is None or said.any():
        kept = np.ones(rows.last - rows.first, np.bool_) if said is None else said
        yield _block(page, found, rows, kept)


def _block(page: Page, found: Observations, rows: Rows, kept: Kept) -> Block:
    numbers = (np.flatnonzero(kept) + rows.first).tolist()
    owners = np.repeat(np.arange(page.first, page.last), np.diff(rows.starts))[kept]
    ids = page.snapshot.ids
    concepts = [ids[number] for number in owners.tolist()]
    places = [ids[number] if number != NOWHERE else "" for number in found.region[numbers].tolist()]
    measures = [MEASURES[code] for code in found.measure[numbers].tolist()]
    periods = [found.periods[code] for code in found.period[numbers].tolist()]
    sources = [found.sources[code] for code in found.source[numbers].tolist()]
    units = [_stated(found.units[code]) for code in found.unit[numbers].tolist()]
    values = [found.at(row).value for row in numbers]
    publication = page.publication
    names = [
        f"{publication.namespace}observation/{part(source)}/{measure}/{part(concept)}"
        f"/{part(place) or '-'}/{part(period)}"
        for source, measure, concept, place, period in zip(
            sources, measures, concepts, places, periods, strict=True
        )
    ]
    columns = [
        Column(TYPE, Form.IRI, "", None, [f"{QB}Observation"] * len(names)),
        Column(f"{QB}dataSet", Form.IRI, "", None, [cube(page.tables, source) for source in sources]),
        Column(publication.word("observed"), Form.CONCEPT, "", None, concepts),
        *_given(_WHERE, Form.CONCEPT, "", places),
        *_given(_WHEN, Form.TYPED, f"{XSD}gYear", [p if _YEAR.fullmatch(p) else "" for p in periods]),
        *_given(_WHEN, Form.PLAIN, "", [_stated(p) if not _YEAR.fullmatch(p) else "" for p in periods]),
        Column(
            f"{QB}measureType", Form.IRI, "", None, [publication.word(MEASURE_WORDS[m]) for m in measures]
        ),
        *_measured(page, measures, values),
        *_given(_UNIT, Form.PLAIN, "", units),
        *_given(_STATUS, Form.IRI, "", [_SUPPRESSED if value is None else "" for value in values]),
    ]
    return Block(Form.IRI, names, columns)


def _measured(
    page: Page, measures: Sequence[Measure], values: Sequence[int | str | None]
) -> Iterator[Column]:
    """A column for each measure: words of ours for outcomes, else numbers."""
    word = page.publication.word
    for measure in MEASURES:
        own = [value if mine is measure else None for mine, value in zip(measures, values, strict=True)]
        if measure in OUTCOMES:
            words = {outcome: word(OUTCOME_WORDS[measure, outcome]) for outcome in OUTCOMES[measure]}
            said = ["" if value is None else words.get(str(value), "") for value in own]
            yield from _given(word(MEASURE_WORDS[measure]), Form.IRI, "", said)
        else:
            numbers = ["" if value is None else str(value) for value in own]
            yield from _given(word(MEASURE_WORDS[measure]), Form.TYPED, INTEGER, numbers)


def _given(predicate: str, form: Form, tag: str, values: Sequence[str]) -> Iterator[Column]:
    """A column of those that are given."""
    kept = np.array([bool(value) for value in values], np.bool_)
    rows = Rows(np.arange(len(values) + 1), 0, len(values))
    yield from column(predicate, form, tag, rows, values, kept)


def _stated(text: str) -> str:
    return "" if text == NOT_STATED else text


# ---- data sets


def cube(tables: Tables, source: str) -> str:
    """The data set of a source's observations."""
    return f"{tables.publication.namespace}observations/{part(source)}"


def cube_blocks(tables: Tables, source: str) -> Iterator[Block]:
    """What is said of the observations of a source: the data set and its structure; nothing without any."""
    found = tables.snapshot.observations
    if source not in found.sources:
        return
    rows = found.source == found.sources.index(source)
    if not rows.any():
        return
    publication = tables.publication
    version = next((one for one in tables.snapshot.release.draft.sources if one.id == source), None)
    name = cube(tables, source)
    licences = [address(licence_of(version))] if version and version.licence else []
    yield single(
        name,
        [
            (TYPE, Form.IRI, "", [f"{QB}DataSet"]),
            (f"{DCT}title", Form.PLAIN, "", [version.title if version else source]),
            (f"{DCT}license", Form.IRI, "", licences),
            (f"{PROV}hadPrimarySource", Form.IRI, "", [publication.graph(source)]),
            (f"{QB}structure", Form.IRI, "", [f"{name}/structure"]),
        ],
    )
    components = list(_components(tables, found, rows))
    nodes = [f"{name}/component/{number}" for number in range(1, len(components) + 1)]
    yield single(
        f"{name}/structure",
        [(TYPE, Form.IRI, "", [f"{QB}DataStructureDefinition"]), (f"{QB}component", Form.IRI, "", nodes)],
    )
    for node, (role, iri) in zip(nodes, components, strict=True):
        about = [(TYPE, Form.IRI, "", [f"{QB}ComponentSpecification"]), (f"{QB}{role}", Form.IRI, "", [iri])]
        yield single(node, about)


def _components(tables: Tables, found: Observations, rows: Kept) -> Iterator[tuple[str, str]]:
    """The dimensions, measures and attributes that the observations of a source have."""
    word = tables.publication.word
    yield "dimension", word("observed")
    if (found.region[rows] != NOWHERE).all():
        yield "dimension", _WHERE
    if all(_stated(found.periods[code]) for code in set(found.period[rows].tolist())):
        yield "dimension", _WHEN
    yield "dimension", f"{QB}measureType"
    for code in sorted(set(found.measure[rows].tolist())):
        yield "measure", word(MEASURE_WORDS[MEASURES[code]])
    if any(_stated(found.units[code]) for code in set(found.unit[rows].tolist())):
        yield "attribute", _UNIT
    yield "attribute", _STATUS
