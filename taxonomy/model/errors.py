"""Everything that can go wrong, in one tree and one table.

A `TaxonomyError` says in its text what happened, where, and what to do about it. `PROBLEMS` holds
for each code the HTTP status and a title; GraphQL, problem+json and the command line only format it.
"""

from typing import ClassVar, Final, NamedTuple


class Problem(NamedTuple):
    """How one error code is told to the world: HTTP status and a one-line title."""

    status: int
    title: str


PROBLEMS: Final[dict[str, Problem]] = {
    "BAD_INPUT": Problem(400, "An argument or a document is not valid"),
    "BAD_CURSOR": Problem(400, "The cursor does not belong to this list"),
    "STALE_CURSOR": Problem(400, "The cursor belongs to another release"),
    "UNKNOWN_RELEASE": Problem(404, "There is no such release"),
    "NOT_FOUND": Problem(404, "There is nothing at this address"),
    "METHOD_NOT_ALLOWED": Problem(405, "This address does not take that method"),
    "NOT_ACCEPTABLE": Problem(406, "None of the accepted media types can be given"),
    "TOO_LARGE": Problem(413, "The request body is too large"),
    "UNSUPPORTED_MEDIA_TYPE": Problem(415, "The request body has a media type that is not understood"),
    "TOO_LONG": Problem(422, "The document or a list in it is too long"),
    "TOO_DEEP": Problem(422, "The document is nested too deeply"),
    "TOO_COMPLEX": Problem(422, "The operation costs more than is allowed"),
    "RESULT_TOO_LARGE": Problem(422, "The result is larger than is allowed"),
    "BAD_SOURCE": Problem(500, "A source file cannot be used"),
    "FAILED_CHECKS": Problem(500, "The data has errors"),
    "BAD_SETTING": Problem(500, "A setting is not valid"),
    "LOAD_RUNNING": Problem(503, "Another load is running"),
    "STORE": Problem(503, "The store cannot do that"),
    "UNAVAILABLE": Problem(503, "The service cannot answer now"),
    "TIMEOUT": Problem(503, "The operation took longer than is allowed"),
    "INTERNAL": Problem(500, "Something went wrong on our side"),
}


class TaxonomyError(Exception):
    """Root of all expected errors; `str()` of one is a sentence for the person who reads it."""

    code: ClassVar[str] = "INTERNAL"

    @property
    def problem(self) -> Problem:
        """Status and title of this kind of error."""
        return PROBLEMS[self.code]


class BadInput(TaxonomyError):
    """An argument a caller gave is not valid."""

    code = "BAD_INPUT"


class BadCursor(TaxonomyError):
    """A cursor that this list did not give out."""

    code = "BAD_CURSOR"


class StaleCursor(TaxonomyError):
    """A cursor given out by the same list of another release."""

    code = "STALE_CURSOR"


class UnknownRelease(TaxonomyError):
    """A release id that the store does not have."""

    code = "UNKNOWN_RELEASE"


class NotFound(TaxonomyError):
    """An address or a name that leads nowhere."""

    code = "NOT_FOUND"


class TooLong(TaxonomyError):
    """More tokens, characters or list elements than allowed."""

    code = "TOO_LONG"


class TooDeep(TaxonomyError):
    """A document nested deeper than allowed."""

    code = "TOO_DEEP"


class TooComplex(TaxonomyError):
    """An operation dearer than allowed."""

    code = "TOO_COMPLEX"


class ResultTooLarge(TaxonomyError):
    """A result with more bytes than allowed."""

    code = "RESULT_TOO_LARGE"


class NotAcceptable(TaxonomyError):
    """None of the media types that a client accepts is one of the result."""

    code = "NOT_ACCEPTABLE"


class TimedOut(TaxonomyError):
    """An operation that ran out of time."""

    code = "TIMEOUT"


class Unavailable(TaxonomyError):
    """The service has nothing to answer from, or too much to do."""

    code = "UNAVAILABLE"


class BadSource(TaxonomyError):
    """A manifest, a recipe or a source file that cannot be read as what it should be."""

    code = "BAD_SOURCE"


class FailedChecks(TaxonomyError):
    """Errors found in staged data: nothing was published."""

    code = "FAILED_CHECKS"


class BadSetting(TaxonomyError):
    """A setting with a value that it cannot have."""

    code = "BAD_SETTING"


class LoadRunning(TaxonomyError):
    """Somebody else holds the load lock."""

    code = "LOAD_RUNNING"


class StoreError(TaxonomyError):
    """The store is unreachable, full, damaged or of another version."""

    code = "STORE"
