"""`taxonomy check`: read and check sources, publish nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, add_sources, settings_of, sources_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.cli.progress import progress_bar

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs


def add(verbs: Verbs) -> None:
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
    recipe, folder = sources_of(arguments, settings_of(arguments))

    from taxonomy.ingest.pipeline import gather
    from taxonomy.model.finding import Severity

    with progress_bar() as progress:
        draft, content = gather(recipe, folder, progress)
    heads = ("code", "severity", "subject", "file", "row", "count", "message")
    rows = [
        (f.code, f.severity.value, f.subject, f.file, f.row, f.count, f.message) for f in content.findings
    ]
    write_rows(heads, rows, arguments.format)
    counts = {level: sum(row.count for row in draft.findings if row.severity is level) for level in Severity}
    say(f"{draft.title}: {', '.join(f'{count} {level}s' for level, count in counts.items())}")
    return 1 if counts[Severity.ERROR] or counts[Severity.WARNING] else 0
