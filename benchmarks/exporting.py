"""Writing a release as RDF, against pyoxigraph dumping the same statements; and the memory that it takes."""

import gc
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

import pyoxigraph as ox

from benchmarks.ground import Ground
from benchmarks.machine import memory_of
from benchmarks.report import Row, spread
from taxonomy.compose import publication
from taxonomy.export.files import write_texts
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.documents import Documents
from taxonomy.rdf.formats import export
from taxonomy.rdf.iris import prefixes

_PAIRS: Final = 5
_FORMATS: Final = {"ttl": ("Turtle", ox.RdfFormat.TURTLE), "nq": ("N-Quads", ox.RdfFormat.N_QUADS)}
_DOCUMENTS: Final = 3_000


def run(ground: Ground) -> list[Row]:
    """A row for each format, one for memory, one for documents."""
    dataset = Dataset(ground.current.snapshot, publication(ground.loaded))
    rows = [_compared(ground, dataset, name) for name in _FORMATS]
    return [*rows, _memory(ground), _documents(ground, dataset)]


def _compared(ground: Ground, dataset: Dataset, name: str) -> Row:
    called, format_ = _FORMATS[name]
    ours, theirs = ground.folder / f"ours.{name}", ground.folder / f"theirs.{name}"
    write_texts(ours, export(dataset, name))
    store = ox.Store()
    store.bulk_load(path=ours, format=format_)
    pairs: list[Callable[[], None]] = [
        (lambda: write_texts(ours, export(dataset, name))),
        partial(_dump, store, theirs, format_, prefixes(dataset.publication)),
    ]
    seconds: tuple[list[float], list[float]] = ([], [])
    for number in range(_PAIRS):
        for place in (0, 1) if number % 2 else (1, 0):
            seconds[place].append(_timed(pairs[place]))
    ratios = [one / other for one, other in zip(*seconds, strict=True)]
    return Row(
        f"export: {called}, {len(store):,} statements, {ours.stat().st_size / 1e6:.0f} MB",
        f"{spread(seconds[0])} s",
        f"pyoxigraph dumps the same: {spread(seconds[1])} s",
        f"{spread(ratios)} x",
        "<= 1.5 x",
        ground.judged(median(ratios) <= 1.5),
    )


def _dump(store: ox.Store, path: Path, format_: ox.RdfFormat, known: dict[str, str]) -> None:
    if format_.supports_datasets:
        store.dump(path, format=format_)
    else:
        store.dump(path, format=format_, from_graph=ox.DefaultGraph(), prefixes=known)


def _timed(work: Callable[[], None]) -> float:
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _memory(ground: Ground) -> Row:
    """A whole release against one classification of it: what more there is of it must not need more."""
    assert ground.loaded
    whole = _peak(ground, "--format", "nq", "-o", "whole.nq")
    small = _peak(ground, "--format", "nq", "--scheme", "ssyk-2012", "-o", "small.nq")
    return Row(
        "export: memory of its own, N-Quads of everything; of SSYK alone",
        f"{whole:.0f} MB; {small:.0f} MB",
        "-",
        f"{whole - small:.0f} MB more",
        "<= 40 MB more",
        ground.judged(whole - small <= 40),
    )


def _peak(ground: Ground, *words: str) -> float:
    """The most memory, in MB, that is not of files, which the snapshot is."""
    process = ground.command("export", *words)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, memory_of(process.pid, "RssAnon"))
        time.sleep(0.005)
    assert process.returncode == 0, (ground.folder / "log").read_text("utf-8")
    return peak


def _documents(ground: Ground, dataset: Dataset) -> Row:
    documents, count = Documents(dataset), dataset.snapshot.count
    chosen = [number * 7_919 % count for number in range(_DOCUMENTS)]
    runs = []
    for _ in range(_PAIRS):
        started = time.perf_counter()
        for number in chosen:
            documents.text(number, "ttl")
        runs.append((time.perf_counter() - started) / len(chosen))
    return Row(
        "export: Turtle of one concept, in process",
        f"{spread(runs, 1e3, 3)} ms",
        "-",
        f"{1 / median(runs):,.0f}/s",
        ">= 3,000/s",
        ground.judged(1 / median(runs) >= 3_000),
    )
