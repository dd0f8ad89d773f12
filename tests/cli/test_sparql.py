"""`taxonomy sparql`: the endpoint's answers without a server."""

import csv
import io
import json
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from taxonomy.cli.sparql import _write_table
from tests.cli.command import COMMAND, PATIENCE, environment
from tests.cli.conftest import Taxonomy
from tests.sparql.processes import is_running, workers

PREFIX = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
NURSE = f'{PREFIX} SELECT ?nurse ?label {{ ?nurse skos:prefLabel "Sjuksköterska, grundutbildad"@sv, ?label }}'
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?d && ?f > ?i) }"
URI = "http://data.jobtechdev.se/taxonomy/concept/bXNH_MNX_dUR"


@pytest.fixture(scope="module")
def folder(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, with a cache of its own, in which the first query makes the store."""
    folder = tmp_path_factory.mktemp("sparql")
    shutil.copytree(sample_folder, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def taxonomy(taxonomy: Taxonomy) -> Taxonomy:
    """In a thread of its own, for Playwright leaves a running loop in the first."""

    def asked(*words: str, **more: Any) -> Any:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(taxonomy, *words, **more).result()

    return asked


def test_a_query_is_answered_as_tsv_in_a_pipe_and_makes_the_store_once(
    taxonomy: Taxonomy, folder: Path
) -> None:
    status, out, err = taxonomy("sparql", NURSE, folder=folder)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "?nurse\t?label"
    assert f'<{URI}>\t"Sjuksköterska, grundutbildad"@sv' in out.splitlines()
    made = list((folder / "cache" / "sparql").iterdir())
    assert len(made) == 1
    before = made[0].stat().st_mtime_ns
    assert taxonomy("sparql", NURSE, folder=folder).out == out
    assert made[0].stat().st_mtime_ns == before


def test_solutions_come_in_each_format(taxonomy: Taxonomy, folder: Path) -> None:
    def out(form: str) -> str:
        status, text, _ = taxonomy("sparql", NURSE, "--format", form, folder=folder)
        assert status == 0
        return text

    bindings = json.loads(out("json"))["results"]["bindings"]
    assert {"type": "uri", "value": URI} in [row["nurse"] for row in bindings]
    assert [URI, "Sjuksköterska, grundutbildad"] in list(csv.reader(io.StringIO(out("csv"))))
    assert f"<uri>{URI}</uri>" in out("xml")
    assert out("xml").endswith(">\n")
    table = out("table").splitlines()
    assert table[0].split() == ["nurse", "label"]
    assert "?" not in table[0]


def test_a_table_has_an_empty_cell_for_what_is_unbound_and_a_word_for_ask(
    capsys: pytest.CaptureFixture[str],
) -> None:
    solution = {"b": {"type": "literal", "value": "here"}}
    _write_table({"head": {"vars": ["a", "b"]}, "results": {"bindings": [solution]}})
    _write_table({"head": {}, "boolean": False})
    assert capsys.readouterr().out.split() == ["a", "b", "here", "false"]


def test_a_file_and_stdin_are_read_and_graphs_are_turtle(
    taxonomy: Taxonomy, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    construct = NURSE.replace("SELECT ?nurse ?label", "CONSTRUCT { ?nurse skos:prefLabel ?label }")
    file = tmp_path / "a nurse.rq"
    file.write_text(construct, "utf-8")
    turtle = taxonomy("sparql", str(file), folder=folder).out
    assert turtle.startswith("@prefix skos:")
    monkeypatch.setattr("sys.stdin", io.StringIO(construct))
    assert taxonomy("sparql", "-", folder=folder).out == turtle
    triples = taxonomy("sparql", str(file), "--format", "nt", folder=folder).out
    assert f"<{URI}> <http://www.w3.org/2004/02/skos/core#prefLabel>" in triples


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ASK { ?s ?p }"], "line 1, column 13: } is not expected here"),
        (["SELECT * {\n SERVICE <http://a.test/> { ?s ?p ?o } }"], "line 2, column 2: SERVICE is refused"),
        (
            ["ASK { ?s ?p '\udcff' }"],
            "\"ASK { ?s ?p '\\udcff' }\" is neither a text file",
        ),
        (["nothing.rq"], "'nothing.rq' is neither a text file in UTF-8 nor a query"),
        (["ASK {}", "--format", "ttl"], "--format ttl cannot be: SELECT and ASK are given as table, tsv"),
        (["DESCRIBE <a:b>", "--format", "csv"], "--format csv cannot be: SELECT and ASK"),
        (["DESCRIBE <a:b>", "--format", "table"], "--format table cannot be: SELECT and ASK"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(
    words: list[str], sentence: str, taxonomy: Taxonomy, folder: Path
) -> None:
    status, out, err = taxonomy("sparql", *words, folder=folder)
    assert (status, out) == (2, "")
    assert err.startswith(f"taxonomy: {sentence}")
    assert err.count("\n") == 1


def test_the_limits_are_those_of_the_settings(taxonomy: Taxonomy, folder: Path) -> None:
    late = taxonomy("sparql", ENDLESS, folder=folder, TAXONOMY_SPARQL_TIME_LIMIT="0.3")
    assert (late.status, late.out) == (1, "")
    assert late.err == "taxonomy: the query took longer than 0.3 seconds: ask for less\n"
    large = taxonomy("sparql", NURSE, folder=folder, TAXONOMY_SPARQL_MAX_RESULT="10")
    assert (large.status, large.out) == (1, "")
    assert large.err == "taxonomy: the result has more than 10 bytes: ask for less\n"


def test_a_damaged_store_is_told_and_made_anew(taxonomy: Taxonomy, folder: Path) -> None:
    out = taxonomy("sparql", NURSE, folder=folder).out
    for file in (folder / "cache" / "sparql").glob("*/*.sst"):
        file.write_bytes(bytes(file.stat().st_size))
    status, again, err = taxonomy("sparql", NURSE, folder=folder)
    assert (status, again) == (0, out)
    assert err.startswith("taxonomy: the SPARQL store is made anew: ")
    assert err.count("\n") == 1


def test_ctrl_c_ends_the_worker_too(taxonomy: Taxonomy, folder: Path) -> None:
    taxonomy("sparql", "ASK {}", folder=folder)
    process = subprocess.Popen(
        [COMMAND, "sparql", ENDLESS],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + PATIENCE
    while not (begun := workers(process.pid)):
        assert time.monotonic() < end
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=PATIENCE) == ("", "taxonomy: stopped\n")
    assert process.returncode == 1
    assert not any(map(is_running, begun))
