"""`taxonomy releases`: the history of published releases, and `prune`."""

import argparse
from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, settings_of, verb
from taxonomy.cli.output import say, write_rows

if TYPE_CHECKING:
    from taxonomy.cli.options import Verbs


def add(verbs: "Verbs") -> None:
    """Add the verb."""
    parser = verb(
        verbs, "releases", "list the published releases, or remove old ones", "taxonomy releases prune --keep 3", run
    )
    parser.add_argument("action", nargs="?", choices=("list", "prune"), default="list", help="default: list")
    parser.add_argument("--keep", type=int, default=3, help="how many of the newest releases prune keeps (default: 3)")
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """List or prune."""
    from taxonomy.compose import open_store  # noqa: PLC0415 only what a verb uses
    from taxonomy.model.errors import BadInput  # noqa: PLC0415

    store = open_store(settings_of(arguments))
    if arguments.action == "prune":
        if arguments.keep < 1:
            raise BadInput(f"--keep must be at least 1, not {arguments.keep}: the current release stays")
        with store.lock():
            old = store.releases()[: -arguments.keep]
            for release in old:
                store.discard(release.ordinal)
        say(f"removed {len(old)} releases")
    releases = store.releases()
    heads = ("id", "published", "recipe", "title", "concepts", "relations", "current")
    write_rows(
        heads,
        [
            (
                release.id,
                f"{release.published_at:%Y-%m-%d %H:%M:%S}",
                release.draft.recipe,
                release.draft.title,
                sum(row.count for row in release.draft.concepts),
                sum(row.count for row in release.draft.relations),
                "yes" if release is releases[-1] else "",
            )
            for release in releases
        ],
        arguments.format,
    )
    return 0
