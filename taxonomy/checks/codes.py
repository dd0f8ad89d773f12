"""TX3xx: notations."""

import re
from collections.abc import Iterator
from typing import Final

from taxonomy.checks.catalogue import remark
from taxonomy.checks.staged import Staged
from taxonomy.model.concept import Concept, facts_of
from taxonomy.model.finding import Finding
from taxonomy.model.ids import ESCO_PREFIX
from taxonomy.model.relation import RelationKind

PATTERNS: Final[dict[str, re.Pattern[str]]] = {
    "ssyk-code-2012": re.compile(r"\d{1,4}", re.ASCII),
    "isco-code-08": re.compile(r"\d{1,4}", re.ASCII),
    "sun-education-field-code-2020": re.compile(r"\d{1,3}|\d{3}[a-zåäö]", re.ASCII),
    "sun-education-level-code-2020": re.compile(r"\d{1,3}", re.ASCII),
    "sni-level-code-2007": re.compile(r"[A-U]|\d{2,5}", re.ASCII),
    "nuts-level-3-code-2021": re.compile(r"[A-Z]{2}[A-Z0-9]{3}", re.ASCII),
    "nuts-level-3-code-2013": re.compile(r"[A-Z]{2}[A-Z0-9]{3}", re.ASCII),
    "national-nuts-level-3-code-2019": re.compile(r"\d{2}", re.ASCII),
    "lau-2-code-2015": re.compile(r"\d{4}", re.ASCII),
    "iso-3166-1-alpha-2-2013": re.compile(r"[A-Z]{2}", re.ASCII),
    "iso-3166-1-alpha-3-2013": re.compile(r"[A-Z]{3}", re.ASCII),
    "iso-639-1-2002": re.compile(r"[A-Z]{2}", re.ASCII),
    "iso-639-2-1998": re.compile(r"[A-Z]{3}", re.ASCII),
    "iso-639-3-2007": re.compile(r"[A-Z]{3}", re.ASCII),
    "esco-code": re.compile(r"\d{4}(?:\.\d+)+|[A-Z](?:\d+(?:\.\d+)*)?", re.ASCII),
}
"""What a code of each system looks like; a system that is not here is not checked."""

_DIGITS_PER_LEVEL: Final = frozenset({"ssyk-code-2012", "isco-code-08"})


def main_code(concept: Concept) -> str | None:
    """The code of a concept in the main system of its kind."""
    system = facts_of(concept.kind).code_system
    return next((code.value for code in concept.codes if code.system == system), None)


def malformed_code(data: Staged) -> Iterator[Finding]:
    """Codes that do not look like codes of their system, or have another length than their level."""
    for concept in data.concepts.values():
        if not concept.codes:
            continue
        level = facts_of(concept.kind).level
        for system, value in concept.codes:
            pattern = PATTERNS.get(system)
            if pattern is None:
                continue
            if not pattern.fullmatch(value) or (system in _DIGITS_PER_LEVEL and len(value) != level):
                yield remark("TX301", concept.id, f"{value!r} is not a {system} of a {concept.kind}")


def shared_code(data: Staged) -> Iterator[Finding]:
    """Active concepts of one scheme and publisher with the same main code.

    ISCO-08 has two publishers here: JobTech's groups and ESCO's have the same codes, and a match says so.
    """
    first: dict[tuple[str, bool, str], str] = {}
    for concept in data.concepts.values():
        value = main_code(concept) if concept.codes else None
        if value is not None and not concept.deprecated:
            key = (facts_of(concept.kind).scheme, concept.id.startswith(ESCO_PREFIX), value)
            other = first.setdefault(key, concept.id)
            if other != concept.id:
                yield remark("TX302", concept.id, f"{concept.kind} {value} is also the code of {other}")


def code_off_its_branch(data: Staged) -> Iterator[Finding]:
    """SSYK, ISCO and SUN groups whose code does not begin with the code of the group above."""
    for relation in data.relations.get(RelationKind.BROADER, ()):
        child, parent = data.concepts[relation.subject], data.concepts[relation.object]
        facts = facts_of(child.kind)
        if facts.code_system is None or facts.scheme is not facts_of(parent.kind).scheme:
            continue
        # SNI's sections are letters over two-digit divisions: a prefix says nothing there.
        code, above = main_code(child), main_code(parent)
        if code and above and not above.isalpha() and not code.startswith(above):
            yield remark("TX303", child.id, f"{child.kind} {code} is under {above}")
