"""The releases that are open for reading: the current one, and a few older ones that somebody asked for."""

import threading
from collections import OrderedDict
from pathlib import Path
from typing import NamedTuple

from taxonomy.model.errors import TaxonomyError, Unavailable, UnknownRelease
from taxonomy.model.release import Release
from taxonomy.snapshot import Snapshot, SnapshotCache
from taxonomy.store.ports import Store


class Current(NamedTuple):
    """What is served: the newest release's snapshot, and the history at the time it was opened."""

    snapshot: Snapshot
    releases: tuple[Release, ...]


class Shelf:
    """Opens releases of a store through a cache on disk; safe for several threads.

    The current release is swapped in one assignment: a request that began with a snapshot ends with it.
    """

    def __init__(self, store: Store, cache: SnapshotCache, *, older: int, memory: int) -> None:
        self._store = store
        self._cache = cache
        self._older = older
        self._memory = memory
        self._current: Current | None = None
        self._open: OrderedDict[str, Snapshot] = OrderedDict()
        self._opening = threading.Lock()
        self._reading = threading.Lock()

    def current(self) -> Current:
        """What is served now; raises `Unavailable` when nothing has been published or opened yet."""
        current = self._current
        if current is None:
            raise Unavailable("no release is published yet: run `taxonomy load`")
        return current

    def refresh(self) -> bool:
        """Open the newest release of the store if it is not open yet; whether there was a new one."""
        releases = self._store.releases()
        current = self._current
        if not releases or (current and current.releases == releases):
            return False
        with self._opening:
            snapshot = self._snapshot(releases[-1])
            self._current = Current(snapshot, releases)
            known = {release.id for release in releases}
            with self._reading:
                self._open = OrderedDict(item for item in self._open.items() if item[0] in known)
        self._cache.keep_only(releases)
        return True

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
        """The snapshot of any release of the store; opening one takes up to a second.

        Raises `UnknownRelease`, or `Unavailable` when opening another would take too much memory.
        """
        release = next((item for item in self.current().releases if item.id == release_id), None)
        if release is None:
            raise UnknownRelease(f"there is no release {release_id!r:.60}; see `releases`")
        with self._opening:
            known = self.opened(release_id)
            if known is None:
                used = resident_bytes()
                if used > self._memory:
                    raise Unavailable(
                        f"release {release_id} is not open, {used >> 20} of {self._memory >> 20} MB in use:"
                        " try again later, or ask for the current release"
                    )
                known = self._snapshot(release)
                with self._reading:
                    self._open[release_id] = known
                    while len(self._open) > self._older:
                        self._open.popitem(last=False)
        return known

    def _snapshot(self, release: Release) -> Snapshot:
        return self._cache.get(release, lambda: self._store.read(release.ordinal))


class Watcher(threading.Thread):
    """Looks for new releases every few seconds; what goes wrong is kept for `/health/ready`."""

    def __init__(self, shelf: Shelf, seconds: float) -> None:
        super().__init__(name="release-watcher", daemon=True)
        self._shelf = shelf
        self._seconds = seconds
        self._stopped = threading.Event()
        self.trouble: str | None = None

    def run(self) -> None:
        """Look until stopped; a failed look is tried again."""
        while not self._stopped.wait(self._seconds):
            try:
                self._shelf.refresh()
                self.trouble = None
            except (TaxonomyError, OSError) as error:
                self.trouble = str(error)

    def stop(self) -> None:
        """End the thread, soon."""
        self._stopped.set()


def resident_bytes() -> int:
    """The memory of this process that is in RAM, in bytes; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096
    except (OSError, ValueError, IndexError):
        return 0
