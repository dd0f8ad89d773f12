"""Options that several verbs share."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taxonomy.config import Settings, read_settings

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 argparse names it nowhere else


def verb(verbs: "Verbs", name: str, help_text: str, example: str, run: Any) -> argparse.ArgumentParser:
    """A verb with its help and an example; every verb takes the store and the cache."""
    parser = verbs.add_parser(
        name,
        help=help_text,
        description=help_text[0].upper() + help_text[1:] + ".",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    parser.add_argument("--store", help="where releases are kept (default: TAXONOMY_STORE)")
    parser.add_argument("--cache", help="folder of compiled snapshots (default: TAXONOMY_CACHE)")
    return parser


def add_sources(parser: argparse.ArgumentParser) -> None:
    """`--data` and `--recipe`."""
    parser.add_argument("--data", type=Path, help="folder of the publishers' files: load the Swedish taxonomy")
    parser.add_argument("--recipe", type=Path, help="TOML file that names the sources to load")


def add_format(parser: argparse.ArgumentParser) -> None:
    """`--format`."""
    parser.add_argument(
        "--format", choices=("table", "tsv", "json"), help="how to print (default: table on a terminal, tsv in a pipe)"
    )


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The settings of this process: flags before environment before defaults."""
    flags = {name: getattr(arguments, name, None) for name in ("store", "cache", "host", "port")}
    return read_settings(os.environ, **flags)


def data_of(arguments: argparse.Namespace, settings: Settings) -> Path | None:
    """The folder of the publishers' files, by flag or setting."""
    data: Path | None = arguments.data
    return data or (Path(settings.data) if settings.data and arguments.recipe else None)
