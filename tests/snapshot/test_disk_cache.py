"""A snapshot on disk: equal when it is opened again, built anew when the file is not whole."""

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from taxonomy.model.concept import OCCUPATION, SKILL, SSYK_GROUP, Definition, Locale, Note, NoteKind
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import Content
from taxonomy.snapshot import Snapshot, SnapshotCache
from tests.builders import (
    broader,
    build,
    composition,
    concept,
    content,
    contents,
    has_skill,
    real_content,
    real_snapshot,
    release,
)

NOTE = Note(NoteKind.SCOPE, Locale.EN, "Includes pastry.", "test")
SMALL = content(
    [
        concept("a", "Bagare", definitions=[Definition(Locale.SV, "Bakar.\nBröd.", "test")], notes=[NOTE]),
        concept("b", "Kock", alternative=["Köksmästare"], deprecated=True, replaced_by=["a"]),
        concept("g", "Bagare", SSYK_GROUP, codes=[("ssyk-code-2012", "0110")]),
        concept("s", "Bröd", SKILL),
    ],
    [broader("a", "g"), has_skill("g", "s")],
)
RELEASE = release(SMALL)
OTHER_ROWS = content([concept("c", "Annan")])
OTHER = release(OTHER_ROWS, ordinal=2)


def small() -> Snapshot:
    return build(RELEASE, SMALL)


def other() -> Snapshot:
    return build(OTHER, OTHER_ROWS)


def rows() -> Content:
    return SMALL


def never() -> Content:
    raise AssertionError("the cache had a whole file")


def equal(one: Snapshot, two: Snapshot) -> bool:
    return (
        one.release == two.release
        and list(one.arrays) == list(two.arrays)
        and all(
            array.dtype == two.arrays[name].dtype and np.array_equal(array, two.arrays[name])
            for name, array in one.arrays.items()
        )
    )


@pytest.fixture
def cache(tmp_path: Path) -> SnapshotCache:
    return SnapshotCache(tmp_path, composition())


def file_in(folder: Path) -> Path:
    (file,) = folder.glob("*.snapshot")
    return file


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents)
def test_what_is_read_equals_what_was_written(cache: SnapshotCache, rows: Content) -> None:
    written = build(release(rows), rows)
    cache.write(written)
    read = cache.read(written.release)
    assert read is not None
    assert equal(read, written)
    assert (read.ids, read.labels, read.codes, read.kind_of) == (
        written.ids,
        written.labels,
        written.codes,
        written.kind_of,
    )
    assert [name for name, array in read.arrays.items() if array.flags.writeable] == []


def test_the_real_snapshot_is_read_as_it_was_written(real_data: Path, cache: SnapshotCache) -> None:
    cache.write(real_snapshot(real_data))
    read = cache.read(real_content(real_data)[0])
    assert read is not None
    assert equal(read, real_snapshot(real_data))


def test_it_is_built_once(cache: SnapshotCache) -> None:
    first = cache.get(RELEASE, rows)
    assert equal(cache.get(RELEASE, never), first)
    # Both come from the file: what the builder holds need not stay in memory.
    assert not first.arrays["id/blob"].flags.owndata


def test_a_file_is_no_secret_to_others_of_the_same_machine(cache: SnapshotCache, tmp_path: Path) -> None:
    previous = os.umask(0o022)
    try:
        cache.write(small())
    finally:
        os.umask(previous)
    assert file_in(tmp_path).stat().st_mode & 0o777 == 0o644


def cut(share: float) -> Callable[[bytes], bytes]:
    return lambda data: data[: int(len(data) * share)]


def flipped(place: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut_in_the_prologue": lambda data: data[:13],
    "cut_in_the_header": lambda data: data[:100],
    "cut_in_half": cut(0.5),
    "last_byte_missing": lambda data: data[:-1],
    "longer": lambda data: data + b"\0",
    "magic_flipped": flipped(0),
    "format_flipped": flipped(8),
    "checksum_flipped": flipped(12),
    "length_flipped": flipped(16),
    "length_huge": lambda data: data[:16] + b"\xff" * 8 + data[24:],
    "header_flipped": flipped(60),
    "data_flipped": flipped(-1),
    "zeros": lambda data: bytes(len(data)),
    "text": lambda _: b"not a snapshot\n" * 100,
    "never_finished": lambda data: bytes(24) + data[24:],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_built_anew(cache: SnapshotCache, tmp_path: Path, damage: str) -> None:
    cache.write(small())
    file = file_in(tmp_path)
    file.write_bytes(DAMAGE[damage](file.read_bytes()))
    assert cache.read(RELEASE) is None
    assert equal(cache.get(RELEASE, rows), small())
    assert equal(cache.get(RELEASE, never), small())


def test_a_file_made_with_another_composition_table_is_built_anew(
    cache: SnapshotCache, tmp_path: Path
) -> None:
    cache.write(small())
    table = composition()
    narrow = table.worth[RelationKind.NARROW_MATCH]._replace(factor=0.1)
    other_table = table._replace(worth={**table.worth, RelationKind.NARROW_MATCH: narrow})
    assert SnapshotCache(tmp_path, other_table).read(RELEASE) is None
    assert SnapshotCache(tmp_path, composition()).read(RELEASE) is not None


def test_the_file_of_other_content_is_built_anew(cache: SnapshotCache, tmp_path: Path) -> None:
    cache.write(other())
    renamed = f"{RELEASE.id}-{RELEASE.content_hash[:16]}.snapshot"
    file_in(tmp_path).rename(tmp_path / renamed)
    assert cache.read(RELEASE) is None


def test_a_folder_in_the_place_of_the_file_costs_only_time(cache: SnapshotCache, tmp_path: Path) -> None:
    (tmp_path / f"{RELEASE.id}-{RELEASE.content_hash[:16]}.snapshot").mkdir()
    assert equal(cache.get(RELEASE, rows), small())
    assert list(tmp_path.glob(".building-*")) == []


def test_a_file_in_the_place_of_the_folder_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("", "utf-8")
    blocked = SnapshotCache(tmp_path / "cache", composition())
    assert equal(blocked.get(RELEASE, rows), small())
    blocked.keep_only(())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere and read anything")
def test_a_read_only_folder_and_an_unreadable_file_cost_only_time(
    cache: SnapshotCache, tmp_path: Path
) -> None:
    cache.write(small())
    file_in(tmp_path).chmod(0)
    tmp_path.chmod(0o500)
    try:
        assert equal(cache.get(RELEASE, rows), small())
        cache.keep_only(())
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_costs_only_time_and_leaves_nothing(cache: SnapshotCache, tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
    try:
        assert equal(cache.get(RELEASE, rows), small())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_other_releases_and_what_the_dead_left_are_removed(cache: SnapshotCache, tmp_path: Path) -> None:
    cache.write(small())
    cache.write(other())
    for name in (".building-1-dead", ".building-2-alive", "README"):
        (tmp_path / name).write_bytes(b"")
    os.utime(tmp_path / ".building-1-dead", (1, 1))
    cache.keep_only((RELEASE,))
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{RELEASE.id}-{RELEASE.content_hash[:16]}.snapshot",
        ".building-2-alive",
        "README",
    }


def test_what_a_store_has_is_remembered_for_it_alone(cache: SnapshotCache, tmp_path: Path) -> None:
    assert cache.remembered("neo4j://one:7687/neo4j") == ()
    cache.remember("neo4j://one:7687/neo4j", (RELEASE, OTHER))
    cache.remember("neo4j://two:7687/neo4j", (OTHER,))
    assert cache.remembered("neo4j://one:7687/neo4j") == (RELEASE, OTHER)
    assert cache.remembered("neo4j://two:7687/neo4j") == (OTHER,)
    assert cache.remembered("neo4j://two:7687/other") == ()
    assert len(list(tmp_path.iterdir())) == 2


def test_what_is_known_already_is_not_written_again(cache: SnapshotCache, tmp_path: Path) -> None:
    cache.remember("one.db", (RELEASE,))
    (file,) = tmp_path.iterdir()
    os.utime(file, (1, 1))
    cache.remember("one.db", (RELEASE,))
    assert file.stat().st_mtime == 1
    cache.remember("one.db", (RELEASE, OTHER))
    assert cache.remembered("one.db") == (RELEASE, OTHER)


def test_a_path_means_the_same_store_from_every_folder(
    cache: SnapshotCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cache.remember("one.db", (RELEASE,))
    cache.remember("\udcff.db", (OTHER,))  # a name that is no UTF-8
    assert cache.remembered(str(tmp_path / "one.db")) == (RELEASE,)
    assert cache.remembered("\udcff.db") == (OTHER,)
    monkeypatch.chdir("/")
    assert cache.remembered("one.db") == ()


def test_what_any_store_is_known_to_have_is_kept(cache: SnapshotCache, tmp_path: Path) -> None:
    cache.write(small())
    cache.write(other())
    cache.remember("one.db", (RELEASE,))
    cache.remember("two.db", (OTHER,))
    cache.keep_only((RELEASE,))
    assert cache.read(OTHER) is not None
    cache.remember("two.db", ())
    cache.keep_only((RELEASE,))
    assert cache.read(OTHER) is None
    assert cache.read(RELEASE) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "5",
        '{"store": 1}',
        '{"releases": [{}]}',
        '{"releases": 1}',
        '{"releases": [{"id": 1}]}',
    ],
)
def test_a_damaged_memory_is_none(cache: SnapshotCache, tmp_path: Path, text: str) -> None:
    cache.remember("one.db", (RELEASE,))
    (file,) = tmp_path.iterdir()
    file.write_text(text, "utf-8")
    assert cache.remembered("one.db") == ()
    cache.write(small())
    cache.write(other())
    cache.keep_only((RELEASE,))
    assert cache.read(RELEASE) is not None
    assert cache.read(OTHER) is None
    cache.remember("one.db", (RELEASE,))
    assert cache.remembered("one.db") == (RELEASE,)


TIDIER = """
import sys
from pathlib import Path
from taxonomy.snapshot import SnapshotCache
from tests.builders import composition
from tests.snapshot.test_disk_cache import OTHER, OTHER_ROWS, RELEASE, SMALL
cache, wanted = SnapshotCache(Path(sys.argv[1]), composition()), sys.argv[2]
keep = {"old": (RELEASE,), "new": (OTHER,)}[wanted]
for number in range(200):
    cache.remember(f"{wanted if number % 2 else 'shared'}.db", keep)
    assert cache.get(RELEASE, lambda: SMALL).release == RELEASE
    assert cache.get(OTHER, lambda: OTHER_ROWS).release == OTHER
    cache.keep_only(keep)
    assert cache.remembered("shared.db") in ((RELEASE,), (OTHER,))
"""


@pytest.mark.slow
def test_processes_that_tidy_one_cache_by_different_knowledge_fail_nowhere(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TIDIER, str(tmp_path)]
    tidiers = [subprocess.Popen([*command, wanted]) for wanted in ("old", "new", "old")]
    assert [tidier.wait(60) for tidier in tidiers] == [0, 0, 0]
    assert list(tmp_path.glob(".building-*")) == []


WRITER = """
import sys
from pathlib import Path
from taxonomy.snapshot import SnapshotCache
from tests.builders import composition
from tests.snapshot.test_disk_cache import small
cache, snapshot = SnapshotCache(Path(sys.argv[1]), composition()), small()
for _ in range(150):
    cache.write(snapshot)
"""


@pytest.mark.slow
def test_two_processes_write_at_once_and_a_third_never_reads_half(
    cache: SnapshotCache, tmp_path: Path
) -> None:
    expected = small()
    cache.write(expected)
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [subprocess.Popen(command) for _ in range(2)]
    reads = 0
    while any(writer.poll() is None for writer in writers):
        read = cache.read(RELEASE)
        assert read is not None
        assert equal(read, expected)
        reads += 1
        time.sleep(0.001)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert reads > 10
    assert len(list(tmp_path.iterdir())) == 1


def test_threads_that_open_at_once_get_the_same(cache: SnapshotCache) -> None:
    found: list[Snapshot] = []
    threads = [threading.Thread(target=lambda: found.append(cache.get(RELEASE, rows))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(equal(one, found[0]) for one in found)


def test_a_mapped_snapshot_outlives_its_file(cache: SnapshotCache) -> None:
    snapshot = cache.get(RELEASE, rows)
    cache.keep_only(())
    assert snapshot.kind_range(OCCUPATION) == range(2)
    assert equal(snapshot, small())
