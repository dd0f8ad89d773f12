"""A published sample, and its store."""

import time
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from taxonomy.compose import open_shelf, open_store, publication, snapshot_cache
from taxonomy.config import Settings
from taxonomy.services.shelf import Shelf
from taxonomy.sparql.question import Limits
from taxonomy.sparql.service import SparqlService
from taxonomy.sparql.stores import Stores
from tests.cli.command import Served
from tests.gql.service import publish, settings_in

Made = Callable[..., SparqlService]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a store that holds the sample."""
    found = settings_in(tmp_path_factory.mktemp("sparql"))
    publish(found)
    return found


@pytest.fixture(scope="session")
def shelf(settings: Settings) -> Shelf:
    """The sample, open."""
    return open_shelf(settings, open_store(settings))


def stores_of(settings: Settings, folder: Path) -> Stores:
    """Stores in a folder, of the releases of the settings."""
    return Stores(folder, snapshot_cache(settings), publication(settings), "test")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the store of the sample is made, once for all tests that do no harm to it."""
    return tmp_path_factory.mktemp("stores")


@pytest.fixture
def made(settings: Settings, shelf: Shelf, folder: Path) -> Made:
    """Makes a service over the sample, with limits by name."""

    def make(**limits: float) -> SparqlService:
        return SparqlService(shelf, stores_of(settings, folder), Limits()._replace(**limits))  # type: ignore[arg-type]

    return make


def until_it_has_a_store(server: Served) -> None:
    """Wait: at the first query it is made, and who waited for long is told to come again."""
    end = time.monotonic() + 100
    while httpx2.get(f"{server.url}/sparql", params={"query": "ASK {}"}, timeout=60).status_code != 200:
        assert time.monotonic() < end, server.said
        time.sleep(0.5)
