"""The machine that measures: what it is, how busy it is, and which core does what."""

import os
import platform
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

QUIET: Final = 0.10
"""The share of the machine that others may use while something is measured."""
_PATIENCE: Final = 60.0


class Bystanders:
    """How much of the machine other processes have used since this was made."""

    def __init__(self) -> None:
        self._all, self._idle = _ticks()
        self._ours = _our_ticks()

    def share(self) -> float:
        """Between 0 and 1; our own part is known exactly once our processes have ended."""
        everything, idle = _ticks()
        passed = max(everything - self._all, 1)
        return max(passed - (idle - self._idle) - (_our_ticks() - self._ours), 0.0) / passed


def described(root: Path, data: str) -> str:
    """One line: machine, Python, load, commit, data."""
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return (
        f"{_processor()}, {os.cpu_count()} cores, {_memory()} GB; Python {platform.python_version()};"
        f" load {load}; commit {_commit(root)}; {data}"
    )


def wait_until_quiet() -> None:
    """Wait up to a minute for the others to be done."""
    gives_up = time.monotonic() + _PATIENCE
    share = 1.0
    while share > QUIET and time.monotonic() < gives_up:
        others = Bystanders()
        time.sleep(0.5)
        share = others.share()


@contextmanager
def pinned(core: int) -> Iterator[None]:
    """Processes started meanwhile run on one core: the first or the second of ours, if there are two."""
    ours = os.sched_getaffinity(0)
    if len(ours) > 1:
        os.sched_setaffinity(0, {sorted(ours)[core]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, ours)


def memory_of(process: int, what: str) -> float:
    """`VmRSS` (now) or `VmHWM` (the highest so far) of a process in MB; 0 when it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
    except OSError:
        return 0.0
    lines = [line for line in status.splitlines() if line.startswith(what)]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def _ticks() -> tuple[int, int]:
    numbers = [int(text) for text in Path("/proc/stat").read_text("ascii").splitlines()[0].split()[1:9]]
    return sum(numbers), numbers[3] + numbers[4]


def _our_ticks() -> float:
    """What this process and its ended children have used, in the unit of /proc/stat."""
    return sum(os.times()[:4]) * os.sysconf("SC_CLK_TCK")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)


def _commit(root: Path) -> str:
    words = ["git", "-C", str(root), "describe", "--always", "--dirty", "--exclude", "*"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip() or "none"
