"""The shelf: what is open stays open, whatever becomes of the store."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from taxonomy.model.errors import StoreError, Unavailable, UnknownRelease
from taxonomy.model.release import Content, Release
from taxonomy.services.shelf import Shelf, Watcher
from taxonomy.snapshot import SnapshotCache
from taxonomy.store.sqlite_store import SqliteStore
from tests.builders import composition, concept, content, release

PATIENCE = 30.0
SOON = 2.0


class Unsteady(SqliteStore):
    """A SQLite store that can be taken away and frozen on demand: no file can be, in the middle of a read."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.fails: Exception | None = None
        self.reads_fail: Exception | None = None
        self.frozen: set[int] = set()
        self.thawed = threading.Event()
        self.waiting = threading.Event()
        self.reads = 0

    def releases(self) -> tuple[Release, ...]:
        if self.fails:
            raise self.fails
        return super().releases()

    def read(self, ordinal: int) -> Content:
        self.reads += 1
        found = super().read(ordinal)
        if ordinal in self.frozen:
            self.waiting.set()
            assert self.thawed.wait(PATIENCE)
        failure = self.fails or self.reads_fail
        if failure:
            raise failure
        return found


AWAY = StoreError("store.db cannot be reached: nobody listens; see that it runs")


def rows(name: str) -> Content:
    return content([concept("a", name)])


def publish(store: SqliteStore, name: str) -> Release:
    with store.lock():
        return store.publish(store.stage(release(rows(name)).draft, rows(name)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Unsteady]:
    found = Unsteady(tmp_path / "store.db")
    for name in ("first", "second", "third"):
        publish(found, name)
    yield found
    found.thawed.set()


def shelf_over(store: Unsteady, folder: Path) -> Shelf:
    return Shelf(store, SnapshotCache(folder, composition()), older=2, memory=10**12)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def shelf(store: Unsteady, cache: Path) -> Shelf:
    found = shelf_over(store, cache)
    found.start()
    return found


def current_ordinal(shelf: Shelf) -> int:
    return shelf.current().snapshot.release.ordinal


def snapshot_of(cache: Path, release: Release) -> Path:
    (file,) = cache.glob(f"{release.id}-*.snapshot")
    return file


# ---- the start


def test_a_shelf_starts_from_the_cache_while_the_store_is_away_and_goes_on_when_it_is_back(
    store: Unsteady, cache: Path, shelf: Shelf
) -> None:
    store.fails = AWAY
    again = shelf_over(store, cache)
    again.start()
    assert again.current().releases == shelf.current().releases
    assert again.current().snapshot.release == shelf.current().snapshot.release
    assert again.trouble
    assert again.trouble.why == str(AWAY)
    store.fails = None
    assert again.refresh() is False
    assert again.trouble is None
    publish(store, "fourth")
    assert again.refresh() is True
    assert current_ordinal(again) == 4


def test_the_newest_release_that_is_whole_in_the_cache_is_served_with_the_history_up_to_it(
    store: Unsteady, cache: Path, shelf: Shelf
) -> None:
    first, second, third = shelf.current().releases
    shelf.open(first.id)
    shelf.open(second.id)
    damaged = snapshot_of(cache, third)
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    store.fails = AWAY
    again = shelf_over(store, cache)
    again.start()
    assert again.current().snapshot.release == second
    assert again.current().releases == (first, second)
    store.fails = None
    assert again.refresh() is True
    assert again.current().snapshot.release == third


@pytest.mark.parametrize("lost", ["the memory", "the snapshots", "both"])
def test_without_a_store_and_without_a_cache_it_does_not_start(
    store: Unsteady, cache: Path, shelf: Shelf, lost: str
) -> None:
    assert current_ordinal(shelf) == 3
    if lost == "both":
        shutil.rmtree(cache)
    else:
        for file in cache.glob("*.json" if lost == "the memory" else "*.snapshot"):
            file.unlink()
    store.fails = AWAY
    with pytest.raises(StoreError) as refused:
        shelf_over(store, cache).start()
    assert str(refused.value) == f"{AWAY}; nor is a release of it in the cache {cache}"


def test_a_store_that_fails_while_it_is_read_leaves_the_newest_of_the_cache(
    store: Unsteady, cache: Path, shelf: Shelf
) -> None:
    assert current_ordinal(shelf) == 3
    publish(store, "fourth")
    store.reads_fail = AWAY
    again = shelf_over(store, cache)
    again.start()
    assert current_ordinal(again) == 3
    assert [release.ordinal for release in again.current().releases] == [1, 2, 3]
    store.reads_fail = None
    assert again.refresh() is True
    assert current_ordinal(again) == 4


def test_the_releases_of_another_store_in_the_same_cache_are_neither_served_nor_removed(
    store: Unsteady, cache: Path, shelf: Shelf, tmp_path: Path
) -> None:
    other = Unsteady(tmp_path / "other.db")
    publish(other, "another")
    beside = shelf_over(other, cache)
    beside.start()
    store.fails = other.fails = AWAY
    for known, last in ((store, shelf), (other, beside)):
        again = shelf_over(known, cache)
        again.start()
        assert again.current().snapshot.release == last.current().snapshot.release


def test_a_store_without_a_release_is_no_trouble(tmp_path: Path, cache: Path) -> None:
    shelf = shelf_over(Unsteady(tmp_path / "empty.db"), cache)
    shelf.start()
    assert (shelf.is_empty, shelf.trouble) == (True, None)
    with pytest.raises(Unavailable, match="run `taxonomy load`"):
        shelf.current()


def test_a_deleted_cache_gets_its_memory_back_at_the_next_look(cache: Path, shelf: Shelf) -> None:
    shutil.rmtree(cache)
    assert shelf.refresh() is False
    assert len(list(cache.glob("*.json"))) == 1


# ---- a look that fails


@pytest.mark.parametrize("error", [AWAY, UnknownRelease("store.db has no release 4"), ValueError("odd")])
def test_a_look_that_fails_keeps_what_is_served_and_says_since_when(
    store: Unsteady, shelf: Shelf, error: Exception
) -> None:
    before = shelf.current()
    publish(store, "fourth")
    store.reads_fail = error
    with pytest.raises(type(error)):
        shelf.refresh()
    first = shelf.trouble
    assert first
    store.reads_fail, store.fails = None, AWAY
    with pytest.raises(StoreError):
        shelf.refresh()
    assert shelf.trouble
    assert (shelf.trouble.since, shelf.trouble.why) == (first.since, str(AWAY))
    assert shelf.current() is before
    store.fails = None
    assert shelf.refresh() is True
    assert str(shelf.trouble) == "None"
    assert current_ordinal(shelf) == 4


def test_trouble_is_told_with_the_time_in_utc(store: Unsteady, shelf: Shelf) -> None:
    store.fails = AWAY
    with pytest.raises(StoreError):
        shelf.refresh()
    began = time.strftime("%Y-%m-%dT%H:", time.gmtime())
    assert str(shelf.trouble).startswith("unreachable since 20")
    assert began in str(shelf.trouble) or time.gmtime().tm_min == 0
    assert str(shelf.trouble).endswith(f"Z: {AWAY}")


def test_the_removal_of_older_releases_needs_no_reading(store: Unsteady, shelf: Shelf) -> None:
    first, *_ = shelf.current().releases
    shelf.open(first.id)
    with store.lock():
        store.discard(first.ordinal)
    before = store.reads
    assert shelf.refresh() is True
    assert [release.ordinal for release in shelf.current().releases] == [2, 3]
    assert shelf.opened(first.id) is None
    with pytest.raises(UnknownRelease, match="there is no release"):
        shelf.open(first.id)
    assert store.reads == before


def test_a_watcher_outlives_every_error_and_the_log_has_when_the_store_went_and_came(
    store: Unsteady, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "taxonomy.shelf")
    watcher = Watcher(shelf, 0.01)
    watcher.start()
    store.fails = AWAY
    wait_until(lambda: shelf.trouble is not None)
    store.fails = ValueError("a mistake of ours")
    wait_until(lambda: "a mistake of ours" in caplog.text)
    assert "mistake" not in str(shelf.trouble)
    store.fails = None
    wait_until(lambda: shelf.trouble is None)
    publish(store, "fourth")
    wait_until(lambda: current_ordinal(shelf) == 4)
    watcher.stop()
    watcher.join(PATIENCE)
    levels = [record.levelname for record in caplog.records if record.name == "taxonomy.shelf"]
    assert levels == ["WARNING", "WARNING", "INFO"]
    assert f": {AWAY}" in caplog.text


def wait_until(done: object) -> None:
    assert callable(done)
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        time.sleep(0.005)


# ---- older releases


def test_an_older_release_comes_from_the_cache_while_the_store_is_away(store: Unsteady, shelf: Shelf) -> None:
    first, second, _ = shelf.current().releases
    shelf.open(first.id)
    shelf._open.clear()
    store.fails = AWAY
    assert shelf.open(first.id).release == first
    with pytest.raises(Unavailable, match=f"release {second.id} is not open and the store cannot be read"):
        shelf.open(second.id)


def test_a_store_that_is_known_to_be_away_is_not_waited_for(store: Unsteady, shelf: Shelf) -> None:
    first, *_ = shelf.current().releases
    store.fails = AWAY
    with pytest.raises(StoreError):
        shelf.refresh()
    before = store.reads
    with pytest.raises(Unavailable, match="the store cannot be read"):
        shelf.open(first.id)
    assert store.reads == before


def test_an_older_release_that_was_removed_since_is_unknown(store: Unsteady, shelf: Shelf) -> None:
    first, *_ = shelf.current().releases
    with store.lock():
        store.discard(first.ordinal)
    with pytest.raises(UnknownRelease, match=f"release {first.id} has been removed"):
        shelf.open(first.id)
    assert current_ordinal(shelf) == 3


def test_one_that_is_removed_while_it_is_opened_is_not_kept(store: Unsteady, shelf: Shelf) -> None:
    first, *_ = shelf.current().releases
    store.frozen = {first.ordinal}
    opening = Opening(shelf, first)
    assert store.waiting.wait(PATIENCE)
    with store.lock():
        store.discard(first.ordinal)
    assert shelf.refresh() is True
    store.thawed.set()
    opening.join(PATIENCE)
    assert getattr(opening.outcome, "release", None) == first
    assert shelf.opened(first.id) is None


class Opening(threading.Thread):
    """Opens a release, and keeps what came of it."""

    def __init__(self, shelf: Shelf, release: Release) -> None:
        super().__init__(daemon=True)
        self._shelf = shelf
        self._release = release
        self.outcome: object = None
        self.start()

    def run(self) -> None:
        try:
            self.outcome = self._shelf.open(self._release.id)
        except Unavailable as error:
            self.outcome = error


def test_while_the_store_is_frozen_everything_that_does_not_need_it_goes_on(
    store: Unsteady, shelf: Shelf
) -> None:
    first, second, _ = shelf.current().releases
    shelf.open(second.id)
    store.frozen = {first.ordinal}
    opening = Opening(shelf, first)
    assert store.waiting.wait(PATIENCE)
    began = time.monotonic()
    assert shelf.current().snapshot is shelf.opened(None)
    assert shelf.opened(second.id) is not None
    shelf._open.clear()
    assert shelf.open(second.id).release == second  # from the cache
    publish(store, "fourth")
    assert shelf.refresh() is True
    assert current_ordinal(shelf) == 4
    assert time.monotonic() - began < SOON
    assert opening.is_alive()
    store.thawed.set()
    opening.join(PATIENCE)
    assert getattr(opening.outcome, "release", None) == first


def test_nobody_waits_for_long_behind_a_release_that_is_being_read(
    store: Unsteady, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taxonomy.services.shelf._PATIENCE", 0.05)
    first, second, _ = shelf.current().releases
    store.frozen = {first.ordinal}
    opening = Opening(shelf, first)
    assert store.waiting.wait(PATIENCE)
    with pytest.raises(Unavailable, match="another one is being read: try again in a second"):
        shelf.open(second.id)
    store.fails = AWAY
    store.thawed.set()
    opening.join(PATIENCE)
    assert isinstance(opening.outcome, Unavailable)
    store.fails = None
    assert shelf.open(second.id).release == second
