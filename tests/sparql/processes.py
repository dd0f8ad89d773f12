"""Work in an event loop of its own, and the processes that a process has begun, as the system knows them."""

import asyncio
import os
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def done(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns; in a thread of its own, for Playwright leaves a running loop in the first."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def children(parent: int) -> dict[int, str]:
    """The running children of a process, with their command lines."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                status = (folder / "stat").read_text().rpartition(")")[2].split()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if int(status[1]) == parent and status[0] != "Z":
                found[int(folder.name)] = command
    return found


def workers(parent: int | None = None) -> list[int]:
    """The workers of a process, this one if none is named."""
    return [pid for pid, command in children(parent or os.getpid()).items() if "sparql.worker" in command]


def is_running(pid: int) -> bool:
    """Whether a process has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def own_memory(pid: int) -> int:
    """The bytes of RAM that are a process's own, 0 when it has ended."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")
