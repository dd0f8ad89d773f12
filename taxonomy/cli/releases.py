"""`taxonomy releases`: the history of published releases, and `prune`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, add_store, at_least_one, nothing_in, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.model.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs

_KEPT = 3


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "releases",
        "list the published releases, oldest first, or remove old ones",
        "taxonomy releases prune --keep 2",
        run,
    )
    parser.add_argument("action", nargs="?", choices=("list", "prune"), default="list", help="default: list")
    parser.add_argument(
        "--keep", metavar="N", type=at_least_one, help=f"prune all but the newest N ({_KEPT})"
    )
    add_store(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """List or prune."""
    if arguments.keep and arguments.action != "prune":
        raise BadInput("--keep goes with `taxonomy releases prune`")

    from taxonomy.compose import opened_store, prune

    settings = settings_of(arguments)
    with opened_store(settings) as store:
        if arguments.action == "prune":
            removed = prune(settings, store, arguments.keep or _KEPT)
            say(f"removed {removed} release{'' if removed == 1 else 's'}")
        releases = store.releases()
    rows = [
        (
            release.id,
            f"{release.published_at:%Y-%m-%d %H:%M:%S}",
            release.draft.recipe,
            release.draft.title,
            sum(row.count for row in release.draft.concepts),
            sum(row.count for row in release.draft.relations),
            "yes" if release is releases[-1] else "no",
        )
        for release in releases
    ]
    heads = ("id", "published", "recipe", "title", "concepts", "relations", "current")
    write_rows(heads, rows, arguments.format)
    if not rows:
        say(nothing_in(store))
    return 0
