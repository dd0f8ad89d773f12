"""YASGUI as a person meets it: examples that run, mistakes that are explained, nothing from elsewhere."""

import pytest
from playwright.sync_api import Browser, Page, expect

from taxonomy.web.sparql_page import example_queries
from taxonomy.web.static_files import STATIC
from tests.browser.test_pages import opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EDITOR = ".tabPanel.active .yasqe .CodeMirror"
RESULTS = ".tabPanel.active .yasr table tbody tr"
NURSE = "01-esco-skills-of-a-nurse"


@pytest.fixture(autouse=True)
def yasgui() -> None:
    if not (STATIC / "yasgui" / "manifest.json").is_file():
        pytest.fail("YASGUI is not built: make yasgui")


def ready(page: Page) -> None:
    page.wait_for_selector(EDITOR)


def skills_of_the_nurse(page: Page) -> list[str]:
    page.select_option("#example", NURSE)
    page.wait_for_selector(RESULTS)
    return page.locator(f"{RESULTS} td:last-child").all_inner_texts()


def test_an_example_that_is_chosen_runs_in_a_tab_of_its_own(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, f"{sample_url}/sparql") as page:
        ready(page)
        found = skills_of_the_nurse(page)
        assert found
        assert all(text.endswith("@sv") for text in found)
        [example] = [example for example in example_queries() if example.name == NURSE]
        expect(page.locator(".yasgui .tab.active")).to_contain_text(example.en)


@pytest.mark.real
def test_the_skills_of_the_nurse_in_esco_are_listed_through_the_mapping(
    chromium: Browser, real_url: str
) -> None:
    with opened(chromium, f"{real_url}/sparql", locale="sv-SE") as page:
        ready(page)
        page.wait_for_timeout(15_000)  # the store is made once, when it is first asked for
        found = skills_of_the_nurse(page)
        assert '"analysera kvaliteten på sjuksköterskors vård"@sv' in [
            text.replace("\n", "") for text in found
        ]
        expect(page.locator(".tabPanel.active .yasr_response_chip")).to_contain_text("125")


def test_every_example_is_offered_in_the_language_of_the_browser(chromium: Browser, sample_url: str) -> None:
    for locale in ("sv-SE", "en-GB"):
        with opened(chromium, f"{sample_url}/sparql", locale=locale) as page:
            titles = page.locator("#example option").all_inner_texts()[1:]
            assert titles == [example.title(locale[:2]) for example in example_queries()]
            assert len(titles) == 12


def test_a_query_of_ones_own_runs_from_the_keyboard(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, f"{sample_url}/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D") as page:
        ready(page)
        page.wait_for_selector(".tabPanel.active .booleanResult")
        page.locator(EDITOR).click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("SELECT (1 + 1 AS ?two) {}")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(RESULTS)
        assert "2" in page.locator(RESULTS).inner_text()


def test_a_mistake_is_explained_in_a_sentence(chromium: Browser, sample_url: str) -> None:
    # Not by `opened`: that the answer has status 400 is what Chromium complains of in its console.
    page = chromium.new_page(locale="en-GB")
    page.goto(f"{sample_url}/sparql?query=SELECT%20*%20%7B%20SERVICE%20%3Fs%20%7B%7D%20%7D")
    ready(page)
    alert = page.locator(".tabPanel.active .errorResult [role=alert]")
    expect(alert).to_contain_text("line 1, column 12: SERVICE is refused")
    page.close()
