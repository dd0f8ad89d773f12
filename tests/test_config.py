"""Settings: flags before environment before defaults, and nothing misread in silence."""

import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from taxonomy.config import SETTINGS, Secret, Setting, Settings, read_settings
from taxonomy.model.errors import BadSetting

NUMBERS = [setting for setting in SETTINGS if not isinstance(setting.default, str)]
VARIABLES = [setting.variable for setting in SETTINGS]
few = settings(max_examples=50, deadline=None)


def value_of(read: Settings, setting: Setting) -> object:
    return getattr(read, setting.name.lower())


def test_the_table_and_the_value_have_the_same_fields() -> None:
    assert [setting.name.lower() for setting in SETTINGS] == list(Settings._fields)


def test_without_anything_there_are_the_defaults() -> None:
    assert read_settings({}) == Settings(*(setting.default for setting in SETTINGS))  # type: ignore[arg-type]


def test_every_default_is_in_its_range_and_every_meaning_is_a_sentence() -> None:
    for setting in SETTINGS:
        if not isinstance(setting.default, str):
            assert setting.least <= setting.default <= setting.most
        assert setting.help.endswith(".")


def test_flags_win_over_the_environment_and_empty_values_count_as_not_given() -> None:
    environ = {"TAXONOMY_PORT": "1", "TAXONOMY_HOST": "", "TAXONOMY_STORE": "there.db"}
    read = read_settings(environ, port="2", store=None, host=None)
    assert (read.port, read.host, read.store) == (2, "127.0.0.1", "there.db")


@few
@given(st.sampled_from(NUMBERS), st.data())
def test_a_number_in_its_range_is_read_as_it_is_written(setting: Setting, data: st.DataObject) -> None:
    most = min(setting.most, 10**9)
    whole = isinstance(setting.default, int)
    numbers = st.integers(int(setting.least), int(most)) if whole else st.floats(setting.least, most)
    number = data.draw(numbers)
    assert value_of(read_settings({setting.variable: repr(number)}), setting) == number


@few
@given(st.sampled_from(NUMBERS), st.floats() | st.integers() | st.text(min_size=1))
def test_any_other_value_is_refused_with_the_name_of_the_variable(setting: Setting, given: object) -> None:
    text = str(given)
    try:
        value = value_of(read_settings({setting.variable: text}), setting)
    except BadSetting as error:
        assert setting.variable in str(error)  # noqa: PT017 either it is refused or it is in range
    else:
        assert setting.least <= float(str(value)) <= setting.most


@pytest.mark.parametrize("text", ["nan", "inf", "-inf"])
def test_what_is_hardly_a_number_is_refused(text: str) -> None:
    with pytest.raises(BadSetting, match=r"TAXONOMY_TIME_LIMIT must be from 0\.001 to 3600"):
        read_settings({"TAXONOMY_TIME_LIMIT": text})


@few
@given(st.text(string.ascii_uppercase + "_", min_size=1, max_size=20))
def test_a_variable_that_is_no_setting_is_refused(name: str) -> None:
    variable = f"TAXONOMY_{name}"
    assume(variable not in VARIABLES and not name.startswith(("TEST_", "REQUIRE_")))
    with pytest.raises(BadSetting, match=variable):
        read_settings({variable: "1"})


def test_a_misspelling_is_told_what_was_meant() -> None:
    with pytest.raises(BadSetting, match=r"did you mean TAXONOMY_MAX_DEPTH\?"):
        read_settings({"TAXONOMY_MAX_DEPHT": "3"})


def test_variables_of_others_are_none_of_our_business() -> None:
    assert read_settings({"PATH": "/bin", "TAXONOMYX": "1", "TAXONOMY_REQUIRE_REAL": "1"}) == read_settings(
        {}
    )


def test_a_secret_is_read_and_never_shown() -> None:
    read = read_settings({"TAXONOMY_NEO4J_PASSWORD": "hunter2"})
    assert read.neo4j_password == "hunter2"  # noqa: S105 not a real one
    assert type(str(read.neo4j_password)) is str
    for shown in (repr(read), str(read), f"{read}", repr(read._asdict()), repr(tuple(read))):
        assert "hunter2" not in shown
        assert "neo4j" in shown
    assert [setting.name for setting in SETTINGS if setting.secret] == ["NEO4J_PASSWORD"]
    assert repr(Secret("")) == repr("")
