"""What every verb owes: help with an example, a quick start, an exit status that means something."""

import argparse
import os
import resource
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from taxonomy.cli import parser
from tests.cli.command import COMMAND, environment, run
from tests.cli.conftest import Taxonomy

HEAVY = [
    "brotli",
    "graphql",
    "neo4j",
    "numpy",
    "orjson",
    "pandas",
    "rich",
    "sqlite3",
    "starlette",
    "strawberry",
    "uvicorn",
]
MOST_CPU = 0.2


def verbs() -> dict[str, argparse.ArgumentParser]:
    [choices] = [
        action.choices for action in parser()._actions if isinstance(action, argparse._SubParsersAction)
    ]
    return dict(choices)


def examples(verb: argparse.ArgumentParser) -> list[str]:
    assert verb.epilog is not None
    return [line.strip() for line in verb.epilog.splitlines() if line.startswith("  taxonomy")]


def test_the_verbs_are_these() -> None:
    assert sorted(verbs()) == sorted(
        [
            *("load", "serve", "run", "check", "releases", "show", "search", "query", "sparql", "schema"),
            *("diff", "fetch", "mappings", "export", "match", "transitions", "gap", "path"),
        ]
    )


@pytest.mark.parametrize("name", sorted(verbs()))
def test_each_verb_has_help_with_an_example_that_it_understands(name: str, taxonomy: Taxonomy) -> None:
    outcome = taxonomy(name, "--help")
    assert (outcome.status, outcome.err) == (0, "")
    assert f"example:\n  taxonomy {name}" in outcome.out
    for example in examples(verbs()[name]):
        words = shlex.split(example.partition(" > ")[0])
        assert parser().parse_args(words[1:]).run


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["load", "--help"]])
def test_help_takes_a_fifth_of_a_second_of_computing_at_most(words: list[str], tmp_path: Path) -> None:
    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert run(*words, env=environment(tmp_path)).status == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(once() for _ in range(5)) <= MOST_CPU


@pytest.mark.parametrize(
    "words", [["--help"], ["serve", "--help"], ["query", "nothing"], ["load", "--data", "no"]]
)
def test_nothing_heavy_is_imported_before_it_is_used(words: list[str], tmp_path: Path) -> None:
    code = (
        "import sys\nfrom taxonomy.cli import main\n"
        f"try: main({words!r})\nexcept SystemExit: pass\n"
        f"sys.stderr.write('heavy: ' + ' '.join(sorted(set({HEAVY!r}) & set(sys.modules))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1].removeprefix("heavy: ").split() == []


def test_the_version_is_the_packages(taxonomy: Taxonomy) -> None:
    assert taxonomy("--version") == (0, "occupation-graph 0.1.0\n", "")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["lod"],
        ["show"],
        ["search", "x", "--first", "0"],
        ["search", "x", "--first", "two"],
        ["releases", "list", "--keep", "2"],
        ["releases", "prune", "--keep", "0"],
        ["serve", "--port", "abc"],
        ["serve", "--port", "65536"],
        ["load", "--format", "xml"],
    ],
)
def test_what_is_not_understood_is_usage_and_says_so(words: list[str], taxonomy: Taxonomy) -> None:
    outcome = taxonomy(*words)
    assert (outcome.status, outcome.out) == (2, "")
    assert "taxonomy" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_reader_who_has_had_enough_is_no_failure(sample_folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # before anything is written: the sharpest case of `| head -1`
    for words in (["schema"], ["releases"], ["--help"]):
        done = subprocess.run(
            [COMMAND, *words],
            env=environment(sample_folder),
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b""), words
    os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_under_the_output_is_one_sentence(sample_folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [COMMAND, "releases"],
            env=environment(sample_folder),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, b"taxonomy: No space left on device\n")


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("TAXONOMY_PORT", "abc", "taxonomy: TAXONOMY_PORT must be a whole number, not 'abc'\n"),
        (
            "TAXONOMY_PROT",
            "1",
            "taxonomy: TAXONOMY_PROT in the environment is no setting; did you mean TAXONOMY_PORT?\n",
        ),
        (
            "TAXONOMY_STORE",
            "mysql://there/it",
            "taxonomy: TAXONOMY_STORE must be sqlite:/// and the path of a file, or the address of a Neo4j"
            " server that begins with one of neo4j://, bolt://, neo4j+s://, bolt+s://, neo4j+ssc://, bolt+ssc://,"
            " not mysql:\n",
        ),
        (
            "TAXONOMY_STORE",
            "sqlite:///",
            "taxonomy: TAXONOMY_STORE must have the path of a file after sqlite:///\n",
        ),
        (
            "TAXONOMY_STORE",
            "neo4j://LOCALHOST",
            "taxonomy: TAXONOMY_NEO4J_PASSWORD is not set, and neo4j://localhost:7687 needs a password:"
            " set it\n",
        ),
    ],
)
def test_a_setting_that_cannot_be_is_one_sentence(
    taxonomy: Taxonomy, variable: str, value: str, sentence: str
) -> None:
    assert taxonomy("releases", **{variable: value}) == (2, "", sentence)


def test_a_password_in_the_address_is_refused_and_not_repeated(taxonomy: Taxonomy) -> None:
    status, out, err = taxonomy("releases", "--store", "neo4j://neo4j:hunter2@localhost")
    assert (status, out) == (2, "")
    assert "set TAXONOMY_NEO4J_USER and TAXONOMY_NEO4J_PASSWORD" in err
    assert "hunter2" not in err


def test_without_the_driver_a_neo4j_store_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom taxonomy.cli import main\n"
        "sys.modules['neo4j'] = None\n"  # how Python itself marks what cannot be imported
        "sys.exit(main(['releases', '--store', 'neo4j://localhost']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(tmp_path, TAXONOMY_NEO4J_PASSWORD="hunter2"),  # noqa: S106 not a real one
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    sentence = (
        "a store at neo4j://localhost:7687 needs the Neo4j driver: pip install 'occupation-graph[neo4j]'"
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"taxonomy: {sentence}\n")
