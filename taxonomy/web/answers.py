"""One document in the format, and for people in the language, that a request asks for."""

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import quote

import anyio.to_thread
import orjson
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from taxonomy.export.sssom import licence_of
from taxonomy.gql.http_input import is_known
from taxonomy.model.linked_data import address
from taxonomy.model.observation import NOT_STATED
from taxonomy.model.release import Release, SourceVersion
from taxonomy.web.media import HTML, MEDIA, Medium, preferred
from taxonomy.web.pages import CONTENT_SECURITY_POLICY, language_of
from taxonomy.web.problems import problem

VARY: Final = "Accept, Accept-Language"
_ALLOWED_IN_LINKS: Final = "!#$&'()*+,/:;=?@[]~%"


class Voice(NamedTuple):
    """The language of a page, and what its links end with so that they stay in it."""

    language: str
    suffix: str


class Document(NamedTuple):
    """A document that can be given in every format.

    `path` is its address here without an ending, `topics` are the URIs that it describes, `text` writes it in
    one of `DOCUMENT_FORMATS`, and `page` in HTML.
    """

    path: str
    topics: Sequence[str]
    release: Release
    sources: Sequence[SourceVersion]
    text: Callable[[str], str]
    page: Callable[[Voice], str]


async def answer(request: Request, document: Document, medium: Medium | None, version: str) -> Response:
    """The document as `medium`, or as the request prefers; 304 to those who have it already, or 406.

    `version` tells apart whatever else the document depends on, beside its release.
    """
    medium = medium or preferred(request.headers.get("accept", ""))
    if medium is None:
        return not_acceptable()
    voice = voice_of(request) if medium is HTML else Voice("", "")
    headers = _headers(document, medium, voice, version)
    if is_known(headers["ETag"], request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    if medium is HTML:
        # Dozens of milliseconds for the largest: other requests shall not wait behind it.
        text = await anyio.to_thread.run_sync(document.page, voice)
        return html(text, voice, headers)
    return Response(document.text(medium.name), headers=headers, media_type=medium.media_type)


def html(text: str, voice: Voice, headers: dict[str, str], status: int = 200) -> Response:
    """A page that may load nothing from elsewhere."""
    safe = {
        "Content-Language": voice.language,
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    return Response(text, status, {**headers, **safe}, media_type=HTML.media_type)


def not_acceptable() -> Response:
    """The answer to those who take nothing of what there is."""
    taken = ", ".join(medium.media_type for medium in MEDIA)
    return problem("NOT_ACCEPTABLE", f"this is given as {taken}", {"Vary": VARY})


def see_other(request: Request, path: str, status: int = 303) -> Response:
    """A redirect to another address here, with the question that was asked."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(quote(path, safe=_ALLOWED_IN_LINKS) + query, status, {"Vary": VARY})


def voice_of(request: Request) -> Voice:
    """The language that a page is asked for in; links keep what was asked for by address."""
    language = language_of(request)
    return Voice(language, f"?lang={language}" if "lang" in request.query_params else "")


def _headers(document: Document, medium: Medium, voice: Voice, version: str) -> dict[str, str]:
    release = document.release
    parts = (release.id, release.content_hash, version, document.path, medium.name, *voice)
    # Weak, for the compressed answer has the same.
    etag = f'W/"{hashlib.blake2b(orjson.dumps(parts), digest_size=12).hexdigest()}"'
    return {
        "ETag": etag,
        "Cache-Control": "no-cache",
        "Vary": VARY,
        "Content-Location": f"{document.path}.{medium.ending}",
        "Link": ", ".join(_links(document)),
        "Taxonomy-Release": release.id,
        "X-Content-Type-Options": "nosniff",
    }


def _links(document: Document) -> list[str]:
    return [
        *(f'<{topic}>; rel="describes"' for topic in document.topics),
        *(
            f'<{document.path}.{medium.ending}>; rel="alternate"; type="{medium.media_type}"'
            for medium in MEDIA
        ),
        *filter(None, map(_licence_link, document.sources)),
    ]


@lru_cache(256)
def _licence_link(source: SourceVersion) -> str:
    if source.licence in ("", NOT_STATED):
        return ""
    return f'<{address(licence_of(source))}>; rel="license"; title="{quote(source.id)}"'
