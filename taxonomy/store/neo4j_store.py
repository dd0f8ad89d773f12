"""The Neo4j store: the current release is the plain graph, older ones are kept beside it.

docs/neo4j.md describes the graph. The store needs Neo4j 5.26 or later, Community is enough, no plugin.
"""

import contextlib
from collections.abc import Iterator

from taxonomy.model.errors import StoreError
from taxonomy.model.release import Content, Draft, Release
from taxonomy.store.garbage import without_garbage_collection
from taxonomy.store.neo4j_database import Database
from taxonomy.store.neo4j_lock import LoadLock
from taxonomy.store.neo4j_read import read_content, read_releases
from taxonomy.store.neo4j_schema import ensure_schema
from taxonomy.store.neo4j_write import Plan, Writer


class Neo4jStore:
    """Releases in one Neo4j database; made without connecting, read from any thread."""

    def __init__(self, uri: str, *, user: str, password: str, database: str) -> None:
        self._database = Database(uri, user=user, password=password, database=database)
        self._writer: Writer | None = None
        self._plan: Plan | None = None

    @property
    def address(self) -> str:
        """The server and the database, without credentials."""
        return self._database.address

    def close(self) -> None:
        """Close the driver's connections."""
        self._database.close()

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lock node: its holder confirms it every 5 s, and it is free 30 s after the last time."""
        ensure_schema(self._database)
        with LoadLock(self._database) as lock:
            self._writer = Writer(self._database, lock)
            try:
                self._writer.settle()
                yield
            finally:
                self._writer = self._plan = None

    def stage(self, draft: Draft, content: Content) -> int:
        """Write history, findings and, where a difference will not do, a whole copy of the release."""
        self._plan = None
        with without_garbage_collection():
            self._plan = self._locked().stage(draft, content)
        return self._plan.ordinal

    def publish(self, ordinal: int) -> Release:
        """Make the staged release current in one transaction."""
        plan = self._plan
        if plan is None or plan.ordinal != ordinal:
            raise StoreError(f"release {ordinal} is not staged in {self.address}; load again")
        writer = self._locked()
        self._plan = None
        with without_garbage_collection():
            release = writer.publish(plan)
        # Published: what is left to remove, the next load removes as well.
        with contextlib.suppress(StoreError):
            writer.clean()
        return release

    def discard(self, ordinal: int) -> None:
        """Remove a release and the history that only it needed; nothing happens if there is none."""
        current = self.releases()[-1:]
        if current and current[0].ordinal == ordinal:
            raise StoreError(f"{current[0].id} is the current release and cannot be removed")
        self._plan = None
        self._locked().forget(ordinal)

    def releases(self) -> tuple[Release, ...]:
        """Read the published releases, oldest first."""
        return read_releases(self._database)

    def read(self, ordinal: int) -> Content:
        """Read a published release and prove it by its content hash."""
        return read_content(self._database, ordinal)

    def _locked(self) -> Writer:
        if self._writer is None:
            raise StoreError(f"{self.address}: the load lock is not held")
        return self._writer
