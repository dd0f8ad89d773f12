"""`taxonomy serve` and `taxonomy run`: a server from a store, and from nothing."""

import json
import resource
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.error import HTTPError

import pytest

from taxonomy.declarations import LOADERS
from taxonomy.snapshot import SnapshotCache
from taxonomy.store.sqlite_store import SqliteStore
from tests.builders import composition
from tests.cli.command import COMMAND, PATIENCE, environment, eventually, run, serving

ASK = "/graphql?query=%7Brelease%7Bid%7D%7D"


def release_of(answer: bytes) -> str:
    found: str = json.loads(answer)["data"]["release"]["id"]
    return found


def test_serve_answers_from_the_store(sample_folder: Path) -> None:
    with serving("serve", env=environment(sample_folder)) as server:
        assert release_of(eventually(server, ASK)).startswith("r1-")
        assert server.said[-1].startswith("occupation-graph 0.1.0 at http://127.0.0.1:")


def test_serve_with_nothing_published_answers_as_soon_as_something_is(tmp_path: Path) -> None:
    env = environment(tmp_path, TAXONOMY_POLL_SECONDS="0.05")
    with serving("serve", env=env) as server:
        assert b"live" in eventually(server, "/health/live")
        with pytest.raises(HTTPError) as refused:
            server.get(ASK)
        assert refused.value.code == 503
        refused.value.close()
        assert "nothing is published" in server.said[0]
        assert run("load", env=env).status == 0
        end = time.monotonic() + PATIENCE
        while True:
            try:
                answer = server.get(ASK)
                break
            except HTTPError as error:
                error.close()
                assert time.monotonic() < end
                time.sleep(0.05)
        assert release_of(answer).startswith("r1-")


@pytest.mark.parametrize("verb", ["serve", "run"])
def test_a_server_over_a_store_that_cannot_be_read_serves_from_the_cache(
    verb: str, sample_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(sample_folder, folder)
    env = environment(folder, TAXONOMY_POLL_SECONDS="0.05")
    assert run("load", env=env).status == 0
    for file in folder.glob("taxonomy.db*"):
        file.unlink()
    (folder / "taxonomy.db").write_bytes(b"this is no database" * 1000)
    with serving(verb, env=env) as server:
        release = release_of(eventually(server, ASK))
        assert server.said[0].startswith(f"{folder}/taxonomy.db is unreachable (file is not a database; ")
        assert server.said[0].endswith(f"): serving {release} from the cache")
        ready = json.loads(server.get("/health/ready"))
        assert (ready["status"], ready["release"]) == ("ready", release)
        assert ready["store"].startswith("unreachable since 20")
        shutil.copy(sample_folder / "taxonomy.db", folder)
        end = time.monotonic() + PATIENCE
        while json.loads(server.get("/health/ready"))["store"] != "reachable":
            assert time.monotonic() < end
            time.sleep(0.02)


@pytest.mark.parametrize("verb", ["serve", "run"])
def test_without_a_store_and_without_a_cache_there_is_nothing_to_serve(verb: str, tmp_path: Path) -> None:
    (tmp_path / "taxonomy.db").write_bytes(b"this is no database" * 1000)
    status, out, err = run(verb, "--port", "0", env=environment(tmp_path))
    assert (status, out) == (1, "")
    assert err.startswith(f"taxonomy: {tmp_path}/taxonomy.db: file is not a database")
    assert err.endswith(f"; nor is a release of it in the cache {tmp_path}/cache\n")
    assert err.count("\n") == 1


@pytest.mark.slow
def test_a_server_starts_from_the_cache_when_no_neo4j_listens(sample_folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("neo4j")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"neo4j://127.0.0.1:{free.getsockname()[1]}"
    cache = SnapshotCache(tmp_path / "cache", composition())
    [release] = SqliteStore(sample_folder / "taxonomy.db").releases()
    cache.remember(f"{address}/neo4j", (release,))
    for file in (sample_folder / "cache").glob("*.snapshot"):
        shutil.copy(file, tmp_path / "cache")
    env = environment(tmp_path, TAXONOMY_STORE=address, TAXONOMY_NEO4J_PASSWORD="hunter2")  # noqa: S106
    with serving("serve", env=env) as server:
        assert release_of(eventually(server, ASK)) == release.id
        assert server.said[0].startswith(f"{address}/neo4j is unreachable (cannot be reached: ")
        assert server.said[0].endswith(f"): serving {release.id} from the cache")
        assert "hunter2" not in " ".join(server.said) + server.get("/health/ready").decode()


def test_run_loads_the_sample_once(tmp_path: Path) -> None:
    env = environment(tmp_path)
    with serving("run", env=env) as server:
        assert server.said[0].startswith("Sample: published r1-")
        first = release_of(eventually(server, ASK))
    with serving("run", env=env) as server:
        assert len(server.said) == 1
        assert release_of(eventually(server, ASK)) == first


def test_run_loads_what_it_is_told_to(sample_folder: Path, tmp_path: Path) -> None:
    for file in sample_folder.glob("taxonomy.db"):
        shutil.copy(file, tmp_path)
    with serving("run", "--data", str(LOADERS / "sample"), env=environment(tmp_path)) as server:
        assert server.said[0].startswith("The Swedish labour market taxonomy and ESCO 1.1.1: published r2-")
        assert release_of(eventually(server, ASK)).startswith("r2-")


def test_a_port_in_use_is_one_sentence_and_nothing_is_loaded(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        for verb in ("serve", "run"):
            status, out, err = run(verb, "--port", port, env=environment(tmp_path))
            assert (status, out) == (1, "")
            expected = f"taxonomy: cannot listen on 127.0.0.1 port {port}: address already in use;"
            assert err == f"{expected} choose another with --host or --port\n"
    assert not (tmp_path / "taxonomy.db").exists()


def test_an_unknown_host_is_one_sentence(tmp_path: Path) -> None:
    status, _, err = run("serve", "--host", "no.such.host.invalid", env=environment(tmp_path))
    assert status == 1
    assert err.startswith("taxonomy: cannot listen on no.such.host.invalid port 8000: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_server_ends_quietly_when_it_is_told_to(ending: signal.Signals, sample_folder: Path) -> None:
    with serving("serve", env=environment(sample_folder)) as server:
        eventually(server, "/health/live")
        server.process.send_signal(ending)
        _, err = server.process.communicate(timeout=PATIENCE)
    assert b"Traceback" not in err
    assert server.process.returncode == (0 if ending == signal.SIGINT else -signal.SIGTERM)


def test_the_log_has_the_path_and_no_variables(sample_folder: Path) -> None:
    with serving("serve", env=environment(sample_folder)) as server:
        eventually(server, ASK)
        server.process.send_signal(signal.SIGINT)
        _, err = server.process.communicate(timeout=PATIENCE)
    assert b"GET /graphql 200" in err
    assert b"query=" not in err


def test_a_second_run_starts_in_less_than_two_seconds_of_computing(sample_folder: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with serving("run", env=environment(sample_folder)) as server:
        eventually(server, ASK)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2


def test_serving_needs_no_pandas(sample_folder: Path) -> None:
    """pandas takes 50 MB and half a second: a server that loads nothing does without."""
    env = environment(sample_folder, PYTHONVERBOSE="1")
    process = subprocess.Popen([COMMAND, "serve", "--port", "0"], env=env, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    imported = set()
    for line in process.stderr:
        if line.startswith("import '"):
            imported.add(line.split("'")[1].split(".")[0])
        if "Ctrl+C" in line:
            break
    process.kill()
    process.communicate()
    assert {"starlette", "numpy"} <= imported
    assert imported & {"pandas", "rich", "python_calamine"} == set()


def test_serving_the_publishers_files_from_the_cache_is_quick_and_small(loaded_real: Path) -> None:
    env = environment(loaded_real)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with serving("serve", env=env) as server:
        eventually(server, ASK)
        status = Path(f"/proc/{server.process.pid}/status").read_text("ascii")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    assert resident <= 200 * 1024
    # Of computing, which takes longer beside others: `make bench` has the time on a quiet machine.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= 1.6
