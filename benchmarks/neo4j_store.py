"""Neo4j: loading, publishing and reading releases, against the bare driver on the same server."""

import random
import secrets
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, TypeVar

from neo4j import Driver, GraphDatabase

from benchmarks import bare_neo4j
from benchmarks.ground import Ground
from benchmarks.report import Row, spread
from benchmarks.starting import seconds_to_first_answer
from neo4j_server.distribution import obtained
from neo4j_server.server import Server
from taxonomy.compose import open_store
from taxonomy.model.release import Content, Draft
from taxonomy.store.neo4j_store import Neo4jStore

if TYPE_CHECKING:
    from taxonomy.model.relation import Relation

_LOADS: Final = 3
_READS: Final = 5
_STARTS: Final = 7
_T = TypeVar("_T")


def run(ground: Ground) -> list[Row]:
    """First load, publications of 1, 50 and 100 %, and reading."""
    store = open_store(ground.loaded)
    release = store.releases()[-1]
    content = store.read(release.ordinal)
    with (
        TemporaryDirectory(prefix="taxonomy-neo4j-") as home,
        Server(obtained(), Path(home), secrets.token_hex(8)) as server,
        GraphDatabase.driver(
            server.uri, auth=(server.user, server.password), notifications_min_severity="OFF"
        ) as driver,
        closing(
            Neo4jStore(server.uri, user=server.user, password=server.password, database="neo4j")
        ) as neo4j,
    ):
        bench = Bench(ground, server.version, driver, neo4j, content, release.draft)
        return [bench.first_load(), bench.reading(), bench.start(server), *bench.publications()]


class Bench:
    """A running server, our store in it, a driver beside it, and what is to be stored."""

    def __init__(
        self, ground: Ground, version: str, driver: Driver, store: Neo4jStore, content: Content, draft: Draft
    ) -> None:
        self._ground = ground
        self._version = version
        self._driver = driver
        self._store = store
        self._content = content
        self._draft = draft

    def first_load(self) -> Row:
        """Into an empty database, publication included; the bare driver has constraints and indexes too."""
        rows = bare_neo4j.Rows(self._content)
        with self._store.lock():
            pass  # makes constraints and indexes
        ours, theirs = [], []
        for _ in range(_LOADS + 1):
            bare_neo4j.wipe(self._driver)
            theirs.append(_seconds(lambda: bare_neo4j.write(self._driver, rows))[0])
            bare_neo4j.wipe(self._driver)
            ours.append(_seconds(lambda: self._publish(self._content))[0])
        ratios = [mine / bare for mine, bare in zip(ours[1:], theirs[1:], strict=True)]
        concepts, relations = len(self._content.concepts), len(self._content.relations)
        return Row(
            f"neo4j {self._version}: first load of {concepts:,} concepts, {relations:,} relations",
            f"{spread(ours[1:])} s",
            f"bare driver, internal ids: {spread(theirs[1:])} s",
            f"{spread(ratios)} x",
            "<= 1.3 x",
            self._ground.judged(median(ratios) <= 1.3),
        )

    def reading(self) -> Row:
        """The current release as values, proved by its hash, against streaming the same columns."""
        ordinal = self._store.releases()[-1].ordinal
        ours, theirs = [], []
        for _ in range(_READS + 1):
            ours.append(_seconds(lambda: self._store.read(ordinal))[0])
            theirs.append(_seconds(lambda: bare_neo4j.stream(self._driver))[0])
        ratios = [mine / bare for mine, bare in zip(ours[1:], theirs[1:], strict=True)]
        return Row(
            "neo4j: read the current release",
            f"{spread(ours[1:])} s",
            f"stream the columns row by row: {spread(theirs[1:])} s",
            f"{spread(ratios)} x",
            "<= 0.5 x",
            self._ground.judged(median(ratios) <= 0.5),
        )

    def start(self, server: Server) -> Row:
        """`taxonomy serve` with its snapshot in the disk cache, over Neo4j and over SQLite in turn."""
        over_neo4j = {
            "TAXONOMY_STORE": server.uri,
            "TAXONOMY_NEO4J_PASSWORD": server.password,
            "TAXONOMY_CACHE": str(self._ground.folder / "neo4j-cache"),
        }
        ours, theirs = [], []
        for _ in range(_STARTS + 1):
            ours.append(seconds_to_first_answer(self._ground, **over_neo4j))
            theirs.append(seconds_to_first_answer(self._ground))
        ratios = [mine / sqlite for mine, sqlite in zip(ours[1:], theirs[1:], strict=True)]
        return Row(
            "neo4j: start to first answer, warm disk cache",
            f"{spread(ours[1:])} s",
            f"over SQLite: {spread(theirs[1:])} s",
            f"{spread(ratios)} x",
            "<= 1.2 x",
            self._ground.judged(median(ratios) <= 1.2),
        )

    def publications(self) -> list[Row]:
        """Releases that differ from the one before them by so much."""
        return [self._publication(share, most) for share, most in ((0.01, 8), (0.5, 30), (1.0, 60))]

    def _publication(self, share: float, most: float) -> Row:
        before = self._store.read(self._store.releases()[-1].ordinal)
        ids = self._element_ids()
        after = altered(before, share)
        seconds, _ = _seconds(lambda: self._publish(after))
        kept = len(ids & self._element_ids()) / len(ids)
        return Row(
            f"neo4j: publish a release that changes {share:.0%}",
            f"{seconds:.1f} s, {kept:.0%} of the nodes kept",
            "-",
            f"{seconds:.1f} s",
            f"<= {most} s" + (", nodes kept" if share < 1 else ""),
            self._ground.judged(seconds <= most and (share == 1 or kept == 1)),
        )

    def _publish(self, content: Content) -> None:
        draft = self._draft._replace(content_hash=content.hashed())
        with self._store.lock():
            self._store.publish(self._store.stage(draft, content))

    def _element_ids(self) -> set[str]:
        found = self._driver.execute_query("MATCH (n:Concept) RETURN collect(elementId(n)) AS ids")
        return set(found.records[0]["ids"])


def altered(content: Content, share: float, seed: int = 1) -> Content:
    """The same concepts, that share of them changed, and that share of the relations replaced by others."""
    rng = random.Random(seed)  # noqa: S311 no secret
    ids = [concept.id for concept in content.concepts]
    concepts = tuple(
        concept._replace(deprecated=not concept.deprecated) if rng.random() < share else concept
        for concept in content.concepts
    )
    kept = [relation for relation in content.relations if rng.random() >= share]
    taken = {relation[:4] for relation in content.relations}
    new: dict[tuple[object, ...], Relation] = {}
    while len(kept) + len(new) < len(content.relations):
        relation = rng.choice(content.relations)._replace(object=rng.choice(ids))
        if relation[:4] not in taken:
            new[relation[:4]] = relation
    relations = tuple(sorted([*kept, *new.values()]))
    return content._replace(concepts=concepts, relations=relations)


def _seconds(work: Callable[[], _T]) -> tuple[float, _T]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result
