"""The versions of Neo4j that run here, and all that one of them needs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from neo4j_server import jars
from neo4j_server.java import Java, compiler, fitting, installed
from neo4j_server.problem import CannotServe

VAR: Final = Path(__file__).resolve().parent.parent / "var" / "neo4j"


class Version(NamedTuple):
    """A version of Neo4j, and the range of Java it runs on."""

    name: str
    oldest_java: int
    newest_java: int | None

    @property
    def wants(self) -> str:
        """The range in words."""
        return f"Java {self.oldest_java} " + (f"to {self.newest_java}" if self.newest_java else "or later")


VERSIONS: Final = (Version("5.26.30", 17, 21), Version("2026.08.1", 21, None))


class Distribution(NamedTuple):
    """All that a server needs: its jars, our launcher, and a Java."""

    version: str
    java: Java
    lib: Path
    classes: Path


def obtained(version: str | None = None, folder: Path = VAR) -> Distribution:
    """A version ready to start, fetched if need be; without a name the first that a Java here can run."""
    javas = installed(folder)
    chosen, java = choice(version, javas)
    classes = jars.compiled(folder, lambda: compiler(javas))
    return Distribution(chosen.name, java, jars.fetched(chosen.name, folder), classes)


def choice(version: str | None, javas: Sequence[Java]) -> tuple[Version, Java]:
    """A version, or the first that can run, and the Java for it."""
    candidates = VERSIONS if version is None else (version_named(version),)
    for candidate in candidates:
        if java := fitting(javas, candidate.oldest_java, candidate.newest_java):
            return candidate, java
    needs = " and ".join(f"Neo4j {candidate.name} needs {candidate.wants}" for candidate in candidates)
    have = "Java " + ", ".join(str(java.major) for java in javas) if javas else "no Java"
    raise CannotServe(f"{needs}, and this machine has {have}: install one, or let JAVA_HOME point to it.")


def version_named(name: str) -> Version:
    """The version of a name, or of the beginning of one (`5.26`, `2026`)."""
    for version in VERSIONS:
        if f"{version.name}.".startswith(f"{name}."):
            return version
    raise CannotServe(f"Neo4j {name} is not offered; there are {', '.join(v.name for v in VERSIONS)}.")
