"""The landing page and GraphiQL's: plain HTML, no script but the built one."""

from html import escape
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from taxonomy.checks import CATALOGUE
from taxonomy.gql.negotiation import accepted
from taxonomy.model.release import Release
from taxonomy.services.shelf import Shelf
from taxonomy.web.static_files import manifest
from taxonomy.web.texts import TEXTS, Texts

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
GRAPHIQL_POLICY: Final = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
"""GraphiQL is also a page within the graph browser."""
_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept, Accept-Language",
}

_STYLE: Final = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentcolor 25%, transparent); }
body { background: light-dark(#fff, #14181b); }
body { font: 1rem/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 62rem; padding: 1.5rem 1.25rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 1rem 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .35rem 1.25rem; list-style: none; padding: 0; }
a { color: light-dark(#0a558c, #8cc8f5); }
a:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; min-width: min(100%, 24rem); }
th, td { border-bottom: 1px solid var(--line); padding: .3rem 1rem .3rem 0; text-align: left;
  vertical-align: top; }
td.number, th.number { font-variant-numeric: tabular-nums; text-align: right; }
.tables { display: grid; gap: 0 3rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
.tables table { width: 100%; }
.sources td:nth-child(3) { white-space: nowrap; }
@media (max-width: 40rem) {
  .sources thead { clip-path: inset(50%); position: absolute; }
  .sources tr { border-bottom: 1px solid var(--line); display: block; padding: .4rem 0; }
  .sources td { border: 0; display: inline-block; padding: 0 1rem 0 0; }
  .sources td:first-child, .sources td:last-child { display: block; }
}
.note { border-left: 3px solid; padding-left: .75rem; }
code { font-family: ui-monospace, monospace; font-size: .95em; white-space: nowrap; }
"""


def landing(shelf: Shelf, request: Request) -> Response:
    """What is loaded, from whom, and where to go: in Swedish or English, as the browser prefers."""
    language = language_of(request)
    release = shelf.current().snapshot.release
    return page(language, TEXTS[language].title, _landing(TEXTS[language], release))


def graphiql(examples: list[dict[str, str]], request: Request) -> Response:
    """The GraphiQL page; without its built files it says how to build them."""
    language = language_of(request)
    texts = TEXTS[language]
    # Inside a script element only "<" can end it.
    data = orjson.dumps(examples).decode().replace("<", "\\u003c")
    body = (
        f'<main id="graphiql" data-endpoint="/graphql" data-lang="{language}">{escape(texts.loading)}</main>'
        f'<script type="application/json" id="graphiql-examples">{data}</script>'
    )
    return built_page("graphiql", "GraphiQL", language, texts.graphiql, body, GRAPHIQL_POLICY)


def built_page(
    folder: str, name: str, language: str, title: str, body: str, policy: str = CONTENT_SECURITY_POLICY
) -> Response:
    """A page around the built files of a folder; without them it says how to build them."""
    built = manifest(folder)
    if built is None:
        why = escape(TEXTS[language].not_built.format(name))
        return page(language, title, f"<h1>{name}</h1><p>{why}</p><pre><code>make {folder}</code></pre>")
    head = f'<link rel="stylesheet" href="/static/{folder}/{escape(built["style"])}">'
    body += f'<script type="module" src="/static/{folder}/{escape(built["script"])}"></script>'
    headers = {**_HEADERS, "Content-Security-Policy": policy}
    return HTMLResponse(document(language, title, head, body), headers=headers)


def language_of(request: Request) -> str:
    """`sv` or `en`: what `?lang=` says, else the language that the browser likes best, else Swedish."""
    asked = request.query_params.get("lang", "")
    ranges = accepted(request.headers.get("accept-language", ""))
    codes = (asked, *(name.partition("-")[0] for name, quality in ranges if quality > 0))
    return next((code for code in codes if code in TEXTS), "sv")


def page(language: str, title: str, body: str) -> Response:
    """A page of plain HTML in the style of these pages; `body` is HTML already."""
    head = f"<style>{_STYLE}</style>"
    return HTMLResponse(document(language, title, head, f"<main>{body}</main>"), headers=_HEADERS)


def document(language: str, title: str, head: str, body: str) -> str:
    """An HTML document; `head` and `body` are HTML already."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,">{head}</head>'
        f"<body>{body}</body></html>"
    )


def _landing(texts: Texts, release: Release) -> str:
    draft = release.draft
    other, name = ("en", "In English") if texts.language == "sv" else ("sv", "På svenska")
    links = (
        (f"/browse?lang={texts.language}", texts.explorer),
        ("/catalog", texts.linked_data),
        ("/graphql", "GraphiQL"),
        ("/sparql", "SPARQL"),
        ("/health/ready", texts.health),
        (f"/?lang={other}", name),
    )
    note = f'<p class="note">{escape(draft.note)}</p>' if draft.note else ""
    return "".join(
        (
            f"<h1>{escape(texts.title)}</h1><p>{escape(texts.lead)}</p>",
            f"<nav aria-label='{escape(texts.links)}'><ul>",
            *(f'<li><a href="{escape(href)}">{escape(text)}</a></li>' for href, text in links),
            f"</ul></nav><h2>{escape(texts.release)}</h2>",
            f"<p>{escape(draft.title)}: <code>{escape(release.id)}</code>, "
            f"{release.published_at:%Y-%m-%d %H:%M} UTC</p>{note}",
            f"<h2>{escape(texts.sources)}</h2>",
            _table(
                (texts.source, texts.version, texts.licence, texts.attribution),
                [(s.title, s.version, s.licence, s.attribution) for s in draft.sources],
                "wide sources",
            ),
            '<div class="tables"><div>',
            f"<h2>{escape(texts.concepts)}</h2>",
            _table((texts.kind, texts.count), [(row.kind, row.count) for row in draft.concepts]),
            "</div><div>",
            f"<h2>{escape(texts.relations)}</h2>",
            _table((texts.kind, texts.count), [(row.kind, row.count) for row in draft.relations]),
            f"<h2>{escape(texts.findings)}</h2>",
            _table(
                (texts.check, texts.meaning, texts.count),
                [(row.code, CATALOGUE[row.code].title, row.count) for row in draft.findings],
            ),
            "</div></div>",
        )
    )


def _table(head: tuple[str, ...], rows: list[tuple[str | int, ...]], classes: str = "wide") -> str:
    columns = (
        "".join(
            f'<th scope="col"{_class(cell)}>{escape(name)}</th>'
            for name, cell in zip(head, rows[0], strict=True)
        )
        if rows
        else ""
    )
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return (
        f'<div class="{classes}"><table><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _class(cell: str | int) -> str:
    return ' class="number"' if isinstance(cell, int) else ""


def _cell(cell: str | int) -> str:
    # A no-break space parts thousands in Swedish and is understood in English.
    text = f"{cell:,}".replace(",", "\u00a0") if isinstance(cell, int) else escape(cell)
    return f"<td{_class(cell)}>{text}</td>"
