"""The one place that picks concrete classes and puts them together."""

# ruff: noqa: PLC0415 imports are late on purpose here
from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from taxonomy.config import Settings
from taxonomy.model.errors import BadSetting

if TYPE_CHECKING:  # each command pays for what it uses: strawberry and starlette cost a quarter of a second
    from starlette.applications import Starlette

    from taxonomy.gql.execute import Executor
    from taxonomy.ingest.manifest import Recipe
    from taxonomy.ingest.pipeline import Loaded, Progress
    from taxonomy.services.shelf import Shelf
    from taxonomy.store.ports import Store

_SQLITE = "sqlite:///"


def open_store(settings: Settings) -> Store:
    """The store that `TAXONOMY_STORE` names; raises `BadSetting` for one that there is not."""
    from taxonomy.store.sqlite_store import SqliteStore

    if settings.store.startswith(_SQLITE) and len(settings.store) > len(_SQLITE):
        return SqliteStore(Path(settings.store[len(_SQLITE) :]))
    raise BadSetting(f"TAXONOMY_STORE must be {_SQLITE} and the path of a file, not {settings.store!r}")


def open_shelf(settings: Settings, store: Store) -> Shelf:
    """The shelf over a store, with the newest release open if there is one."""
    from taxonomy.services.shelf import Shelf
    from taxonomy.snapshot import SnapshotCache

    shelf = Shelf(
        store,
        SnapshotCache(Path(settings.cache)),
        older=settings.older_releases,
        memory=settings.memory_mb << 20,
    )
    shelf.refresh()
    return shelf


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


def recipe_for(recipe: Path | None, data: Path | None) -> tuple[Recipe, Path]:
    """The recipe asked for and the folder of its files: the sample without either, `sweden` for a folder.

    Raises `BadSource` when the recipe cannot be read, `BadSetting` when it needs a folder and there is none.
    """
    from taxonomy.declarations import RECIPES
    from taxonomy.ingest.manifest import read_recipe

    found = read_recipe(recipe or RECIPES / ("sweden.toml" if data else "sample.toml"))
    folder = data or found.data
    if folder is None:
        raise BadSetting(f"the recipe {found.id} needs the publishers' files: say where with --data DIR")
    if not folder.is_dir():
        raise BadSetting(f"{folder} is not a folder: --data takes one laid out as loaders/README.md says")
    return found, folder


def load_release(settings: Settings, recipe: Recipe, data: Path, progress: Progress) -> Loaded:
    """Load into the store of the settings, and compile the snapshot into the cache."""
    from taxonomy.ingest.pipeline import load
    from taxonomy.snapshot import SnapshotCache, build

    store = open_store(settings)
    loaded = load(store, recipe, data, progress)
    progress("compiling", 0, 1)
    cache = SnapshotCache(Path(settings.cache))
    cache.get(loaded.release, lambda: build(loaded.release, loaded.content))
    cache.keep_only(store.releases())
    progress("compiling", 1, 1)
    return loaded


def program_version() -> str:
    """The version of the installed package."""
    try:
        return version("occupation-graph")
    except PackageNotFoundError:
        return "0"
