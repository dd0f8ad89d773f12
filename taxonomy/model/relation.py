"""Relations: typed, directed, with provenance. They read as sentences: subject, kind, object."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from taxonomy.model.concept import Provenance
from taxonomy.model.ids import ConceptId


class RelationKind(StrEnum):
    """What a relation says of its subject: `SUBSTITUTES`, "subject can do the job of object".

    `ASSESSED_AS`: the outlook of the object, a barometer occupation, is the subject's. `LABOUR_FLOW`: the
    source lists the object among the groups that people change between; which way, it does not say.
    Exactly one direction is stored; the inverse is implied and can be queried. Matches are SKOS mapping
    relations: of `BROAD_MATCH` the object is the broader concept, seen from the object it is a narrow match.
    """

    BROADER = "broader"
    OCCUPATION_FIELD = "occupation-field"
    RELATED_SKILL = "related-skill"
    ESSENTIAL_SKILL = "essential-skill"
    OPTIONAL_SKILL = "optional-skill"
    JOB_TITLE_OF = "job-title-of"
    KEYWORD_OF = "keyword-of"
    SUBSTITUTES = "substitutes"
    MEMBER_OF = "member-of"
    ASSESSED_AS = "assessed-as"
    LABOUR_FLOW = "labour-flow"
    EXACT_MATCH = "exact-match"
    CLOSE_MATCH = "close-match"
    BROAD_MATCH = "broad-match"
    NARROW_MATCH = "narrow-match"
    RELATED_MATCH = "related-match"


class Direction(StrEnum):
    """From where a relation is seen: from its subject (`OUT`) or from its object (`IN`)."""

    OUT = "out"
    IN = "in"


class Necessity(StrEnum):
    """How much an occupation needs a skill; `RELATED`: the source says only that they belong together."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"
    RELATED = "related"


class Relation(NamedTuple):
    """One statement of one source.

    `level` is a substitutability of 25 or 75; `rank` counts from 1, the most relevant first.
    The key of a relation is (kind, subject, object, provenance).
    """

    kind: RelationKind
    subject: ConceptId
    object: ConceptId
    provenance: Provenance
    source: str
    necessity: Necessity | None = None
    level: int | None = None
    rank: int | None = None


SKILL_RELATIONS: Final = (
    RelationKind.RELATED_SKILL,
    RelationKind.ESSENTIAL_SKILL,
    RelationKind.OPTIONAL_SKILL,
)
"""The relations of an occupation (or a group, or a skill) to a skill, whatever its necessity."""

MATCH_INVERSES: Final[Mapping[RelationKind, RelationKind]] = {
    RelationKind.EXACT_MATCH: RelationKind.EXACT_MATCH,
    RelationKind.CLOSE_MATCH: RelationKind.CLOSE_MATCH,
    RelationKind.BROAD_MATCH: RelationKind.NARROW_MATCH,
    RelationKind.NARROW_MATCH: RelationKind.BROAD_MATCH,
    RelationKind.RELATED_MATCH: RelationKind.RELATED_MATCH,
}
"""The mapping relations, strongest first, and what each of them is when seen from its object."""
