"""Options that several verbs share, and what they are turned into."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from taxonomy.cli.output import say
from taxonomy.config import Settings, read_settings
from taxonomy.model.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from taxonomy.ingest.manifest import Recipe
    from taxonomy.services.shelf import Current, Shelf
    from taxonomy.store.ports import Store

    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]
    Run = Callable[[argparse.Namespace], int]


def verb(verbs: Verbs, name: str, help_text: str, example: str, run: Run) -> argparse.ArgumentParser:
    """A verb with its help and an example."""
    parser = verbs.add_parser(
        name,
        help=help_text,
        description=help_text[0].upper() + help_text[1:] + ".",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def add_store(parser: argparse.ArgumentParser) -> None:
    """`--store` and `--cache`."""
    parser.add_argument(
        "--store", metavar="FILE|URI", help="where releases are kept (default: TAXONOMY_STORE)"
    )
    parser.add_argument(
        "--cache", metavar="DIR", help="folder of compiled snapshots (default: TAXONOMY_CACHE)"
    )


def add_release(parser: argparse.ArgumentParser) -> None:
    """`--release`, beside `--store` and `--cache`."""
    parser.add_argument("--release", metavar="ID", help="an older release (default: the current one)")
    add_store(parser)


def add_sources(parser: argparse.ArgumentParser) -> None:
    """`--data` and `--recipe`."""
    parser.add_argument(
        "--data", metavar="DIR", type=Path, help="folder of the publishers' files (default: TAXONOMY_DATA)"
    )
    parser.add_argument(
        "--recipe",
        metavar="FILE|NAME",
        type=Path,
        help="which sources to load (default: sweden-esco with a folder, else sample)",
    )


def add_format(parser: argparse.ArgumentParser) -> None:
    """`--format`."""
    parser.add_argument(
        "--format",
        choices=("table", "tsv", "json"),
        help="how to print (default: table on a terminal, tsv in a pipe)",
    )


def add_first(parser: argparse.ArgumentParser, what: str, default: int) -> None:
    """`--first`."""
    parser.add_argument(
        "--first",
        metavar="N",
        type=at_least_one,
        default=default,
        help=f"how many {what} at most ({default})",
    )


def at_least_one(text: str) -> int:
    """A whole number from 1, for argparse."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1, not {text!r}")
    return int(text)


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The settings of this process: flags before environment before defaults."""
    flags = {name: getattr(arguments, name, None) for name in ("store", "cache", "host", "port")}
    return read_settings(os.environ, **flags)


def sources_of(arguments: argparse.Namespace, settings: Settings) -> tuple[Recipe, Path]:
    """The recipe to load and the folder of its files."""
    from taxonomy.compose import recipe_for

    folder = Path(settings.data) if settings.data else None
    return recipe_for(arguments.recipe, arguments.data, folder)


def opened(arguments: argparse.Namespace, settings: Settings) -> Current:
    """The release to ask, and the history; raises `Unavailable` when nothing is published.

    While the store cannot be read, both are what the cache knows of it, and stderr says so.
    """
    from taxonomy.compose import open_shelf, opened_store

    with opened_store(settings) as store:
        shelf = open_shelf(settings, store)
        if shelf.is_empty:
            raise Unavailable(nothing_in(store))
        tell_trouble(store, shelf, "answering")
        current = shelf.current()
        return current._replace(snapshot=shelf.open(arguments.release)) if arguments.release else current


def nothing_in(store: Store) -> str:
    """The sentence for a store without a release."""
    return f"nothing is published in {store.address} yet: run `taxonomy load`"


def tell_trouble(store: Store, shelf: Shelf, doing: str) -> None:
    """Say on stderr that answers come from the cache, and why, if they do."""
    if shelf.trouble:
        why = shelf.trouble.why.removeprefix(store.address).lstrip(": ")
        source = f"{shelf.current().snapshot.release.id} from the cache"
        say(f"{store.address} is unreachable ({why}): {doing} {source}")
