"""Fixtures of the tests that do harm: random moments, and what a store complains of."""

import logging
import random
import re
import traceback
from collections.abc import Callable
from typing import TypeAlias

import pytest

from taxonomy.model.errors import StoreError

Complaint: TypeAlias = Callable[..., str]


@pytest.fixture
def moments(neo4j_version: str) -> random.Random:
    return random.Random(f"moments of {neo4j_version}")  # noqa: S311 nothing secret


@pytest.fixture
def complaint(caplog: pytest.LogCaptureFixture) -> Complaint:
    """What a store says that cannot do something: one sentence, and nowhere a password."""
    caplog.set_level(logging.DEBUG, logger="neo4j")

    def of(work: Callable[[], object], password: str, kind: type[Exception] = StoreError) -> str:
        caplog.clear()
        with pytest.raises(kind) as refused:
            work()
        said = str(refused.value)
        assert re.match(r"(bolt|neo4j)://\S+", said), said
        assert 40 < len(said) < 500
        assert "\n" not in said
        assert not re.search(r"neo4j_code|IPv4Address|Neo\.|Error", said), said
        everywhere = (said, repr(refused.value), "".join(traceback.format_exception(refused.value)))
        assert not any(password in text for text in (*everywhere, caplog.text))
        return said

    return of
