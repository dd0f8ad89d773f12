"""The process in which queries run: `python -m taxonomy.sparql.worker`.

It opens one store, says so, and answers one question after the other, until it is killed or its parent ends.
Its order, a JSON object on the command line, has: `socket` (a file descriptor), `parent`, `store`, and the
limits `memory`, `result` (bytes) and `characters`.
"""

import io
import json
import os
import socket
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pyoxigraph as ox

from taxonomy.model.errors import TaxonomyError
from taxonomy.sparql.formats import GRAPHS, SOLUTIONS
from taxonomy.sparql.frames import HEAD, packed
from taxonomy.sparql.guard import Guarded, guarded
from taxonomy.sparql.isolation import die_with, give_up_network, limit_memory

_WITH_PREFIXES: Final = frozenset(("text/turtle", "application/trig"))


class _Failure(Exception):
    """A question that is answered with a code and a sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class _Result(io.BytesIO):
    """Takes a result as long as it is not too large."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._most:
            raise _Failure("RESULT_TOO_LARGE", f"the result has more than {self._most} bytes: ask for less")
        return super().write(data)


class _Worker:
    def __init__(self, store: ox.Store, characters: int, result: int) -> None:
        self._store = store
        self._characters = characters
        self._result = result

    def answer(self, question: dict[str, Any]) -> tuple[dict[str, Any], bytes | memoryview]:
        """The facts of an answer (`type`, or `code` and `detail`), and the result."""
        try:
            query = guarded(question["query"], self._characters)
            media_type = question["solutions" if query.form in ("SELECT", "ASK") else "graphs"]
            if not media_type:
                taken = ", ".join(SOLUTIONS if query.form in ("SELECT", "ASK") else GRAPHS)
                return _failed("NOT_ACCEPTABLE", f"the result of {query.form} is given as {taken}")
            with _explained(query):
                body = self._evaluated(query, question["default"], question["named"], media_type)
        except _Failure as failure:
            return _failed(failure.code, str(failure))
        except TaxonomyError as error:
            return _failed(error.code, str(error))
        except MemoryError:
            os._exit(1)  # the parent knows what to say of a worker that ended
        return {"type": media_type}, body

    def _evaluated(self, query: Guarded, default: list[str], named: list[str], media_type: str) -> memoryview:
        dataset: dict[str, Any] = {"base_iri": query.base or None}
        if default or named:
            # Who names graphs of one sort has none of the other.
            dataset["default_graph"] = [ox.NamedNode(iri) for iri in default]
            dataset["named_graphs"] = [ox.NamedNode(iri) for iri in named]
        elif not query.has_dataset:
            dataset["use_default_graph_as_union"] = True
        found = self._store.query(query.text, **dataset)
        result = _Result(self._result)
        if not isinstance(found, ox.QueryTriples):
            found.serialize(result, SOLUTIONS[media_type])
        elif media_type in _WITH_PREFIXES:
            ox.serialize(found, result, GRAPHS[media_type], prefixes=dict(query.prefixes))
        else:
            found.serialize(result, GRAPHS[media_type])
        return result.getbuffer()


@contextmanager
def _explained(query: Guarded) -> Iterator[None]:
    """What the engine raises, in our words."""
    try:
        yield
    except SyntaxError as error:
        raise _Failure("BAD_INPUT", query.explained(str(error))) from error
    except (ValueError, RuntimeError) as error:
        raise _Failure("BAD_INPUT", f"the query cannot be evaluated: {error}") from error
    except OSError as error:
        raise _Failure("STORE", f"the store cannot be read: {error}") from error


def _failed(code: str, detail: str) -> tuple[dict[str, Any], bytes]:
    return {"code": code, "detail": detail}, b""


def main(order: dict[str, Any]) -> None:
    """Answer until the other end of the socket is closed."""
    die_with(order["parent"])
    line = socket.socket(fileno=order["socket"])
    network = give_up_network()
    try:
        store = ox.Store.read_only(order["store"])
    except (OSError, ValueError) as error:
        _send(line, *_failed("STORE", f"the store cannot be opened: {error}"))
        return
    limit_memory(order["memory"])
    _send(line, {"network": network, "thread": threading.get_native_id()}, b"")
    worker = _Worker(store, order["characters"], order["result"])
    with line.makefile("rb") as asked:
        while head := asked.read(HEAD.size):
            length, _ = HEAD.unpack(head)
            question = json.loads(asked.read(length))
            try:
                answer = worker.answer(question)
            except Exception:  # noqa: BLE001 the parent logs what nobody expected, and goes on
                answer = _failed("INTERNAL", traceback.format_exc())
            _send(line, *answer)


def _send(line: socket.socket, facts: dict[str, Any], body: bytes | memoryview) -> None:
    for piece in packed(facts, body):
        line.sendall(piece)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
