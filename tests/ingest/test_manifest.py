"""Manifests and recipes: what is read from them, and what is refused."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from taxonomy.ingest.manifest import read_manifest, read_recipe
from taxonomy.ingest.pipeline import gather
from taxonomy.ingest.readers import READERS, refuse_unknown_readers
from taxonomy.model.concept import Kind, Locale
from taxonomy.model.errors import BadSource
from taxonomy.model.observation import NOT_STATED
from tests.ingest.recipes import ODD, ROOT, file_of, manifest_of, recipe_of

LOADERS = ROOT / "loaders"
MANIFESTS, RECIPES = sorted(LOADERS.glob("*.toml")), sorted((LOADERS / "recipes").glob("*.toml"))

MANIFEST = {
    "source": '"test"',
    "version": '"1"',
    "title": '"Test"',
    "publisher": '"Us"',
    "licence": '"CC0-1.0"',
    "attribution": '"Us"',
    "url": '"https://example.org/"',
    "locale": '"sv"',
}
RECIPE = {"id": '"test"', "title": '"Test"', "sources": '["test-1"]'}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "recipes").mkdir()
    write(tmp_path / "test-1.toml", MANIFEST)
    return tmp_path


def write(path: Path, table: dict[str, str]) -> Path:
    path.write_text("\n".join(f"{key} = {value}" for key, value in table.items()), "utf-8")
    return path


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_our_recipes_and_their_readers_are_in_order(path: Path) -> None:
    recipe = read_recipe(path)
    assert recipe.id == path.stem
    refuse_unknown_readers(recipe)


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_our_manifests_say_what_their_licence_asks_for(path: Path) -> None:
    manifest = read_manifest(path)
    assert manifest.source.id == path.stem
    source = manifest.source
    assert all((source.title, source.publisher, source.version, source.licence))
    # Of an extract that states no licence it is not known what must be said, nor where it is published.
    assert source.licence == NOT_STATED or source.attribution
    assert source.licence == NOT_STATED or source.url.startswith("https://")
    assert source.licence != NOT_STATED or source.period
    assert len({file.path for file in manifest.files}) == len(manifest.files)


def test_every_manifest_is_in_a_recipe() -> None:
    used = {manifest.source.id for path in RECIPES for manifest in read_recipe(path).manifests}
    assert used == {path.stem for path in MANIFESTS}


def test_what_a_manifest_says_is_what_is_read(folder: Path) -> None:
    files = '[{ path = "a.json", reader = "jobtech-query", defines = ["skill"], kind = "skill" }]'
    path = write(folder / "test-1.toml", {**MANIFEST, "files": files, "folder": '"x"', "locale": '"en"'})
    manifest = read_manifest(path)
    assert (manifest.source.id, manifest.folder, manifest.locale) == ("test-1", "x", Locale.EN)
    (file,) = manifest.files
    assert (file.path, file.reader, file.defines) == ("a.json", "jobtech-query", frozenset([Kind("skill")]))
    assert file.options == {"kind": "skill"}


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("colour", '"blue"', "unknown key 'colour'; known are attribution, files, "),
        ("title", "17", "title must be a text, not 17"),
        ("locale", '"de"', "locale must be one of sv, en"),
        ("version", '"2"', "describes test-2, so it must be called test-2.toml"),
        ("files", '"a.json"', "files must be a list, not 'a.json'"),
        ("files", '["a.json"]', "each of `files` needs a path and a reader, not 'a.json'"),
        ("files", '[{ path = "a.json" }]', "needs a path and a reader"),
        (
            "files",
            '[{ path = "a", reader = "r", defines = "some" }]',
            "a list of kinds or \"all\", not 'some'",
        ),
        ("files", '[{ path = "a", reader = "r", defines = [1] }]', "a list of kinds"),
    ],
)
def test_a_manifest_with_a_fault_is_refused(folder: Path, key: str, value: str, says: str) -> None:
    path = write(folder / "test-1.toml", {**MANIFEST, key: value})
    with pytest.raises(BadSource, match=rf"test-1\.toml: .*{says}"):
        read_manifest(path)


MAPPING = {
    "justification": '"semapv:ManualMappingCuration"',
    "subject_source": '"http://data.europa.eu/esco/"',
    "subject_source_version": '"1.1.1"',
    "object_source": '"http://data.jobtechdev.se/taxonomy/"',
    "object_source_version": '"18"',
}


def table(values: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key} = {value}" for key, value in values.items()) + "}"


def test_a_mapping_set_is_what_its_table_says(folder: Path) -> None:
    kinds = {**MAPPING, "same_code": '["esco-isco-level-4", "isco-level-4"]'}
    mapping = read_manifest(write(folder / "test-1.toml", {**MANIFEST, "mapping": table(kinds)})).mapping
    assert mapping is not None
    assert mapping.justification == "semapv:ManualMappingCuration"
    assert (mapping.subject_source_version, mapping.object_source_version) == ("1.1.1", "18")
    assert mapping.same_code == ("esco-isco-level-4", "isco-level-4")
    plain = read_manifest(write(folder / "test-1.toml", {**MANIFEST, "mapping": table(MAPPING)})).mapping
    assert plain == mapping._replace(same_code=None)
    assert read_manifest(write(folder / "test-1.toml", MANIFEST)).mapping is None


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ('"manual"', "mapping must be a table, not 'manual'"),
        (table({**MAPPING, "author": '"us"'}), r"\[mapping\]: unknown key 'author'; known are justification"),
        (table({**MAPPING, "justification": "1"}), r"\[mapping\]: justification must be a text, not 1"),
        (table({**MAPPING, "same_code": '["skill"]'}), r"\[mapping\]: same_code must name two kinds"),
        (table({"justification": '"x"'}), r"\[mapping\]: subject_source is missing"),
    ],
)
def test_a_mapping_set_with_a_fault_is_refused(folder: Path, value: str, says: str) -> None:
    path = write(folder / "test-1.toml", {**MANIFEST, "mapping": value})
    with pytest.raises(BadSource, match=rf"test-1\.toml: {says}"):
        read_manifest(path)


def test_a_table_of_mappings_needs_a_mapping_set(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_bytes((ODD / "mapping_table.csv").read_bytes())
    manifest = manifest_of(file_of("table.csv", "sweden-esco-table"), mapping=None)
    with pytest.raises(BadSource, match=r"table\.csv: row 5: its manifest has no \[mapping\]"):
        gather(recipe_of(manifest), tmp_path)


@pytest.mark.parametrize("key", MANIFEST)
def test_a_manifest_that_leaves_something_out_is_refused(folder: Path, key: str) -> None:
    path = write(folder / "test-1.toml", {name: value for name, value in MANIFEST.items() if name != key})
    with pytest.raises(BadSource, match=rf"test-1\.toml: {key} is missing"):
        read_manifest(path)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({**RECIPE, "sources": '["test-2"]'}, r"test-2\.toml: there is no such file; here are: test-1"),
        ({**RECIPE, "sources": "[]"}, "sources must name at least one manifest"),
        ({**RECIPE, "sources": '"test-1"'}, "sources must be a list"),
        ({**RECIPE, "source": '["test-1"]'}, "unknown key 'source'; known are data, id"),
        ({"id": '"test"', "sources": '["test-1"]'}, "title is missing"),
    ],
)
def test_a_recipe_with_a_fault_is_refused(folder: Path, table: dict[str, str], says: str) -> None:
    with pytest.raises(BadSource, match=says):
        read_recipe(write(folder / "recipes" / "test.toml", table))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda path: path.unlink(), "there is no such file; here are: none"),
        (lambda path: path.write_text("id = "), "is not TOML in UTF-8: Invalid value"),
        (lambda path: path.write_bytes(b'id = "\xe5"'), "is not TOML in UTF-8"),
        (lambda path: (path.unlink(), path.mkdir()), "Is a directory"),
    ],
)
def test_a_recipe_that_cannot_be_read_is_refused(
    folder: Path, spoil: Callable[[Path], object], says: str
) -> None:
    path = write(folder / "recipes" / "test.toml", RECIPE)
    spoil(path)
    with pytest.raises(BadSource, match=rf"test\.toml: {says}"):
        read_recipe(path)


@pytest.mark.parametrize(
    ("reader", "options", "says"),
    [
        ("jobtech", {}, "there is no reader 'jobtech'; there are jobtech-query, "),
        (
            "jobtech-query",
            {"realtions": {}},
            "jobtech-query has no option 'realtions'; it has kind, relations, ignore",
        ),
        ("jobtech-types", {"kind": "x"}, "jobtech-types has no option 'kind'; it has none"),
        ("jobtech-coded", {}, "jobtech-coded needs the option 'code'"),
        ("jobtech-coded", {"code": 1}, "code must be a text, not 1"),
        ("jobtech-query", {"ignore": "x"}, "ignore must be a list of texts, not 'x'"),
        ("jobtech-query", {"relations": {"a": 1}}, "relations must be a table of texts"),
        ("ssyk-workbook", {"sheets": {}}, "ssyk-workbook needs the option 'system'"),
    ],
)
def test_an_unknown_reader_or_option_is_told_before_anything_is_read(
    reader: str, options: dict[str, Any], says: str, tmp_path: Path
) -> None:
    recipe = recipe_of(file_of("first.json"), file_of("second.json", reader, **options))
    with pytest.raises(BadSource, match=rf"loaders/test-1\.toml: second\.json: {says}"):
        gather(recipe, tmp_path)


def test_every_reader_and_every_key_is_explained_to_data_stewards() -> None:
    text = (LOADERS / "README.md").read_text("utf-8")
    tables = [tomllib.loads(path.read_text("utf-8")) for path in [*MANIFESTS, *RECIPES]]
    keys = {key for table in tables for key in (*table, *table.get("mapping", ()))}
    options = {name for reader in READERS.values() for name in (*reader.needs, *reader.takes)}
    for word in {*keys, *options, *READERS, "suppressions", "path", "reader", "defines"}:
        assert f"`{word}`" in text, word
