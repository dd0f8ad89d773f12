"""One release compiled for reading: immutable arrays, built once, cached on disk, shared by all requests."""

from taxonomy.snapshot.build import build
from taxonomy.snapshot.disk_cache import SnapshotCache
from taxonomy.snapshot.snapshot import Snapshot

__all__ = ["Snapshot", "SnapshotCache", "build"]
