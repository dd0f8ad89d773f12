"""A worker as its parent sees it: started, asked one question at a time, watched, and killed."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final, NamedTuple

import orjson

from taxonomy.model.errors import (
    BadInput,
    NotAcceptable,
    ResultTooLarge,
    StoreError,
    TaxonomyError,
    TooDeep,
    TooLong,
)
from taxonomy.sparql.frames import HEAD, packed
from taxonomy.sparql.question import Limits, Question, Result

_IN_MEMORY: Final = 1 << 20
"""Larger results wait in a file for clients to fetch them."""
_PATIENCE: Final = 20.0
"""Seconds that a worker has to open its store, on a machine that is busy."""
_ERRORS: Final[dict[str, type[TaxonomyError]]] = {
    error.code: error for error in (BadInput, NotAcceptable, ResultTooLarge, StoreError, TooDeep, TooLong)
}


class WorkerEnded(Exception):
    """The process is gone, by its own fault or by ours."""


class Frame(NamedTuple):
    """What a worker sent: a JSON object, and how many bytes with it."""

    facts: dict[str, Any]
    size: int
    content: bytes | IO[bytes]


class _Line(asyncio.Protocol):
    """Our end of the socket: puts frames together."""

    def __init__(self) -> None:
        self.frame: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._received = bytearray()
        self._facts: dict[str, Any] | None = None
        self._size = self._missing = 0
        self._file: IO[bytes] | None = None

    def expect(self) -> "asyncio.Future[Frame]":
        """The next frame, when it has come."""
        self.frame = asyncio.get_running_loop().create_future()
        return self.frame

    def data_received(self, data: bytes) -> None:
        if self._facts is None:
            self._received += data
            if not self._begun():
                return
            data = bytes(self._received)
            self._received = bytearray()
        self._take(data)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.frame.done():
            self.frame.set_exception(WorkerEnded())
            self.frame.exception()  # nobody need have waited for it

    def _begun(self) -> bool:
        if len(self._received) < HEAD.size:
            return False
        length, self._size = HEAD.unpack_from(self._received)
        if len(self._received) < HEAD.size + length:
            return False
        self._facts = orjson.loads(self._received[HEAD.size : HEAD.size + length])
        del self._received[: HEAD.size + length]
        self._missing = self._size
        self._file = SpooledTemporaryFile(_IN_MEMORY) if self._size > _IN_MEMORY else None  # noqa: SIM115
        return True

    def _take(self, data: bytes) -> None:
        self._missing -= len(data)
        if self._file is not None:
            self._file.write(data)
        else:
            self._received += data
        if self._missing > 0:
            return
        content: bytes | IO[bytes] = bytes(self._received)
        if self._file is not None:
            self._file.seek(0)
            content = self._file
        frame = Frame(self._facts or {}, self._size, content)
        self._facts, self._file, self._received = None, None, bytearray()
        if not self.frame.done():
            self.frame.set_result(frame)


class WorkerProcess:
    """One worker; made by `started`."""

    def __init__(self, process: "subprocess.Popen[bytes]", line: _Line, transport: asyncio.Transport) -> None:
        self._process = process
        self._line = line
        self._transport = transport
        self._thread = process.pid
        self.network = ""
        """How it is kept from the network; nothing where it is not."""

    @classmethod
    async def started(
        cls, store: Path, limits: Limits, told: Callable[["WorkerProcess"], None]
    ) -> "WorkerProcess":
        """A worker that has opened a store; raises `StoreError` when it could not.

        `told` gets it as soon as there is a process, so that it can be killed while it opens the store.
        """
        ours, theirs = socket.socketpair()
        process = _spawned(theirs, store, limits)
        try:
            transport, line = await asyncio.get_running_loop().create_connection(_Line, sock=ours)
        except BaseException:  # nobody else knows of it yet
            ours.close()
            process.kill()
            process.wait()
            raise
        worker = cls(process, line, transport)
        told(worker)
        try:
            frame = await asyncio.wait_for(asyncio.shield(line.frame), _PATIENCE)
        except (WorkerEnded, TimeoutError):
            worker.kill()
            raise StoreError("a SPARQL worker ended before it had opened the store") from None
        _raise_if_failed(frame.facts)
        worker.network, worker._thread = frame.facts["network"], frame.facts["thread"]
        return worker

    @property
    def has_ended(self) -> bool:
        """Whether it is of no more use."""
        return self._transport.is_closing() or self._process.poll() is not None

    @property
    def memory(self) -> int:
        """The bytes of its own that are in RAM; 0 where the system does not say."""
        try:
            fields = Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()
        except OSError:
            return 0
        return (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")

    def ask(self, question: Question) -> "asyncio.Future[Frame]":
        """Begin to ask; what comes is for `result_of`, or raises `WorkerEnded`."""
        frame = self._line.expect()
        self._transport.writelines(packed(question._asdict()))
        return frame

    def give_way(self) -> None:
        """Run from now on only when nobody else wants to."""
        with suppress(OSError):
            if sys.platform == "linux":
                os.sched_setscheduler(self._thread, os.SCHED_IDLE, os.sched_param(0))
            else:
                os.setpriority(os.PRIO_PROCESS, self._process.pid, 19)

    def kill(self) -> None:
        """End it at once."""
        self._transport.abort()
        self._process.kill()

    def wait(self) -> None:
        """Wait until it has ended; it must have been killed."""
        self._process.wait()


def _spawned(theirs: socket.socket, store: Path, limits: Limits) -> "subprocess.Popen[bytes]":
    """A process; in this thread, for it dies with the thread that made it, which must be the service's own.

    It is in a session of its own, so that Ctrl+C is for the server alone.
    """
    order = {
        "socket": theirs.fileno(),
        "parent": os.getpid(),
        "store": str(store),
        "memory": limits.memory,
        "result": limits.result,
        "characters": limits.characters,
    }
    with theirs:
        return subprocess.Popen(  # noqa: S603 our own program
            [sys.executable, "-P", "-m", "taxonomy.sparql.worker", json.dumps(order)],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def result_of(frame: Frame) -> Result:
    """The result in a frame; raises what the worker tells instead of one."""
    _raise_if_failed(frame.facts)
    return Result(frame.facts["type"], frame.size, frame.content)


def _raise_if_failed(facts: dict[str, Any]) -> None:
    if "code" not in facts:
        return
    error = _ERRORS.get(facts["code"])
    if error is None:
        raise RuntimeError(f"a SPARQL worker failed:\n{facts['detail']}")
    raise error(facts["detail"])
