"""The reference of making a store: pyoxigraph loads a file, in a process of the priority that ours has."""

import os
import sys
from time import perf_counter

import pyoxigraph as ox


def main(file: str, folder: str) -> None:
    """Print the seconds that it took."""
    os.nice(10)
    started = perf_counter()
    store = ox.Store(folder)
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS, lenient=True)
    del store
    print(perf_counter() - started)


if __name__ == "__main__":
    main(*sys.argv[1:])
