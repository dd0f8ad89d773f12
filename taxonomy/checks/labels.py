"""TX1xx: what concepts are called."""

from collections import Counter
from collections.abc import Iterator

from taxonomy.checks.catalogue import remark
from taxonomy.checks.staged import Staged
from taxonomy.model.concept import LabelRole, Locale, Provenance
from taxonomy.model.finding import Finding

_PREFERRED = LabelRole.PREFERRED
_KINDS_TOLD = 3


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
    active: Counter[str] = Counter()
    named: Counter[tuple[str, Locale]] = Counter()
    for concept in data.concepts.values():
        if not concept.deprecated:
            active[concept.kind] += 1
            # A concept has one preferred label in a language, at most.
            named.update((concept.kind, label.locale) for label in concept.labels if label.role is _PREFERRED)
    for locale in Locale:
        kinds = +Counter({kind: number - named[kind, locale] for kind, number in active.items()})
        total = kinds.total()
        if total:
            most = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(_KINDS_TOLD))
            more = f" and {len(kinds) - _KINDS_TOLD} more kinds" if len(kinds) > _KINDS_TOLD else ""
            message = f"{total} of {active.total()} concepts have no {locale} label: {most}{more}"
            yield remark("TX104", locale, message, count=total)
