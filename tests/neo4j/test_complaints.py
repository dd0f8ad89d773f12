"""What a store says that cannot be reached, read or written: one sentence each, and nothing is lost."""

import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from neo4j_server.server import Server
from taxonomy.store import neo4j_write
from taxonomy.store.neo4j_schema import SCHEMA_VERSION
from taxonomy.store.neo4j_store import Neo4jStore
from tests.cli.command import environment, run
from tests.neo4j import servers
from tests.neo4j.conftest import Complaint
from tests.neo4j.fixtures import Throwaway
from tests.neo4j.history import History, drop_schema
from tests.neo4j.processes import asked, publish, store_of
from tests.store.contents import SMALL, renamed
from tests.store.contract import published

WRONG = "not-the-password"
FIRST = "first-password"

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


@pytest.mark.parametrize(
    ("schema", "otherwise"), [(99, "a newer one"), (1, "load again into a database without our nodes")]
)
def test_a_store_of_a_newer_or_an_older_program_is_left_alone(
    server: Server, complaint: Complaint, schema: int, otherwise: str
) -> None:
    publish(server, SMALL)
    asked(server, f"MATCH (s:TaxonomyStore) SET s.schema = {schema}")
    with store_of(server) as store:
        for work in (store.releases, lambda: store.read(1), store.lock().__enter__):
            said = complaint(work, server.password)
            assert f"has schema version {schema}, this program knows {SCHEMA_VERSION}: use" in said
            assert f"the program that wrote it, or {otherwise}" in said


def test_a_graph_of_another_program_is_left_alone(server: Server, complaint: Complaint) -> None:
    asked(server, "CREATE (:Concept {id: 'theirs'})-[:THEIRS]->(:Thing)")
    with store_of(server) as store:
        assert store.releases() == ()
        said = complaint(store.lock().__enter__, server.password)
    assert "has Concept nodes and no TaxonomyStore node" in said
    assert "choose another database (TAXONOMY_NEO4J_DATABASE)" in said
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


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n:Concept) SET n.record = replace(n.record, 'Bagare', 'Konditor')",
        "MATCH (n:Concept) SET n.record = 'no JSON'",
        "MATCH (n:Concept) SET n.record = '[1, 2]'",
        "MATCH (:Concept)-[r]->(:Concept) WITH r LIMIT 1 DELETE r",
        "MATCH (:Concept)-[r {level: 75}]->(:Concept) SET r.level = 25",
        "MATCH (a:Concept)-[r]->(b:Concept) CREATE (a)-[:LIKES {since: 1, provenance: 'native'}]->(b)",
        "MATCH (n:Concept) WITH n LIMIT 1 DETACH DELETE n",
        "MATCH (f:Finding) SET f.severity = 'grave'",
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


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("MATCH (r:Release) SET r.summary = 'no JSON'", "a Release node is damaged"),
        ("MATCH (r:Release) SET r.publishedAt = 'yesterday'", "a Release node is damaged"),
        ("MATCH (r:Release) DELETE r", "release 1 is current and not there"),
        ("MATCH (s:TaxonomyStore) SET s.current = 7", "release 7 is current and not there"),
    ],
)
def test_a_damaged_list_of_releases_is_one_sentence(
    statement: str, said: str, server: Server, complaint: Complaint
) -> None:
    publish(server, SMALL)
    asked(server, statement)
    with store_of(server) as store:
        for work in (store.releases, lambda: store.read(1), lambda: published(store, SMALL)):
            told = complaint(work, server.password)
            assert said in told
            assert "changed by hand" in told


def test_a_pointer_that_was_set_back_is_one_sentence_for_whoever_loads(
    server: Server, complaint: Complaint
) -> None:
    first = publish(server, SMALL)
    publish(server, renamed(SMALL, "Konditor"))
    asked(server, "MATCH (s:TaxonomyStore) SET s.current = 1")
    with store_of(server) as store:
        assert store.releases() == (first,)
        said = complaint(lambda: published(store, SMALL), server.password)
    assert "there are releases newer than the current one: the graph was changed by hand" in said


def test_a_graph_without_its_store_node_says_how_to_restore_it(server: Server, complaint: Complaint) -> None:
    publish(server, SMALL)
    asked(server, "MATCH (s:TaxonomyStore) DELETE s")
    with store_of(server) as store:
        said = complaint(store.lock().__enter__, server.password)
    assert "if that node was removed by hand, docs/operations.md says how to restore the graph" in said


# ---- a server that cannot


@pytest.mark.slow
@pytest.mark.parametrize("neo4j_version", ["5.26"])
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
@pytest.mark.parametrize("neo4j_version", ["2026"])
def test_a_difference_that_is_too_large_for_the_memory_is_published_as_a_copy(
    throwaway_server: Throwaway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nearly 12,000 relations come and go: one transaction of them needs 40 MB, a batch of 2,000 needs 7."""
    monkeypatch.setattr(neo4j_write, "_RELATIONSHIPS", 2_000)
    server = throwaway_server(settings={"db.memory.transaction.max": "24m"})
    history = History(server, size=500, relations_each=12, relations_move=True)
    ids = "MATCH (c:Concept {id: '0000_030_aaa'}) RETURN elementId(c) AS node"
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
@pytest.mark.parametrize("neo4j_version", ["5.26"])
def test_a_full_disk_is_one_sentence_and_nothing_is_lost(
    small_disk: Path, throwaway_server: Throwaway, complaint: Complaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit that failed may be in the server's log: after a restart it is there, whole, or it is not.

    Logs that are not preallocated, which is not the default, can keep the server from starting again.
    """
    monkeypatch.setattr(neo4j_write, "_SETTLE_SECONDS", 3.0)
    server = throwaway_server(settings={"db.tx_log.preallocate": "true"})
    history = History(server)
    filler = small_disk / "filler"
    fill(filler)
    content = history.content(history.next())
    said = complaint(lambda: publish(server, content), server.password)
    assert "look at its disk (full?)" in said
    filler.unlink()
    server.stop()
    server.start()
    assert ("is not known" in said) != ("the published releases are as they were" in said)
    assert not history.has_the_last_tried() or "is not known" in said
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
