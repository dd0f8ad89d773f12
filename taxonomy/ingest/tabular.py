"""Spreadsheets and tables: the only module that knows pandas."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pandas as pd

from taxonomy.ingest.facts import CodedLabel, Facts
from taxonomy.ingest.manifest import SourceFile
from taxonomy.model.concept import Kind
from taxonomy.model.errors import BadSource

_HEADER_ROW: Final = 4
_SHEET_NAME: Final = "<digits>-digit"


def read_ssyk_workbook(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read Statistics Sweden's SSYK 2012 in English: a sheet per number of digits, `4-digit`.

    The workbook has lost leading zeros (codes are integers): they are padded to the sheet's digits.
    Options: `sheets`, from sheet to kind; `system`, of the codes.
    """
    sheets: dict[str, str] = file.options["sheets"]
    system: str = file.options["system"]
    for sheet, frame in _frames(path, list(sheets)).items():
        for row, code, label in _coded_rows(path, sheet, frame):
            where = (f"{file.path}, {sheet}", row)
            facts.coded_labels.append(CodedLabel(Kind(sheets[sheet]), system, code, label, where))


def _coded_rows(path: Path, sheet: str, frame: pd.DataFrame) -> Iterator[tuple[int, str, str]]:
    """Row number as the spreadsheet shows it, code padded to the sheet's digits, and name."""
    digits = sheet.partition("-")[0]
    if not digits.isdecimal():
        raise BadSource(f"{path}: sheet {sheet!r} does not say how many digits its codes have: {_SHEET_NAME}")
    if frame.shape[1] < 2 or not str(frame.columns[0]).strip().startswith("SSYK"):
        raise BadSource(f"{path}: sheet {sheet}: row {_HEADER_ROW} must head two columns, SSYK code and name")
    cells = zip(frame.iloc[:, 0], frame.iloc[:, 1], strict=True)
    for row, (code, name) in enumerate(cells, _HEADER_ROW + 1):
        if pd.isna(code) and pd.isna(name):
            continue
        if not _is_whole(code) or not isinstance(name, str):
            message = f"needs a whole number and a name, not {code!r:.60}, {name!r:.60}"
            raise BadSource(f"{path}: sheet {sheet}: row {row}: {message}")
        yield row, f"{int(code):0{digits}}", " ".join(name.split())


def _is_whole(code: object) -> bool:
    # A sheet with an empty row gives floats throughout.
    return not isinstance(code, bool) and (
        isinstance(code, int) or (isinstance(code, float) and code.is_integer())
    )


def _frames(path: Path, sheets: list[str]) -> dict[str, pd.DataFrame]:
    if not path.exists():
        raise BadSource(f"{path}: there is no such file; see loaders/README.md for where to get it")
    try:
        return pd.read_excel(path, sheet_name=sheets, header=_HEADER_ROW - 1, engine="calamine")
    except Exception as error:  # the engine raises what it likes for a file that is no such workbook
        raise BadSource(f"{path}: cannot be read as a workbook with these sheets: {error}") from error
