"""Coverage, an editor's morning: what a release lacks, as the API counts it, one click from the concept."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.explorer import address, answer, card, downloaded, rows, state_of
from tests.browser.test_pages import opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.usefixtures("explorer")]

NO_EXACT = {"mappings": [{"scheme": "ESCO", "matches": ["EXACT"], "atMost": 0}]}
LISTS: dict[str, dict[str, Any]] = {
    "Without an exact match in ESCO": NO_EXACT,
    "Without any match in ESCO": {"unmappedTo": "ESCO"},
    "With several exact matches in ESCO": {
        "mappings": [{"scheme": "ESCO", "matches": ["EXACT"], "atLeast": 2}]
    },
    "Without skills": {"hasSkills": False},
}


def listed(url: str, **wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer(url, "CoverageOccupations", filter=wanted)["occupations"]["nodes"]
    return found


def narrow(page: Page, group: str) -> None:
    page.get_by_role("textbox", name="SSYK group").fill(group)
    page.keyboard.press("Enter")


def test_each_list_is_as_long_as_the_api_says_and_opens_the_concept(
    chromium: Browser, sample_url: str
) -> None:
    with opened(chromium, address(sample_url, view="coverage")) as page:
        for name, wanted in LISTS.items():
            occupations = listed(sample_url, **wanted)
            choice = page.locator("label.chip").filter(has_text=name)
            expect(choice.locator(".count")).to_have_text(str(len(occupations)))
            choice.locator("input").check()
            if not occupations:
                expect(page.get_by_text("No occupation lacks anything here.")).to_be_visible()
                continue
            expect(page.locator(f'section[aria-label="Occupations: {name}"]')).to_be_visible()
            expect(page.get_by_text(f"{len(occupations)} row")).to_be_visible()
            rows(page).first.get_by_role("link").first.click()
            expect(card(page).get_by_role("heading", level=2)).to_have_text(occupations[0]["label"])
            page.keyboard.press("Escape")


def test_which_occupations_of_a_group_have_no_exact_match(
    chromium: Browser, sample_url: str, tmp_path: Path
) -> None:
    [group] = answer(sample_url, "Reconcile", texts=["2512"], kinds=["SSYK_LEVEL_4"])["reconcile"]
    occupations = listed(sample_url, **NO_EXACT, groups=[group["match"]["concept"]["id"]])
    with opened(chromium, address(sample_url, view="coverage")) as page:
        narrow(page, "2512")
        expect(page.get_by_text("In SSYK group 2512")).to_be_visible()
        if occupations:
            expect(rows(page)).to_have_count(len(occupations))
            _, text = downloaded(page, "CSV, commas", tmp_path)
            assert all(one["label"] in text for one in occupations)
        else:
            expect(page.get_by_text("No occupation of the group belongs here.")).to_be_visible()
        assert state_of(page)["group"] == group["match"]["concept"]["id"]
        page.reload()
        expect(page.get_by_text("In SSYK group 2512")).to_be_visible()
        narrow(page, "no such group at all")
        expect(page.get_by_role("main").get_by_text("No SSYK group is called that.")).to_be_visible()


def test_findings_are_counted_by_check_and_lead_to_the_concept(chromium: Browser, sample_url: str) -> None:
    checks = answer(sample_url, "ReleaseSummary")["release"]["findings"]
    found = {
        check["code"]: answer(sample_url, "Findings", codes=[check["code"]])["findings"] for check in checks
    }
    code = next(code for code, its in found.items() if its["nodes"] and its["nodes"][0]["concept"])
    with opened(chromium, address(sample_url, view="coverage", list="findings")) as page:
        expect(rows(page)).to_have_count(len(checks))
        for check in checks:
            expect(rows(page).filter(has_text=check["code"])).to_contain_text(check["title"])
        page.get_by_role("button", name=code).click()
        expect(rows(page).first).to_contain_text(found[code]["nodes"][0]["message"])
        expect(page.get_by_text(f"{found[code]['totalCount']} row")).to_be_visible()
        rows(page).first.get_by_role("link").click()
        expect(card(page).get_by_role("heading", level=2)).to_have_text(
            found[code]["nodes"][0]["concept"]["label"]
        )


@pytest.mark.real
@pytest.mark.slow
def test_which_occupations_of_2512_have_no_exact_match_in_the_publishers_files(
    chromium: Browser, real_url: str
) -> None:
    [group] = answer(real_url, "Reconcile", texts=["2512"], kinds=["SSYK_LEVEL_4"])["reconcile"]
    occupations = listed(real_url, **NO_EXACT, groups=[group["match"]["concept"]["id"]])
    assert occupations
    with opened(chromium, address(real_url, view="coverage", lang="en")) as page:
        narrow(page, "2512")
        expect(page.get_by_text("In SSYK group 2512")).to_be_visible()
        for one in occupations:
            expect(rows(page).filter(has=page.locator(f'a[data-concept="{one["id"]}"]'))).to_have_count(1)
        expect(rows(page)).to_have_count(len(occupations))
