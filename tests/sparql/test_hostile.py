"""Hostile queries by eight clients at once, against a server as people start it: nobody else notices."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.cli.command import Served, environment, run, serving
from tests.sparql.attack import Told
from tests.sparql.conftest import until_it_has_a_store
from tests.sparql.hostile import HOSTILE
from tests.sparql.processes import children, is_running, own_memory, workers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("sparql-real"),  # the files are loaded once
    pytest.mark.timeout(300),
]

NURSE = "bXNH_MNX_dUR"
NAME = "Sjuksköterska, grundutbildad"
LABEL = f"""SELECT ?label {{
  <http://data.jobtechdev.se/taxonomy/concept/{NURSE}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label
  FILTER(LANG(?label) = "sv")
}}"""
GRAPHQL = f'{{ concept(id: "{NURSE}") {{ label }} }}'
LIMIT_MB = 256
REFUSALS = {
    400: {"BAD_INPUT"},
    413: {"TOO_LARGE"},
    422: {"TOO_COMPLEX", "TOO_DEEP", "TOO_LONG", "RESULT_TOO_LARGE"},
    503: {"TIMEOUT", "UNAVAILABLE"},
}


@pytest.fixture
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """A server over the publishers' files, or over the sample where there are none."""
    folder = tmp_path
    if os.environ.get("TAXONOMY_DATA"):
        folder = request.getfixturevalue("loaded_real")
    limits = {"TAXONOMY_SPARQL_TIME_LIMIT": "3", "TAXONOMY_SPARQL_MEMORY_MB": str(LIMIT_MB)}
    env = environment(folder, **limits)
    if folder is tmp_path:
        assert run("load", env=env).status == 0
    with serving("serve", env=env) as server:
        until_it_has_a_store(server)
        yield server


def label(ninth: httpx2.Client) -> str:
    answer = ninth.post("/sparql", data={"query": LABEL})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    return str(found["results"]["bindings"][0]["label"]["value"])


def label_by_graphql(ninth: httpx2.Client) -> str:
    found = ninth.post("/graphql", json={"query": GRAPHQL}).json()
    return str(found["data"]["concept"]["label"])


@pytest.fixture
def ninth(served: Served) -> Iterator[httpx2.Client]:
    """The client who is not hostile."""
    with httpx2.Client(base_url=served.url, timeout=60) as client:
        yield client


def test_nobody_notices_fifty_hostile_queries_by_eight_clients(served: Served, ninth: httpx2.Client) -> None:
    assert len(HOSTILE) >= 50
    assert label(ninth) == NAME
    memory = Memory(served.process.pid)
    attack = subprocess.Popen(
        [sys.executable, "-m", "tests.sparql.attack", served.url, "1"], stdout=subprocess.PIPE
    )
    answered = 0
    try:
        with memory:
            while attack.poll() is None:
                assert label(ninth) == label_by_graphql(ninth) == NAME
                answered += 1
                time.sleep(0.01)
    finally:
        attack.kill()
    assert attack.stdout is not None
    told = [Told(*row) for row in json.loads(attack.stdout.read())]
    attack.stdout.close()
    assert attack.returncode == 0
    assert answered > 10
    assert [each.name for each in told] == list(HOSTILE)
    assert [each for each in told if not is_fair(each)] == []
    assert {"TIMEOUT", "BAD_INPUT"} <= {each.code for each in told}
    assert memory.most < (LIMIT_MB + 64) << 20  # a look is a twentieth of a second after the one before
    assert served.process.poll() is None
    left = workers(served.process.pid)
    assert left
    assert label(ninth) == NAME
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(20) in (0, -signal.SIGTERM)
    assert not any(map(is_running, left))
    assert children(served.process.pid) == {}


def is_fair(told: Told) -> bool:
    """Whether an answer is a whole result, or a refusal that says why.

    Who still sends what is too long may see the connection end before the answer.
    """
    if told.status == 0:
        return len(HOSTILE[told.name]) > 262_144
    return told.whole and (told.status == 200 or told.code in REFUSALS.get(told.status, ()))


class Memory:
    """Looks at the memory of the workers of a process for as long as a block lasts."""

    def __init__(self, server: int) -> None:
        self.most = 0
        self._server = server
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *raised: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(0.02):
            self.most = max([self.most, *map(own_memory, workers(self._server))])
