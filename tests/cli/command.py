"""The command as people start it: a process of its own, with none of this process's settings."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

COMMAND = str(Path(sys.executable).with_name("taxonomy"))
PATIENCE = 30.0
LONGEST = 110.0
"""Seconds that a command may take: to load the publishers' files beside other tests, most of all."""


class Outcome(NamedTuple):
    """What a command came to."""

    status: int
    out: str
    err: str


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a command that keeps everything in a folder."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TAXONOMY_")}
    store, cache = f"sqlite:///{folder}/taxonomy.db", f"{folder}/cache"
    return {**clean, "TAXONOMY_STORE": store, "TAXONOMY_CACHE": cache, "PYTHONUTF8": "1", **more}


def run(*words: str, env: dict[str, str], cwd: Path | None = None) -> Outcome:
    """Run the command to its end."""
    done = subprocess.run(
        [COMMAND, *words], env=env, cwd=cwd, capture_output=True, timeout=LONGEST, check=False
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


class Served(NamedTuple):
    """A server that listens."""

    process: subprocess.Popen[bytes]
    url: str
    said: list[str]

    def get(self, path: str) -> bytes:
        with urlopen(self.url + path, timeout=PATIENCE) as answer:  # noqa: S310 our own address
            body: bytes = answer.read()
        return body


@contextmanager
def serving(*words: str, env: dict[str, str], cwd: Path | None = None) -> Iterator[Served]:
    """A `taxonomy serve` or `taxonomy run` on a free port, stopped at the end."""
    process = subprocess.Popen(
        [COMMAND, *words, "--port", "0"], env=env, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        yield _listening(process)
    finally:
        process.kill()
        process.communicate()


@contextmanager
def serving_many(*words: str, env: dict[str, str]) -> Iterator[Served]:
    """As `serving`, for more requests than a pipe has room for: its log is read on, else the server stops."""
    with serving(*words, env=env) as served:
        threading.Thread(target=_read_on, args=(served,), daemon=True).start()
        yield served


def _read_on(served: Served) -> None:
    assert served.process.stderr
    with suppress(OSError, ValueError):  # closed when the process has ended
        for line in served.process.stderr:
            served.said.append(line.decode().rstrip())


def _listening(process: subprocess.Popen[bytes]) -> Served:
    assert process.stderr is not None
    said: list[str] = []
    for line in process.stderr:
        said.append(line.decode().rstrip())
        if "Ctrl+C" in said[-1]:
            return Served(process, said[-1].split()[3].rstrip("/,"), said)
    raise AssertionError(f"it ended with {process.wait()}: {said}")


def eventually(server: Served, path: str, patience: float = PATIENCE) -> bytes:
    """The answer, when the server has begun to listen."""
    end = time.monotonic() + patience
    while True:
        try:
            return server.get(path)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
