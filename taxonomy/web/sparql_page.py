"""The page for SPARQL: YASGUI, with the example queries."""

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import NamedTuple

import orjson
from starlette.requests import Request
from starlette.responses import Response

from taxonomy.declarations import QUERIES
from taxonomy.web.pages import built_page, language_of
from taxonomy.web.texts import DOCUMENT_TEXTS, TEXTS, Texts


class ExampleQuery(NamedTuple):
    """A query of `sparql/`: its file's name, its title in Swedish and in English, and its text."""

    name: str
    sv: str
    en: str
    text: str

    def title(self, language: str) -> str:
        """Its title in a language."""
        return self.sv if language == "sv" else self.en


@cache
def example_queries() -> tuple[ExampleQuery, ...]:
    """The queries of `sparql/` in the order of their names; their first two lines are their titles."""
    found = []
    for path in sorted(QUERIES.glob("*.rq")):
        sv, en, text = path.read_text("utf-8").split("\n", 2)
        found.append(
            ExampleQuery(path.stem, sv.removeprefix("# sv: "), en.removeprefix("# en: "), text.strip())
        )
    return tuple(found)


def yasgui(prefixes: Mapping[str, str], request: Request) -> Response:
    """The YASGUI page; without its built files it says how to build them."""
    language = language_of(request)
    given = {
        "prefixes": prefixes,
        "examples": [
            {"name": example.name, "title": example.title(language), "query": example.text}
            for example in example_queries()
        ],
    }
    # Inside a script element only "<" can end it.
    data = orjson.dumps(given).decode().replace("<", "\\u003c")
    texts = TEXTS[language]
    body = (
        f"{_head(texts)}"
        f'<main id="content"><h1>SPARQL</h1><p class="lead">{escape(texts.sparql_lead)}</p>{_examples(texts)}'
        f'<div id="yasgui" data-endpoint="/sparql" data-tab="{escape(texts.tab)}">'
        f"{escape(texts.loading_yasgui)}</div></main>"
        f'<script type="application/json" id="yasgui-given">{data}</script>'
    )
    return built_page("yasgui", "YASGUI", language, texts.sparql, body)


def _head(texts: Texts) -> str:
    words = DOCUMENT_TEXTS[texts.language]
    other, name = words.other_language, words.other_language_name
    suffix, links = f"?lang={words.language}", escape(texts.links)
    return "".join(
        (
            f'<a class="skip" href="#content">{escape(words.skip)}</a><header class="site">',
            f'<a class="home" href="/{suffix}" title="{escape(words.home)}">{escape(words.site)}</a>',
            f'<nav aria-label="{links}"><a href="/browse{suffix}">{escape(texts.explorer)}</a> ',
            f'<a href="/catalog{suffix}">{escape(words.catalogue)}</a> <a href="/graphql">GraphQL</a> ',
            f'<a href="?lang={other}" lang="{other}" hreflang="{other}">{escape(name)}</a>',
            "</nav></header>",
        )
    )


def _examples(texts: Texts) -> str:
    options = "".join(
        f'<option value="{escape(example.name)}">{escape(example.title(texts.language))}</option>'
        for example in example_queries()
    )
    return (
        f'<p class="examples"><label for="example">{escape(texts.examples)}</label> <select id="example">'
        f'<option value="">{escape(texts.choose)}</option>{options}</select></p>'
    )
