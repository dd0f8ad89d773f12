"""`/sparql`: the SPARQL 1.1 Protocol for queries, and the description of the service.

GET with the query in the address, POST of a form or of the query itself; a page for browsers.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from taxonomy.gql.http_input import is_known
from taxonomy.model.errors import BadInput, NotAcceptable, TaxonomyError
from taxonomy.model.release import Release
from taxonomy.rdf.iris import prefixes
from taxonomy.sparql.description import description
from taxonomy.sparql.formats import GRAPHS
from taxonomy.sparql.question import Question, Result
from taxonomy.sparql.service import SparqlService
from taxonomy.web.published import Press
from taxonomy.web.sparql_page import yasgui
from taxonomy.web.sparql_request import question_of, taken

PATH: Final = "/sparql"
_PIECE: Final = 1 << 16
"""Bytes that are sent, and compressed, before other requests have a turn."""
_CHANGES: Final = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\b|\\u[0-9A-F]", re.IGNORECASE)
"""Queries with these are answered otherwise every time; an escaped letter may be of one of them."""
_SOON: Final = 20.0
"""Seconds between two looks at whether the current release has a store."""


class TooLarge(TaxonomyError):
    """A request body that is too long."""

    code = "TOO_LARGE"


class SparqlEndpoint:
    """What answers at `/sparql`."""

    def __init__(self, press: Press, service: SparqlService, *, max_body: int) -> None:
        self._press = press
        self._service = service
        self._max_body = max_body
        self._preparing: asyncio.Task[None] | None = None

    def routes(self) -> list[BaseRoute]:
        """Where it is."""
        return [Route(PATH, self.respond, methods=["GET", "POST"])]

    def start(self) -> None:
        """Look from now on for releases without a store, in the background."""
        self._preparing = asyncio.ensure_future(self._prepare())

    def close(self) -> None:
        """End the looking, and all processes."""
        if self._preparing is not None:
            self._preparing.cancel()
        self._service.close()

    async def respond(self, request: Request) -> Response:
        """The result of a query, the description of the service, or the page."""
        accept = taken(request.headers.get("accept", ""))
        is_post = request.method == "POST"
        if accept.page and not is_post:
            return yasgui(prefixes(self._press.publication), request)
        try:
            body = await self._body(request) if is_post else b""
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        question = question_of(request.scope["query_string"], content_type if is_post else None, body, accept)
        if question is None:
            if is_post:
                raise BadInput("there is no query in this")
            return self._description(request)
        return await self._answered(request, question)

    async def _answered(self, request: Request, question: Question) -> Response:
        release = await self._service.release()
        headers = {"Taxonomy-Release": release.id, "Vary": "Accept", "X-Content-Type-Options": "nosniff"}
        if request.method != "POST" and not _CHANGES.search(question.query):
            headers |= {"ETag": self._etag(release, question), "Cache-Control": "no-cache"}
            known = request.headers.get("if-none-match", "")
            if known != "*" and is_known(headers["ETag"], known):
                return Response(status_code=304, headers=headers)
        answered = await self._service.answer(question, request.is_disconnected)
        if answered.release != release:  # the service turned to it meanwhile
            headers = {**headers, "Taxonomy-Release": answered.release.id}
            headers.pop("ETag", None)
        return _response(answered.result, headers)

    def _etag(self, release: Release, question: Question) -> str:
        parts = (release.id, release.content_hash, self._press.version, question)
        digest = hashlib.blake2b(repr(parts).encode(errors="replace"), digest_size=12)
        return f'W/"{digest.hexdigest()}"'

    def _description(self, request: Request) -> Response:
        media_type = taken(request.headers.get("accept", "")).graphs
        if not media_type:
            raise NotAcceptable(f"the description of the service is given as {', '.join(GRAPHS)}")
        published = self._press.current()
        names = self._press.publication
        graphs = [names.graph(name) for name in published.documents.dataset.graphs]
        text = description(f"{names.base_url}{PATH[1:]}", graphs, media_type)
        headers = {"Taxonomy-Release": published.snapshot.release.id, "Vary": "Accept"}
        return Response(text, headers=headers, media_type=media_type)

    async def _body(self, request: Request) -> bytes:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._max_body:
                raise TooLarge(f"the body has more than {self._max_body} bytes")
        return bytes(body)

    async def _prepare(self) -> None:
        while True:
            await asyncio.sleep(_SOON)
            await self._service.prepare()


def _response(result: Result, headers: dict[str, str]) -> Response:
    if isinstance(result.content, bytes) and result.size <= _PIECE:
        return Response(result.content, headers=headers, media_type=result.media_type)
    headers = {**headers, "Content-Length": str(result.size)}
    return StreamingResponse(_pieces(result), headers=headers, media_type=result.media_type)


async def _pieces(result: Result) -> AsyncIterator[bytes]:
    content = result.content
    if isinstance(content, bytes):
        for at in range(0, len(content), _PIECE):
            yield content[at : at + _PIECE]
            await asyncio.sleep(0)
        return
    with content:
        while piece := content.read(_PIECE):
            yield piece
            await asyncio.sleep(0)
