"""What can go wrong, done for real: nothing is lost or half-visible, and one sentence says what it was.

Moments are random with a seed and decide nothing: whatever a kill or a cut leaves behind must be right.
"""

import logging
import random
import re
import socket
import subprocess
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from neo4j_server.server import Server
from taxonomy.model.errors import LoadRunning, StoreError
from taxonomy.model.release import Content, Release
from taxonomy.store import neo4j_lock
from taxonomy.store.neo4j_store import Neo4jStore
from tests.cli.command import environment, run
from tests.neo4j import servers
from tests.neo4j.fixtures import Throwaway
from tests.neo4j.generated import generated
from tests.neo4j.processes import Loader, asked, publish, store_of
from tests.neo4j.proxy import Proxy
from tests.store.contents import SMALL, draft_of, renamed
from tests.store.contract import published

SIZE = 3_000
LOADERS_KILLED = 20
SERVERS_KILLED = 5
CONNECTIONS_CUT = 12
WRONG = "not-the-password"
FIRST = "first-password"
SHORT_LOCK = 2.0
"""Seconds without a confirmation after which a loader counts as dead, where a test waits for that."""

Complaint: TypeAlias = Callable[..., str]


@pytest.fixture
def moments(neo4j_version: str) -> random.Random:
    return random.Random(f"moments of {neo4j_version}")  # noqa: S311 nothing secret


@pytest.fixture
def complaint(caplog: pytest.LogCaptureFixture) -> Complaint:
    """What a store says that cannot do something: one sentence, and nowhere a password."""
    caplog.set_level(logging.DEBUG, logger="neo4j")

    def of(work: Callable[[], object], password: str, kind: type[Exception] = StoreError) -> str:
        caplog.clear()
        with pytest.raises(kind) as refused:
            work()
        said = str(refused.value)
        assert re.match(r"(bolt|neo4j)://\S+", said), said
        assert 40 < len(said) < 500
        assert "\n" not in said
        assert not re.search(r"neo4j_code|IPv4Address|Neo\.|Error", said), said
        everywhere = (said, repr(refused.value), "".join(traceback.format_exception(refused.value)))
        assert not any(password in text for text in (*everywhere, caplog.text))
        return said

    return of


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


# ---- processes that end


@pytest.mark.slow
@pytest.mark.timeout(300)
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
    assert "the load lock was lost, this process did not confirm it for 2 s" in said
    history.load()


@pytest.mark.slow
@pytest.mark.usefixtures("short_lock")
def test_a_loader_that_sleeps_in_the_publication_is_not_waited_for_for_ever(server: Server) -> None:
    history = History(server, size=300)
    options = {"lock_seconds": SHORT_LOCK, "publish_seconds": 4.0, "freeze_in_publication": True}
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


# ---- what cannot be connected to


@contextmanager
def closed_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    yield port


@contextmanager
def silent_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@contextmanager
def web_server() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        yield web.server_port
        web.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("port", "said"),
    [
        (closed_port, "nothing listens there; see that it runs"),
        (silent_port, "what listens there does not answer as Neo4j's Bolt port (7687) does"),
        (web_server, "what listens there does not answer as Neo4j's Bolt port (7687) does"),
    ],
    ids=["closed", "silent", "web server"],
)
def test_a_port_that_is_not_bolts_is_one_sentence(
    port: Callable[[], Any], said: str, complaint: Complaint
) -> None:
    with port() as number:
        store = Neo4jStore(f"bolt://127.0.0.1:{number}", user="neo4j", password=WRONG, database="neo4j")
        assert f"cannot be reached: {said}" in complaint(store.releases, WRONG)
        store.close()


# ---- who is not let in


@contextmanager
def user(server: Server, name: str, password: str, change: str) -> Iterator[None]:
    """A user of a server for a while: it is users that are locked out, and the server is shared."""
    create = f"CREATE USER {name} SET PASSWORD $password CHANGE {change}"
    asked(server, create, password=password, database="system")
    try:
        yield
    finally:
        asked(server, f"DROP USER {name}", database="system")


def test_a_wrong_password_is_one_sentence_and_so_is_the_pause_after_several(
    server: Server, complaint: Complaint
) -> None:
    with user(server, "guest", "the-right-password", "NOT REQUIRED"):
        with store_of(server, user="guest", password=WRONG) as store:
            said = [complaint(store.releases, WRONG) for _ in range(5)]
        assert "refused the user name or the password: set TAXONOMY_NEO4J_USER" in said[0]
        assert "had too many wrong passwords and refuses all for some seconds" in said[-1]


def test_a_first_password_that_must_be_changed_is_one_sentence(server: Server, complaint: Complaint) -> None:
    with (
        user(server, "newcomer", FIRST, "REQUIRED"),
        store_of(server, user="newcomer", password=FIRST) as store,
    ):
        for work in (store.releases, store.lock().__enter__):
            assert "wants its first password changed" in complaint(work, FIRST)


def test_a_database_that_is_not_there_is_one_sentence(server: Server, complaint: Complaint) -> None:
    with store_of(server, database="elsewhere") as store:
        for work in (store.releases, store.lock().__enter__):
            said = complaint(work, server.password)
            assert said.endswith("/elsewhere has no database of that name: set TAXONOMY_NEO4J_DATABASE")


@pytest.mark.parametrize("words", [("releases",), ("load",), ("serve", "--port", "0")], ids=lambda w: w[0])
def test_the_command_says_one_sentence_too(words: tuple[str, ...], server: Server, tmp_path: Path) -> None:
    settings = {
        "TAXONOMY_STORE": server.uri,
        "TAXONOMY_NEO4J_USER": "nobody",
        "TAXONOMY_NEO4J_PASSWORD": WRONG,
    }
    status, out, err = run(*words, env=environment(tmp_path, **settings))
    assert (status, out) == (1, "")
    assert err.startswith(f"taxonomy: {server.uri}/neo4j refused the user name or the password")
    assert err.count("\n") == 1
    assert WRONG not in err


# ---- what is there is not as it should be


def test_a_store_of_a_newer_program_is_left_alone(server: Server, complaint: Complaint) -> None:
    publish(server, SMALL)
    asked(server, "MATCH (s:TaxonomyStore) SET s.schema = 99")
    with store_of(server) as store:
        for work in (store.releases, lambda: store.read(1), store.lock().__enter__):
            said = complaint(work, server.password)
            assert "has schema version 99, this program knows 1: use the program that wrote it" in said


def test_a_graph_of_another_program_is_left_alone(server: Server, complaint: Complaint) -> None:
    asked(server, "CREATE (:Concept {id: 'theirs'})-[:THEIRS]->(:Thing)")
    with store_of(server) as store:
        assert store.releases() == ()
        said = complaint(store.lock().__enter__, server.password)
    assert "has Concept nodes of another program; choose another database" in said
    assert asked(server, "MATCH (n)-[:THEIRS]->(m) RETURN n.id AS id") == [{"id": "theirs"}]


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("concept_id", "CREATE CONSTRAINT concept_id FOR (n:Thing) REQUIRE n.name IS UNIQUE"),
        ("concept_code", "CREATE TEXT INDEX concept_code FOR (n:Concept) ON (n.code)"),
        (
            "concept_text_sv",
            "CREATE FULLTEXT INDEX concept_text_sv FOR (n:Concept) ON EACH [n.label, n.altLabels]",
        ),
    ],
    ids=["constraint", "index", "full text"],
)
def test_a_name_with_another_definition_is_one_sentence(
    bare_server: Server, complaint: Complaint, name: str, statement: str
) -> None:
    asked(bare_server, statement)
    with store_of(bare_server) as store:
        said = complaint(store.lock().__enter__, bare_server.password)
    assert f"has {name} with another definition: drop it" in said


@pytest.fixture
def bare_server(server: Server) -> Iterator[Server]:
    """A server without any schema, before a test and after it."""
    drop_schema(server)
    yield server
    drop_schema(server)


def drop_schema(server: Server) -> None:
    for row in asked(server, "SHOW CONSTRAINTS YIELD name"):
        asked(server, f"DROP CONSTRAINT {row['name']}")
    for row in asked(server, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
        asked(server, f"DROP INDEX {row['name']}")


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n:Concept) WITH n LIMIT 1 SET n.record = replace(n.record, 'Bagare', 'Konditor')",
        "MATCH (n:Concept) SET n.record = 'no JSON'",
        "MATCH (n:Concept) SET n.record = '[1, 2]'",
        "MATCH (:Concept)-[r]->(:Concept) WITH r LIMIT 1 DELETE r",
        "MATCH (:Concept)-[r {level: 75}]->(:Concept) SET r.level = 25",
        "MATCH (a:Concept)-[r]->(b:Concept) CREATE (a)-[:LIKES {since: 1, provenance: 'native'}]->(b)",
        "MATCH (n:Concept) WITH n LIMIT 1 DETACH DELETE n",
    ],
)
def test_a_release_that_was_changed_by_hand_is_not_served_and_nothing_is_built_on_it(
    statement: str, server: Server, complaint: Complaint
) -> None:
    release = publish(server, SMALL)
    asked(server, statement)
    with store_of(server) as store:
        for work in (lambda: store.read(1), lambda: published(store, renamed(SMALL, "Konditor"))):
            said = complaint(work, server.password)
            assert (
                f"the graph is not the release {release.id} that was published: it was changed by hand"
                in said
            )
        assert store.releases() == (release,)


# ---- a server that cannot


@pytest.mark.slow
def test_a_read_only_database_can_be_read_and_says_that_it_cannot_be_written(
    throwaway_server: Throwaway, complaint: Complaint
) -> None:
    server = throwaway_server()
    publish(server, SMALL)
    server.stop()
    server.settings["server.databases.default_to_read_only"] = "true"
    server.start()
    with store_of(server) as store:
        assert "is read-only: make the database writable" in complaint(
            store.lock().__enter__, server.password
        )
        assert store.read(1) == SMALL


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_difference_that_is_too_large_for_the_memory_is_published_as_a_copy(
    throwaway_server: Throwaway,
) -> None:
    """Nearly 40,000 relations come and go: one transaction of them needs 140 MB, a batch of 10,000 needs 35."""
    server = throwaway_server(settings={"db.memory.transaction.max": "64m"})
    history = History(server, size=1_000, relations_each=20, relations_move=True)
    ids = "MATCH (c:Concept {id: '000030_aaa_aaa'}) RETURN elementId(c) AS node"
    first = asked(server, ids)
    history.load()
    assert asked(server, ids) != first
    history.check_the_oldest()


DISK = 256 << 20


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk of its own for the homes of servers, which takes the right to mount one."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(tmp_path)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    monkeypatch.setattr(servers, "ON_DISK", tmp_path)
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)  # noqa: S607 as mount, of root


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_full_disk_is_one_sentence_and_nothing_is_lost(
    small_disk: Path, throwaway_server: Throwaway, complaint: Complaint
) -> None:
    server = throwaway_server()
    history = History(server)
    filler = small_disk / "filler"
    fill(filler)
    content = history.content(history.next())
    said = complaint(lambda: publish(server, content), server.password)
    assert "look at its disk (full?)" in said
    filler.unlink()
    server.stop()
    server.start()
    assert not history.has_the_last_tried()
    history.load()
    history.check_the_oldest()


def fill(file: Path) -> None:
    """Leave no room on a disk."""
    with file.open("wb", buffering=0) as growing:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    growing.write(b"x" * size)
            except OSError:
                continue
