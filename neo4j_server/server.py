"""One Neo4j server: a process of its own, on this machine only, with a password."""

import fcntl
import logging
import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from neo4j_server.distribution import Distribution
from neo4j_server.problem import CannotServe

if TYPE_CHECKING:
    from neo4j import Driver

HOST: Final = "127.0.0.1"
USER: Final = "neo4j"
FIRST_PASSWORD: Final = "neo4j"  # noqa: S105 what every new server has, for its first seconds
START: Final = 90.0
STOP: Final = 60.0
CONNECTION: Final = 5.0
BETWEEN_LOOKS: Final = 0.1
LAST_LINES: Final = 4
FIRST_START: Final = "first-start"
PORTS: Final = range(20000, 32000)
"""Below those which Linux gives to clients: a server that was killed finds its port free again."""

SETTINGS: Final[Mapping[str, str]] = {
    "server.bolt.enabled": "true",
    "dbms.security.auth_enabled": "true",
    # Else LOAD CSV reads any file of the server, even in a session that may only read.
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "dbms.usage_report.enabled": "false",
    # Else a new home takes half a gigabyte for logs that are empty.
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.size": "32m",
    "server.memory.pagecache.size": "256m",
    # Else every stop waits 10 s for clients that may still come.
    "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
}
_OPENED: Final = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
FLAGS: Final = (
    "-Xms256m",
    "-XX:+UseG1GC",
    *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
    "--enable-native-access=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
)


class Server:
    """A server and its home. Stopped or killed, it starts again on the same port with the same data."""

    user: Final = USER

    def __init__(
        self,
        distribution: Distribution,
        home: Path,
        password: str,
        *,
        port: int = 0,
        heap: str = "1g",
        settings: Mapping[str, str] | None = None,
        flags: Sequence[str] = (),
    ) -> None:
        self.version = distribution.version
        self.java = distribution.java.major
        self.home = home.resolve()
        self.password = password
        self.port = port or free_port()
        self.heap = heap
        self.settings: dict[str, str] = dict(settings or {})
        """More settings of Neo4j by name; a change counts from the next start."""
        self._distribution = distribution
        self._flags = (*FLAGS, *flags)
        self._process: subprocess.Popen[bytes] | None = None
        self._refusal = ""

    @property
    def uri(self) -> str:
        """Where drivers find it."""
        return f"bolt://{HOST}:{self.port}"

    @property
    def log(self) -> Path:
        """What the process printed since its last start; Neo4j's own logs are in `logs` of the home."""
        return self.home / "server.log"

    @property
    def pid(self) -> int:
        """The number of the process, which must run."""
        return self._running().pid

    @property
    def is_running(self) -> bool:
        """Whether there is a process, frozen or not."""
        return self._process is not None and self._process.poll() is None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start it and wait until it answers to its password; after a kill it recovers first."""
        if self.is_running:
            raise CannotServe(f"The server at {self.uri} runs already.")
        self.kill()  # what is left of one that ended by itself
        refuse_taken(self.port)
        with home_for_one(self.home) as lock, self.log.open("wb") as log:
            clear_what_never_answered(self.home)
            # A session of its own: Ctrl+C reaches us only, and we decide how the server ends.
            self._process = subprocess.Popen(
                self._command(),
                cwd=self.home,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=(lock,),
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.kill()
            raise
        (self.home / FIRST_START).unlink(missing_ok=True)

    def stop(self) -> None:
        """End it cleanly, frozen or not; without a process nothing happens."""
        self._end(signal.SIGCONT, signal.SIGTERM)

    def kill(self) -> None:
        """End it as a crash would; without a process nothing happens."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Let it keep its connections and answer nothing."""
        self._running().send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._running().send_signal(signal.SIGCONT)

    def wait(self) -> None:
        """Wait until the process ends by itself."""
        self._running().wait()

    def driver(self, password: str | None = None) -> "Driver":
        """A new driver, which the caller closes; with the password of the server if none is given."""
        from neo4j import GraphDatabase

        # A connection that ends early is told by its error; without a handler it would be printed as well.
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        # Nothing is tried again: a caller that waits for something does so itself.
        return GraphDatabase.driver(
            self.uri,
            auth=(self.user, password or self.password),
            connection_timeout=CONNECTION,
            max_transaction_retry_time=0,
        )

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            raise CannotServe(f"The server at {self.uri} does not run.")
        return self._process

    def _end(self, *how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with process:  # closes its pipe and waits
            for number in how:
                process.send_signal(number)
            try:
                process.wait(STOP)
            except subprocess.TimeoutExpired:
                process.kill()

    def _command(self) -> list[str]:
        properties = self.home / "server.properties"
        address = f"{HOST}:{self.port}"
        addresses = {"server.bolt.listen_address": address, "server.bolt.advertised_address": address}
        chosen = {**SETTINGS, **addresses, **self.settings}
        properties.write_text("".join(f"{name}={value}\n" for name, value in chosen.items()), "utf-8")
        path = os.pathsep.join([str(self._distribution.classes), f"{self._distribution.lib}/*"])
        java = str(self._distribution.java.program)
        return [
            java,
            *self._flags,
            f"-Xmx{self.heap}",
            "-cp",
            path,
            "Neo4jServer",
            str(self.home),
            str(properties),
        ]

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + START
        while time.monotonic() < until:
            if not self.is_running:
                raise CannotServe(f"Neo4j {self.version} ended while it started. {self._last_lines()}")
            if listens(self.port) and self._answers():
                return
            time.sleep(BETWEEN_LOOKS)
        raise CannotServe(
            f"Neo4j {self.version} did not answer within {START:.0f} s; the last it said was "
            f"{self._refusal or 'nothing'}. {self._last_lines()}"
        )

    def _answers(self) -> bool:
        from neo4j.exceptions import AuthError, DriverError, Neo4jError

        try:
            try:
                self._ask(self.password, "neo4j", "RETURN 1")
            except AuthError:
                self._set_password()
        except AuthError as error:
            raise CannotServe(
                f"The server in {self.home} has another password: set TAXONOMY_NEO4J_PASSWORD to it, "
                "or choose another --home."
            ) from error
        except (DriverError, Neo4jError) as error:
            self._refusal = str(error)
            return False  # it listens before its databases are open
        return True

    def _set_password(self) -> None:
        change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
        self._ask(FIRST_PASSWORD, "system", change, old=FIRST_PASSWORD, new=self.password)
        self._ask(self.password, "neo4j", "RETURN 1")

    def _ask(self, password: str, database: str, query: str, **parameters: Any) -> None:
        with self.driver(password) as driver, driver.session(database=database) as session:
            session.run(query, parameters).consume()

    def _last_lines(self) -> str:
        said = self.log.read_text("utf-8", errors="replace").splitlines()
        causes = [line for line in said if not line.startswith("\t")]  # without the stacks of Java
        return f"{self.log} ends with:\n" + "\n".join(causes[-LAST_LINES:])


@contextmanager
def home_for_one(home: Path) -> Iterator[int]:
    """The lock of a home, made if need be. The server inherits it and so holds it as long as it lives."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "server.lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise CannotServe(
                f"{home} is used by another server: stop it, or choose another --home."
            ) from held
        yield lock.fileno()


def clear_what_never_answered(home: Path) -> None:
    """Remove the data of a first start that was cut off: they are nobody's, and Neo4j may not open them."""
    data, begun = home / "data", home / FIRST_START
    if begun.exists() and data.exists():
        shutil.rmtree(data)
    if not data.exists():
        begun.touch()


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    while True:
        port = random.choice(PORTS)  # noqa: S311 nothing secret
        with suppress(OSError), socket.socket() as probe:
            probe.bind((HOST, port))
            return port


def refuse_taken(port: int) -> None:
    """Complain about a port on which somebody listens, who would answer in our place."""
    if listens(port):
        raise CannotServe(
            f"Port {port} of {HOST} is taken: stop what listens there, or choose another --port."
        )


def listens(port: int) -> bool:
    """Whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0
