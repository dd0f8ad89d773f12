"""A load from beginning to end: what is published, and when nothing is."""

import shutil
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taxonomy.ingest.manifest import read_recipe
from taxonomy.ingest.pipeline import described, gather, load, refuse_errors
from taxonomy.model.errors import FailedChecks, LoadRunning, StoreError
from taxonomy.model.finding import Finding, Severity
from taxonomy.store.sqlite_store import SqliteStore
from tests.ingest.recipes import BAD, ODD, SAMPLE, SAMPLE_DATA, file_of, recipe_of

RECIPE = recipe_of(file_of("groups.json"))


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "var" / "taxonomy.db")


def test_a_load_publishes_what_was_gathered(store: SqliteStore) -> None:
    draft, content = gather(RECIPE, ODD)
    loaded = load(store, RECIPE, ODD)
    assert loaded.published
    assert store.releases() == (loaded.release,)
    assert store.read(loaded.release.ordinal) == content == loaded.content
    assert loaded.release.draft == draft


def test_the_same_data_again_publishes_nothing(store: SqliteStore) -> None:
    first = load(store, RECIPE, ODD)
    again = load(store, RECIPE, ODD)
    assert not again.published
    assert again.release == first.release
    assert store.releases() == (first.release,)


def test_other_data_is_another_release_and_going_back_one_more(store: SqliteStore) -> None:
    other = recipe_of(file_of("occupation.json"))
    releases = [load(store, recipe, ODD).release for recipe in (RECIPE, other, RECIPE)]
    assert store.releases() == tuple(releases)
    assert releases[0].content_hash == releases[2].content_hash != releases[1].content_hash


def test_what_is_said_of_a_release_is_part_of_it(store: SqliteStore) -> None:
    load(store, RECIPE, ODD)
    assert load(store, RECIPE._replace(note="Another note."), ODD).published


def test_a_second_load_says_so_at_once(store: SqliteStore) -> None:
    other = SqliteStore(store._path)
    with store.lock(), pytest.raises(LoadRunning, match="is being loaded by process"):
        load(other, RECIPE, ODD)
    assert load(other, RECIPE, ODD).published


def test_a_failed_load_leaves_the_published_release_and_frees_the_lock(store: SqliteStore) -> None:
    first = load(store, RECIPE, ODD)
    for data, name in ((BAD, "truncated.json"), (ODD, "cycle.json")):
        with pytest.raises(Exception, match=name if data is BAD else "TX401"):
            load(store, recipe_of(file_of(name)), data)
    assert store.releases() == (first.release,)
    assert store.read(1) == first.content
    assert load(store, recipe_of(file_of("occupation.json")), ODD).release.ordinal == 2


def test_a_store_that_cannot_be_written_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="File exists"):
        load(SqliteStore(tmp_path / "file" / "taxonomy.db"), RECIPE, tmp_path / "nowhere")


def test_progress_counts_up_to_what_there_is(store: SqliteStore) -> None:
    told: list[tuple[str, int, int]] = []
    load(store, RECIPE, ODD, lambda what, done, total: told.append((what, done, total)))
    assert told == [
        ("reading groups.json", 0, 1),
        ("reading", 1, 1),
        ("checking", 0, 1),
        ("checking", 1, 1),
        ("storing", 0, 2),
        ("storing", 1, 2),
        ("storing", 2, 2),
    ]


def test_suppressions_of_a_recipe_are_used_and_unused_ones_reported(tmp_path: Path) -> None:
    file = tmp_path / "accepted.toml"
    entries = [("TX013", "9999"), ("TX013", "0000")]
    file.write_text(
        "".join(f'[[suppress]]\ncode = "{c}"\nsubject = "{s}"\nreason = "known"\n' for c, s in entries)
    )
    coded = file_of("unknown_code.json", "jobtech-coded", code="ssyk_code_2012")
    plain = gather(recipe_of(file_of("groups.json"), coded), ODD)[1].findings
    kept = gather(recipe_of(file_of("groups.json"), coded, suppressions=file), ODD)[1].findings
    assert {f.code for f in plain} - {f.code for f in kept} == {"TX013"}
    assert [(f.code, f.subject, f.file) for f in kept if f not in plain] == [
        ("TX901", "0000", "accepted.toml")
    ]


def error(n: int) -> Finding:
    return Finding("TX003", Severity.ERROR, f"id{n}", "concepts.json", str(n), f"'id{n}' is not a JobTech id")


def test_many_errors_are_told_by_the_first_three() -> None:
    with pytest.raises(FailedChecks) as caught:
        refuse_errors([error(n) for n in range(1, 6)])
    assert str(caught.value) == (
        "nothing was published, the data has 5 errors: "
        "TX003 concepts.json, row 1: 'id1' is not a JobTech id; "
        "TX003 concepts.json, row 2: 'id2' is not a JobTech id; "
        "TX003 concepts.json, row 3: 'id3' is not a JobTech id (and 2 more)"
    )


def test_warnings_and_notes_stop_nothing() -> None:
    refuse_errors([error(1)._replace(severity=Severity.WARNING), error(2)._replace(severity=Severity.NOTE)])


def test_a_finding_is_described_in_one_line() -> None:
    assert described(error(1)) == "TX003 concepts.json, row 1: 'id1' is not a JobTech id"
    assert described(error(1)._replace(row="")) == "TX003 concepts.json: 'id1' is not a JobTech id"
    assert described(error(1)._replace(row="", file="")) == "TX003 'id1' is not a JobTech id"


def shuffled(file: Path, order: st.DataObject) -> None:
    value = orjson.loads(file.read_bytes())
    if isinstance(value, dict) and isinstance(value.get("data"), dict):
        (key,) = value["data"]
        value["data"][key] = order.draw(st.permutations(value["data"][key]))
    elif isinstance(value, list):
        value = order.draw(st.permutations(value))
    elif file.name != "taxonomy-snapshot.json":
        value = {key: value[key] for key in order.draw(st.permutations(list(value)))}
    file.write_bytes(orjson.dumps(value))


def test_the_hash_does_not_depend_on_the_order_of_the_rows(tmp_path: Path) -> None:
    recipe = read_recipe(SAMPLE)
    expected, content = gather(recipe, SAMPLE_DATA)
    shutil.copytree(SAMPLE_DATA, tmp_path / "data")

    @given(st.data())
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    def equal(order: st.DataObject) -> None:
        for file in sorted((tmp_path / "data").rglob("*.json")):
            shuffled(file, order)
        draft, again = gather(recipe, tmp_path / "data")
        assert (again.concepts, again.relations) == (content.concepts, content.relations)
        assert draft == expected

    equal()
