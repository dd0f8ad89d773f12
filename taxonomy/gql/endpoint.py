"""`/graphql`: the GraphQL over HTTP protocol, on Starlette.

POST with JSON, GET with the query in the URL, GraphiQL for browsers. Statuses: 400 does not parse, 422 not
valid, 405, 406, 413, 415, 503; otherwise 200, also with partial data.
"""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

import anyio.to_thread
import orjson
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from taxonomy.gql.execute import Answer, Executor, Prepared, Refused, Request
from taxonomy.gql.http_input import HttpFailure, checked, is_known, parsed, request_of
from taxonomy.gql.negotiation import MEDIA_TYPES, negotiate, wants_html
from taxonomy.model.errors import PROBLEMS, TaxonomyError, Unavailable
from taxonomy.services.shelf import Shelf
from taxonomy.snapshot import Snapshot

_T = TypeVar("_T")

_INLINE_COST: Final = 4_000
"""Dearer operations leave the event loop: at five microseconds each, they would stop it for 20 ms."""

_THREADS: Final = 2
_OPENING_THREADS: Final = 4
"""For older releases that are not open: they may wait for the store, and nothing else waits behind them."""

_METHODS: Final = "GET, HEAD, POST, OPTIONS"
_PERSONAL: Final = "a profile or a column is personal data and has no place in a URL: ask by POST"


class GraphQLEndpoint:
    """The ASGI application at `/graphql`."""

    def __init__(
        self,
        shelf: Shelf,
        executor: Executor,
        page: Callable[[HttpRequest], Response],
        *,
        max_body: int,
        max_waiting: int,
        build: str,
    ) -> None:
        self._shelf = shelf
        self._executor = executor
        self._page = page
        self._max_body = max_body
        self._build = build
        self._dear = _Line("dear operations", _THREADS, max_waiting)
        self._openings = _Line("requests for older releases", _OPENING_THREADS, max(max_waiting, 1))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._respond(HttpRequest(scope, receive))
        await response(scope, receive, send)

    async def _respond(self, http: HttpRequest) -> Response:
        accept = http.headers.get("accept", "")
        if http.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": _METHODS})
        if http.method in ("GET", "HEAD") and wants_html(accept):
            return self._page(http)
        media_type = negotiate(accept)
        if media_type is None:
            return _failure("NOT_ACCEPTABLE", f"answers are {' or '.join(MEDIA_TYPES)}", MEDIA_TYPES[0])
        try:
            request = await self._request(http)
            snapshot = await self._snapshot(http.query_params.get("release"))
            prepared = self._executor.prepare(request, snapshot)
            if prepared.personal and http.method != "POST":
                return _failure("METHOD_NOT_ALLOWED", _PERSONAL, media_type, "POST, OPTIONS")
            headers = self._headers(http, prepared, media_type)
            if "ETag" in headers and is_known(headers["ETag"], http.headers.get("if-none-match", "")):
                return Response(status_code=304, headers={**headers, "Vary": "Accept"})
            answer = await self._execute(prepared)
        except Refused as refused:
            return _response(refused.answer, media_type, {})
        except HttpFailure as failure:
            return _failure(failure.code, str(failure), media_type)
        except TaxonomyError as error:
            return _failure(error.code, str(error), media_type)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        if answer.status != 200:
            headers = {}
        elif "errors" in answer.body:
            headers = {"Taxonomy-Release": headers["Taxonomy-Release"], "Cache-Control": "no-cache"}
        if prepared.personal:
            headers["Cache-Control"] = "no-store"
        return _response(answer, media_type, headers)

    async def _request(self, http: HttpRequest) -> Request:
        if http.method == "POST":
            content_type = http.headers.get("content-type", "").partition(";")[0].strip().lower()
            if content_type != "application/json":
                raise HttpFailure(
                    "UNSUPPORTED_MEDIA_TYPE", f"send application/json, not {content_type!r:.60}"
                )
            return request_of(await self._body(http))
        if http.method not in ("GET", "HEAD"):
            raise HttpFailure("METHOD_NOT_ALLOWED", "ask by GET or POST")
        given = http.query_params
        return checked(
            given.get("query"), given.get("operationName"), parsed(given.get("variables") or "null")
        )

    async def _body(self, http: HttpRequest) -> bytes:
        body = bytearray()
        async for chunk in http.stream():
            body += chunk
            if len(body) > self._max_body:
                raise HttpFailure("TOO_LARGE", f"the body has more than {self._max_body} bytes")
        return bytes(body)

    async def _snapshot(self, release: str | None) -> Snapshot:
        snapshot = self._shelf.opened(release)
        if snapshot is None and release is not None:
            snapshot = await self._openings.run(partial(self._shelf.open, release))
        assert snapshot is not None  # noqa: S101 the current release is always open
        return snapshot

    async def _execute(self, prepared: Prepared) -> Answer:
        run = partial(self._executor.execute, prepared, self._shelf.current().releases)
        # What matching needs is built at the first profile: that takes longer than the event loop may wait.
        if prepared.cost <= _INLINE_COST and not prepared.personal:
            return run()
        return await self._dear.run(run)

    def _headers(self, http: HttpRequest, prepared: Prepared, media_type: str) -> dict[str, str]:
        release = prepared.snapshot.release
        headers = {"Taxonomy-Release": release.id}
        if http.method == "POST":
            return headers
        query = prepared.request.query
        # The history of releases grows while a release stays the same.
        history = [item.id for item in self._shelf.current().releases] if "releases" in query else None
        given = http.query_params
        parts = (
            release.id,
            release.content_hash,
            history,
            self._build,
            query,
            given.get("operationName"),
            given.get("variables"),
            media_type,
        )
        pinned = given.get("release") is not None and history is None
        # Weak, for the compressed answer has the same.
        return {
            **headers,
            "ETag": f'W/"{hashlib.blake2b(orjson.dumps(parts), digest_size=12).hexdigest()}"',
            "Cache-Control": "public, max-age=86400" if pinned else "no-cache",
        }


class _Line:
    """Work of one sort that leaves the event loop: its own threads, and only so much of it at once."""

    def __init__(self, what: str, threads: int, most: int) -> None:
        self._what = what
        self._most = most
        self._waiting = 0
        self._threads = anyio.CapacityLimiter(threads)

    async def run(self, work: Callable[[], _T]) -> _T:
        """What the work returns; raises `Unavailable` when too much is waiting."""
        if self._waiting >= self._most:
            raise Unavailable(f"{self._waiting} {self._what} are waiting already: try again in a second")
        self._waiting += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._threads)
        finally:
            self._waiting -= 1


def _failure(code: str, message: str, media_type: str, methods: str = _METHODS) -> Response:
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    headers = {"Allow": methods} if code == "METHOD_NOT_ALLOWED" else {}
    return _response(Answer(PROBLEMS[code].status, body), media_type, headers)


def _response(answer: Answer, media_type: str, headers: dict[str, str]) -> Response:
    headers = {**headers, "Vary": "Accept"}
    if answer.status == 503:
        headers["Retry-After"] = "1"
    content = orjson.dumps(answer.body, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(content, answer.status, headers, media_type=f"{media_type}; charset=utf-8")
