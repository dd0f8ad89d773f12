"""`taxonomy serve` over a Neo4j server, and clients that ask without a pause and keep every answer."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlsplit

from neo4j_server.server import Server
from tests.cli.command import Served, environment, eventually, serving_many
from tests.neo4j.generated import ABSENT, id_of, label_of

ASKED: Final = range(40, 60)
QUERY: Final = (
    "query($ids: [ID!]!) { release { id } nodes(ids: $ids) { ... on Concept { label } }"
    " skills(first: 50) { nodes { label } } }"
)
BODY: Final = json.dumps({"query": QUERY, "variables": {"ids": [id_of(number) for number in ASKED]}})
BETWEEN: Final = 0.02
"""Seconds between two questions of a client, so that clients do not measure each other."""


def settings_of(server: Server, folder: Path, address: str = "") -> dict[str, str]:
    """The environment of a command whose store is a server, and whose cache is in a folder."""
    store = {"TAXONOMY_STORE": address or server.uri, "TAXONOMY_NEO4J_PASSWORD": server.password}
    return environment(folder, **store)


@contextmanager
def service(env: dict[str, str]) -> Iterator[Served]:
    """A process that serves, and whose log somebody reads."""
    with serving_many("serve", env=env) as served:
        eventually(served, "/health/live")
        yield served


def release_of(served: Served) -> str:
    """The release that a service answers from."""
    answer = json.loads(served.get("/graphql?query=%7Brelease%7Bid%7D%7D"))
    return str(answer["data"]["release"]["id"])


def ready(served: Served) -> dict[str, str]:
    """What a service says that is ready; an error for one that is not."""
    found: dict[str, str] = json.loads(served.get("/health/ready"))
    return found


class Answer(NamedTuple):
    """What a client got, and how long it waited."""

    status: int
    body: bytes
    seconds: float


class Client(threading.Thread):
    """Asks one question over and over on one connection."""

    def __init__(self, served: Served) -> None:
        super().__init__(daemon=True)
        self._address = urlsplit(served.url).netloc
        self._stopped = threading.Event()
        self.answers: list[Answer] = []
        self.failure: Exception | None = None

    def run(self) -> None:
        connection = HTTPConnection(self._address, timeout=30)
        try:
            while not self._stopped.wait(BETWEEN):
                self.answers.append(self._ask(connection))
        except Exception as error:  # noqa: BLE001 told by `stop`
            self.failure = error
        finally:
            connection.close()

    def stop(self) -> None:
        """End, and say what went wrong."""
        self._stopped.set()
        self.join()
        if self.failure:
            raise self.failure

    def _ask(self, connection: HTTPConnection) -> Answer:
        begin = time.perf_counter()
        connection.request("POST", "/graphql", BODY, {"Content-Type": "application/json"})
        response = connection.getresponse()
        body = response.read()
        return Answer(response.status, body, time.perf_counter() - begin)


class Clients:
    """Some clients of some services."""

    def __init__(self, *services: Served, each: int = 2) -> None:
        self.clients = [Client(served) for served in services for _ in range(each)]

    def __enter__(self) -> Self:
        for client in self.clients:
            client.start()
        return self

    def __exit__(self, *_: object) -> None:
        with ExitStack() as stack:
            for client in self.clients:
                stack.callback(client.stop)

    @property
    def slowest(self) -> float:
        """How long the answer took that took longest."""
        return max(answer.seconds for client in self.clients for answer in client.answers)

    def check(self, numbers: dict[str, int]) -> set[str]:
        """Every answer is one, and belongs wholly to the release it names; the releases that were named.

        `numbers` has the number of the made-up content of each release.
        """
        seen: set[str] = set()
        for client in self.clients:
            named = []
            for status, body, _ in client.answers:
                answer = json.loads(body)
                assert status == 200
                assert "errors" not in answer
                named.append(answer["data"]["release"]["id"])
                check_labels(answer["data"], numbers[named[-1]])
            ordinals = [int(release[1:].partition("-")[0]) for release in named]
            assert ordinals == sorted(ordinals), "an older release answered after a newer one"
            seen.update(named)
        return seen


def check_labels(data: dict[str, Any], number: int) -> None:
    """Every label is one of this content, in which all concepts are renamed."""
    expected = [
        None if asked % ABSENT == number % ABSENT else {"label": label_of(asked, number)} for asked in ASKED
    ]
    assert data["nodes"] == expected
    labels = [node["label"] for node in data["skills"]["nodes"]]
    assert len(labels) == 50
    assert all(label.endswith(f" i utgåva {number}") for label in labels)
