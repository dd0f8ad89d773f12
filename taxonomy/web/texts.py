"""The words of the pages, in Swedish and English."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Texts:
    """All words of the pages in one language."""

    language: str
    title: str
    lead: str
    links: str
    health: str
    release: str
    sources: str
    source: str
    version: str
    licence: str
    attribution: str
    concepts: str
    relations: str
    findings: str
    kind: str
    check: str
    meaning: str
    count: str
    graphiql: str
    loading: str
    not_built: str


TEXTS: Final = {
    "sv": Texts(
        language="sv",
        title="occupation-graph: yrken och kompetenser som graf",
        lead="Arbetsmarknadens taxonomi: yrken enligt SSYK 2012, jobbtitlar, kompetenser och utbildning.",
        links="Länkar",
        health="Driftläge",
        release="Utgåva",
        sources="Källor",
        source="Källa",
        version="Version",
        licence="Licens",
        attribution="Ange vid användning",
        concepts="Begrepp",
        relations="Relationer",
        findings="Anmärkningar på data",
        kind="Slag",
        check="Kontroll",
        meaning="Vad (på engelska)",
        count="Antal",
        graphiql="GraphiQL: fråga taxonomin",
        loading="GraphiQL öppnas …",
        not_built="GraphiQL är inte byggt här. Med Node.js och npm byggs det så:",
    ),
    "en": Texts(
        language="en",
        title="occupation-graph: occupations and skills as a graph",
        lead="The taxonomy of the labour market: occupations of SSYK 2012, job titles, skills, education.",
        links="Links",
        health="Health",
        release="Release",
        sources="Sources",
        source="Source",
        version="Version",
        licence="Licence",
        attribution="What to say when using it",
        concepts="Concepts",
        relations="Relations",
        findings="Findings on the data",
        kind="Kind",
        check="Check",
        meaning="What",
        count="Count",
        graphiql="GraphiQL: ask the taxonomy",
        loading="Opening GraphiQL …",
        not_built="GraphiQL has not been built here. With Node.js and npm, this builds it:",
    ),
}
