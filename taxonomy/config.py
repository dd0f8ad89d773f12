"""Settings: one table of names, defaults and meanings; a frozen value made of it."""

from collections.abc import Mapping
from math import inf
from typing import Final, NamedTuple

from taxonomy.model.errors import BadSetting


class Secret(str):
    """A text that `repr`, and so a log or a traceback, never shows."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'" if self else "''"


class Setting(NamedTuple):
    """One setting: its name in the environment without `TAXONOMY_`, its default, what it means, its range.

    The value of a secret is a `Secret`.
    """

    name: str
    default: str | int | float
    help: str
    least: float = 0
    most: float = inf
    secret: bool = False

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"TAXONOMY_{self.name}"


SETTINGS: Final = (
    Setting(
        "STORE",
        "sqlite:///var/taxonomy.db",
        "Where releases are kept: `sqlite:///` and a path, a path, or a Neo4j server as `neo4j://host:7687`.",
    ),
    Setting("NEO4J_USER", "neo4j", "Who reads and writes a Neo4j store."),
    Setting("NEO4J_PASSWORD", "", "The password of that user; a Neo4j store needs one.", secret=True),
    Setting("NEO4J_DATABASE", "neo4j", "The database that is the store, among those of a Neo4j server."),
    Setting("DATA", "", "Folder of the publishers' files, for loads that do not say `--data`."),
    Setting("CACHE", "var/cache", "Folder of compiled snapshots; it can be deleted at any time."),
    Setting("HOST", "127.0.0.1", "Address that the server listens on."),
    Setting("PORT", 8000, "Port that the server listens on; 0 takes a free one.", most=65_535),
    Setting("POLL_SECONDS", 2.0, "How often the server looks for a new release.", least=0.05, most=86_400),
    Setting("OLDER_RELEASES", 2, "How many releases other than the current one are open at once."),
    Setting("MEMORY_MB", 1500, "Resident memory above which no further release is opened."),
    Setting("MAX_BODY", 262_144, "Longest body of a request, in bytes.", least=1),
    Setting("MAX_CHARACTERS", 65_536, "Longest GraphQL document or SPARQL query, in characters.", least=1),
    Setting("MAX_TOKENS", 4_000, "Most tokens of a GraphQL document.", least=1),
    Setting("MAX_DEPTH", 16, "Deepest selection of a GraphQL document.", least=1),
    Setting("MAX_ALIASES", 60, "Most aliases of a GraphQL document."),
    Setting("MAX_REPEATS", 10, "How often one name may be selected in one place of a document.", least=1),
    Setting("MAX_FRAGMENTS", 40, "Most fragments of a GraphQL document."),
    Setting(
        "MAX_COST", 200_000, "Dearest GraphQL operation; 1 is about five microseconds of computing.", least=1
    ),
    Setting("MAX_LIST", 1_000, "Longest list in the variables of a GraphQL operation."),
    Setting(
        "TIME_LIMIT", 10.0, "Seconds after which a GraphQL operation is stopped.", least=0.001, most=3_600
    ),
    Setting("MAX_WAITING", 32, "How many dear operations may wait for their turn before others are refused."),
    Setting(
        "SPARQL_TIME_LIMIT", 10.0, "Seconds after which a SPARQL query is stopped.", least=0.1, most=3_600
    ),
    Setting("SPARQL_MEMORY_MB", 512, "Memory that one SPARQL query may take.", least=64),
    Setting("SPARQL_MAX_RESULT", 33_554_432, "Largest result of a SPARQL query, in bytes.", least=1),
    Setting(
        "SPARQL_WORKERS",
        2,
        "How many long SPARQL queries run at once; as many short ones beside them.",
        least=1,
    ),
    Setting("SPARQL_MAX_WAITING", 32, "How many SPARQL queries may wait for their turn, long or short."),
    Setting(
        "NAMESPACE",
        "https://w3id.org/occupation-graph/",
        "Begins the URIs that linked data needs and no publisher gave.",
    ),
    Setting(
        "BASE_URL",
        "http://127.0.0.1:8000/",
        "Where the service is seen from outside: addresses of documents.",
    ),
    Setting(
        "CONTACT", "", "Whom users of the data can write to: a mail address or a web page, for the catalogue."
    ),
)
"""All settings, in the order in which they are documented."""


class Settings(NamedTuple):
    """The settings of one process; the fields are the names of `SETTINGS` in lower case."""

    store: str
    neo4j_user: str
    neo4j_password: Secret
    neo4j_database: str
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
    sparql_time_limit: float
    sparql_memory_mb: int
    sparql_max_result: int
    sparql_workers: int
    sparql_max_waiting: int
    namespace: str
    base_url: str
    contact: str


_NOT_OURS: Final = ("TAXONOMY_REQUIRE_", "TAXONOMY_TEST_", "TAXONOMY_W3C_")
"""Variables of the test suite, which no command reads."""


def read_settings(environ: Mapping[str, str], **flags: str | int | None) -> Settings:
    """Settings from flags (by field name, None for not given), else the environment, else the defaults.

    An empty value counts as not given. Raises `BadSetting` for a number that is none or out of its range,
    and for a variable that begins with `TAXONOMY_` and is no setting.
    """
    _refuse_unknown(environ)
    values: dict[str, str | int | float] = {}
    for setting in SETTINGS:
        field = setting.name.lower()
        flag = flags.get(field)
        if flag is None:
            values[field] = _value(setting, environ.get(setting.variable, ""), setting.variable)
        else:
            values[field] = _value(setting, flag, f"--{field}")
    return Settings(**values)  # type: ignore[arg-type]  # the table gives each field its type


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = [setting.variable for setting in SETTINGS]
    for name in sorted(environ):
        if name.startswith("TAXONOMY_") and name not in known and not name.startswith(_NOT_OURS):
            from difflib import get_close_matches

            meant = get_close_matches(name, known, n=1, cutoff=0.7)
            hint = f"did you mean {meant[0]}?" if meant else f"there are {', '.join(known)}"
            raise BadSetting(f"{name} in the environment is no setting; {hint}")


def _value(setting: Setting, text: str | int, said: str) -> str | int | float:
    default = setting.default
    if setting.secret:
        return Secret(text)
    if text == "" or isinstance(default, str):
        return default if text == "" else str(text)
    try:
        value = type(default)(text)
    except ValueError:
        number = "a whole number" if isinstance(default, int) else "a number"
        raise BadSetting(f"{said} must be {number}, not {text!r}") from None
    if not setting.least <= value <= setting.most:
        allowed = f"at least {setting.least:g}"
        if setting.most < inf:
            allowed = f"from {setting.least:g} to {setting.most:.15g}"
        raise BadSetting(f"{said} must be {allowed}, not {text}")
    return value
