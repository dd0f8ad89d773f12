"""What was published on a server, and whether all of it is still there."""

import time
from typing import Any

from neo4j_server.server import Server
from taxonomy.model.release import Content, Release
from tests.neo4j.generated import generated
from tests.neo4j.processes import Loader, asked, publish, store_of
from tests.store.contents import draft_of

SIZE = 3_000


class History:
    """What was published on a server; besides the content that was tried last, nothing else may be there."""

    def __init__(self, server: Server, size: int = SIZE, **sizes: Any) -> None:
        self._server, self._size, self._sizes = server, size, sizes
        self._releases: tuple[Release, ...] = ()
        self._current: Content | None = None
        self._tried = 0
        self.load()

    def next(self) -> int:
        """The number of the content that is tried now."""
        self._tried += 1
        return self._tried

    def content(self, number: int) -> Content:
        return generated(number, self._size, **self._sizes)

    def load(self) -> Release:
        """A load that works."""
        release = publish(self._server, self.content(self.next()))
        assert self.has_the_last_tried()
        return release

    def has_the_last_tried(self) -> bool:
        """Whether what was tried last was published; all else must be as it was."""
        tried = self.content(self._tried)
        with store_of(self._server) as store:
            current = store.releases()[-1]
            assert store.read(current.ordinal) in (self._current, tried)
            with store.lock():
                pass  # waits for the end of a commit whose loader is dead
            releases = store.releases()
            before, new = releases[: len(self._releases)], releases[len(self._releases) :]
            assert before == self._releases
            assert [release.draft for release in new] in ([], [draft_of(tried)])
            self._releases, self._current = releases, tried if new else self._current
            assert store.read(releases[-1].ordinal) == self._current
        return bool(new)

    def check_the_oldest(self) -> None:
        with store_of(self._server) as store:
            assert store.read(self._releases[0].ordinal) == self.content(1)


def seconds_of(server: Server, history: History, first: str, last: str) -> float:
    """How long a loader takes from one line to another."""
    with Loader(server, size=SIZE, numbers=[history.next()]) as loader:
        loader.until(first)
        begin = time.perf_counter()
        while not loader.said().startswith(last):
            pass
        seconds = time.perf_counter() - begin
        loader.last()
    assert history.has_the_last_tried()
    return seconds


def drop_schema(server: Server) -> None:
    for row in asked(server, "SHOW CONSTRAINTS YIELD name"):
        asked(server, f"DROP CONSTRAINT {row['name']}")
    for row in asked(server, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
        asked(server, f"DROP INDEX {row['name']}")
