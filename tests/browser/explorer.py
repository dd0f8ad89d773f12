"""What the stories of the graph browser have in common: its addresses, its parts, and what the API says."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

from playwright.sync_api import Locator, Page, expect

from taxonomy.declarations import OPERATIONS

NURSE = "bXNH_MNX_dUR"
DEVELOPER = "rQds_YGd_quU"
ASSISTANT = "PQkQ_Dmk_ZF8"
NURSING = "MR4H_FFT_mTj"
ESCO_NURSE = "esco:occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50"


def address(url: str, **state: str) -> str:
    return f"{url}/browse?{urlencode({'lang': 'en', **state})}"


def answer(url: str, operation: str, **variables: Any) -> Any:
    """What the API says to a named operation."""
    body = {"query": (OPERATIONS / f"{operation}.graphql").read_text("utf-8"), "variables": variables}
    request = Request(  # noqa: S310 our own address
        f"{url}/graphql", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urlopen(request, timeout=30) as response:  # noqa: S310
        return json.load(response)["data"]


def search_box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search concepts")


def options(page: Page) -> Locator:
    """What the search suggests."""
    return page.get_by_role("listbox", name="Search concepts").get_by_role("option")


def card(page: Page) -> Locator:
    return page.get_by_role("complementary")


def rows(page: Page) -> Locator:
    return page.locator("tr[data-row]")


def state_of(page: Page) -> dict[str, str]:
    """What the address says."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def downloaded(page: Page, name: str, folder: Path) -> tuple[str, str]:
    """The name and the text of a file of the open table."""
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as found:
        page.get_by_role("button", name=name).click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path.name, path.read_bytes().decode()


def settled(page: Page, state: dict[str, str]) -> None:
    """Wait until all that a state shows is there."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if "q" in state:
        expect(rows(page).first).to_be_visible()
    match state.get("view"):
        case "path":
            expect(page.get_by_role("list", name="Paths").or_(rows(page)).first).to_be_visible()
        case "tree" | "graph":
            expect(page.get_by_role("treeitem").first).to_be_visible()
        case "column":
            expect(page.get_by_role("textbox", name="Column or table")).to_be_visible()
        case "coverage":
            expect(rows(page).first).to_be_visible()
        case str():
            expect(page.locator("main > h1 ~ *").first).to_be_visible()
    if "concept" in state:
        expect(card(page).get_by_role("heading", level=2)).to_be_visible()
    expect(page.locator("[aria-busy], .loading")).to_have_count(0)
