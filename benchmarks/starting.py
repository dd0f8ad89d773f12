"""From the start of `taxonomy serve` to its first answer, with the snapshot in the disk cache."""

import time
from statistics import median
from typing import Final

import orjson

from benchmarks.ground import Ground, answering
from benchmarks.machine import memory_of
from benchmarks.nested_query import QUERY as NESTED
from benchmarks.report import Row, spread

_RUNS: Final = 7
_NESTED: Final = 50
_FIRST: Final = orjson.dumps({"query": "{release{id}}"})


def run(ground: Ground) -> list[Row]:
    """Two rows: time and memory."""
    assert ground.loaded
    seconds, first, after = [], [], []
    for _ in range(_RUNS + 1):
        started = time.perf_counter()
        server = ground.serve()
        try:
            answering(server, "/graphql", _FIRST)
            seconds.append(time.perf_counter() - started)
            first.append(memory_of(server.process.pid, "VmRSS"))
            for _ in range(_NESTED):
                server.post("/graphql", orjson.dumps({"query": NESTED}))
            after.append(memory_of(server.process.pid, "VmRSS"))
        finally:
            server.stop()
    return [
        Row(
            "serve: start to first answer",
            f"{spread(seconds[1:])} s",
            "-",
            f"{median(seconds[1:]):.2f} s",
            "<= 0.8 s",
            ground.judged(median(seconds[1:]) <= 0.8),
        ),
        Row(
            f"serve: memory after the first answer; after {_NESTED} nested queries",
            f"RSS {spread(first[1:], digits=0)} MB; later {spread(after[1:], digits=0)} MB",
            "-",
            f"{max(after[1:]):.0f} MB",
            "<= 300 MB",
            ground.judged(max(after[1:]) <= 300),
        ),
    ]


def seconds_to_first_answer(ground: Ground, **instead: str) -> float:
    """One start of `taxonomy serve`, with these environment variables."""
    started = time.perf_counter()
    server = ground.serve(**instead)
    try:
        answering(server, "/graphql", _FIRST)
        return time.perf_counter() - started
    finally:
        server.stop()
