"""A query of one release without a service: in a worker that begins and ends with it."""

import asyncio
from contextlib import closing
from pathlib import Path

from taxonomy.model.errors import StoreError
from taxonomy.model.release import Release
from taxonomy.sparql.question import Limits, Question, Result
from taxonomy.sparql.stores import Stores, Told
from taxonomy.sparql.workers import Workers


class LocalSparql:
    """Answers from the stores that a service answers from, within the limits that it sets."""

    def __init__(self, stores: Stores, limits: Limits) -> None:
        self._stores = stores
        self._limits = limits

    def has(self, release: Release) -> bool:
        """Whether a release can be asked at once."""
        return self._stores.has(release)

    def make(self, release: Release, releases: tuple[Release, ...], tell: Told) -> None:
        """Make the store of one of the releases, of which the last is the current one.

        The current one's is made in place of all others. Raises `StoreError`.
        """
        self._stores.made(release, tell)
        if release == releases[-1]:
            self._stores.keep_only(release, releases)

    def answer(self, release: Release, question: Question) -> Result:
        """The result of a query; raises what `Workers.ask` raises.

        A store that is damaged is removed, so that the next call of `make` makes it anew.
        """
        try:
            return asyncio.run(_asked(self._stores.path(release), self._limits, question))
        except StoreError:
            self._stores.discard(release)
            raise


async def _asked(store: Path, limits: Limits, question: Question) -> Result:
    with closing(Workers(store, limits)) as workers:
        return await workers.ask(question)
