"""The one place that picks concrete classes and puts them together.

Everything is imported where it is used: each command pays for what it needs, and strawberry, starlette and
numpy take a third of a second together.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from taxonomy.model.errors import BadSetting, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette

    from taxonomy.config import Settings
    from taxonomy.export.sssom import SetFacts
    from taxonomy.gql.execute import Executor
    from taxonomy.ingest.manifest import Recipe
    from taxonomy.ingest.pipeline import Loaded, Progress
    from taxonomy.rdf.iris import Publication
    from taxonomy.services.shelf import Shelf
    from taxonomy.snapshot import SnapshotCache
    from taxonomy.sparql.local import LocalSparql
    from taxonomy.sparql.question import Limits
    from taxonomy.sparql.service import SparqlService
    from taxonomy.sparql.stores import Stores
    from taxonomy.store.ports import Store

_SQLITE = "sqlite:///"


def open_store(settings: Settings) -> Store:
    """The store that `TAXONOMY_STORE` names; raises `BadSetting` for one that there is not.

    It is not asked anything yet. A process should have one only: `opened_store` closes it as well.
    """
    from taxonomy.store.neo4j_address import names_a_server

    path = settings.store.removeprefix(_SQLITE)
    if path == settings.store and names_a_server(path):
        return _neo4j_store(settings)
    if not path:
        raise BadSetting(f"TAXONOMY_STORE must have the path of a file after {_SQLITE}")

    from taxonomy.store.sqlite_store import SqliteStore

    return SqliteStore(Path(path))


def _neo4j_store(settings: Settings) -> Store:
    import logging

    from taxonomy.store.neo4j_address import parse_address

    address = parse_address(settings.store)
    if not settings.neo4j_password:
        raise BadSetting(f"TAXONOMY_NEO4J_PASSWORD is not set, and {address} needs a password: set it")
    try:
        from taxonomy.store.neo4j_store import Neo4jStore
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "neo4j":
            raise
        raise BadSetting(
            f"a store at {address} needs the Neo4j driver: pip install 'occupation-graph[neo4j]'"
        ) from error
    # What the driver would log at every look, our errors say once.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    user, database = settings.neo4j_user, settings.neo4j_database
    return Neo4jStore(address, user=user, password=str(settings.neo4j_password), database=database)


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """The store of the settings, closed at the end if it is one that keeps connections."""
    store = open_store(settings)
    try:
        yield store
    finally:
        if hasattr(store, "close"):
            store.close()


def open_shelf(settings: Settings, store: Store) -> Shelf:
    """The shelf over a store, with the newest release open if there is one.

    While the store cannot be read that is the newest in the cache, and `Shelf.trouble` says why; raises
    `StoreError` when there is none.
    """
    from taxonomy.services.shelf import Shelf

    shelf = Shelf(
        store,
        snapshot_cache(settings),
        older=settings.older_releases,
        memory=settings.memory_mb << 20,
    )
    shelf.start()
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


def asgi(settings: Settings, shelf: Shelf | None = None) -> Starlette:
    """The web application over a shelf, or over one of its own on the store of the settings."""
    from taxonomy.services.shelf import Watcher
    from taxonomy.web.app import create_app
    from taxonomy.web.downloads import Downloads
    from taxonomy.web.published import Press
    from taxonomy.web.sparql import SparqlEndpoint

    shelf = shelf or open_shelf(settings, open_store(settings))
    watcher = Watcher(shelf, settings.poll_seconds)
    build = program_version()
    press = Press(shelf, publication(settings), build)
    return create_app(
        shelf,
        watcher,
        graphql_executor(settings),
        press,
        Downloads(press, Path(settings.cache) / "downloads"),
        SparqlEndpoint(press, sparql_service(settings, shelf), max_body=settings.max_body),
        max_body=settings.max_body,
        max_waiting=settings.max_waiting,
        build=build,
    )


def sparql_service(settings: Settings, shelf: Shelf) -> SparqlService:
    """SPARQL over a shelf with the limits of the settings; it begins nothing before it is asked."""
    from taxonomy.sparql.service import SparqlService

    return SparqlService(shelf, *_sparql(settings))


def local_sparql(settings: Settings) -> LocalSparql:
    """SPARQL without a service, over the same stores and with the same limits."""
    from taxonomy.sparql.local import LocalSparql

    return LocalSparql(*_sparql(settings))


def _sparql(settings: Settings) -> tuple[Stores, Limits]:
    from taxonomy.sparql.question import Limits
    from taxonomy.sparql.stores import Stores

    folder = Path(settings.cache) / "sparql"
    stores = Stores(folder, snapshot_cache(settings), publication(settings), program_version())
    limits = Limits(
        seconds=settings.sparql_time_limit,
        memory=settings.sparql_memory_mb << 20,
        result=settings.sparql_max_result,
        characters=settings.max_characters,
        workers=settings.sparql_workers,
        waiting=settings.sparql_max_waiting,
    )
    return stores, limits


def publication(settings: Settings) -> Publication:
    """Under which names releases are published as linked data; raises `BadSetting` for what is no name."""
    from taxonomy.model.linked_data import address
    from taxonomy.rdf.iris import Publication

    for name, given in (("NAMESPACE", settings.namespace), ("BASE_URL", settings.base_url)):
        if not given.startswith(("http://", "https://")) or not given.endswith("/"):
            raise BadSetting(f"TAXONOMY_{name} must begin with http:// or https:// and end with /: {given!r}")
        if address(given) != given:
            raise BadSetting(f"TAXONOMY_{name} has characters that no address has: {given!r}")
    return Publication(settings.namespace, settings.base_url, mapping_facts(), _contact(settings.contact))


def _contact(given: str) -> str:
    """Where one can write to, as an address on the web; raises `BadSetting` for what is none."""
    from taxonomy.model.linked_data import address

    mail = f"mailto:{given.removeprefix('mailto:')}"
    found = given if not given or given.startswith(("http://", "https://")) else mail
    if address(found) != found or (found is mail and "@" not in given.strip("@")):
        raise BadSetting(f"TAXONOMY_CONTACT must be a mail address or begin with https://, not {given!r}")
    return found


def mapping_facts() -> dict[str, SetFacts]:
    """What manifests and reviewed files say of their mapping sets."""
    from taxonomy.declarations import LOADERS, ROOT
    from taxonomy.export.sssom import SetFacts
    from taxonomy.ingest.manifest import local_manifests, read_manifest

    folder = ROOT / "esco_mappings" / "local"
    manifests = [read_manifest(path) for path in sorted(LOADERS.glob("*.toml"))]
    manifests += local_manifests(folder) if folder.is_dir() else ()
    sets = {manifest.source.id: manifest.mapping for manifest in manifests if manifest.mapping}
    return {
        id_: SetFacts(**{name: getattr(mapping, name) for name in SetFacts._fields})
        for id_, mapping in sets.items()
    }


def recipe_for(recipe: Path | None, data: Path | None, otherwise: Path | None = None) -> tuple[Recipe, Path]:
    """The recipe asked for, by file or by name, and the folder of its files.

    `otherwise` is the folder for a recipe that brings no files of its own when there is no `data`. With no
    recipe it is `sweden-esco` if there is a folder, else the sample. Raises `BadSource` when the recipe
    cannot be read, `BadSetting` when it is unknown, or needs a folder and there is none.
    """
    from taxonomy.ingest.manifest import read_recipe

    found = read_recipe(_recipe_file(recipe or Path("sweden-esco" if data or otherwise else "sample")))
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


def load_release(
    settings: Settings, recipe: Recipe, data: Path, progress: Progress, store: Store | None = None
) -> Loaded:
    """Load into a store (that of the settings), and compile the snapshot into the cache."""
    if store is None:
        with opened_store(settings) as own:
            return load_release(settings, recipe, data, progress, own)

    from taxonomy.ingest.pipeline import load
    from taxonomy.store.garbage import without_garbage_collection

    cache = snapshot_cache(settings)
    with without_garbage_collection():
        loaded = load(store, recipe, data, progress)
        progress("compiling", 0, 1)
        cache.get(loaded.release, lambda: loaded.content)
    # The release is published and compiled: what cannot be tidied now, the next refresh will.
    with suppress(StoreError):
        _tidy(cache, store)
    progress("compiling", 1, 1)
    return loaded


def prune(settings: Settings, store: Store, keep: int) -> int:
    """Remove all but the newest `keep` releases, and their snapshots; how many went."""
    with store.lock():
        old = store.releases()[:-keep]
        for release in old:
            store.discard(release.ordinal)
        _tidy(snapshot_cache(settings), store)
    return len(old)


def _tidy(cache: SnapshotCache, store: Store) -> None:
    releases = store.releases()
    cache.remember(store.address, releases)
    cache.keep_only(releases)


def program_version() -> str:
    """The version of the installed package."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("occupation-graph")
    except PackageNotFoundError:
        return "0"
