"""What all benchmarks stand on: the data, a store that is loaded once, and our own commands."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import orjson

from benchmarks.machine import pinned
from taxonomy.compose import graphql_executor, open_shelf, open_store
from taxonomy.config import Settings, read_settings
from taxonomy.gql.execute import Executor
from taxonomy.services.shelf import Current

ROOT: Final = Path(__file__).resolve().parent.parent
HOST: Final = "127.0.0.1"
_JSON: Final = {"Content-Type": "application/json"}


class Server:
    """One of our processes that answers over HTTP."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def post(self, path: str, body: bytes) -> bytes:
        """The answer to one request; raises `OSError` while nobody listens."""
        if self.process.poll() is not None:
            raise RuntimeError(f"the server ended with status {self.process.returncode}")
        connection = HTTPConnection(HOST, self.port, timeout=10)
        try:
            connection.request("POST", path, body, _JSON)
            response = connection.getresponse()
            content = response.read()
            assert response.status == 200, content
            return content
        finally:
            connection.close()

    def stop(self) -> None:
        """End the process, and wait for its end."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Ground:
    """A temporary folder with a store and a cache of the data that is measured on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        given = os.environ.get("TAXONOMY_DATA")
        beside = ROOT.parent / "shared" / "data"
        self.data = Path(given).resolve() if given else beside if beside.is_dir() else None

    @property
    def called(self) -> str:
        """Which data this is, for the first line of the report."""
        return (
            f"data {self.data}"
            if self.data
            else "data loaders/sample (no TAXONOMY_DATA): goals for real data are not judged"
        )

    def judged(self, met: bool) -> bool | None:
        """Goals are about the real data."""
        return met if self.data else None

    def settings(self, name: str) -> Settings:
        """Settings for a store and a cache of that name in our folder."""
        return read_settings(
            {}, store=f"sqlite:///{self.folder / name}.db", cache=str(self.folder / f"{name}-cache")
        )

    def command(self, *words: str, store: str = "main", **instead: str) -> subprocess.Popen[bytes]:
        """Start `taxonomy` as a process, with its log in our folder; `instead` are environment variables."""
        settings = self.settings(store)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TAXONOMY_")}
        environment = {**kept, "TAXONOMY_STORE": settings.store, "TAXONOMY_CACHE": settings.cache, **instead}
        program = str(Path(sys.executable).with_name("taxonomy"))
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [program, *words], env=environment, stdout=subprocess.DEVNULL, stderr=log, cwd=self.folder
            )

    def load_words(self) -> list[str]:
        """The command that loads our data."""
        return ["load", "--data", str(self.data)] if self.data else ["load"]

    @cached_property
    def loaded(self) -> Settings:
        """The settings of the store that everything but loading itself is measured on."""
        status = self.command(*self.load_words()).wait()
        if status:
            raise SystemExit((self.folder / "log").read_text("utf-8"))
        return self.settings("main")

    @cached_property
    def current(self) -> Current:
        """The release, open in this process."""
        return open_shelf(self.loaded, open_store(self.loaded)).current()

    @cached_property
    def executor(self) -> Executor:
        """The executor, in this process."""
        return graphql_executor(self.loaded)

    def serve(self, **instead: str) -> Server:
        """Start `taxonomy serve` over the loaded store, on the first core; it does not answer yet.

        `instead` are environment variables, for another store than the loaded one.
        """
        assert self.loaded
        port = free_port()
        with pinned(0):
            return Server(self.command("serve", "--port", str(port), **instead), port)

    @contextmanager
    def serving(self) -> Iterator[Server]:
        """A server that answers, until the end of the block."""
        server = self.serve()
        with stopping(server):
            yield answering(server, "/graphql", orjson.dumps({"query": "{release{id}}"}))

    @contextmanager
    def serving_bare(self, content: Any) -> Iterator[Server]:
        """A bare Starlette route that answers every POST to `/` with the same value."""
        port = free_port()
        words = [
            sys.executable,
            "-m",
            "benchmarks.bare_server",
            HOST,
            str(port),
            orjson.dumps(content).decode(),
        ]
        with pinned(0):
            server = Server(subprocess.Popen(words, cwd=ROOT), port)
        with stopping(server):
            yield answering(server, "/", b"{}")


@contextmanager
def prepared_ground() -> Iterator[Ground]:
    """A ground that leaves nothing behind."""
    with TemporaryDirectory(prefix="taxonomy-bench-") as folder:
        yield Ground(Path(folder))


@contextmanager
def stopping(server: Server) -> Iterator[None]:
    """Stop a server at the end of the block."""
    try:
        yield
    finally:
        server.stop()


def answering(server: Server, path: str, body: bytes, poll: float = 0.005) -> Server:
    """Wait for the first answer, asking every `poll` seconds."""
    while True:
        try:
            server.post(path, body)
        except OSError:
            time.sleep(poll)
        else:
            return server


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
