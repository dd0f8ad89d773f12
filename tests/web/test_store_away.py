"""What readers notice when the store is away or frozen: nothing, but for releases that nobody has opened."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from taxonomy.compose import asgi
from taxonomy.config import Settings
from taxonomy.declarations import LOADERS, RECIPES
from taxonomy.model.errors import StoreError
from taxonomy.model.release import Content, Release
from taxonomy.services.shelf import Shelf
from taxonomy.snapshot import SnapshotCache
from taxonomy.store.sqlite_store import SqliteStore
from tests.builders import composition
from tests.gql.service import publish, settings_in

PATIENCE = 30.0
SOON = 2.0
MANY = 12
DEAR = "{ occupations(first: 100) { nodes { skills(first: 40) { nodes { id } } } } }"


class Freezing(SqliteStore):
    """A SQLite store whose answers come when they are let go, and are failures then."""

    frozen = False

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.let_go = threading.Event()

    def releases(self) -> tuple[Release, ...]:
        self._wait()
        return super().releases()

    def read(self, ordinal: int) -> Content:
        self._wait()
        return super().read(ordinal)

    def _wait(self) -> None:
        if self.frozen:
            assert self.let_go.wait(PATIENCE)
            raise StoreError("the store took too long")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a store with two releases, of which one is in the cache."""
    found = settings_in(tmp_path, poll_seconds=0.05)
    publish(found)
    data = tmp_path / "data"
    shutil.copytree(LOADERS / "sample", data)
    made_up = data / "made-up" / "concepts.json"
    made_up.write_text(made_up.read_text("utf-8").replace('"Allmänsjuksköterska"', '"Syster"'), "utf-8")
    publish(found, RECIPES / "sample.toml", data)
    for file in (tmp_path / "cache").glob("r1-*.snapshot"):
        file.unlink()
    return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Freezing]:
    found = Freezing(tmp_path / "taxonomy.db")
    yield found
    found.let_go.set()


@pytest.fixture
def client(settings: Settings, store: Freezing) -> Iterator[TestClient]:
    shelf = Shelf(store, SnapshotCache(Path(settings.cache), composition()), older=2, memory=10**12)
    shelf.start()
    with TestClient(asgi(settings, shelf), raise_server_exceptions=False) as found:
        yield found
        store.let_go.set()


class Asking(threading.Thread):
    """Asks for a release in a thread of its own."""

    def __init__(self, client: TestClient, release: str) -> None:
        super().__init__(daemon=True)
        self._client = client
        self._release = release
        self.response: Any = None
        self.start()

    def run(self) -> None:
        params = {"query": "{ release { ordinal } }", "release": self._release}
        self.response = self._client.get("/graphql", params=params)


def test_while_the_store_is_frozen_the_current_release_answers_and_an_older_one_is_refused_in_the_end(
    client: TestClient, store: Freezing
) -> None:
    releases = client.post("/graphql", json={"query": "{ releases { id } }"}).json()["data"]["releases"]
    store.frozen = True
    waiting = [Asking(client, releases[0]["id"]) for _ in range(MANY)]
    time.sleep(0.3)
    began = time.monotonic()
    for query in ("{ release { ordinal } }", DEAR):
        for _ in range(5):
            response = client.post("/graphql", json={"query": query})
            assert (response.status_code, "errors" in response.json()) == (200, False)
    pinned = client.get("/graphql", params={"query": "{ release { id } }", "release": releases[1]["id"]})
    assert pinned.json()["data"]["release"]["id"] == releases[1]["id"]
    assert client.get("/health/ready").status_code == client.get("/").status_code == 200
    assert time.monotonic() - began < SOON
    assert all(one.is_alive() for one in waiting)
    store.let_go.set()
    for one in waiting:
        one.join(PATIENCE)
        assert one.response.status_code == 503
        assert int(one.response.headers["Retry-After"]) > 0
        (error,) = one.response.json()["errors"]
        assert error["extensions"] == {"code": "UNAVAILABLE"}
        assert error["message"].startswith(f"release {releases[0]['id']} is not open and ")
        assert "taxonomy.db" not in error["message"]


def test_when_the_store_is_back_older_releases_are_opened_again(client: TestClient, store: Freezing) -> None:
    releases = client.post("/graphql", json={"query": "{ releases { id } }"}).json()["data"]["releases"]
    store.frozen = True
    store.let_go.set()
    end = time.monotonic() + PATIENCE
    while (told := client.get("/health/ready").json()["store"]) == "reachable":
        assert time.monotonic() < end
    assert told.endswith(": the store took too long")
    params = {"query": "{ release { ordinal } }", "release": releases[0]["id"]}
    assert client.get("/graphql", params=params).status_code == 503
    store.frozen = False
    while client.get("/health/ready").json()["store"] != "reachable":
        assert time.monotonic() < end
    assert client.get("/graphql", params=params).json()["data"]["release"] == {"ordinal": 1}


def test_only_so_many_requests_wait_for_older_releases(settings: Settings, store: Freezing) -> None:
    shelf = Shelf(store, SnapshotCache(Path(settings.cache), composition()), older=2, memory=10**12)
    shelf.start()
    first = shelf.current().releases[0].id
    with TestClient(asgi(settings._replace(max_waiting=2), shelf), raise_server_exceptions=False) as client:
        store.frozen = True
        waiting = [Asking(client, first) for _ in range(2)]
        time.sleep(0.3)
        third = Asking(client, first)
        third.join(SOON)
        (error,) = third.response.json()["errors"]
        assert error["message"].startswith("2 requests for older releases are waiting already")
        assert client.post("/graphql", json={"query": DEAR}).status_code == 200
        store.let_go.set()
        for one in waiting:
            one.join(PATIENCE)
