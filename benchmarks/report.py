"""What a benchmark says, and how it is printed."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from rich.console import Console
from rich.table import Table


class Row(NamedTuple):
    """One line of the report; `met` is None where a figure has no goal, or none on this data."""

    what: str
    measured: str
    reference: str
    figure: str
    goal: str
    met: bool | None


def spread(values: Sequence[float], scale: float = 1.0, digits: int = 2) -> str:
    """The median and, in brackets, the least and the greatest of some values."""
    low, middle, high = (
        f"{value * scale:,.{digits}f}" for value in (min(values), median(values), max(values))
    )
    return f"{middle} [{low}..{high}]"


def show(rows: Sequence[Row]) -> None:
    """Print the table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("what", "measured", "reference (same run)", "figure", "goal", "met?"):
        table.add_column(head, overflow="fold")
    for row in rows:
        met = "-" if row.met is None else "yes" if row.met else "[bold red]NO[/]"
        table.add_row(*(text.replace("[", "\\[") for text in row[:5]), met)
    console = Console()
    # In a pipe rich takes 80 columns; a table that is read later should not be folded.
    console.width = max(console.width, 170) if not console.is_terminal else console.width
    console.print(table)
