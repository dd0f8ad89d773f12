"""What can go wrong, done for real: nothing is lost or half-visible, and one sentence says what it was.

Moments are random with a seed and decide nothing: whatever a kill or a cut leaves behind must be right.
"""

import random
import socket
import time
from collections.abc import Callable

import pytest

from neo4j_server.server import Server
from taxonomy.model.errors import LoadRunning, StoreError
from taxonomy.store import neo4j_lock
from tests.neo4j import servers
from tests.neo4j.conftest import Complaint
from tests.neo4j.fixtures import Throwaway
from tests.neo4j.history import SIZE, History, drop_schema, seconds_of
from tests.neo4j.processes import Loader, asked, publish, store_of
from tests.neo4j.proxy import Proxy
from tests.store.contents import SMALL, draft_of, renamed
from tests.store.contract import published

LOADERS_KILLED = 10
SERVERS_KILLED = 3
CONNECTIONS_CUT = 12
SHORT_LOCK = 5.0
"""Seconds without a confirmation after which a loader counts as dead, where a test waits for that."""

# ---- processes that end


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("neo4j_version", ["5.26"])
def test_a_loader_killed_at_any_moment_leaves_a_whole_release_and_the_next_load_works(
    server: Server, moments: random.Random, record_property: Callable[[str, object], None]
) -> None:
    history = History(server)
    seconds = seconds_of(server, history, "begin", "published")
    published_after_all = 0
    for _ in range(LOADERS_KILLED):
        with Loader(server, size=SIZE, numbers=[history.next()]) as loader:
            loader.until("begin")
            time.sleep(moments.uniform(0, seconds))
            loader.kill()
        published_after_all += history.has_the_last_tried()
        history.load()
    history.check_the_oldest()
    record_property("published in spite of the kill", published_after_all)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("neo4j_version", ["2026"])
def test_a_server_killed_at_any_moment_of_a_load_loses_nothing(
    throwaway_server: Throwaway, moments: random.Random, record_property: Callable[[str, object], None]
) -> None:
    server = throwaway_server()
    history = History(server)
    staging = seconds_of(server, history, "locked", "staged")
    publishing = seconds_of(server, history, "staged", "published")
    published_after_all = 0
    for number in range(SERVERS_KILLED):
        first, seconds = ("staged", publishing) if number % 3 else ("locked", staging)
        with Loader(server, size=SIZE, numbers=[history.next()]) as loader:
            loader.until(first)
            time.sleep(moments.uniform(0, seconds))
            server.kill()
            server.start()
            said = loader.last()
        assert history.has_the_last_tried() == said.startswith("published"), said
        published_after_all += said.startswith("published")
        history.load()
    history.check_the_oldest()
    record_property("published in spite of the kill", published_after_all)


# ---- connections that are cut


def test_a_load_whose_connection_is_cut_says_what_is_true(server: Server, moments: random.Random) -> None:
    history = History(server, size=300)
    with Proxy(server.port) as whole:
        through(whole, server, history)
    for _ in range(CONNECTIONS_CUT):
        moment = moments.randint(1, whole.commits)
        with Proxy(server.port, cut_at=moment, done=moments.random() < 0.5) as proxy:
            through(proxy, server, history)
        history.load()


@pytest.mark.slow
@pytest.mark.parametrize("away", [0.0, 7.0])
@pytest.mark.parametrize("done", [False, True])
def test_a_publication_whose_commit_is_cut_off_says_what_is_true(
    server: Server, done: bool, away: float
) -> None:
    history = History(server, size=300)
    with Proxy(server.port, done=done, away=away) as proxy:
        assert through(proxy, server, history, cut_the_publication=True) == done
    history.load()


def through(proxy: Proxy, server: Server, history: History, cut_the_publication: bool = False) -> bool:
    """Load through a proxy; whether it was published, which is also what the store says."""
    content = history.content(history.next())
    with store_of(server, proxy.address) as store:
        try:
            with store.lock():
                ordinal = store.stage(draft_of(content), content)
                if cut_the_publication:
                    proxy.cut_at = proxy.commits + 2  # the first one makes the sequence odd
                said = store.publish(ordinal).draft == draft_of(content)
        except StoreError:
            said = False
    assert history.has_the_last_tried() == said
    return said


# ---- the lock


def test_the_second_loader_is_told_who_loads_and_since_when(server: Server, complaint: Complaint) -> None:
    with Loader(server, size=30, numbers=[1], wait="locked") as first, store_of(server) as second:
        first.until("locked")
        said = complaint(second.lock().__enter__, server.password, LoadRunning)
        assert f"is being loaded by process {first.process.pid} on {socket.gethostname()} since 20" in said
        first.go_on()
        assert first.last().startswith("published r1-")
        published(second, SMALL)


def test_of_two_first_loads_at_once_one_works_and_the_other_waits_for_nothing(server: Server) -> None:
    for _ in range(3):
        servers.wipe(server)
        drop_schema(server)
        with (
            Loader(server, size=30, numbers=[1], wait="begin") as one,
            Loader(server, size=30, numbers=[2], wait="begin") as other,
        ):
            for loader in (one, other):
                loader.until("begin")
            for loader in (one, other):
                loader.go_on()
            ends = [loader.last() for loader in (one, other)]
        assert {end.partition(" ")[0] for end in ends} in ({"published"}, {"published", "LoadRunning:"}), ends


def test_a_dead_loader_of_this_machine_is_replaced_at_once(server: Server) -> None:
    with Loader(server, size=30, numbers=[1], wait="locked") as loader:
        loader.until("locked")
        loader.kill()
    assert publish(server, SMALL).ordinal == 1


def test_a_loader_elsewhere_is_waited_for_until_it_no_longer_confirms(
    server: Server, complaint: Complaint
) -> None:
    publish(server, SMALL)
    asked(
        server,
        "MATCH (l:LoadLock) SET l.owner = 'x', l.host = 'elsewhere', l.process = 1,"
        " l.since = datetime('2026-01-02T03:04:05Z'), l.heartbeat = datetime.realtime()",
    )
    with store_of(server) as store:
        said = complaint(store.lock().__enter__, server.password, LoadRunning)
        assert "by process 1 on elsewhere since 2026-01-02 03:04:05 UTC; try again when it has ended" in said
        asked(server, "MATCH (l:LoadLock) SET l.heartbeat = datetime.realtime() - duration({seconds: 31})")
        assert published(store, renamed(SMALL, "Konditor")).ordinal == 2


@pytest.fixture
def short_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_lock, "LOCK_SECONDS", SHORT_LOCK)
    monkeypatch.setattr(neo4j_lock, "_HEARTBEAT_SECONDS", SHORT_LOCK / 6)


@pytest.mark.slow
@pytest.mark.usefixtures("short_lock")
@pytest.mark.parametrize("step", ["locked", "staged"])
def test_a_loader_that_slept_and_was_replaced_publishes_nothing(server: Server, step: str) -> None:
    history = History(server, size=300)
    with Loader(server, size=300, numbers=[1000], wait=step, lock_seconds=SHORT_LOCK) as sleeper:
        sleeper.until(step)
        sleeper.freeze()
        sleeper.go_on()
        as_soon_as_possible(history.load)
        sleeper.thaw()
        said = sleeper.last()
    assert said.startswith("StoreError: bolt://127.0.0.1:")
    assert f"the load lock was lost, this process did not confirm it for {SHORT_LOCK:.0f} s" in said
    history.load()


@pytest.mark.slow
@pytest.mark.usefixtures("short_lock")
def test_a_loader_that_sleeps_in_the_publication_is_not_waited_for_for_ever(server: Server) -> None:
    history = History(server, size=300)
    options = {"lock_seconds": SHORT_LOCK, "publish_seconds": 8.0, "freeze_in_publication": True}
    with Loader(server, size=300, numbers=[1000], **options) as sleeper:
        sleeper.until("publishing")
        as_soon_as_possible(history.load)
        sleeper.thaw()
        said = sleeper.last()
    assert "took too long and the server ended the transaction" in said
    history.load()


def as_soon_as_possible(load: Callable[[], object]) -> None:
    """Load when the lock is no longer held."""
    until = time.monotonic() + 60
    while True:
        try:
            load()
        except LoadRunning:
            assert time.monotonic() < until, "the lock is held for ever"
            time.sleep(0.2)
        else:
            return
