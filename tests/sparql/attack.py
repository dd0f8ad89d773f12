"""Eight hostile clients at once: `python -m tests.sparql.attack ADDRESS ROUNDS`, in a process of their own.

What they were told goes to stdout as JSON, a list of `[name, status, code, whole]`; `whole` is whether all
bytes came that the answer promised.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import orjson

from tests.sparql.hostile import HOSTILE

CLIENTS: Final = 8
_PIECE: Final = 1 << 20
_PATIENCE: Final = 60.0


class Told(NamedTuple):
    """What a hostile query was answered with; `code` is that of a problem, `status` 0 where nothing came."""

    name: str
    status: int
    code: str
    whole: bool


def ask(address: str, name: str) -> Told:
    """Send a hostile query on a connection of its own, and read the answer to its end."""
    parts = urlsplit(address)
    with closing(HTTPConnection(str(parts.hostname), parts.port, timeout=_PATIENCE)) as connection:
        # Who is refused while sending finds the answer there.
        with suppress(ConnectionError):
            connection.request(
                "POST", "/sparql", HOSTILE[name].encode(), {"Content-Type": "application/sparql-query"}
            )
        try:
            answer = connection.getresponse()
        except ConnectionError:
            return Told(name, 0, "", whole=False)
        problem = answer.headers.get_content_type() == "application/problem+json"
        try:
            head = answer.read(_PIECE)
            while answer.read(_PIECE):
                pass
        except HTTPException:
            return Told(name, answer.status, "", whole=False)
        code = orjson.loads(head)["code"] if problem else ""
        return Told(name, answer.status, code, whole=True)


def main() -> None:
    """Ask all of them, so many times."""
    address, rounds = sys.argv[1], int(sys.argv[2])
    names = list(HOSTILE) * rounds
    with ThreadPoolExecutor(CLIENTS) as clients:
        told = list(clients.map(lambda name: ask(address, name), names))
    sys.stdout.buffer.write(orjson.dumps([list(each) for each in told]))


if __name__ == "__main__":
    main()
