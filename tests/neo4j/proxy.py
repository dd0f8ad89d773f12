"""A TCP proxy before a Neo4j server that cuts connections: when told to, or at a commit that it sees pass."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""Bolt's message COMMIT: a chunk of two bytes (a structure without fields, its tag), and the last chunk."""

_PIECE = 65_536
_RESET = struct.pack("ii", 1, 0)


class Connection:
    """One client's connection, and the one made for it to the server."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.client, self.server = client, server
        self.answer_is_lost = False
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or every small piece waits for 40 ms

    def cut(self) -> None:
        """Reset both."""
        for end in (self.client, self.server):
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class Proxy:
    """Passes bytes on between a port of its own and another.

    The connection is cut on which the commit number `cut_at` passes, counted over all connections from 1:
    before the server has it or, when `done`, when the server has done it and only its answer is lost. For
    `away` seconds after that cut nobody is let in.
    """

    def __init__(self, port: int, *, cut_at: int = 0, done: bool = False, away: float = 0) -> None:
        self._target = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[Connection] = []
        self._done = done
        self._away = away
        self._lets_in = threading.Event()
        self._lets_in.set()
        self.cut_at = cut_at
        self.commits = 0

    @property
    def address(self) -> str:
        return f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts, as closing does not
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """Reset every connection."""
        while self._open:
            self._open.pop().cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self._lets_in.is_set():
                    self._connect(client)
                else:
                    client.close()

    def _connect(self, client: socket.socket) -> None:
        try:
            connection = Connection(client, socket.create_connection(self._target))
        except OSError:
            client.close()
            return
        self._open.append(connection)
        for work in (self._to_server, self._to_client):
            threading.Thread(target=self._pass_on, args=(work, connection), daemon=True).start()

    def _pass_on(self, work: Callable[[Connection], None], connection: Connection) -> None:
        with contextlib.suppress(OSError):
            work(connection)
        connection.cut()

    def _to_server(self, connection: Connection) -> None:
        while piece := connection.client.recv(_PIECE):
            if piece.endswith(COMMIT):
                self.commits += 1
                if self.commits == self.cut_at:
                    if not self._done:
                        self._stay_away()
                        return
                    connection.answer_is_lost = True
            connection.server.sendall(piece)

    def _to_client(self, connection: Connection) -> None:
        while piece := connection.server.recv(_PIECE):
            if connection.answer_is_lost:
                self._stay_away()
                return
            connection.client.sendall(piece)

    def _stay_away(self) -> None:
        if self._away:
            self._lets_in.clear()
            back = threading.Timer(self._away, self._lets_in.set)
            back.daemon = True
            back.start()
            self.cut()
