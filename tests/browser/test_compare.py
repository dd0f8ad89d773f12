"""Two occupations compared, and the relations of a concept, as a person asks the graph browser for them."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.explorer import (
    ASSISTANT,
    DEVELOPER,
    NURSE,
    address,
    answer,
    card,
    downloaded,
    options,
    rows,
    search_box,
    state_of,
)
from tests.browser.test_pages import opened, serious

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.usefixtures("explorer")]

KITCHEN_HELPER = "oRB5_b7i_Qzv"


def part(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="Which skills").get_by_role("radio", name=name)


def skills(told: Any, *provenances: str) -> dict[str, Any]:
    """The skills of an occupation by label, of those with evidence of such a provenance."""
    return {
        edge["node"]["label"]: edge
        for edge in told["skills"]["edges"]
        if not provenances or {e["provenance"] for e in edge["evidence"]} & set(provenances)
    }


def counts_of(page: Page, name: str) -> list[str]:
    table = page.get_by_role("table", name="How many, by source and necessity")
    return table.get_by_role("row", name=name).get_by_role("cell").all_inner_texts()


def choose(page: Page, name: str, text: str) -> None:
    """Choose the first that a search with this name suggests, by keyboard."""
    box = page.get_by_role("combobox", name=name)
    box.fill(text)
    found = page.get_by_role("listbox", name=name).get_by_role("option").first
    expect(found).to_contain_text(text)
    box.press("ArrowDown")
    box.press("Enter")


def labels(page: Page) -> set[str]:
    return set(rows(page).locator("a").all_inner_texts())


def test_two_occupations_are_chosen_and_their_shared_skills_read(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url)) as page:
        page.get_by_role("navigation", name="Views").get_by_role("link", name="Compare").click()
        choose(page, "One occupation", "Undersköterska, vård- och specialavdelning")
        choose(page, "The other occupation", "Sjuksköterska, grundutbildad")
        told = answer(sample_url, "CompareOccupations", one=ASSISTANT, other=NURSE, locale="EN")
        one, other = skills(told["one"]), skills(told["other"])
        for name, expected in (
            ("Shared", one.keys() & other.keys()),
            ("Only A", one.keys() - other.keys()),
            ("Only B", other.keys() - one.keys()),
            ("All", one.keys() | other.keys()),
        ):
            part(page, name).check()
            expect(page.get_by_text(f"{len(expected)} rows")).to_be_visible()
            expect(part(page, f"{name} {len(expected)}")).to_be_checked()
            assert labels(page) <= expected
        part(page, "Shared").check()
        assert labels(page) == one.keys() & other.keys()
        assert {"a": ASSISTANT, "b": NURSE}.items() <= state_of(page).items()


def test_only_what_a_source_says_is_compared_when_it_alone_counts(
    chromium: Browser, sample_url: str, tmp_path: Path
) -> None:
    state = {"view": "compare", "a": ASSISTANT, "b": NURSE, "part": "all"}
    with opened(chromium, address(sample_url, **state)) as page:
        told = answer(sample_url, "CompareOccupations", one=ASSISTANT, other=NURSE, locale="EN")
        one, other = skills(told["one"], "NATIVE"), skills(told["other"], "NATIVE")
        page.get_by_role("group", name="Said by").get_by_role("checkbox", name="publisher").check()
        expect(page.get_by_text(f"{len(one.keys() | other.keys())} rows")).to_be_visible()
        counted = counts_of(page, "publisher")
        shared = len(one.keys() & other.keys())
        assert counted == [str(n) for n in (len(one) - shared, shared, len(other) - shared)]
        _, text = downloaded(page, "CSV, commas", tmp_path)
        table = [line for line in csv.reader(io.StringIO(text)) if not line[0].startswith("# ")]
        weights = {row[0]: row[table[0].index("B: weight")] for row in table[1:]}
        assert weights == {
            label: str(other[label]["weight"]) if label in other else "" for label in one | other
        }


def test_swapping_two_occupations_swaps_what_only_one_has(chromium: Browser, sample_url: str) -> None:
    state = {"view": "compare", "a": ASSISTANT, "b": NURSE, "part": "one"}
    with opened(chromium, address(sample_url, **state)) as page:
        expect(rows(page).first).to_be_visible()
        before = labels(page)
        page.get_by_role("button", name="Swap").click()
        part(page, "Only B").check()
        expect(page.get_by_role("columnheader", name="B: weight")).to_be_visible()
        assert labels(page) == before
        assert state_of(page)["a"] == NURSE


def test_a_card_and_the_selection_bring_an_occupation_to_compare_with(
    chromium: Browser, sample_url: str
) -> None:
    with opened(chromium, address(sample_url, concept=NURSE, sel=f"{ASSISTANT},Z8ci_bBE_tmx")) as page:
        card(page).get_by_role("link", name="Compare with").click()
        offers = page.get_by_role("group", name="From the selection")
        expect(offers.get_by_role("button")).to_have_count(1)
        offers.get_by_role("button").click()
        expect(page.get_by_role("heading", name="Skills", exact=True)).to_be_visible()
        assert {"a": NURSE, "b": ASSISTANT}.items() <= state_of(page).items()


def test_substitutability_is_said_each_way_and_never_as_an_equivalence(
    chromium: Browser, sample_url: str
) -> None:
    with opened(chromium, address(sample_url, view="compare", a=KITCHEN_HELPER)) as page:
        told = answer(sample_url, "OccupationCard", id=KITCHEN_HELPER)["occupation"]
        [edge, *_] = told["substitutes"]["edges"]
        back = answer(sample_url, "CompareOccupations", one=edge["node"]["id"], other=KITCHEN_HELPER)["one"]
        assert KITCHEN_HELPER not in {one["node"]["id"] for one in back["substitutes"]["edges"]}
        choose(page, "The other occupation", edge["node"]["label"])
        said = page.get_by_role("region", name="Can one do the other's job?")
        expect(said).to_contain_text("no equivalence")
        there, back_again = said.get_by_role("listitem").all_inner_texts()
        assert there.startswith(f"Who has worked as A can do the job of B: {edge['level']}, ")
        assert back_again == "Who has worked as B can do the job of A: the publisher says nothing of it."


def test_a_card_leads_to_its_relations_of_one_side(chromium: Browser, sample_url: str) -> None:
    with opened(chromium, address(sample_url, concept=KITCHEN_HELPER)) as page:
        card(page).get_by_role("link", name="Can work as").click()
        asked = {"id": KITCHEN_HELPER, "kinds": ["SUBSTITUTES"], "direction": "OUT"}
        told = answer(sample_url, "ConceptRelations", **asked)["concept"]
        edges = told["relations"]["edges"]
        expect(page.get_by_role("radio", name=f"Can work as {len(edges)}")).to_be_checked()
        expect(page.get_by_text(f"{len(edges)} rows")).to_be_visible()
        high = {edge["node"]["label"] for edge in edges if edge["level"] == 75}
        page.get_by_role("checkbox", name="75").check()
        if high:
            expect(rows(page)).to_have_count(len(high))
            assert labels(page) == high
        else:
            expect(page.get_by_text("No such relations.")).to_be_visible()
        page.get_by_role("radio", name="All").check()
        everything = sum(count["count"] for count in told["relationCounts"])
        expect(page.get_by_text(f"{everything} rows")).to_be_visible()


@pytest.mark.real
def test_a_newcomer_finds_the_skills_that_an_assistant_nurse_and_a_nurse_share(
    chromium: Browser, real_url: str
) -> None:
    with opened(chromium, address(real_url, view="compare")) as page:
        choose(page, "One occupation", "Undersköterska, vård- och specialavdelning")
        choose(page, "The other occupation", "Sjuksköterska, grundutbildad")
        told = answer(real_url, "CompareOccupations", one=ASSISTANT, other=NURSE, locale="EN")
        shared = skills(told["one"]).keys() & skills(told["other"]).keys()
        expect(part(page, f"Shared {len(shared)}")).to_be_checked()
        assert labels(page) <= shared
        assert serious(page) == []


@pytest.mark.real
def test_a_newcomer_finds_the_75_substitutes_of_a_software_developer(
    chromium: Browser, real_url: str
) -> None:
    with opened(chromium, address(real_url)) as page:
        search_box(page).fill("mjukvaruutvecklare")
        options(page).first.click()
        card(page).get_by_role("link", name="Can be done by").click()
        page.get_by_role("checkbox", name="75").check()
        asked = {"id": DEVELOPER, "kinds": ["SUBSTITUTES"], "direction": "IN", "first": 1000}
        edges = answer(real_url, "ConceptRelations", **asked)["concept"]["relations"]["edges"]
        expected = {edge["node"]["label"] for edge in edges if edge["level"] == 75}
        expect(page.get_by_text(f"{len(expected)} rows")).to_be_visible()
        assert labels(page) <= expected
