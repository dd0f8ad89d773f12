"""Services over the sample and over the publishers' files."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.gql.service import Service, opened, publish, settings_in

if TYPE_CHECKING:
    from pathlib import Path

# A busy machine is no failure: laws have no deadline of their own, pytest's time limit stays.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

UNBOUNDED = {"max_cost": 10**12, "time_limit": 600.0}
"""For laws that look at everything at once; the limits have tests of their own."""


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The sample, with the limits of the defaults."""
    settings = settings_in(tmp_path_factory.mktemp("sample"))
    publish(settings)
    return opened(settings)


@pytest.fixture(scope="session")
def generous(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The sample, with hardly any limit."""
    settings = settings_in(tmp_path_factory.mktemp("generous"), **UNBOUNDED)
    publish(settings)
    return opened(settings)


@pytest.fixture(scope="session", params=["sample", pytest.param("real", marks=pytest.mark.real)])
def everything(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The sample, then the publishers' files, with hardly any limit: what laws are tried on."""
    settings = settings_in(tmp_path_factory.mktemp("everything"), **UNBOUNDED)
    data: Path | None = request.getfixturevalue("real_data") if request.param == "real" else None
    publish(settings, None, data)
    return opened(settings)
