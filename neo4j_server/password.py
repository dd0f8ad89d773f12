"""The password of a server: the caller's, or one that is made once and kept in a file."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from neo4j_server.problem import CannotServe

VARIABLE: Final = "TAXONOMY_NEO4J_PASSWORD"
SHORTEST: Final = 8  # what Neo4j asks


def given_or_kept(environ: Mapping[str, str], file: Path) -> tuple[str, str]:
    """The password, and where it is: in the environment, or in a file that only its owner can read."""
    if given := environ.get(VARIABLE):
        if len(given) < SHORTEST:
            raise CannotServe(f"{VARIABLE} is too short: Neo4j asks for {SHORTEST} characters or more.")
        return given, VARIABLE
    return _kept(file), str(file)


def made() -> str:
    """A new password."""
    return secrets.token_urlsafe(24)


def _kept(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = file.read_text("utf-8").strip()
        if len(kept) < SHORTEST:
            raise CannotServe(f"{file} holds no password: remove it, or set {VARIABLE}.") from None
        return kept
    password = made()
    with os.fdopen(descriptor, "w") as new:
        new.write(f"{password}\n")
    return password
