"""SPARQL over HTTP beside the `oxigraph` server over the same files, and the making of a store."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final, NamedTuple
from urllib.parse import quote
from urllib.request import Request, urlopen

import pyoxigraph as ox

from benchmarks.ground import HOST, ROOT, Ground, Server, free_port, stopping
from benchmarks.machine import pinned
from benchmarks.report import Row, spread
from benchmarks.small_query import sent
from benchmarks.sparql_queries import Kind, kinds
from taxonomy.compose import program_version, publication, snapshot_cache
from taxonomy.export.files import write_texts
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.formats import export
from taxonomy.sparql.stores import Stores

_ROUNDS: Final = 3
_SECONDS: Final = 0.8
_QUERIES: Final = 8
"""A round takes as long as the engine needs for so many, if that is longer."""
_QUICK: Final = 0.05
"""Seconds that a query may take for several clients to ask it: few long ones run at once, by design."""
_PATIENCE: Final = "120"
"""Seconds that a query may take: long ones get processor time when nobody else wants it, and others may."""
_CLIENTS: Final = 8
_PAIRS: Final = 3
_JSON: Final = "application/sparql-results+json"
_PROGRAM: Final = os.environ.get("BENCH_OXIGRAPH") or shutil.which("oxigraph")
_ABSENT: Final = "no oxigraph server: pip install oxigraph, and set BENCH_OXIGRAPH to the program"


class _Endpoint(NamedTuple):
    """Where a server answers queries."""

    server: Server
    path: str

    def address(self, query: str) -> str:
        return f"{self.path}?query={quote(query)}"

    def ask(self, query: str) -> Any:
        url = f"http://{HOST}:{self.server.port}{self.address(query)}"
        request = Request(url, headers={"Accept": _JSON})
        with urlopen(request, timeout=120) as answer:  # noqa: S310
            return json.load(answer)


def run(ground: Ground) -> list[Row]:
    """A row for making the store, and two or three for each kind of query."""
    stores = Stores(
        Path(ground.loaded.cache) / "sparql",
        snapshot_cache(ground.loaded),
        publication(ground.loaded),
        program_version(),
    )
    rows = [_making(ground, stores)]
    snapshot = ground.current.snapshot
    path = stores.path(snapshot.release)
    store = ox.Store.read_only(str(path))
    with ground.serving(TAXONOMY_SPARQL_TIME_LIMIT=_PATIENCE) as server, _oxigraph(path) as theirs:
        ours = _Endpoint(server, "/sparql")
        for kind in kinds(snapshot, store):
            rows += _compared(ground, store, kind, ours, theirs)
    return rows


# ---- queries


def _compared(
    ground: Ground, store: ox.Store, kind: Kind, ours: _Endpoint, theirs: _Endpoint | None
) -> list[Row]:
    """One client, what of that is ours, and several clients where queries are quick."""
    for query in kind.queries[:: max(len(kind.queries) // 10, 1)]:
        answers = [_canonical(endpoint.ask(query)) for endpoint in (ours, theirs) if endpoint]
        assert answers[0] == answers[-1], query
    alone: list[list[Any]] = [[], []]
    crowd: list[list[Any]] = [[], []]
    inside = []
    for _ in range(_ROUNDS):
        inside.append(_inside(store, kind.queries))
        seconds = max(_SECONDS, inside[0] * _QUERIES)
        for place, endpoint in enumerate((ours, theirs)):
            if endpoint:
                alone[place].append(_round(endpoint, kind.queries, 1, seconds))
                if inside[0] < _QUICK:
                    crowd[place].append(_round(endpoint, kind.queries, _CLIENTS, seconds))
    own = _least(alone[0], "p50") - min(inside) * 1000
    rows = [
        _alone(ground, kind, alone),
        Row(
            "the same: what is added to the engine's own time",
            f"p50 {_least(alone[0], 'p50'):.2f} ms",
            f"pyoxigraph in process: p50 {min(inside) * 1000:.2f} ms",
            f"{own:.2f} ms",
            "<= 1.5 ms",
            ground.judged(own <= 1.5),
        ),
    ]
    return [*rows, _crowd(crowd)] if crowd[0] else rows


def _alone(ground: Ground, kind: Kind, rounds: list[list[Any]]) -> Row:
    ours, theirs = rounds
    what, goal = f"SPARQL over HTTP, one client: {kind.name}", "<= 1.3 x"
    measured = f"p50 {_least(ours, 'p50'):.2f} ms, p95 {_least(ours, 'p95'):.2f} ms"
    if not theirs:
        return Row(what, measured, _ABSENT, "-", goal, None)
    ratio = _least(ours, "p50") / _least(theirs, "p50")
    return Row(
        what,
        measured,
        f"oxigraph: p50 {_least(theirs, 'p50'):.2f} ms, p95 {_least(theirs, 'p95'):.2f} ms",
        f"{ratio:.2f} x",
        goal,
        ground.judged(ratio <= 1.3),
    )


def _crowd(rounds: list[list[Any]]) -> Row:
    ours, theirs = ([done["requests"] / done["seconds"] for done in some] for some in rounds)
    what = f"the same: {_CLIENTS} clients"
    if not theirs:
        return Row(what, f"{max(ours):,.0f}/s", _ABSENT, "-", "-", None)
    ratio = max(ours) / max(theirs)
    return Row(what, f"{max(ours):,.0f}/s", f"oxigraph: {max(theirs):,.0f}/s", f"{ratio:.2f} x", "-", None)


def _round(endpoint: _Endpoint, queries: Sequence[str], clients: int, seconds: float) -> Any:
    gets = [(endpoint.address(query), _JSON, '"bindings":[{') for query in queries]
    order = {"path": "", "requests": [], "gets": gets, "connections": clients, "seconds": seconds}
    done = sent(endpoint.server, {**order, "warm_up": 0.2})
    assert done["requests"], queries[0]
    return done


def _least(rounds: Sequence[Any], name: str) -> float:
    """Milliseconds in the round that others disturbed least."""
    return float(min(done[name] for done in rounds)) * 1000


def _inside(store: ox.Store, queries: Sequence[str]) -> float:
    """The median seconds of the engine for a query and its result as JSON."""
    took: list[float] = []
    ends = perf_counter() + _SECONDS
    while perf_counter() < ends:
        query = queries[len(took) % len(queries)]
        started = perf_counter()
        found = store.query(query, use_default_graph_as_union=True)
        assert not isinstance(found, ox.QueryTriples)
        found.serialize(format=ox.QueryResultsFormat.JSON)
        took.append(perf_counter() - started)
    return median(took)


def _canonical(answer: Any) -> list[str]:
    """The solutions in an order of their own: a query need not say one."""
    return sorted(json.dumps(solution, sort_keys=True) for solution in answer["results"]["bindings"])


@contextmanager
def _oxigraph(store: Path) -> Iterator[_Endpoint | None]:
    """The other server, on the first core as ours is; None where there is no such program."""
    if _PROGRAM is None:
        yield None
        return
    port = free_port()
    words = [_PROGRAM, "serve-read-only", "--location", str(store), "--bind", f"{HOST}:{port}"]
    with pinned(0):
        process = subprocess.Popen(
            [*words, "--union-default-graph"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    found = _Endpoint(Server(process, port), "/query")
    with stopping(found.server):
        while True:
            try:
                found.ask("ASK {}")
            except OSError:
                assert process.poll() is None, f"{_PROGRAM} ended with {process.returncode}"
                time.sleep(0.02)
            else:
                break
        yield found


# ---- the store


def _making(ground: Ground, stores: Stores) -> Row:
    """Our whole way from the snapshot in the cache, and the engine's from a file; both at low priority."""
    release = ground.current.snapshot.release
    file = ground.folder / "all.nq"
    write_texts(file, export(Dataset(ground.current.snapshot, publication(ground.loaded)), "nq"))
    ours, theirs = [], []
    for _ in range(_PAIRS):
        stores.discard(release)
        started = perf_counter()
        stores.made(release)
        ours.append(perf_counter() - started)
        folder = ground.folder / "bulk"
        words = [sys.executable, "-m", "benchmarks.bulk_load", str(file), str(folder)]
        done = subprocess.run(words, stdout=subprocess.PIPE, cwd=ROOT, check=True)
        theirs.append(float(done.stdout))
        shutil.rmtree(folder)
    ratio = min(ours) / min(theirs)
    return Row(
        f"SPARQL: making the store, {file.stat().st_size / 1e6:.0f} MB of N-Quads",
        f"{spread(ours)} s",
        f"pyoxigraph's bulk_load of the file: {spread(theirs)} s",
        f"{ratio:.2f} x",
        "<= 2 x",
        ground.judged(ratio <= 2),
    )
