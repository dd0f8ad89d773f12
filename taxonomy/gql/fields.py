"""How fields are made: `column` and `computed`; `pages.edges` makes connections.

A resolver is a total function of what the request reads: `(root, info, **arguments)`, where `root` is
the number of a concept or a small value, and `info.context` is a `Context`. The constructors record
what a field costs; `schema.py` hands the functions to graphql-core as they are, so that nothing of
strawberry runs while a query is executed.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from operator import attrgetter
from time import monotonic
from typing import Any, Final, NamedTuple

import strawberry

from taxonomy.model.errors import TimedOut
from taxonomy.model.release import Release
from taxonomy.snapshot import Snapshot

FACTS: Final = "taxonomy"
"""Where a field's or an argument's facts stand in its metadata."""

Arguments = Mapping[str, Any]


class Context:
    """What one request reads: a snapshot, the history of releases, and when its time is up."""

    __slots__ = ("deadline", "failed", "releases", "snapshot")

    def __init__(
        self,
        snapshot: Snapshot,
        releases: tuple[Release, ...],
        deadline: float,
        failed: Mapping[str, Exception],
    ) -> None:
        self.snapshot = snapshot
        self.releases = releases
        self.deadline = deadline
        self.failed = failed

    def check_time(self) -> None:
        """Raise `TimedOut` when the request has used up its time."""
        if monotonic() > self.deadline:
            raise TimedOut(
                "the operation ran out of time; ask for less at once, or raise TAXONOMY_TIME_LIMIT"
            )


Info = strawberry.Info[Context, None]


class ArgumentFacts(NamedTuple):
    """What the planner knows of an argument: `check` raises a `TaxonomyError` for a value it cannot have."""

    check: Callable[[Snapshot, Any], object]


class FieldFacts(NamedTuple):
    """What the planner and the executor know of a field.

    `weight` is its own cost, 1 for about five microseconds; `size` how many values it gives at most, by
    which what is selected below it is multiplied: numbers, or functions of its arguments. Of a connection
    (`page` is its default size), `edges` and `nodes` are multiplied by `first`. A `personal` field takes a
    profile or a column: it is asked by POST, and its answer is not to be stored.
    """

    resolve: Callable[..., Any]
    weight: int | Callable[[Arguments], int]
    size: int | Callable[[Arguments], int]
    page: int | None = None
    personal: bool = False


def column(resolve: Callable[..., Any], description: str, *, size: int = 1, name: str | None = None) -> Any:
    """A field that reads a column: one value, or a short list of about `size` values at most."""
    return field(FieldFacts(resolve, 1, size), description, name)


def of(read: str | Callable[[Any], Any]) -> Callable[..., Any]:
    """A resolver that reads an attribute (`"row.direction"`) or a function of the value itself."""
    getter = attrgetter(read) if isinstance(read, str) else read

    def resolve(root: Any, info: Info) -> Any:
        return getter(root)

    return resolve


def computed(
    resolve: Callable[..., Any],
    description: str,
    *,
    weight: int | Callable[[Arguments], int],
    size: int | Callable[[Arguments], int] = 1,
    personal: bool = False,
) -> Any:
    """A field that asks a service; `weight` follows from its measured time."""

    @wraps(resolve)
    def timed(root: Any, info: Info, **arguments: Any) -> Any:
        info.context.check_time()
        return resolve(root, info, **arguments)

    return field(FieldFacts(timed, weight, size, personal=personal), description)


def field(facts: FieldFacts, description: str, name: str | None = None) -> Any:
    """A strawberry field that carries its facts."""
    return strawberry.field(
        resolver=facts.resolve, name=name, description=description, metadata={FACTS: facts}
    )
