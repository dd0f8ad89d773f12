"""`taxonomy fetch`: files from a server on this machine, and directions for what is not fetched."""

import json
from pathlib import Path

import pytest

from taxonomy.declarations import LOADERS
from tests.cli.conftest import Taxonomy
from tests.ingest.test_fetch import Handler, failing, missing, serving, whole

SAMPLE = LOADERS / "sample"


def test_fetch_gets_the_query_files_of_a_version_and_then_has_them(
    taxonomy: Taxonomy, tmp_path: Path
) -> None:
    words = ["fetch", "--version", "31", "--data", str(tmp_path), "--format", "json"]
    with serving(whole) as (url, asked):
        first = taxonomy(*words, "--from", url)
        again = taxonomy(*words, "--from", url)
    assert (first.status, first.err) == (0, "34 fetched\n")
    assert (again.status, again.err) == (0, "34 already there\n")
    assert len(asked) == 34
    assert "/31/query/skills/skills.json" in asked
    row = next(row for row in json.loads(first.out) if row["file"].endswith("/skills.json"))
    assert row["file"] == str(tmp_path / "jobtech" / "v31" / "skills.json")
    assert row["verified"] == "size, JSON"


def test_files_that_are_not_published_are_told_and_exit_1(taxonomy: Taxonomy, tmp_path: Path) -> None:
    def one_is_missing(handler: Handler) -> None:
        (missing if "sni-level-5" in handler.path else whole)(handler)

    with serving(one_is_missing) as (url, _):
        outcome = taxonomy("fetch", "--data", str(tmp_path), "--from", url)
    assert (outcome.status, outcome.err) == (1, "33 fetched, 1 not published\n")
    assert (tmp_path / "jobtech" / "v27" / "skills.json").is_file()


def test_a_server_that_fails_is_one_sentence(
    taxonomy: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    with serving(failing) as (url, _):
        status, out, err = taxonomy("fetch", "--data", str(tmp_path), "--from", url)
    assert (status, out) == (1, "")
    assert err.startswith(f"taxonomy: {url}/27/query/")
    assert err.endswith("4 times; nothing was written\n")


def test_the_folder_may_be_a_setting(taxonomy: Taxonomy, tmp_path: Path) -> None:
    with serving(whole) as (url, _):
        assert taxonomy("fetch", "--from", url, TAXONOMY_DATA=str(tmp_path / "here")).status == 0
    assert (tmp_path / "here" / "jobtech" / "v27" / "SHA256SUMS").is_file()


def test_escos_zips_are_not_fetched_but_shown_the_way(taxonomy: Taxonomy, tmp_path: Path) -> None:
    status, out, err = taxonomy("fetch", "esco", "--version", "1.1.1", "--data", str(tmp_path))
    rows = [line.split("\t") for line in out.splitlines()]
    assert status == 1
    assert rows[0] == ["file", "there", "to be had at"]
    assert {row[0] for row in rows[1:]} == {
        f"{tmp_path}/esco/v1.1.1/ESCO dataset - v1.1.1 - classification - {language} - csv.zip"
        for language in ("en", "")
    }
    assert {row[1] for row in rows[1:]} == {"no"}
    assert {row[2] for row in rows[1:]} == {"https://esco.ec.europa.eu/en/use-esco/download"}
    assert "are not fetched: get them at the address" in err


def test_a_source_that_is_there_is_no_failure(taxonomy: Taxonomy) -> None:
    status, out, err = taxonomy("fetch", "scb-ssyk", "--data", str(SAMPLE))
    assert (status, err) == (0, "")
    assert "ssyk2012_en.xlsx\tyes\t" in out


def test_without_a_version_the_way_leads_to_those_of_the_default_recipe(
    taxonomy: Taxonomy, tmp_path: Path
) -> None:
    out = taxonomy("fetch", "esco", "--data", str(tmp_path)).out
    assert "/esco/v1.1.1/" in out
    assert "/esco/v1.1.1-sv/" in out
    assert "/esco/v1.1.0/" not in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "say where the files go with --data DIR, or set TAXONOMY_DATA"),
        (
            ["--data", "x", "--version", "latest"],
            "--version of jobtech is a whole number from 1, not 'latest'",
        ),
        (["--data", "x", "--from", "ftp://x"], "'ftp://x' is no address: give one that begins with https://"),
        (["onet", "--data", "x"], "there is no source 'onet'; there are advertisements, "),
        (["esco", "--data", "x", "--version", "9"], "there is no version '9' of esco; there are 1.0.8"),
        (
            ["esco", "--data", "x", "--from", "https://x.test"],
            "--from goes with jobtech: files of esco are not",
        ),
    ],
)
def test_what_cannot_be_meant_is_usage(words: list[str], sentence: str, taxonomy: Taxonomy) -> None:
    status, out, err = taxonomy("fetch", *words)
    assert (status, out) == (2, "")
    assert err.startswith(f"taxonomy: {sentence}")
    assert err.count("\n") == 1
