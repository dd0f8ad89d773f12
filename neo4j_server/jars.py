"""What a server runs: the jars of Maven Central, and our launcher compiled."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from neo4j_server.problem import CannotServe

HERE: Final = Path(__file__).resolve().parent
LAUNCHER: Final = HERE / "Neo4jServer.java"
COPY: Final = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
PATIENCE: Final = 600.0
FIRST_CHARACTERS: Final = 1000


def fetched(version: str, folder: Path) -> Path:
    """The folder with the jars of a version; fetched once."""

    def fetch(into: Path) -> None:
        if shutil.which("mvn") is None:
            raise CannotServe(f"Neo4j {version} is fetched with mvn, which is not here: install Maven 3.6+.")
        print(f"Fetching Neo4j {version} from Maven Central, once ...", file=sys.stderr)
        # -C: a download with a wrong checksum is an error and not a warning.
        maven = [
            "mvn",
            "-q",
            "-B",
            "-C",
            "-Dstyle.color=never",
            "-f",
            str(HERE / "pom.xml"),
            f"-Dneo4j={version}",
            COPY,
        ]
        _run([*maven, "-DincludeScope=runtime", f"-DoutputDirectory={into}"], f"fetch Neo4j {version}")

    return _whole(folder / version / "lib", fetch)


def compiled(folder: Path, compiler: Callable[[], Path]) -> Path:
    """The folder with the class of our launcher; compiled once, and again when its source changes."""
    digest = hashlib.sha256(LAUNCHER.read_bytes()).hexdigest()[:12]

    def compile_it(into: Path) -> None:
        _run([str(compiler()), "--release", "17", "-d", str(into), str(LAUNCHER)], f"compile {LAUNCHER.name}")

    return _whole(folder / f"classes-{digest}", compile_it)


def _whole(target: Path, fill: Callable[[Path], None]) -> Path:
    """A folder that is complete if it is there: it is filled under another name first."""
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    # One at a time on this machine: two Mavens spoil each other's ~/.m2.
    with (
        _alone(HERE / "pom.xml"),
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".making-") as making,
    ):
        if not target.is_dir():
            filled = Path(making) / target.name
            filled.mkdir()
            fill(filled)
            filled.rename(target)
    return target


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with file.open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(words: Sequence[str], what: str) -> None:
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise CannotServe(f"Could not {what}: {words[0]} took more than {PATIENCE:.0f} s.") from late
    if done.returncode:
        said = done.stdout.strip()[:FIRST_CHARACTERS]
        raise CannotServe(f"Could not {what}: {words[0]} ended with {done.returncode} and said\n{said}")
