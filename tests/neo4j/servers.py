"""The Neo4j servers of a test run: one of each version that is asked for, kept until the end of the run."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from neo4j_server.distribution import Distribution, obtained
from neo4j_server.password import made
from neo4j_server.problem import CannotServe
from neo4j_server.server import Server

VERSIONS: Final = ("5.26", "2026")
"""The versions that every test of the store is run against; also the ids of those tests."""

ON_DISK: Final = Path("/var/tmp")  # noqa: S108 each home has a random name; /tmp may be memory
SHORT_LIVED: Final = ("-XX:TieredStopAtLevel=1",)
"""Compiled quickly rather than well: a server of a few minutes needs half the processor time."""
WIPE: Final = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"


class NotHere(Exception):
    """This machine lacks what a version needs; the text says what."""


class Servers:
    """Starts servers, knows which are shared, and ends them all with the run."""

    def __init__(self) -> None:
        self.ran: dict[str, str] = {}
        """What ran, by version: `5.26.30 on Java 17`."""
        self.missing: dict[str, str] = {}
        """Why a version could not run."""
        self._obtained: dict[str, Distribution] = {}
        self._shared: dict[str, Server] = {}
        self._closing = ExitStack()

    def shared(self, version: str) -> Server:
        """The server of a version, running and empty; its schema stays."""
        if version not in self._shared:
            self._shared[version] = self._closing.enter_context(self.own(version))
        server = self._shared[version]
        if not server.is_running:
            server.start()
        wipe(server)
        return server

    @contextmanager
    def own(
        self, version: str, settings: Mapping[str, str] | None = None, heap: str = "1g"
    ) -> Iterator[Server]:
        """A server with a home and a password of its own, ended and removed at the end."""
        distribution = self._distribution(version)
        with (
            tempfile.TemporaryDirectory(dir=ON_DISK if ON_DISK.is_dir() else None, prefix="neo4j-") as home,
            Server(
                distribution, Path(home), made(), heap=heap, settings=settings, flags=SHORT_LIVED
            ) as server,
        ):
            self.ran[version] = f"{server.version} on Java {server.java}"
            yield server

    def close(self) -> None:
        """End the shared servers."""
        self._closing.close()

    def _distribution(self, version: str) -> Distribution:
        if version in self.missing:
            raise NotHere(self.missing[version])
        if version not in self._obtained:
            try:
                self._obtained[version] = obtained(version)
            except CannotServe as problem:
                self.missing[version] = str(problem)
                raise NotHere(str(problem)) from problem
        return self._obtained[version]


def wipe(server: Server) -> None:
    """Remove every node and relationship of a server."""
    with server.driver() as driver, driver.session(database="neo4j") as session:
        session.run(WIPE).consume()


def summary(ran: Mapping[str, str], missing: Mapping[str, str]) -> str:
    """One line of what ran and what did not, in the order of the versions; empty if no test asked."""
    there = ", ".join(ran[version] for version in VERSIONS if version in ran)
    reasons = " ".join(" ".join(missing[version].split()) for version in VERSIONS if version in missing)
    said = "; ".join(part for part in (there, reasons and f"not run: {reasons}") if part)
    return f"Neo4j: {said}" if said else ""
