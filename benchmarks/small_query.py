"""A small query over HTTP, other variables in every request: a server on one core, clients on the other."""

import subprocess
import sys
from statistics import median
from typing import Any, Final

import orjson

from benchmarks.ground import ROOT, Ground, Server
from benchmarks.machine import memory_of, pinned
from benchmarks.report import Row, spread
from taxonomy.model.concept import OCCUPATION

QUERY: Final = "query($id: ID!){ occupation(id: $id){ id label group { code label } } }"
ROUNDS: Final = 5
_SECONDS: Final = 2.0
CONNECTIONS: Final = 16


def run(ground: Ground) -> list[Row]:
    """One row; rounds of our server and of a bare one take turns on the same core."""
    snapshot = ground.current.snapshot
    ids = [snapshot.ids[number] for number in snapshot.kind_range(OCCUPATION)]
    ask = [
        (orjson.dumps({"query": QUERY, "variables": {"id": id_}}).decode(), f'"id":"{id_}"') for id_ in ids
    ]
    ours, theirs = [], []
    with ground.serving() as server:
        content = orjson.loads(server.post("/graphql", ask[0][0].encode()))
        with ground.serving_bare(content) as bare:
            for _ in range(ROUNDS):
                ours.append(_round(server, "/graphql", ask))
                theirs.append(_round(bare, "/", [(body, "") for body, _ in ask]))
        resident = memory_of(server.process.pid, "VmRSS")
    rate, bare_rate = rates(ours), rates(theirs)
    p50, p99 = (median(done[name] for done in ours) * 1000 for name in ("p50", "p99"))
    return [
        Row(
            f"small query over HTTP, 1 process, {CONNECTIONS} clients, {len(ids)} different ids",
            f"{spread(rate, digits=0)}/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms, RSS {resident:.0f} MB",
            f"bare Starlette route: {spread(bare_rate, digits=0)}/s",
            f"{median(rate):,.0f}/s ({median(rate) / median(bare_rate):.2f} of bare)",
            ">= 2,500/s",
            median(rate) >= 2500,
        )
    ]


def rates(rounds: list[Any]) -> list[float]:
    """Requests per second of each round."""
    return [done["requests"] / done["seconds"] for done in rounds]


def _round(server: Server, path: str, ask: list[tuple[str, str]]) -> Any:
    return sent(server, {"path": path, "requests": ask})


def sent(server: Server, order: dict[str, Any]) -> Any:
    """What a client on the other core got done in one round; raises when an answer is not as expected."""
    order = {
        "port": server.port,
        "connections": CONNECTIONS,
        "warm_up": 0.5,
        "seconds": _SECONDS,
        **order,
    }
    with pinned(1):
        words = [sys.executable, "-m", "benchmarks.client"]
        process = subprocess.run(
            words, input=orjson.dumps(order), stdout=subprocess.PIPE, cwd=ROOT, check=True
        )
    done = orjson.loads(process.stdout)
    assert not done["wrong"], done["first_wrong"]
    return done
