"""Loading the real files, against merely reading them; and the memory that the command takes."""

import subprocess
import sys
import time
from statistics import median

import orjson

from benchmarks.ground import ROOT, Ground
from benchmarks.machine import memory_of
from benchmarks.report import Row, spread


def run(ground: Ground) -> list[Row]:
    """Two rows: time and memory."""
    words = [sys.executable, "-m", "benchmarks.paired_loads", *([str(ground.data)] if ground.data else [])]
    done = orjson.loads(subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    reads, loads = done["reads"], done["loads"]
    ratios = [ours / theirs for ours, theirs in zip(loads, reads, strict=True)]
    peak, seconds = _peak(ground)
    return [
        Row(
            f"load: {done['files']} files ({done['megabytes']:.0f} MB), checks, SQLite store, snapshot",
            f"{spread(loads)} s",
            f"json/pandas read the files: {spread(reads)} s",
            f"{spread(ratios, digits=1)} x",
            "<= 10 x",
            ground.judged(median(ratios) <= 10),
        ),
        Row(
            "load: memory of `taxonomy load`",
            f"peak RSS {peak:.0f} MB, {seconds:.1f} s with imports",
            "-",
            f"{peak:.0f} MB",
            "<= 900 MB",
            ground.judged(peak <= 900),
        ),
    ]


def _peak(ground: Ground) -> tuple[float, float]:
    """Not from `getrusage`: there a child's peak begins with what its parent had when it started it."""
    started = time.perf_counter()
    process = ground.command(*ground.load_words(), store="peak")
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, memory_of(process.pid, "VmHWM"))
        time.sleep(0.005)
    assert process.returncode == 0, (ground.folder / "log").read_text("utf-8")
    return peak, time.perf_counter() - started
