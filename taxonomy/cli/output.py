"""Listings: a table on a terminal, TSV in a pipe, JSON on request."""

import sys
from collections.abc import Iterable, Sequence


def write_rows(heads: Sequence[str], rows: Iterable[Sequence[object]], form: str | None) -> None:
    """Print rows under their heads; without a form, as a table on a terminal and as TSV otherwise."""
    if form == "json":
        import json

        records = [dict(zip(heads, row, strict=True)) for row in rows]
        print(json.dumps(records, ensure_ascii=False, indent=1))
    elif form == "tsv" or (form is None and not sys.stdout.isatty()):
        print("\t".join(heads))
        for row in rows:
            print("\t".join(_cell(value) for value in row))
    else:
        _table(heads, rows)


def say(text: str) -> None:
    """Talk to the person at the terminal, beside the data."""
    print(text, file=sys.stderr)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    cells = [list(row) for row in rows]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        numeric = bool(cells) and all(isinstance(row[number], int | float) for row in cells)
        table.add_column(head, justify="right" if numeric else "left", overflow="fold")
    for row in cells:
        table.add_row(*(escape("" if value is None else f"{value}") for value in row))
    Console().print(table)
