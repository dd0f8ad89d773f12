"""`taxonomy search`: find concepts by their names, codes or ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxonomy.cli.options import add_first, add_format, add_release, opened, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.model.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "search",
        "find concepts by their names, codes or ids; exit 1 when there are none",
        "taxonomy search sjuksk --kind occupation-name --first 5",
        run,
    )
    parser.add_argument(
        "text", metavar="TEXT", help="the beginning of a name, of words of it or of a code; an id or URI"
    )
    parser.add_argument("--kind", action="append", help="only concepts of this kind; may be repeated")
    add_first(parser, "hits", 10)
    add_release(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the hits; exit 1 when there are none."""
    snapshot = opened(arguments, settings_of(arguments)).snapshot

    from taxonomy.model.concept import Kind, Locale
    from taxonomy.services.find import find

    unknown = sorted(set(arguments.kind or ()) - set(snapshot.kinds))
    if unknown:
        kinds = ", ".join(sorted(snapshot.kinds))
        raise BadInput(f"there is no kind {unknown[0]!r} in this release; there are {kinds}")
    wanted = frozenset(map(Kind, arguments.kind)) if arguments.kind else None
    found = find(snapshot, arguments.text, kinds=wanted, limit=arguments.first)
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
    if found.total > len(rows):
        say(f"{len(rows)} of {found.total}; --first shows more")
    elif not rows:
        say(f"nothing in {snapshot.release.id} is called {arguments.text!r}, nor has it for a code or an id")
    return 0 if rows else 1
