"""Concept ids: parsed once, where text comes in.

The id of a concept is its publisher's: a JobTech id (`fg7B_yov_smw`) or an ESCO CURIE, the tail of
the URI after `esco:` (`esco:occupation/<uuid>`). The URI is the identity behind both. A collection that its
publisher gave no id has one of ours: `collection:green-skills`.
"""

import re
from typing import Final, NewType

from taxonomy.model.errors import BadInput

ConceptId = NewType("ConceptId", str)

JOBTECH_NAMESPACE: Final = "http://data.jobtechdev.se/taxonomy/concept/"
ESCO_NAMESPACE: Final = "http://data.europa.eu/esco/"
ESCO_PREFIX: Final = "esco:"
COLLECTION_NAMESPACE: Final = "https://w3id.org/occupation-graph/collection/"
COLLECTION_PREFIX: Final = "collection:"
JOBTECH_ID: Final = "jobtech-id"
"""The system of the code that keeps the JobTech id of a concept that is ESCO's."""

_JOBTECH_ID = re.compile(r"[A-Za-z0-9]{4}_[A-Za-z0-9]{3}_[A-Za-z0-9]{3}")
_ESCO_TAIL = re.compile(
    r"(?:occupation|skill|isco|isced-f|concept|concept-scheme)/[A-Za-z0-9][A-Za-z0-9._-]{0,79}"
)
_COLLECTION_TAIL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

is_jobtech_id = _JOBTECH_ID.fullmatch


def concept_id(text: str) -> ConceptId:
    """The id that `text` spells as an id, an ESCO CURIE or a full URI; raises `BadInput` otherwise.

    >>> concept_id("http://data.jobtechdev.se/taxonomy/concept/fg7B_yov_smw")
    'fg7B_yov_smw'
    >>> concept_id("http://data.europa.eu/esco/isco/C2512")
    'esco:isco/C2512'
    """
    if is_jobtech_id(text.removeprefix(JOBTECH_NAMESPACE)):
        return ConceptId(text.removeprefix(JOBTECH_NAMESPACE))
    for prefix in (COLLECTION_NAMESPACE, COLLECTION_PREFIX):
        if text.startswith(prefix) and _COLLECTION_TAIL.fullmatch(text, len(prefix)):
            return ConceptId(COLLECTION_PREFIX + text[len(prefix) :])
    for prefix in (ESCO_NAMESPACE, ESCO_PREFIX):
        if text.startswith(prefix) and _ESCO_TAIL.fullmatch(text, len(prefix)):
            return ConceptId(ESCO_PREFIX + text[len(prefix) :])
    shown = text if len(text) <= 80 else text[:77] + "..."
    raise BadInput(f"{shown!r} is not a concept id: give a JobTech id, an ESCO CURIE or their URI")


def uri_of(concept: ConceptId) -> str:
    """The publisher's URI of a concept, or ours of a collection that has none.

    >>> uri_of(ConceptId("esco:isco/C2512"))
    'http://data.europa.eu/esco/isco/C2512'
    """
    if concept.startswith(ESCO_PREFIX):
        return ESCO_NAMESPACE + concept[len(ESCO_PREFIX) :]
    if concept.startswith(COLLECTION_PREFIX):
        return COLLECTION_NAMESPACE + concept[len(COLLECTION_PREFIX) :]
    return JOBTECH_NAMESPACE + concept
