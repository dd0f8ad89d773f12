"""Settings: one table of names, defaults and meanings; a frozen value made of it."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from taxonomy.model.errors import BadSetting


class Setting(NamedTuple):
    """One setting: its name in the environment without `TAXONOMY_`, its default, and what it means."""

    name: str
    default: str | int | float
    help: str

    @property
    def variable(self) -> str:
        return f"TAXONOMY_{self.name}"


SETTINGS: Final = (
    Setting("STORE", "sqlite:///var/taxonomy.db", "Where releases are kept: `sqlite:///` and the path of a file."),
    Setting("DATA", "", "Folder of the publishers' files, laid out as `loaders/README.md` says."),
    Setting("CACHE", "var/cache", "Folder for compiled snapshots; it can be deleted at any time."),
    Setting("HOST", "127.0.0.1", "Address that the server listens on."),
    Setting("PORT", 8000, "Port that the server listens on."),
    Setting("POLL_SECONDS", 2.0, "How often the server looks for a new release."),
    Setting("OLDER_RELEASES", 2, "How many releases other than the current one are open at once."),
    Setting("MEMORY_MB", 1500, "Resident memory above which no further release is opened."),
    Setting("MAX_BODY", 262_144, "Longest body of a request, in bytes."),
    Setting("MAX_CHARACTERS", 65_536, "Longest GraphQL document, in characters."),
    Setting("MAX_TOKENS", 4_000, "Most tokens of a GraphQL document."),
    Setting("MAX_DEPTH", 16, "Deepest selection of a GraphQL document."),
    Setting("MAX_ALIASES", 60, "Most aliases of a GraphQL document."),
    Setting("MAX_REPEATS", 10, "How often one name may be selected in one place of a GraphQL document."),
    Setting("MAX_FRAGMENTS", 40, "Most fragments of a GraphQL document."),
    Setting("MAX_COST", 200_000, "Dearest GraphQL operation; 1 is about five microseconds of computing."),
    Setting("MAX_LIST", 1_000, "Longest list in the variables of a GraphQL operation."),
    Setting("TIME_LIMIT", 10.0, "Seconds after which a GraphQL operation is stopped."),
    Setting("MAX_WAITING", 32, "How many dear operations may wait for their turn before others are refused."),
)
"""All settings, in the order in which they are documented."""


class Settings(NamedTuple):
    """The settings of one process; the fields are the names of `SETTINGS` in lower case."""

    store: str
    data: str
    cache: str
    host: str
    port: int
    poll_seconds: float
    older_releases: int
    memory_mb: int
    max_body: int
    max_characters: int
    max_tokens: int
    max_depth: int
    max_aliases: int
    max_repeats: int
    max_fragments: int
    max_cost: int
    max_list: int
    time_limit: float
    max_waiting: int


def read_settings(environ: Mapping[str, str], **flags: str | int | None) -> Settings:
    """Settings from flags (by field name, None for not given), else the environment, else the defaults.

    Raises `BadSetting` for a number that is none or is negative, and for a misspelt variable.
    """
    known = {setting.variable for setting in SETTINGS}
    for name in environ:
        if name.startswith("TAXONOMY_") and name not in known and not name.startswith(_NOT_OURS):
            raise BadSetting(f"{name} is no setting; `taxonomy --help` and docs/settings.md list them")
    values = {}
    for setting in SETTINGS:
        field = setting.name.lower()
        given = flags.get(field)
        text = environ.get(setting.variable, "") if given is None else given
        values[field] = _value(setting, text)
    return Settings(**values)  # type: ignore[arg-type]


_NOT_OURS: Final = ("TAXONOMY_REQUIRE_", "TAXONOMY_TEST_")


def _value(setting: Setting, text: str | int) -> str | int | float:
    if text == "":
        return setting.default
    kind = type(setting.default)
    try:
        value = kind(text)
    except ValueError:
        raise BadSetting(f"{setting.variable} must be a number, not {text!r}") from None
    if isinstance(value, int | float) and value < 0:
        raise BadSetting(f"{setting.variable} must not be negative, as {value} is")
    return value
