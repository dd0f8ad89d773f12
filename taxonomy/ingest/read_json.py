"""JSON files: read whole, checked for shape, errors with file and row."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from taxonomy.ingest.facts import Facts
from taxonomy.model.errors import BadSource


def read_json(path: Path) -> Any:
    """The value in a JSON file; raises `BadSource` saying where it stops being JSON."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise BadSource(f"{path}: there is no such file; see loaders/README.md for where to get it") from None
    except OSError as error:
        raise BadSource(f"{path}: {error.strerror or error}") from error
    if data.startswith(codecs.BOM_UTF8):
        raise BadSource(f"{path}: begins with a byte-order mark: save it as UTF-8 without one")
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise BadSource(f"{path}: is not whole JSON in UTF-8: {error}") from error


def concept_rows(path: Path, facts: Facts) -> Iterator[dict[str, Any]]:
    """The concepts of a JobTech query answer, `{"data": {"concepts": [...]}}`; counts `facts.row` from 1."""
    answer = read_json(path)
    try:
        rows = answer["data"]["concepts"]
    except (KeyError, TypeError):
        raise BadSource(f'{path}: is not a JobTech answer {{"data": {{"concepts": [...]}}}}') from None
    return object_rows(rows, "data.concepts", facts)


def object_rows(rows: object, what: str, facts: Facts) -> Iterator[dict[str, Any]]:
    """The objects of a list; counts `facts.row` from 1."""
    if not isinstance(rows, list):
        raise facts.bad(f"{what} must be a list, not {type(rows).__name__}")
    for number, row in enumerate(rows, 1):
        facts.row = number
        if not isinstance(row, dict):
            raise facts.bad(f"{what} must hold objects, not {row!r:.60}")
        yield row


def object_items(path: Path, facts: Facts, of: type) -> Iterator[tuple[str, Any]]:
    """The members of a JSON object whose values are all `of` one type; counts `facts.row` from 1."""
    value = read_json(path)
    if not isinstance(value, dict):
        raise BadSource(f"{path}: must be an object of id and value, not {type(value).__name__}")
    for number, (key, member) in enumerate(value.items(), 1):
        facts.row = number
        if not isinstance(member, of):
            raise facts.bad(f"{key!r:.60} must have a {of.__name__}, not {member!r:.60}")
        yield key, member


def text_in(row: dict[str, Any], key: str, facts: Facts) -> str:
    """The text under a key of a row; raises `BadSource` when there is none."""
    value = row.get(key)
    if not isinstance(value, str):
        raise facts.bad(f"{key} must be text, not {value!r:.60}")
    return value
