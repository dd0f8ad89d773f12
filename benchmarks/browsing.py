"""How long the graph browser keeps its reader waiting while a neighbourhood grows: long tasks of the page, in Chromium without a GPU."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import quantiles
from typing import Final, NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.ground import HOST, Ground
from benchmarks.report import Row, spread

_BEGINNINGS: Final = ("bXNH_MNX_dUR", "rQds_YGd_quU", "PQkQ_Dmk_ZF8")
"""A nurse, a software developer, an assistant nurse: all that they hang together with is some 500 concepts."""
_ROUNDS: Final = 3
_LARGEST: Final = 150
_SETTLED: Final = 600
"""Milliseconds after which what an expansion set going, animation included, is over."""
_GOAL: Final = 50.0
_FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_OBSERVE: Final = """
window.longTasks = [];
new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((task) => task.duration)))
  .observe({ type: "longtask", buffered: true });
"""
_DRAWN: Final = """
() => {
  const count = document.querySelector(".table-count")?.textContent.replace(/[^0-9 ,]/g, "").match(/^[0-9,]+/)?.[0];
  return count !== undefined && document.querySelector(".canvas-box")?.dataset.drawn === count.replaceAll(",", "")
    && document.querySelector(".ways") !== null;
}
"""


class Walk(NamedTuple):
    """One round: the longest task, in milliseconds, of every expansion (0: none was longer than 50), and how many concepts were drawn."""

    longest: list[float]
    concepts: int


def run(ground: Ground) -> list[Row]:
    """One row: the longest task of an expansion, beside those of opening pages that draw no graph."""
    walks, empty, tree = [], [], []
    with ground.serving() as server, _page() as page:
        for _ in range(_ROUNDS):
            empty.append(_opened(page, server.port, "search"))
            tree.append(_opened(page, server.port, "tree"))
            walks.append(_walked(page, server.port))
    longest = [task for walk in walks for task in walk.longest]
    p95 = _p95(longest)
    long = sum(task > 0 for task in longest)
    return [
        Row(
            f"browser: a neighbourhood grows to {walks[0].concepts} concepts, longest task of an expansion",
            f"p95 {_said(p95)}, longest {_said(max(longest))}; {long} of {len(longest)} have one longer than 50 ms",
            f"opening the search {spread(empty, digits=0)} ms, the tree {spread(tree, digits=0)} ms",
            _said(p95),
            f"<= {_GOAL:.0f} ms",
            ground.judged(p95 <= _GOAL),
        )
    ]


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


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
    longest: list[float] = []
    for concept in _BEGINNINGS:
        page.locator(f"[role=treeitem][data-key='{concept}'] .tree-label").click()
        expect(page.locator(f"[role=treeitem][data-key='{concept}']")).to_have_attribute("tabindex", "0")
        page.wait_for_function(_DRAWN)
        _longest(page)
        while _expanded(page):
            page.wait_for_function(_DRAWN)
            longest.append(_longest(page))
    return Walk(longest, _concepts(page))


def _concepts(page: Page) -> int:
    return int(page.locator(".canvas-box").get_attribute("data-drawn") or 0)


def _expanded(page: Page) -> bool:
    """Press the first way that is not shown yet and is not too large."""
    for way in page.locator(".way[aria-pressed=false]").all():
        if int(way.locator(".count").inner_text().replace(",", "")) <= _LARGEST:
            way.click()
            return True
    return False
