"""Long tasks of the graph browser while a neighbourhood grows, in Chromium without a GPU."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import quantiles
from typing import Final, NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.ground import HOST, Ground
from benchmarks.report import Row

_BEGINNINGS: Final = ("bXNH_MNX_dUR", "rQds_YGd_quU", "PQkQ_Dmk_ZF8")
"""A nurse, a software developer, an assistant nurse; what they hang together with is 500 concepts."""
_ROUNDS: Final = 3
_SETTLED: Final = 600
"""Milliseconds after which what an expansion set going, animation included, is over."""
_GOAL: Final = 50.0
_FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
_OBSERVE: Final = """
window.longTasks = [];
new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((task) => task.duration)))
  .observe({ type: "longtask", buffered: true });
"""
_DRAWN: Final = """
() => {
  const count = document.querySelector(".table-count")?.textContent.match(/^[0-9]+/)?.[0];
  const drawn = document.querySelector(".canvas-box")?.dataset.drawn;
  return count !== undefined && drawn === count && document.querySelector(".ways") !== null;
}
"""


class Walk(NamedTuple):
    """The longest task of each step of a round, in milliseconds; 0 where none was longer than 50."""

    marking: list[float]
    """Going from one of the first concepts to another, while nothing else is drawn."""
    growing: list[float]
    """Expansions."""
    concepts: int
    """How many were drawn at the end."""


def run(ground: Ground) -> list[Row]:
    """One row: the longest tasks of expansions, beside those of steps that draw hardly anything."""
    walks: list[Walk] = []
    opening: list[float] = []
    with ground.serving() as server, _page() as page:
        for _ in range(_ROUNDS):
            opening += [_opened(page, server.port, view) for view in ("search", "tree")]
            walks.append(_walked(page, server.port))
    growing = [task for walk in walks for task in walk.growing]
    marking = [task for walk in walks for task in walk.marking]
    return [
        Row(
            f"browser: a neighbourhood grows to {walks[0].concepts} concepts, longest task of each expansion",
            f"{_described(growing)}, the longest {max(growing):.0f} ms",
            f"marking one of three concepts {_described(marking)}; "
            f"opening the search and the tree {_described(opening)}",
            _said(_p95(growing)),
            f"p95 <= {_GOAL:.0f} ms",
            ground.judged(_p95(growing) <= _GOAL),
        )
    ]


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


def _described(tasks: Sequence[float]) -> str:
    return f"p95 {_said(_p95(tasks))}, none longer than 50 ms in {tasks.count(0.0)} of {len(tasks)}"


def _said(task: float) -> str:
    return f"{task:.0f} ms" if task else "< 50 ms"


@contextmanager
def _page() -> Iterator[Page]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("browser: there is no Chromium on PATH: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(_OBSERVE)
        yield page
        browser.close()


def _address(port: int, **state: str) -> str:
    return f"http://{HOST}:{port}/browse?{urlencode({'lang': 'en', **state})}"


def _longest(page: Page) -> float:
    page.wait_for_timeout(_SETTLED)
    tasks: list[float] = page.evaluate("window.longTasks.splice(0)")
    return max(tasks, default=0.0)


def _opened(page: Page, port: int, view: str) -> float:
    page.goto(_address(port, view=view))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return _longest(page)


def _walked(page: Page, port: int) -> Walk:
    """Show, one after the other, all that some occupations hang together with."""
    page.goto(_address(port, view="graph", **{"from": ",".join(_BEGINNINGS)}))
    page.wait_for_function(_DRAWN)
    _longest(page)
    marking, growing = [_marked(page, concept) for concept in _BEGINNINGS], []
    for concept in _BEGINNINGS:
        _marked(page, concept)
        while _expanded(page):
            growing.append(_longest(page))
    return Walk(marking, growing, _concepts(page))


def _concepts(page: Page) -> int:
    return int(page.locator(".canvas-box").get_attribute("data-drawn") or 0)


def _marked(page: Page, concept: str) -> float:
    item = page.locator(f"[role=treeitem][data-key='{concept}']")
    item.locator(".tree-label").click()
    expect(item).to_have_attribute("tabindex", "0")
    page.wait_for_function(_DRAWN)
    return _longest(page)


def _expanded(page: Page) -> bool:
    """Press the first way that is not shown yet; false when there is none."""
    way = page.locator(".way[aria-pressed=false]").first
    if way.count() == 0:
        return False
    way.click()
    page.wait_for_function(_DRAWN)
    return True
