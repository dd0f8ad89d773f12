"""`taxonomy show`: one concept, as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxonomy.cli.guidance import add_region, guidance_rows, region_of
from taxonomy.cli.options import add_format, add_release, opened, settings_of, verb
from taxonomy.cli.output import write_rows
from taxonomy.model.errors import NotFound
from taxonomy.model.ids import ConceptId, concept_id, uri_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from taxonomy.cli.options import Verbs
    from taxonomy.snapshot import Snapshot

_SKILLS = 10


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "show",
        "show one concept: names, codes, place, numbers of relations, outlook and pay, strongest skills",
        "taxonomy show bXNH_MNX_dUR --region 'Norrbottens län'",
        run,
    )
    parser.add_argument("id", metavar="ID", help="a JobTech id, an ESCO CURIE, or the URI of either")
    add_region(parser, "where outlook and advertisements are asked for, the country without it")
    add_release(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the card; exit 1 for an unknown id."""
    id_ = concept_id(arguments.id)
    snapshot = opened(arguments, settings_of(arguments)).snapshot
    number = snapshot.index.get(id_)
    if number is None:
        raise NotFound(f"{id_} is not in release {snapshot.release.id}; `taxonomy search` finds ids by name")
    region = region_of(snapshot, arguments)
    rows = [
        *card(snapshot, number),
        *guidance_rows(snapshot, number, region),
        *_skills(snapshot, number),
    ]
    write_rows(("property", "value"), rows, arguments.format)
    return 0


def card(snapshot: Snapshot, number: int) -> Iterator[tuple[str, str]]:
    """What a concept is called and where it belongs, as pairs of property and value."""
    from taxonomy.model.concept import LabelRole, Locale
    from taxonomy.services import browse

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
            for text in snapshot.other_labels(number, role, locale):
                yield f"{role} label ({locale})", text
    yield from ((f"code ({system})", value) for system, value in snapshot.all_codes(number))
    definition = snapshot.definition(number, Locale.SV)
    if definition:
        yield f"definition ({definition.locale}, {definition.source})", definition.text
    yield from (("broader", named(above)) for above in browse.ancestors(snapshot, number))
    for count in browse.relation_counts(snapshot, number):
        yield f"{count.relation} ({count.direction}) {count.kind}", str(count.count)


def _skills(snapshot: Snapshot, number: int) -> Iterator[tuple[str, str]]:
    from taxonomy.model.concept import Locale
    from taxonomy.services.skills import skills_of
    from taxonomy.snapshot.skills import PROVENANCES

    effective = snapshot.effective
    for row in skills_of(snapshot, number)[:_SKILLS]:
        skill = int(effective.skill[row])
        how = f"skill ({PROVENANCES[effective.provenance[row]]}, {effective.weight[row]:.2f})"
        yield how, f"{snapshot.ids[skill]}  {snapshot.label(skill, Locale.SV)}"
