"""Hostile SPARQL queries by eight clients at once: what the simple queries of a ninth take meanwhile."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from statistics import quantiles
from typing import Final, NamedTuple

import orjson

from benchmarks.ground import HOST, ROOT, Ground, Server
from benchmarks.report import Row
from tests.sparql.attack import CLIENTS, Told
from tests.sparql.hostile import HOSTILE

_NURSE: Final = "bXNH_MNX_dUR"
_CONCEPT: Final = f"http://data.jobtechdev.se/taxonomy/concept/{_NURSE}"
_LABEL: Final = "http://www.w3.org/2004/02/skos/core#prefLabel"
_GOAL: Final = 0.1
_REST: Final = 0.01
_ALONE: Final = 5.0
"""Seconds without an attack."""
_ASKED: Final = {
    "/sparql": (
        "application/sparql-query",
        f"SELECT ?label {{ <{_CONCEPT}> <{_LABEL}> ?label }}".encode(),
    ),
    "/graphql": (
        "application/json",
        orjson.dumps({"query": f'{{ concept(id: "{_NURSE}") {{ label }} }}'}),
    ),
}


class _Took(NamedTuple):
    """The seconds of requests, by path."""

    seconds: dict[str, list[float]]

    def at(self, path: str, percent: int) -> float:
        return quantiles(self.seconds[path], n=100, method="inclusive")[percent - 1]

    def shown(self, path: str) -> str:
        """Two percentiles and the worst."""
        p50, p95, worst = self.at(path, 50), self.at(path, 95), max(self.seconds[path])
        return f"p50 {p50 * 1000:.1f}, p95 {p95 * 1000:.1f}, worst {worst * 1000:.0f} ms"


def run(ground: Ground) -> list[Row]:
    """The ninth client's times, alone and under attack, for SPARQL and for GraphQL."""
    with ground.serving() as server:
        _wait_for_the_store(server)
        alone = _meanwhile(server, _for(_ALONE))
        words = [sys.executable, "-m", "tests.sparql.attack", f"http://{HOST}:{server.port}", "1"]
        attack = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)
        attacked = _meanwhile(server, lambda: attack.poll() is None)
        assert attack.stdout is not None
        told = [Told(*row) for row in json.loads(attack.stdout.read())]
    codes = Counter(each.code or str(each.status) for each in told)
    print("sparql-hostile: " + ", ".join(f"{n} {code}" for code, n in codes.most_common()), file=sys.stderr)
    return [
        Row(
            f"{path} while {CLIENTS} clients send {len(HOSTILE)} hostile queries",
            f"{attacked.shown(path)}, {len(attacked.seconds[path])} requests",
            f"no attack: {alone.shown(path)}",
            f"p95 {attacked.at(path, 95) * 1000:.1f} ms",
            "p95 <= 100 ms",
            ground.judged(attacked.at(path, 95) <= _GOAL),
        )
        for path in _ASKED
    ]


def _wait_for_the_store(server: Server) -> None:
    """It is made at the first query, at a low priority; who asks too early is told to come again."""
    while True:
        with closing(HTTPConnection(HOST, server.port, timeout=60)) as connection:
            connection.request("GET", "/sparql?query=ASK%20%7B%7D")
            if connection.getresponse().status == 200:
                return
        time.sleep(1)


def _for(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() < end


def _meanwhile(server: Server, goes_on: Callable[[], bool]) -> _Took:
    """Simple requests in turn, each with a little rest after it, while something goes on."""
    took: dict[str, list[float]] = {path: [] for path in _ASKED}
    with closing(HTTPConnection(HOST, server.port, timeout=60)) as connection:
        while goes_on() or len(took["/graphql"]) < 2:
            for path, (media_type, body) in _ASKED.items():
                begun = time.perf_counter()
                connection.request("POST", path, body, {"Content-Type": media_type})
                answer = connection.getresponse()
                content = answer.read()
                took[path].append(time.perf_counter() - begun)
                assert answer.status == 200, content
                assert "Sjuksköterska, grundutbildad".encode() in content, content
                time.sleep(_REST)
    return _Took(took)
