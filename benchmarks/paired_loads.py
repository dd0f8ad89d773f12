"""Five pairs of reading and loading, in a process of their own: nothing else has filled its memory."""

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final
from zipfile import ZipFile

import orjson
import pandas as pd

from taxonomy.compose import load_release, recipe_for
from taxonomy.config import read_settings
from taxonomy.ingest.manifest import Recipe, SourceFile
from taxonomy.ingest.pipeline import no_progress

_PAIRS: Final = 5
_METADATA_ROWS: Final = 17
"""Above the header of the Sweden-ESCO tables; pandas finds no cells in them."""


def main(data: Path | None) -> None:
    """Print the seconds of each pair as JSON; the first pair (imports, cold files) is not counted."""
    recipe, folder = recipe_for(None, data)
    files = [
        (folder / manifest.folder / str(file.options.get("archive", file.path)), file)
        for manifest in recipe.manifests
        for file in manifest.files
    ]
    reads: list[float] = []
    loads: list[float] = []
    for number in range(_PAIRS + 1):
        pair = [(reads, lambda: _read(files)), (loads, lambda: _load(recipe, folder))]
        for seconds, work in reversed(pair) if number % 2 else pair:
            seconds.append(_timed(work))
    done = {
        "reads": reads[1:],
        "loads": loads[1:],
        "files": len(files),
        "megabytes": sum(path.stat().st_size for path in {path for path, _ in files}) / 1e6,
    }
    sys.stdout.buffer.write(orjson.dumps(done))


def _timed(work: Callable[[], None]) -> float:
    gc.collect()
    started = perf_counter()
    work()
    return perf_counter() - started


def _read(files: list[tuple[Path, SourceFile]]) -> None:
    for path, file in files:
        if path.suffix == ".xlsx":
            pd.read_excel(path, sheet_name=list(file.options["sheets"]), engine="calamine")
        elif path.suffix == ".zip":
            with ZipFile(path) as archive, archive.open(file.path) as cells:
                pd.read_csv(cells, dtype=str)
        elif path.suffix == ".csv":
            pd.read_csv(path, dtype=str, skiprows=_METADATA_ROWS, on_bad_lines="skip")
        else:
            json.loads(path.read_bytes())


def _load(recipe: Recipe, folder: Path) -> None:
    with TemporaryDirectory(prefix="taxonomy-bench-") as fresh:
        settings = read_settings({}, store=f"sqlite:///{fresh}/store.db", cache=f"{fresh}/cache")
        assert load_release(settings, recipe, folder, no_progress).published


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
