"""Each hostile request of the tests, timed in a process that can be lost: a name before it, seconds after."""

import asyncio
import faulthandler
import gc
import importlib.util
import resource
import sys
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import orjson

from taxonomy.compose import asgi
from taxonomy.config import Settings, read_settings

_RUNS: Final = 5
_LONGEST_SECONDS: Final = 10
_MEMORY: Final = 2 << 30
_HEADERS: Final = [(b"content-type", b"application/json"), (b"host", b"bench")]


def hostile(path: Path) -> list[tuple[str, bytes]]:
    """Names and bodies of the set."""
    spec = importlib.util.spec_from_file_location("hostile_set", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [(request.name, request.body) for request in module.HOSTILE]


async def main(requests: list[tuple[str, bytes]], settings: Settings) -> None:
    """Every request meets applications that have not seen it; one that takes too long ends the process."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for number in range(_RUNS + 1):
        app = asgi(settings)
        gc.unfreeze()
        gc.collect()  # the application before this one
        gc.freeze()  # as `taxonomy serve` does
        await ask(app, orjson.dumps({"query": "{release{id}}"}))
        for name, body in requests:
            print(name, end="\t", flush=True)
            faulthandler.dump_traceback_later(_LONGEST_SECONDS, exit=True)
            started = perf_counter()
            await ask(app, body)
            seconds = perf_counter() - started
            faulthandler.cancel_dump_traceback_later()
            print(seconds if number else "", flush=True)


async def ask(app: Any, body: bytes) -> None:
    """One POST to an ASGI application."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "root_path": "",
        "query_string": b"",
        "headers": [*_HEADERS, (b"content-length", str(len(body)).encode())],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return messages.pop() if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        assert message["type"].startswith("http.response")

    await app(scope, receive, send)


if __name__ == "__main__":
    asyncio.run(main(hostile(Path(sys.argv[1])), read_settings({}, store=sys.argv[2], cache=sys.argv[3])))
