"""`python -m benchmarks.quality [task ...]`: the quality of matching, on the data of the ground.

With `TAXONOMY_STORE` set, the store that it names is read instead of loading one.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.ground import Ground
from benchmarks.quality.tables import Row, show
from taxonomy.config import Settings, read_settings

TASKS: Final = {
    name: f"benchmarks.quality.{name}" for name in ("substitutes", "levels", "profiles", "stability")
}
"""A task is a module with `run(ground)`, which answers the rows of its table."""


class GivenGround(Ground):
    """A ground on the store of the environment."""

    @cached_property
    def loaded(self) -> Settings:
        """The settings of the environment."""
        return read_settings(os.environ)


@contextmanager
def prepared() -> Iterator[Ground]:
    """A ground that leaves nothing behind."""
    with TemporaryDirectory(prefix="taxonomy-quality-") as folder:
        yield (GivenGround if "TAXONOMY_STORE" in os.environ else Ground)(Path(folder))


def main(names: list[str]) -> int:
    """Run tasks, all by default; 1 when a goal is not met."""
    unknown = set(names) - TASKS.keys()
    if unknown:
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(TASKS)}")
    rows: list[Row] = []
    with prepared() as ground:
        print(f"quality of matching, {ground.called}")
        for name in names or TASKS:
            rows += import_module(TASKS[name]).run(ground)
    show(rows)
    return int(any(row.met is False for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
