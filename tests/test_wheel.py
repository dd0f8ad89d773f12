"""The wheel stands on its own: declarations inside, no tests, and it works in an empty environment."""

import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DECLARATIONS = ["graphql", "loaders", "esco_mappings"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),  # pip may have to download what its cache lacks
    pytest.mark.xdist_group("wheel"),  # one worker builds the wheel, once
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that holds the wheel and its locked dependencies, nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    # Without pip: ours installs from outside, so a bare Debian will do.
    venv.create(folder / "venv", symlinks=os.name != "nt")
    binaries = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pins = folder / "pins.txt"
    pins.write_text(locked_versions(), "utf-8")
    pip("--python", str(binaries / "python"), "install", "--constraint", str(pins), str(wheel))
    return binaries / "taxonomy"


def locked_versions() -> str:
    """Return the lock without its hashes: with them pip would ask for the wheel's own hash as well."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    return "\n".join(re.findall(r"^[\w.-]+==[^\\\n]+", lock, re.MULTILINE)) + "\n"


def pip(*words: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words],
        cwd=Path(sys.prefix),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def answer_of(command: Path, *words: str, where: Path) -> str:
    ours = ("TAXONOMY_", "PYTHON", "VIRTUAL_ENV")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    run = subprocess.run([command, *words], cwd=where, env=clean, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_the_wheel_holds_every_declaration_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    declared = {
        f"taxonomy/_declarations/{file.relative_to(ROOT).as_posix()}"
        for folder in DECLARATIONS
        for file in (ROOT / folder).rglob("*")
        if file.is_file()
    }
    assert declared - names == set()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"taxonomy"}
    assert {"taxonomy/py.typed", "taxonomy/__main__.py"} <= names


def test_the_wheel_holds_what_the_package_reads_beside_its_code(wheel: Path) -> None:
    read = {
        file.relative_to(ROOT).as_posix()
        for folder in ("rdf", "web/templates")
        for file in (ROOT / "taxonomy" / folder).iterdir()
        if file.is_file()
    }
    assert "taxonomy/web/templates/concept.html" in read
    assert read <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_the_built_pages_of_this_checkout(wheel: Path) -> None:
    static = ROOT / "taxonomy" / "web" / "static"
    built = {file.relative_to(ROOT).as_posix() for file in static.rglob("*") if file.is_file()}
    if not built:
        pytest.skip("no page is built in this checkout: make graphiql builds one")
    assert built <= set(zipfile.ZipFile(wheel).namelist())


def test_the_installed_wheel_loads_the_sample_and_answers_a_named_operation(
    installed: Path, tmp_path: Path
) -> None:
    answer_of(installed, "load", where=tmp_path)
    answer = json.loads(answer_of(installed, "query", "ReleaseSummary", where=tmp_path))
    assert answer.get("errors") is None
    assert answer["data"]["release"]
    for name in ("MatchProfile", "Transitions"):  # they read weights out of the package
        found = json.loads(answer_of(installed, "query", name, where=tmp_path))
        assert found.get("errors") is None
