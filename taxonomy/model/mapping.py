"""Mappings between schemes: how they look from the other end, how they compose, what evidence is worth."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from taxonomy.model.errors import BadSource
from taxonomy.model.relation import MATCH_INVERSES, Direction, RelationKind

MATCHES: Final = tuple(MATCH_INVERSES)
"""The relations that are mappings between schemes, closest first."""


class Worth(NamedTuple):
    """What evidence over a mapping of some kind is worth.

    `factor` weakens it against an exact match. `essential`: whether an essential skill stays one. `shared`:
    whether several mappings of this kind to one concept share the factor.
    """

    factor: float
    essential: bool
    shared: bool


class Composition(NamedTuple):
    """The table of `esco_mappings/composition.toml`; a match is named as it is seen from where one comes."""

    worth: Mapping[RelationKind, Worth]
    chains: Mapping[tuple[RelationKind, RelationKind], RelationKind]

    def along(self, matches: Sequence[RelationKind]) -> RelationKind | None:
        """The kind of match that mappings in a row come to; None when nothing can be said of the ends."""
        found = matches[0] if matches else None
        for match in matches[1:]:
            found = self.chains.get((found, match)) if found else None
        return found


def seen_from(kind: RelationKind, direction: Direction) -> RelationKind:
    """The kind of match of a stored mapping, seen from its subject (`OUT`) or from its object (`IN`).

    >>> seen_from(RelationKind.BROAD_MATCH, Direction.IN)
    <RelationKind.NARROW_MATCH: 'narrow-match'>
    """
    return kind if direction is Direction.OUT else MATCH_INVERSES[kind]


def read_composition(path: Path) -> Composition:
    """The composition table of a TOML file; raises `BadSource` with the place of what is wrong in it."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSource(f"{path}: {error}") from None
    _only(path, "the table", table, {"evidence", "compose"})
    evidence = _tables(path, table, "evidence")
    compose = _tables(path, table, "compose")
    worth = {_match(path, name): _worth(path, name, row) for name, row in evidence.items()}
    chains = {
        (_match(path, first), _match(path, second)): _match(path, result)
        for first, row in compose.items()
        for second, result in row.items()
    }
    return Composition(MappingProxyType(worth), MappingProxyType(chains))


def _tables(path: Path, table: Mapping[str, Any], name: str) -> dict[str, dict[str, Any]]:
    found = table.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(row, dict) for row in found.values()):
        raise BadSource(f"{path}: {name} must hold one table for each kind of match, [{name}.exact-match]")
    return found


def _match(path: Path, name: object) -> RelationKind:
    found = next((kind for kind in MATCHES if kind.value == name), None)
    if found is None:
        raise BadSource(
            f"{path}: {name!r} is no kind of match, but one of {', '.join(MATCHES)} must stand there"
        )
    return found


def _worth(path: Path, name: str, row: Mapping[str, Any]) -> Worth:
    where = f"evidence.{name}"
    _only(path, where, row, set(Worth._fields))
    factor = row.get("factor")
    if not isinstance(factor, int | float) or isinstance(factor, bool) or not 0 < factor <= 1:
        raise BadSource(f"{path}: {where}.factor must be a number above 0 and at most 1, not {factor!r}")
    flags = {flag: row.get(flag) for flag in ("essential", "shared")}
    for flag, value in flags.items():
        if not isinstance(value, bool):
            raise BadSource(f"{path}: {where}.{flag} must be true or false, not {value!r}")
    return Worth(float(factor), bool(flags["essential"]), bool(flags["shared"]))


def _only(path: Path, where: str, table: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise BadSource(f"{path}: {where} has {', '.join(unknown)}; it takes {', '.join(sorted(known))}")
