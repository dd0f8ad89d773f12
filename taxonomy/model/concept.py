"""Concepts: what they are called, in which classification, with which codes and texts."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple, NewType

from taxonomy.model.ids import ConceptId

Kind = NewType("Kind", str)
"""The publisher's type of a concept, as published: `occupation-name`, `ssyk-level-4`, ..."""


class Locale(StrEnum):
    """Language of a label or a text."""

    SV = "sv"
    EN = "en"


class Scheme(StrEnum):
    """The classification that a concept belongs to."""

    JOBTECH = "jobtech"
    SSYK_2012 = "ssyk-2012"
    ISCO_08 = "isco-08"
    SUN_2020_FIELD = "sun-2020-field"
    SUN_2020_LEVEL = "sun-2020-level"
    SNI_2007 = "sni-2007"
    NUTS = "nuts"
    LAU_2 = "lau-2"
    ISO_3166_1 = "iso-3166-1"
    ISO_639 = "iso-639"
    ESCO = "esco"


class LabelRole(StrEnum):
    """What a label is for, in SKOS terms."""

    PREFERRED = "preferred"
    ALTERNATIVE = "alternative"
    HIDDEN = "hidden"


class Provenance(StrEnum):
    """Who says so, strongest first; never mixed silently."""

    NATIVE = "native"
    CALCULATED = "calculated"
    MAPPING = "mapping"
    GROUP = "group"
    DERIVED = "derived"


class Label(NamedTuple):
    """A name of a concept; `DERIVED` when we chose it, with `source` saying from what."""

    locale: Locale
    role: LabelRole
    text: str
    source: str
    provenance: Provenance = Provenance.NATIVE


class Code(NamedTuple):
    """A notation as published, leading zeros kept: system `ssyk-code-2012`, value `0110`."""

    system: str
    value: str


class Definition(NamedTuple):
    """A text that says what a concept means, and whose text it is."""

    locale: Locale
    text: str
    source: str


class NoteKind(StrEnum):
    """What else a publisher says of a concept, in a text or in a word of its own vocabulary."""

    SCOPE = "scope-note"
    REGULATED_PROFESSION = "regulated-profession-note"
    SKILL_TYPE = "skill-type"
    REUSE_LEVEL = "reuse-level"
    EDUCATION_REQUIREMENT = "education-requirement"
    COVERAGE = "coverage"


class Note(NamedTuple):
    """A remark of a publisher: `SKILL_TYPE` is `knowledge` or `skill/competence`, as published."""

    kind: NoteKind
    locale: Locale
    text: str
    source: str


class Concept(NamedTuple):
    """Anything with a URI and labels.

    `labels`, `codes`, `definitions` and `notes` are sorted; `replaced_by` holds ids of concepts that took
    the place of a deprecated one.
    """

    id: ConceptId
    kind: Kind
    labels: tuple[Label, ...]
    codes: tuple[Code, ...] = ()
    definitions: tuple[Definition, ...] = ()
    deprecated: bool = False
    replaced_by: tuple[ConceptId, ...] = ()
    notes: tuple[Note, ...] = ()


class KindFacts(NamedTuple):
    """What we know of a kind: its scheme, the system of its main code, its level in the scheme."""

    scheme: Scheme
    code_system: str | None = None
    level: int | None = None


OCCUPATION: Final = Kind("occupation-name")
OCCUPATION_FIELD: Final = Kind("occupation-field")
JOB_TITLE: Final = Kind("job-title")
SKILL: Final = Kind("skill")
SKILL_HEADLINE: Final = Kind("skill-headline")
SKILL_COLLECTION: Final = Kind("skill-collection")
KEYWORD: Final = Kind("keyword")
REGION: Final = Kind("region")
MUNICIPALITY: Final = Kind("municipality")
COUNTRY: Final = Kind("country")
BAROMETER_OCCUPATION: Final = Kind("barometer-occupation")
ISCO_GROUP: Final = Kind("isco-level-4")
ESCO_OCCUPATION: Final = Kind("esco-occupation")
ESCO_SKILL: Final = Kind("esco-skill")
ESCO_SKILL_GROUP: Final = Kind("esco-skill-group")
ESCO_COLLECTION: Final = Kind("esco-collection")
ESCO_ISCO_LEVELS: Final = tuple(Kind(f"esco-isco-level-{level}") for level in (1, 2, 3, 4))
"""ESCO's own ISCO groups: other concepts, with other URIs, than JobTech's of the same codes."""
SSYK_LEVELS: Final = tuple(Kind(f"ssyk-level-{level}") for level in (1, 2, 3, 4))
SSYK_GROUP: Final = SSYK_LEVELS[3]


def _levels(prefix: str, scheme: Scheme, system: str, levels: tuple[int, ...]) -> dict[Kind, KindFacts]:
    return {Kind(f"{prefix}-{level}"): KindFacts(scheme, system, level) for level in levels}


_JOBTECH = KindFacts(Scheme.JOBTECH)

KINDS: Final[Mapping[Kind, KindFacts]] = MappingProxyType(
    {
        OCCUPATION: _JOBTECH,
        **_levels("ssyk-level", Scheme.SSYK_2012, "ssyk-code-2012", (4, 3, 2, 1)),
        SKILL: _JOBTECH,
        JOB_TITLE: _JOBTECH,
        KEYWORD: _JOBTECH,
        OCCUPATION_FIELD: _JOBTECH,
        SKILL_HEADLINE: _JOBTECH,
        SKILL_COLLECTION: _JOBTECH,
        Kind("occupation-collection"): _JOBTECH,
        BAROMETER_OCCUPATION: _JOBTECH,
        ISCO_GROUP: KindFacts(Scheme.ISCO_08, "isco-code-08", 4),
        **_levels(
            "sun-education-field", Scheme.SUN_2020_FIELD, "sun-education-field-code-2020", (1, 2, 3, 4)
        ),
        **_levels("sun-education-level", Scheme.SUN_2020_LEVEL, "sun-education-level-code-2020", (1, 2, 3)),
        **_levels("sni-level", Scheme.SNI_2007, "sni-level-code-2007", (1, 2, 3, 4, 5)),
        REGION: KindFacts(Scheme.NUTS, "nuts-level-3-code-2021", 3),
        MUNICIPALITY: KindFacts(Scheme.LAU_2, "lau-2-code-2015"),
        COUNTRY: KindFacts(Scheme.ISO_3166_1, "iso-3166-1-alpha-2-2013"),
        Kind("language"): KindFacts(Scheme.ISO_639, "iso-639-2-1998"),
        ESCO_OCCUPATION: KindFacts(Scheme.ESCO, "esco-code"),
        ESCO_SKILL: KindFacts(Scheme.ESCO),
        ESCO_SKILL_GROUP: KindFacts(Scheme.ESCO, "esco-code"),
        ESCO_COLLECTION: KindFacts(Scheme.ESCO),
        **_levels("esco-isco-level", Scheme.ISCO_08, "isco-code-08", (4, 3, 2, 1)),
    }
)
"""Kinds in the order in which they are listed; a kind that is not here is JobTech's, without a code."""


def facts_of(kind: Kind) -> KindFacts:
    """Scheme, main code system and level of a kind; those of JobTech's plain kinds if it is unknown."""
    return KINDS.get(kind, _JOBTECH)
