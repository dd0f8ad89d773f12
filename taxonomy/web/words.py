"""What kinds, relations, provenances and codes are called on the pages, in Swedish and English."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from taxonomy.model.concept import LabelRole, Locale, NoteKind, Provenance, Scheme
from taxonomy.model.observation import Coverage, Forecast, Opportunities
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.services.guidance import ObservationLevel


class Word(NamedTuple):
    """A word in both languages."""

    sv: str
    en: str

    def in_(self, language: str) -> str:
        """The word in a language."""
        return self.sv if language == "sv" else self.en


def _levels(prefix: str, sv: str, en: str, count: int) -> dict[str, Word]:
    levels = range(1, count + 1)
    return {f"{prefix}-{level}": Word(f"{sv}, nivå {level}", f"{en}, level {level}") for level in levels}


KINDS: Final[Mapping[str, Word]] = MappingProxyType(
    {
        "occupation-name": Word("Yrke", "Occupation"),
        **_levels("ssyk-level", "SSYK-grupp", "SSYK group", 4),
        "skill": Word("Kompetens", "Skill"),
        "job-title": Word("Jobbtitel", "Job title"),
        "keyword": Word("Sökord", "Keyword"),
        "occupation-field": Word("Yrkesområde", "Occupation field"),
        "skill-headline": Word("Kompetensrubrik", "Skill headline"),
        "skill-collection": Word("Kompetenssamling", "Skill collection"),
        "barometer-occupation": Word("Yrke i Yrkesbarometern", "Occupation of the barometer"),
        "occupation-collection": Word("Yrkessamling", "Occupation collection"),
        "isco-level-4": Word("ISCO-grupp", "ISCO group"),
        **_levels("sun-education-field", "Utbildningsinriktning (SUN)", "Field of education (SUN)", 4),
        **_levels("sun-education-level", "Utbildningsnivå (SUN)", "Level of education (SUN)", 3),
        **_levels("sni-level", "Näringsgren (SNI)", "Industry (SNI)", 5),
        "region": Word("Region", "Region"),
        "municipality": Word("Kommun", "Municipality"),
        "country": Word("Land", "Country"),
        "language": Word("Språk", "Language"),
        "esco-occupation": Word("ESCO-yrke", "ESCO occupation"),
        "esco-skill": Word("ESCO-kompetens", "ESCO skill"),
        "esco-skill-group": Word("ESCO-kompetensgrupp", "ESCO skill group"),
        "esco-collection": Word("ESCO-samling", "ESCO collection"),
        **_levels("esco-isco-level", "ISCO-grupp hos ESCO", "ISCO group of ESCO", 4),
    }
)

_BROADER: Final = Word("Bredare motsvarighet", "Broader match")
_NARROWER: Final = Word("Snävare motsvarighet", "Narrower match")


def _both_ways(relation: RelationKind, word: Word) -> dict[tuple[RelationKind, Direction], Word]:
    return {(relation, direction): word for direction in Direction}


RELATIONS: Final[Mapping[tuple[RelationKind, Direction], Word]] = MappingProxyType(
    {
        (RelationKind.BROADER, Direction.OUT): Word("Överordnat", "Broader"),
        (RelationKind.BROADER, Direction.IN): Word("Underordnat", "Narrower"),
        (RelationKind.OCCUPATION_FIELD, Direction.OUT): Word("Yrkesområde", "Occupation field"),
        (RelationKind.OCCUPATION_FIELD, Direction.IN): Word("Yrken i området", "Occupations in the field"),
        (RelationKind.RELATED_SKILL, Direction.OUT): Word("Kompetenser", "Skills"),
        (RelationKind.RELATED_SKILL, Direction.IN): Word("Hör till", "Belongs to"),
        (RelationKind.ESSENTIAL_SKILL, Direction.OUT): Word("Nödvändiga kompetenser", "Essential skills"),
        (RelationKind.ESSENTIAL_SKILL, Direction.IN): Word("Nödvändig för", "Essential for"),
        (RelationKind.OPTIONAL_SKILL, Direction.OUT): Word("Valfria kompetenser", "Optional skills"),
        (RelationKind.OPTIONAL_SKILL, Direction.IN): Word("Valfri för", "Optional for"),
        (RelationKind.JOB_TITLE_OF, Direction.OUT): Word("Titel för", "Title of"),
        (RelationKind.JOB_TITLE_OF, Direction.IN): Word("Jobbtitlar", "Job titles"),
        (RelationKind.KEYWORD_OF, Direction.OUT): Word("Sökord för", "Keyword of"),
        (RelationKind.KEYWORD_OF, Direction.IN): Word("Sökord", "Keywords"),
        (RelationKind.SUBSTITUTES, Direction.OUT): Word("Kan arbeta som", "Can work as"),
        (RelationKind.SUBSTITUTES, Direction.IN): Word("Kan utföras av", "Can be done by"),
        (RelationKind.MEMBER_OF, Direction.OUT): Word("Ingår i", "Member of"),
        (RelationKind.MEMBER_OF, Direction.IN): Word("Innehåller", "Members"),
        **_both_ways(RelationKind.EXACT_MATCH, Word("Exakt motsvarighet", "Exact match")),
        **_both_ways(RelationKind.CLOSE_MATCH, Word("Nära motsvarighet", "Close match")),
        **_both_ways(RelationKind.RELATED_MATCH, Word("Relaterad motsvarighet", "Related match")),
        (RelationKind.BROAD_MATCH, Direction.OUT): _BROADER,
        (RelationKind.BROAD_MATCH, Direction.IN): _NARROWER,
        (RelationKind.NARROW_MATCH, Direction.OUT): _NARROWER,
        (RelationKind.NARROW_MATCH, Direction.IN): _BROADER,
        (RelationKind.ASSESSED_AS, Direction.OUT): Word("Bedöms som", "Assessed as"),
        (RelationKind.ASSESSED_AS, Direction.IN): Word("Bedömer", "Assesses"),
        (RelationKind.LABOUR_FLOW, Direction.OUT): Word("Yrkesbyten med", "Changes of occupation with"),
        (RelationKind.LABOUR_FLOW, Direction.IN): Word("I yrkesbyteslistan för", "In the list of changes of"),
    }
)
"""What the concepts at the other end are, seen from one end."""
OUTLOOK: Final = Word("Möjligheter till arbete", "Outlook")
DEMAND: Final = Word("Efterfrågan här", "Demand here")
ADVERTISEMENTS: Final = Word("Platsannonser", "Advertisements")
SALARY: Final = Word("Lön", "Pay")
REQUIREMENT: Final = Word("Utbildningskrav", "Education requirement")
PLACE: Final = Word("Var", "Where")
ASSESSED: Final = Word("Yrke", "Occupation")
OPPORTUNITIES_HEAD: Final = Word("Möjligheter", "Opportunities")
FORECAST_HEAD: Final = Word("Efterfrågan väntas", "Demand is expected to")
ADVERTISED: Final = Word("Annonser", "Advertisements")
EMPLOYED: Final = Word("Anställda", "Employed")
PER_THOUSAND: Final = Word("Annonser per tusen anställda", "Advertisements per thousand employed")
PERCENTILES: Final = (
    Word("Tionde percentilen", "10th percentile"),
    Word("Median", "Median"),
    Word("Nittionde percentilen", "90th percentile"),
)
SUPPRESSED: Final = Word("hemligt", "suppressed")
UNIT: Final = Word("enhet", "unit")
PERIOD: Final = Word("period", "period")
NOT_STATED: Final = Word("anges inte", "not stated")
OPPORTUNITIES: Final[Mapping[Opportunities, Word]] = MappingProxyType(
    {
        Opportunities.SMALL: Word("små", "small"),
        Opportunities.MEDIUM: Word("medelstora", "medium"),
        Opportunities.LARGE: Word("stora", "large"),
    }
)
FORECASTS: Final[Mapping[Forecast, Word]] = MappingProxyType(
    {
        Forecast.DECREASE: Word("minska", "fall"),
        Forecast.UNCHANGED: Word("vara oförändrad", "stay as it is"),
        Forecast.INCREASE: Word("öka", "rise"),
    }
)
COVERAGES: Final[Mapping[Coverage, Word]] = MappingProxyType(
    {
        Coverage.GROUP: Word("", ""),
        Coverage.PART_OF_GROUP: Word("en del av SSYK-gruppen", "a part of the SSYK group"),
        Coverage.MORE_THAN_GROUP: Word("mer än SSYK-gruppen", "more than the SSYK group"),
    }
)
OBSERVATION_LEVELS: Final[Mapping[ObservationLevel, Word]] = MappingProxyType(
    {
        ObservationLevel.OCCUPATION: Word("sägs om yrket", "said of the occupation"),
        ObservationLevel.GROUP: Word("sägs om hela SSYK-gruppen", "said of the whole SSYK group"),
        ObservationLevel.BAROMETER_OCCUPATION: Word(
            "sägs om barometerns yrke", "said of the barometer's occupation"
        ),
    }
)
"""Of what it is said."""
ISCO_GROUPS: Final = Word(
    "ISCO-grupper, enligt yrket eller dess SSYK-grupp", "ISCO groups, by the occupation or its group"
)

MATCHES: Final[Mapping[RelationKind, Word]] = MappingProxyType(
    {
        RelationKind.EXACT_MATCH: Word("betyder detsamma", "means the same"),
        RelationKind.CLOSE_MATCH: Word("betyder nästan detsamma", "means nearly the same"),
        RelationKind.BROAD_MATCH: Word("är bredare", "is broader"),
        RelationKind.NARROW_MATCH: Word("är snävare", "is narrower"),
        RelationKind.RELATED_MATCH: Word("motsvarar", "corresponds"),
    }
)
"""What a concept is to the one whose page it is on."""

PROVENANCES: Final[Mapping[Provenance, Word]] = MappingProxyType(
    {
        Provenance.NATIVE: Word("utgivaren", "publisher"),
        Provenance.CALCULATED: Word("beräknad", "calculated"),
        Provenance.MAPPING: Word("översättning", "crosswalk"),
        Provenance.GROUP: Word("gruppen", "group"),
        Provenance.DERIVED: Word("härledd", "derived"),
    }
)
MEANINGS: Final[Mapping[Provenance, Word]] = MappingProxyType(
    {
        Provenance.NATIVE: Word(
            "Utgivaren säger det om just det här begreppet.", "The publisher says so of this very concept."
        ),
        Provenance.CALCULATED: Word("Utgivaren har räknat fram det.", "The publisher computed it."),
        Provenance.MAPPING: Word(
            "Det följer av en officiell översättningstabell, som den till ESCO.",
            "It follows from an official crosswalk, such as the one to ESCO.",
        ),
        Provenance.GROUP: Word(
            "Utgivaren säger det om hela SSYK-gruppen.", "The publisher says it of the whole SSYK group."
        ),
        Provenance.DERIVED: Word("Det har härletts här.", "It was derived here."),
    }
)
NECESSITIES: Final[Mapping[Necessity, Word]] = MappingProxyType(
    {
        Necessity.ESSENTIAL: Word("nödvändig", "essential"),
        Necessity.OPTIONAL: Word("valfri", "optional"),
        Necessity.RELATED: Word("hör till", "related"),
    }
)
LEVELS: Final[Mapping[int, Word]] = MappingProxyType(
    {
        75: Word("mycket nära arbetsuppgifter", "very closely related tasks"),
        25: Word("delvis samma arbetsuppgifter", "some tasks in common"),
    }
)
"""Substitutability, as the publisher explains it."""
ROLES: Final[Mapping[LabelRole, Word]] = MappingProxyType(
    {
        LabelRole.PREFERRED: Word("Benämning", "Name"),
        LabelRole.ALTERNATIVE: Word("Kallas även", "Also called"),
        LabelRole.HIDDEN: Word("Hittas även som", "Also found as"),
    }
)
LANGUAGES: Final[Mapping[Locale, Word]] = MappingProxyType(
    {Locale.SV: Word("svenska", "Swedish"), Locale.EN: Word("engelska", "English")}
)
NOTES: Final[Mapping[NoteKind, Word]] = MappingProxyType(
    {
        NoteKind.SCOPE: Word("Avgränsning", "Scope"),
        NoteKind.REGULATED_PROFESSION: Word("Reglerat yrke", "Regulated profession"),
        NoteKind.SKILL_TYPE: Word("Sort", "Type"),
        NoteKind.REUSE_LEVEL: Word("Spridning", "Reuse level"),
        NoteKind.EDUCATION_REQUIREMENT: Word("Utbildningskrav", "Education requirement"),
        NoteKind.COVERAGE: Word("Omfattning", "Coverage"),
    }
)
SCHEMES: Final[Mapping[Scheme, str]] = MappingProxyType(
    {
        Scheme.SSYK_2012: "SSYK 2012",
        Scheme.ISCO_08: "ISCO-08",
        Scheme.SUN_2020_FIELD: "SUN 2020",
        Scheme.SUN_2020_LEVEL: "SUN 2020",
        Scheme.SNI_2007: "SNI 2007",
        Scheme.NUTS: "NUTS",
        Scheme.LAU_2: "LAU 2",
        Scheme.ISO_3166_1: "ISO 3166-1",
        Scheme.ISO_639: "ISO 639",
    }
)
"""What classifications are called for short, beside their titles."""
CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ssyk-code-2012": "SSYK 2012",
        "isco-code-08": "ISCO-08",
        "esco-code": "ESCO",
        "sun-education-field-code-2020": "SUN 2020",
        "sun-education-level-code-2020": "SUN 2020",
        "sni-level-code-2007": "SNI 2007",
        "jobtech-id": "JobTech-id",
    }
)


def kind_word(kind: str, language: str) -> str:
    """What a kind is called; one that we have no word for, what its publisher calls it."""
    word = KINDS.get(kind)
    return kind if word is None else word.in_(language)


def code_word(system: str) -> str:
    """What a system of codes is called."""
    return CODES.get(system, system)
