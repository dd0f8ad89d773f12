"""What is asked and answered, and within which limits."""

from collections.abc import Sequence
from typing import IO, NamedTuple


class Limits(NamedTuple):
    """What a query may take: seconds, bytes of memory and of result, characters.

    `workers` queries that take long run at once, and as many short ones beside them; of either sort `waiting`
    may wait.
    """

    seconds: float = 10.0
    memory: int = 512 << 20
    result: int = 32 << 20
    characters: int = 65_536
    workers: int = 2
    waiting: int = 32


class Question(NamedTuple):
    """A query, the graphs that it is asked of if it does not say so, and the media types of its result.

    `solutions` is for SELECT and ASK, `graphs` for CONSTRUCT and DESCRIBE; nothing where none is taken.
    """

    query: str
    default: Sequence[str] = ()
    named: Sequence[str] = ()
    solutions: str = "application/sparql-results+json"
    graphs: str = "text/turtle"


class Result(NamedTuple):
    """A whole result: its media type, its size in bytes, and the bytes or a file that has them."""

    media_type: str
    size: int
    content: bytes | IO[bytes]

    def read(self) -> bytes:
        """All of it, once."""
        if isinstance(self.content, bytes):
            return self.content
        with self.content as file:
            return file.read()
