"""The documentation: every example is run on the sample, every table is compared with the code.

A `console` block is a session: commands after `$ `, and what they print, where `...` stands for anything.
A `graphql` block is executed; the `json` block after it is its data, where "…" stands for any value, and
for the rest of the list or object that it ends. `graphql real` is asked of the publishers' files.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from taxonomy.checks import CATALOGUE
from taxonomy.cli import parser
from taxonomy.compose import asgi, graphql_executor, load_release, open_shelf, open_store, recipe_for
from taxonomy.config import SETTINGS, Settings, read_settings
from taxonomy.declarations import OPERATIONS
from taxonomy.gql.execute import Request
from taxonomy.ingest.pipeline import no_progress
from taxonomy.model.concept import KINDS, Provenance, Scheme
from taxonomy.model.errors import PROBLEMS
from taxonomy.model.relation import RelationKind
from tests.cli.command import eventually, serving
from tests.cli.test_usage import examples, verbs

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
LINKED = [*PAGES, *(ROOT / name for name in ("CONTRIBUTING.md", "CHANGELOG.md", "graphql/README.md"))]
BEGINS_EMPTY = {"README.md", "docs/start.md"}
"""Pages that tell a beginner's story; on the others the sample is loaded already."""

ANYTHING = "…"
BLOCK = re.compile(r"^```(\w+)( real)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block, and the one after it."""

    language: str
    real: bool
    text: str
    answer: str | None


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> Iterator[Block]:
    found = BLOCK.findall(page.read_text("utf-8"))
    for number, (language, real, text) in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else ("", "", "")
        yield Block(language, bool(real), text, after[2] if after[0] == "json" else None)


def rows_under(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head and without backquotes."""
    text = f"\n{(DOCS / page).read_text('utf-8')}".split(f"\n{heading}\n", 1)[1]
    table = re.split(r"\n(?!\|)", text[text.index("\n|") + 1 :], maxsplit=1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return [[cell.replace("`", "") for cell in row] for row in rows]


# ---- consoles


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a session, and what it is said to print."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.replace("\\\n", " ").partition("\n")
        yield command, printed.rstrip("\n")


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `var` with the sample."""
    folder = tmp_path_factory.mktemp("loaded") / "var"
    publish(settings_in(folder))
    return folder


def settings_in(folder: Path) -> Settings:
    return read_settings({}, store=str(folder / "taxonomy.db"), cache=str(folder / "cache"))


def publish(settings: Settings, data: Path | None = None) -> Settings:
    load_release(settings, *recipe_for(None, data), no_progress)
    return settings


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_console_example_does_what_it_says(page: Path, loaded: Path, tmp_path: Path) -> None:
    here = tmp_path / "occupation-graph"
    here.mkdir()
    (here / "sparql").symlink_to(ROOT / "sparql")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "data").symlink_to(ROOT / "loaders" / "sample")
    if name_of(page) not in BEGINS_EMPTY:
        shutil.copytree(loaded, here / "var")
    for block in blocks(page):
        if block.language == "console":
            for command, printed in commands(block.text):
                try_out(command, printed, here)


def try_out(command: str, printed: str, here: Path) -> None:
    words = shlex.split(command)
    if words[0] in ("make", "git", "cd"):
        targets = re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert words[0] != "make" or words[1] in targets, command
        return
    env = {name: value for name, value in os.environ.items() if not name.startswith("TAXONOMY_")}
    env |= {"PATH": f"{Path(sys.executable).parent}:{env['PATH']}", "COLUMNS": "110", "PYTHONUTF8": "1"}
    if words[:2] in (["taxonomy", "serve"], ["taxonomy", "run"]):
        parser().parse_args(words[1:])
        with serving(*without_port(words[1:]), env=env, cwd=here) as server:
            assert b"live" in eventually(server, "/health/live")
        return
    if words[0] == "curl" and shutil.which("curl") is None:
        return
    if words[0] == "curl":
        with serving("serve", env=env, cwd=here) as server:
            eventually(server, "/health/live")
            got = outcome(command.replace("http://127.0.0.1:8000", server.url), here, env)
    else:
        got = outcome(command, here, env)
    pattern = re.escape(printed).replace(re.escape("..."), ".*")
    assert not printed or re.fullmatch(pattern, got, re.DOTALL), f"$ {command}\n{got}"


def outcome(command: str, here: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        ["/bin/bash", "-c", command],
        cwd=here,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    lines = done.stdout.decode().replace("\r\n", "\n").splitlines()
    assert not any("Traceback" in line or "usage:" in line for line in lines[:1]), (command, lines)
    return "\n".join(line.rstrip() for line in lines)


def without_port(words: list[str]) -> list[str]:
    at = words.index("--port") if "--port" in words else len(words)
    return words[:at] + words[at + 2 :]


# ---- GraphQL


def data_of(settings: Settings, query: str) -> Any:
    current = open_shelf(settings, open_store(settings)).current()
    body = graphql_executor(settings).answer(Request(query), current.snapshot, current.releases).body
    assert "errors" not in body, body["errors"]
    return body["data"]


def differs(shown: Any, actual: Any, where: str = "data") -> Iterator[str]:
    """Where an answer as shown is not the actual one."""
    if shown == ANYTHING:
        return
    if isinstance(shown, dict) and isinstance(actual, dict):
        names = set(shown) - {ANYTHING}
        if names - set(actual) or (ANYTHING not in shown and set(actual) - names):
            yield f"{where}: {sorted(names)} shown, {sorted(actual)} answered"
        for name in names & set(actual):
            yield from differs(shown[name], actual[name], f"{where}.{name}")
    elif isinstance(shown, list) and isinstance(actual, list):
        cut = shown[-1:] == [ANYTHING]
        wanted = shown[:-1] if cut else shown
        if len(wanted) > len(actual) or (not cut and len(wanted) < len(actual)):
            yield f"{where}: {len(wanted)} shown, {len(actual)} answered"
        for number, (one, other) in enumerate(zip(wanted, actual, strict=False)):
            yield from differs(one, other, f"{where}[{number}]")
    elif isinstance(shown, float):
        if not isinstance(actual, float) or abs(shown - actual) > 0.005:
            yield f"{where}: {shown} shown, {actual} answered"
    elif shown != actual:
        yield f"{where}: {shown!r} shown, {actual!r} answered"


def examples_of(page: Path, *, real: bool) -> list[Block]:
    return [block for block in blocks(page) if block.language == "graphql" and block.real is real]


def compare(settings: Settings, block: Block) -> None:
    actual = data_of(settings, block.text)
    if block.answer is not None:
        found = list(differs(json.loads(block.answer), actual))
        assert found == [], json.dumps(actual, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("page", [page for page in PAGES if examples_of(page, real=False)], ids=name_of)
def test_every_graphql_example_has_the_answer_that_is_shown(page: Path, loaded: Path) -> None:
    for block in examples_of(page, real=False):
        compare(settings_in(loaded), block)


def test_the_examples_over_the_publishers_files_have_the_answers_that_are_shown(
    real_data: Path, tmp_path: Path
) -> None:
    settings = publish(settings_in(tmp_path), real_data)
    shown = [block for page in PAGES for block in examples_of(page, real=True)]
    assert any("bXNH_MNX_dUR" in block.text and "rQds_YGd_quU" in block.text for block in shown)
    for block in shown:
        compare(settings, block)


def test_every_named_operation_is_shown_with_the_answer_it_gives(loaded: Path) -> None:
    text = (DOCS / "graphql.md").read_text("utf-8")
    settings = settings_in(loaded)
    current = open_shelf(settings, open_store(settings)).current()
    pattern = r"^### (\w+)\n.*?`(\{.*?\})`.*?^```json\n(.*?)^```$"
    shown = {name: rest for name, *rest in re.findall(pattern, text, re.MULTILINE | re.DOTALL)}
    assert sorted(shown) == sorted(file.stem for file in OPERATIONS.glob("*.graphql"))
    for name, (variables, answer) in shown.items():
        request = Request((OPERATIONS / f"{name}.graphql").read_text("utf-8"), None, json.loads(variables))
        body = graphql_executor(settings).answer(request, current.snapshot, current.releases).body
        found = list(differs(json.loads(answer), body["data"], name))
        assert found == [], json.dumps(body, ensure_ascii=False, indent=1)


def test_every_json_block_is_json() -> None:
    for page in PAGES:
        for block in blocks(page):
            if block.language == "json":
                json.loads(block.text)


# ---- the public surface


def test_the_pages_that_were_promised_are_there() -> None:
    promised = ["index", "start", "model", "sources", "graphql", "cli", "checks", "settings", "operations"]
    assert [name for name in promised if not (DOCS / f"{name}.md").is_file()] == []
    index = (DOCS / "index.md").read_text("utf-8")
    missing = [name_of(page) for page in PAGES[1:] if page.relative_to(DOCS).as_posix() not in index]
    assert missing == ["docs/index.md"], "docs/index.md links every page but itself"


def test_every_command_is_documented_with_its_options_and_example() -> None:
    sections = dict(
        re.findall(r"^## taxonomy (\w+)\n(.*?)(?=^## |\Z)", (DOCS / "cli.md").read_text("utf-8"), re.M | re.S)
    )
    assert sorted(sections) == sorted(verbs())
    for name, verb in verbs().items():
        options = {word for action in verb._actions for word in action.option_strings if word[:2] == "--"}
        named = set(re.findall(r"`(--[a-z-]+)", sections[name]))
        assert named == options - {"--help"}, name
        for example in examples(verb):
            assert f"$ {example}" in sections[name], example


def test_every_setting_is_documented() -> None:
    shown = rows_under("settings.md", "# Settings")
    table = [[setting.variable, str(setting.default), setting.help.replace("`", "")] for setting in SETTINGS]
    assert shown == table


def test_every_check_is_documented() -> None:
    text = (DOCS / "checks.md").read_text("utf-8")
    assert sorted(set(re.findall(r"^#+ .*?(TX\d{3})", text, re.MULTILINE))) == sorted(CATALOGUE)


def test_every_error_code_is_documented() -> None:
    shown = [row[:3] for row in rows_under("graphql.md", "## Errors")]
    assert shown == [[code, str(problem.status), problem.title] for code, problem in PROBLEMS.items()]


def test_every_address_is_documented(loaded: Path) -> None:
    shown = {path for row in rows_under("operations.md", "## Addresses") for path in row[0].split(", ")}
    assert shown == {getattr(route, "path", "") for route in asgi(settings_in(loaded)).routes}


def test_every_kind_is_documented_with_its_scheme_and_main_code() -> None:
    shown = [row[:3] for row in rows_under("model.md", "## Kinds")]
    assert shown == [[kind, facts.scheme, facts.code_system or "-"] for kind, facts in KINDS.items()]


@pytest.mark.parametrize(
    ("heading", "words"),
    [("## Relations", RelationKind), ("## Provenance", Provenance), ("## Schemes", Scheme)],
)
def test_every_word_is_documented(heading: str, words: Any) -> None:
    assert [row[0] for row in rows_under("model.md", heading)] == [word.value for word in words]


def test_the_changelog_speaks_of_this_version() -> None:
    [newest, *_] = re.findall(r"^## \[(\d[\d.]*)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest == version("occupation-graph")


# ---- links


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", LINKED, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = BLOCK.sub("", page.read_text("utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target
