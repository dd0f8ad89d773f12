"""Fetching from a server that fails, truncates and lies: a file is whole and verified, or it is not there."""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from taxonomy.declarations import LOADERS
from taxonomy.ingest import fetch as fetching
from taxonomy.ingest.fetch import SUMS, Fetched, Patience, Remote, Result, fetch, query_files
from taxonomy.ingest.manifest import read_manifest
from taxonomy.ingest.pipeline import no_progress
from taxonomy.model.errors import BadInput, BadSource

BODY = json.dumps({"data": {"concepts": [{"id": f"Aaaa_bbb_{n:03}"} for n in range(9000)]}}).encode()
SOON = Patience(attempts=3, pause=0.001, timeout=2.0)

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers the n-th request with the n-th answer, and then with the last one."""

    answers: ClassVar[list[Answer]] = []
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.answers[min(len(self.asked), len(self.answers)) - 1](self)

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def send(
        self, body: bytes, *headers: tuple[str, str], status: int = 200, length: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if length is None or length >= 0:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(*answers: Answer) -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and what it was asked for."""
    asked: list[str] = []
    handler = type("OneHandler", (Handler,), {"answers": list(answers), "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def whole(handler: Handler) -> None:
    handler.send(BODY)


def truncated(handler: Handler) -> None:
    handler.send(BODY[:5000], length=len(BODY))


def truncated_without_a_length(handler: Handler) -> None:
    handler.send(BODY[:5000], length=-1)


def failing(handler: Handler) -> None:
    handler.send(b"busy", status=503)


def hanging_up(handler: Handler) -> None:
    handler.connection.close()


def silent(handler: Handler) -> None:
    threading.Event().wait(0.5)


def missing(handler: Handler) -> None:
    handler.send(b"no", status=404)


def forbidden(handler: Handler) -> None:
    handler.send(b"no", status=403)


def page(handler: Handler) -> None:
    handler.send(b"<html>We are working on it</html>", ("Content-Type", "text/html"))


def with_headers(*headers: tuple[str, str]) -> Answer:
    return lambda handler: handler.send(BODY, *headers)


def base64_of(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def fetched(url: str, path: Path, patience: Patience = SOON) -> Fetched:
    [one] = fetch([Remote(url, path)], no_progress, patience)
    return one


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_fetched_and_its_sum_is_written_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "jobtech" / "v27" / "skills.json"
    with serving(whole) as (url, _):
        assert fetched(url, file) == Fetched(file, Result.FETCHED, len(BODY), "size, JSON")
    assert file.read_bytes() == BODY
    assert (file.parent / SUMS).read_text() == f"{hashlib.sha256(BODY).hexdigest()}  skills.json\n"
    assert files_in(file.parent) == [SUMS, "skills.json"]


def test_what_is_there_as_it_was_fetched_is_not_asked_for_again(tmp_path: Path) -> None:
    file = tmp_path / "skills.json"
    with serving(whole) as (url, asked):
        fetched(url, file)
        assert fetched(url, file).result is Result.THERE
        assert len(asked) == 1


def test_a_file_that_was_changed_since_is_fetched_again(tmp_path: Path) -> None:
    file = tmp_path / "skills.json"
    with serving(whole) as (url, _):
        fetched(url, file)
        file.write_bytes(BODY[:100])
        assert fetched(url, file).result is Result.FETCHED
    assert file.read_bytes() == BODY


@pytest.mark.parametrize(
    "answer", [failing, hanging_up, truncated, truncated_without_a_length, page], ids=lambda a: a.__name__
)
def test_what_goes_wrong_twice_is_tried_a_third_time(answer: Answer, tmp_path: Path) -> None:
    file = tmp_path / "skills.json"
    with serving(answer, answer, whole) as (url, asked):
        assert fetched(url, file).result is Result.FETCHED
        assert len(asked) == 3
    assert file.read_bytes() == BODY


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (failing, "status 503, 3 times"),
        (hanging_up, r"the connection failed \(.*\), 3 times"),
        (truncated, f"only 5000 of {len(BODY)} bytes came, 3 times"),
        (truncated_without_a_length, r"what came is not whole JSON \(b'.*data.*\), 3 times"),
        (page, r"what came is not whole JSON \(b'<html>We are.*\), 3 times"),
        (
            with_headers(("Content-MD5", base64_of(bytes(16)))),
            "not what the server's Content-MD5 says, 3 times",
        ),
        (
            with_headers(("Repr-Digest", "sha-256=:nonsense:")),
            "not what the server's Repr-Digest says, 3 times",
        ),
        (
            with_headers(("Digest", f"SHA-256={base64_of(bytes(32))}")),
            "not what the server's Digest says, 3 times",
        ),
        (
            with_headers(("x-amz-request-id", "1"), ("ETag", f'"{"0" * 32}"')),
            "the server's ETag says, 3 times",
        ),
        (forbidden, "the server refuses it with status 403 Forbidden"),
    ],
)
def test_what_cannot_be_had_leaves_the_old_file_and_nothing_else(
    answer: Answer, why: str, tmp_path: Path
) -> None:
    file = tmp_path / "skills.json"
    file.write_bytes(b"{}")
    with serving(answer) as (url, _), pytest.raises(BadSource, match=why):
        fetched(url, file)
    assert file.read_bytes() == b"{}"
    assert files_in(tmp_path) == ["skills.json"]


def test_a_server_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    impatient = Patience(attempts=2, pause=0.001, timeout=0.05)
    with serving(silent) as (url, asked), pytest.raises(BadSource, match=r"timed out.*2 times"):
        fetched(url, tmp_path / "skills.json", impatient)
    assert len(asked) == 2


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with serving(whole) as (url, _):
        pass
    with pytest.raises(BadSource, match=rf"{url}/x: the connection failed"):
        fetched(f"{url}/x", tmp_path / "skills.json")


@pytest.mark.parametrize(
    ("headers", "verified"),
    [
        ([("Content-MD5", base64_of(hashlib.md5(BODY).digest()))], "size, Content-MD5, JSON"),  # noqa: S324
        (
            [("Repr-Digest", f"sha-256=:{base64_of(hashlib.sha256(BODY).digest())}:")],
            "size, Repr-Digest, JSON",
        ),
        ([("Digest", f"SHA-256={base64_of(hashlib.sha256(BODY).digest())}")], "size, Digest, JSON"),
        ([("x-amz-request-id", "1"), ("ETag", f'"{hashlib.md5(BODY).hexdigest()}"')], "size, ETag, JSON"),  # noqa: S324
        ([("ETag", '"0123456789abcdef0123456789abcdef"')], "size, JSON"),
        ([("ETag", '"65f1-61a"')], "size, JSON"),
    ],
)
def test_a_checksum_that_the_server_gives_is_compared(
    headers: list[tuple[str, str]], verified: str, tmp_path: Path
) -> None:
    with serving(with_headers(*headers)) as (url, _):
        assert fetched(url, tmp_path / "skills.json").verified == verified


def test_a_server_may_ask_to_be_left_alone_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)

    def later(handler: Handler) -> None:
        handler.send(b"", ("Retry-After", "7"), status=429)

    with serving(later, failing, whole) as (url, _):
        fetched(url, tmp_path / "skills.json", Patience(3, 1.0, 2.0))
    assert waited == [7.0, 2.0]


def test_an_endless_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 100_000)
    with serving(whole) as (url, _), pytest.raises(BadSource, match="larger than"):
        fetched(url, tmp_path / "skills.json")
    assert files_in(tmp_path) == []


def test_a_file_that_is_not_published_does_not_stop_the_others(tmp_path: Path) -> None:
    names = ("one.json", "two.json", "three.json")
    with serving(whole, missing, whole) as (url, _):
        found = list(fetch([Remote(f"{url}/{name}", tmp_path / name) for name in names], no_progress, SOON))
    assert [row.result for row in found] == [Result.FETCHED, Result.MISSING, Result.FETCHED]
    assert files_in(tmp_path) == [SUMS, "one.json", "three.json"]


def test_a_run_that_failed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    def remotes(url: str) -> list[Remote]:
        return [Remote(f"{url}/{name}", tmp_path / name) for name in ("one.json", "two.json")]

    with serving(whole, failing) as (url, _), pytest.raises(BadSource):
        list(fetch(remotes(url), no_progress, SOON))
    assert files_in(tmp_path) == [SUMS, "one.json"]
    with serving(whole) as (url, asked):
        found = list(fetch(remotes(url), no_progress, SOON))
    assert [row.result for row in found] == [Result.THERE, Result.FETCHED]
    assert asked == ["/two.json"]


def test_progress_goes_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with serving(whole) as (url, _):
        remotes = [Remote(url, tmp_path / name) for name in ("one.json", "two.json")]
        list(fetch(remotes, lambda *row: told.append(row), SOON))
    shares = [done / total for _, done, total in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(told) > 6


def test_a_query_file_has_the_address_that_the_publisher_documents(tmp_path: Path) -> None:
    files = query_files(read_manifest(LOADERS / "jobtech-27.toml"), 31, tmp_path)
    assert len(files) == 34
    base = "https://data.jobtechdev.se/taxonomy/version/31/query"
    assert Remote(f"{base}/skills/skills.json", tmp_path / "jobtech" / "v31" / "skills.json") in files


@pytest.mark.parametrize("base", ["file:///etc", "skills", "https://"])
def test_only_http_addresses_are_asked(base: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no address"):
        query_files(read_manifest(LOADERS / "jobtech-27.toml"), 31, tmp_path, base)
