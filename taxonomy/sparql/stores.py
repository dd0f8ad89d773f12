"""The stores that queries are asked of: a folder for each release, whole or not there."""

import copyreg
import json
import os
import pickle
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import Any, Final

from taxonomy.model.errors import StoreError
from taxonomy.model.release import Release
from taxonomy.rdf.iris import Publication
from taxonomy.snapshot import Snapshot, SnapshotCache
from taxonomy.sparql.build import WHOLE, Order

_FORMAT: Final = 1
"""Raise it when the store of the same release becomes another."""
_BUILDING: Final = ".building-"
_ABANDONED: Final = 86_400.0
"""Seconds after which nobody asks a store of a release that we do not know."""

Told = Callable[[int], None]
"""Called with each percent of the statements that a new store has been given."""


def _nobody(percent: int) -> None:
    """Tell nobody."""


class Stores:
    """A folder of stores, made from the snapshots of a cache; processes may share it.

    `build` is the version of the program: what it makes of the same release may differ.
    """

    def __init__(self, folder: Path, cache: SnapshotCache, publication: Publication, build: str) -> None:
        self._folder = folder
        self._cache = cache
        self._publication = publication
        self._build = build
        self._building: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()

    def path(self, release: Release) -> Path:
        """The folder of a release's store: one of its own for all that can make a difference to it."""
        return self._folder / self._publication.edition(release, self._build, _FORMAT)

    def has(self, release: Release) -> bool:
        """Whether the store is there and has all of its files in their sizes."""
        folder = self.path(release)
        try:
            sizes = json.loads((folder / WHOLE).read_bytes())
            return all((folder / name).stat().st_size == size for name, size in sizes.items())
        except (OSError, ValueError, AttributeError):
            return False

    def made(self, release: Release, tell: Told = _nobody) -> Path:
        """The folder of a store that is whole: made if there is none, which takes some ten seconds.

        Raises `StoreError` where it cannot be made.
        """
        folder = self.path(release)
        if self.has(release):
            with suppress(OSError):
                os.utime(folder)  # somebody needs it still
            return folder
        building = self._folder / f"{_BUILDING}{os.getpid()}-{secrets.token_hex(4)}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._run(Order(self._cache, release, self._publication, building), tell)
            self.discard(release)
            with suppress(OSError):  # another process was first
                building.rename(folder)
        except OSError as error:
            raise StoreError(f"{folder} cannot be made: {error.strerror or error}") from error
        finally:
            shutil.rmtree(building, ignore_errors=True)
        if not self.has(release):
            raise StoreError(f"{folder} cannot be made")
        return folder

    def remember(self, snapshot: Snapshot) -> None:
        """See that the cache has what a store is made of, also when somebody has emptied it.

        Raises `StoreError` where it cannot be written.
        """
        try:
            if self._cache.read(snapshot.release) is None:
                self._cache.write(snapshot)
        except OSError as error:
            raise StoreError(f"{self._cache.folder} cannot be written: {error.strerror or error}") from error

    def discard(self, release: Release) -> None:
        """Remove a store; who has it open keeps what is open."""
        shutil.rmtree(self.path(release), ignore_errors=True)

    def keep_only(self, current: Release, releases: tuple[Release, ...]) -> None:
        """Remove the stores of all these releases but the current one, and what nobody has used for a day."""
        kept, known = self.path(current).name, tuple(f"{release.id}-" for release in releases)
        with suppress(OSError):
            for folder in self._folder.iterdir():
                is_old = folder.stat().st_mtime < time.time() - _ABANDONED
                if folder.name != kept and (folder.name.startswith(known) or is_old):
                    shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Give up what is being made."""
        with self._lock:
            for process in self._building:
                process.kill()

    def _run(self, order: Order, tell: Told) -> None:
        """Make a store in a process of its own: it computes for seconds, and its memory goes with it."""
        with TemporaryFile() as complaints:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "taxonomy.sparql.build"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                start_new_session=True,
            )
            with self._lock:
                self._building.add(process)
            try:
                _followed(process, order, tell)
            finally:
                process.kill()  # if it has not ended, we were interrupted
                process.wait()
                with self._lock:
                    self._building.discard(process)
            if process.returncode:
                complaints.seek(0)
                why = complaints.read().decode(errors="replace").strip().rpartition("\n")[2]
                raise StoreError(
                    f"the SPARQL store of {order.release.id} cannot be made: {why or 'it was stopped'}"
                )


def _followed(process: "subprocess.Popen[bytes]", order: Order, tell: Told) -> None:
    """Give a process its order, and tell how far it is until it ends."""
    assert process.stdin is not None  # noqa: S101 it is a pipe
    assert process.stdout is not None  # noqa: S101 so is it
    # Its stdin stays open for as long as we live: that is how it knows.
    with process.stdin, process.stdout:
        with suppress(BrokenPipeError):  # what it says of it is read at its end
            pickle.dump(order, process.stdin)
            process.stdin.flush()
        for percent in process.stdout:
            tell(int(percent))
        process.wait()


def _again(table: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(table)


def _reduced(table: Mapping[Any, Any]) -> tuple[Any, ...]:
    return _again, (dict(table),)


copyreg.pickle(MappingProxyType, _reduced)  # tables in an order are such
