"""The pages as a person sees them: in Chromium, with a keyboard, on a wide and on a narrow screen."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from taxonomy.declarations import OPERATIONS
from taxonomy.web.static_files import STATIC

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUERY_EDITOR = ".graphiql-query-editor .CodeMirror"
RESULT = "document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue() ?? ''"


@contextmanager
def opened(browser: Browser, url: str, width: int = 1400, locale: str = "en-GB") -> Iterator[Page]:
    """A page that must load nothing from elsewhere and complain about nothing."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale=locale)
    page = context.new_page()
    origin = "/".join(url.split("/")[:3])
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "request", lambda request: trouble.append(request.url) if elsewhere(request.url, origin) else None
    )
    page.goto(url)
    yield page
    context.close()
    assert trouble == []


def elsewhere(url: str, origin: str) -> bool:
    return not url.startswith((origin, "data:", "blob:"))


def answer_by_keyboard(page: Page) -> dict[str, Any]:
    """What GraphiQL shows after Ctrl+Enter; pressed again while it gets ready and hears nothing."""
    end = time.monotonic() + 40
    # Playwright's own waiting evaluates text in the page, which the page's policy forbids.
    while '"data"' not in page.evaluate(RESULT):
        assert time.monotonic() < end, page.evaluate(RESULT)
        page.locator(QUERY_EDITOR).click()
        page.keyboard.press("Control+Enter")
        page.wait_for_timeout(1000)
    answer: dict[str, Any] = json.loads(page.evaluate(RESULT))
    return answer


def needs_graphiql() -> None:
    if not (STATIC / "graphiql" / "manifest.json").is_file():
        pytest.fail("GraphiQL is not built: make graphiql")


def test_graphiql_opens_every_named_operation_in_a_tab(chromium: Browser, sample_url: str) -> None:
    needs_graphiql()
    with opened(chromium, f"{sample_url}/graphql") as page:
        page.wait_for_selector(QUERY_EDITOR)
        tabs = page.locator(".graphiql-tab-button").all_inner_texts()
        assert tabs == sorted(path.stem for path in OPERATIONS.glob("*.graphql"))


def test_graphiql_runs_an_example_from_the_keyboard(chromium: Browser, sample_url: str) -> None:
    needs_graphiql()
    with opened(chromium, f"{sample_url}/graphql") as page:
        page.wait_for_selector(QUERY_EDITOR)
        page.locator(".graphiql-tab-button", has_text="GroupTree").click()
        assert answer_by_keyboard(page)["data"]["occupationGroup"]["code"] == "2221"


@pytest.mark.real
@pytest.mark.parametrize(
    ("occupation", "label"),
    [("rQds_YGd_quU", "Mjukvaruutvecklare"), ("bXNH_MNX_dUR", "Sjuksköterska, grundutbildad")],
)
def test_graphiql_shows_the_skills_of_an_occupation_with_provenance_and_evidence(
    chromium: Browser, real_url: str, occupation: str, label: str
) -> None:
    needs_graphiql()
    query = (OPERATIONS / "OccupationSkills.graphql").read_text("utf-8")
    asked = urlencode({"query": query, "variables": json.dumps({"id": occupation})})
    with opened(chromium, f"{real_url}/graphql?{asked}") as page:
        page.wait_for_selector(QUERY_EDITOR)
        shown = answer_by_keyboard(page)["data"]["occupation"]
        assert shown["label"] == label
        for edge in shown["skills"]["edges"]:
            assert edge["provenance"] in ("NATIVE", "CALCULATED")
            assert edge["evidence"][0]["steps"][-1]["to"]["id"] == edge["node"]["id"]


@pytest.mark.parametrize(("locale", "heading"), [("sv-SE", "Källor"), ("en-GB", "Sources")])
def test_the_landing_page_speaks_the_language_of_the_browser(
    chromium: Browser, sample_url: str, locale: str, heading: str
) -> None:
    with opened(chromium, sample_url, locale=locale) as page:
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        expect(page.get_by_text("CC-BY-4.0").first).to_be_visible()
        page.get_by_role("link", name="In English" if locale == "sv-SE" else "På svenska").click()
        other = "Sources" if locale == "sv-SE" else "Källor"
        expect(page.get_by_role("heading", name=other)).to_be_visible()


def test_the_landing_page_can_be_walked_by_keyboard(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, sample_url) as page:
        page.keyboard.press("Tab")
        focused = "[document.activeElement.tagName, document.activeElement.getAttribute('href')]"
        assert page.evaluate(focused) == ["A", "/browse?lang=en"]


def test_the_landing_page_fits_a_telephone(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, sample_url, width=400) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 400


# ---- documents about concepts

NURSE = "/concept/bXNH_MNX_dUR"
PAGES = [
    "/",
    NURSE,
    "/concept/esco:occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50",
    "/concept/Z8ci_bBE_tmx",
    "/concept/Phit_Tat_001",
    "/scheme/ssyk-2012",
    "/catalog",
    "/.well-known/void",
]


def serious(page: Page) -> list[str]:
    """What axe finds that keeps somebody out, or makes it hard."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']}" for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(
    chromium: Browser, sample_url: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    with opened(chromium, sample_url + path) as page:
        page.emulate_media(color_scheme=scheme)
        assert serious(page) == []


def test_a_page_that_there_is_not_suggests_one_that_there_is(chromium: Browser, sample_url: str) -> None:
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{sample_url}/concept/bXNH_MNX_dUr")
    assert serious(page) == []
    page.get_by_role("link", name="Sjuksköterska, grundutbildad").click()
    expect(page).to_have_url(sample_url + NURSE)
    context.close()


@pytest.mark.parametrize("width", [400, 1400])
@pytest.mark.parametrize("path", PAGES[1:])
def test_documents_fit_a_telephone_and_a_desk(
    chromium: Browser, sample_url: str, path: str, width: int
) -> None:
    with opened(chromium, sample_url + path, width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_document_is_read_and_walked_without_javascript(chromium: Browser, sample_url: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto(sample_url + NURSE)
    expect(page.get_by_role("heading", name="Sjuksköterska, grundutbildad")).to_be_visible()
    page.get_by_text("Vad betyder ursprunget?").click()
    expect(page.get_by_text("Utgivaren säger det om hela SSYK-gruppen.")).to_be_visible()
    page.get_by_role("link", name="In English").click()
    expect(page.get_by_role("heading", name="Place in the hierarchies")).to_be_visible()
    page.get_by_role("link", name="2221").first.click()
    expect(page.get_by_role("heading", name="Professional nurses")).to_be_visible()
    context.close()


def test_a_printed_document_has_all_its_lists_and_no_navigation(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, f"{sample_url}{NURSE}?lang=sv") as page:
        page.emulate_media(media="print")
        expect(page.get_by_role("link", name="In English")).to_be_hidden()
        folded = page.locator("details table.skills tr").last
        expect(folded).to_be_visible()


def test_the_first_thing_a_keyboard_reaches_skips_to_the_content(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, sample_url + NURSE) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#content")


@pytest.mark.real
def test_axe_finds_nothing_serious_in_what_the_publishers_have(chromium: Browser, real_url: str) -> None:
    for path in (NURSE, "/concept/rQds_YGd_quU", "/scheme/esco", "/catalog"):
        with opened(chromium, real_url + path) as page:
            assert serious(page) == []
