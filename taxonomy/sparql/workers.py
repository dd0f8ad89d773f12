"""The processes that queries run in: short queries never wait for long ones.

Every query begins in the quick lane. What is not done after it has computed for a twentieth of a second goes
on in the long lane, where it gets processor time only when nobody else wants it, until its time is up; when
the long lane is full, it is stopped, and begins anew when its turn comes. A query that was long before goes
there at once.
"""

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from taxonomy.model.errors import StoreError, TimedOut, TooComplex, Unavailable
from taxonomy.sparql.lane import Lane
from taxonomy.sparql.question import Limits, Question, Result
from taxonomy.sparql.worker_process import Frame, WorkerEnded, WorkerProcess, result_of

_LOG = logging.getLogger("taxonomy.sparql")
_QUICK: Final = 0.05
"""Seconds of computing after which a query is a long one."""
_PATIENCE: Final = 0.5
"""Seconds after which it is one even if it has computed for less."""
_LOOK: Final = 0.05
"""Seconds between two looks at the memory of a worker and at whether somebody still waits for its answer."""
_REMEMBERED: Final = 1_000

Gone = Callable[[], Awaitable[bool]]
"""Whether nobody waits for the answer any more."""


async def nobody_knows() -> bool:
    """What is said of the client of a query when there is no telling."""
    return False


class Workers:
    """The workers over one store; of one event loop, in which all of it is called."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._all: set[WorkerProcess] = set()
        self._is_closed = self._has_warned = False
        self._quick = Lane(limits, self._started, is_kept_full=True)
        self._long = Lane(limits, self._started_long, is_kept_full=False)
        self._were_long: OrderedDict[bytes, None] = OrderedDict()
        self._asked = 0
        self._is_idle = asyncio.Event()
        self._is_idle.set()

    async def ask(self, question: Question, gone: Gone = nobody_knows) -> Result:
        """The result of a query.

        Raises `BadInput`, `TooLong`, `TooDeep`, `NotAcceptable` and `ResultTooLarge` as the worker does;
        `TooComplex` for more memory than is allowed, `TimedOut` at the end of the time, `Unavailable` when
        too many wait or nobody waits for this, and `StoreError` when the store is damaged.
        """
        deadline = asyncio.get_running_loop().time() + self._limits.seconds
        name = hashlib.blake2b(repr(question).encode(errors="replace"), digest_size=16).digest()
        self._asked += 1
        self._is_idle.clear()
        try:
            if name not in self._were_long:
                result = await self._briefly(question, name, deadline, gone)
                if result is not None:
                    return result
            worker = await self._long.taken(deadline)
            return await self._finished(worker, worker.ask(question), deadline, gone)
        finally:
            self._asked -= 1
            if not self._asked:
                self._is_idle.set()

    async def finished(self) -> None:
        """Wait until nothing is asked any more."""
        await self._is_idle.wait()

    def close(self) -> None:
        """End all workers."""
        self._is_closed = True
        for worker in self._all:
            worker.kill()
        for worker in self._all:
            worker.wait()
        self._all.clear()

    async def _briefly(self, question: Question, name: bytes, deadline: float, gone: Gone) -> Result | None:
        """The result, if it comes soon or if the query can go on in the long lane; else None."""
        worker = await self._quick.taken(deadline)
        before = worker.computed
        frame = worker.ask(question)
        end = asyncio.get_running_loop().time() + _PATIENCE
        try:
            while not frame.done():
                await asyncio.wait((frame,), timeout=_QUICK)
                # On a busy machine also a short query is long on its way.
                if not worker.computed - before < _QUICK or asyncio.get_running_loop().time() > end:
                    break
        except BaseException:
            self._ended(worker)
            self._quick.give_up()
            raise
        if frame.done():
            self._give_back(self._quick, worker)
            was_ended = isinstance(frame.exception(), WorkerEnded) and not self._is_closed
            # Perhaps by no fault of the query's: it begins anew in the long lane, where that shows.
            return None if was_ended else self._told(frame)
        self._remember(name)
        goes_on = await self._long.has_room()
        if not goes_on:
            self._ended(worker)
        self._quick.give_up()
        if not goes_on:
            return None
        worker.give_way()
        return await self._finished(worker, frame, deadline, gone)

    async def _finished(
        self, worker: WorkerProcess, frame: "asyncio.Future[Frame]", deadline: float, gone: Gone
    ) -> Result:
        """The result of a query in the long lane, whose place is free afterwards."""
        now = asyncio.get_running_loop().time
        try:
            while not frame.done():
                if now() >= deadline:
                    raise TimedOut(
                        f"the query took longer than {self._limits.seconds:g} seconds: ask for less"
                    )
                if worker.memory > self._limits.memory:
                    raise self._too_complex()
                if await gone():
                    raise Unavailable("nobody waits for the result any more")
                await asyncio.wait((frame,), timeout=min(_LOOK, max(deadline - now(), 0)))
            return self._told(frame)
        finally:
            # What a worker took for a query it keeps for the next; a large one is not worth keeping.
            if frame.done() and worker.memory < self._limits.memory // 2:
                self._give_back(self._long, worker)
            else:
                self._ended(worker)
                self._long.give_up()

    def _give_back(self, lane: Lane, worker: WorkerProcess) -> None:
        if worker.has_ended:
            self._ended(worker)
        lane.give_back(worker)

    def _told(self, frame: "asyncio.Future[Frame]") -> Result:
        try:
            return result_of(frame.result())
        except WorkerEnded:
            if self._is_closed:
                raise self._turning() from None
            raise self._too_complex() from None

    def _turning(self) -> Unavailable:
        return Unavailable("the service is turning to another release: try again")

    def _too_complex(self) -> TooComplex:
        return TooComplex(f"the query needed more than the {self._limits.memory >> 20} MB that it may have")

    def _remember(self, name: bytes) -> None:
        self._were_long[name] = None
        if len(self._were_long) > _REMEMBERED:
            self._were_long.popitem(last=False)

    async def _started(self) -> WorkerProcess:
        try:
            worker = await WorkerProcess.started(self._store, self._limits, self._begun)
        except StoreError:
            if self._is_closed:  # it was killed with the others, and its store is whole
                raise self._turning() from None
            raise
        if not worker.network and not self._has_warned:
            self._has_warned = True
            _LOG.warning(
                "this system cannot keep SPARQL workers from the network; SERVICE is refused all the same"
            )
        return worker

    async def _started_long(self) -> WorkerProcess:
        worker = await self._started()
        worker.give_way()
        return worker

    def _begun(self, worker: WorkerProcess) -> None:
        self._all.add(worker)
        if self._is_closed:
            self._ended(worker)

    def _ended(self, worker: WorkerProcess) -> None:
        """Kill a worker; a thread waits for its end, since it may have much memory to give back."""
        worker.kill()
        if worker in self._all:
            self._all.discard(worker)
            asyncio.get_running_loop().run_in_executor(None, worker.wait)
