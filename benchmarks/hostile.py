"""Hostile requests, the set of the tests, against the whole application in one process."""

import subprocess
import sys
from collections import defaultdict
from statistics import median
from typing import Final

from benchmarks.ground import ROOT, Ground
from benchmarks.report import Row

_SET: Final = ROOT / "tests" / "gql" / "hostile.py"
_SHOWN: Final = 5
_GOAL: Final = "< 50 ms"


def run(ground: Ground) -> list[Row]:
    """The slowest few; the medians of several first meetings."""
    if not _SET.is_file():
        return [Row("hostile requests", f"there is no {_SET.relative_to(ROOT)}", "-", "-", _GOAL, None)]
    settings = ground.loaded
    words = [sys.executable, "-m", "benchmarks.hostile_requests", str(_SET), settings.store, settings.cache]
    done = subprocess.run(words, capture_output=True, cwd=ROOT, text=True, check=False)
    timed: dict[str, list[float]] = defaultdict(list)
    begun = ""
    for line in done.stdout.splitlines():
        begun, _, seconds = line.partition("\t")
        if seconds:
            timed[begun].append(float(seconds))
    rows = []
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        rows.append(Row(f"hostile: {begun}", "no answer: the process is lost", "-", "-", _GOAL, False))
    for place, name in enumerate(sorted(timed, key=lambda name: -median(timed[name]))[:_SHOWN], 1):
        middle = median(timed[name])
        worst = max(timed[name])
        rows.append(
            Row(
                f"hostile, slowest {place} of {len(timed)}: {name}",
                f"{middle * 1000:.1f} ms, worst of {len(timed[name])} {worst * 1000:.1f} ms",
                "-",
                f"{middle * 1000:.1f} ms",
                _GOAL,
                middle < 0.05,
            )
        )
    return rows
