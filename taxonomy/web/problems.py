"""Every HTTP error as problem+json (RFC 9457): the only place that makes one."""

import logging
import secrets

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from taxonomy.model.errors import PROBLEMS, TaxonomyError

_LOG = logging.getLogger("taxonomy.web")
_CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 406: "NOT_ACCEPTABLE", 413: "TOO_LARGE"}


def problem(code: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    """A problem document; `type` is a URN of the code, which `docs/graphql.md` explains."""
    facts = PROBLEMS[code]
    body = {
        "type": f"urn:occupation-graph:problem:{code.lower().replace('_', '-')}",
        "title": facts.title,
        "status": facts.status,
        "detail": detail,
        "code": code,
    }
    if facts.status == 503:
        headers = {"Retry-After": "1", **(headers or {})}
    return Response(orjson.dumps(body), facts.status, headers, media_type="application/problem+json")


async def on_http_error(request: Request, error: Exception) -> Response:
    """Starlette's own errors: no route, no such method."""
    assert isinstance(error, HTTPException)  # noqa: S101 the handler is registered for it
    code = _CODES.get(error.status_code, "BAD_INPUT" if error.status_code < 500 else "INTERNAL")
    detail = f"there is nothing at {request.url.path}" if code == "NOT_FOUND" else str(error.detail)
    return problem(code, detail, dict(error.headers or {}))


async def on_taxonomy_error(request: Request, error: Exception) -> Response:
    """An expected error of ours."""
    assert isinstance(error, TaxonomyError)  # noqa: S101 the handler is registered for it
    return problem(error.code, str(error))


async def on_internal_error(request: Request, error: Exception) -> Response:
    """Anything else: its text stays in the log, under a number that the answer gives."""
    number = secrets.token_hex(4)
    _LOG.error("internal error %s at %s %s", number, request.method, request.url.path, exc_info=error)
    return problem("INTERNAL", f"the log has it as {number}")
