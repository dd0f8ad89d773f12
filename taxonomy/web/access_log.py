"""The access log: method, path, status, bytes, milliseconds; no query string, it may hold a profile."""

import logging
from time import perf_counter
from typing import Final
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger("taxonomy.access")
_LONGEST_PATH: Final = 200


class AccessLog:
    """ASGI middleware that logs each request in one line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and log it."""
        if scope["type"] != "http" or not _LOG.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        status = size = 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            milliseconds = (perf_counter() - started) * 1000
            # Quoted, or a path could hold a line of its own.
            path = quote(scope["path"], errors="replace")[:_LONGEST_PATH]
            _LOG.info("%s %s %s %s %.1f", scope["method"], path, status or 500, size, milliseconds)
