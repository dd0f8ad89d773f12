"""A profile that is typed in, matched and explained in the graph browser; and GraphiQL as a view."""

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.explorer import ASSISTANT, NURSE, NURSING, address, answer, downloaded, rows, state_of
from tests.browser.test_compare import choose, labels
from tests.browser.test_pages import needs_graphiql, opened, serious

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.usefixtures("explorer")]

PROFILE = {"skills": [NURSING], "occupations": [ASSISTANT], "excluded": []}
TERMS = (", essential", ", optional", ", related")
BARS = """
[...document.querySelectorAll('.waterfall .stack > span')]
  .map(({ style }) => [parseFloat(style.left), parseFloat(style.width)])
"""
LINKED = {"view": "match", "inLink": "1", "skills": NURSING, "occupations": ASSISTANT}


def typed_in(page: Page) -> None:
    """The profile, typed in by keyboard."""
    choose(page, "Add: What I can do", "Omvårdnad")
    choose(page, "Add: Occupations I have had", "Undersköterska, vård- och specialavdelning")


def matches(url: str) -> Any:
    return answer(url, "ExplainedMatches", profile=PROFILE, first=100, locale="EN")["matchOccupations"]


def test_a_profile_is_typed_in_and_occupations_ranked_by_it(
    chromium: Browser, sample_url: str, tmp_path: Path
) -> None:
    with opened(chromium, address(sample_url, view="match")) as page:
        typed_in(page)
        found = matches(sample_url)
        expect(page.get_by_text(f"{found['totalCount']} rows")).to_be_visible()
        name, text = downloaded(page, "CSV, commas", tmp_path)
        table = [line for line in csv.reader(io.StringIO(text)) if not line[0].startswith("# ")]
        ranked = [dict(zip(table[0], line, strict=True)) for line in table[1:]]
        assert [row["Identifier"] for row in ranked] == [node["occupation"]["id"] for node in found["nodes"]]
        for row, node in zip(ranked, found["nodes"], strict=True):
            assert float(row["Raw score"]) == node["rawScore"]
            terms = [float(value) for title, value in row.items() if title.endswith(TERMS)]
            assert sum(terms) == pytest.approx(node["rawScore"], abs=1e-5)
            assert row["Has, the weightiest"] == "; ".join(m["skill"]["label"] for m in node["matched"])
        assert name.startswith("match-of-a-profile-")


def test_a_profile_is_posted_and_is_in_no_address_unless_its_owner_says_so(
    chromium: Browser, sample_url: str
) -> None:
    with opened(chromium, address(sample_url, view="match")) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=sample_url)
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))
        typed_in(page)
        expect(rows(page).first).to_be_visible()
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("button", name="Copied.")).to_be_visible()
        personal = [one for one in asked if NURSING in (one.post_data or "")]
        names = {json.loads(one.post_data or "")["operationName"] for one in personal}
        assert names == {"ExplainedMatches", "ConceptNames"}
        link = page.evaluate("navigator.clipboard.readText()")
        for address_ in (link, page.url, *(one.url for one in asked)):
            assert NURSING not in address_
        kept = "JSON.stringify([localStorage, sessionStorage])"
        assert NURSING not in page.evaluate(kept)
        page.get_by_role("button", name="As GraphQL").click()
        expect(page.get_by_role("dialog")).to_contain_text(NURSING)
        href = page.get_by_role("link", name="Open in GraphiQL").get_attribute("href") or ""
        assert "ExplainedMatches" in href
        assert NURSING not in href
        page.keyboard.press("Escape")
        page.get_by_role("checkbox", name="Put my profile into the link").check()
        assert LINKED.items() <= state_of(page).items()
        expect(page.get_by_role("region", name="Profile", exact=True)).to_contain_text(
            "The profile is in the address"
        )
        page.reload()
        expect(page.get_by_role("button", name="Remove Omvårdnad")).to_be_visible()
        page.get_by_role("checkbox", name="Put my profile into the link").uncheck()
        assert NURSING not in page.url
        expect(page.get_by_role("button", name="Remove Omvårdnad")).to_be_visible()


def test_a_profile_stays_while_other_views_are_looked_at(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, view="match")) as page:
        typed_in(page)
        views = page.get_by_role("navigation", name="Views")
        views.get_by_role("link", name="Search").click()
        views.get_by_role("link", name="Match").click()
        expect(page.get_by_role("button", name="Remove Omvårdnad")).to_be_visible()
        for name in ("Omvårdnad", "Undersköterska"):
            page.get_by_role("button", name=f"Remove {name}").press("Enter")
        expect(page.get_by_text("Enter at least one skill or occupation")).to_be_visible()
        expect(page.get_by_role("combobox", name="Add: Occupations I have had")).to_be_focused()


def test_the_bars_of_a_gap_add_up_to_its_score_and_its_skills_are_all_there(
    chromium: Browser, sample_url: str
) -> None:
    with opened(chromium, address(sample_url, **LINKED)) as page:
        page.get_by_role("link", name="Why Sjuksköterska, grundutbildad?").click()
        gap = answer(sample_url, "ExplainedGap", to=NURSE, profile=PROFILE, first=1000, locale="EN")[
            "skillGap"
        ]
        bars = page.get_by_role("table", name="How the score adds up").get_by_role("row")
        expect(bars).to_have_count(len(gap["terms"]) + 3)
        values = [
            float(bars.nth(n + 1).get_by_role("cell").first.inner_text()) for n in range(len(gap["terms"]))
        ]
        assert sum(values) == pytest.approx(gap["rawScore"], abs=0.001 * len(values))
        ends = page.evaluate(BARS)
        last = len(values) - 1
        for (left, width), (following, _) in pairwise(ends[: last + 1]):
            assert following == pytest.approx(left + width, abs=0.01)
        assert sum(ends[last]) == pytest.approx(ends[last + 1][1], abs=0.01)
        expect(page.get_by_text(f"covers {gap['closed']:.0%} of what")).to_be_visible()
        for state, key in (("Has", "matched"), ("Has in part", "partlyMatched"), ("Missing", "missing")):
            page.get_by_role("radio", name=f"{state} {gap[f'{key}Count']}", exact=True).check()
            expected = {one["skill"]["label"] for one in gap[key]}
            expect(page.get_by_text(f"{len(expected)} rows")).to_be_visible()
            assert labels(page) <= expected


def test_what_is_not_wanted_takes_from_the_score(chromium: Browser, sample_url: str) -> None:
    skill = answer(sample_url, "ExplainedGap", to=NURSE, profile=PROFILE)["skillGap"]["missing"][0]["skill"]
    with opened(chromium, address(sample_url, **LINKED, to=NURSE)) as page:
        choose(page, "Add: What I do not want", skill["label"])
        gap = answer(sample_url, "ExplainedGap", to=NURSE, profile={**PROFILE, "excluded": [skill["id"]]})[
            "skillGap"
        ]
        [taken] = [term["value"] for term in gap["terms"] if term["name"] == "EXCLUDED"]
        row = page.get_by_role("row", name="what I do not want")
        expect(row.get_by_role("cell").first).to_have_text(f"{taken:.3f}")


def test_a_profile_that_the_service_refuses_says_why(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, **LINKED | {"skills": "AAAA_bbb_ccc"})) as page:
        expect(page.get_by_role("button", name="Remove AAAA_bbb_ccc")).to_be_visible()
        expect(page.get_by_role("alert")).to_contain_text("there is no concept AAAA_bbb_ccc")
        page.get_by_role("button", name="Remove AAAA_bbb_ccc").click()
        expect(rows(page).first).to_be_visible()


def test_the_question_behind_a_view_is_asked_in_graphiql_and_back_leads_to_the_view(
    chromium: Browser, sample_url: str
) -> None:
    needs_graphiql()
    with opened(chromium, address(sample_url, view="relations", of=NURSE)) as page:
        page.get_by_role("button", name="As GraphQL").click()
        page.get_by_role("link", name="Open in GraphiQL").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("GraphiQL")
        editors = page.frame_locator("iframe[title=GraphiQL]")
        expect(editors.locator(".graphiql-query-editor")).to_contain_text("query ConceptRelations(")
        expect(editors.locator(".graphiql-editor-tool")).to_contain_text(NURSE)
        editors.get_by_role("button", name="Execute query").click()
        expect(editors.locator(".result-window")).to_contain_text('"data"')
        assert json.loads(state_of(page)["variables"])["id"] == NURSE
        assert serious(page) == []
        page.set_viewport_size({"width": 400, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Relations")
        assert urlsplit(page.url).path == "/browse"
        expect(rows(page).first).to_be_visible()
