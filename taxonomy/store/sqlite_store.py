"""The embedded store: one SQLite file, one row per fact, readable with any SQLite tool.

Staging and publishing are a transaction each; WAL mode lets readers go on meanwhile. A release that
was staged and never published (a killed load) is invisible and removed by the next load.
"""

import contextlib
import fcntl
import os
import socket
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Final, TextIO, TypeVar

from taxonomy.model.concept import (
    Code,
    Concept,
    Definition,
    Label,
    LabelRole,
    Locale,
    Note,
    NoteKind,
    Provenance,
)
from taxonomy.model.errors import LoadRunning, StoreError, UnknownRelease
from taxonomy.model.finding import Finding, Severity
from taxonomy.model.ids import ConceptId
from taxonomy.model.observation import Measure, Observation
from taxonomy.model.relation import Necessity, Relation, RelationKind
from taxonomy.model.release import Content, Draft, Release, release_id
from taxonomy.store.draft_json import draft_from_json, draft_to_json
from taxonomy.store.garbage import without_garbage_collection
from taxonomy.store.sqlite_schema import MIGRATIONS, TABLES

_BUSY_SECONDS = 5.0
_CACHE_KIB = 32 * 1024
_LONGEST_HOLDER = 200

_ROWS_PER_INSERT: Final = 50
_T = TypeVar("_T")


class SqliteStore:
    """Releases in one SQLite file; made when it is first written, read from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def address(self) -> str:
        """The path of the file."""
        return str(self._path)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold a lock on a file beside the database: the system frees it when its holder dies."""
        path = self._path.with_name(self._path.name + ".lock")
        with _told_as_store_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("a+", encoding="utf-8", errors="replace")
        with file:
            with _told_as_store_errors(path):
                self._take(file)
            yield

    def _take(self, file: TextIO) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read(_LONGEST_HOLDER).strip() or "another process"
            message = f"{self._path} is being loaded by {holder}; try again when it has ended"
            raise LoadRunning(message) from None
        file.truncate(0)
        now = datetime.now(UTC)
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {now:%Y-%m-%d %H:%M:%S} UTC")
        file.flush()

    def stage(self, draft: Draft, content: Content) -> int:
        """Write the next release in one transaction, after what a dead load left."""
        with self._writing() as db:
            for (ordinal,) in db.execute("SELECT ordinal FROM release WHERE published_at IS NULL").fetchall():
                _delete(db, ordinal)
            (last,) = db.execute("SELECT coalesce(max(ordinal), 0) FROM release").fetchone()
            ordinal = int(last) + 1
            row = (ordinal, draft.content_hash, draft_to_json(draft))
            db.execute("INSERT INTO release VALUES (?, NULL, ?, ?)", row)
            for table, rows in _rows(ordinal, content):
                _insert(db, table, iter(rows))
        return ordinal

    def publish(self, ordinal: int) -> Release:
        """Give the staged release its date: what has one is seen."""
        with self._writing() as db:
            changed = db.execute(
                "UPDATE release SET published_at = ? WHERE ordinal = ? AND published_at IS NULL",
                (datetime.now(UTC).isoformat(timespec="milliseconds"), ordinal),
            ).rowcount
            if changed != 1:
                raise StoreError(f"release {ordinal} is not staged in {self._path}; load again")
        return next(release for release in self.releases() if release.ordinal == ordinal)

    def discard(self, ordinal: int) -> None:
        """Delete the rows of a release; nothing happens if there is none."""
        current = self.releases()[-1:]
        if current and current[0].ordinal == ordinal:
            raise StoreError(f"{current[0].id} is the current release and cannot be removed")
        with self._writing() as db:
            _delete(db, ordinal)

    def releases(self) -> tuple[Release, ...]:
        """Read the published releases, oldest first."""
        with self._reading() as db:
            if db is None:
                return ()
            rows = db.execute(
                "SELECT ordinal, published_at, content_hash, summary FROM release"
                " WHERE published_at IS NOT NULL ORDER BY ordinal"
            )
            return tuple(_release(*row) for row in rows)

    def read(self, ordinal: int) -> Content:
        """Read a published release, in the order in which it was staged."""
        query = "SELECT 1 FROM release WHERE ordinal = ? AND published_at IS NOT NULL"
        with self._reading() as db:
            if db is None or db.execute(query, (ordinal,)).fetchone() is None:
                raise UnknownRelease(f"{self._path} has no release {ordinal}; see `taxonomy releases`")
            with without_garbage_collection():
                return Content(
                    _concepts(db, ordinal),
                    _relations(db, ordinal),
                    _findings(db, ordinal),
                    _observations(db, ordinal),
                )

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _told_as_store_errors(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(self._connect()) as db:
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = FULL")
                db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
                _migrate(db, self._path)
                db.execute("BEGIN IMMEDIATE")
                with db:
                    yield db
                _shorten_log(db)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        with _told_as_store_errors(self._path):
            if not self._path.exists():
                yield None
                return
            with contextlib.closing(self._connect()) as db:
                version = _version(db, self._path)
                if version == 0:
                    yield None  # a load that was killed before its first transaction left an empty file
                    return
                _migrate(db, self._path)
                db.execute("PRAGMA query_only = ON")
                db.execute("BEGIN")
                yield db

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(
            self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )


@contextlib.contextmanager
def _told_as_store_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}; the published releases are as they were") from error
    except OSError as error:
        raise StoreError(
            f"{path}: {error.strerror or error}; the published releases are as they were"
        ) from error


def _shorten_log(db: sqlite3.Connection) -> None:
    # What was committed is safe in the log; what fails here, or would wait for a reader, a later load does.
    with contextlib.suppress(sqlite3.Error):
        db.execute("PRAGMA busy_timeout = 0")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _version(db: sqlite3.Connection, path: Path) -> int:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        known = f"this program knows {len(MIGRATIONS)}"
        raise StoreError(f"{path} has schema version {version}, {known}: use a newer program")
    if version == 0 and db.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise StoreError(f"{path} is the database of another program; choose another file")
    return version


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    for number in range(_version(db, path), len(MIGRATIONS)):
        db.executescript(f"BEGIN IMMEDIATE; {MIGRATIONS[number]}; PRAGMA user_version = {number + 1}; COMMIT")


def _delete(db: sqlite3.Connection, ordinal: int) -> None:
    for table in TABLES:
        db.execute(f"DELETE FROM {table} WHERE release = ?", (ordinal,))  # noqa: S608 our own table names
    db.execute("DELETE FROM release WHERE ordinal = ?", (ordinal,))


def _insert(db: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    """Insert rows, many with each statement: row by row takes two thirds longer."""
    row = f"({', '.join('?' * TABLES[table])})"
    many = f"INSERT INTO {table} VALUES {', '.join([row] * _ROWS_PER_INSERT)}"  # noqa: S608 our own table names
    while len(chunk := list(islice(rows, _ROWS_PER_INSERT))) == _ROWS_PER_INSERT:
        db.execute(many, tuple(chain.from_iterable(chunk)))
    db.executemany(f"INSERT INTO {table} VALUES {row}", chunk)  # noqa: S608 our own table names


# sqlite3 searches an adapter for whatever is not exactly a text or a number: a third of a load's writing.
_PLAIN: Final[dict[str | None, str | None]] = {None: None}
_PLAIN.update((word, word.value) for words in (Locale, LabelRole, Provenance) for word in words)
_PLAIN.update((word, word.value) for words in (RelationKind, Necessity, Severity, Measure) for word in words)


def _rows(ordinal: int, content: Content) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
    concepts = content.concepts
    yield "concept", ((ordinal, c.id, c.kind, c.deprecated) for c in concepts)
    yield "label", _label_rows(ordinal, concepts)
    yield "code", ((ordinal, c.id, *code) for c in concepts for code in c.codes)
    definitions = ((c.id, *definition) for c in concepts for definition in c.definitions)
    yield "definition", ((ordinal, id_, _PLAIN[locale], *rest) for id_, locale, *rest in definitions)
    yield "replacement", ((ordinal, c.id, other) for c in concepts for other in c.replaced_by)
    notes = ((c.id, *note) for c in concepts for note in c.notes)
    yield "note", ((ordinal, id_, kind.value, _PLAIN[locale], *rest) for id_, kind, locale, *rest in notes)
    yield "relation", _relation_rows(ordinal, content.relations)
    yield "finding", ((ordinal, code, _PLAIN[how], *rest) for code, how, *rest in content.findings)
    observed = content.observations
    yield "observation", ((ordinal, id_, _PLAIN[what], *rest) for id_, what, *rest in observed)


def _label_rows(ordinal: int, concepts: Iterable[Concept]) -> Iterator[tuple[object, ...]]:
    plain = _PLAIN
    for concept in concepts:
        id_ = concept.id
        for locale, role, text, source, provenance in concept.labels:
            yield ordinal, id_, plain[locale], plain[role], text, source, plain[provenance]


def _relation_rows(ordinal: int, relations: Iterable[Relation]) -> Iterator[tuple[object, ...]]:
    plain = _PLAIN
    for kind, subject, other, provenance, source, necessity, level, rank in relations:
        by, need = plain[provenance], plain[necessity]
        yield ordinal, plain[kind], subject, other, by, source, need, level, rank


def _release(ordinal: int, published_at: str, content_hash: str, summary: str) -> Release:
    draft = draft_from_json(summary)
    return Release(release_id(ordinal, content_hash), ordinal, datetime.fromisoformat(published_at), draft)


def _concepts(db: sqlite3.Connection, ordinal: int) -> tuple[Concept, ...]:
    labels = _grouped(db, "label", ordinal, _label)
    codes = _grouped(db, "code", ordinal, Code._make)
    definitions = _grouped(db, "definition", ordinal, lambda row: Definition(_LOCALES[row[0]], *row[1:]))
    notes = _grouped(db, "note", ordinal, lambda row: Note(NoteKind(row[0]), _LOCALES[row[1]], *row[2:]))
    replacements = _grouped(db, "replacement", ordinal, lambda row: ConceptId(row[0]))
    return tuple(
        Concept(
            id_,
            kind,
            labels.get(id_, ()),
            codes.get(id_, ()),
            definitions.get(id_, ()),
            bool(deprecated),
            replacements.get(id_, ()),
            notes.get(id_, ()),
        )
        for id_, kind, deprecated in db.execute(
            "SELECT id, kind, deprecated FROM concept WHERE release = ? ORDER BY rowid", (ordinal,)
        )
    )


_LOCALES: Final = {member.value: member for member in Locale}
_ROLES: Final = {member.value: member for member in LabelRole}
_PROVENANCES: Final = {member.value: member for member in Provenance}
_RELATION_KINDS: Final = {member.value: member for member in RelationKind}
_NECESSITIES: Final[dict[str | None, Necessity | None]] = {None: None}
_NECESSITIES.update((member.value, member) for member in Necessity)
_SEVERITIES: Final = {member.value: member for member in Severity}
_MEASURES: Final = {member.value: member for member in Measure}


def _label(row: Sequence[str]) -> Label:
    locale, role, text, source, provenance = row
    return Label(_LOCALES[locale], _ROLES[role], text, source, _PROVENANCES[provenance])


def _grouped(
    db: sqlite3.Connection, table: str, ordinal: int, make: Callable[[Sequence[str]], _T]
) -> dict[str, tuple[_T, ...]]:
    found: dict[str, list[_T]] = {}
    query = f"SELECT * FROM {table} WHERE release = ? ORDER BY rowid"  # noqa: S608 our own table names
    for _, concept, *rest in db.execute(query, (ordinal,)):
        found.setdefault(concept, []).append(make(rest))
    return {concept: tuple(values) for concept, values in found.items()}


def _relations(db: sqlite3.Connection, ordinal: int) -> tuple[Relation, ...]:
    rows = db.execute(
        "SELECT kind, subject, object, provenance, source, necessity, level, rank"
        " FROM relation WHERE release = ? ORDER BY rowid",
        (ordinal,),
    )
    return tuple(
        Relation(
            _RELATION_KINDS[kind],
            subject,
            object_,
            _PROVENANCES[provenance],
            source,
            _NECESSITIES[necessity],
            level,
            rank,
        )
        for kind, subject, object_, provenance, source, necessity, level, rank in rows
    )


def _findings(db: sqlite3.Connection, ordinal: int) -> tuple[Finding, ...]:
    rows = db.execute(
        "SELECT code, severity, subject, file, row, message, count"
        " FROM finding WHERE release = ? ORDER BY rowid",
        (ordinal,),
    )
    return tuple(Finding(code, _SEVERITIES[severity], *rest) for code, severity, *rest in rows)


def _observations(db: sqlite3.Connection, ordinal: int) -> tuple[Observation, ...]:
    rows = db.execute(
        "SELECT concept, measure, region, value, unit, period, source"
        " FROM observation WHERE release = ? ORDER BY rowid",
        (ordinal,),
    )
    return tuple(Observation(id_, _MEASURES[measure], *rest) for id_, measure, *rest in rows)
