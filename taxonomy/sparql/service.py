"""SPARQL over what a shelf serves: the current release's store, made when it is first asked for."""

import asyncio
import logging
from contextlib import suppress
from typing import Final, NamedTuple

from taxonomy.model.errors import StoreError, TaxonomyError, Unavailable
from taxonomy.model.release import Release
from taxonomy.services.shelf import Shelf
from taxonomy.snapshot import Snapshot
from taxonomy.sparql.question import Limits, Question, Result
from taxonomy.sparql.stores import Stores
from taxonomy.sparql.workers import Gone, Workers, nobody_knows

_LOG = logging.getLogger("taxonomy.sparql")
_PATIENCE: Final = 50.0
"""Seconds that a client waits for a store; proxies commonly give up after sixty."""
_REST: Final = 30.0
"""Seconds after which a store that could not be made is tried again."""


class _Open(NamedTuple):
    """A release, and the workers over its store."""

    release: Release
    workers: Workers


class Answered(NamedTuple):
    """A result, and the release that it is from."""

    release: Release
    result: Result


class SparqlService:
    """Answers queries from the current release; begins nothing before the first one, all in one event loop.

    While the store of a new release is being made, answers come from the one before.
    """

    def __init__(self, shelf: Shelf, stores: Stores, limits: Limits) -> None:
        self._shelf = shelf
        self._stores = stores
        self._limits = limits
        self._open: _Open | None = None
        self._opening: asyncio.Task[None] | None = None
        self._retiring: set[asyncio.Task[None]] = set()
        self._failed = -_REST

    async def release(self) -> Release:
        """The release that is asked now; raises as `answer` does."""
        return (await self._current()).release

    async def answer(self, question: Question, gone: Gone = nobody_knows) -> Answered:
        """The result of a query.

        Raises what `Workers.ask` raises, and `Unavailable` while there is no store, or no release.
        """
        found = await self._current()
        try:
            return Answered(found.release, await found.workers.ask(question, gone))
        except StoreError as error:
            _LOG.warning("the SPARQL store of %s is made anew: %s", found.release.id, error)
            self._give_up(found)
            raise Unavailable("the SPARQL store is damaged and is being made anew: try again") from error

    async def prepare(self) -> None:
        """Begin the store of the current release in the background, if there is none; no process is left."""
        with suppress(TaxonomyError):  # nothing is published yet
            self._begin(self._shelf.current().snapshot)

    def close(self) -> None:
        """End all processes."""
        self._stores.close()
        for task in (self._opening, *self._retiring):
            if task is not None:
                task.cancel()
        if self._open is not None:
            self._open.workers.close()
            self._open = None

    async def _current(self) -> _Open:
        snapshot = self._shelf.current().snapshot
        release = snapshot.release
        found = self._open
        if found is not None and found.release.id == release.id:
            return found
        self._begin(snapshot)
        if found is not None:
            return found
        if self._opening is not None:
            await self._wait_for(self._opening)
        if self._open is None:
            raise Unavailable("the SPARQL store cannot be made: the log says why")
        return self._open

    def _begin(self, snapshot: Snapshot) -> None:
        """Turn to a release, unless that is done, under way, or has just failed."""
        is_open = self._open is not None and self._open.release.id == snapshot.release.id
        rests = asyncio.get_running_loop().time() < self._failed + _REST
        if not is_open and not rests and self._opening is None:
            self._opening = asyncio.ensure_future(self._opened(snapshot))

    async def _wait_for(self, opening: "asyncio.Task[None]") -> None:
        try:
            await asyncio.wait_for(asyncio.shield(opening), _PATIENCE)
        except TimeoutError:
            raise Unavailable("the SPARQL store is being made: try again in a minute") from None

    async def _opened(self, snapshot: Snapshot) -> None:
        """Make the store of a release and turn to it; what goes wrong is logged, and tried again later."""
        release = snapshot.release
        try:
            await asyncio.to_thread(self._stores.remember, snapshot)
            folder = await asyncio.to_thread(self._stores.made, release)
            before, self._open = self._open, _Open(release, Workers(folder, self._limits))
            if before is not None:
                task = asyncio.ensure_future(self._retired(before.workers))
                self._retiring.add(task)
                task.add_done_callback(self._retiring.discard)
            await asyncio.to_thread(self._stores.keep_only, release, self._shelf.current().releases)
        except TaxonomyError as error:
            self._failed = asyncio.get_running_loop().time()
            _LOG.warning("%s", error)
        finally:
            self._opening = None

    async def _retired(self, workers: Workers) -> None:
        """Close workers when they have answered."""
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(workers.finished(), self._limits.seconds)
        finally:
            workers.close()

    def _give_up(self, found: _Open) -> None:
        """Close the workers over a store that is damaged, and remove it; once, whoever comes first."""
        if self._open is found:
            self._open = None
            found.workers.close()
            self._stores.discard(found.release)
