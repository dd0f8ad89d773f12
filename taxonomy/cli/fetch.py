"""`taxonomy fetch`: get the publishers' files, or say where they are to be had."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.cli.progress import progress_bar
from taxonomy.model.errors import BadInput, BadSetting

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs
    from taxonomy.ingest.manifest import Manifest

_FETCHED = "jobtech"
_VERSION = "27"
"""The version whose manifest names the query files; another version has the same, or most of them."""
_DEFAULT = "sweden-esco"


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "fetch",
        "fetch JobTech's query files; of other sources, say where their files are to be had and go",
        "taxonomy fetch esco --data ../shared/data",
        run,
    )
    parser.add_argument("source", metavar="SOURCE", nargs="?", default=_FETCHED, help=f"default: {_FETCHED}")
    parser.add_argument("--version", metavar="N", help=f"which version (default: {_VERSION} of {_FETCHED})")
    parser.add_argument(
        "--data", metavar="DIR", type=Path, help="folder of the publishers' files (default: TAXONOMY_DATA)"
    )
    parser.add_argument("--from", dest="base", metavar="URL", help="a mirror with the same layout")
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Fetch, or tell; exit 1 when files are missing in the end."""
    settings = settings_of(arguments)
    folder = arguments.data or (Path(settings.data) if settings.data else None)
    if folder is None:
        raise BadSetting("say where the files go with --data DIR, or set TAXONOMY_DATA")
    if arguments.source == _FETCHED:
        return _fetch(arguments, folder)
    if arguments.base:
        raise BadInput(f"--from goes with {_FETCHED}: files of {arguments.source} are not fetched")
    return _tell(arguments, folder)


def _fetch(arguments: argparse.Namespace, folder: Path) -> int:
    from taxonomy.ingest.fetch import QUERY_FILES, Result, fetch, query_files

    version = arguments.version or _VERSION
    if not version.isascii() or not version.isdigit() or int(version) < 1:
        raise BadInput(f"--version of {_FETCHED} is a whole number from 1, not {version!r}")
    [manifest] = _manifests(_FETCHED, _VERSION)
    wanted = query_files(manifest, int(version), folder, arguments.base or QUERY_FILES)
    with progress_bar() as progress:
        found = list(fetch(wanted, progress))
    rows = [(str(row.path), row.result.value, row.size, row.verified) for row in found]
    write_rows(("file", "result", "bytes", "verified"), rows, arguments.format)
    counts = {result: sum(row.result is result for row in found) for result in Result}
    say(", ".join(f"{count} {result}" for result, count in counts.items() if count))
    return 1 if counts[Result.MISSING] else 0


def _tell(arguments: argparse.Namespace, folder: Path) -> int:
    manifests = _manifests(arguments.source, arguments.version)
    urls = {
        folder / manifest.folder / str(file.options.get("archive", file.path)): manifest.source.url
        for manifest in manifests
        for file in manifest.files
    }
    there = {path: path.is_file() for path in urls}
    rows = [(str(path), "yes" if there[path] else "no", url) for path, url in urls.items()]
    write_rows(("file", "there", "to be had at"), rows, arguments.format)
    if all(there.values()):
        return 0
    publisher = manifests[0].source.publisher
    say(f"files of {publisher} are not fetched: get them at the address, and put them there by these names")
    return 1


def _manifests(name: str, version: str | None) -> list[Manifest]:
    """The manifests of a source: that of a version, or those that the default recipe reads."""
    from taxonomy.declarations import LOADERS, RECIPES
    from taxonomy.ingest.manifest import read_manifest, read_recipe

    every = [read_manifest(path) for path in sorted(LOADERS.glob("*.toml"))]
    of_source = [one for one in every if one.source.id == f"{name}-{one.source.version}"]
    if not of_source:
        known = ", ".join(sorted({one.source.id.removesuffix(f"-{one.source.version}") for one in every}))
        raise BadInput(f"there is no source {name!r}; there are {known}")
    wanted = {version} if version else {one.source.version for one in of_source}
    found = [one for one in of_source if one.source.version in wanted]
    if not found:
        known = ", ".join(one.source.version for one in of_source)
        raise BadInput(f"there is no version {version!r} of {name}; there are {known}")
    read = {one.source.id for one in read_recipe(RECIPES / f"{_DEFAULT}.toml").manifests}
    return [one for one in found if version or one.source.id in read] or found
