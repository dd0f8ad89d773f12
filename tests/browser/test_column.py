"""Code my column, an analyst's daily job: paste, look up, decide, take the crosswalk along."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.explorer import NURSE, address, answer, downloaded, rows, state_of
from tests.browser.test_pages import opened, serious

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.usefixtures("explorer")]

KINDS = ["OCCUPATION_NAME", "SSYK_LEVEL_4", "SSYK_LEVEL_3", "SSYK_LEVEL_2", "SSYK_LEVEL_1"]
SUGGESTED = {"MAPPED", "SEARCH", "RESEMBLANCE"}
SHEET = [
    ("id", "Yrke", "ort"),
    ("1", "Sjuksköterska, grundutbildad", "Kiruna"),
    ("2", "  SJUKSKÖTERSKA, GRUNDUTBILDAD ", "Luleå"),
    ("3", "2221", "Boden"),
    ("4", "Bassjuksköterska", "Boden"),
    ("5", "Mjukvaruutveklare", "Boden"),
    ("6", "qqq zzz", "Boden"),
    ("7", "", "Boden"),
]
TITLES = [
    "Undersköterska", "Systemutvecklare/Programmerare", "Sjuksköterskor", "Kock", "Förskollärare",
    "Personlig assistent", "Lastbilschaufför", "Städare", "Butikssäljare", "Snickare",
    "Elektriker", "Barnmorska", "Ekonomiassistent", "Receptionist", "Lagerarbetare",
    "Grundskollärare", "Webbutvecklare", "Vårdbiträde", "Redovisningsekonom", "Sjuksköterska",
]  # fmt: skip


PASTED = """(area, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def paste(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Column or table").evaluate(PASTED, text)
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)


def status_of(answered: dict[str, Any]) -> str:
    if answered["match"]:
        return "Matched"
    return "Ambiguous" if {one["matchedBy"] for one in answered["candidates"]} - SUGGESTED else "Unknown"


def counted(page: Page, name: str) -> int:
    found = page.locator("label.chip").filter(has_text=name).locator(".count").inner_text()
    return int(found.replace(",", ""))


def as_the_api_says(page: Page, url: str, texts: list[str]) -> None:
    told = answer(url, "Reconcile", texts=texts, kinds=KINDS, first=20)["reconcile"]
    for name in ("Matched", "Ambiguous", "Unknown"):
        assert counted(page, name) == [status_of(one) for one in told].count(name), name


def test_a_table_is_coded_decided_and_taken_along(chromium: Browser, sample_url: str, tmp_path: Path) -> None:
    with opened(chromium, address(sample_url, view="column")) as page:
        paste(page, "\n".join("\t".join(row) for row in SHEET))
        expect(page.get_by_role("checkbox", name="The first row is a header")).to_be_checked()
        expect(rows(page)).to_have_count(len(SHEET) - 1)
        as_the_api_says(page, sample_url, [row[1].strip() for row in SHEET[1:] if row[1]])
        expect(rows(page).nth(0).get_by_role("link")).to_have_text("Sjuksköterska, grundutbildad")
        expect(rows(page).nth(0)).to_contain_text("2221")
        assert serious(page) == []

        page.get_by_role("button", name="Decide (").click()
        decide = page.get_by_role("region", name="Decide")
        expect(decide).to_contain_text("Mjukvaruutveklare")
        assert serious(page) == []
        page.keyboard.press("1")
        expect(decide).to_contain_text("qqq zzz")
        page.keyboard.press("0")
        expect(decide).to_have_count(0)
        expect(rows(page).nth(4).get_by_role("link")).to_have_text("Mjukvaruutvecklare")

        name, text = downloaded(page, "CSV, commas", tmp_path)
        assert name.startswith("coded-column-r1-")
        lines = text.splitlines()
        head = "\n".join(line for line in lines if line.startswith(("#", '"#')))
        assert "view=column" in head
        assert "CC0-1.0" in head
        assert "Kiruna" not in page.url
        table = list(csv.DictReader(io.StringIO("\n".join(lines[head.count("\n") + 1 :]))))
        assert [row["ort"] for row in table] == [row[2] for row in SHEET[1:]]
        told = answer(sample_url, "Crosswalk", ids=[NURSE])["nodes"][0]
        assert table[0]["Concept, identifier"] == NURSE
        assert table[0]["SSYK"] == told["group"]["code"]
        exact = [edge for edge in told["toEsco"]["edges"] if edge["match"] == "EXACT"]
        assert table[0]["ESCO, code"] == "; ".join(edge["node"]["code"] for edge in exact)
        _, text = downloaded(page, "CSV, semicolons", tmp_path)
        assert text.startswith("\ufeff")
        _, text = downloaded(page, "JSON", tmp_path)
        assert len(json.loads(text)["rows"]) == len(SHEET) - 1


def test_settings_stand_in_the_address_and_what_was_pasted_does_not(
    chromium: Browser, sample_url: str
) -> None:
    with opened(chromium, address(sample_url, view="column")) as page:
        paste(page, "Bassjuksköterska\nKock\nKock")
        page.get_by_role("checkbox", name="SSYK, levels").check()
        page.locator("label.chip").filter(has_text="Matched").locator("input").check()
        state = state_of(page)
        assert "levels" in state["add"]
        assert state["show"] == "matched"
        assert "sjuk" not in page.url.lower()
        page.get_by_role("button", name="Paste something else").click()
        expect(page.get_by_role("textbox", name="Column or table")).to_have_value("")


def test_thousands_of_rows_are_looked_up_once_each_in_batches(chromium: Browser, sample_url: str) -> None:
    values = ["Sjuksköterska, grundutbildad", "2221", *(f"qqq {number}" for number in range(298))]
    asked: list[int] = []
    with opened(chromium, address(sample_url, view="column")) as page:
        page.on(
            "request",
            lambda one: (
                asked.append(len(json.loads(one.post_data or "{}")["variables"]["texts"]))
                if '"Reconcile"' in (one.post_data or "")
                else None
            ),
        )
        paste(page, "\n".join((values * 17)[:5000]))
        expect(page.get_by_text("5,000 rows").first).to_be_visible()
        assert sum(asked) == len(values)
        assert max(asked) <= 200
        assert counted(page, "Matched") == 34
        assert rows(page).count() < 100


@pytest.mark.real
@pytest.mark.slow
def test_the_codes_of_twenty_job_titles_in_the_publishers_files(chromium: Browser, real_url: str) -> None:
    with opened(chromium, address(real_url, view="column")) as page:
        page.set_default_timeout(30000)
        paste(page, "\n".join(TITLES))
        as_the_api_says(page, real_url, TITLES)
        assert counted(page, "Matched") >= 10
        expect(rows(page).filter(has_text="Systemutvecklare/Programmerare").first).to_contain_text("2512")
        page.get_by_role("button", name="Decide (").click()
        for _ in range(counted(page, "Ambiguous") + counted(page, "Unknown")):
            page.keyboard.press("1")
        expect(page.get_by_role("region", name="Decide")).to_have_count(0)
        assert counted(page, "Matched") == len(TITLES)
