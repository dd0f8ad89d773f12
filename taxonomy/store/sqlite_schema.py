"""The tables of the embedded store, and how a file of an older version becomes one of this."""

from typing import Final

MIGRATIONS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE release (
        ordinal      INTEGER PRIMARY KEY,
        published_at TEXT,                    -- UTC, ISO 8601; NULL while the release is staged
        content_hash TEXT NOT NULL,
        summary      TEXT NOT NULL            -- JSON: recipe, sources, counts
    );
    CREATE TABLE concept (
        release INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, deprecated INTEGER NOT NULL
    );
    CREATE TABLE label (
        release INTEGER NOT NULL, concept TEXT NOT NULL, locale TEXT NOT NULL, role TEXT NOT NULL,
        text TEXT NOT NULL, source TEXT NOT NULL, provenance TEXT NOT NULL
    );
    CREATE TABLE code (
        release INTEGER NOT NULL, concept TEXT NOT NULL, system TEXT NOT NULL, value TEXT NOT NULL
    );
    CREATE TABLE definition (
        release INTEGER NOT NULL, concept TEXT NOT NULL, locale TEXT NOT NULL, text TEXT NOT NULL,
        source TEXT NOT NULL
    );
    CREATE TABLE replacement (
        release INTEGER NOT NULL, concept TEXT NOT NULL, replaced_by TEXT NOT NULL
    );
    CREATE TABLE relation (
        release INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, object TEXT NOT NULL,
        provenance TEXT NOT NULL, source TEXT NOT NULL, necessity TEXT, level INTEGER, rank INTEGER
    );
    CREATE TABLE finding (
        release INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL, subject TEXT NOT NULL,
        file TEXT NOT NULL, row TEXT NOT NULL, message TEXT NOT NULL, count INTEGER NOT NULL
    );
    CREATE UNIQUE INDEX concept_id ON concept (release, id);
    CREATE INDEX label_release ON label (release);
    CREATE INDEX code_release ON code (release);
    CREATE INDEX definition_release ON definition (release);
    CREATE INDEX replacement_release ON replacement (release);
    CREATE INDEX relation_release ON relation (release);
    CREATE INDEX finding_release ON finding (release);
    """,
    """
    CREATE TABLE note (
        release INTEGER NOT NULL, concept TEXT NOT NULL, kind TEXT NOT NULL, locale TEXT NOT NULL,
        text TEXT NOT NULL, source TEXT NOT NULL
    );
    CREATE INDEX note_release ON note (release);
    """,
    """
    CREATE TABLE observation (
        release INTEGER NOT NULL, concept TEXT NOT NULL, measure TEXT NOT NULL, region TEXT,
        value,                                -- a number, a word, or NULL for a value that was suppressed
        unit TEXT NOT NULL, period TEXT NOT NULL, source TEXT NOT NULL
    );
    CREATE INDEX observation_release ON observation (release);
    """,
)
"""One script per schema version: the first makes the tables, each further one changes them."""

TABLES: Final[dict[str, int]] = {
    "concept": 4,
    "label": 7,
    "code": 4,
    "definition": 5,
    "replacement": 3,
    "note": 6,
    "relation": 9,
    "finding": 8,
    "observation": 8,
}
"""The tables that hold a release's rows, with their numbers of columns."""
