"""Places for workers, and a queue before them."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from taxonomy.model.errors import TimedOut, Unavailable
from taxonomy.sparql.question import Limits
from taxonomy.sparql.worker_process import WorkerProcess


class Lane:
    """Places for workers, so many at once, and a queue before them."""

    def __init__(
        self, limits: Limits, start: Callable[[], Awaitable[WorkerProcess]], *, is_kept_full: bool
    ) -> None:
        self._limits = limits
        self._start = start
        self._is_kept_full = is_kept_full
        self._places = asyncio.Semaphore(limits.workers)
        self._idle: deque[WorkerProcess] = deque()
        self._coming: deque[asyncio.Future[WorkerProcess]] = deque()
        self._waiting = 0

    async def has_room(self) -> bool:
        """Take a place for a worker that comes with its query; whether there was one at once."""
        if self._places.locked():
            return False
        await self._places.acquire()
        return True

    async def taken(self, deadline: float) -> WorkerProcess:
        """A place with a worker; raises `Unavailable` for too long a queue, `TimedOut` at the deadline."""
        if not await self.has_room():
            await self._waited(deadline)
        try:
            return await self._worker()
        except BaseException:
            self._places.release()
            raise

    def give_back(self, worker: WorkerProcess) -> None:
        """Leave a place, and the worker to the next."""
        if worker.has_ended:
            self.give_up()
            return
        self._idle.append(worker)
        self._places.release()

    def give_up(self) -> None:
        """Leave a place without its worker; where it is kept full, another one is begun."""
        if self._is_kept_full:
            coming = asyncio.ensure_future(self._start())
            coming.add_done_callback(_nobody_need_hear)
            self._coming.append(coming)
        self._places.release()

    async def _waited(self, deadline: float) -> None:
        if self._waiting >= self._limits.waiting:
            raise Unavailable(f"{self._waiting} SPARQL queries are waiting already: try again in a second")
        self._waiting += 1
        try:
            async with asyncio.timeout_at(deadline):
                await self._places.acquire()
        except TimeoutError:
            raise TimedOut("the query waited for others until its time was up: try again later") from None
        finally:
            self._waiting -= 1

    async def _worker(self) -> WorkerProcess:
        while self._idle:
            worker = self._idle.popleft()
            if not worker.has_ended:
                return worker
        if not self._coming:
            return await self._start()
        coming = self._coming.popleft()
        try:
            return await asyncio.shield(coming)
        except asyncio.CancelledError:
            self._coming.appendleft(coming)
            raise


def _nobody_need_hear(coming: "asyncio.Future[WorkerProcess]") -> None:
    """Who takes the place is told why a worker did not come; if nobody does, nobody need be."""
    if not coming.cancelled():
        coming.exception()
