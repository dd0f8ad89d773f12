"""`taxonomy load`: read sources, check them, publish a release."""

import argparse
from time import perf_counter
from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, add_sources, data_of, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.cli.progress import progress_bar
from taxonomy.config import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from taxonomy.cli.options import Verbs
    from taxonomy.ingest.pipeline import Loaded
    from taxonomy.model.release import Release


def add(verbs: "Verbs") -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "load",
        "load the sample, or the publishers' files, and publish a release",
        "taxonomy load --data ../shared/data",
        run,
    )
    add_sources(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Load and print a summary."""
    settings = settings_of(arguments)
    loaded, seconds = load(settings, arguments.recipe, data_of(arguments, settings))
    release = loaded.release
    done = "published" if loaded.published else "unchanged, nothing new published: the current release is"
    say(f"{release.draft.title}: {done} {release.id} in {seconds:.1f} s")
    write_rows(("what", "name", "count"), summary(release), arguments.format)
    return 0


def load(settings: Settings, recipe: "Path | None", data: "Path | None") -> "tuple[Loaded, float]":
    """Load with a progress bar; what was loaded, and in how many seconds."""
    from taxonomy.compose import load_release, recipe_for  # noqa: PLC0415 only what a verb uses

    started = perf_counter()
    found, folder = recipe_for(recipe, data)
    with progress_bar() as progress:
        loaded = load_release(settings, found, folder, progress)
    return loaded, perf_counter() - started


def summary(release: "Release") -> list[tuple[str, str, int]]:
    """What a release consists of: concepts per kind, relations per kind, findings per code."""
    from taxonomy.checks import CATALOGUE  # noqa: PLC0415 only what a verb uses

    draft = release.draft
    return [
        *(("concepts", str(row.kind), row.count) for row in draft.concepts),
        ("concepts", "in all", sum(row.count for row in draft.concepts)),
        *(("relations", str(row.kind), row.count) for row in draft.relations),
        ("relations", "in all", sum(row.count for row in draft.relations)),
        *((f"finding: {row.severity}", f"{row.code} {CATALOGUE[row.code].title}", row.count) for row in draft.findings),
    ]
