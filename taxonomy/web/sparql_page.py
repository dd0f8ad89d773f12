"""The page for SPARQL: YASGUI, with the example queries."""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

import orjson
from starlette.requests import Request
from starlette.responses import Response

from taxonomy.declarations import QUERIES
from taxonomy.web.pages import built_page, language_of
from taxonomy.web.texts import TEXTS, Texts


class ExampleQuery(NamedTuple):
    """A query of `sparql/`: its file's name, its title in Swedish and in English, and its text."""

    name: str
    sv: str
    en: str
    text: str

    def title(self, language: str) -> str:
        """Its title in a language."""
        return self.sv if language == "sv" else self.en


def example_queries() -> list[ExampleQuery]:
    """The queries of `sparql/` in the order of their names; their first two lines are their titles."""
    found = []
    for path in sorted(QUERIES.glob("*.rq")):
        sv, en, text = path.read_text("utf-8").split("\n", 2)
        found.append(
            ExampleQuery(path.stem, sv.removeprefix("# sv: "), en.removeprefix("# en: "), text.strip())
        )
    return found


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
    body = (
        f"<header>{_head(TEXTS[language])}</header>"
        f'<main id="yasgui" data-endpoint="/sparql" data-tab="{escape(TEXTS[language].tab)}">'
        f"{escape(TEXTS[language].loading_yasgui)}</main>"
        f'<script type="application/json" id="yasgui-given">{data}</script>'
    )
    return built_page("yasgui", "YASGUI", language, TEXTS[language].sparql, body)


def _head(texts: Texts) -> str:
    other, name = ("en", "In English") if texts.language == "sv" else ("sv", "På svenska")
    options = "".join(
        f'<option value="{escape(example.name)}">{escape(example.title(texts.language))}</option>'
        for example in example_queries()
    )
    return "".join(
        (
            f"<h1>SPARQL</h1><p>{escape(texts.sparql_lead)}</p>",
            '<p class="examples">',
            f'<label for="example">{escape(texts.examples)}</label> <select id="example">',
            f'<option value="">{escape(texts.choose)}</option>{options}</select></p>',
            f'<nav aria-label="{escape(texts.links)}"><ul><li><a href="/">{escape(texts.home)}</a></li>',
            f'<li><a href="/catalog">{escape(texts.linked_data)}</a></li>',
            f'<li><a href="?lang={other}" lang="{other}">{name}</a></li></ul></nav>',
        )
    )
