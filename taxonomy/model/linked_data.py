"""The words of linked data for what the model says: vocabularies of others, and the terms of our own."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from taxonomy.model.concept import NoteKind, Provenance
from taxonomy.model.ids import ESCO_NAMESPACE
from taxonomy.model.observation import Coverage, Measure
from taxonomy.model.relation import Necessity, RelationKind

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCT: Final = "http://purl.org/dc/terms/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
PROV: Final = "http://www.w3.org/ns/prov#"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
VOID: Final = "http://rdfs.org/ns/void#"
DC: Final = "http://purl.org/dc/elements/1.1/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
XKOS: Final = "http://rdf-vocabulary.ddialliance.org/xkos#"
SSSOM: Final = "https://w3id.org/sssom/"
SEMAPV: Final = "https://w3id.org/semapv/vocab/"
QB: Final = "http://purl.org/linked-data/cube#"
SDMX_DIMENSION: Final = "http://purl.org/linked-data/sdmx/2009/dimension#"
SDMX_ATTRIBUTE: Final = "http://purl.org/linked-data/sdmx/2009/attribute#"
SDMX_CODE: Final = "http://purl.org/linked-data/sdmx/2009/code#"
ESCO_MODEL: Final = "http://data.europa.eu/esco/model#"

TYPE: Final = f"{RDF}type"
INTEGER: Final = f"{XSD}integer"
BOOLEAN: Final = f"{XSD}boolean"

DEFAULT_NAMESPACE: Final = "https://w3id.org/occupation-graph/"

MATCHES: Final[Mapping[RelationKind, str]] = MappingProxyType(
    {
        RelationKind.EXACT_MATCH: f"{SKOS}exactMatch",
        RelationKind.CLOSE_MATCH: f"{SKOS}closeMatch",
        RelationKind.BROAD_MATCH: f"{SKOS}broadMatch",
        RelationKind.NARROW_MATCH: f"{SKOS}narrowMatch",
        RelationKind.RELATED_MATCH: f"{SKOS}relatedMatch",
    }
)
ESCO_SKILLS: Final[Mapping[RelationKind, str]] = MappingProxyType(
    {
        RelationKind.ESSENTIAL_SKILL: f"{ESCO_MODEL}relatedEssentialSkill",
        RelationKind.OPTIONAL_SKILL: f"{ESCO_MODEL}relatedOptionalSkill",
    }
)
"""ESCO's own words, which are used between two of ESCO's own concepts only."""
OUR_WORDS: Final[Mapping[RelationKind, str]] = MappingProxyType(
    {
        RelationKind.OCCUPATION_FIELD: "occupationField",
        RelationKind.RELATED_SKILL: "relatedSkill",
        RelationKind.ESSENTIAL_SKILL: "essentialSkill",
        RelationKind.OPTIONAL_SKILL: "optionalSkill",
        RelationKind.JOB_TITLE_OF: "jobTitleOf",
        RelationKind.KEYWORD_OF: "keywordOf",
        RelationKind.MEMBER_OF: "memberOf",
        RelationKind.ASSESSED_AS: "assessedAs",
        RelationKind.LABOUR_FLOW: "labourFlow",
    }
)
"""The words of our vocabulary for relations that no published vocabulary has."""
ESCO_WORDS: Final[Mapping[NoteKind, tuple[str, Mapping[str, str]]]] = MappingProxyType(
    {
        NoteKind.SKILL_TYPE: (
            f"{ESCO_MODEL}skillType",
            {
                "knowledge": f"{ESCO_NAMESPACE}skill-type/knowledge",
                "skill/competence": f"{ESCO_NAMESPACE}skill-type/skill",
            },
        ),
        NoteKind.REUSE_LEVEL: (
            f"{ESCO_MODEL}skillReuseLevel",
            {
                word: f"{ESCO_NAMESPACE}skill-reuse-level/{word}"
                for word in ("transversal", "cross-sector", "sector-specific", "occupation-specific")
            },
        ),
    }
)
"""Notes that are words of ESCO's vocabularies: the property, and the concept of each word."""
NOTE_WORDS: Final[Mapping[NoteKind, str]] = MappingProxyType(
    {
        NoteKind.REGULATED_PROFESSION: "regulatedProfession",
        NoteKind.SKILL_TYPE: "skillType",
        NoteKind.REUSE_LEVEL: "reuseLevel",
        NoteKind.EDUCATION_REQUIREMENT: "educationRequirement",
        NoteKind.COVERAGE: "coverage",
    }
)
COVERAGE_WORDS: Final[Mapping[Coverage, str]] = MappingProxyType(
    {
        Coverage.GROUP: "wholeGroup",
        Coverage.PART_OF_GROUP: "partOfGroup",
        Coverage.MORE_THAN_GROUP: "moreThanGroup",
    }
)
MEASURE_WORDS: Final[Mapping[Measure, str]] = MappingProxyType(
    {
        Measure.OPPORTUNITIES: "opportunities",
        Measure.FORECAST: "forecast",
        Measure.ADVERTISEMENTS: "advertisements",
        Measure.EMPLOYED: "employed",
        Measure.SALARY_P10: "salaryP10",
        Measure.SALARY_MEDIAN: "salaryMedian",
        Measure.SALARY_P90: "salaryP90",
    }
)
"""The measures, as the measure properties of a data cube."""
OUTCOME_WORDS: Final[Mapping[tuple[Measure, str], str]] = MappingProxyType(
    {
        (Measure.OPPORTUNITIES, "small"): "smallOpportunities",
        (Measure.OPPORTUNITIES, "medium"): "mediumOpportunities",
        (Measure.OPPORTUNITIES, "large"): "largeOpportunities",
        (Measure.FORECAST, "decrease"): "fallingDemand",
        (Measure.FORECAST, "unchanged"): "unchangedDemand",
        (Measure.FORECAST, "increase"): "risingDemand",
    }
)
"""The values of the measures whose values are words."""
LICENCE_NOT_STATED: Final = f"{DEFAULT_NAMESPACE}vocabulary#licenceNotStated"
"""What stands for the terms of a source that states none."""
METHODS: Final[Mapping[Provenance, str]] = MappingProxyType(
    {
        Provenance.NATIVE: "statedByPublisher",
        Provenance.CALCULATED: "calculatedByPublisher",
        Provenance.MAPPING: "takenFromCrosswalk",
        Provenance.GROUP: "statedOfGroup",
        Provenance.DERIVED: "derivedHere",
    }
)
"""How a statement came about: words of our vocabulary, each a `prov:Activity`."""
ONLY_CHILD: Final = "namedAsOnlyChild"
NECESSITY_WORDS: Final[Mapping[Necessity, str]] = MappingProxyType(
    {Necessity.ESSENTIAL: "essential", Necessity.OPTIONAL: "optional", Necessity.RELATED: "related"}
)

_NOT_IN_A_PART: Final = re.compile(r"[^A-Za-z0-9._~!$&'()*+,;=:@/-]")
_NOT_IN_AN_ADDRESS: Final = re.compile(r"[^\x21-\x7e]|[<>\"{}|^`\\]|%(?![0-9A-Fa-f]{2})")


def part(text: str) -> str:
    """A name as part of a URI; different names are different parts.

    >>> part("esco:skill/21d2")
    'esco:skill/21d2'
    >>> part("a b%")
    'a%20b%25'
    """
    return _NOT_IN_A_PART.sub(_encoded, text)


def address(text: str) -> str:
    """A URI that somebody gave, with what no URI may have in it encoded.

    >>> address("https://example.org/a%20b?c=<d>")
    'https://example.org/a%20b?c=%3Cd%3E'
    """
    return _NOT_IN_AN_ADDRESS.sub(_encoded, text)


def _encoded(found: re.Match[str]) -> str:
    return quote(found[0], safe="")
