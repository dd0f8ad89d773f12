"""Accepted findings: a file of suppressions, each with its reason."""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from taxonomy.checks.catalogue import CATALOGUE, remark
from taxonomy.model.errors import BadSource
from taxonomy.model.finding import Finding


class Suppression(NamedTuple):
    """One accepted finding: the remark `code` on `subject` is known and right as it is."""

    code: str
    subject: str
    reason: str


def read_suppressions(path: Path) -> tuple[Suppression, ...]:
    """The suppressions of a TOML file (`[[suppress]]` with code, subject, reason); raises `BadSource`."""
    try:
        file = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadSource(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        raise BadSource(f"{path}: is not TOML in UTF-8: {error}") from error
    tables = file.get("suppress", [])
    if set(file) - {"suppress"} or not isinstance(tables, list):
        raise BadSource(f"{path}: holds [[suppress]] tables and nothing else")
    return tuple(_suppression(path, number, table) for number, table in enumerate(tables, 1))


def _suppression(path: Path, number: int, table: object) -> Suppression:
    if (
        not isinstance(table, dict)
        or set(table) != set(Suppression._fields)
        or not all(isinstance(value, str) and value.strip() for value in table.values())
        or table["code"] not in CATALOGUE
    ):
        raise BadSource(f"{path}: suppression {number} needs a known code, a subject and a reason")
    return Suppression(**table)


def suppress(
    findings: Iterable[Finding], suppressions: Sequence[Suppression], file: str
) -> tuple[Finding, ...]:
    """The findings that are not suppressed, and one for each suppression that suppresses nothing."""
    wanted = {(item.code, item.subject) for item in suppressions}
    used: set[tuple[str, str]] = set()
    kept: list[Finding] = []
    for finding in findings:
        key = (finding.code, finding.subject)
        if key in wanted:
            used.add(key)
        else:
            kept.append(finding)
    unused = (item for item in suppressions if (item.code, item.subject) not in used)
    kept.extend(
        remark(
            "TX901", item.subject, f"{item.code} on {item.subject} is no longer found: remove it", file=file
        )
        for item in unused
    )
    return tuple(kept)
