"""`taxonomy serve` and `taxonomy run`: answer over HTTP."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from taxonomy.cli.load import load, write_summary
from taxonomy.cli.options import add_sources, add_store, settings_of, verb
from taxonomy.cli.output import say
from taxonomy.model.errors import Unavailable

if TYPE_CHECKING:
    import argparse
    import socket

    from taxonomy.cli.options import Verbs
    from taxonomy.config import Settings


def add(verbs: Verbs) -> None:
    """Add both verbs."""
    plain = verb(verbs, "serve", "serve the current release over HTTP", "taxonomy serve --port 8080", serve)
    full = verb(
        verbs,
        "run",
        "load the sample if nothing is published yet, or the sources that are named; then serve",
        "taxonomy run --data ../shared/data",
        run,
    )
    add_sources(full)
    for parser in (plain, full):
        add_store(parser)
        parser.add_argument("--host", help="address to listen on (default: TAXONOMY_HOST)")
        parser.add_argument("--port", help="port to listen on (default: TAXONOMY_PORT)")


def run(arguments: argparse.Namespace) -> int:
    """Load if nothing is published yet or sources are named; then serve."""
    from taxonomy.compose import open_store

    settings = settings_of(arguments)
    with _bound(settings) as listener:
        if arguments.data or arguments.recipe or not open_store(settings).releases():
            release = load(arguments, settings)
            if sys.stdout.isatty():
                write_summary(release, "table")
        return _serve(settings, listener)


def serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    settings = settings_of(arguments)
    with _bound(settings) as listener:
        return _serve(settings, listener)


def _bound(settings: Settings) -> socket.socket:
    """A socket at the address of the settings, taken before anything slow is done; nobody is let in yet."""
    import socket

    host, port = settings.host, settings.port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, address = min(found, key=lambda row: row[0] != socket.AF_INET)
        listener = socket.socket(family, kind, protocol)
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # or a restart waits for a minute
        listener.bind(address)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = f"cannot listen on {host} port {port}: {why}; choose another with --host or --port"
        raise Unavailable(message) from None
    return listener


def _serve(settings: Settings, listener: socket.socket) -> int:
    # What is imported and opened here is never garbage: not looking for it saves a tenth of the start and,
    # once it is frozen, a pause in every later collection.
    gc.collect()
    gc.disable()
    import uvicorn

    from taxonomy.compose import asgi, open_store, program_version

    if not open_store(settings).releases():
        say(f"nothing is published in {settings.store} yet: answers are errors until `taxonomy load` has run")
    app = asgi(settings)
    gc.freeze()
    gc.enable()
    _log_to_stderr()
    # Our own access log leaves query strings out; uvicorn's would print variables.
    config = uvicorn.Config(app, access_log=False, log_config=None, log_level="warning", server_header=False)
    server = uvicorn.Server(config)
    url = _url(listener)
    say(f"occupation-graph {program_version()} at {url}, GraphQL at {url}graphql; Ctrl+C stops")
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        say("taxonomy: stopped")
    return 0 if server.started else 1


def _url(listener: socket.socket) -> str:
    host, port, *_ = listener.getsockname()
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _log_to_stderr() -> None:
    import logging

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
