"""SSSOM: mappings in a table, below lines `#key: value` about the table. https://w3id.org/sssom/"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from textwrap import dedent
from types import MappingProxyType
from typing import Final, NamedTuple

from taxonomy.model.errors import BadSource


class SssomRow(NamedTuple):
    """One row: its line in the file, and the cells that a load reads, CURIEs written out as URIs."""

    line: int
    subject: str
    predicate: str
    negated: bool
    object: str


class SssomFile(NamedTuple):
    """A mapping set: what its head says of it, the one justification of its rows, and the rows."""

    metadata: Mapping[str, str]
    justification: str
    rows: Sequence[SssomRow]


PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "semapv": "https://w3id.org/semapv/vocab/",
        "sssom": "https://w3id.org/sssom/",
    }
)
"""The prefixes that SSSOM knows without a `curie_map`."""

_NEEDED: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_HEAD: Final = ("mapping_set_id", "license")


def read_sssom(path: Path) -> SssomFile:
    """The mapping set in a file; raises `BadSource`, with the line, for what is not SSSOM."""
    return _Parser(path).parsed()


class _Parser:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._metadata: dict[str, str] = {}
        self._prefixes = dict(PREFIXES)
        try:
            text = path.read_text("utf-8")
        except OSError as error:
            raise BadSource(f"{path}: {error.strerror or error}") from error
        except ValueError as error:
            raise BadSource(f"{path}: is not text in UTF-8: {error}") from error
        lines = list(StringIO(text, newline=""))
        self._head_length = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
        self._head, self._table = lines[: self._head_length], lines[self._head_length :]

    def parsed(self) -> SssomFile:
        """Head and rows."""
        self._read_head()
        rows: list[SssomRow] = []
        justifications: dict[str, int] = {}
        for line, cells in self._cells():
            rows.append(self._row(line, cells))
            justifications.setdefault(cells["mapping_justification"], line)
        if len(justifications) > 1:
            one, (other, line) = next(iter(justifications)), list(justifications.items())[1]
            message = f"mapping_justification is {other!r:.60} here and {one!r:.60} above: make it two files"
            raise self._bad(line, message)
        return SssomFile(self._metadata, next(iter(justifications), ""), tuple(rows))

    def _bad(self, line: int, message: str) -> BadSource:
        return BadSource(f"{self._path}: row {line}: {message}")

    def _read_head(self) -> None:
        inside = ""
        # Some write `# key: value`, with a blank.
        head = dedent("".join(line[1:] for line in self._head)).splitlines()
        for number, line in enumerate(head, 1):
            key, colon, value = line.partition(":")
            value = value.strip().strip("\"'")
            nested = key.startswith((" ", "-"))
            if inside == "curie_map" and nested and value:
                self._prefixes[key.strip()] = value
            elif not nested and colon and key.strip():
                inside = key.strip()
                self._metadata[inside] = value
            elif not nested and line.strip():
                raise self._bad(number, f"the head has lines `#key: value`, not {line.strip()!r:.60}")
            elif inside and line.strip().startswith("- "):
                item = line.strip()[2:].strip().strip("\"'")
                self._metadata[inside] = ", ".join(filter(None, (self._metadata[inside], item)))
        missing = [key for key in _HEAD if not self._metadata.get(key)]
        if missing:
            raise BadSource(f"{self._path}: the head must say `#{missing[0]}: ...`")

    def _cells(self) -> Iterator[tuple[int, dict[str, str]]]:
        table = csv.reader(self._table, delimiter="\t", strict=True)
        try:
            columns = next(table, [])
            missing = [name for name in _NEEDED if name not in columns]
            if missing:
                have = f"{', '.join(columns)!r:.300}"
                raise BadSource(f"{self._path}: has no column {missing[0]}; its columns are {have}")
            for cells in table:
                line = self._head_length + table.line_num
                if len(cells) != len(columns):
                    raise self._bad(line, f"has {len(cells)} cells, and there are {len(columns)} columns")
                yield line, dict(zip(columns, cells, strict=True))
        except csv.Error as error:
            raise self._bad(self._head_length + table.line_num, f"is not TSV: {error}") from error

    def _row(self, line: int, cells: Mapping[str, str]) -> SssomRow:
        modifier = cells.get("predicate_modifier", "")
        if modifier not in ("", "Not"):
            raise self._bad(line, f"predicate_modifier is 'Not' or nothing, not {modifier!r:.60}")
        if not cells["mapping_justification"]:
            raise self._bad(line, "mapping_justification is empty")
        subject, predicate, other = (self._uri(line, cells[name]) for name in _NEEDED[:3])
        return SssomRow(line, subject, predicate, modifier == "Not", other)

    def _uri(self, line: int, text: str) -> str:
        if text.startswith(("http://", "https://")):
            return text
        prefix, colon, tail = text.partition(":")
        if not colon or prefix not in self._prefixes:
            known = ", ".join(sorted(self._prefixes))
            raise self._bad(line, f"{text!r:.80} is no URI, and its prefix is none of curie_map: {known}")
        return self._prefixes[prefix] + tail
