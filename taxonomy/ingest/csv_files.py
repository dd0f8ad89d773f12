"""CSV files, in a publisher's zip or beside it in the folder: rows by column name, or whole columns."""

import codecs
import csv
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import StringIO
from itertools import chain, repeat
from pathlib import Path
from typing import Final

from taxonomy.ingest.facts import Facts
from taxonomy.ingest.manifest import SourceFile
from taxonomy.model.errors import BadSource

_LARGEST_FILE: Final = 256 << 20
_LARGEST_RATIO: Final = 100  # ESCO's own are 3 to 7
_LARGEST_CELL: Final = 64 << 20  # one of ESCO's has 627,354 characters; the csv module's own limit is 131,072


def read_rows(
    path: Path, file: SourceFile, facts: Facts, needed: Sequence[str]
) -> Iterator[Mapping[str, str]]:
    """The rows as cells by column; raises `BadSource` without the columns `needed`. Counts `facts.row`.

    The header is row 1, as a spreadsheet shows it.
    """
    rows = _split(read_text(path, file, facts), facts)
    columns = _header(rows, facts, needed)
    for cells in rows:
        if len(cells) != len(columns):
            raise facts.bad(f"has {len(cells)} cells, and there are {len(columns)} columns")
        yield dict(zip(columns, cells, strict=True))


def read_columns(
    path: Path, file: SourceFile, facts: Facts, needed: Sequence[str], replace: tuple[str, str]
) -> list[Sequence[str]]:
    """The columns `needed`, whole, below the header; `replace` is replaced in all cells.

    A tenth of a microsecond a row: for files of a hundred thousand rows.
    """
    text = read_text(path, file, facts).replace(*replace)
    if '"' in text:
        rows = list(_split(text, facts))
        commas = [len(row) - 1 for row in rows]
        cells = list(chain.from_iterable(rows))
    else:
        lines = text.replace("\r\n", "\n").removesuffix("\n")
        commas = list(map(str.count, lines.split("\n"), repeat(",")))
        cells = lines.replace("\n", ",").split(",")
    if len(set(commas)) > 1:
        facts.row = next(row for row, count in enumerate(commas, 1) if count != commas[0])
        message = f"has {commas[facts.row - 1] + 1} cells, and there are {commas[0] + 1} columns"
        raise facts.bad(message)
    width = commas[0] + 1 if commas else 0
    facts.row = 1
    columns = _header(iter([cells[:width]]), facts, needed)
    facts.row = 0
    return [cells[width + columns.index(name) :: width] for name in needed]


def read_text(path: Path, file: SourceFile, facts: Facts, *, marked: bool = False) -> str:
    """The text of a file, from the zip that its option `archive` names if that is there.

    `marked`: the publisher's file begins with a byte-order mark.
    """
    archive = path.parent / file.options["archive"] if "archive" in file.options else None
    if archive is not None and archive.exists():
        facts.found_in(archive / path.name)
        data = _from_archive(archive, path.name)
    else:
        data = _from_folder(path, archive)
    if data.startswith(codecs.BOM_UTF8) and not marked:
        raise facts.bad("begins with a byte-order mark: save it as UTF-8 without one")
    try:
        return data.decode("utf-8-sig" if marked else "utf-8")
    except UnicodeDecodeError as error:
        raise facts.bad(f"is not text in UTF-8: {error}") from error


def listed(names: Sequence[str]) -> str:
    """Names from a file, in one line of a message."""
    return f"{' '.join(', '.join(names).split()) or 'none':.300}"


def _from_folder(path: Path, archive: Path | None) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        neither = f", and no {archive.name!r} beside it" if archive else ""
        message = f"there is no such file{neither}; see loaders/README.md for where to get it"
        raise BadSource(f"{path}: {message}") from None
    except OSError as error:
        raise BadSource(f"{path}: {error.strerror or error}") from error


def _from_archive(archive: Path, name: str) -> bytes:
    try:
        with zipfile.ZipFile(archive) as zip_file:
            if name not in zip_file.namelist():
                raise BadSource(f"{archive}: has no {name}; it has {listed(zip_file.namelist())}")
            found = zip_file.getinfo(name)
            if found.file_size > _LARGEST_FILE or found.file_size > _LARGEST_RATIO * found.compress_size:
                unpacked = f"{found.compress_size:,} bytes become {found.file_size:,}"
                raise BadSource(f"{archive}: {name}: {unpacked}; this is no ESCO file, download it again")
            with zip_file.open(found) as packed:
                # `found` is what the archive says of itself: what comes out is limited too.
                return packed.read(_LARGEST_FILE)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadSource(f"{archive}: is not a whole zip, download it again: {error}") from error
    except OSError as error:
        raise BadSource(f"{archive}: {error.strerror or error}") from error


def _split(text: str, facts: Facts) -> Iterator[list[str]]:
    with _large_cells():
        try:
            for facts.row, cells in enumerate(csv.reader(StringIO(text, newline=""), strict=True), 1):
                yield cells
        except csv.Error as error:
            facts.row += 1
            raise facts.bad(f"is not CSV: {error}") from error


@contextmanager
def _large_cells() -> Iterator[None]:
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _header(rows: Iterator[list[str]], facts: Facts, needed: Sequence[str]) -> list[str]:
    columns = next(rows, [])
    missing = [name for name in needed if name not in columns]
    if missing:
        raise facts.bad(f"has no column {missing[0]!r}; its columns are {listed(columns)}")
    if len(set(columns)) != len(columns):
        raise facts.bad(f"has two columns of one name: {listed(columns)}")
    return columns
