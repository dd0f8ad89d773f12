"""`taxonomy diff`: two releases of one store."""

import json
from pathlib import Path

import pytest

from taxonomy.declarations import LOADERS
from tests.cli.command import environment, run
from tests.cli.conftest import Taxonomy

GAINED = "Nyaa_Kon_001"


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one keyword, and then with one concept more and another one's label changed."""
    folder = tmp_path_factory.mktemp("two")
    loaders = folder / "loaders"
    (loaders / "recipes").mkdir(parents=True)
    sources = ["made-up-1"]
    (loaders / "recipes" / "small.toml").write_text(
        f'id = "small"\ntitle = "Small"\nsources = {sources}\n', "utf-8"
    )
    (loaders / "made-up-1.toml").write_bytes((LOADERS / "made-up-1.toml").read_bytes())
    data = folder / "data" / "made-up"
    data.mkdir(parents=True)
    words = ["load", "--recipe", str(loaders / "recipes" / "small.toml"), "--data", str(folder / "data")]
    for concepts in (
        [{"id": "Gaml_Kon_001", "type": "keyword", "preferred_label": "kaka"}],
        [
            {"id": "Gaml_Kon_001", "type": "keyword", "preferred_label": "kakor"},
            {"id": GAINED, "type": "keyword", "preferred_label": "tårta"},
        ],
    ):
        (data / "concepts.json").write_text(json.dumps({"data": {"concepts": concepts}}), "utf-8")
        outcome = run(*words, env=environment(folder), cwd=folder)
        assert outcome.status == 0, outcome.err
    return folder


def test_counts_are_those_since_the_release_before(taxonomy: Taxonomy, two_releases: Path) -> None:
    status, out, err = taxonomy("diff", folder=two_releases)
    assert status == 0
    assert out == "change\tkind\tcount\nadded\tkeyword\t1\nrelabelled\tkeyword\t1\n"
    assert err.startswith("r1-")
    assert err.endswith(": 2 changes\n")


def test_every_change_is_listed_on_request(taxonomy: Taxonomy, two_releases: Path) -> None:
    rows = json.loads(taxonomy("diff", "--list", "--format", "json", folder=two_releases).out)
    assert [(row["change"], row["id"], row["label"]) for row in rows] == [
        ("added", GAINED, "tårta"),
        ("relabelled", "Gaml_Kon_001", "kakor"),
    ]
    assert (rows[1]["part"], rows[1]["before"], rows[1]["after"]) == ("sv", "kaka", "kakor")


def test_any_two_releases_can_be_compared(taxonomy: Taxonomy, two_releases: Path) -> None:
    releases = json.loads(taxonomy("releases", "--format", "json", folder=two_releases).out)
    first, second = (row["id"] for row in releases)
    backwards = taxonomy("diff", second, first, folder=two_releases)
    assert "removed\tkeyword\t1\n" in backwards.out
    same = taxonomy("diff", second, second, folder=two_releases)
    assert (same.out, same.err) == ("change\tkind\tcount\n", f"{second} -> {second}: 0 changes\n")


def test_only_changes_of_the_kinds_asked_for(taxonomy: Taxonomy, two_releases: Path) -> None:
    assert taxonomy("diff", "--kind", "broader", folder=two_releases).out == "change\tkind\tcount\n"
    unknown = taxonomy("diff", "--kind", "keywords", folder=two_releases)
    assert unknown.status == 2
    assert unknown.err.startswith(
        "taxonomy: there is no kind 'keywords' in these releases; there are assessed-as,"
    )


def test_the_first_release_has_none_before_it(taxonomy: Taxonomy, sample_folder: Path) -> None:
    status, out, err = taxonomy("diff", folder=sample_folder)
    assert (status, out) == (2, "")
    assert "there is no release before that one: name two" in err


def test_an_unknown_release_is_a_failure(taxonomy: Taxonomy, two_releases: Path) -> None:
    status, _, err = taxonomy("diff", "r9-00000000", folder=two_releases)
    assert status == 1
    assert "there is no release 'r9-00000000'" in err
