"""Manifests (one per source and version) and recipes (which of them make a release): TOML in `loaders/`.

A reviewer's SSSOM file in `esco_mappings/local/` is its own manifest.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from taxonomy.ingest.sssom import read_sssom
from taxonomy.model.concept import Kind, Locale
from taxonomy.model.errors import BadSource
from taxonomy.model.observation import NOT_STATED
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


class MappingSet(NamedTuple):
    """What is said of all mappings of a source: SSSOM's words, as the export writes them.

    Versions are those that the set was written for, not those of the release. `same_code`: the load
    derives an exact match between concepts of these two kinds whose main codes are equal.
    """

    justification: str
    subject_source: str
    subject_source_version: str
    object_source: str
    object_source_version: str
    same_code: tuple[Kind, Kind] | None = None


class Manifest(NamedTuple):
    """One version of one source, as its file in `loaders/` describes it; `mapping` if it is a mapping set.

    `unit` is what its numbers count, if it has any.
    """

    source: SourceVersion
    locale: Locale
    folder: str
    files: tuple[SourceFile, ...]
    mapping: MappingSet | None = None
    unit: str = NOT_STATED


class Recipe(NamedTuple):
    """Which sources make a release, the most trusted first; `data` is set when the recipe brings its own."""

    id: str
    title: str
    note: str
    manifests: tuple[Manifest, ...]
    data: Path | None
    suppressions: Path | None


_SAID_OF_A_SOURCE: Final = ("title", "publisher", "licence", "attribution", "url")
_MANIFEST_KEYS: Final = frozenset(
    ["source", "version", *_SAID_OF_A_SOURCE, "locale", "folder", "files", "mapping", "period", "unit"]
)
_MAPPING_KEYS: Final = frozenset([*MappingSet._fields])
_RECIPE_KEYS: Final = frozenset(["id", "title", "note", "sources", "local", "data", "suppressions"])
_LOCAL: Final = ".sssom.tsv"


def read_recipe(path: Path) -> Recipe:
    """The recipe in a TOML file, with its manifests from the folder above; raises `BadSource`."""
    table = _Table(path)
    table.only(_RECIPE_KEYS)
    sources = table.list("sources")
    if not sources:
        raise BadSource(f"{path}: sources must name at least one manifest")
    loaders = path.parent.parent
    local = _beside(path, table.text("local", ""))
    return Recipe(
        id=table.text("id"),
        title=table.text("title"),
        note=table.text("note", ""),
        # What was reviewed is trusted most.
        manifests=(
            *(local_manifests(local) if local else ()),
            *(read_manifest(loaders / f"{name}.toml") for name in sources),
        ),
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
        **{name: table.text(name) for name in _SAID_OF_A_SOURCE},
        period=table.text("period", ""),
    )
    files = tuple(_source_file(path, row) for row in table.list("files"))
    locale = table.locale("locale")
    mapping, unit = _mapping_set(table.table("mapping")), table.text("unit", NOT_STATED)
    return Manifest(facts, locale, table.text("folder", ""), files, mapping, unit)


def local_manifests(folder: Path) -> tuple[Manifest, ...]:
    """The manifests of the reviewed mappings in a folder, `*.sssom.tsv` by name; raises `BadSource`."""
    if not folder.is_dir():
        raise BadSource(f"{folder}: there is no such folder; the recipe says that local mappings are in it")
    return tuple(_local_manifest(path) for path in sorted(folder.glob(f"*{_LOCAL}")))


def _local_manifest(path: Path) -> Manifest:
    file = read_sssom(path)
    say = file.metadata.get
    id_ = f"local-{path.name.removesuffix(_LOCAL)}"
    publisher = say("creator_label") or say("creator_id") or "reviewers of this installation"
    title = say("mapping_set_title") or id_
    version = say("mapping_set_version", "")
    source = SourceVersion(
        id_, title, publisher, version, say("license", ""), title, say("mapping_set_id", "")
    )
    files = (SourceFile(path.name, "sssom", frozenset(), {}),)
    mapping = MappingSet(
        justification=file.justification,
        subject_source=say("subject_source", ""),
        subject_source_version=say("subject_source_version", ""),
        object_source=say("object_source", ""),
        object_source_version=say("object_source_version", ""),
    )
    return Manifest(source, Locale.SV, str(path.parent), files, mapping)


def _mapping_set(table: "_Table | None") -> MappingSet | None:
    if table is None:
        return None
    table.only(_MAPPING_KEYS)
    same_code = tuple(Kind(str(kind)) for kind in table.list("same_code"))
    if len(same_code) not in (0, 2):
        raise table.bad("same_code must name two kinds")
    return MappingSet(
        justification=table.text("justification"),
        subject_source=table.text("subject_source"),
        subject_source_version=table.text("subject_source_version"),
        object_source=table.text("object_source"),
        object_source_version=table.text("object_source_version"),
        same_code=(same_code[0], same_code[1]) if same_code else None,
    )


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
    """A TOML table whose values are taken by name and type, with errors that say where."""

    def __init__(self, path: Path, values: Mapping[str, Any] | None = None, name: str = "") -> None:
        self._where = f"{path}: [{name}]" if name else str(path)
        self._path = path
        self._values = _read_toml(path) if values is None else values

    def bad(self, message: str) -> BadSource:
        return BadSource(f"{self._where}: {message}")

    def only(self, known: frozenset[str]) -> None:
        unknown = sorted(set(self._values) - known)
        if unknown:
            raise self.bad(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")

    def text(self, name: str, default: str | None = None) -> str:
        value = self._values.get(name, default)
        if value is None:
            raise self.bad(f"{name} is missing")
        if not isinstance(value, str):
            raise self.bad(f"{name} must be a text, not {value!r}")
        return value

    def list(self, name: str) -> Sequence[object]:
        value = self._values.get(name, [])
        if not isinstance(value, list):
            raise self.bad(f"{name} must be a list, not {value!r}")
        return value

    def table(self, name: str) -> "_Table | None":
        value = self._values.get(name)
        if value is not None and not isinstance(value, dict):
            raise self.bad(f"{name} must be a table, not {value!r}")
        return None if value is None else _Table(self._path, value, name)

    def locale(self, name: str) -> Locale:
        try:
            return Locale(self.text(name))
        except ValueError:
            raise self.bad(f"{name} must be one of {', '.join(Locale)}") from None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.toml"))) or "none"
        raise BadSource(f"{path}: there is no such file; here are: {known}") from None
    except OSError as error:
        raise BadSource(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        raise BadSource(f"{path}: is not TOML in UTF-8: {error}") from error
