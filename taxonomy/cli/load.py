"""`taxonomy load`: read sources, check them, publish a release."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, add_sources, add_store, settings_of, sources_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.cli.progress import progress_bar

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs
    from taxonomy.config import Settings
    from taxonomy.model.release import Release


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "load",
        "load the sample, or the publishers' files, and publish a release",
        "taxonomy load --data ../shared/data",
        run,
    )
    add_sources(parser)
    add_store(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Load and print a summary."""
    write_summary(load(arguments, settings_of(arguments)), arguments.format)
    return 0


def load(arguments: argparse.Namespace, settings: Settings) -> Release:
    """Load with a progress bar, and say what came of it."""
    recipe, folder = sources_of(arguments, settings)

    from taxonomy.compose import load_release

    started = perf_counter()
    with progress_bar() as progress:
        loaded = load_release(settings, recipe, folder, progress)
    done = "published" if loaded.published else "nothing has changed since"
    say(f"{recipe.title}: {done} {loaded.release.id} ({perf_counter() - started:.1f} s)")
    return loaded.release


def write_summary(release: Release, form: str | None) -> None:
    """Print what a release consists of: concepts per kind, relations per kind, findings per code."""
    from taxonomy.checks import CATALOGUE

    draft = release.draft
    rows: list[tuple[str, str, int]] = [
        *(("concepts", str(row.kind), row.count) for row in draft.concepts),
        ("concepts", "in all", sum(row.count for row in draft.concepts)),
        *(("relations", str(row.kind), row.count) for row in draft.relations),
        ("relations", "in all", sum(row.count for row in draft.relations)),
        *(
            (f"{row.severity}s", f"{row.code} {CATALOGUE[row.code].title}", row.count)
            for row in draft.findings
        ),
    ]
    write_rows(("what", "name", "count"), rows, form)
