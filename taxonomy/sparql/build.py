"""The making of a store, in a process of its own: `python -m taxonomy.sparql.build`.

Its order is a pickled `Order` on stdin, from the process that started it; when stdin ends, that process has
ended, and so does this one. On stdout it writes how much is done, a line for each percent.
"""

import json
import os
import pickle
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox

from taxonomy.model.release import Release
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.formats import export
from taxonomy.rdf.iris import Publication
from taxonomy.snapshot import SnapshotCache

_NICENESS: Final = 10
WHOLE: Final = "whole.json"
"""The file, written last, that has the sizes of the others."""


class Order(NamedTuple):
    """What to make a store of, and in which folder, which there may not be yet."""

    cache: SnapshotCache
    release: Release
    publication: Publication
    folder: Path


def build(order: Order, tell: Callable[[int], None]) -> None:
    """Write the statements of a release, graph by graph, and load them as they are written.

    `tell` gets each percent that is written.
    """
    snapshot = order.cache.read(order.release)
    if snapshot is None:
        raise FileNotFoundError(f"release {order.release.id} is not in the cache {order.cache.folder}")
    dataset = Dataset(snapshot, order.publication)
    store = ox.Store(order.folder)
    end, begin = os.pipe()
    writer = threading.Thread(target=_write, args=(dataset, begin, tell))
    writer.start()
    # Our own export is known to be valid: lenient saves the engine from looking again.
    store.bulk_load(path=f"/dev/fd/{end}", format=ox.RdfFormat.N_QUADS, lenient=True)
    writer.join()
    os.close(end)
    del store
    seal(order.folder)


def seal(folder: Path) -> None:
    """Say of a store that is closed that it is whole."""
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    (folder / WHOLE).write_text(json.dumps(sizes), "ascii")


def _write(dataset: Dataset, begin: int, tell: Callable[[int], None]) -> None:
    everything = len(dataset.graphs) * dataset.snapshot.count
    done = told = 0

    def count(concepts: int) -> None:
        nonlocal done, told
        done += concepts
        if done * 100 // everything > told:
            told = done * 100 // everything
            tell(told)

    with open(begin, "wb") as file:
        for text in export(dataset, "nq", tell=count):
            file.write(text.encode())


def _say(percent: int) -> None:
    os.write(1, f"{percent}\n".encode())


def _end_with_stdin() -> None:
    while os.read(0, 1):  # unbuffered: at an orderly end nobody may hold the buffer
        pass
    os._exit(1)


def main() -> None:
    """Build as ordered, at a priority below that of the service."""
    os.nice(_NICENESS)
    # From the process that started this one, and from nobody else.
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    build(order, _say)
    # At once: the thread that waits for the end of stdin would hold up an orderly end.
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
