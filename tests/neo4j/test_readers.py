"""Readers beside publications get whole releases only; readers of a service do not notice the database."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from neo4j_server.server import Server
from taxonomy.model.release import Content
from taxonomy.store import neo4j_read
from tests.cli.command import Served, run
from tests.neo4j.fixtures import Throwaway
from tests.neo4j.generated import generated
from tests.neo4j.processes import Loader, publish, store_of
from tests.neo4j.proxy import Proxy
from tests.neo4j.services import Clients, ready, release_of, service, settings_of

CHANGED = 60_000
PUBLICATIONS = 2
READERS = 3
PICKED_UP = 15.0
"""Seconds within which a new release is served; the promise is 5, this machine may be busy."""
AWAY = 60.0
SLOW = 1.0
"""Seconds for the slowest answer; who waits for a database that is away waits for several."""
PATIENCE = 60.0

Recorded: TypeAlias = Callable[[str, object], None]


# ---- readers of the store


class Reader(threading.Thread):
    """Reads the current release over and over; each must be one of two contents, by the hash it names."""

    def __init__(self, server: Server, known: dict[str, Content]) -> None:
        super().__init__(daemon=True)
        self._server, self._known = server, known
        self._stopped = threading.Event()
        self.failure: BaseException | None = None
        self.seen: list[int] = []

    def run(self) -> None:
        try:
            with store_of(self._server) as store:
                while not self._stopped.is_set():
                    release = store.releases()[-1]
                    assert store.read(release.ordinal) == self._known[release.content_hash]
                    self.seen.append(release.ordinal)
        except BaseException as error:  # noqa: BLE001 told by `stop`
            self.failure = error

    def stop(self) -> None:
        self._stopped.set()
        self.join()
        if self.failure:
            raise self.failure


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads do not wait for the end of a publication: that saves work, and is not what makes them safe."""
    monkeypatch.setattr(neo4j_read, "_wait_for_publication", lambda database: None)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What single transactions read: how many, and how many of them were mixtures that were thrown away."""
    counts: Counter[str] = Counter()
    read = vars(neo4j_read)["_read"]

    def counting(transaction: Any, ordinal: int) -> Any:
        raw = read(transaction, ordinal)
        counts["tries"] += 1
        if raw.busy:
            counts["beside a publication"] += 1
            content = vars(neo4j_read)["_content"](raw)
            counts[content.hashed()] += 1
        return raw

    monkeypatch.setattr(neo4j_read, "_read", counting)
    return counts


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("neo4j_version", ["2026"])
def test_readers_beside_publications_of_60_000_changes_get_whole_releases_only(
    server: Server, counted: Counter[str], record_property: Recorded
) -> None:
    sizes: dict[str, Any] = {"renamed_every": 1, "relations_each": 0}
    contents = {number: generated(number, CHANGED, **sizes) for number in (1, 2)}
    known = {content.hashed(): content for content in contents.values()}
    publish(server, contents[1])
    readers = [Reader(server, known) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    numbers = [2 - at % 2 for at in range(PUBLICATIONS)]
    with Loader(server, size=CHANGED, numbers=numbers, **sizes) as loader:
        said = loader.process.communicate()[0].splitlines()
    for reader in readers:
        reader.stop()
    published = [line for line in said if line.startswith("published")]
    assert len(published) == PUBLICATIONS, said
    assert all(reader.seen == sorted(reader.seen) for reader in readers)
    reads = sum(len(reader.seen) for reader in readers)
    assert reads >= READERS
    mixed = sum(count for name, count in counted.items() if len(name) == 64 and name not in known)
    record_property("whole releases that were read", reads)
    record_property("transactions that read", counted["tries"])
    record_property("of these beside a publication", counted["beside a publication"])
    record_property("of these mixtures", mixed)


# ---- readers of services


def content_of(number: int) -> Content:
    return generated(number, 2_000, renamed_every=1)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("neo4j_version", ["5.26"])
def test_two_services_answer_from_one_release_at_a_time_and_soon_from_the_newest(
    server: Server, tmp_path: Path, record_property: Recorded
) -> None:
    numbers = {publish(server, content_of(1)).id: 1}
    picked_up = []
    with (
        service(settings_of(server, tmp_path / "one")) as one,
        service(settings_of(server, tmp_path / "other")) as other,
        Clients(one, other) as clients,
    ):
        for number in range(2, 7):
            newest = publish(server, content_of(number)).id
            numbers[newest] = number
            picked_up += seconds_until_served([one, other], newest)
    assert clients.check(numbers) == set(numbers)
    record_property("seconds until a release was served", max(picked_up))
    record_property("slowest answer in seconds", clients.slowest)
    assert max(picked_up) <= PICKED_UP


def seconds_until_served(services: list[Served], release: str) -> list[float]:
    begin = time.monotonic()
    found: dict[int, float] = {}
    while len(found) < len(services):
        assert time.monotonic() < begin + PATIENCE, "the release is not picked up"
        for number, served in enumerate(services):
            if number not in found and release_of(served) == release:
                found[number] = time.monotonic() - begin
        time.sleep(0.05)
    return list(found.values())


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("neo4j_version", "leave", "come_back"),
    [("5.26", Server.stop, Server.start), ("2026", Server.freeze, Server.thaw)],
    ids=["stopped", "frozen"],
)
def test_a_minute_without_the_database_is_not_noticed(
    leave: Callable[[Server], None],
    come_back: Callable[[Server], None],
    throwaway_server: Throwaway,
    tmp_path: Path,
    record_property: Recorded,
) -> None:
    server = throwaway_server()
    first = publish(server, content_of(1)).id
    env = settings_of(server, tmp_path)
    with service(env) as served, Clients(served) as clients:
        assert ready(served) == {"status": "ready", "release": first, "store": "reachable"}
        leave(server)
        without_it(served, first)
        with service(env) as another:
            assert another.said[0].startswith(f"{server.uri}/neo4j is unreachable (")
            assert another.said[0].endswith(f"): serving {first} from the cache")
            assert release_of(another) == first
        come_back(server)
        until(lambda: ready(served)["store"] == "reachable")
        second = publish(server, content_of(2)).id
        until(lambda: release_of(served) == second)
    assert clients.check({first: 1, second: 2}) == {first, second}
    record_property("slowest answer in seconds", clients.slowest)
    assert clients.slowest <= SLOW


def without_it(served: Served, release: str) -> None:
    """For a minute a service stays ready; soon it says that the store is away, and keeps saying it."""
    end = time.monotonic() + AWAY
    stores = []
    while time.monotonic() < end:
        said = ready(served)
        assert (said["status"], said["release"]) == ("ready", release)
        stores.append(said["store"])
        time.sleep(1)
    away = [store for store in stores if store.startswith("unreachable since 20")]
    assert len(away) > len(stores) / 2
    assert stores[-len(away) :] == away


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.slow
def test_a_start_without_the_database_needs_the_cache_and_says_so(server: Server, tmp_path: Path) -> None:
    release = publish(server, content_of(1)).id
    with Proxy(server.port) as proxy:
        address = proxy.address
        with service(settings_of(server, tmp_path, address)) as served:
            assert release_of(served) == release
    with service(settings_of(server, tmp_path, address)) as served:
        assert served.said[0] == (
            f"{address}/neo4j is unreachable (cannot be reached: nothing listens there; see that it runs):"
            f" serving {release} from the cache"
        )
        assert release_of(served) == release
        assert ready(served)["store"].startswith("unreachable since 20")
    empty = tmp_path / "empty"
    status, out, err = run("serve", "--port", "0", env=settings_of(server, empty, address))
    assert (status, out) == (1, "")
    assert err == (
        f"taxonomy: {address}/neo4j cannot be reached: nothing listens there; see that it runs;"
        f" nor is a release of it in the cache {empty}/cache\n"
    )
