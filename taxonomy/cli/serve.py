"""`taxonomy serve` and `taxonomy run`: answer over HTTP."""

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from taxonomy.cli.load import load
from taxonomy.cli.options import add_sources, data_of, settings_of, verb
from taxonomy.cli.output import say
from taxonomy.config import Settings

if TYPE_CHECKING:
    from taxonomy.cli.options import Verbs


def add(verbs: "Verbs") -> None:
    """Add both verbs."""
    plain = verb(verbs, "serve", "serve the current release over HTTP", "taxonomy serve --port 8080", serve)
    full = verb(
        verbs,
        "run",
        "load what is missing (the sample, or the files of --data) and serve",
        "taxonomy run --data ../shared/data",
        run,
    )
    add_sources(full)
    for parser in (plain, full):
        parser.add_argument("--host", help="address to listen on (default: TAXONOMY_HOST)")
        parser.add_argument("--port", type=int, help="port to listen on (default: TAXONOMY_PORT)")


def run(arguments: argparse.Namespace) -> int:
    """Load if nothing is published yet or sources are named; then serve."""
    from taxonomy.compose import open_store  # noqa: PLC0415 only what a verb uses

    settings = settings_of(arguments)
    data: Path | None = data_of(arguments, settings)
    if data or arguments.recipe or not open_store(settings).releases():
        loaded, seconds = load(settings, arguments.recipe, data)
        done = "published" if loaded.published else "unchanged"
        say(f"{loaded.release.draft.title}: {done} as {loaded.release.id} in {seconds:.1f} s")
    return _serve(settings)


def serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    return _serve(settings_of(arguments))


def _serve(settings: Settings) -> int:
    import uvicorn  # noqa: PLC0415 only what a verb uses

    from taxonomy.compose import asgi, program_version  # noqa: PLC0415

    app = asgi(settings)
    _log_to_stderr()
    # Our own access log leaves query strings out; uvicorn's would print variables.
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=True,
    )
    server = uvicorn.Server(config)
    address = f"http://{settings.host}:{settings.port}"
    say(f"occupation-graph {program_version()}: {address}/ and GraphQL at {address}/graphql (Ctrl+C stops)")
    server.run()
    if not server.started:
        say(f"taxonomy: {address} cannot be listened on; choose another with --host and --port")
        return 1
    return 0


def _log_to_stderr() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
