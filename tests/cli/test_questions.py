"""Verbs that ask: show, search, query, releases, schema, check."""

import io
import json
import shutil
from pathlib import Path

import pytest

from taxonomy.declarations import LOADERS, OPERATIONS, SCHEMA
from tests.cli.command import environment, run
from tests.cli.conftest import Taxonomy

NURSE = "bXNH_MNX_dUR"
CLINIC = "FJjr_4pF_LEY"


def rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


@pytest.mark.parametrize(
    "words", [["show", NURSE], ["search", "x"], ["query", "ReleaseSummary"], ["query", "Typeahead"]]
)
def test_a_store_with_nothing_published_says_what_to_do(
    words: list[str], taxonomy: Taxonomy, tmp_path: Path
) -> None:
    status, out, err = taxonomy(*words)
    assert (status, out) == (1, "")
    assert err == f"taxonomy: nothing is published in {tmp_path}/taxonomy.db yet: run `taxonomy load`\n"


def test_show_prints_a_card(taxonomy: Taxonomy, sample_folder: Path) -> None:
    status, out, err = taxonomy("show", NURSE, folder=sample_folder)
    card = rows(out)
    assert (status, err) == (0, "")
    assert card[0] == ["property", "value"]
    assert ["label (sv)", "Sjuksköterska, grundutbildad"] in card
    assert ["broader", "Z8ci_bBE_tmx  2221 Grundutbildade sjuksköterskor"] in card
    assert any(name.startswith("skill (native, 0.") for name, _ in card)


def test_show_takes_a_uri_and_prints_json(taxonomy: Taxonomy, sample_folder: Path) -> None:
    uri = f"http://data.jobtechdev.se/taxonomy/concept/{NURSE}"
    status, out, _ = taxonomy("show", uri, "--format", "json", folder=sample_folder)
    assert status == 0
    assert json.loads(out)[0] == {"property": "id", "value": NURSE}


def test_show_tells_what_took_the_place_of_a_deprecated_concept(
    taxonomy: Taxonomy, sample_folder: Path
) -> None:
    card = dict(rows(taxonomy("show", "Phit_Tat_001", folder=sample_folder).out))
    assert card["deprecated"] == "yes"
    assert card["replaced by"].startswith("GDHs_eoz_uKx")


def test_an_unknown_id_is_a_failure_and_a_malformed_one_is_usage(
    taxonomy: Taxonomy, sample_folder: Path
) -> None:
    unknown = taxonomy("show", "AAAA_bbb_ccc", folder=sample_folder)
    assert (unknown.status, unknown.out) == (1, "")
    assert "AAAA_bbb_ccc is not in release r1-" in unknown.err
    malformed = taxonomy("show", "2221", folder=sample_folder)
    assert malformed.status == 2
    assert "'2221' is not a concept id" in malformed.err


def test_search_lists_the_best_first(taxonomy: Taxonomy, sample_folder: Path) -> None:
    status, out, err = taxonomy("search", "sjuksköterska", "--first", "2", folder=sample_folder)
    found = rows(out)
    assert status == 0
    assert found[0] == ["id", "kind", "code", "label", "matched", "score"]
    assert found[1][1:5] == ["job-title", "", "Sjuksköterska", "Sjuksköterska"]
    assert len(found) == 3
    assert err.startswith("2 of ")


def test_search_keeps_to_the_kinds_asked_for(taxonomy: Taxonomy, sample_folder: Path) -> None:
    words = ["search", "sjuksk", "--kind", "skill", "--kind", "ssyk-level-4"]
    kinds = {row[1] for row in rows(taxonomy(*words, folder=sample_folder).out)[1:]}
    assert kinds == {"skill", "ssyk-level-4"}
    unknown = taxonomy("search", "sjuksk", "--kind", "skil", folder=sample_folder)
    assert unknown.status == 2
    assert "there is no kind 'skil'" in unknown.err


def test_search_for_nothing_known_exits_1(taxonomy: Taxonomy, sample_folder: Path) -> None:
    status, out, err = taxonomy("search", "xyzzy", folder=sample_folder)
    assert status == 1
    assert len(out.splitlines()) == 1
    assert "is called 'xyzzy'" in err


@pytest.mark.parametrize("name", sorted(file.stem for file in OPERATIONS.glob("*.graphql")))
def test_each_named_operation_answers(name: str, taxonomy: Taxonomy, sample_folder: Path) -> None:
    status, out, _ = taxonomy("query", name, folder=sample_folder)
    answer = json.loads(out)
    assert status == 0
    assert None not in answer["data"].values()


def test_query_takes_a_file_variables_and_an_operation(
    taxonomy: Taxonomy, sample_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "two.graphql"
    file.write_text("query A($id: ID!) { concept(id: $id) { label } }\nquery B { release { id } }", "utf-8")
    variables = json.dumps({"id": NURSE})
    words = ["query", str(file), "--operation", "A", "--variables", variables]
    answer = json.loads(taxonomy(*words, folder=sample_folder).out)
    assert answer["data"] == {"concept": {"label": "Sjuksköterska, grundutbildad"}}


def test_query_reads_stdin(sample_folder: Path, monkeypatch: pytest.MonkeyPatch, taxonomy: Taxonomy) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("{ release { ordinal } }"))
    assert json.loads(taxonomy("query", "-", folder=sample_folder).out)["data"] == {"release": {"ordinal": 1}}


def test_query_says_on_stderr_whose_variables_it_took(taxonomy: Taxonomy, sample_folder: Path) -> None:
    assert NURSE in taxonomy("query", "OccupationCard", folder=sample_folder).err
    given = taxonomy("query", "OccupationCard", "--variables", f'{{"id": "{NURSE}"}}', folder=sample_folder)
    assert given.err == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ReleaseSummary", "--variables", "{id:"], "--variables is not JSON"),
        (["ReleaseSummary", "--variables", "[1]"], "--variables must be a JSON object"),
        (["NoSuchThing"], "NoSuchThing is neither a text file nor one of the operations CareerPaths,"),
        (["."], ". is neither a text file"),
    ],
)
def test_a_query_that_cannot_be_read_is_one_sentence(
    words: list[str], sentence: str, taxonomy: Taxonomy, sample_folder: Path
) -> None:
    status, out, err = taxonomy("query", *words, folder=sample_folder)
    assert (status, out) == (2, "")
    assert err.startswith(f"taxonomy: {sentence}")
    assert err.count("\n") == 1


def test_an_answer_with_errors_is_printed_and_exits_1(
    taxonomy: Taxonomy, sample_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.graphql"
    file.write_text("{ releese { id } }", "utf-8")
    status, out, _ = taxonomy("query", str(file), folder=sample_folder)
    assert status == 1
    assert json.loads(out)["errors"][0]["extensions"]["code"] == "BAD_INPUT"


def test_schema_prints_what_is_checked_in(taxonomy: Taxonomy) -> None:
    status, out, err = taxonomy("schema")
    assert (status, err) == (0, "")
    assert out == SCHEMA.read_text("utf-8")
    assert taxonomy("schema", "--check") == (0, "", "")


def test_schema_check_notices_a_difference(
    taxonomy: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "schema.graphql"
    other.write_text("type Query { one: Int }\n", "utf-8")
    monkeypatch.setattr("taxonomy.declarations.SCHEMA", other)
    status, out, err = taxonomy("schema", "--check")
    assert (status, out) == (1, "")
    assert "make schema" in err


def test_check_lists_findings_and_publishes_nothing(taxonomy: Taxonomy, tmp_path: Path) -> None:
    status, out, err = taxonomy("check", "--format", "json")
    findings = json.loads(out)
    assert status == 1  # the sample has warnings on purpose
    assert {"code", "severity", "subject", "file", "row", "count", "message"} == set(findings[0])
    assert "0 errors" in err
    assert not (tmp_path / "taxonomy.db").exists()


def test_releases_are_listed_asked_and_pruned(taxonomy: Taxonomy, tmp_path: Path) -> None:
    nothing = taxonomy("releases")
    assert nothing.out == "id\tpublished\trecipe\ttitle\tconcepts\trelations\tcurrent\n"
    assert "nothing is published" in nothing.err
    small = small_recipe(tmp_path)
    assert taxonomy("load").status == 0
    assert taxonomy("load", "--recipe", str(small), "--data", str(LOADERS / "sample")).status == 0
    listed = json.loads(taxonomy("releases", "--format", "json").out)
    assert [(row["recipe"], row["current"]) for row in listed] == [("sample", "no"), ("small", "yes")]
    assert taxonomy("show", CLINIC).status == 1
    assert taxonomy("show", CLINIC, "--release", listed[0]["id"]).status == 0
    pruned = taxonomy("releases", "prune", "--keep", "1")
    assert pruned.err == "removed 1 release\n"
    assert [row[2] for row in rows(pruned.out)] == ["recipe", "small"]
    assert taxonomy("show", CLINIC, "--release", listed[0]["id"]).status == 1
    assert len(list((tmp_path / "cache").glob("*.snapshot"))) == 1


def small_recipe(folder: Path) -> Path:
    """A recipe outside the checkout, of one manifest."""
    recipe = folder / "loaders" / "recipes" / "small.toml"
    recipe.parent.mkdir(parents=True)
    recipe.write_text('id = "small"\ntitle = "Small"\nsources = ["scb-ssyk-2012", "made-up-1"]\n', "utf-8")
    for name in ("scb-ssyk-2012.toml", "made-up-1.toml"):
        (folder / "loaders" / name).write_bytes((LOADERS / name).read_bytes())
    return recipe


def test_an_unknown_release_is_a_failure(taxonomy: Taxonomy, sample_folder: Path) -> None:
    status, out, err = taxonomy("search", "x", "--release", "r9-00000000", folder=sample_folder)
    assert (status, out) == (1, "")
    assert "there is no release 'r9-00000000'" in err


def test_a_deleted_cache_is_made_again(sample_folder: Path, tmp_path: Path) -> None:
    env = environment(sample_folder, TAXONOMY_CACHE=str(tmp_path / "elsewhere"))
    assert run("show", NURSE, env=env).status == 0
    assert list((tmp_path / "elsewhere").glob("*.snapshot"))


@pytest.fixture
def damaged(sample_folder: Path, tmp_path: Path) -> Path:
    """A folder whose cache knows the sample and whose store is no database any more."""
    folder = tmp_path / "damaged"
    shutil.copytree(sample_folder, folder)
    assert run("show", NURSE, env=environment(folder)).status == 0
    for file in folder.glob("taxonomy.db*"):
        file.unlink()
    (folder / "taxonomy.db").write_bytes(b"this is no database" * 1000)
    return folder


@pytest.mark.parametrize("words", [["show", NURSE], ["search", "sjuksk"], ["query", "ReleaseSummary"]])
def test_a_store_that_cannot_be_read_is_told_and_the_cache_answers(
    words: list[str], taxonomy: Taxonomy, damaged: Path, sample_folder: Path
) -> None:
    status, out, err = taxonomy(*words, folder=damaged)
    assert (status, out) == (0, taxonomy(*words, folder=sample_folder).out)
    assert err.startswith(f"{damaged}/taxonomy.db is unreachable (file is not a database; ")
    assert "): answering r1-" in err
    assert err.splitlines()[0].endswith(" from the cache")


def test_what_only_the_store_can_tell_is_an_error_while_it_cannot_be_read(
    taxonomy: Taxonomy, damaged: Path
) -> None:
    for words in (["releases"], ["releases", "prune"], ["load"]):
        status, out, err = taxonomy(*words, folder=damaged)
        assert (status, out) == (1, "")
        assert err.startswith(f"taxonomy: {damaged}/taxonomy.db: file is not a database")
        assert err.count("\n") == 1


def test_without_a_store_and_without_a_cache_it_is_one_sentence(taxonomy: Taxonomy, damaged: Path) -> None:
    shutil.rmtree(damaged / "cache")
    status, out, err = taxonomy("show", NURSE, folder=damaged)
    assert (status, out) == (1, "")
    assert err.startswith(f"taxonomy: {damaged}/taxonomy.db: file is not a database")
    assert err.endswith(f"; nor is a release of it in the cache {damaged}/cache\n")
    assert err.count("\n") == 1


def test_a_cache_does_not_answer_for_another_store(taxonomy: Taxonomy, damaged: Path) -> None:
    (damaged / "other.db").write_bytes(b"this is no database either" * 1000)
    status, out, err = taxonomy("show", NURSE, "--store", str(damaged / "other.db"), folder=damaged)
    assert (status, out) == (1, "")
    assert "other.db: file is not a database" in err
