"""A service over a published release, as tests ask it: the real executor over a real snapshot."""

from pathlib import Path
from typing import Any, NamedTuple

import orjson

from taxonomy.compose import graphql_executor, load_release, open_shelf, open_store, recipe_for
from taxonomy.config import Settings, read_settings
from taxonomy.declarations import OPERATIONS
from taxonomy.gql.execute import Answer, Executor, Request
from taxonomy.ingest.pipeline import no_progress
from taxonomy.model.release import Release
from taxonomy.services.shelf import Current, resident_bytes
from taxonomy.snapshot import Snapshot


class Service(NamedTuple):
    """What answers, and from what."""

    executor: Executor
    current: Current

    def __repr__(self) -> str:
        return f"<the service over {self.release.id}>"

    @property
    def snapshot(self) -> Snapshot:
        return self.current.snapshot

    @property
    def release(self) -> Release:
        return self.snapshot.release

    def answer(
        self, query: str, variables: dict[str, Any] | None = None, operation: str | None = None
    ) -> Answer:
        """Status and body, whatever they are."""
        request = Request(query, operation, variables)
        return self.executor.answer(request, self.snapshot, self.current.releases)

    def ask(self, query: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        status, body = self.answer(query, variables)
        assert "errors" not in body, body["errors"]
        assert status == 200
        return body["data"]

    def codes(self, query: str, variables: dict[str, Any] | None = None) -> list[str]:
        """The codes of the errors of an answer."""
        return [error["extensions"]["code"] for error in self.answer(query, variables).body.get("errors", [])]

    def pages(self, query: str, path: str, first: int, **variables: Any) -> list[Any]:
        """All edges of a connection, read page by page; `query` takes `$first` and `$after`."""
        found: list[Any] = []
        after: str | None = None
        while True:
            data = self.ask(query, first=first, after=after, **variables)
            for name in path.split("."):
                data = data[name]
            assert len(data["edges"]) <= first
            found += data["edges"]
            after = data["pageInfo"]["endCursor"]
            if not data["pageInfo"]["hasNextPage"]:
                assert data["totalCount"] == len(found)
                return found


def settings_in(folder: Path, **settings: Any) -> Settings:
    """Settings with store and cache in a folder; a test process is large for other reasons than releases."""
    store, cache = f"sqlite:///{folder / 'taxonomy.db'}", str(folder / "cache")
    defaults = read_settings({}, store=store, cache=cache)
    roomy = (resident_bytes() >> 20) + defaults.memory_mb
    return defaults._replace(**{"memory_mb": roomy} | settings)


def publish(settings: Settings, recipe: Path | None = None, data: Path | None = None) -> None:
    """Load a recipe (the sample) into the store of the settings."""
    load_release(settings, *recipe_for(recipe, data), no_progress)


def opened(settings: Settings) -> Service:
    """The service over what is published."""
    return Service(graphql_executor(settings), open_shelf(settings, open_store(settings)).current())


class Operation(NamedTuple):
    """A named operation with its example variables."""

    name: str
    query: str
    variables: dict[str, Any]


def operations() -> list[Operation]:
    """All named operations."""
    found = []
    for path in sorted(OPERATIONS.glob("*.graphql")):
        example = path.with_suffix(".json")
        variables = orjson.loads(example.read_bytes()) if example.is_file() else {}
        found.append(Operation(path.stem, path.read_text("utf-8"), variables))
    return found
