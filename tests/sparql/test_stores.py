"""The store of a release: whole or not there, made anew when it is damaged, gone when it is not needed."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from taxonomy.compose import open_shelf, open_store, publication
from taxonomy.config import Settings
from taxonomy.model.errors import StoreError, Unavailable
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.formats import export
from taxonomy.services.shelf import Shelf
from taxonomy.sparql.build import WHOLE
from taxonomy.sparql.question import Limits, Question
from taxonomy.sparql.service import Answered, SparqlService
from taxonomy.sparql.stores import Stores
from tests.gql.service import publish, settings_in
from tests.sparql.conftest import stores_of
from tests.sparql.processes import done, workers
from tests.web.test_catalogues import changed_releases

ALL = Question("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")


@pytest.fixture
def stores(settings: Settings, tmp_path: Path) -> Stores:
    """Stores in a folder of the test's own."""
    return stores_of(settings, tmp_path / "sparql")


def test_a_store_holds_what_an_export_says_graph_by_graph(
    stores: Stores, shelf: Shelf, settings: Settings
) -> None:
    snapshot = shelf.current().snapshot
    folder = stores.made(snapshot.release)
    exported = "".join(export(Dataset(snapshot, publication(settings)), "nq"))
    quads = set(ox.parse(exported, format=ox.RdfFormat.N_QUADS))
    assert set(ox.Store.read_only(str(folder))) == quads


def test_a_store_is_made_once_and_there_only_when_it_is_whole(stores: Stores, shelf: Shelf) -> None:
    release = shelf.current().snapshot.release
    assert not stores.has(release)
    folder = stores.made(release)
    assert stores.has(release)
    made = (folder / WHOLE).stat()
    assert stores.made(release) == folder
    assert (folder / WHOLE).stat().st_ino == made.st_ino
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


@pytest.mark.parametrize("harm", ["a file is gone", "a file is cut", "nothing says that it is whole"])
def test_a_store_that_is_not_whole_is_made_anew(stores: Stores, shelf: Shelf, harm: str) -> None:
    release = shelf.current().snapshot.release
    folder = stores.made(release)
    largest = max(folder.glob("*.sst"), key=lambda path: path.stat().st_size)
    if harm == "a file is gone":
        largest.unlink()
    elif harm == "a file is cut":
        os.truncate(largest, 100)
    else:
        (folder / WHOLE).unlink()
    assert not stores.has(release)
    assert len(ox.Store.read_only(str(stores.made(release)))) > 9_000


def test_a_store_that_cannot_be_made_leaves_nothing(settings: Settings, shelf: Shelf, tmp_path: Path) -> None:
    release = shelf.current().snapshot.release
    other = settings._replace(cache=str(tmp_path / "nothing"))
    stores = stores_of(other, tmp_path / "sparql")
    with pytest.raises(StoreError, match="is not in the cache"):
        stores.made(release)
    assert list((tmp_path / "sparql").iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        stores_of(settings, tmp_path / "file").made(release)


def test_other_names_make_another_store(settings: Settings, shelf: Shelf, tmp_path: Path) -> None:
    release = shelf.current().snapshot.release
    other = settings._replace(namespace="https://example.org/")
    assert stores_of(settings, tmp_path).path(release) != stores_of(other, tmp_path).path(release)


def test_stores_of_older_releases_and_abandoned_ones_go(stores: Stores, shelf: Shelf, tmp_path: Path) -> None:
    release = shelf.current().snapshot.release
    folder = stores.made(release)
    older = release._replace(id="r0-0badcafe", ordinal=0)
    for name in ("r0-0badcafe-1", "r7-of-somebody-else", ".building-of-now"):
        shutil.copytree(folder, folder.parent / name)
    for name in ("r8-of-nobody", ".building-of-old"):
        shutil.copytree(folder, folder.parent / name)
        os.utime(folder.parent / name, (0, time.time() - 100_000))
    stores.keep_only(release, (older, release))
    left = {path.name for path in folder.parent.iterdir()}
    assert left == {folder.name, "r7-of-somebody-else", ".building-of-now"}


# ---- as the service meets them


async def eventually(happens: Callable[[], bool]) -> None:
    for _ in range(3_000):
        if happens():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it has not happened")


def harmed(folder: Path) -> None:
    """Other bytes in the files, of the same sizes: only the reading of them can tell."""
    for path in folder.glob("*.sst"):
        path.write_bytes(os.urandom(path.stat().st_size))


def test_a_damaged_store_is_noticed_by_a_query_and_made_anew(stores: Stores, shelf: Shelf) -> None:
    harmed(stores.made(shelf.current().snapshot.release))

    async def work() -> Answered:
        service = SparqlService(shelf, stores, Limits())
        try:
            with pytest.raises(Unavailable, match="made anew"):
                await service.answer(ALL)
            return await service.answer(ALL)
        finally:
            service.close()

    assert b'"n"' in done(work()).result.read()


def test_a_store_is_made_anew_when_the_cache_was_emptied_under_a_running_server(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    publish(settings)
    shelf = open_shelf(settings, open_store(settings))
    stores = stores_of(settings, Path(settings.cache) / "sparql")

    async def work() -> Answered:
        service = SparqlService(shelf, stores, Limits())
        try:
            await service.answer(ALL)
            shutil.rmtree(settings.cache)
            for pid in workers():
                os.kill(pid, signal.SIGKILL)
            while workers():  # noqa: ASYNC110 processes tell nobody
                await asyncio.sleep(0.01)
            with pytest.raises(Unavailable, match="made anew"):
                await service.answer(ALL)
            return await service.answer(ALL)
        finally:
            service.close()

    assert b'"n"' in done(work()).result.read()


def test_while_a_store_is_made_queries_wait_for_it_together(stores: Stores, shelf: Shelf) -> None:
    async def work() -> list[Answered]:
        service = SparqlService(shelf, stores, Limits())
        try:
            return await asyncio.gather(*(service.answer(ALL) for _ in range(3)))
        finally:
            service.close()

    assert len({answered.result.read() for answered in done(work())}) == 1


def test_a_store_that_cannot_be_made_is_told_at_once_the_second_time(
    settings: Settings, shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")

    async def work() -> None:
        service = SparqlService(shelf, stores_of(settings, tmp_path / "file"), Limits())
        for _ in range(2):
            with pytest.raises(Unavailable, match="the log says why"):
                await service.answer(ALL)
        service.close()

    done(work())
    assert caplog.text.count("cannot be made") == 1


def test_a_new_release_is_turned_to_when_its_store_is_there(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    publish(settings)
    shelf = open_shelf(settings, open_store(settings))
    stores = stores_of(settings, tmp_path / "sparql")
    first = shelf.current().snapshot.release

    async def work() -> list[str]:
        service = SparqlService(shelf, stores, Limits())
        try:
            seen = [(await service.answer(ALL)).release.id]
            list(changed_releases(tmp_path, 1))
            shelf.refresh()
            current = shelf.current().snapshot.release.id
            while seen[-1] != current:
                # Never refused meanwhile, and never another than one of the two.
                seen.append((await service.answer(ALL)).release.id)
                await asyncio.sleep(0.01)
            await eventually(lambda: not stores.path(first).exists())
            return seen
        finally:
            service.close()

    seen = done(work())
    assert seen[0] == seen[1] == first.id
    assert list(dict.fromkeys(seen)) == [first.id, shelf.current().snapshot.release.id]


def test_a_store_is_made_before_it_is_asked_for_when_somebody_prepares(stores: Stores, shelf: Shelf) -> None:
    async def work() -> None:
        service = SparqlService(shelf, stores, Limits())
        await service.prepare()
        await eventually(lambda: stores.has(shelf.current().snapshot.release))
        service.close()

    done(work())
