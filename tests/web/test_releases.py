"""Which release answers: the current one, an older one that is named, a new one that was just published."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from starlette.testclient import TestClient

from taxonomy.compose import (
    asgi,
    graphql_executor,
    open_shelf,
    open_store,
    publication,
    sparql_service,
)
from taxonomy.config import Settings
from taxonomy.declarations import LOADERS, RECIPES
from taxonomy.services.shelf import Watcher
from taxonomy.web.app import create_app
from taxonomy.web.downloads import Downloads
from taxonomy.web.published import Press
from taxonomy.web.sparql import SparqlEndpoint
from tests.gql.service import publish, settings_in

NURSE = "bXNH_MNX_dUR"
SAMPLE = RECIPES / "sample.toml"
ASKED = {
    "query": f'{{ release {{ id ordinal contentHash }} concept(id: "{NURSE}") {{ alternativeLabels }} }}'
}


def variant(folder: Path, name: str) -> Path:
    """The sample with another alternative label of one occupation."""
    data = folder / name
    shutil.copytree(LOADERS / "sample", data)
    made_up = data / "made-up" / "concepts.json"
    text = made_up.read_text("utf-8")
    assert text.count('"Allmänsjuksköterska"') == 1
    made_up.write_text(text.replace('"Allmänsjuksköterska"', f'"{name}"'), "utf-8")
    return data


@pytest.fixture(scope="module")
def variants(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("variants")
    return [variant(folder, f"Variant {letter}") for letter in "ABCD"]


@pytest.fixture
def history(tmp_path: Path, variants: list[Path]) -> Settings:
    """Settings of a store with four releases."""
    settings = settings_in(tmp_path, poll_seconds=0.05, older_releases=2)
    for data in variants:
        publish(settings, SAMPLE, data)
    return settings


@pytest.fixture
def client(history: Settings) -> Iterator[TestClient]:
    with TestClient(asgi(history), raise_server_exceptions=False) as found:
        yield found


def label_of(body: Any) -> str:
    (found,) = [name for name in body["data"]["concept"]["alternativeLabels"] if name.startswith("Variant")]
    return str(found)


def test_an_older_release_answers_wholly_from_itself(client: TestClient, history: Settings) -> None:
    releases = open_store(history).releases()
    assert [release.ordinal for release in releases] == [1, 2, 3, 4]
    for method in ("GET", "POST"):
        for release, name in zip(releases, "ABCD", strict=True):
            params = {"release": release.id} | (ASKED if method == "GET" else {})
            asked: dict[str, Any] = {"params": params} | ({"json": ASKED} if method == "POST" else {})
            response = client.request(method, "/graphql", **asked)
            assert response.headers["Taxonomy-Release"] == release.id
            assert response.json()["data"]["release"] == {
                "id": release.id,
                "ordinal": release.ordinal,
                "contentHash": release.content_hash,
            }
            assert label_of(response.json()) == f"Variant {name}"


def test_without_a_name_the_newest_answers(client: TestClient) -> None:
    response = client.post("/graphql", json=ASKED)
    assert label_of(response.json()) == "Variant D"
    history = client.post("/graphql", json={"query": "{ releases { id ordinal } release { id } }"}).json()[
        "data"
    ]
    assert [release["ordinal"] for release in history["releases"]] == [1, 2, 3, 4]
    assert history["release"]["id"] == history["releases"][-1]["id"] == response.headers["Taxonomy-Release"]


@pytest.mark.parametrize("release", ["r9-00000000", "r1-00000000", "", "r1", "../x", "\u0000", "a" * 5000])
def test_an_unknown_release_is_not_found(client: TestClient, release: str) -> None:
    response = client.get("/graphql", params={**ASKED, "release": release})
    assert response.status_code == 404
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "UNKNOWN_RELEASE"}
    assert len(error["message"]) < 200
    assert "Taxonomy-Release" not in response.headers


def test_a_cursor_of_one_release_is_stale_in_another(client: TestClient, history: Settings) -> None:
    query = "query($after: String) { occupations(first: 1, after: $after) { pageInfo { endCursor } } }"
    first, *_, last = open_store(history).releases()

    def ask(release: str, after: str | None) -> Any:
        body = {"query": query, "variables": {"after": after}}
        return client.post("/graphql", params={"release": release}, json=body).json()

    cursor = ask(first.id, None)["data"]["occupations"]["pageInfo"]["endCursor"]
    assert "errors" not in ask(first.id, cursor)
    stale = ask(last.id, cursor)
    assert stale["data"] == {"occupations": None}
    assert stale["errors"][0]["extensions"] == {"code": "STALE_CURSOR"}


def test_no_more_older_releases_are_open_at_once_than_allowed(history: Settings, tmp_path: Path) -> None:
    shelf = open_shelf(history, open_store(history))
    watcher = Watcher(shelf, 60)
    press = Press(shelf, publication(history), "test")
    app = create_app(
        shelf,
        watcher,
        graphql_executor(history),
        press,
        Downloads(press, tmp_path),
        SparqlEndpoint(press, sparql_service(history, shelf), max_body=10_000),
        max_body=10_000,
        max_waiting=1,
        build="test",
    )
    with TestClient(app) as client:
        releases = open_store(history).releases()
        for release in (*releases, *reversed(releases)):
            assert client.get("/graphql", params={**ASKED, "release": release.id}).status_code == 200
            assert len(shelf._open) <= history.older_releases


def test_over_the_memory_budget_an_older_release_is_refused_and_the_current_one_is_not(
    history: Settings,
) -> None:
    with TestClient(asgi(history._replace(memory_mb=1)), raise_server_exceptions=False) as client:
        first = open_store(history).releases()[0]
        response = client.get("/graphql", params={**ASKED, "release": first.id})
        assert response.status_code == 503
        assert response.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}
        assert int(response.headers["Retry-After"]) > 0
        assert client.get("/graphql", params=ASKED).status_code == 200


class Hammer(threading.Thread):
    """Asks one question over and over; keeps every answer."""

    def __init__(self, client: TestClient) -> None:
        super().__init__(daemon=True)
        self._client = client
        self.answers: list[tuple[int, str, Any]] = []
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            response = self._client.post("/graphql", json=ASKED)
            self.answers.append(
                (response.status_code, response.headers.get("Taxonomy-Release", ""), response.json())
            )


def test_releases_published_while_requests_run_fail_none_and_are_served_without_a_restart(
    tmp_path: Path, variants: list[Path]
) -> None:
    settings = settings_in(tmp_path, poll_seconds=0.05)
    publish(settings, SAMPLE, variants[0])
    with TestClient(asgi(settings), raise_server_exceptions=False) as client:
        hammers = [Hammer(client) for _ in range(2)]
        for hammer in hammers:
            hammer.start()
        for data in (*variants[1:], *variants[:2]):
            publish(settings, SAMPLE, data)
        newest = open_store(settings).releases()[-1].id
        deadline = monotonic() + 20
        while client.post("/graphql", json=ASKED).headers["Taxonomy-Release"] != newest:
            assert monotonic() < deadline, "the new release was not picked up"
            sleep(0.02)
        for hammer in hammers:
            hammer.stop.set()
            hammer.join()
    published = {release.id: release for release in open_store(settings).releases()}
    names = dict(zip(published, "ABCDAB", strict=True))
    answers = [answer for hammer in hammers for answer in hammer.answers]
    assert {status for status, _, _ in answers} == {200}
    assert len({release for _, release, _ in answers}) > 1
    for _, release, body in answers:
        assert body["data"]["release"]["id"] == release
        assert body["data"]["release"]["contentHash"] == published[release].content_hash
        assert label_of(body) == f"Variant {names[release]}"
    for hammer in hammers:
        ordinals = [published[release].ordinal for _, release, _ in hammer.answers]
        assert ordinals == sorted(ordinals), "an older release answered after a newer one"


def test_a_release_that_was_removed_is_unknown_after_the_next_look(history: Settings) -> None:
    store = open_store(history)
    first = store.releases()[0]
    with TestClient(asgi(history), raise_server_exceptions=False) as client:
        assert client.get("/graphql", params={**ASKED, "release": first.id}).status_code == 200
        with store.lock():
            store.discard(first.ordinal)
        deadline = monotonic() + 20
        while client.get("/graphql", params={**ASKED, "release": first.id}).status_code != 404:
            assert monotonic() < deadline, "the release is served still"
            sleep(0.02)
        assert client.get("/graphql", params=ASKED).status_code == 200
