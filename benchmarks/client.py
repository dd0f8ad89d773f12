"""A load generator in a process of its own: keep-alive connections, requests prepared beforehand.

Each connection has one request under way. Every answer must have status 200 and hold the text that its
request expects, so that a quick wrong answer is no success. Input and output are JSON, see `load`.
"""

import asyncio
import sys
from array import array
from collections.abc import Sequence
from functools import partial
from time import perf_counter
from typing import Any, NamedTuple

import orjson
import uvloop


class Request(NamedTuple):
    """One request as it goes over the wire, and what its answer must hold."""

    sent: bytes
    expected: bytes


class _Connection(asyncio.Protocol):
    def __init__(self, requests: Sequence[Request], first: int, took: "array[float]") -> None:
        self._requests = requests
        self._next = first
        self._took = took
        self._buffer = b""
        self._sent_at = 0.0
        self.wrong = 0
        self.first_wrong = b""

    def connection_made(self, transport: Any) -> None:
        self._transport: asyncio.Transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_whole():
            return
        self._took.append(perf_counter() - self._sent_at)
        if not self._buffer.startswith(b"HTTP/1.1 200 ") or self._request.expected not in self._buffer:
            self.wrong += 1
            self.first_wrong = self.first_wrong or self._buffer
        self._buffer = b""
        self._send()

    def _is_whole(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        at = self._buffer.find(b"content-length: ", 0, end)
        if at < 0:  # in chunks, of which the last is empty; JSON has no line ends like that
            return self._buffer.endswith(b"\r\n0\r\n\r\n", end)
        length = int(self._buffer[at + 16 : self._buffer.index(b"\r\n", at)])
        return len(self._buffer) >= end + 4 + length

    def _send(self) -> None:
        self._request = self._requests[self._next % len(self._requests)]
        self._next += 1
        self._sent_at = perf_counter()
        self._transport.write(self._request.sent)


def request(path: str, body: bytes, expected: bytes) -> Request:
    """A POST of JSON."""
    lines = ("Host: bench", "Content-Type: application/json", f"Content-Length: {len(body)}", "", "")
    return Request("\r\n".join((f"POST {path} HTTP/1.1", *lines)).encode() + body, expected)


def get(path: str, accept: str, expected: bytes) -> Request:
    """A GET of what is given as some media type."""
    lines = (f"GET {path} HTTP/1.1", "Host: bench", f"Accept: {accept}", "", "")
    return Request("\r\n".join(lines).encode(), expected)


def _itself(protocol: _Connection) -> _Connection:
    return protocol


async def load(
    port: int, requests: Sequence[Request], connections: int, warm_up: float, seconds: float
) -> Any:
    """Send requests for some seconds: how many, in how long, percentiles, which answers were wrong."""
    loop = asyncio.get_running_loop()
    took = array("d")
    made: list[_Connection] = []
    for number in range(connections):
        # Each begins elsewhere: no two ask the same at the same time.
        first = number * len(requests) // connections
        protocol = _Connection(requests, first, took)
        await loop.create_connection(partial(_itself, protocol), "127.0.0.1", port)
        made.append(protocol)
    await asyncio.sleep(warm_up)
    del took[:]
    started = perf_counter()
    await asyncio.sleep(seconds)
    passed = perf_counter() - started
    ordered = sorted(took)
    wrong = [protocol for protocol in made if protocol.wrong]
    return {
        "requests": len(ordered),
        "seconds": passed,
        "p50": ordered[len(ordered) // 2] if ordered else 0.0,
        "p95": ordered[len(ordered) * 95 // 100] if ordered else 0.0,
        "p99": ordered[len(ordered) * 99 // 100] if ordered else 0.0,
        "wrong": sum(protocol.wrong for protocol in wrong),
        "first_wrong": wrong[0].first_wrong.decode(errors="replace") if wrong else "",
    }


def main() -> None:
    """Read one order from stdin, write its result to stdout."""
    order = orjson.loads(sys.stdin.buffer.read())
    requests = [
        request(order["path"], body.encode(), expected.encode()) for body, expected in order["requests"]
    ]
    requests += [get(path, accept, expected.encode()) for path, accept, expected in order.get("gets", ())]
    done = uvloop.run(load(order["port"], requests, order["connections"], order["warm_up"], order["seconds"]))
    sys.stdout.buffer.write(orjson.dumps(done))


if __name__ == "__main__":
    main()
