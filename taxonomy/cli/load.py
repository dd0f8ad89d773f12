"""`taxonomy load`: read sources, check them, publish a release."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, add_sources, add_store, settings_of, sources_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.cli.progress import progress_bar

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from taxonomy.cli.options import Verbs
    from taxonomy.config import Settings
    from taxonomy.ingest.manifest import Recipe
    from taxonomy.model.release import Release
    from taxonomy.store.ports import Store


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
    from taxonomy.compose import opened_store

    settings = settings_of(arguments)
    sources = sources_of(arguments, settings)
    with opened_store(settings) as store:
        write_summary(load(settings, store, sources), arguments.format)
    return 0


def load(settings: Settings, store: Store, sources: tuple[Recipe, Path]) -> Release:
    """Load with a progress bar, and say what came of it."""
    recipe, folder = sources

    from taxonomy.compose import load_release

    started = perf_counter()
    with progress_bar() as progress:
        loaded = load_release(settings, recipe, folder, progress, store)
    done = "published" if loaded.published else "nothing has changed since"
    say(f"{recipe.title}: {done} {loaded.release.id} ({perf_counter() - started:.1f} s)")
    return loaded.release


def write_summary(release: Release, form: str | None) -> None:
    """Print what a release consists of: concepts per kind, relations per kind, observations, findings."""
    from taxonomy.checks import CATALOGUE

    draft = release.draft
    rows: list[tuple[str, str, int]] = [
        *(("concepts", str(row.kind), row.count) for row in draft.concepts),
        ("concepts", "in all", sum(row.count for row in draft.concepts)),
        *(("relations", str(row.kind), row.count) for row in draft.relations),
        ("relations", "in all", sum(row.count for row in draft.relations)),
        *(("observations", str(row.measure), row.count) for row in draft.observations),
        *(
            (f"{row.severity}s", f"{row.code} {CATALOGUE[row.code].title}", row.count)
            for row in draft.findings
        ),
    ]
    write_rows(("what", "name", "count"), rows, form)
