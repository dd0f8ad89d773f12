"""The application behind the real server: what only uvicorn and a socket can show."""

import socket
from collections.abc import Iterator
from contextlib import closing
from time import sleep

import httpx2
import pytest

from taxonomy.compose import asgi
from taxonomy.config import Settings
from tests.web.listening import listening

SMALL = "{ release { id } }"


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[tuple[str, int]]:
    """Where a real server listens."""
    with listening(asgi(settings)) as found:
        yield found


@pytest.fixture(scope="module")
def server(address: tuple[str, int]) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=f"http://{address[0]}:{address[1]}") as client:
        yield client


def test_the_head_of_an_answer_is_that_of_the_answer_without_its_body(server: httpx2.Client) -> None:
    for path, params in (("/graphql", {"query": SMALL}), ("/", {}), ("/health/live", {})):
        got, head = server.get(path, params=params), server.head(path, params=params)
        assert head.status_code == got.status_code == 200
        assert head.content == b""
        for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control", "Taxonomy-Release", "Vary"):
            assert head.headers.get(name) == got.headers.get(name)


def test_a_connection_is_kept_over_answers_errors_and_not_modified(server: httpx2.Client) -> None:
    etag = server.get("/graphql", params={"query": SMALL}).headers["ETag"]
    for _ in range(3):
        assert (
            server.get("/graphql", params={"query": SMALL}, headers={"If-None-Match": etag}).status_code
            == 304
        )
        assert server.post("/graphql", json={"query": "{"}).status_code == 400
        assert server.post("/graphql", json={"query": SMALL}).status_code == 200


def test_a_body_in_chunks_is_refused_while_it_is_still_sent(server: httpx2.Client) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 50_000_000:
            sent += 50_000
            yield b" " * 50_000

    try:
        response = server.post("/graphql", content=endless(), headers={"Content-Type": "application/json"})
    except (httpx2.WriteError, httpx2.ReadError, httpx2.RemoteProtocolError):
        pass  # the server hung up on us: as good
    else:
        assert response.status_code == 413
    assert server.post("/graphql", json={"query": SMALL}).status_code == 200


def exchange(address: tuple[str, int], request: bytes, *, wait: bool = True) -> bytes:
    with closing(socket.create_connection(address, timeout=10)) as connection:
        connection.sendall(request)
        answer = b""
        while wait and (part := connection.recv(65_536)):
            answer += part
            if b"\r\n\r\n" in answer:
                break
        return answer


def test_a_client_that_hangs_up_in_its_body_is_no_error_of_ours(
    address: tuple[str, int], server: httpx2.Client, caplog: pytest.LogCaptureFixture
) -> None:
    head = (
        b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
    )
    for _ in range(5):
        exchange(address, head, wait=False)
    sleep(0.2)
    assert server.get("/health/live").status_code == 200
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize(
    "target",
    [
        "/graphql?query=%ff%fe",
        "/graphql?query=%00",
        "/graphql?" + "a=b&" * 5000,
        "/%ff%fe%fd",
        "/static/%ff.js",
        "/?lang=%ff",
    ],
)
def test_bytes_that_are_no_text_in_an_address_are_no_error_of_ours(
    address: tuple[str, int], target: str
) -> None:
    answer = exchange(address, f"GET {target} HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n".encode("latin-1"))
    status = int(answer.split(b" ", 2)[1])
    assert status < 500


def test_the_server_does_not_say_what_it_is(server: httpx2.Client) -> None:
    assert "server" not in server.get("/").headers
