"""`taxonomy load`: what it reads, what it says, and who else may load meanwhile."""

import fcntl
import json
import os
import pty
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from taxonomy.declarations import LOADERS
from tests.cli.command import COMMAND, PATIENCE, environment, run
from tests.cli.conftest import Taxonomy

SAMPLE = LOADERS / "sample"


def test_load_publishes_the_sample_and_sums_up(taxonomy: Taxonomy, tmp_path: Path) -> None:
    status, out, err = taxonomy("load")
    rows = [line.split("\t") for line in out.splitlines()]
    assert status == 0
    assert rows[0] == ["what", "name", "count"]
    assert ["concepts", "ssyk-level-4", "43"] in rows
    assert ["relations", "substitutes", "40"] in rows
    assert ["warnings", "TX403 deprecated without a replacement", "1"] in rows
    assert err.startswith("Sample: published r1-")
    assert len(list((tmp_path / "cache").glob("*.snapshot"))) == 1


def test_the_same_again_publishes_nothing(taxonomy: Taxonomy) -> None:
    first = taxonomy("load", "--format", "json")
    second = taxonomy("load", "--format", "json")
    assert json.loads(second.out) == json.loads(first.out)
    assert second.err.startswith("Sample: nothing has changed since r1-")
    assert len(taxonomy("releases").out.splitlines()) == 2


def test_the_default_store_and_cache_are_in_the_current_folder(tmp_path: Path) -> None:
    env = environment(tmp_path)
    del env["TAXONOMY_STORE"], env["TAXONOMY_CACHE"]
    assert run("load", env=env, cwd=tmp_path).status == 0
    assert (tmp_path / "var" / "taxonomy.db").is_file()
    assert (tmp_path / "var" / "cache").is_dir()


def test_flags_win_over_the_environment_and_a_plain_path_is_a_store(
    taxonomy: Taxonomy, tmp_path: Path
) -> None:
    assert taxonomy("load", "--store", "other.db", "--cache", "elsewhere").status == 0
    assert (tmp_path / "other.db").is_file()
    assert (tmp_path / "elsewhere").is_dir()
    assert not (tmp_path / "taxonomy.db").exists()


def test_a_relative_data_folder_is_relative_to_the_current_one(taxonomy: Taxonomy, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "files")
    status, _, err = taxonomy("load", "--data", "files", "--recipe", "sweden")
    assert status == 0
    assert err.startswith("The Swedish labour market taxonomy: published r1-")


def test_data_may_stand_in_the_environment(taxonomy: Taxonomy) -> None:
    assert taxonomy("load", TAXONOMY_DATA=str(SAMPLE)).err.startswith("The Swedish")
    # The sample brings its own files, whatever the environment says.
    assert taxonomy("load", "--recipe", "sample", TAXONOMY_DATA="/nowhere").err.startswith(
        "Sample: published"
    )


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["--data", "nowhere"], 2, "nowhere is not a folder: give the folder of the publishers' files"),
        (["--data", "."], 1, "concept-types.json"),
        (
            ["--recipe", "nope"],
            2,
            "there is no recipe nope: give a TOML file, or one of jobtech-1, sample, sweden",
        ),
        (
            ["--recipe", "sweden"],
            2,
            "the recipe sweden needs the publishers' files: say where with --data DIR",
        ),
        (["--store", "/dev/null/x.db"], 1, "/dev/null/x.db"),
    ],
)
def test_what_cannot_be_loaded_is_one_sentence(
    words: list[str], status: int, sentence: str, taxonomy: Taxonomy
) -> None:
    outcome = taxonomy("load", *words)
    assert (outcome.status, outcome.out) == (status, "")
    assert outcome.err.startswith("taxonomy: ")
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_second_load_names_the_first_and_exits_1(taxonomy: Taxonomy, tmp_path: Path) -> None:
    with (tmp_path / "taxonomy.db.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("process 4711 on elsewhere")
        lock.flush()
        status, out, err = taxonomy("load")
        pruned = taxonomy("releases", "prune")
    assert (status, out) == (1, "")
    assert "is being loaded by process 4711 on elsewhere" in err
    assert (pruned.status, pruned.out) == (1, "")
    assert taxonomy("load").status == 0


def test_ctrl_c_ends_a_load_in_one_sentence(sample_folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "files"
    shutil.copytree(SAMPLE, data)
    first = data / "jobtech" / "v27" / "concept-types.json"
    first.unlink()
    os.mkfifo(first)  # a load that waits for its first file
    process = subprocess.Popen(
        [COMMAND, "load", "--data", str(data)], env=environment(tmp_path), stderr=subprocess.PIPE, text=True
    )
    with first.open("w"):  # it is open on both sides: the load is reading
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (1, "taxonomy: stopped\n")
    assert run("load", env=environment(tmp_path)).status == 0


def test_progress_is_drawn_on_a_terminal_and_the_summary_is_a_table(tmp_path: Path) -> None:
    text = on_terminal(["load"], tmp_path)
    assert "%" in text
    assert "reading" in text
    assert "━" in text
    assert "what " in text
    assert "\t" not in text.replace("\r\n", "")


def test_nothing_is_drawn_where_there_is_no_terminal(tmp_path: Path) -> None:
    outcome = run("load", env=environment(tmp_path))
    assert "%" not in outcome.err + outcome.out
    assert "\x1b" not in outcome.err + outcome.out


def test_format_table_is_a_table_in_a_pipe_too(taxonomy: Taxonomy) -> None:
    out = taxonomy("load", "--format", "table").out
    assert "\t" not in out
    assert any(line.split() == ["concepts", "in", "all", "848"] for line in out.splitlines())


def on_terminal(words: list[str], folder: Path) -> str:
    """What a command writes when all of its output is a terminal."""
    ours, theirs = pty.openpty()
    env = environment(folder, TERM="xterm", COLUMNS="100", LINES="50")
    process = subprocess.Popen([COMMAND, *words], env=env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    written = b""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # Linux's way to say that the other side has been closed
            break
        if not chunk:
            break
        written += chunk
    os.close(ours)
    assert process.wait(PATIENCE) == 0
    return written.decode()
