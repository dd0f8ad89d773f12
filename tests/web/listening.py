"""An application behind the real server, in a thread of this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep

import uvicorn
from starlette.types import ASGIApp


@contextmanager
def listening(app: ASGIApp) -> Iterator[tuple[str, int]]:
    """Where it listens: host and port."""
    config = uvicorn.Config(app, port=0, access_log=False, log_level="critical", server_header=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[:2]
    server.should_exit = True
    thread.join(10)
