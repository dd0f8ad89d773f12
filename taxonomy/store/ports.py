"""What every store does: the system of record for releases, never asked per query."""

from contextlib import AbstractContextManager
from typing import Protocol

from taxonomy.model.release import Content, Draft, Release


class Store(Protocol):
    """Keeps published releases; the newest is the current one.

    Every method raises `StoreError` when the storage behind it fails, with nothing half done.
    """

    @property
    def address(self) -> str:
        """What a person calls the storage: a path, or server and database; never with credentials."""
        ...

    def lock(self) -> AbstractContextManager[None]:
        """Hold the load lock; raises `LoadRunning` at once when somebody else has it."""
        ...

    def stage(self, draft: Draft, content: Content) -> int:
        """Write the next release where no reader sees it, and return the ordinal it will have.

        Needs the lock. What an earlier, dead load staged is removed first.
        """
        ...

    def publish(self, ordinal: int) -> Release:
        """Make the staged release the current one, all or nothing. Needs the lock."""
        ...

    def discard(self, ordinal: int) -> None:
        """Remove a staged release, or a published one that is not current. Needs the lock.

        Nothing happens if there is no such release; the current one is refused with a `StoreError`.
        """
        ...

    def releases(self) -> tuple[Release, ...]:
        """The published releases, oldest first; empty for a store that has none."""
        ...

    def read(self, ordinal: int) -> Content:
        """The content of a published release; raises `UnknownRelease` if there is none."""
        ...
