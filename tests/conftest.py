"""What every test may ask for: recorded answers and the publishers' files."""

import difflib
import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.cli.command import environment, run

GOLDEN = Path(__file__).parent / "golden"
LONGEST_DIFF = 200

pytest_plugins = ["tests.neo4j.fixtures"]

Golden: TypeAlias = Callable[[str, str | bytes], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden, do not compare")


@pytest.hookimpl(tryfirst=True)  # before `-m` selects
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # Asking for the files is what makes a test `real`: nobody has to say it twice.
        if "real_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.real)


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Golden:
    """Compare what a test got with tests/golden/<name>; `--update-golden` writes the file instead."""
    update = bool(pytestconfig.getoption("--update-golden"))

    def compare(name: str, actual: str | bytes) -> None:
        file = GOLDEN / name
        got = actual.encode() if isinstance(actual, str) else actual
        if update:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(got)
            return
        if not file.is_file():
            pytest.fail(f"tests/golden/{name} does not exist: pytest --update-golden writes it; then read it")
        recorded = file.read_bytes()
        if got != recorded:
            difference = diff(name, recorded, got)
            pytest.fail(f"not as recorded; if that is right, run pytest --update-golden\n{difference}")

    return compare


def diff(name: str, recorded: bytes, got: bytes) -> str:
    try:
        before, after = recorded.decode(), got.decode()
    except UnicodeDecodeError:
        return f"{name}: {len(recorded)} bytes recorded, {len(got)} bytes now, and they differ"
    lines = list(
        difflib.unified_diff(
            before.splitlines(), after.splitlines(), f"tests/golden/{name}", "this run", lineterm=""
        )
    )
    if not lines:
        return f"{name}: only line ends differ"
    if len(lines) > LONGEST_DIFF:
        lines[LONGEST_DIFF:] = [f"... and {len(lines) - LONGEST_DIFF} lines more"]
    return "\n".join(lines)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of the publishers' files; without it a test is skipped, or fails where CI insists."""
    folder = os.environ.get("TAXONOMY_DATA", "")
    if folder and Path(folder).is_dir():
        return Path(folder).resolve()
    state = f"TAXONOMY_DATA={folder} is not a folder" if folder else "TAXONOMY_DATA is not set"
    missing = f"{state}: download the files that loaders/*.toml name into one folder and let it point there"
    if os.environ.get("TAXONOMY_REQUIRE_REAL") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def loaded_real(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store and a cache of the publishers' files, loaded once for all processes of a run.

    Who serves from it may add to its cache; nobody may publish into it.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "loaded-real"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "loaded").exists():
            outcome = run("load", "--data", str(real_data), env=environment(folder))
            assert outcome.status == 0, outcome.err
            (folder / "loaded").touch()
    return folder
