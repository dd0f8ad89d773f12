"""Stores of a test's server, and loaders that are processes of their own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from neo4j_server.server import Server
from taxonomy.model.release import Content, Release
from taxonomy.store.neo4j_store import Neo4jStore
from tests.neo4j.loader import PASSWORD
from tests.store.contract import published

ROOT = Path(__file__).parents[2]


@contextmanager
def store_of(server: Server, address: str = "", **instead: str) -> Iterator[Neo4jStore]:
    """A store of a server; `instead` takes the place of its user, its password or its database."""
    given = {"user": server.user, "password": server.password, "database": "neo4j", **instead}
    store = Neo4jStore(address or server.uri, **given)
    try:
        yield store
    finally:
        store.close()


def publish(server: Server, content: Content) -> Release:
    with store_of(server) as store:
        return published(store, content)


def asked(server: Server, text: Any, **values: Any) -> list[dict[str, Any]]:
    """What a statement returns when somebody types it in."""
    database = values.pop("database", "neo4j")
    with server.driver() as driver, driver.session(database=database) as session:
        return session.run(text, values).data()


class Loader:
    """A process that publishes made-up releases; see `tests/neo4j/loader.py` for the options."""

    def __init__(self, server: Server, **options: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.neo4j.loader", server.uri, json.dumps(options)],
            cwd=ROOT,
            env={**os.environ, PASSWORD: server.password},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def said(self) -> str:
        """The next line, empty at the end."""
        assert self.process.stdout
        return self.process.stdout.readline().rstrip()

    def until(self, line: str) -> None:
        """Wait for a line."""
        lines = []
        while found := self.said():
            lines.append(found)
            if found == line:
                return
        raise AssertionError(f"no {line!r} in {lines}")

    def last(self) -> str:
        """The last line of those that are still to come, when it has ended."""
        out, _ = self.process.communicate()
        return "".join(out.splitlines()[-1:])

    def go_on(self) -> None:
        """Let it go on where it waits for a line."""
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it as a crash would, and wait for the end."""
        self.process.kill()
        self.process.communicate()
