"""Snapshots on disk: one file of named arrays each, memory-mapped when it is opened.

Beside them, for each store, a file that says which releases it was last seen to have.

Layout of a snapshot: a fixed prologue (magic, format, CRC-32 of all that follows it, length of the header),
the header (JSON: the release, and for every array its type, shape and place), then the arrays, each at a
multiple of 64.
"""

import contextlib
import hashlib
import json
import mmap
import os
import secrets
import struct
import time
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import KINDS, LabelRole, Locale, NoteKind, Provenance
from taxonomy.model.mapping import Composition
from taxonomy.model.observation import Measure
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.model.release import Content, Release
from taxonomy.snapshot.arrays import Arrays
from taxonomy.snapshot.build import build
from taxonomy.snapshot.skills import NEED, PATTERNS, TRUST
from taxonomy.snapshot.snapshot import Snapshot
from taxonomy.store.draft_json import draft_from_json, draft_to_json

_MAGIC: Final = b"OGRAPH\r\n"
_VERSION: Final = 6
"""Raise it whenever the arrays of a snapshot change: files of other formats are built anew."""

# Words that are stored as numbers, and constants that results were made with, are part of the format.
_WORDS: Final = [
    [str(value) for value in words]
    for words in (Locale, LabelRole, NoteKind, Provenance, Necessity, RelationKind, Direction, Measure)
]
_CONSTANTS: Final = (_VERSION, _WORDS, [*KINDS.items()], PATTERNS, TRUST, NEED)

_PROLOGUE: Final = struct.Struct("<8sIIQ")
_ALIGNMENT: Final = 64
_ABANDONED_SECONDS: Final = 600
_SEEN: Final = ".last-seen.json"
_UNUSABLE: Final = (OSError, ValueError, KeyError, TypeError, struct.error)
"""What the reading of a file can raise that is not ours, or no longer whole."""


class SnapshotCache:
    """A folder with one file per release, named by its content hash; stores and processes may share it.

    A file that was made with another composition table is of another format.
    """

    def __init__(self, folder: Path, composition: Composition) -> None:
        self.folder = folder
        self._composition = composition
        self._format = zlib.crc32(repr((*_CONSTANTS, composition)).encode())

    def get(self, release: Release, content: Callable[[], Content]) -> Snapshot:
        """The snapshot of a release: from its file if that is whole, otherwise built and written.

        A file that cannot be written (a full or read-only disk) costs a slower start and nothing else.
        """
        cached = self.read(release)
        if cached is not None:
            return cached
        snapshot = build(release, content(), self._composition)
        with contextlib.suppress(OSError):
            self.write(snapshot)
            # The pages of the file can be given back to the system; those of the builder cannot.
            return self.read(release) or snapshot
        return snapshot

    def read(self, release: Release) -> Snapshot | None:
        """The snapshot in the release's file, or None if there is none that is whole and of this format."""
        try:
            header, arrays = _opened(self._path(release), self._format)
            if _release(header["release"]).content_hash != release.content_hash:
                return None
            return Snapshot(release, arrays)
        except _UNUSABLE:
            return None

    def write(self, snapshot: Snapshot) -> None:
        """Write the release's file, whole or not at all; raises `OSError` where that cannot be done."""
        self._replace(
            self._path(snapshot.release),
            lambda file: _pack(file, self._format, snapshot.release, snapshot.arrays),
        )

    def remember(self, address: str, releases: tuple[Release, ...]) -> None:
        """Keep which releases the store at an address has, for when it cannot be asked.

        Nothing is written when that is known already, or where it cannot be written.
        """
        path = self._seen_path(address)
        rows = [_facts(release) for release in releases]
        text = json.dumps({"store": _whole(address), "releases": rows}).encode()
        with contextlib.suppress(OSError):
            if not path.is_file() or path.read_bytes() != text:
                self._replace(path, lambda file: file.write(text))

    def remembered(self, address: str) -> tuple[Release, ...]:
        """The releases that the store at an address was last seen to have, oldest first; empty if unknown."""
        try:
            seen = json.loads(self._seen_path(address).read_bytes())
            return _releases(seen) if seen["store"] == _whole(address) else ()
        except _UNUSABLE:
            return ()

    def keep_only(self, releases: tuple[Release, ...]) -> None:
        """Remove the files of releases that are not among these, nor known of any store.

        What killed processes left half-written goes as well.
        """
        dead = time.time() - _ABANDONED_SECONDS
        with contextlib.suppress(OSError):
            wanted = {self._path(release).name for release in releases} | self._names_remembered()
            for path in self.folder.glob("*.snapshot"):
                if path.name not in wanted:
                    _remove(path)
            for path in self.folder.glob(".building-*"):
                with contextlib.suppress(OSError):
                    if path.stat().st_mtime < dead:
                        _remove(path)

    def _names_remembered(self) -> set[str]:
        names: set[str] = set()
        for path in self.folder.glob(f"*{_SEEN}"):
            with contextlib.suppress(*_UNUSABLE):
                names.update(self._path(release).name for release in _releases(json.loads(path.read_bytes())))
        return names

    def _replace(self, path: Path, write: Callable[[BinaryIO], object]) -> None:
        """Write a file whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        building = self.folder / f".building-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            with building.open("xb") as file:
                write(file)
            building.replace(path)
        except BaseException:
            building.unlink(missing_ok=True)
            raise

    def _path(self, release: Release) -> Path:
        return self.folder / f"{release.id}-{release.content_hash[:16]}.snapshot"

    def _seen_path(self, address: str) -> Path:
        return self.folder / f"{hashlib.sha256(os.fsencode(_whole(address))).hexdigest()[:8]}{_SEEN}"


def _whole(address: str) -> str:
    """An address that means the same from every folder: a relative path does not."""
    return address if "://" in address else str(Path(address).resolve())


def _remove(path: Path) -> None:
    # Somebody else may be first, and what is not ours may be a folder.
    with contextlib.suppress(OSError):
        path.unlink()


def _pack(file: BinaryIO, format_: int, release: Release, arrays: Mapping[str, NDArray[Any]]) -> None:
    head = _head(release, arrays)
    file.write(bytes(_PROLOGUE.size))
    file.write(head)
    crc = zlib.crc32(head)
    for array in arrays.values():
        data = np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
        padding = bytes(-array.nbytes % _ALIGNMENT)
        file.write(data)
        file.write(padding)
        crc = zlib.crc32(padding, zlib.crc32(data, crc))
    # Last, so that a file that is not whole does not even begin like one.
    file.seek(0)
    file.write(_PROLOGUE.pack(_MAGIC, format_, crc, len(head)))


def _head(release: Release, arrays: Mapping[str, NDArray[Any]]) -> bytes:
    table: dict[str, tuple[str, tuple[int, ...], int]] = {}
    offset = 0
    for name, array in arrays.items():
        table[name] = (array.dtype.str, array.shape, offset)
        offset += array.nbytes + -array.nbytes % _ALIGNMENT
    head = json.dumps({"release": _facts(release), "arrays": table}).encode()
    return head + b" " * (-(_PROLOGUE.size + len(head)) % _ALIGNMENT)


def _opened(path: Path, format_: int) -> tuple[dict[str, Any], Arrays]:
    """Header and arrays of a file; raises one of `_UNUSABLE`."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    magic, written_as, crc, length = _PROLOGUE.unpack_from(data)
    begin = _PROLOGUE.size
    if (magic, written_as) != (_MAGIC, format_) or zlib.crc32(memoryview(data)[begin:]) != crc:
        raise ValueError(f"{path} is not a whole snapshot of this format")
    header = json.loads(data[begin : begin + length])
    return header, _arrays(header["arrays"], data, begin + length)


def _arrays(table: dict[str, list[Any]], data: mmap.mmap, start: int) -> Arrays:
    return {
        name: np.frombuffer(data, np.dtype(dtype), int(np.prod(shape)), start + offset).reshape(shape)
        for name, (dtype, shape, offset) in table.items()
    }


def _facts(release: Release) -> dict[str, Any]:
    return {
        "id": release.id,
        "ordinal": release.ordinal,
        "published_at": release.published_at.isoformat(),
        "draft": draft_to_json(release.draft),
    }


def _release(facts: dict[str, Any]) -> Release:
    return Release(
        facts["id"],
        facts["ordinal"],
        datetime.fromisoformat(facts["published_at"]),
        draft_from_json(facts["draft"]),
    )


def _releases(seen: dict[str, Any]) -> tuple[Release, ...]:
    return tuple(_release(facts) for facts in seen["releases"])
