"""The pages as they are sent; how they look and behave is tested in a browser."""

import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from taxonomy.web import static_files
from tests.gql.service import Service, operations

HTML = {"Accept": "text/html"}


class Page(HTMLParser):
    """The tags of a page, checked for being closed."""

    EMPTY = frozenset({"meta", "link", "br", "img", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize(
    ("accept_language", "query", "expected"),
    [
        ("", "", "sv"),
        ("sv", "", "sv"),
        ("en-GB,en;q=0.9", "", "en"),
        ("de,en;q=0.8,sv;q=0.5", "", "en"),
        ("en;q=0.3,sv;q=0.8", "", "sv"),
        ("sv;q=0,en", "", "en"),
        ("de", "", "sv"),
        ("sv", "?lang=en", "en"),
        ("en", "?lang=sv", "sv"),
        ("en", "?lang=de", "en"),
        ("en", "?lang=<script>", "en"),
        ("*;q=0.1, x" * 500, "", "sv"),
    ],
)
def test_the_landing_page_is_in_the_language_that_the_browser_prefers(
    client: TestClient, accept_language: str, query: str, expected: str
) -> None:
    response = client.get(f"/{query}", headers={"Accept-Language": accept_language})
    assert response.status_code == 200
    page = Page(response.text)
    assert page.all("html") == [{"lang": expected}]
    assert "Accept-Language" in response.headers["Vary"]
    assert "<script>" not in response.text


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_landing_page_says_what_is_loaded_from_whom_and_under_which_licence(
    client: TestClient, service: Service, lang: str
) -> None:
    text = client.get("/", params={"lang": lang}).text
    draft = service.release.draft
    plain = re.sub(r"<[^>]+>", " ", text)
    assert service.release.id in plain
    for source in draft.sources:
        for fact in (source.title, source.version, source.licence):
            assert fact in plain or fact.replace("'", "&#x27;") in plain
    names = [*(row.kind for row in draft.concepts), *(row.kind for row in draft.relations)]
    assert [name for name in (*names, *(row.code for row in draft.findings)) if name not in plain] == []


def test_every_link_of_the_landing_page_leads_somewhere(client: TestClient) -> None:
    links = [tag["href"] for tag in Page(client.get("/").text).all("a")]
    assert "/graphql" in links
    for link in links:
        assert link
        if link.startswith("/"):
            assert client.get(link, headers=HTML).status_code == 200


@pytest.mark.parametrize(("path", "headers"), [("/", {}), ("/graphql", HTML)])
def test_a_page_loads_nothing_from_elsewhere_and_says_so_to_the_browser(
    client: TestClient, path: str, headers: dict[str, str]
) -> None:
    response = client.get(path, headers=headers)
    policy = dict(
        part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == ("'self'" if path == "/graphql" else "'none'")
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert not [
        value for value in policy.values() if "http" in value or "*" in value or "unsafe-eval" in value
    ]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    page = Page(response.text)
    for tag, attributes in page.tags:
        for name in ("src", "href") if tag != "a" else ():
            value = attributes.get(name)
            assert value is None or value.startswith(("/", "data:"))
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "script" or attributes.get("src") or attributes.get("type") == "application/json"


def test_graphiql_brings_the_named_operations_with_their_variables(client: TestClient) -> None:
    text = client.get("/graphql", headers=HTML).text
    found = re.search(
        r'<script type="application/json" id="graphiql-examples">(.*?)</script>', text, re.DOTALL
    )
    if static_files.manifest("graphiql") is None:
        pytest.skip("GraphiQL has not been built: make graphiql")
    assert found
    for operation in operations():
        assert f'"name":"{operation.name}"' in found[1]


def test_a_graphiql_that_was_not_built_says_how_to_build_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taxonomy.web.pages.manifest", lambda page: None)
    response = client.get("/graphql", headers=HTML)
    assert response.status_code == 200
    assert "make graphiql" in response.text


def test_a_page_is_sent_without_its_body_to_those_who_ask_for_the_head(client: TestClient) -> None:
    for path, headers in (("/", {}), ("/graphql", HTML), ("/health/live", {})):
        got, head = client.get(path, headers=headers), client.head(path, headers=headers)
        assert head.status_code == got.status_code == 200
        assert head.headers["Content-Type"] == got.headers["Content-Type"]
