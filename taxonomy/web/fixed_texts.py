"""What is published as it is: the vocabulary, the SHACL shapes, the JSON-LD context."""

import hashlib
import json
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from taxonomy.gql.http_input import is_known
from taxonomy.rdf.iris import Publication
from taxonomy.rdf.jsonld import CONTEXT_PATH, context
from taxonomy.rdf.texts import shapes, vocabulary
from taxonomy.web.media import JSON_LD, TURTLE, Medium

_KEPT: Final = "public, max-age=86400"


def fixed_texts(publication: Publication) -> list[BaseRoute]:
    """Where they are; each is given in one format only."""
    described = json.dumps(context(publication), ensure_ascii=False, indent=1)
    return [
        _route("/vocabulary", vocabulary(publication), TURTLE),
        _route("/vocabulary.ttl", vocabulary(publication), TURTLE),
        _route("/shapes", shapes(publication), TURTLE),
        _route("/shapes.ttl", shapes(publication), TURTLE),
        _route(f"/{CONTEXT_PATH}", described, JSON_LD),
    ]


def _route(path: str, text: str, medium: Medium) -> Route:
    # Weak, for the compressed answer has the same.
    etag = f'W/"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": _KEPT}
    return Route(path, partial(_given, text, medium, headers))


async def _given(text: str, medium: Medium, headers: dict[str, str], request: Request) -> Response:
    if is_known(headers["ETag"], request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(text, headers=headers, media_type=medium.media_type)
