"""Whole releases as files: what the command line exports, once written, in ranges, never half there."""

import gzip
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from taxonomy.compose import asgi, mapping_facts, open_store
from taxonomy.config import Settings
from taxonomy.export.files import write_texts
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.formats import export
from taxonomy.rdf.iris import Publication
from taxonomy.web import downloads
from taxonomy.web.published import DOWNLOADS, media_type_of
from tests.gql.service import Service, publish, settings_in
from tests.web.test_catalogues import changed_releases
from tests.web.test_problems import assert_problem


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[TestClient, Settings]]:
    """A client over a store and a cache of its own."""
    settings = settings_in(tmp_path)
    publish(settings)
    with TestClient(asgi(settings), raise_server_exceptions=False) as client:
        yield client, settings


def address(client: TestClient, ending: str) -> str:
    release = client.get("/health/ready").json()["release"]
    return f"/releases/{release}/taxonomy.{ending}"


@pytest.mark.parametrize("ending", DOWNLOADS)
def test_a_file_is_what_an_export_writes(client: TestClient, service: Service, ending: str) -> None:
    response = client.get(address(client, ending))
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == media_type_of(ending)
    assert int(response.headers["Content-Length"]) == len(response.content)
    if ending != "tsv":
        dataset = Dataset(service.snapshot, Publication(sets=mapping_facts()))
        assert response.text == "".join(export(dataset, DOWNLOADS[ending]))
    else:
        assert "mapping_justification" in response.text


def test_files_are_given_compressed_by_name_and_never_otherwise(client: TestClient) -> None:
    whole = client.get(address(client, "ttl"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in whole.headers
    packed = client.get(address(client, "ttl.gz"), headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Type"] == "application/gzip"
    assert gzip.decompress(packed.content) == whole.content
    assert client.get(address(client, "nq.zst")).headers["Content-Type"] == "application/zstd"


def test_a_range_of_a_file_is_given(client: TestClient) -> None:
    path = address(client, "ttl")
    whole = client.get(path)
    etag = whole.headers["ETag"]
    assert not etag.startswith("W/"), "ranges need a strong one"
    for headers in ({"Range": "bytes=100-199"}, {"Range": "bytes=100-199", "If-Range": etag}):
        part = client.get(path, headers={**headers, "Accept-Encoding": "gzip"})
        assert (part.status_code, part.content) == (206, whole.content[100:200])
        assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.content)}"
    other = client.get(path, headers={"Range": "bytes=100-199", "If-Range": '"other"'})
    assert (other.status_code, other.content) == (200, whole.content)
    assert client.get(path, headers={"Range": f"bytes={len(whole.content)}-"}).status_code == 416


def test_a_file_that_a_client_has_is_not_sent_again(client: TestClient) -> None:
    path = address(client, "nt")
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address(client, "ttl")).headers["ETag"] != etag


def test_the_head_of_a_file_has_its_length(client: TestClient) -> None:
    path = address(client, "rdf")
    assert client.head(path).headers["Content-Length"] == client.get(path).headers["Content-Length"]


def test_a_file_is_written_once(own: tuple[TestClient, Settings], monkeypatch: pytest.MonkeyPatch) -> None:
    client, _ = own
    path, written = address(client, "ttl"), []

    def counted(file: Path, texts: Any) -> None:
        written.append(file)
        write_texts(file, texts)

    monkeypatch.setattr(downloads, "write_texts", counted)
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(client.get(path).status_code)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 4
    assert client.get(path).status_code == 200
    assert len(written) == 1


def test_who_cannot_wait_any_longer_is_told_and_the_file_is_written_meanwhile(
    own: tuple[TestClient, Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = own
    go_on = threading.Event()

    def slow(file: Path, texts: Any) -> None:
        assert go_on.wait(20)
        write_texts(file, texts)

    monkeypatch.setattr(downloads, "write_texts", slow)
    monkeypatch.setattr(downloads, "_PATIENCE", 0.05)
    response = client.get(address(client, "ttl"))
    assert assert_problem(response, 503)["code"] == "UNAVAILABLE"
    assert response.headers["Retry-After"]
    go_on.set()
    monkeypatch.setattr(downloads, "_PATIENCE", 20)
    assert client.get(address(client, "ttl")).status_code == 200


def test_a_full_disk_is_told_leaves_nothing_behind_and_can_be_tried_again(
    own: tuple[TestClient, Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, settings = own

    def full(file: Path, texts: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(downloads, "write_texts", full)
        body = assert_problem(client.get(address(client, "ttl")), 503)
    assert "No space left on device" in body["detail"]
    assert not [file for file in (Path(settings.cache) / "downloads").rglob("*") if file.is_file()]
    assert client.get(address(client, "ttl")).status_code == 200


def test_older_releases_are_given_too_and_those_that_went_are_forgotten(tmp_path: Path) -> None:
    names = list(changed_releases(tmp_path, 2))
    settings = settings_in(tmp_path, poll_seconds=0.05)
    with TestClient(asgi(settings)) as client:
        for release, name in zip(open_store(settings).releases(), names, strict=True):
            text = client.get(f"/releases/{release.id}/taxonomy.nt").text
            assert [one for one in names if one in text] == [name]


@pytest.mark.parametrize("ending", ["xyz", "ttl.bz2", "ttl.gz.gz", "..", "%2e%2e", "ttl%2f..%2fx", "TTL"])
def test_no_other_file_can_be_had(client: TestClient, ending: str) -> None:
    assert_problem(client.get(address(client, ending)), 404)


def test_no_file_of_a_release_that_there_is_not_can_be_had(client: TestClient) -> None:
    assert assert_problem(client.get("/releases/r9-x/taxonomy.ttl"), 404)["code"] == "UNKNOWN_RELEASE"
