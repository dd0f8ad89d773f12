"""Health: whether the process runs, and whether it can answer."""

import re
from pathlib import Path
from time import monotonic, sleep

from starlette.testclient import TestClient

from taxonomy.compose import asgi, open_store
from tests.gql.service import Service, publish, settings_in


def test_a_process_that_runs_is_live_with_or_without_a_release(client: TestClient, empty: TestClient) -> None:
    for asked in (client, empty):
        response = asked.get("/health/live")
        assert (response.status_code, response.json()) == (200, {"status": "live"})
        assert response.headers["Cache-Control"] == "no-store"


def test_a_service_with_a_release_is_ready_and_says_which(client: TestClient, service: Service) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "release": service.release.id, "store": "reachable"}
    assert response.headers["Cache-Control"] == "no-store"


def test_a_service_without_a_release_is_not_ready_until_one_is_published(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, poll_seconds=0.05)
    with TestClient(asgi(settings)) as client:
        response = client.get("/health/ready")
        assert (response.status_code, response.json()["code"]) == (503, "UNAVAILABLE")
        publish(settings)
        deadline = monotonic() + 20
        while client.get("/health/ready").status_code != 200:
            assert monotonic() < deadline, "it does not become ready"
            sleep(0.02)


def test_a_store_that_cannot_be_read_is_told_and_answers_go_on(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, poll_seconds=0.05)
    publish(settings)
    file = tmp_path / "taxonomy.db"
    release = open_store(settings).releases()[0].id
    with TestClient(asgi(settings)) as client:
        content = file.read_bytes()
        for beside in tmp_path.glob("taxonomy.db-*"):
            beside.unlink()
        file.write_bytes(b"this is no database" * 1000)
        deadline = monotonic() + 20
        while (body := client.get("/health/ready").json())["store"] == "reachable":
            assert monotonic() < deadline, "the trouble is not told"
            sleep(0.02)
        assert (body["status"], body["release"]) == ("ready", release)
        told = re.fullmatch(r"unreachable since (20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ): (.+)", body["store"])
        assert told
        assert "taxonomy.db: file is not a database" in told[2]
        sleep(1.2)  # some looks later, in another second
        assert client.get("/health/ready").json()["store"].split()[2] == f"{told[1]}:"
        asked = client.post("/graphql", json={"query": "{ release { id } }"})
        assert asked.json()["data"]["release"]["id"] == release
        file.write_bytes(content)
        while client.get("/health/ready").json()["store"] != "reachable":
            assert monotonic() < deadline, "the trouble is told for ever"
            sleep(0.02)


def test_a_service_that_starts_from_its_cache_is_ready_and_says_so_at_once(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, poll_seconds=3600)
    publish(settings)
    release = open_store(settings).releases()[0].id
    for beside in tmp_path.glob("taxonomy.db-*"):
        beside.unlink()
    (tmp_path / "taxonomy.db").write_bytes(b"this is no database" * 1000)
    with TestClient(asgi(settings)) as client:
        response = client.get("/health/ready")
        assert response.status_code == 200
        assert response.json()["release"] == release
        assert response.json()["store"].startswith("unreachable since ")
        asked = client.post("/graphql", json={"query": "{ release { id } releases { id } }"}).json()["data"]
        assert asked == {"release": {"id": release}, "releases": [{"id": release}]}
