"""A store with the sample, and the command run within this process."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from taxonomy.cli import main
from tests.cli.command import Outcome, environment, run

Taxonomy: TypeAlias = Callable[..., Outcome]


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that holds the sample; nobody may change it."""
    folder = tmp_path_factory.mktemp("sample")
    outcome = run("load", env=environment(folder), cwd=folder)
    assert outcome.status == 0, outcome.err
    return folder


@pytest.fixture
def taxonomy(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Taxonomy:
    """Run the command in this process, in an empty folder: `taxonomy("show", id, folder=sample_folder)`."""

    def command(*words: str, folder: Path = tmp_path, **variables: str) -> Outcome:
        monkeypatch.chdir(tmp_path)
        for name in [name for name in os.environ if name.startswith("TAXONOMY_")]:
            monkeypatch.delenv(name)
        for name, value in environment(folder, **variables).items():
            monkeypatch.setenv(name, value)
        capfd.readouterr()
        try:
            status = main(words)
        except SystemExit as end:
            status = int(end.code or 0)
        return Outcome(status, *capfd.readouterr())

    return command
