"""One Neo4j database: the driver, its transactions, and its errors in our words."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    DatabaseUnavailable,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from taxonomy.model.errors import StoreError

_T = TypeVar("_T")

READ_SECONDS: Final = 60.0
WRITE_SECONDS: Final = 60.0
PUBLISH_SECONDS: Final = 300.0
"""After these the server ends a transaction by itself, so that a frozen process lets go of its locks."""
_RETRY_SECONDS: Final = 3.0
_PAUSE_SECONDS: Final = 0.2

_DRIVER_LOG: Final = logging.getLogger("neo4j")
UNCHANGED: Final = "the published releases are as they were"
_SENTENCES: Final = {
    "Security.Unauthorized": "refused the user name or the password: set TAXONOMY_NEO4J_USER and"
    " TAXONOMY_NEO4J_PASSWORD",
    "Security.AuthenticationRateLimit": "had too many wrong passwords and refuses all for some seconds:"
    " correct TAXONOMY_NEO4J_PASSWORD and try again",
    "Security.CredentialsExpired": "wants its first password changed: run ALTER CURRENT USER SET PASSWORD in"
    " it, then set TAXONOMY_NEO4J_PASSWORD",
    "Database.DatabaseNotFound": "has no database of that name: set TAXONOMY_NEO4J_DATABASE",
    "General.WriteOnReadOnlyAccessDatabase": "is read-only: make the database writable, or load elsewhere;"
    f" {UNCHANGED}",
    "Statement.AccessMode": f"takes no writing here: connect to its leader; {UNCHANGED}",
    "General.MemoryPoolOutOfMemoryError": "has too little memory for this transaction: give the server more"
    f" heap (-Xmx), or end heavy queries; {UNCHANGED}",
    "Transaction.TransactionCommitFailed": "could not write: look at its disk (full?) and its log,"
    f" restart it, then load again; {UNCHANGED}",
    "Transaction.TransactionLogError": "could not write: look at its disk (full?) and its log,"
    f" restart it, then load again; {UNCHANGED}",
    "Transaction.TransactionStartFailed": "takes no transactions: look at its disk (full?) and its log,"
    f" restart it; {UNCHANGED}",
    "Schema.ConstraintValidationFailed": f"refused two nodes with one id; {UNCHANGED}",
}
_AWAY: Final = {
    "Connection refused": "nothing listens there; see that it runs",
    "DNS resolve": "there is no host of that name; correct TAXONOMY_STORE",
    "encrypted connection": "no TLS connection could be made; see that it offers TLS and a trusted"
    " certificate, or use a scheme without +s",
    "andshake response": "what listens there does not answer as Neo4j's Bolt port (7687) does; see that it"
    " runs and that the port is right",
    "connection from the pool": "it does not answer; see that it runs and is not overloaded",
    "defunct connection": "the connection broke; see that it runs, then try again",
}
"""What a person should know of the driver's words when a server cannot be reached."""
_UNREACHABLE: Final = (
    ServiceUnavailable,
    SessionExpired,
    DatabaseUnavailable,
    ConnectionAcquisitionTimeoutError,
    OSError,
)
_THERE_ALREADY: Final = "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists"
_TOOK_TOO_LONG: Final = "took too long and the server ended the transaction"


class MemoryRefused(StoreError):
    """The server has not the memory for a transaction; nothing of it was done."""


class Database:
    """A database behind one driver; made without connecting, usable from any thread."""

    def __init__(self, uri: str, *, user: str, password: str, database: str) -> None:
        self.address = f"{uri}/{database}"
        self._database = database
        # All that the driver warns of is told by our errors; without a handler Python would print it.
        if not _DRIVER_LOG.hasHandlers():
            _DRIVER_LOG.addHandler(logging.NullHandler())
        self._driver = neo4j.GraphDatabase.driver(
            uri,
            auth=(user, password),
            # What follows makes a server that is down or frozen known in seconds, not in minutes.
            connection_timeout=3,
            connection_acquisition_timeout=5,
            max_transaction_retry_time=_RETRY_SECONDS,
            liveness_check_timeout=1,
            notifications_min_severity="OFF",
            user_agent="occupation-graph",
        )

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    def read(self, work: Callable[[neo4j.ManagedTransaction], _T]) -> _T:
        """What `work` returns from one READ transaction; it may be run several times."""
        with self._errors(), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(neo4j.unit_of_work(timeout=READ_SECONDS)(work))

    def write(self, work: Callable[[neo4j.ManagedTransaction], _T]) -> _T:
        """What `work` returns from one transaction that is tried again when that is safe."""
        with self._errors(), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(neo4j.unit_of_work(timeout=WRITE_SECONDS)(work))

    def schema(self, statement: str) -> list[dict[str, Any]]:
        """The rows of one statement that must stand alone in its transaction; it may be run several times."""
        with self._errors():
            deadline = time.monotonic() + _RETRY_SECONDS
            while True:
                try:
                    with self._session(neo4j.WRITE_ACCESS) as session:
                        return session.run(neo4j.Query(statement, timeout=WRITE_SECONDS)).data()
                except ClientError as error:
                    if error.code != _THERE_ALREADY:  # another first load was quicker
                        raise
                    return []
                except TransientError:  # such as a deadlock with another first load
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(_PAUSE_SECONDS)

    @contextlib.contextmanager
    def once(self, seconds: float) -> Iterator[neo4j.Transaction]:
        """One transaction that is never tried again: committed at the end, rolled back on any error.

        Raises what the driver raises: only the caller knows what an unknown outcome means.
        """
        with (
            self._session(neo4j.WRITE_ACCESS) as session,
            session.begin_transaction(timeout=seconds) as transaction,
        ):
            yield transaction
            transaction.commit()

    def told(self, error: Exception) -> StoreError:
        """An error of the driver as a sentence, never with a password."""
        return _told(error, self.address)

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (DriverError, Neo4jError, OSError) as error:
            raise self.told(error) from error

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(database=self._database, default_access_mode=access, fetch_size=-1)


def _told(error: Exception, address: str) -> StoreError:
    code = (getattr(error, "code", None) or "").removeprefix("Neo.").partition(".")[2]
    if code == "General.MemoryPoolOutOfMemoryError":
        return MemoryRefused(f"{address} {_SENTENCES[code]}")
    if code in _SENTENCES:
        return StoreError(f"{address} {_SENTENCES[code]}")
    if "TransactionTimedOut" in code or "LockClientStopped" in code:
        return StoreError(f"{address} {_TOOK_TOO_LONG}; {UNCHANGED}")
    if isinstance(error, _UNREACHABLE):
        return StoreError(f"{address} cannot be reached: {_why_away(error)}")
    if isinstance(error, AuthError):
        return StoreError(f"{address} {_SENTENCES['Security.Unauthorized']}")
    if isinstance(error, ConfigurationError):
        return StoreError(f"{address} does not speak Bolt: give the address of Neo4j's Bolt port (7687)")
    kind = code or type(error).__name__
    again = "; try again" if isinstance(error, TransientError) else ""
    message = getattr(error, "message", None) if isinstance(error, ClientError | Neo4jError) else None
    return StoreError(f"{address}: {kind}: {_first_line(message or error)}{again}; {UNCHANGED}")


def _why_away(error: BaseException) -> str:
    words = " ".join(_all_words(error))
    known = next((told for sign, told in _AWAY.items() if sign in words), None)
    return known or f"{_first_line(error)}; see that it runs, then try again"


def _all_words(error: BaseException) -> Iterator[str]:
    """What an error says, and what caused it: a cluster's driver has the reasons in a group."""
    yield str(error)
    for inner in (*getattr(error, "exceptions", ()), error.__cause__):
        if inner is not None:
            yield from _all_words(inner)


def _first_line(text: object) -> str:
    return str(text).strip().partition("\n")[0][:300].rstrip(" .;:")
