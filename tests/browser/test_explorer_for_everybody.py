"""The graph browser for everybody, and when it does not go well: axe, a telephone, a server that is gone."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import HOSTILE_ID
from tests.browser.explorer import (
    ASSISTANT,
    DEVELOPER,
    ESCO_NURSE,
    NURSE,
    NURSING,
    address,
    options,
    rows,
    search_box,
    settled,
)
from tests.browser.test_pages import opened, serious

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.usefixtures("explorer")]

VIEWS: dict[str, dict[str, str]] = {
    "beginning": {},
    "results": {"q": "sjuk"},
    "card": {"q": "sjuk", "concept": NURSE, "sel": f"{NURSE},{DEVELOPER}"},
    "esco": {"concept": ESCO_NURSE, "lang": "sv"},
    "deprecated": {"concept": HOSTILE_ID},
    "hierarchy": {"view": "tree", "concept": NURSE},
    "relations": {"view": "relations", "of": NURSE, "concept": NURSE},
    "compare": {"view": "compare", "a": ASSISTANT, "b": NURSE, "part": "all", "by": "NATIVE"},
    "compare one": {"view": "compare", "a": ASSISTANT, "sel": NURSE},
    "match": {"view": "match", "inLink": "1", "occupations": ASSISTANT, "skills": NURSING},
    "gap": {
        "view": "match",
        "inLink": "1",
        "skills": NURSING,
        "excluded": DEVELOPER,
        "to": NURSE,
        "state": "ALL",
    },
    "neighbourhood": {"view": "graph", "from": NURSE, "open": f"{NURSE}~JOB_TITLE_OF.IN"},
    "neighbourhood table": {
        "view": "graph",
        "from": NURSE,
        "open": f"{NURSE}~JOB_TITLE_OF.IN",
        "as": "table",
    },
    "paths": {"view": "path", "from": NURSE, "to": DEVELOPER},
    "column": {"view": "column"},
    "coverage": {"view": "coverage"},
    "findings": {"view": "coverage", "list": "findings"},
}


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious_in_light_and_dark(chromium: Browser, sample_url: str, view: str) -> None:
    with opened(chromium, address(sample_url, **VIEWS[view])) as page:
        settled(page, VIEWS[view])
        assert serious(page) == []
        page.emulate_media(color_scheme="dark")
        assert serious(page) == []


def test_axe_finds_nothing_serious_in_what_opens(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, q="sjuk")) as page:
        settled(page, {"q": "sjuk"})
        search_box(page).fill("s")
        expect(options(page).first).to_be_visible()
        page.keyboard.press("ArrowDown")
        assert serious(page) == []
        page.get_by_role("button", name="Download").click()
        assert serious(page) == []
        page.get_by_role("button", name="As GraphQL").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert serious(page) == []


NAMES = "[...document.querySelectorAll('.rows thead th:nth-child(2)')].map((head) => head.offsetWidth)"
"""How wide names are in tables."""


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_fits_a_telephone(chromium: Browser, sample_url: str, view: str) -> None:
    with opened(chromium, address(sample_url, **VIEWS[view]), width=400) as page:
        settled(page, VIEWS[view])
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        assert all(width >= 140 for width in page.evaluate(NAMES))


def test_the_first_thing_a_keyboard_reaches_skips_to_the_content(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url)) as page:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_be_focused()


# ---- when it does not go well


def test_a_server_that_is_gone_is_said_and_asked_again(chromium: Browser, sample_url: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address(sample_url))
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    context.set_offline(True)
    page.get_by_role("link", name="sjuksköterska").click()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer.")
    assert serious(page) == []
    context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(rows(page).first).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    ("state", "kind", "way_on"),
    [
        ({"concept": "AAAA_bbb_ccc"}, "nothing", "Search for it"),
        ({"concept": "no id"}, "refused", None),
        ({"q": "x" * 300}, "refused", None),
        ({"release": "r9-00000000"}, "unknown-release", "To the current release"),
    ],
)
def test_what_cannot_be_shown_is_said_with_a_way_on(
    chromium: Browser, sample_url: str, state: dict[str, str], kind: str, way_on: str | None
) -> None:
    with opened(chromium, address(sample_url, **state)) as page:
        said = page.locator(f'[role=alert][data-problem="{kind}"]')
        expect(said).to_be_visible()
        assert serious(page) == []
        if way_on is not None:
            said.get_by_role("link", name=way_on).click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Search")


def test_nothing_found_offers_to_drop_the_filters(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, q="mjukvaruutvecklare", kinds="education")) as page:
        page.get_by_role("button", name="Search without filters").click()
        expect(rows(page).first).to_contain_text("Mjukvaruutvecklare")
