"""The graph browser as a person uses it: every story ends in what is on the page, and what the API says."""

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import HOSTILE, HOSTILE_ID
from tests.browser.explorer import (
    DEVELOPER,
    ESCO_NURSE,
    NURSE,
    address,
    answer,
    card,
    downloaded,
    options,
    rows,
    search_box,
    settled,
    state_of,
)
from tests.browser.test_pages import opened, serious

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.usefixtures("explorer")]


def test_a_concept_is_found_from_its_first_letters_and_read_by_keyboard(
    chromium: Browser, sample_url: str
) -> None:
    with opened(chromium, address(sample_url)) as page:
        search_box(page).focus()
        page.keyboard.type("sjuksköterska, g")
        expect(options(page).first).to_contain_text("Sjuksköterska, grundutbildad")
        page.keyboard.press("ArrowDown")
        expect(page.locator(".option[aria-selected=true]")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(card(page).get_by_role("heading", name="Sjuksköterska, grundutbildad")).to_be_visible()
        expect(card(page)).to_be_focused()
        told = answer(sample_url, "ConceptCard", id=NURSE)["concept"]
        expect(
            card(page).get_by_role("heading", name=f"Skills: {told['skills']['totalCount']}")
        ).to_be_visible()
        expect(card(page)).to_contain_text(told["definition"]["text"])
        expect(card(page).get_by_role("listitem").filter(has_text="Job titles")).to_contain_text("4")
        assert state_of(page)["concept"] == NURSE
        page.keyboard.press("Escape")
        expect(card(page)).to_have_count(0)
        expect(search_box(page)).to_be_focused()


def test_suggestions_are_closed_by_escape_and_by_leaving(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url)) as page:
        search_box(page).fill("s")
        expect(page.get_by_role("listbox")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(search_box(page)).to_have_value("s")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("listbox")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_code_is_found_before_all_that_is_called_like_it(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url)) as page:
        search_box(page).fill("2512")
        first = answer(sample_url, "Search", text="2512", locale="EN")["search"]["nodes"][0]
        assert (first["concept"]["code"], first["locale"]) == ("2512", None)
        expect(options(page).first).to_contain_text(first["concept"]["label"])
        expect(options(page).first).to_contain_text("2512")


def test_enter_lists_all_that_is_found_and_filters_narrow_it(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url)) as page:
        search_box(page).fill("sjuk")
        page.keyboard.press("Enter")
        everything = answer(sample_url, "Search", text="sjuk", first=1000)["search"]["totalCount"]
        expect(page.get_by_text(f"{everything} rows")).to_be_visible()
        page.get_by_role("checkbox", name="Skills", exact=True).check()
        skills = answer(sample_url, "Search", text="sjuk", kinds=["SKILL", "GENERIC_SKILL"])["search"]
        expect(page.get_by_text(f"{skills['totalCount']} rows")).to_be_visible()
        assert 0 < skills["totalCount"] < everything
        page.reload()
        expect(page.get_by_text(f"{skills['totalCount']} rows")).to_be_visible()
        expect(page.get_by_role("checkbox", name="Skills", exact=True)).to_be_checked()
        page.go_back()
        expect(page.get_by_text(f"{everything} rows")).to_be_visible()


def test_a_table_is_sorted_and_filtered_and_its_address_says_so(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, q="sjuk")) as page:
        head = page.get_by_role("columnheader", name="Name")
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "ascending")
        first = rows(page).first.get_by_role("link").inner_text()
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "descending")
        assert rows(page).first.get_by_role("link").inner_text() > first
        page.get_by_role("searchbox", name="Filter the rows").fill("esco")
        expect(rows(page).first).to_contain_text("ESCO")
        assert {**state_of(page), "lang": ""} == {"q": "sjuk", "sort": "-label", "find": "esco", "lang": ""}


def test_arrow_keys_go_past_the_rows_that_are_drawn(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, q="a")) as page:
        all_rows = answer(sample_url, "Search", text="a", first=1000)["search"]["totalCount"]
        rows(page).first.get_by_role("link").focus()
        assert rows(page).count() < all_rows
        page.keyboard.press("End")
        expect(page.locator(f'tr[data-row="{all_rows - 1}"] a')).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(page.locator(f'tr[data-row="{all_rows - 2}"] a')).to_be_focused()
        page.mouse.move(400, 500)
        page.mouse.wheel(0, -100_000)
        expect(page.locator('tr[data-row="0"]')).to_be_visible()
        expect(page.locator(f'tr[data-row="{all_rows - 2}"] a')).to_be_focused()


def test_a_selection_stays_when_all_else_changes(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, q="sjuksköterska")) as page:
        page.get_by_role("checkbox", name="Add Sjuksköterska, grundutbildad to the selection").first.check()
        search_box(page).fill("mjukvaruutvecklare")
        options(page).first.click()
        card(page).get_by_role("button", name="Add to the selection").click()
        shelf = page.get_by_role("region", name="Selection")
        expect(shelf.get_by_role("heading")).to_have_text("Selection: 2 concepts")
        page.get_by_role("navigation", name="Views").get_by_role("link", name="Hierarchy").click()
        expect(page.get_by_role("treeitem").first).to_be_visible()
        expect(shelf.get_by_role("heading")).to_have_text("Selection: 2 concepts")
        page.get_by_role("link", name="På svenska").click()
        expect(page.get_by_role("heading", name="Urval: 2 begrepp")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="Urval: 2 begrepp")).to_be_visible()
        assert len(state_of(page)["sel"].split(",")) == 2
        for _ in range(2):
            page.get_by_role("button", name="Ta ur urvalet:").first.press("Enter")
        expect(page.get_by_role("region", name="Urval")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_file_holds_exactly_the_rows_of_the_table_and_says_what_it_is(
    chromium: Browser, sample_url: str, tmp_path: Path
) -> None:
    with opened(chromium, address(sample_url, q="sjuk", sort="label", find="esco")) as page:
        settled(page, {"q": "sjuk"})
        labels = rows(page).locator("a").all_inner_texts()
        releases = answer(sample_url, "Releases")
        [release] = releases["releases"]
        name, text = downloaded(page, "CSV, commas", tmp_path)
        lines = list(csv.reader(io.StringIO(text)))
        about = "\n".join(line[0] for line in lines if line[0].startswith("# "))
        table = [line for line in lines if not line[0].startswith("# ")]
        assert [row[0] for row in table] == ["Name", *labels]
        assert "id" in json.dumps(table[0]).lower()
        assert name.startswith("search-sjuk-r1-")
        for fact in (release["id"], release["publishedAt"][:10], "CC-BY-4.0", f"release={release['id']}"):
            assert fact in about
        _, sheet = downloaded(page, "CSV, semicolons", tmp_path)
        assert sheet.startswith("\ufeff# View")
        assert "Name;Kind;Code" in sheet
        _, file = downloaded(page, "JSON", tmp_path)
        assert [row["label"] for row in json.loads(file)["rows"]] == labels
        assert json.loads(file)["sources"] == [
            {key: source[key] for key in source} for source in release["sources"]
        ]


def test_a_copied_link_shows_the_same_to_others_and_pins_the_release(
    chromium: Browser, sample_url: str
) -> None:
    with opened(chromium, address(sample_url, q="sjuk", concept=NURSE, sel=DEVELOPER)) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=sample_url)
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("button", name="Copied.")).to_be_visible()
        link = page.evaluate("navigator.clipboard.readText()")
        release = answer(sample_url, "Releases")["release"]["id"]
        assert parse_qs(urlsplit(link).query)["release"] == [release]
        page.goto(link)
        expect(card(page).get_by_role("heading", level=2)).to_have_text("Sjuksköterska, grundutbildad")
        expect(page.get_by_role("heading", name="Selection: 1 concept")).to_be_visible()
        expect(page.get_by_role("row").nth(1)).to_be_visible()


def test_the_question_behind_a_view_opens_in_graphiql(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, q="sjuk")) as page:
        page.get_by_role("button", name="As GraphQL").click()
        dialog = page.get_by_role("dialog", name="As GraphQL")
        expect(dialog).to_contain_text("query Search(")
        href = dialog.get_by_role("link", name="Open in GraphiQL").get_attribute("href") or ""
        asked = parse_qs(urlsplit(href).query)
        assert json.loads(asked["variables"][0])["text"] == "sjuk"
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(page.get_by_role("button", name="As GraphQL")).to_be_focused()
        page.get_by_role("button", name="As Cypher").click()
        expect(page.get_by_role("dialog", name="As Cypher")).to_contain_text("MATCH (c:Concept)")


def test_an_older_release_is_shown_as_one(chromium: Browser, hostile_url: str) -> None:
    with opened(chromium, address(hostile_url, concept=HOSTILE_ID)) as page:
        older = answer(hostile_url, "Releases")["releases"]
        [older] = [release for release in older if release["ordinal"] == 1]
        expect(card(page).get_by_role("heading", level=2)).to_have_text(HOSTILE)
        page.get_by_role("combobox", name="Release").select_option(older["id"])
        expect(card(page).get_by_role("heading", level=2)).to_have_text("Telexoperatör (påhittat exempel)")
        assert state_of(page)["release"] == older["id"]
        page.get_by_role("link", name="To the current one").click()
        expect(card(page).get_by_role("heading", level=2)).to_have_text(HOSTILE)


def test_a_label_that_would_like_to_be_code_is_a_text_everywhere(
    chromium: Browser, hostile_url: str, tmp_path: Path
) -> None:
    state = {"q": "onerror", "concept": HOSTILE_ID, "sel": HOSTILE_ID}
    with opened(chromium, address(hostile_url, **state)) as page:
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        expect(card(page).get_by_role("heading", level=2)).to_have_text(HOSTILE)
        expect(rows(page).get_by_role("link")).to_have_text(HOSTILE)
        expect(page.get_by_role("region", name="Selection").get_by_role("link")).to_have_text(HOSTILE)
        search_box(page).fill("<img src=x")
        expect(options(page)).to_contain_text(HOSTILE)
        search_box(page).press("Escape")
        assert page.locator("img").count() == 0
        _, file = downloaded(page, "JSON", tmp_path)
        assert json.loads(file)["rows"][0]["label"] == HOSTILE


def test_an_error_in_a_concept_is_reported_with_its_name_and_release(
    chromium: Browser, hostile_url: str
) -> None:
    with opened(chromium, address(hostile_url, concept=NURSE)) as page:
        link = card(page).get_by_role("link", name="Report an error in this concept")
        href = link.get_attribute("href") or ""
        assert href.startswith("mailto:data@example.org?subject=")
        asked = parse_qs(urlsplit(href).query)
        assert f"http://data.jobtechdev.se/taxonomy/concept/{NURSE}" in asked["body"][0]
        assert answer(hostile_url, "Releases")["release"]["id"] in asked["body"][0]


def test_the_hierarchy_opens_at_the_concept_of_the_card(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, concept=NURSE)) as page:
        card(page).get_by_role("link", name="Hierarchy").click()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        here = page.locator("[role=treeitem][aria-current]")
        expect(here).to_have_attribute("aria-label", "Sjuksköterska, grundutbildad")
        expect(here).to_have_attribute("aria-level", "5")
        page.get_by_role("radio", name="Occupation fields").check()
        expect(page.get_by_role("treeitem").first).to_have_attribute("aria-level", "1")
        assert state_of(page)["tree"] == "fields"


def test_a_hierarchy_is_walked_by_keyboard(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, view="tree")) as page:
        focused = page.locator("[role=treeitem]:focus")
        page.get_by_role("treeitem").first.focus()
        page.keyboard.press("2")
        expect(focused).to_contain_text("2 ")
        told = answer(sample_url, "TreeBranch", id=focused.get_attribute("data-key"))["concept"]["narrower"]
        page.keyboard.press("ArrowRight")
        expect(focused).to_have_attribute("aria-expanded", "true")
        children = page.locator("[role=treeitem][aria-level='2']")
        expect(children).to_have_count(told["totalCount"])
        page.keyboard.press("ArrowRight")
        expect(children.first).to_be_focused()
        page.keyboard.press("Space")
        expect(page.get_by_role("heading", name="Selection: 1 concept")).to_be_visible()
        page.keyboard.press("Enter")
        expect(card(page)).to_be_focused()
        page.keyboard.press("Escape")
        expect(children.first).to_be_focused()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        expect(children).to_have_count(0)


def test_a_file_of_a_hierarchy_holds_the_rows_in_sight(
    chromium: Browser, sample_url: str, tmp_path: Path
) -> None:
    with opened(chromium, address(sample_url, view="tree", tree="fields", concept=NURSE)) as page:
        expect(page.locator("[role=treeitem][aria-current]")).to_be_visible()
        shown = page.get_by_role("treeitem").count()
        _, file = downloaded(page, "JSON", tmp_path)
        found = json.loads(file)["rows"]
        assert len(found) == shown
        assert {"level": 3, "id": NURSE}.items() <= next(row for row in found if row["id"] == NURSE).items()


@pytest.mark.parametrize(("locale", "heading"), [("sv-SE", "Sök"), ("en-GB", "Search")])
def test_it_speaks_the_language_of_the_browser(
    chromium: Browser, sample_url: str, locale: str, heading: str
) -> None:
    with opened(chromium, f"{sample_url}/browse", locale=locale) as page:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(page).to_have_title(re.compile(f"^{heading} "))


def test_a_page_about_a_concept_leads_to_its_card(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, f"{sample_url}/concept/{ESCO_NURSE}?lang=en") as page:
        page.get_by_role("link", name="Show in the graph browser").click()
        expect(card(page).get_by_role("heading", level=2)).to_have_text("nurse responsible for general care")
        expect(card(page).get_by_role("link", name="Page of the concept")).to_be_visible()


@pytest.mark.real
def test_the_publishers_files_are_searched_and_read(chromium: Browser, real_url: str) -> None:
    with opened(chromium, address(real_url, q="sjuksköterska")) as page:
        found = answer(real_url, "Search", text="sjuksköterska", first=1000)["search"]["totalCount"]
        expect(page.get_by_text(f"{found} rows")).to_be_visible()
        rows(page).get_by_role("link", name="Sjuksköterska, grundutbildad", exact=True).first.click()
        expect(card(page).get_by_role("heading", level=2)).to_have_text("Sjuksköterska, grundutbildad")
        told = answer(real_url, "ConceptCard", id=NURSE)["concept"]
        expect(
            card(page).get_by_role("heading", name=f"Skills: {told['skills']['totalCount']}")
        ).to_be_visible()
        assert serious(page) == []
