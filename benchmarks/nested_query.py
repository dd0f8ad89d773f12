"""A nested query, executed by us on the snapshot and by bare graphql-core on plain dictionaries."""

from statistics import median
from time import perf_counter
from typing import Final

import orjson
from graphql import build_schema, execute_sync, parse, validate

from benchmarks.ground import Ground
from benchmarks.report import Row, spread
from taxonomy.gql.execute import Request
from taxonomy.gql.schema import sdl

QUERY: Final = (
    "{ occupations(first: 100){ nodes{ id label kind uri skills(first: 9){ nodes{ id label kind uri } } } } }"
)
_RUNS: Final = 30
_WARM_UP: Final = 5


def run(ground: Ground) -> list[Row]:
    """One row in process, one over HTTP."""
    snapshot, releases = ground.current
    executor = ground.executor
    schema = build_schema(sdl())
    document = parse(QUERY)
    assert not validate(schema, document)
    # What graphql-core needs of an object behind an interface: its type's name. We never select it.
    named = Request(QUERY.replace("{ id", "{ __typename id"))
    plain = executor.answer(named, snapshot, releases).body["data"]

    request = Request(QUERY)
    ours, theirs = [], []
    for _ in range(_WARM_UP + _RUNS):
        started = perf_counter()
        answer = executor.execute(executor.prepare(request, snapshot), releases)
        between = perf_counter()
        bare = execute_sync(schema, document, plain)
        ended = perf_counter()
        ours.append(between - started)
        theirs.append(ended - between)
    assert answer.body["data"] == bare.data
    assert bare.errors is None
    nodes = plain["occupations"]["nodes"]
    skills = sum(len(node["skills"]["nodes"]) for node in nodes)
    ours, theirs = ours[_WARM_UP:], theirs[_WARM_UP:]
    ratio = median(ours) / median(theirs)
    return [
        Row(
            f"nested query in process: {len(nodes)} occupations, {skills} skills, 4 fields each",
            f"{spread(ours, 1000)} ms",
            f"graphql-core on dicts: {spread(theirs, 1000)} ms",
            f"{ratio:.2f} x",
            "<= 1.2 x",
            ground.judged(ratio <= 1.2),
        ),
        _over_http(ground),
    ]


def _over_http(ground: Ground) -> Row:
    body = orjson.dumps({"query": QUERY})
    took = []
    with ground.serving() as server:
        for _ in range(_WARM_UP + _RUNS):
            started = perf_counter()
            content = server.post("/graphql", body)
            took.append(perf_counter() - started)
    took = took[_WARM_UP:]
    what = f"nested query over HTTP: {len(content) / 1000:.0f} kB, one client, one at a time"
    return Row(what, f"{spread(took, 1000)} ms", "-", f"{1 / median(took):,.0f}/s", "-", None)
