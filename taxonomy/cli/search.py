"""`taxonomy search`: find concepts by their names."""

import argparse
from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, settings_of, verb
from taxonomy.cli.output import write_rows

if TYPE_CHECKING:
    from taxonomy.cli.options import Verbs


def add(verbs: "Verbs") -> None:
    """Add the verb."""
    parser = verb(
        verbs, "search", "find concepts by their names", "taxonomy search sjuksk --kind occupation-name --first 5", run
    )
    parser.add_argument("text", help="what to search for")
    parser.add_argument("--kind", action="append", help="only concepts of this kind; may be repeated")
    parser.add_argument("--first", type=int, default=10, help="how many hits at most (default: 10)")
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the hits; exit 1 when there are none."""
    from taxonomy.compose import open_shelf, open_store  # noqa: PLC0415 only what a verb uses
    from taxonomy.model.concept import Kind, Locale  # noqa: PLC0415
    from taxonomy.model.errors import BadInput  # noqa: PLC0415
    from taxonomy.services.search import search  # noqa: PLC0415

    settings = settings_of(arguments)
    snapshot = open_shelf(settings, open_store(settings)).current().snapshot
    unknown = sorted(set(arguments.kind or ()) - set(snapshot.kinds))
    if unknown:
        raise BadInput(f"there is no kind {unknown[0]!r} in this release; there are {', '.join(sorted(snapshot.kinds))}")
    kinds = frozenset(map(Kind, arguments.kind)) if arguments.kind else None
    found = search(snapshot, arguments.text, kinds=kinds, limit=max(arguments.first, 0))
    rows = [
        (
            snapshot.ids[hit.concept],
            snapshot.kind_of[hit.concept],
            snapshot.codes.get(hit.concept),
            snapshot.label(hit.concept, Locale.SV),
            hit.text,
            round(hit.score, 3),
        )
        for hit in found.hits
    ]
    write_rows(("id", "kind", "code", "label", "matched", "score"), rows, arguments.format)
    return 0 if rows else 1
