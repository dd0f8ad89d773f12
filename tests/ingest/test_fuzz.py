"""Hostile files: a load of one either works or says in a sentence which file is wrong."""

import copy
import shutil
import string
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taxonomy.ingest.manifest import local_manifests, read_recipe
from taxonomy.ingest.pipeline import gather, refuse_errors
from taxonomy.model.errors import FailedChecks, TaxonomyError
from tests.ingest.recipes import ODD, SAMPLE, SAMPLE_DATA, recipe_of

FILES = sorted(path.relative_to(SAMPLE_DATA).as_posix() for path in SAMPLE_DATA.rglob("*.json"))
TABLES = sorted(path.relative_to(SAMPLE_DATA).as_posix() for path in SAMPLE_DATA.rglob("*.csv"))
VALUES = {name: orjson.loads((SAMPLE_DATA / name).read_bytes()) for name in FILES}
WORKBOOK = "ssyk/ssyk2012_en.xlsx"
KEYS = ["id", "type", "preferred_label", "related", "narrower", "definition", "deprecated", "code", "label"]

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    | st.sampled_from(["bXNH_MNX_dUR", "occupation-name", "skill", "", "2512"])
)
json_values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS) | st.text(string.ascii_letters, max_size=3), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path, *(place for key, member in members for place in places(member, (*path, key)))]


PLACES = {name: places(value) for name, value in VALUES.items()}


def replaced(value: Any, path: tuple[Any, ...], new: object) -> Any:
    if not path:
        return new
    value = copy.deepcopy(value)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = new
    return value


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(SAMPLE_DATA, tmp_path_factory.mktemp("fuzz") / "data")


def complaint(folder: Path) -> str | None:
    """What a load says of a file that it cannot use; errors in the data name their file themselves."""
    try:
        refuse_errors(gather(read_recipe(SAMPLE), folder)[1].findings)
    except FailedChecks:
        return None
    except TaxonomyError as error:
        return str(error)
    return None


def loads_or_names(folder: Path, name: str) -> None:
    said = complaint(folder)
    shutil.copyfile(SAMPLE_DATA / name, folder / name)
    assert said is None or (name in said and "\n" not in said)


def test_a_random_value_at_a_random_place_is_loaded_or_told(folder: Path) -> None:
    @given(st.data())
    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    def loaded_or_told(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(FILES))
        place = data.draw(st.sampled_from(PLACES[name]))
        spoilt = replaced(VALUES[name], place, data.draw(json_values))
        (folder / name).write_bytes(orjson.dumps(spoilt))
        loads_or_names(folder, name)

    loaded_or_told()


def test_a_spoilt_byte_or_a_cut_file_is_loaded_or_told(folder: Path) -> None:
    @given(st.data())
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def loaded_or_told(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from([*FILES, *TABLES, WORKBOOK]))
        content = bytearray((SAMPLE_DATA / name).read_bytes())
        at = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            content[at] = data.draw(st.integers(0, 255))
        else:
            del content[at:]
        (folder / name).write_bytes(content)
        loads_or_names(folder, name)

    loaded_or_told()


pieces = st.sampled_from(
    ['"', ",", "\n", "\r\n", "\r", ";", "\0", "\t", "\u2028", "no relation", "esco:skill/1"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def test_a_random_piece_in_a_table_is_loaded_or_told(folder: Path) -> None:
    @given(st.data())
    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    def loaded_or_told(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(TABLES))
        text = (SAMPLE_DATA / name).read_bytes().decode()
        at, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 40))
        spoilt = text[:at] + data.draw(pieces) + text[at + length :]
        (folder / name).write_bytes(spoilt.encode())
        loads_or_names(folder, name)

    loaded_or_told()


def test_a_random_piece_in_a_reviewers_file_is_read_or_told(tmp_path: Path) -> None:
    path = tmp_path / "fuzz.sssom.tsv"
    text = (ODD / "removed.sssom.tsv").read_text("utf-8")

    @given(st.integers(0, len(text)), st.integers(0, 40), pieces)
    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    def read_or_told(at: int, length: int, piece: str) -> None:
        path.write_bytes((text[:at] + piece + text[at + length :]).encode())
        said = path.name
        try:
            gather(recipe_of(*local_manifests(tmp_path)), tmp_path)
        except TaxonomyError as error:
            said = str(error)
        assert path.name in said
        assert "\n" not in said

    read_or_told()
