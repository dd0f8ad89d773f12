"""TX1xx: what concepts are called."""

from collections import Counter
from collections.abc import Iterator

from taxonomy.checks.catalogue import remark
from taxonomy.checks.staged import Staged
from taxonomy.model.concept import LabelRole, Locale, Provenance
from taxonomy.model.finding import Finding

_PREFERRED = LabelRole.PREFERRED


def missing_preferred_label(data: Staged) -> Iterator[Finding]:
    """Concepts that have no preferred label in any language."""
    for concept in data.concepts.values():
        for label in concept.labels:
            if label.role is _PREFERRED:
                break
        else:
            yield remark("TX101", concept.id, f"{concept.kind} {concept.id} has no preferred label")


def shared_label(data: Staged) -> Iterator[Finding]:
    """Active concepts of one kind with the same preferred label in the same language."""
    first: dict[tuple[str, Locale, str], str] = {}
    for concept in data.concepts.values():
        if concept.deprecated:
            continue
        for label in concept.labels:
            if label.role is _PREFERRED and label.provenance is Provenance.NATIVE:
                other = first.setdefault((concept.kind, label.locale, label.text), concept.id)
                if other != concept.id:
                    yield remark("TX103", concept.id, f"{concept.kind} {label.text!r} is also {other}")


def missing_locale(data: Staged) -> Iterator[Finding]:
    """How many active concepts lack a language: one remark each, for it is never one concept's fault."""
    active = [concept for concept in data.concepts.values() if not concept.deprecated]
    named = Counter(
        locale
        for concept in active
        for locale in {label.locale for label in concept.labels if label.role is _PREFERRED}
    )
    for locale in Locale:
        missing = len(active) - named[locale]
        if missing:
            message = f"{missing} of {len(active)} concepts have no {locale} label"
            yield remark("TX104", locale, message, count=missing)
