"""Documents about concepts over HTTP: the server on one core, clients on the other, no two requests alike."""

from statistics import median
from typing import Any, Final

from benchmarks.ground import Ground
from benchmarks.report import Row, spread
from benchmarks.small_query import CONNECTIONS, ROUNDS, rates, sent
from taxonomy.compose import publication
from taxonomy.model.linked_data import part
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.documents import Documents

_DOCUMENTS: Final = 3_000
_TURTLE: Final = "text/turtle"
_PAGE: Final = "text/html"


def run(ground: Ground) -> list[Row]:
    """A row for Turtle, of which rounds take turns with a bare server's, and one for pages."""
    snapshot = ground.current.snapshot
    chosen = [number * 7_919 % snapshot.count for number in range(_DOCUMENTS)]
    documents = Documents(Dataset(snapshot, publication(ground.loaded)))
    texts = sorted((documents.text(number, "ttl") for number in chosen), key=len)
    ids = [snapshot.ids[number] for number in chosen]
    turtle: list[Any] = []
    bare_turtle: list[Any] = []
    with ground.serving() as server:
        with ground.serving_bare(texts[len(texts) // 2]) as bare:
            for _ in range(ROUNDS):
                turtle.append(sent(server, _order(ids, _TURTLE)))
                bare_turtle.append(sent(bare, {"path": "/", "requests": [], "gets": [("/", _TURTLE, "")]}))
        pages = [sent(server, _order(ids, _PAGE)) for _ in range(ROUNDS)]
    return [
        _row("Turtle of one concept", turtle, bare_turtle, ground),
        Row(
            "page of one concept over HTTP",
            _speed(pages),
            "-",
            f"{median(rates(pages)):,.0f}/s",
            "-",
            None,
        ),
    ]


def _order(ids: list[str], accept: str) -> dict[str, Any]:
    return {
        "path": "/",
        "requests": [],
        "gets": [(f"/concept/{part(id_)}", accept, f"/concept/{part(id_)}") for id_ in ids],
    }


def _row(what: str, ours: list[Any], theirs: list[Any], ground: Ground) -> Row:
    rate, bare = median(rates(ours)), median(rates(theirs))
    return Row(
        f"{what} over HTTP, 1 process, {CONNECTIONS} clients, {_DOCUMENTS:,} different concepts",
        _speed(ours),
        f"bare Starlette route: {spread(rates(theirs), digits=0)}/s",
        f"{rate:,.0f}/s ({rate / bare:.2f} of bare)",
        ">= 2,000/s",
        ground.judged(rate >= 2_000),
    )


def _speed(rounds: list[Any]) -> str:
    p50, p99 = (median(done[name] for done in rounds) * 1000 for name in ("p50", "p99"))
    return f"{spread(rates(rounds), digits=0)}/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms"
