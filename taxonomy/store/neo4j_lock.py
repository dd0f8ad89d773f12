"""The load lock in Neo4j: a node that names its holder, who must confirm it or lose it."""

import contextlib
import os
import secrets
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self

from taxonomy.model.errors import LoadRunning, StoreError
from taxonomy.store import cypher
from taxonomy.store.neo4j_database import Database

LOCK_SECONDS: Final = 30.0
"""Without a confirmation for so long, a holder counts as dead."""
_HEARTBEAT_SECONDS: Final = 5.0


class Runs(Protocol):
    """A transaction, of either of the driver's kinds."""

    def run(self, query: str, parameters: dict[str, Any] | None = None, **values: Any) -> Any:
        """Run one statement."""
        ...


class LoadLock:
    """Holds the load lock of a store; a thread confirms it every few seconds while it is held."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._owner = secrets.token_hex(16)
        self._ended = threading.Event()
        self._pulse = threading.Thread(target=self._confirm_regularly, name="load-lock", daemon=True)

    def __enter__(self) -> Self:
        """Take the lock; raises `LoadRunning` at once when somebody alive has it."""
        # Only reading: while a publication holds the node, a writer would have to wait for its end.
        holder = self._database.read(_holder)
        if holder is not None and not holder["stale"] and not _is_dead(holder):
            raise self._taken(holder)
        dead = holder["owner"] if holder else None
        try:
            taken = self._database.write(lambda tx: self._take(tx, dead))
        except StoreError:
            self._free()  # only the answer may have been lost
            raise
        if not taken:
            raise self._taken(self._database.read(_holder))
        self._pulse.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Free the lock. Where that fails it frees itself by waiting, and what was published is published."""
        self._ended.set()
        self._pulse.join()
        self._free()

    def confirm(self, transaction: Runs) -> None:
        """Prove, in the same transaction as a change, that the lock is still ours.

        Raises `StoreError` when somebody else has taken it, so that a process that slept writes nothing more.
        """
        if transaction.run(cypher.CONFIRM_LOCK, owner=self._owner).single() is None:
            raise StoreError(
                f"{self._database.address}: the load lock was lost, this process did not confirm it for"
                f" {LOCK_SECONDS:.0f} s; the published releases are as they were: load again"
            )

    def _take(self, transaction: Runs, dead: str | None) -> bool:
        taken = transaction.run(
            cypher.TAKE_LOCK,
            owner=self._owner,
            dead=dead,
            ttl=LOCK_SECONDS,
            host=socket.gethostname(),
            process=os.getpid(),
        )
        return taken.single() is not None

    def _confirm_regularly(self) -> None:
        while not self._ended.wait(_HEARTBEAT_SECONDS):
            try:
                self._once(cypher.CONFIRM_LOCK)
            except StoreError:
                continue  # the next batch finds out whether the lock is lost

    def _free(self) -> None:
        # Twice: a commit whose connection broke may not have happened, and freeing again does no harm.
        for _ in range(2):
            with contextlib.suppress(StoreError):
                return self._once(cypher.FREE_LOCK)

    def _once(self, text: str) -> None:
        self._database.write(lambda tx: tx.run(text, owner=self._owner).consume())

    def _taken(self, holder: dict[str, Any] | None) -> LoadRunning:
        who = "another process"
        if holder is not None:
            since: datetime = holder["since"].to_native().astimezone(UTC)
            who = f"process {holder['process']} on {holder['host']} since {since:%Y-%m-%d %H:%M:%S} UTC"
        return LoadRunning(
            f"{self._database.address} is being loaded by {who}; try again when it has ended"
            f" (a holder that died is forgotten after {LOCK_SECONDS:.0f} s)"
        )


def _holder(transaction: Runs) -> dict[str, Any] | None:
    record = transaction.run(cypher.LOCK_HOLDER, ttl=LOCK_SECONDS).single()
    return None if record is None else dict(record)


def _is_dead(holder: dict[str, Any]) -> bool:
    """Whether the holder was a process of this machine that is there no more."""
    return (
        holder["host"] == socket.gethostname()
        and not Path(f"/proc/{holder['process']}").exists()
        and (Path("/proc/self").exists())
    )
