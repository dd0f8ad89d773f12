"""YASGUI as a person meets it: examples that run, mistakes that are explained, nothing from elsewhere."""

import json
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from taxonomy.web.sparql_page import example_queries
from taxonomy.web.static_files import STATIC
from tests.browser.test_pages import opened, serious

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EDITOR = ".tabPanel.active .yasqe .CodeMirror"
RESULTS = ".tabPanel.active .yasr table tbody tr"
NURSE = "01-esco-skills-of-a-nurse"


@pytest.fixture(autouse=True)
def yasgui() -> None:
    if not (STATIC / "yasgui" / "manifest.json").is_file():
        pytest.fail("YASGUI is not built: make yasgui")


CROSSWALK = """{ occupation(id: "bXNH_MNX_dUR") { mappings(scheme: ESCO, first: 5) { edges { match node {
  ... on EscoOccupation { skills(first: 200) { edges { necessity node { id label(locale: SV) } } } }
} } } } }"""


def ready(page: Page) -> None:
    page.wait_for_selector(EDITOR)


def ask_for_skills_of_the_nurse(page: Page) -> None:
    ready(page)
    page.select_option("#example", NURSE)
    # The store is made when it is first asked for.
    page.wait_for_selector(RESULTS, timeout=90_000)


def skills_of_the_nurse(page: Page) -> list[tuple[str, str]]:
    """What they are called and whether they are essential, by the table, all on one page of it."""
    ask_for_skills_of_the_nurse(page)
    page.select_option(".tabPanel.active .tableSizer", "-1")
    labels, needs = (page.locator(f"{RESULTS} td:nth-child({column})").all_inner_texts() for column in (2, 3))
    return sorted((label.replace("\n", ""), need) for label, need in zip(labels, needs, strict=True))


def skills_by_graphql(url: str) -> list[tuple[str, str]]:
    """The same, by the other interface of the same server."""
    body, headers = json.dumps({"query": CROSSWALK}).encode(), {"Content-Type": "application/json"}
    with urlopen(Request(f"{url}/graphql", body, headers)) as answer:  # noqa: S310 our own server
        mapped = json.load(answer)["data"]["occupation"]["mappings"]["edges"]
    # Two of ESCO's occupations are exact matches, with some skills in common.
    skills = {
        (skill["node"]["id"], f'"{skill["node"]["label"]}"@sv', skill["necessity"].lower())
        for edge in mapped
        if edge["match"] == "EXACT"
        for skill in edge["node"]["skills"]["edges"]
    }
    return sorted((label, need) for _, label, need in skills)


def test_an_example_that_is_chosen_runs_in_a_tab_of_its_own(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, f"{sample_url}/sparql") as page:
        found = skills_of_the_nurse(page)
        assert found
        assert found == skills_by_graphql(sample_url)
        [example] = [example for example in example_queries() if example.name == NURSE]
        expect(page.locator(".yasgui .tab.active")).to_contain_text(example.en)


@pytest.mark.real
def test_the_skills_of_the_nurse_in_esco_are_listed_through_the_mapping(
    chromium: Browser, real_url: str
) -> None:
    with opened(chromium, f"{real_url}/sparql", locale="sv-SE") as page:
        found = skills_of_the_nurse(page)
        assert ('"analysera kvaliteten på sjuksköterskors vård"@sv', "essential") in found
        assert len(found) == 125
        assert found == skills_by_graphql(real_url)
        expect(page.locator(".tabPanel.active .yasr_response_chip")).to_contain_text("125 rader på ")


@pytest.mark.parametrize(
    ("locale", "words"), [("sv-SE", "Sök i resultatet"), ("en-GB", "Filter query results")]
)
def test_axe_finds_nothing_serious_in_a_table_that_speaks_the_language_of_the_browser(
    chromium: Browser, sample_url: str, locale: str, words: str
) -> None:
    with opened(chromium, f"{sample_url}/sparql", locale=locale) as page:
        ready(page)
        assert serious(page) == []
        ask_for_skills_of_the_nurse(page)
        expect(page.get_by_placeholder(words)).to_be_visible()
        assert serious(page) == []


def test_the_page_fits_a_telephone_and_only_its_table_moves_sideways(
    chromium: Browser, sample_url: str
) -> None:
    with opened(chromium, f"{sample_url}/sparql", width=390) as page:
        ask_for_skills_of_the_nurse(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        table = page.locator(".tabPanel.active .yasr_results")
        assert table.evaluate("element => element.scrollWidth > element.clientWidth")
        assert serious(page) == []


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
