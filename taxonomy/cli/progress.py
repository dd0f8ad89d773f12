"""Progress of long work, on stderr: a bar on a terminal, nothing in a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A function that draws what is being done, how much of it is done, and how much there is."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    percent, what = TextColumn("{task.percentage:>3.0f}%"), TextColumn("{task.description}")
    columns = (BarColumn(), percent, TimeElapsedColumn(), what)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=1)

        def draw(what: str, done: int, total: int) -> None:
            bars.update(task, description=what, completed=done, total=max(total, 1))

        yield draw
