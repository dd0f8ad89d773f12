"""The one place that picks concrete classes and puts them together.

Everything is imported where it is used: each command pays for what it needs, and strawberry, starlette and
numpy take a third of a second together.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from taxonomy.model.errors import BadSetting

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from taxonomy.config import Settings
    from taxonomy.gql.execute import Executor
    from taxonomy.ingest.manifest import Recipe
    from taxonomy.ingest.pipeline import Loaded, Progress
    from taxonomy.services.shelf import Shelf
    from taxonomy.snapshot import SnapshotCache
    from taxonomy.store.ports import Store

_SQLITE = "sqlite:///"


def open_store(settings: Settings) -> Store:
    """The store that `TAXONOMY_STORE` names; raises `BadSetting` for one that there is not."""
    from taxonomy.store.sqlite_store import SqliteStore

    path = settings.store.removeprefix(_SQLITE)
    if not path or ":/" in path:
        raise BadSetting(f"TAXONOMY_STORE must be {_SQLITE} and the path of a file, not {settings.store!r}")
    return SqliteStore(Path(path))


def open_shelf(settings: Settings, store: Store) -> Shelf:
    """The shelf over a store, with the newest release open if there is one."""
    from taxonomy.services.shelf import Shelf

    shelf = Shelf(
        store,
        snapshot_cache(settings),
        older=settings.older_releases,
        memory=settings.memory_mb << 20,
    )
    shelf.refresh()
    return shelf


def snapshot_cache(settings: Settings) -> SnapshotCache:
    """The cache of compiled releases, with the composition table of `esco_mappings/`."""
    from taxonomy.declarations import COMPOSITION
    from taxonomy.model.mapping import read_composition
    from taxonomy.snapshot import SnapshotCache

    return SnapshotCache(Path(settings.cache), read_composition(COMPOSITION))


def graphql_executor(settings: Settings) -> Executor:
    """The GraphQL executor with the limits of the settings."""
    from taxonomy.gql.execute import Executor
    from taxonomy.gql.limits import Limits
    from taxonomy.gql.schema import executable

    limits = Limits(
        characters=settings.max_characters,
        tokens=settings.max_tokens,
        depth=settings.max_depth,
        aliases=settings.max_aliases,
        repeats=settings.max_repeats,
        fragments=settings.max_fragments,
        cost=settings.max_cost,
        list_size=settings.max_list,
        seconds=settings.time_limit,
    )
    return Executor(executable(), limits)


def asgi(settings: Settings) -> Starlette:
    """The web application over the store of the settings."""
    from taxonomy.services.shelf import Watcher
    from taxonomy.web.app import create_app

    shelf = open_shelf(settings, open_store(settings))
    watcher = Watcher(shelf, settings.poll_seconds)
    return create_app(
        shelf,
        watcher,
        graphql_executor(settings),
        max_body=settings.max_body,
        max_waiting=settings.max_waiting,
        build=program_version(),
    )


def recipe_for(recipe: Path | None, data: Path | None, otherwise: Path | None = None) -> tuple[Recipe, Path]:
    """The recipe asked for, by file or by name, and the folder of its files.

    `otherwise` is the folder for a recipe that brings no files of its own when there is no `data`. With no
    recipe it is `sweden` if there is a folder, else the sample. Raises `BadSource` when the recipe cannot be
    read, `BadSetting` when it is unknown, or needs a folder and there is none.
    """
    from taxonomy.ingest.manifest import read_recipe

    found = read_recipe(_recipe_file(recipe or Path("sweden" if data or otherwise else "sample")))
    folder = data or found.data or otherwise
    if folder is None:
        raise BadSetting(f"the recipe {found.id} needs the publishers' files: say where with --data DIR")
    if not folder.is_dir():
        raise BadSetting(f"{folder} is not a folder: give the folder of the publishers' files")
    return found, folder


def _recipe_file(recipe: Path) -> Path:
    from taxonomy.declarations import RECIPES

    if recipe.is_file():
        return recipe
    named = RECIPES / f"{recipe}.toml"
    if not named.is_file():
        known = ", ".join(sorted(file.stem for file in RECIPES.glob("*.toml")))
        raise BadSetting(f"there is no recipe {recipe}: give a TOML file, or one of {known}")
    return named


def load_release(settings: Settings, recipe: Recipe, data: Path, progress: Progress) -> Loaded:
    """Load into the store of the settings, and compile the snapshot into the cache."""
    from taxonomy.ingest.pipeline import load
    from taxonomy.store.garbage import without_garbage_collection

    store = open_store(settings)
    cache = snapshot_cache(settings)
    with without_garbage_collection():
        loaded = load(store, recipe, data, progress)
        progress("compiling", 0, 1)
        cache.get(loaded.release, lambda: loaded.content)
    cache.keep_only(store.releases())
    progress("compiling", 1, 1)
    return loaded


def prune(settings: Settings, keep: int) -> int:
    """Remove all but the newest `keep` releases, and their snapshots; how many went."""
    store = open_store(settings)
    with store.lock():
        old = store.releases()[:-keep]
        for release in old:
            store.discard(release.ordinal)
        snapshot_cache(settings).keep_only(store.releases())
    return len(old)


def program_version() -> str:
    """The version of the installed package."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("occupation-graph")
    except PackageNotFoundError:
        return "0"
