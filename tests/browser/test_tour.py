"""The pictures of docs/browser.md, on the sample; `--update-golden` takes them anew."""

import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.explorer import ASSISTANT, NURSE, NURSING, address, settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
PICTURES: Final = DOCS / "browser"
MOST_BYTES: Final = 150_000
SIZE: Final[ViewportSize] = {"width": 1200, "height": 780}
TOUR: Final[dict[str, dict[str, str]]] = {
    "search": {"q": "sjuksköterska", "concept": NURSE},
    "relations": {"view": "relations", "of": "oRB5_b7i_Qzv", "rel": "SUBSTITUTES OUT"},
    "compare": {"view": "compare", "a": ASSISTANT, "b": NURSE},
    "gap": {"view": "match", "inLink": "1", "skills": NURSING, "occupations": ASSISTANT, "to": NURSE},
}


def test_the_tour_shows_the_pictures_that_there_are(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        request.getfixturevalue("explorer")
        take(request.getfixturevalue("chromium"), request.getfixturevalue("sample_url"))
    shown = re.findall(r"\]\(browser/([^)]+)\.png\)", (DOCS / "browser.md").read_text("utf-8"))
    assert sorted(shown) == sorted(TOUR) == sorted(picture.stem for picture in PICTURES.glob("*.png"))
    assert [picture.name for picture in PICTURES.iterdir() if picture.stat().st_size > MOST_BYTES] == []


def take(chromium: Browser, url: str) -> None:
    for name, state in TOUR.items():
        context = chromium.new_context(viewport=SIZE, locale="en-GB")
        page = context.new_page()
        page.goto(address(url, **state))
        settled(page, state)
        page.screenshot(path=PICTURES / f"{name}.png")
        context.close()
