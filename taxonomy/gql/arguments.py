"""Arguments and how they are checked before anything is executed."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final

import strawberry

from taxonomy.gql.enums import ConceptKind, MatchKind
from taxonomy.gql.fields import FACTS, ArgumentFacts
from taxonomy.model.concept import (
    COUNTRY,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    MUNICIPALITY,
    OCCUPATION,
    REGION,
    SKILL,
    SSYK_LEVELS,
    Kind,
    Locale,
    Provenance,
    Scheme,
)
from taxonomy.model.errors import BadInput
from taxonomy.model.ids import concept_id
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.snapshot import Snapshot

Check = Callable[[Snapshot, Any], object]
"""Raises a `TaxonomyError` for a value that the argument cannot have in this release."""

MAX_IDS: Final = 1000
LONGEST_TEXT: Final = 200
PLACES: Final = frozenset({REGION, MUNICIPALITY, COUNTRY})
"""The kinds of what can be asked for as a region."""


def _argument(description: str, check: Check | None = None) -> Any:
    metadata = {FACTS: ArgumentFacts(check)} if check else None
    return strawberry.argument(description=description, metadata=metadata)


def find(snapshot: Snapshot, text: str) -> int | None:
    """The number of the concept that an id or URI names; None for an unknown id, `BadInput` for no id."""
    return snapshot.index.get(concept_id(text))


def find_kind(snapshot: Snapshot, text: str, kinds: frozenset[Kind]) -> int | None:
    """As `find`; raises `BadInput` naming the kind of a concept that is of none of `kinds`."""
    number = find(snapshot, text)
    if number is not None and snapshot.kind_of[number] not in kinds:
        wanted = " or ".join(sorted(kinds))
        raise BadInput(f"{text} is of the kind {snapshot.kind_of[number]}, not {wanted}")
    return number


def known_ids(
    snapshot: Snapshot, texts: Sequence[str] | None, kinds: frozenset[Kind], name: str
) -> list[int] | None:
    """The numbers of ids in a filter; raises `BadInput` for unknown ids, lest a filter silently drop them."""
    if texts is None:
        return None
    if len(texts) > MAX_IDS:
        raise BadInput(f"{name} takes at most {MAX_IDS} ids, not {len(texts)}")
    found = {text: find_kind(snapshot, text, kinds) for text in texts}
    unknown = [text for text, number in found.items() if number is None]
    if unknown:
        raise BadInput(
            f"{name}: there is no concept {', '.join(unknown[:5])} in release {snapshot.release.id}"
        )
    return [number for number in found.values() if number is not None]


def _of_kind(*kinds: Kind) -> Check:
    wanted = frozenset(kinds)
    return lambda snapshot, text: find_kind(snapshot, text, wanted)


def _check_ids(snapshot: Snapshot, texts: list[str]) -> None:
    if len(texts) > MAX_IDS:
        raise BadInput(f"ids takes at most {MAX_IDS} ids, not {len(texts)}")
    for text in texts:
        concept_id(text)


def _check_text(snapshot: Snapshot, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"text is {len(text)} characters long, at most {LONGEST_TEXT} are searched for")


def between(name: str, low: int, high: int) -> Check:
    """A check that a number lies in a range."""

    def check(snapshot: Snapshot, value: int) -> None:
        if not low <= value <= high:
            raise BadInput(f"{name} must be between {low} and {high}, not {value}")

    return check


def one_of(name: str, *values: int) -> Check:
    """A check that a number is one of a few."""

    def check(snapshot: Snapshot, value: int) -> None:
        if value not in values:
            raise BadInput(f"{name} must be one of {', '.join(map(str, values))}, not {value}")

    return check


_ANY_ID: Final = {FACTS: ArgumentFacts(lambda snapshot, text: find(snapshot, text))}

LocaleArg = Annotated[
    Locale, _argument("The language asked for; without a label in it, Swedish, then English.")
]
ExactLocaleArg = Annotated[Locale, _argument("The language of the labels.")]
SearchLocaleArg = Annotated[Locale | None, _argument("Search labels of this language only.")]
SchemeFilter = Annotated[Scheme | None, _argument("Only concepts of this scheme.")]
SchemeArg = Annotated[Scheme, _argument("The scheme that the code belongs to.")]
SchemesFilter = Annotated[list[Scheme] | None, _argument("Only concepts of these schemes.")]
KindsFilter = Annotated[list[ConceptKind] | None, _argument("Only concepts of these kinds.")]
MatchesFilter = Annotated[list[MatchKind] | None, _argument("Only matches of these kinds.")]
RelationsFilter = Annotated[list[RelationKind] | None, _argument("Only relations of these kinds.")]
DirectionsFilter = Annotated[
    Direction | None, _argument("Only relations seen from this side; both by default.")
]
NecessityFilter = Annotated[
    list[Necessity] | None, _argument("Only edges with evidence of such a necessity.")
]
ProvenanceFilter = Annotated[
    list[Provenance] | None,
    _argument(
        "Only edges with evidence of such a provenance; one piece of evidence must satisfy all filters."
    ),
]
IdArg = Annotated[
    strawberry.ID,
    _argument("A JobTech id, an ESCO CURIE, or the URI of either.", lambda s, text: find(s, text)),
]
FromArg = Annotated[
    strawberry.ID,
    strawberry.argument(name="from", description="Id or URI of where to begin.", metadata=_ANY_ID),
]
ToArg = Annotated[strawberry.ID, _argument("Id or URI of where to end.", lambda s, text: find(s, text))]
EscoOccupationIdArg = Annotated[
    strawberry.ID, _argument("CURIE or URI of an ESCO occupation.", _of_kind(ESCO_OCCUPATION))
]
EscoSkillIdArg = Annotated[strawberry.ID, _argument("CURIE or URI of an ESCO skill.", _of_kind(ESCO_SKILL))]
OccupationIdArg = Annotated[strawberry.ID, _argument("Id or URI of an occupation.", _of_kind(OCCUPATION))]
SkillIdArg = Annotated[strawberry.ID, _argument("Id or URI of a skill.", _of_kind(SKILL))]
IdsArg = Annotated[list[strawberry.ID], _argument("Up to 1000 ids or URIs.", _check_ids)]
CodeArg = Annotated[str, _argument("A code as published, with its leading zeros.")]
TextArg = Annotated[str, _argument("What to search for, up to 200 characters.", _check_text)]
LevelArg = Annotated[int, _argument("The SSYK level, 1 to 4.", between("level", 1, len(SSYK_LEVELS)))]
MinimumArg = Annotated[
    int, _argument("The least level of substitutability, 25 or 75.", one_of("minimum", 25, 75))
]
EvidenceArg = Annotated[
    int, _argument("How many pieces of evidence at most, up to 100.", between("first", 0, 100))
]
MaxLengthArg = Annotated[
    int, _argument("The longest path looked for, 1 to 10 steps.", between("maxLength", 1, 10))
]
PathsArg = Annotated[int, _argument("How many paths at most, up to 20.", between("first", 0, 20))]
RegionArg = Annotated[
    strawberry.ID | None,
    _argument(
        "Id or URI of a region, a country, or a municipality, for which its region speaks; without it, the"
        " country.",
        lambda snapshot, text: known_ids(snapshot, [text], PLACES, "region"),
    ),
]
IncludeDeprecatedArg = Annotated[bool, _argument("Whether deprecated concepts are listed too.")]
