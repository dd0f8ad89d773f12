"""The SQLite store: the contract of all stores, and what is its own."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from taxonomy.model.errors import LoadRunning, StoreError
from taxonomy.store import sqlite_store
from taxonomy.store.sqlite_schema import MIGRATIONS
from taxonomy.store.sqlite_store import SqliteStore
from tests.store.contents import SMALL, draft_of, renamed
from tests.store.contract import CONTRACT, Term, published

if TYPE_CHECKING:
    from taxonomy.model.release import Content, Release

HOLDS_THE_LOCK = """
import sys, time
from pathlib import Path
from taxonomy.store.sqlite_store import SqliteStore
with SqliteStore(Path(sys.argv[1])).lock():
    print("held", flush=True)
    time.sleep(60)
"""

# 30,000 concepts in a file that may not grow beyond some 300 kB.
FILLS_THE_DISK = """
import resource, signal, sys
from pathlib import Path
from taxonomy.model.concept import Concept, Kind
from taxonomy.model.errors import StoreError
from taxonomy.model.ids import ConceptId
from taxonomy.model.release import Content, Draft
from taxonomy.store.sqlite_store import SqliteStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
concepts = tuple(Concept(ConceptId(f"{n:012}"), Kind("skill"), ()) for n in range(30_000))
store = SqliteStore(Path(sys.argv[1]))
with store.lock():
    try:
        store.stage(Draft("", "", "", "", (), (), (), ()), Content(concepts, (), ()))
    except StoreError as error:
        print(error)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "taxonomy.db"


@pytest.mark.parametrize("term", CONTRACT, ids=lambda term: term.__name__)
def test_sqlite_keeps_the_contract(term: Term, path: Path) -> None:
    term(lambda: SqliteStore(path))


def test_asking_an_absent_file_makes_none(path: Path) -> None:
    assert SqliteStore(path).releases() == ()
    assert not path.parent.exists()


def test_the_file_can_be_read_with_any_sqlite_tool(path: Path) -> None:
    published(SqliteStore(path), SMALL)
    db = sqlite3.connect(path)
    rows = db.execute("SELECT locale, role, text FROM label WHERE concept = 'aaaa_aaa_aaa'").fetchall()
    assert rows == [("sv", "alternative", "Brödbagare"), ("sv", "preferred", "Bagare")]
    assert db.execute("SELECT kind, level, rank FROM relation").fetchall() == [
        ("related-skill", None, 1),
        ("substitutes", 75, None),
    ]
    db.close()


def test_a_newer_file_is_refused_with_a_sentence(path: Path) -> None:
    published(SqliteStore(path), SMALL)
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreError, match="has schema version 99, this program knows 3: use a newer program"):
        SqliteStore(path).releases()
    with pytest.raises(StoreError, match="use a newer program"), SqliteStore(path).lock():
        SqliteStore(path).stage(draft_of(SMALL), SMALL)


def test_an_older_file_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = published(SqliteStore(path), SMALL)
    monkeypatch.setattr(sqlite_store, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE later (x)"))
    assert SqliteStore(path).releases() == (release,)
    assert SqliteStore(path).read(1) == SMALL
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (4,)
    assert db.execute("SELECT count(*) FROM later").fetchone() == (0,)
    db.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database at all.\n" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"notes\.txt: file is not a database"):
        SqliteStore(path).releases()
    with pytest.raises(StoreError, match="file is not a database"):
        published(SqliteStore(path), SMALL)
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE release (x)")
    db.close()
    for ask in (SqliteStore(path).releases, lambda: published(SqliteStore(path), SMALL)):
        with pytest.raises(StoreError, match="another program"):
            ask()
    db = sqlite3.connect(path)
    assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("release",)]
    db.close()


def test_a_damaged_file_is_told_as_one_sentence(path: Path) -> None:
    published(SqliteStore(path), SMALL)
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(StoreError, match=r"taxonomy\.db: .*malformed"):
        SqliteStore(path).read(1)


def test_a_folder_that_cannot_be_made_is_told_as_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = SqliteStore(tmp_path / "file" / "taxonomy.db")
    with pytest.raises(StoreError, match=r"taxonomy\.db\.lock: File exists"), store.lock():
        pass


def test_a_full_disk_leaves_the_published_release_readable(path: Path) -> None:
    release = published(SqliteStore(path), SMALL)
    run = subprocess.run([sys.executable, "-c", FILLS_THE_DISK, str(path)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert str(path) in run.stdout
    assert "the published releases are as they were" in run.stdout
    assert SqliteStore(path).releases() == (release,)
    assert SqliteStore(path).read(1) == SMALL
    assert published(SqliteStore(path), renamed(SMALL, "Konditor")).ordinal == 2


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDS_THE_LOCK, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_lock_of_another_process_names_it_and_ends_with_it(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    with (
        pytest.raises(LoadRunning, match=f"is being loaded by process {holder.pid} on "),
        SqliteStore(path).lock(),
    ):
        pass
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with SqliteStore(path).lock():
        pass


def test_reading_goes_on_while_a_load_writes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop a stage in the middle of its transaction, and read meanwhile."""
    store = SqliteStore(path)
    release = published(store, SMALL)
    writing, read = threading.Event(), threading.Event()

    class Slow(tuple[object, ...]):
        __slots__ = ()

        def __iter__(self) -> Iterator[object]:
            yield from super().__iter__()
            writing.set()
            assert read.wait(10)

    other = renamed(SMALL, "Konditor")
    slow = other._replace(findings=Slow(other.findings))  # type: ignore[arg-type]
    results: list[Release] = []

    def write() -> None:
        with store.lock():
            results.append(store.publish(store.stage(draft_of(other), slow)))

    writer = threading.Thread(target=write)
    writer.start()
    assert writing.wait(10)
    seen: list[Content] = [SqliteStore(path).read(1) for _ in range(3)]
    releases = SqliteStore(path).releases()
    read.set()
    writer.join()
    assert seen == [SMALL] * 3
    assert releases == (release,)
    assert SqliteStore(path).releases() == (release, *results)
    assert SqliteStore(path).read(2) == other


def test_a_load_does_not_wait_for_a_reader_that_stays(path: Path) -> None:
    published(SqliteStore(path), SMALL)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    before = reader.execute("SELECT count(*) FROM concept").fetchone()
    published(SqliteStore(path), renamed(SMALL, "Konditor"))
    assert reader.execute("SELECT count(*) FROM concept").fetchone() == before
    reader.close()
