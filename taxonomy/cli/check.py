"""`taxonomy check`: read and check sources, publish nothing."""

import argparse
from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, add_sources, data_of, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.cli.progress import progress_bar

if TYPE_CHECKING:
    from taxonomy.cli.options import Verbs


def add(verbs: "Verbs") -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "check",
        "check the sample, or the publishers' files, and publish nothing; exit 1 for errors and warnings",
        "taxonomy check --data ../shared/data --format tsv",
        run,
    )
    add_sources(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print every finding."""
    from taxonomy.compose import recipe_for  # noqa: PLC0415 only what a verb uses
    from taxonomy.ingest.pipeline import gather  # noqa: PLC0415
    from taxonomy.model.finding import Severity  # noqa: PLC0415

    recipe, folder = recipe_for(arguments.recipe, data_of(arguments, settings_of(arguments)))
    with progress_bar() as progress:
        draft, content = gather(recipe, folder, progress)
    heads = ("code", "severity", "subject", "file", "row", "count", "message")
    write_rows(
        heads,
        [(f.code, f.severity.value, f.subject, f.file, f.row, f.count, f.message) for f in content.findings],
        arguments.format,
    )
    bad = sum(row.count for row in draft.findings if row.severity is not Severity.NOTE)
    say(f"{draft.title}: {bad} errors and warnings")
    return 1 if bad else 0
