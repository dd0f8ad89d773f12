"""A pytest plugin: fixtures with Neo4j servers, what asking for them means, and a line about them at the end.

A test that asks for `server` or `throwaway_server` is marked `neo4j` and runs once for each version. All
tests of one version run in one worker, so that each version is started once.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any, Final, Protocol

import pytest

from neo4j_server.server import Server
from tests.neo4j.servers import VERSIONS, NotHere, Servers, summary

REQUIRED: Final = "TAXONOMY_REQUIRE_NEO4J"
PATIENCE: Final = 300
"""Seconds for a test that says nothing else: after a kill, a start alone may take 90."""
SERVERS: Final = pytest.StashKey[Servers]()
TOLD: Final = pytest.StashKey[list[Mapping[str, dict[str, str]]]]()


class Throwaway(Protocol):
    """Starts a server that a test may harm: it has a home of its own, and ends with the test."""

    def __call__(self, *, settings: Mapping[str, str] | None = None, heap: str = "1g") -> Server:
        """A running server, with more settings of Neo4j by name."""


@pytest.fixture(params=VERSIONS)
def neo4j_version(request: pytest.FixtureRequest) -> str:
    """A version of Neo4j; a test that is content with one says `parametrize("neo4j_version", ["5.26"])`."""
    return str(request.param)


@pytest.fixture(scope="session")
def neo4j_servers(pytestconfig: pytest.Config) -> Iterator[Servers]:
    """All servers of this process, ended at the end of the run."""
    servers = pytestconfig.stash[SERVERS]
    yield servers
    servers.close()


@pytest.fixture
def server(neo4j_version: str, neo4j_servers: Servers) -> Server:
    """The running server of a version, empty; it is shared, so leave it running."""
    return or_skipped(lambda: neo4j_servers.shared(neo4j_version))


@pytest.fixture
def throwaway_server(neo4j_version: str, neo4j_servers: Servers) -> Iterator[Throwaway]:
    """Starts servers that the test may kill, freeze and fill."""
    with ExitStack() as closing:

        def start(*, settings: Mapping[str, str] | None = None, heap: str = "1g") -> Server:
            own = neo4j_servers.own(neo4j_version, settings, heap)
            return or_skipped(lambda: closing.enter_context(own))

        yield start


def or_skipped(start: Callable[[], Server]) -> Server:
    """A started server; without Java or Maven the test is skipped, or fails where CI insists."""
    try:
        return start()
    except NotHere as reason:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(str(reason))
        pytest.skip(str(reason))


# ---- hooks


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SERVERS] = Servers()
    config.stash[TOLD] = []


@pytest.hookimpl(tryfirst=True)  # before `-m` selects, and before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "neo4j_servers" in getattr(item, "fixturenames", ()):
            version = item.callspec.params["neo4j_version"]  # type: ignore[attr-defined]
            item.add_marker(pytest.mark.neo4j)
            item.add_marker(pytest.mark.xdist_group(f"neo4j-{version}"))
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(PATIENCE))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    servers = session.config.stash[SERVERS]
    told = {"ran": servers.ran, "missing": servers.missing}
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["neo4j"] = told
    else:
        session.config.stash[TOLD].append(told)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    if told := getattr(node, "workeroutput", {}).get("neo4j"):  # a worker that crashed leaves none
        node.config.stash[TOLD].append(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    told = config.stash[TOLD]
    ran = {version: what for each in told for version, what in each["ran"].items()}
    missing = {version: why for each in told for version, why in each["missing"].items()}
    if line := summary(ran, missing):
        terminalreporter.write_line(line)
