"""The neighbourhood of a concept and the ways between two, as a person walks them; counts are the API's."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.explorer import DEVELOPER, NURSE, address, answer, card, downloaded, rows, state_of
from tests.browser.test_pages import opened, serious

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.usefixtures("explorer")]

TITLES = f"{NURSE}~JOB_TITLE_OF.IN"
NO_WEBGL = """
const getContext = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith("webgl") ? null : getContext.call(this, kind, ...rest);
};
"""


def ways(page: Page) -> Locator:
    """The relations that the concept can be expanded by."""
    return page.locator(".ways").get_by_role("button")


def way(page: Page, name: str, count: int) -> Locator:
    return ways(page).filter(has_text=name).filter(has_text=str(count))


def drawn(page: Page, concepts: int) -> None:
    """Wait until the picture holds so many concepts."""
    expect(page.locator(".canvas-box")).to_have_attribute("data-drawn", str(concepts), timeout=15_000)


def titles(url: str) -> Any:
    """What the API says of a nurse's job titles."""
    asked = {"id": NURSE, "relation": "JOB_TITLE_OF", "direction": "IN", "locale": "EN"}
    return answer(url, "NeighbourhoodRelations", **asked)["concept"]["relations"]


def test_a_neighbourhood_is_walked_with_counts_first(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, concept=NURSE)) as page:
        card(page).get_by_role("link", name="Neighbourhood").click()
        told = answer(sample_url, "NeighbourhoodCounts", id=NURSE)["concept"]
        for provenance in ("native", "calculated", "mapping", "group", "derived"):
            count = told[provenance]["totalCount"]
            expect(ways(page).filter(has_text=f"Skills: {_word(provenance)}")).to_have_count(
                1 if count else 0
            )
            if count:
                expect(way(page, f"Skills: {_word(provenance)}", count)).to_be_visible()
        drawn(page, 1)
        there = titles(sample_url)
        way(page, "Job titles", there["totalCount"]).click()
        expect(page.locator(".table-count")).to_have_text(
            f"{1 + there['totalCount']} concepts, {there['totalCount']} relations"
        )
        drawn(page, 1 + there["totalCount"])
        assert state_of(page)["open"] == TITLES
        listed = page.locator("[role=treeitem][aria-level='3']")
        expect(listed.locator(".tree-label")).to_have_text([edge["node"]["label"] for edge in there["edges"]])
        page.reload()
        drawn(page, 1 + there["totalCount"])
        way(page, "Job titles", there["totalCount"]).click()
        expect(page.locator(".table-count")).to_have_text("1 concepts, 0 relations")
        drawn(page, 1)
        page.go_back()
        drawn(page, 1 + there["totalCount"])


def _word(provenance: str) -> str:
    return {"native": "publisher", "calculated": "calculated", "mapping": "crosswalk", "group": "group"}.get(
        provenance, provenance
    )


def test_the_list_is_the_graph_for_the_keyboard(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, view="graph", **{"from": NURSE})) as page:
        focused = page.locator("[role=treeitem]:focus")
        expect(page.locator("[role=treeitem][aria-level='2']").first).to_be_visible()
        items = page.get_by_role("treeitem")
        items.first.focus()
        there = titles(sample_url)
        names = [item.get_attribute("aria-label") for item in items.all()]
        for number in range(names.index(f"Job titles {there['totalCount']}")):
            page.keyboard.press("ArrowDown")
            expect(items.nth(number + 1)).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(focused).to_have_attribute("aria-expanded", "true")
        drawn(page, 1 + there["totalCount"])
        page.keyboard.press("ArrowRight")
        first = there["edges"][0]
        expect(focused).to_contain_text(first["node"]["label"])
        expect(page.locator(".at h2")).to_have_text(first["node"]["label"])
        page.keyboard.press("p")
        expect(page.get_by_role("button", name="Pin", exact=True)).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("Space")
        expect(page.get_by_role("heading", name="Selection: 1 concept")).to_be_visible()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        expect(focused).to_have_attribute("aria-expanded", "false")
        # What is pinned stays when what brought it goes.
        drawn(page, 2)
        assert state_of(page)["pin"] == first["node"]["id"]


def test_a_concept_is_opened_in_the_picture(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, view="graph", **{"from": NURSE})) as page:
        drawn(page, 1)
        box = page.locator(".canvas-box").bounding_box()
        assert box is not None
        for _ in range(5):  # the picture may still be moving on a busy machine
            page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            page.wait_for_timeout(500)
            if card(page).is_visible():
                break
        expect(card(page).get_by_role("heading", level=2)).to_have_text(page.locator(".at h2").inner_text())
        assert state_of(page)["concept"] == NURSE


def test_the_table_of_a_neighbourhood_is_the_answer_of_the_api(
    chromium: Browser, sample_url: str, tmp_path: Path
) -> None:
    with opened(
        chromium, address(sample_url, view="graph", open=TITLES, **{"from": NURSE, "as": "table"})
    ) as page:
        edges = titles(sample_url)["edges"]
        expect(rows(page)).to_have_count(len(edges))
        _, file = downloaded(page, "JSON", tmp_path)
        found = {
            (row["fromId"], row["toId"], row["from"], row["sources"]) for row in json.loads(file)["rows"]
        }
        told = {(edge["node"]["id"], NURSE, edge["node"]["label"], edge["source"]) for edge in edges}
        assert found == told


def test_relations_of_a_provenance_are_hidden_by_the_legend(chromium: Browser, sample_url: str) -> None:
    skills = f"{NURSE}~SKILLS.MAPPING"
    with opened(
        chromium, address(sample_url, view="graph", open=f"{TITLES},{skills}", **{"from": NURSE})
    ) as page:
        fewer = 1 + titles(sample_url)["totalCount"]
        told = answer(sample_url, "NeighbourhoodSkills", id=NURSE, provenance="MAPPING")["concept"]["skills"]
        drawn(page, fewer + told["totalCount"])
        page.get_by_role("group", name="Legend").get_by_role("checkbox", name="crosswalk").uncheck()
        drawn(page, fewer)
        expect(page.get_by_text(f"{told['totalCount']} concepts are hidden.")).to_be_visible()
        assert state_of(page)["hide"] == "MAPPING"


def test_without_webgl_the_list_and_the_table_still_work(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url)) as page:
        page.add_init_script(NO_WEBGL)
        page.goto(address(sample_url, view="graph", open=TITLES, **{"from": NURSE}))
        expect(page.locator("[data-missing=webgl]")).to_contain_text("cannot draw the graph")
        there = titles(sample_url)["totalCount"]
        expect(page.locator("[role=treeitem][aria-level='3']")).to_have_count(there)
        assert serious(page) == []
        page.get_by_role("radio", name="Table").check()
        expect(rows(page)).to_have_count(there)


def test_the_picture_that_is_saved_is_a_png_with_what_is_seen(
    chromium: Browser, sample_url: str, tmp_path: Path
) -> None:
    with opened(chromium, address(sample_url, view="graph", open=TITLES, **{"from": NURSE})) as page:
        drawn(page, 1 + titles(sample_url)["totalCount"])
        page.get_by_role("button", name="Download").click()
        with page.expect_download() as found:
            page.get_by_role("button", name="PNG").click()
        path = tmp_path / found.value.suggested_filename
        found.value.save_as(path)
        written = path.read_bytes()
        assert path.suffix == ".png"
        assert written.startswith(b"\x89PNG\r\n\x1a\n")
        # Width and height stand after the head: at least what the page shows of it.
        box = page.locator(".canvas-box").bounding_box()
        assert box is not None
        assert int.from_bytes(written[16:20]) >= int(box["width"])
        assert int.from_bytes(written[20:24]) >= int(box["height"])


def test_a_way_is_found_over_the_relations_that_are_chosen(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, view="path", **{"from": NURSE, "to": DEVELOPER})) as page:
        asked = {"from": NURSE, "to": DEVELOPER, "maxLength": 6, "first": 20, "locale": "EN"}
        over_all = answer(sample_url, "ShortestPaths", **asked)["shortestPaths"]
        chains = page.locator(".chains > li")
        expect(chains).to_have_count(len(over_all))
        for place, told in enumerate(over_all):
            ends = [told["steps"][0]["from"], *(step["to"] for step in told["steps"])]
            labels = [f"{end['code'] or ''} {end['label']}".strip() for end in ends]
            expect(chains.nth(place).locator(".bead")).to_have_text(labels)
        page.get_by_role("checkbox", name="Hierarchy").check()
        hierarchy = ["BROADER", "OCCUPATION_FIELD", "MEMBER_OF"]
        narrower = answer(sample_url, "ShortestPaths", **asked, relations=hierarchy)["shortestPaths"]
        if narrower:
            expect(chains).to_have_count(len(narrower))
        else:
            expect(page.get_by_text("Only the chosen relations were used.")).to_be_visible()
        assert state_of(page)["by"] == "hierarchy"


@pytest.mark.real
def test_the_publishers_neighbourhoods_are_drawn_with_their_levels(chromium: Browser, real_url: str) -> None:
    opens = f"{NURSE}~SUBSTITUTES.OUT"
    with opened(chromium, address(real_url, view="graph", open=opens, **{"from": NURSE})) as page:
        asked = {"id": NURSE, "relation": "SUBSTITUTES", "direction": "OUT", "locale": "EN"}
        told = answer(real_url, "NeighbourhoodRelations", **asked)["concept"]["relations"]
        drawn(page, 1 + told["totalCount"])
        listed = page.locator("[role=treeitem][aria-level='3'] .below")
        expect(listed).to_have_text([str(edge["level"]) for edge in told["edges"]])
