"""`taxonomy sparql`: ask the current release in SPARQL without a server."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from taxonomy.cli.options import add_release, opened, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.cli.progress import progress_bar
from taxonomy.model.errors import BadInput, NotAcceptable, StoreError

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs
    from taxonomy.services.shelf import Current
    from taxonomy.sparql.local import LocalSparql
    from taxonomy.sparql.question import Question, Result

_TABLE: Final = "table"
_SOLUTIONS: Final = ("tsv", "csv", "json", "xml")
_GRAPHS: Final = ("ttl", "nt", "nq", "trig", "rdfxml", "jsonld")
_MARKS: Final = frozenset(" \t\n{<?")
"""No query is without one of these."""


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "sparql",
        "run a SPARQL query, from a file or as it is given, as the endpoint would",
        "taxonomy sparql 'SELECT ?code { ?concept <http://www.w3.org/2004/02/skos/core#notation> ?code }"
        " ORDER BY ?code LIMIT 3'",
        run,
    )
    parser.add_argument("query", metavar="QUERY|FILE", help="a query, a file with one, or - for stdin")
    parser.add_argument(
        "--format",
        choices=(_TABLE, *_SOLUTIONS, *_GRAPHS),
        help="default: of SELECT and ASK table on a terminal, tsv in a pipe; of CONSTRUCT and DESCRIBE ttl",
    )
    add_release(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the result."""
    from taxonomy.compose import local_sparql

    query = _query(arguments.query)
    form = arguments.format
    is_table = form == _TABLE or (form is None and sys.stdout.isatty())
    settings = settings_of(arguments)
    current = opened(arguments, settings)
    try:
        result = _answer(local_sparql(settings), current, _question(query, form, is_table=is_table))
    except NotAcceptable:
        raise BadInput(
            f"--format {form} cannot be: SELECT and ASK are given as {_TABLE}, {', '.join(_SOLUTIONS)},"
            f" CONSTRUCT and DESCRIBE as {', '.join(_GRAPHS)}"
        ) from None
    if is_table and result.media_type.endswith("+json") and "sparql" in result.media_type:
        _write_table(json.loads(result.read()))
    else:
        _write(result)
    return 0


def _query(text: str) -> str:
    if text != "-" and not _MARKS.isdisjoint(text) and not _is_file(text):
        return text
    try:
        return sys.stdin.read() if text == "-" else Path(text).read_text("utf-8")
    except (OSError, ValueError):
        raise BadInput(f"{text} is neither a text file in UTF-8 nor a query") from None


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # longer than a name can be, or with what none can have
        return False


def _question(query: str, form: str | None, *, is_table: bool) -> Question:
    from taxonomy.sparql.formats import NAMES
    from taxonomy.sparql.question import Question

    if form in _GRAPHS:
        return Question(query, solutions="", graphs=NAMES[form])
    solutions = NAMES["json" if is_table else form or _SOLUTIONS[0]]
    return Question(query, solutions=solutions, graphs="" if form else NAMES[_GRAPHS[0]])


def _answer(sparql: LocalSparql, current: Current, question: Question) -> Result:
    release = current.snapshot.release
    if not sparql.has(release):
        _make(sparql, current)
    try:
        return sparql.answer(release, question)
    except StoreError as error:
        say(f"taxonomy: the SPARQL store is made anew: {error}")
        _make(sparql, current)
        return sparql.answer(release, question)


def _make(sparql: LocalSparql, current: Current) -> None:
    what = f"making the SPARQL store of {current.snapshot.release.id}"
    with progress_bar() as progress:
        sparql.make(current.snapshot.release, current.releases, lambda percent: progress(what, percent, 100))


def _write_table(document: Any) -> None:
    if "boolean" in document:
        print("true" if document["boolean"] else "false")
        return
    names = document["head"]["vars"]
    solutions = document["results"]["bindings"]
    rows = [[solution.get(name, {}).get("value") for name in names] for solution in solutions]
    write_rows(names, rows, _TABLE)


def _write(result: Result) -> None:
    """As the engine wrote it, and a line end where it wrote none."""
    out = sys.stdout.buffer
    content = result.read()
    out.write(content)
    if not content.endswith(b"\n"):
        out.write(b"\n")
