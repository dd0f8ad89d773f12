"""`taxonomy show`: one concept, as a card."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, settings_of, verb
from taxonomy.cli.output import write_rows

if TYPE_CHECKING:
    from taxonomy.cli.options import Verbs
    from taxonomy.snapshot import Snapshot


def add(verbs: "Verbs") -> None:
    """Add the verb."""
    parser = verb(verbs, "show", "show one concept", "taxonomy show bXNH_MNX_dUR", run)
    parser.add_argument("id", help="a JobTech id, an ESCO CURIE, or the URI of either")
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the card; exit 1 for an unknown id."""
    from taxonomy.compose import open_shelf, open_store  # noqa: PLC0415 only what a verb uses
    from taxonomy.model.errors import NotFound  # noqa: PLC0415
    from taxonomy.model.ids import concept_id  # noqa: PLC0415

    id_ = concept_id(arguments.id)
    settings = settings_of(arguments)
    snapshot = open_shelf(settings, open_store(settings)).current().snapshot
    number = snapshot.index.get(id_)
    if number is None:
        raise NotFound(f"{id_} is not in release {snapshot.release.id}; try `taxonomy search`")
    write_rows(("property", "value"), list(card(snapshot, number)), arguments.format)
    return 0


def card(snapshot: "Snapshot", number: int) -> Iterator[tuple[str, str]]:
    """What there is to say of a concept, as pairs of property and value."""
    from taxonomy.model.concept import LabelRole, Locale  # noqa: PLC0415 only what a verb uses
    from taxonomy.model.ids import ConceptId, uri_of  # noqa: PLC0415
    from taxonomy.services import browse  # noqa: PLC0415

    def named(other: int) -> str:
        code = snapshot.codes.get(other)
        return f"{snapshot.ids[other]}  {code + ' ' if code else ''}{snapshot.label(other, Locale.SV)}"

    yield "id", snapshot.ids[number]
    yield "uri", uri_of(ConceptId(snapshot.ids[number]))
    yield "kind", snapshot.kind_of[number]
    yield "scheme", snapshot.scheme_of(number)
    if snapshot.deprecated[number]:
        yield "deprecated", "yes"
        yield from (("replaced by", named(other)) for other in snapshot.replaced_by(number))
    for locale in Locale:
        if snapshot.labels[locale][number]:
            yield f"label ({locale})", snapshot.labels[locale][number]
        for role in (LabelRole.ALTERNATIVE, LabelRole.HIDDEN):
            yield from ((f"{role} label ({locale})", text) for text in snapshot.other_labels(number, role, locale))
    yield from snapshot.all_codes(number)
    definition = snapshot.definition(number, Locale.SV)
    if definition:
        yield f"definition ({definition.locale}, {definition.source})", definition.text
    yield from (("broader", named(above)) for above in browse.ancestors(snapshot, number))
    for count in browse.relation_counts(snapshot, number):
        yield f"{count.relation} ({count.direction}) {count.kind}", str(count.count)
    yield from _skills(snapshot, number)


def _skills(snapshot: "Snapshot", number: int) -> Iterator[tuple[str, str]]:
    from taxonomy.model.concept import Locale  # noqa: PLC0415 only what a verb uses
    from taxonomy.snapshot.skills import PROVENANCES  # noqa: PLC0415

    effective = snapshot.effective
    rows = range(int(effective.start[number]), int(effective.start[number + 1]))
    for row in rows[:10]:
        provenance = PROVENANCES[effective.provenance[row]]
        yield f"skill ({provenance}, {effective.weight[row]:.2f})", snapshot.label(int(effective.skill[row]), Locale.SV)
