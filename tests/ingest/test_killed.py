"""`kill -9` in the middle of a load: what was published stays, and the next load works."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from taxonomy.ingest.manifest import Recipe, read_recipe
from taxonomy.ingest.pipeline import load
from taxonomy.model.release import Release
from taxonomy.store.sqlite_store import SqliteStore
from tests.ingest.recipes import SAMPLE, SAMPLE_DATA, SWEDEN

MOMENTS = 8

LOADS = """
import importlib, sys
from pathlib import Path
from taxonomy.ingest.manifest import read_recipe
from taxonomy.ingest.pipeline import load
from taxonomy.store.sqlite_store import SqliteStore
store, recipe, data, note, *modules = sys.argv[1:]
for module in modules:
    importlib.import_module(module)
print("begin", flush=True)
tell = lambda what, done, total: print(what, done, flush=True) if what == "storing" else None
load(SqliteStore(Path(store)), read_recipe(Path(recipe))._replace(note=note), Path(data), tell)
print("end", flush=True)
"""


def wait_for(line: str, lines: IO[str]) -> float:
    assert line in iter(lambda: lines.readline().strip(), ""), f"the load ended before {line!r}"
    return time.perf_counter()


class Loads:
    """Loads of one recipe into one store, each with a note of its own so that each publishes."""

    def __init__(self, path: Path, recipe: Path, data: Path, *modules: str) -> None:
        self._path, self._file, self._data = path, recipe, data
        self._modules = modules
        self._count = 0
        self.store = SqliteStore(path)
        self.recipe: Recipe = read_recipe(recipe)

    def start(self) -> subprocess.Popen[str]:
        self._count += 1
        paths = map(str, (self._path, self._file, self._data))
        command = [sys.executable, "-c", LOADS, *paths, f"load {self._count}", *self._modules]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def seconds(self, first: str, last: str) -> float:
        """How long a whole load takes from one line of its output to another."""
        with self.start() as process:
            assert process.stdout
            begin = wait_for(first, process.stdout)
            end = wait_for(last, process.stdout)
            process.stdout.read()
        assert process.returncode == 0
        return end - begin

    def killed(self, first: str, seconds: float) -> None:
        with self.start() as process:
            assert process.stdout
            wait_for(first, process.stdout)
            time.sleep(seconds)
            process.kill()

    def check(self, before: tuple[Release, ...]) -> None:
        """After a kill: the releases of before, or with them the new one, and all of them whole."""
        after = self.store.releases()
        assert after[: len(before)] == before
        assert [release.draft.note for release in after[len(before) :]] in ([], [f"load {self._count}"])
        for release in after:
            content = self.store.read(release.ordinal)
            assert content.hashed() == release.content_hash
            assert len(content.findings) > 0

    def again(self) -> None:
        """The next load publishes, and is the only release that is kept."""
        again = load(self.store, self.recipe._replace(note=f"after {self._count}"), self._data)
        assert again.published
        assert self.store.read(again.release.ordinal) == again.content
        with self.store.lock():
            for release in self.store.releases()[:-1]:
                self.store.discard(release.ordinal)


def kill_at_moments(loads: Loads, first: str, last: str, kills_per_load: int = 1) -> None:
    whole = loads.seconds(first, last)
    for moment in range(MOMENTS):
        before = loads.store.releases()
        loads.killed(first, whole * moment / MOMENTS)
        loads.check(before)
        if moment % kills_per_load == kills_per_load - 1:
            loads.again()


def large_recipe(folder: Path) -> Path:
    """A recipe with enough rows that staging them takes a while."""
    rows = [
        {"id": f"{n:04}_aaa_aaa", "type": "skill", "preferred_label": f"Kunskap {n}"} for n in range(5_000)
    ]
    (folder / "recipes").mkdir(parents=True)
    (folder / "skills.json").write_text(json.dumps({"data": {"concepts": rows}}))
    names = ("title", "publisher", "licence", "attribution", "url")
    (folder / "large-1.toml").write_text(
        'source = "large"\nversion = "1"\nlocale = "sv"\n'
        + "".join(f'{name} = "x"\n' for name in names)
        + 'files = [{ path = "skills.json", reader = "jobtech-query", defines = "all" }]\n'
    )
    recipe = folder / "recipes" / "large.toml"
    recipe.write_text('id = "large"\ntitle = "Large"\nsources = ["large-1"]\n')
    return recipe


@pytest.mark.slow
def test_a_load_killed_at_any_moment_leaves_the_published_release(tmp_path: Path) -> None:
    kill_at_moments(Loads(tmp_path / "taxonomy.db", SAMPLE, SAMPLE_DATA, "pandas"), "begin", "end")


@pytest.mark.slow
def test_a_load_killed_while_it_stages_leaves_the_published_release(tmp_path: Path) -> None:
    recipe = large_recipe(tmp_path / "large")
    kill_at_moments(Loads(tmp_path / "taxonomy.db", recipe, tmp_path / "large"), "storing 0", "storing 1")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_real_load_killed_at_any_moment_leaves_the_published_release(
    tmp_path: Path, real_data: Path
) -> None:
    loads = Loads(tmp_path / "taxonomy.db", SWEDEN, real_data, "pandas")
    kill_at_moments(loads, "begin", "end", kills_per_load=4)
