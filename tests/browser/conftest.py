"""A served sample, the publishers' files served, and Debian's Chromium to look at them with."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from taxonomy.declarations import LOADERS
from taxonomy.web.static_files import manifest
from tests.cli.command import environment, run, serving_many

HOSTILE = "<img src=x onerror=alert(1)>Telexoperatör"
HOSTILE_ID = "Phit_Tat_002"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine; without one a test is skipped, or fails where CI insists."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing = "there is no Chromium on PATH: apt-get install chromium"
        if os.environ.get("TAXONOMY_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the sample."""
    env = environment(tmp_path_factory.mktemp("browser-sample"))
    loaded = run("load", env=env)
    assert loaded.status == 0, loaded.err
    with serving_many("serve", env=env) as server:
        yield server.url


@pytest.fixture(scope="session")
def real_url(loaded_real: Path) -> Iterator[str]:
    """The address of a server over the publishers' files."""
    with serving_many("serve", env=environment(loaded_real)) as server:
        yield server.url


@pytest.fixture(scope="session")
def explorer() -> None:
    """The graph browser, built."""
    if manifest("explorer") is None:
        pytest.fail("the graph browser is not built: make explorer")


@pytest.fixture(scope="session")
def hostile_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over two releases of the sample; in the second, a label looks like code."""
    folder = tmp_path_factory.mktemp("browser-hostile")
    env = environment(folder, TAXONOMY_CONTACT="data@example.org")
    assert run("load", env=env).status == 0
    shutil.copytree(LOADERS / "sample", folder / "data")
    made_up = folder / "data" / "made-up" / "concepts.json"
    made_up.write_text(
        made_up.read_text("utf-8").replace("Telexoperatör (påhittat exempel)", HOSTILE), "utf-8"
    )
    loaded = run("load", "--recipe", "sample", "--data", str(folder / "data"), env=env)
    assert loaded.status == 0, loaded.err
    with serving_many("serve", env=env) as server:
        yield server.url
