"""The web application over the sample."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from taxonomy.compose import asgi
from tests.gql.service import Service, opened, publish, settings_in

if TYPE_CHECKING:
    from pathlib import Path

    from taxonomy.config import Settings


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> "Settings":
    """Settings of a store that holds the sample."""
    found = settings_in(tmp_path_factory.mktemp("web"))
    publish(found)
    return found


@pytest.fixture(scope="session")
def service(settings: "Settings") -> Service:
    """What the application answers from."""
    return opened(settings)


@pytest.fixture(scope="session")
def client(settings: "Settings") -> Iterator[TestClient]:
    """A client of the application; what goes wrong inside is a 500, as for any client."""
    with TestClient(asgi(settings), raise_server_exceptions=False) as found:
        yield found


@pytest.fixture
def empty(tmp_path: "Path") -> Iterator[TestClient]:
    """A client of the application over a store without a release."""
    with TestClient(asgi(settings_in(tmp_path)), raise_server_exceptions=False) as found:
        yield found
