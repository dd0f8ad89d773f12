"""The enums of the schema: the model's words, described."""

from enum import StrEnum
from typing import Final, TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from taxonomy.model.concept import Kind, Locale, NoteKind, Provenance, Scheme
from taxonomy.model.finding import Severity
from taxonomy.model.observation import Coverage, Forecast, Measure, Opportunities
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.services.guidance import ObservationLevel


class ConceptKind(StrEnum):
    """The kinds as enum values: `OCCUPATION_NAME` is `occupation-name`."""

    OCCUPATION_NAME = "occupation-name"
    SSYK_LEVEL_1 = "ssyk-level-1"
    SSYK_LEVEL_2 = "ssyk-level-2"
    SSYK_LEVEL_3 = "ssyk-level-3"
    SSYK_LEVEL_4 = "ssyk-level-4"
    SKILL = "skill"
    JOB_TITLE = "job-title"
    KEYWORD = "keyword"
    OCCUPATION_FIELD = "occupation-field"
    OCCUPATION_COLLECTION = "occupation-collection"
    ISCO_LEVEL_4 = "isco-level-4"
    SUN_EDUCATION_FIELD_1 = "sun-education-field-1"
    SUN_EDUCATION_FIELD_2 = "sun-education-field-2"
    SUN_EDUCATION_FIELD_3 = "sun-education-field-3"
    SUN_EDUCATION_FIELD_4 = "sun-education-field-4"
    SUN_EDUCATION_LEVEL_1 = "sun-education-level-1"
    SUN_EDUCATION_LEVEL_2 = "sun-education-level-2"
    SUN_EDUCATION_LEVEL_3 = "sun-education-level-3"
    SNI_LEVEL_1 = "sni-level-1"
    SNI_LEVEL_2 = "sni-level-2"
    SNI_LEVEL_3 = "sni-level-3"
    SNI_LEVEL_4 = "sni-level-4"
    SNI_LEVEL_5 = "sni-level-5"
    REGION = "region"
    MUNICIPALITY = "municipality"
    COUNTRY = "country"
    CONTINENT = "continent"
    LANGUAGE = "language"
    LANGUAGE_LEVEL = "language-level"
    LANGUAGE_COLLECTION = "language-collection"
    SKILL_HEADLINE = "skill-headline"
    SKILL_GROUP = "skill-group"
    SKILL_COLLECTION = "skill-collection"
    GENERIC_SKILL = "generic-skill"
    GENERIC_SKILL_GROUP = "generic-skill-group"
    SWEDISH_RETAIL_AND_WHOLESALE_COUNCIL_SKILL = "swedish-retail-and-wholesale-council-skill"
    BAROMETER_OCCUPATION = "barometer-occupation"
    FORECAST_OCCUPATION = "forecast-occupation"
    EMPLOYMENT_TYPE = "employment-type"
    EMPLOYMENT_VARIETY = "employment-variety"
    EMPLOYMENT_DURATION = "employment-duration"
    SELF_EMPLOYMENT_TYPE = "self-employment-type"
    OCCUPATION_EXPERIENCE_YEAR = "occupation-experience-year"
    WAGE_TYPE = "wage-type"
    WORKTIME_EXTENT = "worktime-extent"
    WORK_PLACE_ENVIRONMENT = "work-place-environment"
    DRIVING_LICENCE = "driving-licence"
    UNEMPLOYMENT_FUND = "unemployment-fund"
    UNEMPLOYMENT_TYPE = "unemployment-type"
    CITIZENSHIP = "citizenship"
    ESCO_OCCUPATION = "esco-occupation"
    ESCO_SKILL = "esco-skill"
    ESCO_SKILL_COLLECTION = "esco-skill-collection"
    ESCO_SKILL_GROUP = "esco-skill-group"
    ESCO_COLLECTION = "esco-collection"
    ESCO_ISCO_LEVEL_1 = "esco-isco-level-1"
    ESCO_ISCO_LEVEL_2 = "esco-isco-level-2"
    ESCO_ISCO_LEVEL_3 = "esco-isco-level-3"
    ESCO_ISCO_LEVEL_4 = "esco-isco-level-4"
    UNKNOWN = "unknown"


_KIND_DESCRIPTIONS: Final = {
    ConceptKind.OCCUPATION_NAME: "An occupation, as the publisher names it.",
    ConceptKind.SSYK_LEVEL_1: "SSYK 2012, one digit: occupational area.",
    ConceptKind.SSYK_LEVEL_2: "SSYK 2012, two digits: main group.",
    ConceptKind.SSYK_LEVEL_3: "SSYK 2012, three digits: group.",
    ConceptKind.SSYK_LEVEL_4: "SSYK 2012, four digits: occupational group.",
    ConceptKind.SKILL: "A skill, a piece of knowledge or a licence.",
    ConceptKind.JOB_TITLE: "A title that people and advertisements use for an occupation.",
    ConceptKind.KEYWORD: "A word that people search by.",
    ConceptKind.OCCUPATION_FIELD: "A field of occupations, for browsing.",
    ConceptKind.OCCUPATION_COLLECTION: "A collection of occupations with something in common.",
    ConceptKind.ISCO_LEVEL_4: "ISCO-08, four digits: unit group, as JobTech publishes it.",
    ConceptKind.SUN_EDUCATION_FIELD_1: "SUN 2020, field of education, one digit.",
    ConceptKind.SUN_EDUCATION_FIELD_2: "SUN 2020, field of education, two digits.",
    ConceptKind.SUN_EDUCATION_FIELD_3: "SUN 2020, field of education, three digits.",
    ConceptKind.SUN_EDUCATION_FIELD_4: "SUN 2020, field of education, three digits and a letter.",
    ConceptKind.SUN_EDUCATION_LEVEL_1: "SUN 2020, level of education, one digit.",
    ConceptKind.SUN_EDUCATION_LEVEL_2: "SUN 2020, level of education, two digits.",
    ConceptKind.SUN_EDUCATION_LEVEL_3: "SUN 2020, level of education, three digits.",
    ConceptKind.SNI_LEVEL_1: "SNI 2007, section: a letter.",
    ConceptKind.SNI_LEVEL_2: "SNI 2007, division: two digits.",
    ConceptKind.SNI_LEVEL_3: "SNI 2007, group: three digits.",
    ConceptKind.SNI_LEVEL_4: "SNI 2007, class: four digits.",
    ConceptKind.SNI_LEVEL_5: "SNI 2007, detailed class: five digits.",
    ConceptKind.REGION: "A European region of NUTS level 3; in Sweden, a county.",
    ConceptKind.MUNICIPALITY: "A Swedish municipality.",
    ConceptKind.COUNTRY: "A country.",
    ConceptKind.CONTINENT: "A continent.",
    ConceptKind.LANGUAGE: "A language.",
    ConceptKind.LANGUAGE_LEVEL: "A level of knowing a language.",
    ConceptKind.LANGUAGE_COLLECTION: "A collection of languages.",
    ConceptKind.SKILL_HEADLINE: "A headline under which skills are listed.",
    ConceptKind.SKILL_GROUP: "A group of skills.",
    ConceptKind.SKILL_COLLECTION: "A collection of skills.",
    ConceptKind.GENERIC_SKILL: "A skill of use in any occupation.",
    ConceptKind.GENERIC_SKILL_GROUP: "A group of generic skills.",
    ConceptKind.SWEDISH_RETAIL_AND_WHOLESALE_COUNCIL_SKILL: "A skill, as the retail council names it.",
    ConceptKind.BAROMETER_OCCUPATION: "An occupation as the occupational barometer counts it.",
    ConceptKind.FORECAST_OCCUPATION: "An occupation as older forecasts counted it.",
    ConceptKind.EMPLOYMENT_TYPE: "A form of employment.",
    ConceptKind.EMPLOYMENT_VARIETY: "A variety of employment.",
    ConceptKind.EMPLOYMENT_DURATION: "How long an employment lasts.",
    ConceptKind.SELF_EMPLOYMENT_TYPE: "A form of self-employment.",
    ConceptKind.OCCUPATION_EXPERIENCE_YEAR: "Years of experience.",
    ConceptKind.WAGE_TYPE: "A form of pay.",
    ConceptKind.WORKTIME_EXTENT: "Full time or part time.",
    ConceptKind.WORK_PLACE_ENVIRONMENT: "A condition at the place of work.",
    ConceptKind.DRIVING_LICENCE: "A class of driving licence.",
    ConceptKind.UNEMPLOYMENT_FUND: "An unemployment insurance fund.",
    ConceptKind.UNEMPLOYMENT_TYPE: "A category of job seekers.",
    ConceptKind.CITIZENSHIP: "A citizenship.",
    ConceptKind.ESCO_OCCUPATION: "An occupation of ESCO.",
    ConceptKind.ESCO_SKILL: "A skill or a piece of knowledge of ESCO.",
    ConceptKind.ESCO_SKILL_COLLECTION: "A collection of ESCO skills, as JobTech publishes it.",
    ConceptKind.ESCO_SKILL_GROUP: "A group of ESCO skills.",
    ConceptKind.ESCO_COLLECTION: "A collection of ESCO: green, digital, transversal skills, and others.",
    ConceptKind.ESCO_ISCO_LEVEL_1: "ISCO-08, one digit: major group, as ESCO publishes it.",
    ConceptKind.ESCO_ISCO_LEVEL_2: "ISCO-08, two digits: sub-major group, as ESCO publishes it.",
    ConceptKind.ESCO_ISCO_LEVEL_3: "ISCO-08, three digits: minor group, as ESCO publishes it.",
    ConceptKind.ESCO_ISCO_LEVEL_4: "ISCO-08, four digits: unit group, as ESCO publishes it.",
    ConceptKind.UNKNOWN: "A kind that is newer than this version of the service.",
}

_E = TypeVar("_E", bound=type[StrEnum])


class MatchKind(StrEnum):
    """How concepts of two schemes correspond, in SKOS terms."""

    EXACT = "exact-match"
    CLOSE = "close-match"
    BROAD = "broad-match"
    NARROW = "narrow-match"
    RELATED = "related-match"


def _described(enum: _E, description: str, values: dict[str, str]) -> _E:
    """Make `enum` a GraphQL enum whose values are described by value."""
    strawberry.enum(enum, description=description)
    definition: StrawberryEnumDefinition = enum.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = values[value.value]
    return enum


def kinds_of(values: list[ConceptKind] | None) -> frozenset[Kind] | None:
    """The model's kinds for the enum's values."""
    return None if values is None else frozenset(Kind(value) for value in values)


_described(
    ConceptKind,
    "The publisher's type of a concept. It may grow in any release: tolerate values that you do not know.",
    {kind.value: text for kind, text in _KIND_DESCRIPTIONS.items()},
)
_described(
    Locale,
    "The language of a label or a text. It may grow.",
    {"sv": "Swedish.", "en": "English."},
)
_described(
    Scheme,
    "The classification that a concept belongs to. It may grow.",
    {
        "jobtech": "The JobTech Taxonomy of Arbetsförmedlingen, Sweden's public employment service.",
        "ssyk-2012": "SSYK 2012, the Swedish standard classification of occupations.",
        "isco-08": "ISCO-08, the international standard classification of occupations.",
        "sun-2020-field": "SUN 2020, Swedish educational nomenclature: fields.",
        "sun-2020-level": "SUN 2020, Swedish educational nomenclature: levels.",
        "sni-2007": "SNI 2007, the Swedish standard industrial classification.",
        "nuts": "NUTS, the European classification of regions, with the Swedish county codes.",
        "lau-2": "LAU level 2: Swedish municipalities.",
        "iso-3166-1": "ISO 3166-1: countries.",
        "iso-639": "ISO 639: languages.",
        "esco": "ESCO, the European classification of skills, competences and occupations.",
    },
)
_described(
    Provenance,
    "Who says so, strongest first.",
    {
        "native": "The publisher says so.",
        "calculated": "The publisher computed it.",
        "mapping": "It follows from an official crosswalk.",
        "group": "The publisher says it of the whole SSYK group.",
        "derived": "Computed here.",
    },
)
_described(
    NoteKind,
    "What a note says. It may grow.",
    {
        "scope-note": "What belongs to the concept and what does not.",
        "regulated-profession-note": "Whether law regulates who may do it: `regulated` or `unregulated`.",
        "skill-type": "ESCO's type of the skill: `knowledge` or `skill/competence`.",
        "reuse-level": "How widely the skill is of use: `transversal`, `cross-sector`, `sector-specific`,"
        " `occupation-specific`.",
        "education-requirement": "What education the occupation requires, as a sentence.",
        "coverage": "Of a barometer occupation: whether it is an SSYK group (`group`), `part-of-group` or"
        " `more-than-group`.",
    },
)
_described(
    Necessity,
    "How much an occupation needs a skill, strongest first.",
    {
        "essential": "It cannot be done without the skill.",
        "optional": "The skill is of use in some of its jobs.",
        "related": "The source says only that they belong together.",
    },
)
_described(
    Direction,
    "From where a relation is seen.",
    {"out": "From its subject.", "in": "From its object."},
)
_described(
    RelationKind,
    "What a relation says of its subject. It may grow.",
    {
        "broader": "The object is broader than the subject.",
        "occupation-field": "The occupation is in this field of occupations.",
        "related-skill": "The skill belongs to the occupation, or to the SSYK group.",
        "essential-skill": "The occupation, or the other skill, cannot do without the skill.",
        "optional-skill": "The skill is of use to some who have the occupation, or the other skill.",
        "job-title-of": "The title is used for the occupation.",
        "keyword-of": "Who searches for the keyword may mean the object.",
        "substitutes": "Who has done the subject can do the job of the object, in an employer's eyes.",
        "member-of": "The subject is in the collection.",
        "assessed-as": "The object is the barometer occupation whose outlook is the subject's.",
        "labour-flow": "The source lists the object among the groups that people change between, from or to"
        " the subject: it says neither which way nor how many.",
        "exact-match": "The subject means the same as the object, of another scheme.",
        "close-match": "The subject means nearly the same as the object, of another scheme.",
        "broad-match": "The object, of another scheme, is broader than the subject.",
        "narrow-match": "The object, of another scheme, is narrower than the subject.",
        "related-match": "The subject corresponds to the object, of another scheme; how, is not said.",
    },
)
_described(
    MatchKind,
    "How concepts of two schemes correspond, in SKOS terms, seen from the one that was asked about.",
    {
        "exact-match": "They mean the same.",
        "close-match": "They mean nearly the same.",
        "broad-match": "The other one is broader.",
        "narrow-match": "The other one is narrower.",
        "related-match": "They correspond, the source does not say how.",
    },
)
_described(
    Severity,
    "How bad a finding is.",
    {
        "error": "It stops a load: no published release has one.",
        "warning": "Something is wrong in the data.",
        "note": "Something that one should know when using the data.",
    },
)
_described(
    Opportunities,
    "How easily those who have an occupation find work in it.",
    {"small": "With difficulty.", "medium": "Neither with difficulty nor easily.", "large": "Easily."},
)
_described(
    Forecast,
    "How the demand for an occupation will change.",
    {"decrease": "It will fall.", "unchanged": "It will be as it is.", "increase": "It will rise."},
)
_described(
    Coverage,
    "How much of an SSYK group a barometer occupation is about.",
    {
        "group": "The source says neither that it is less than the group nor that it is more.",
        "part-of-group": "It is about a part of the group.",
        "more-than-group": "It is about more than the group.",
    },
)
_described(
    Measure,
    "What is observed. It may grow.",
    {
        "opportunities": "How easily those who have an occupation find work in it.",
        "forecast": "How the demand for an occupation will change.",
        "advertisements": "How many advertisements there were.",
        "employed": "How many persons are employed.",
        "salary-p10": "The 10th percentile of pay.",
        "salary-median": "The median of pay.",
        "salary-p90": "The 90th percentile of pay.",
    },
)
_described(
    ObservationLevel,
    "Of what a source says what is told here.",
    {
        "occupation": "Of the occupation itself.",
        "group": "Of its whole SSYK group.",
        "barometer-occupation": "Of a barometer occupation: a part of an SSYK group, the group, or more.",
    },
)
