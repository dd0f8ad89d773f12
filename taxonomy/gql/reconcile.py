"""Reconciling: what the texts of somebody's own column mean.

A column may hold anything about anybody: the field is `personal`, as matching is.
"""

from typing import Annotated, Any, Final

import strawberry

from taxonomy.gql.arguments import LONGEST_TEXT, KindsFilter, SchemesFilter, between
from taxonomy.gql.concepts import Concept
from taxonomy.gql.enums import described
from taxonomy.gql.fields import FACTS, ArgumentFacts, Arguments, Info, column, of
from taxonomy.model.concept import Kind, Locale
from taxonomy.model.errors import BadInput
from taxonomy.services.reconcile import MatchedBy, Reconciled, Wanted, reconcile
from taxonomy.snapshot import Snapshot

MOST_TEXTS: Final = 200
MOST_CANDIDATES: Final = 20
_CANDIDATES: Final = 5
_WEIGHT: Final = 300
"""A text that has to be searched for takes a millisecond or two, one that is a name a fifth of that."""

described(
    MatchedBy,
    "What of a concept a text is, surest first. It may grow.",
    {
        "id": "Its id, CURIE or URI.",
        "code": "Its code, be it without the leading zeros.",
        "label": "Its preferred label.",
        "other-label": "An alternative or hidden label.",
        "alternative": "One of the names that slashes part in a label of an occupation.",
        "job-title": "A job title that is used for it.",
        "mapped": "A name of an ESCO occupation that matches it closely, or of its barometer occupation:"
        " a suggestion.",
        "search": "The beginning of a label or of words in it: a suggestion.",
        "resemblance": "Spelled like a label: a suggestion.",
    },
)


def _check_texts(snapshot: Snapshot, texts: list[str]) -> None:
    # What is in them is nobody's business: it stands in no message.
    if len(texts) > MOST_TEXTS:
        raise BadInput(f"texts takes at most {MOST_TEXTS} texts, not {len(texts)}")
    longest = max(map(len, texts), default=0)
    if longest > LONGEST_TEXT:
        raise BadInput(f"a text is {longest} characters long, at most {LONGEST_TEXT} are looked up")


TextsArg = Annotated[
    list[str],
    strawberry.argument(
        description=f"Up to {MOST_TEXTS} texts of up to {LONGEST_TEXT} characters.",
        metadata={FACTS: ArgumentFacts(_check_texts)},
    ),
]
CandidatesArg = Annotated[
    int,
    strawberry.argument(
        description=f"How many candidates for each text at most, up to {MOST_CANDIDATES}.",
        metadata={FACTS: ArgumentFacts(between("first", 0, MOST_CANDIDATES))},
    ),
]


def reconciled(
    root: None,
    info: Info,
    texts: TextsArg,
    kinds: KindsFilter = None,
    schemes: SchemesFilter = None,
    first: CandidatesArg = _CANDIDATES,
) -> list[Reconciled]:
    """The resolver of `reconcile`."""
    context = info.context
    wanted = Wanted(
        None if kinds is None else tuple(dict.fromkeys(map(Kind, kinds))),
        None if schemes is None else frozenset(schemes),
    )
    found = []
    for text in texts:
        context.check_time()
        found.append(reconcile(context.snapshot, text, wanted, first))
    return found


def weight_of(arguments: Arguments) -> int:
    """The cost of looking up so many texts."""
    return 50 + _WEIGHT * len(arguments["texts"])


def size_of(arguments: Arguments) -> int:
    """How many reconciliations there are: each counts for up to five candidates."""
    fives: int = 1 + arguments["first"] // (_CANDIDATES + 1)
    return len(arguments["texts"]) * fives


def _candidates(root: Reconciled, info: Info) -> Any:
    return root.candidates


@strawberry.type(description="A concept that a text may mean.")
class ReconciliationCandidate:
    """A `services.reconcile.Candidate`."""

    concept: Concept = column(of("concept"), "The concept.")
    via: Concept | None = column(
        of("via"),
        "The job title, the deprecated concept, or the ESCO or barometer occupation that has the name, code"
        " or id; null if it does itself.",
    )
    matched_by: MatchedBy = column(of("matched_by"), "What of it the text is.")
    matched_text: str = column(of("text"), "That name, code or id, as published.")
    locale: Locale | None = column(of("locale"), "The language of a name; null for codes and ids.")
    score: float = column(
        of("score"), "1 when the text is all of it; of suggestions, how good one is among those for the text."
    )


@strawberry.type(description="What a text means, or may mean.")
class Reconciliation:
    """A `services.reconcile.Reconciled`."""

    text: str = column(of("text"), "The text as it was given.")
    match: ReconciliationCandidate | None = column(
        of("match"), "The candidate that is surer than all others; null if there is none, or several."
    )
    candidates: list[ReconciliationCandidate] = column(
        _candidates, "The surest first: names, codes and ids, or else suggestions.", size=_CANDIDATES
    )
