"""The releases that are open for reading: the current one, and a few older ones that somebody asked for."""

import logging
import threading
from collections import OrderedDict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from taxonomy.model.errors import StoreError, TaxonomyError, Unavailable, UnknownRelease
from taxonomy.model.release import Release
from taxonomy.snapshot import Snapshot, SnapshotCache
from taxonomy.store.ports import Store

_LOG = logging.getLogger("taxonomy.shelf")
_PATIENCE: Final = 5.0
"""Seconds that one waits while another release is read from the store."""


class Current(NamedTuple):
    """What is served: the newest release's snapshot, and the history at the time it was opened."""

    snapshot: Snapshot
    releases: tuple[Release, ...]


class Trouble(NamedTuple):
    """Since when the store cannot be asked, and why."""

    since: datetime
    why: str

    def __str__(self) -> str:
        return f"unreachable since {self.since:%Y-%m-%dT%H:%M:%SZ}: {self.why}"


class Shelf:
    """Opens releases of a store through a cache on disk; safe for several threads.

    The current release is swapped in one assignment: a request that began with a snapshot ends with it. Only
    `refresh`, and `open` of a release that is not in the cache, ever wait for the store.
    """

    def __init__(self, store: Store, cache: SnapshotCache, *, older: int, memory: int) -> None:
        self._store = store
        self._cache = cache
        self._older = older
        self._memory = memory
        self._current: Current | None = None
        self._open: OrderedDict[str, Snapshot] = OrderedDict()
        self._trouble: Trouble | None = None
        self._refreshing = threading.Lock()
        self._opening = threading.Lock()
        self._reading = threading.Lock()

    @property
    def trouble(self) -> Trouble | None:
        """What was wrong with the store when it was last looked at; None when it could be read."""
        return self._trouble

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to serve yet."""
        return self._current is None

    def current(self) -> Current:
        """What is served now; raises `Unavailable` when nothing has been published or opened yet."""
        current = self._current
        if current is None:
            raise Unavailable("no release is published yet: run `taxonomy load`")
        return current

    def start(self) -> None:
        """Open the newest release of the store or, while that cannot be read, the newest one in the cache.

        `trouble` tells which; the cache counts for as much as the store was last seen to have. Raises
        `StoreError` when there is neither.
        """
        try:
            self.refresh()
        except (StoreError, UnknownRelease) as error:
            self._current = self._current or self._cached()
            if self._current is None:
                nor = f"nor is a release of it in the cache {self._cache.folder}"
                raise StoreError(f"{error}; {nor}") from error

    def refresh(self) -> bool:
        """Open the newest release of the store if it is not open yet; whether there was a new one.

        What it raises is told by `trouble` as well, and leaves the current release as it was.
        """
        with self._refreshing:
            try:
                changed = self._refreshed()
            except Exception as error:
                since = self._trouble.since if self._trouble else datetime.now(UTC)
                known = isinstance(error, TaxonomyError | OSError)
                self._trouble = Trouble(since, str(error) if known else "it cannot be used, see the log")
                raise
            self._trouble = None
            return changed

    def _refreshed(self) -> bool:
        releases = self._store.releases()
        if not releases:
            return False
        self._cache.remember(self._store.address, releases)
        current = self._current
        if current and current.releases == releases:
            return False
        if current and current.snapshot.release == releases[-1]:
            self._current = current._replace(releases=releases)
        else:
            self._current = Current(self._read(releases[-1]), releases)
        known = {release.id for release in releases}
        with self._reading:
            self._open = OrderedDict(item for item in self._open.items() if item[0] in known)
        self._cache.keep_only(releases)
        return True

    def _cached(self) -> Current | None:
        """The newest release that the store is known to have had and that is whole in the cache."""
        releases = self._cache.remembered(self._store.address)
        for number in range(len(releases), 0, -1):
            snapshot = self._cache.read(releases[number - 1])
            if snapshot is not None:
                return Current(snapshot, releases[:number])
        return None

    def opened(self, release_id: str | None) -> Snapshot | None:
        """The snapshot of a release if it is open already; of the current one for None."""
        current = self.current()
        if release_id is None or release_id == current.snapshot.release.id:
            return current.snapshot
        with self._reading:
            known = self._open.get(release_id)
            if known is not None:
                self._open.move_to_end(release_id)
        return known

    def open(self, release_id: str) -> Snapshot:
        """The snapshot of any release of the store; opening one takes up to a second, or `_PATIENCE`.

        Raises `UnknownRelease`, or `Unavailable` when opening another would take too much memory, or needs
        a store that cannot be read.
        """
        release = self._published(release_id)
        known = self.opened(release_id)
        if known is None:
            self._refuse_too_much(release)
            known = self._cache.read(release) or self._read_alone(release)
            self._keep(release, known)
        return known

    def _published(self, release_id: str) -> Release:
        for release in self.current().releases:
            if release.id == release_id:
                return release
        raise UnknownRelease(f"there is no release {release_id!r:.60}; see `releases`")

    def _refuse_too_much(self, release: Release) -> None:
        used = resident_bytes()
        if used > self._memory:
            raise Unavailable(
                f"release {release.id} is not open, {used >> 20} of {self._memory >> 20} MB in use:"
                " try again later, or ask for the current release"
            )

    def _read_alone(self, release: Release) -> Snapshot:
        """A release out of the store, one at a time: each takes memory while it is compiled."""
        if not self._opening.acquire(timeout=_PATIENCE):
            raise Unavailable(
                f"release {release.id} is not open and another one is being read: try again in a second"
            )
        try:
            if self._trouble:
                raise _unreadable(release)  # at once: who waits for a store that is away keeps others waiting
            return self.opened(release.id) or self._read(release)
        except StoreError as error:
            raise _unreadable(release) from error
        except UnknownRelease as error:
            raise UnknownRelease(f"release {release.id} has been removed; see `releases`") from error
        finally:
            self._opening.release()

    def _keep(self, release: Release, snapshot: Snapshot) -> None:
        with self._reading:
            # One that was removed meanwhile is answered from once, and not kept.
            if release in self.current().releases:
                self._open[release.id] = snapshot
                self._open.move_to_end(release.id)
            while len(self._open) > self._older:
                self._open.popitem(last=False)

    def _read(self, release: Release) -> Snapshot:
        return self._cache.get(release, lambda: self._store.read(release.ordinal))


def _unreadable(release: Release) -> Unavailable:
    return Unavailable(
        f"release {release.id} is not open and the store cannot be read:"
        " try again later, or ask for the current release"
    )


class Watcher(threading.Thread):
    """Looks for new releases every few seconds; the shelf keeps what goes wrong for `/health/ready`."""

    def __init__(self, shelf: Shelf, seconds: float) -> None:
        super().__init__(name="release-watcher", daemon=True)
        self._shelf = shelf
        self._seconds = seconds
        self._stopped = threading.Event()

    def run(self) -> None:
        """Look until stopped; a failed look is tried again. The log has when the store went and came."""
        while not self._stopped.wait(self._seconds):
            before = self._shelf.trouble
            try:
                self._shelf.refresh()
            except Exception as error:  # noqa: BLE001 a thread that ends would never see a release again
                expected = isinstance(error, TaxonomyError | OSError)
                trouble = self._shelf.trouble
                if not self._stopped.is_set() and (
                    before is None or trouble is None or before.why != trouble.why
                ):
                    _LOG.warning("the store is %s", trouble, exc_info=not expected)
            else:
                if before is not None:
                    _LOG.info("the store is reachable again, and was %s", before)

    def stop(self) -> None:
        """End the thread, soon."""
        self._stopped.set()


def resident_bytes() -> int:
    """The memory of this process that is in RAM, in bytes; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096
    except (OSError, ValueError, IndexError):
        return 0
