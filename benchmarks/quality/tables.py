"""What a quality benchmark says, and how it is printed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.quality.bootstrap import Interval


class Row(NamedTuple):
    """One line: values by metric; `met` is None where there is no goal."""

    task: str
    method: str
    values: Mapping[str, Interval]
    goal: str = ""
    met: bool | None = None


def show(rows: Sequence[Row]) -> None:
    """Print the table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("task", "method", "values (bootstrap 95 % CI)", "goal", "met?"):
        table.add_column(head, overflow="fold")
    for row in rows:
        met = "-" if row.met is None else "yes" if row.met else "NO"
        values = ", ".join(f"{name} {value}" for name, value in row.values.items())
        table.add_row(*(text.replace("[", "\\[") for text in (row.task, row.method, values, row.goal)), met)
    console = Console()
    console.width = max(console.width, 170) if not console.is_terminal else console.width
    console.print(table)
