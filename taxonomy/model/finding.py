"""Findings: coded remarks on data, kept with the release that they were made on."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """An error stops a load; a warning is kept with the release; a note only counts what was expected."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(NamedTuple):
    """A remark: what (`code`, `message`), on what (`subject`), where (`file`, `row`), how often.

    `row` is what the file's reader counts: a spreadsheet's or a CSV's row from 1, or a JSON path.
    """

    code: str
    severity: Severity
    subject: str
    file: str
    row: str
    message: str
    count: int = 1  # type: ignore[assignment]  # nobody needs tuple.count of a finding
