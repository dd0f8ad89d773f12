"""Manifests (one per source and version) and recipes (which of them make a release): TOML in `loaders/`."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from taxonomy.model.concept import Kind, Locale
from taxonomy.model.errors import BadSource
from taxonomy.model.release import SourceVersion


class SourceFile(NamedTuple):
    """One file of a source: where it is, which reader understands it, and what it may say.

    `defines`: kinds whose concepts exist because this file names them; None for all kinds. A concept
    of another kind in this file must be known from elsewhere. `options` belong to the reader.
    """

    path: str
    reader: str
    defines: frozenset[Kind] | None
    options: Mapping[str, Any]


class Manifest(NamedTuple):
    """One version of one source, as its file in `loaders/` describes it."""

    source: SourceVersion
    locale: Locale
    folder: str
    files: tuple[SourceFile, ...]


class Recipe(NamedTuple):
    """Which sources make a release, the most trusted first; `data` is set when the recipe brings its own."""

    id: str
    title: str
    note: str
    manifests: tuple[Manifest, ...]
    data: Path | None
    suppressions: Path | None


_MANIFEST_KEYS: Final = frozenset(
    ["source", "version", "title", "publisher", "licence", "attribution", "url", "locale", "folder", "files"]
)
_RECIPE_KEYS: Final = frozenset(["id", "title", "note", "sources", "data", "suppressions"])


def read_recipe(path: Path) -> Recipe:
    """The recipe in a TOML file, with its manifests from the folder above; raises `BadSource`."""
    table = _Table(path)
    table.only(_RECIPE_KEYS)
    sources = table.list("sources")
    if not sources:
        raise BadSource(f"{path}: sources must name at least one manifest")
    loaders = path.parent.parent
    return Recipe(
        id=table.text("id"),
        title=table.text("title"),
        note=table.text("note", ""),
        manifests=tuple(read_manifest(loaders / f"{name}.toml") for name in sources),
        data=_beside(path, table.text("data", "")),
        suppressions=_beside(path, table.text("suppressions", "")),
    )


def read_manifest(path: Path) -> Manifest:
    """The manifest in a TOML file named `<source>-<version>.toml`; raises `BadSource`."""
    table = _Table(path)
    table.only(_MANIFEST_KEYS)
    source, version = table.text("source"), table.text("version")
    if path.stem != f"{source}-{version}":
        raise BadSource(f"{path}: describes {source}-{version}, so it must be called {source}-{version}.toml")
    facts = SourceVersion(
        id=path.stem,
        version=version,
        **{name: table.text(name) for name in ("title", "publisher", "licence", "attribution", "url")},
    )
    files = tuple(_source_file(path, row) for row in table.list("files"))
    locale = table.locale("locale")
    return Manifest(facts, locale, table.text("folder", ""), files)


def _source_file(manifest: Path, row: object) -> SourceFile:
    if (
        not isinstance(row, dict)
        or not isinstance(row.get("path"), str)
        or not isinstance(row.get("reader"), str)
    ):
        raise BadSource(f"{manifest}: each of `files` needs a path and a reader, not {row!r}")
    options = {key: value for key, value in row.items() if key not in ("path", "reader", "defines")}
    defines = row.get("defines", [])
    if defines == "all":
        return SourceFile(row["path"], row["reader"], None, options)
    if not isinstance(defines, list) or not all(isinstance(kind, str) for kind in defines):
        raise BadSource(f'{manifest}: {row["path"]}: `defines` is a list of kinds or "all", not {defines!r}')
    return SourceFile(row["path"], row["reader"], frozenset(map(Kind, defines)), options)


def _beside(recipe: Path, relative: str) -> Path | None:
    return recipe.parent / relative if relative else None


class _Table:
    """A TOML file whose values are taken by name and type, with errors that say where."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._values = tomllib.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            known = ", ".join(sorted(file.stem for file in path.parent.glob("*.toml"))) or "none"
            raise BadSource(f"{path}: there is no such file; here are: {known}") from None
        except OSError as error:
            raise BadSource(f"{path}: {error.strerror or error}") from error
        except ValueError as error:
            raise BadSource(f"{path}: is not TOML in UTF-8: {error}") from error

    def only(self, known: frozenset[str]) -> None:
        unknown = sorted(set(self._values) - known)
        if unknown:
            raise BadSource(f"{self._path}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")

    def text(self, name: str, default: str | None = None) -> str:
        value = self._values.get(name, default)
        if value is None:
            raise BadSource(f"{self._path}: {name} is missing")
        if not isinstance(value, str):
            raise BadSource(f"{self._path}: {name} must be a text, not {value!r}")
        return value

    def list(self, name: str) -> Sequence[object]:
        value = self._values.get(name, [])
        if not isinstance(value, list):
            raise BadSource(f"{self._path}: {name} must be a list, not {value!r}")
        return value

    def locale(self, name: str) -> Locale:
        try:
            return Locale(self.text(name))
        except ValueError:
            raise BadSource(f"{self._path}: {name} must be one of {', '.join(Locale)}") from None
