"""The page of the graph browser: what is built of `browser/explorer`, with the words that all pages share."""

from collections.abc import Mapping
from enum import StrEnum
from html import escape
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from taxonomy.model.concept import Scheme
from taxonomy.rdf.descriptions import TITLES
from taxonomy.web import words
from taxonomy.web.pages import document, language_of, page
from taxonomy.web.static_files import manifest
from taxonomy.web.texts import TEXTS

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'; worker-src 'self';"
    " frame-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
"""Images of the page itself, to be saved, are blobs; GraphiQL is a page within it."""
_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Vary": "Accept-Language",
}


async def explorer(contact: str, request: Request) -> Response:
    """The graph browser, in the language that is asked for; when it has not been built, how to build it.

    `contact` is where an error in a concept can be reported, "" for nowhere.
    """
    language = language_of(request)
    texts = TEXTS[language]
    built = manifest("explorer")
    if built is None:
        text = escape(texts.explorer_not_built)
        body = f"<h1>{escape(texts.explorer)}</h1><p>{text}</p><pre><code>make explorer</code></pre>"
        return page(language, texts.explorer, body)
    # Inside a script element only "<" can end it.
    data = orjson.dumps({"contact": contact, "words": vocabulary()}).decode().replace("<", "\\u003c")
    body = (
        f'<div id="explorer"><p class="opening">{escape(texts.explorer_loading)}</p></div>'
        f'<noscript><p>{escape(texts.explorer_needs_script)} <a href="/catalog">/catalog</a></p></noscript>'
        f'<script type="application/json" id="explorer-data">{data}</script>'
    )
    head = (
        f'<link rel="stylesheet" href="/static/explorer/{escape(built["style"])}">'
        f'<script type="module" src="/static/explorer/{escape(built["script"])}"></script>'
    )
    return HTMLResponse(document(language, texts.explorer, head, body), headers=_HEADERS)


def vocabulary() -> dict[str, Any]:
    """What kinds, relations, provenances and codes are called in both languages, by GraphQL names."""
    return {
        "kinds": {kind.upper().replace("-", "_"): _both(word) for kind, word in words.KINDS.items()},
        "relations": {
            f"{relation.name} {direction.name}": _both(word)
            for (relation, direction), word in words.RELATIONS.items()
        },
        "matches": {
            relation.name.removesuffix("_MATCH"): _both(word) for relation, word in words.MATCHES.items()
        },
        "provenances": _named(words.PROVENANCES),
        "meanings": _named(words.MEANINGS),
        "necessities": _named(words.NECESSITIES),
        "levels": {str(level): _both(word) for level, word in words.LEVELS.items()},
        "notes": _named(words.NOTES),
        "schemes": {scheme.name: _scheme(scheme) for scheme in Scheme},
        "codes": dict(words.CODES),
    }


def _both(word: words.Word) -> dict[str, str]:
    return word._asdict()


def _named(table: Mapping[Any, words.Word]) -> dict[str, dict[str, str]]:
    return {_name(key): _both(word) for key, word in table.items()}


def _name(key: StrEnum) -> str:
    return key.name


def _scheme(scheme: Scheme) -> dict[str, str]:
    short = words.SCHEMES.get(scheme)
    swedish, english = (f"{short}, {title}" if short else title for title in TITLES[scheme])
    return {"sv": swedish, "en": english}
