"""What `taxonomy --help` costs: what every command pays before it does anything."""

import os
import subprocess
import sys
from statistics import median
from typing import Final

from benchmarks.ground import Ground
from benchmarks.report import Row, spread

_RUNS: Final = 7


def run(ground: Ground) -> list[Row]:
    """One row; the reference is a Python that does nothing."""
    helps = [_cpu(ground.command("--help")) for _ in range(_RUNS + 1)][1:]
    bare = [_cpu(subprocess.Popen([sys.executable, "-c", "pass"])) for _ in range(_RUNS + 1)][1:]
    return [
        Row(
            "help: CPU of `taxonomy --help`",
            f"{spread(helps, digits=3)} s",
            f"`python -c pass`: {spread(bare, digits=3)} s",
            f"{median(helps):.3f} s",
            "<= 0.2 s",
            median(helps) <= 0.2,
        )
    ]


def _cpu(process: subprocess.Popen[bytes]) -> float:
    """User and system seconds of one process until its end."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime
