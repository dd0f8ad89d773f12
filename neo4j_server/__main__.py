"""Serve Neo4j on this machine until Ctrl+C."""

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Never

from neo4j_server.distribution import VAR, VERSIONS, obtained
from neo4j_server.password import given_or_kept
from neo4j_server.problem import CannotServe
from neo4j_server.server import HOST, Server, refuse_taken


def main() -> int:
    """Start a server and stay with it."""
    words = _parser().parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return serve(words)
    except CannotServe as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def serve(words: argparse.Namespace) -> int:
    """Serve as the command line says; 0 after Ctrl+C."""
    refuse_taken(words.port)
    password, where = given_or_kept(os.environ, VAR / "password")
    distribution = obtained(words.version)
    home = words.home or VAR / distribution.version / "home"
    server = Server(distribution, home, password, port=words.port, heap=words.heap)
    with server:
        try:
            print(said_of(server, where), flush=True)
            server.wait()
        except KeyboardInterrupt:
            print("Stopping ...", file=sys.stderr)
            return 0
    raise CannotServe(f"Neo4j ended by itself; {server.log} says why.")


def said_of(server: Server, where: str) -> str:
    """One line: what runs, where its password is, and how the service uses it."""
    uri = f"neo4j://{HOST}:{server.port}"
    return (
        f"Neo4j {server.version} on Java {server.java} is ready at {uri} (user {server.user}, "
        f"password in {where}, data in {server.home}): make run STORE={uri} uses it, Ctrl+C stops it."
    )


def _parser() -> argparse.ArgumentParser:
    versions = ", ".join(version.name for version in VERSIONS)
    parser = argparse.ArgumentParser(prog="python -m neo4j_server", description=__doc__)
    parser.add_argument("--version", help=f"{versions} (default: the first that a Java of this machine runs)")
    parser.add_argument("--port", type=int, default=7687, help="Bolt's port (default: %(default)s)")
    parser.add_argument("--home", type=Path, help="where the data are (default: var/neo4j/VERSION/home)")
    parser.add_argument("--heap", default="1g", help="memory of the Java heap (default: %(default)s)")
    return parser


def _interrupt(number: int, frame: FrameType | None) -> Never:
    raise KeyboardInterrupt


if __name__ == "__main__":
    raise SystemExit(main())
