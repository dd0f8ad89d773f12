"""compose.yaml and Dockerfile, as far as they can be compared with the code without Docker."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from neo4j_server import server
from taxonomy.config import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = (ROOT / "compose.yaml").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
ALLOWED = (ROOT / ".dockerignore").read_text("utf-8")


def test_every_variable_that_compose_takes_has_a_default_or_is_demanded() -> None:
    taken = re.findall(r"(?<!\$)\$\{?(\w+)([^}]*)", COMPOSE)
    assert {name for name, _ in taken} == {"TAXONOMY_NEO4J_PASSWORD"}
    assert [rest for _, rest in taken if not rest.startswith((":?", ":-"))] == []


def test_the_containers_set_settings_that_there_are() -> None:
    known = {setting.variable for setting in SETTINGS}
    assert set(re.findall(r"TAXONOMY_\w+", COMPOSE + DOCKERFILE)) - known == set()


def test_neo4j_is_as_careful_in_its_container_as_under_make() -> None:
    names = re.findall(r"^ +NEO4J_([a-z]\w+): \"?([\w]+)", COMPOSE, re.MULTILINE)
    # The image's own way to write a setting's name: . as _ and _ as __.
    container = {
        re.sub("_+", lambda run: "." if run[0] == "_" else "_", name): value for name, value in names
    }
    assert container.pop("server.memory.heap.initial_size") == container.pop("server.memory.heap.max_size")
    assert container.items() <= server.SETTINGS.items()
    assert "dbms.security.allow_csv_import_from_file_urls" in container


def test_the_image_copies_what_there_is_and_what_is_let_through() -> None:
    sources = [
        word
        for words in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for word in words.split()
    ]
    allowed = re.findall(r"^!(.+)$", ALLOWED, re.MULTILINE)
    assert sources
    assert [name for name in [*sources, *allowed] if not (ROOT / name).exists()] == []
    assert [name for name in sources if name != "." and not name.startswith(tuple(allowed))] == []


@pytest.mark.skipif(shutil.which("docker") is None, reason="there is no docker on PATH")
def test_compose_understands_the_file() -> None:
    words = ["docker", "compose", "--file", str(ROOT / "compose.yaml"), "config", "--quiet"]
    if subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode:  # noqa: S607
        pytest.skip("this docker has no compose")
    bare = {name: value for name, value in os.environ.items() if not name.startswith("TAXONOMY_")}
    given = {**bare, "TAXONOMY_NEO4J_PASSWORD": "12345678"}
    with_it, without = (
        subprocess.run(words, env=env, capture_output=True, text=True, check=False) for env in (given, bare)
    )
    assert with_it.returncode == 0, with_it.stderr
    assert "set TAXONOMY_NEO4J_PASSWORD" in without.stderr
