"""`taxonomy serve` and `taxonomy run`: answer over HTTP."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from taxonomy.cli.load import load, write_summary
from taxonomy.cli.options import (
    add_sources,
    add_store,
    nothing_in,
    settings_of,
    sources_of,
    tell_trouble,
    verb,
)
from taxonomy.cli.output import say
from taxonomy.model.errors import Unavailable

if TYPE_CHECKING:
    import argparse
    import socket

    from taxonomy.cli.options import Verbs
    from taxonomy.config import Settings
    from taxonomy.services.shelf import Shelf
    from taxonomy.store.ports import Store


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
    from taxonomy.compose import opened_store

    settings = settings_of(arguments)
    with _bound(settings) as listener, opened_store(settings) as store:
        shelf = None if arguments.data or arguments.recipe else _opened(settings, store)
        if shelf is None or shelf.is_empty:
            release = load(settings, store, sources_of(arguments, settings))
            if sys.stdout.isatty():
                write_summary(release, "table")
            shelf = _opened(settings, store)
        return _serve(settings, store, shelf, listener)


def serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    from taxonomy.compose import opened_store

    settings = settings_of(arguments)
    with _bound(settings) as listener, opened_store(settings) as store:
        return _serve(settings, store, _opened(settings, store), listener)


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


def _opened(settings: Settings, store: Store) -> Shelf:
    # What is imported and opened now is never garbage: not looking for it saves a tenth of the start.
    gc.collect()
    gc.disable()
    from taxonomy.compose import open_shelf

    return open_shelf(settings, store)


def _serve(settings: Settings, store: Store, shelf: Shelf, listener: socket.socket) -> int:
    import uvicorn

    from taxonomy.compose import asgi, program_version

    tell_trouble(store, shelf, "serving")
    if shelf.is_empty:
        say(f"{nothing_in(store)}; until then answers are errors")
    app = asgi(settings, shelf)
    gc.freeze()  # or every later collection would pause for all of it
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
