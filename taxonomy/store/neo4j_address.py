"""The address of a Neo4j server, as people write it."""

import re
from typing import Final

from taxonomy.model.errors import BadSetting

NEO4J_SCHEMES: Final = ("neo4j", "bolt", "neo4j+s", "bolt+s", "neo4j+ssc", "bolt+ssc")
"""Clusters or one server; with `+s` over TLS, with `+ssc` over TLS with a self-signed certificate."""

_PORT: Final = 7687
_LAST_PORT: Final = 65_535
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE | re.ASCII)
_HOST: Final = re.compile(r"\[[0-9a-f:.]+\]|[\w.-]+", re.IGNORECASE | re.ASCII)


def names_a_server(text: str) -> bool:
    """Whether a text is meant as an address and not as the path of a file."""
    scheme = _SCHEME.match(text)
    return ":/" in text or bool(scheme and scheme[1].lower() in NEO4J_SCHEMES)


def parse_address(text: str) -> str:
    """The address in one form, such as `neo4j://localhost:7687`; raises `BadSetting` for anything else.

    What the error says never holds more of the text than its scheme, for there may be a password in the rest.
    """
    if "@" in text:
        raise BadSetting(
            "TAXONOMY_STORE must not hold a user or a password: set TAXONOMY_NEO4J_USER and"
            " TAXONOMY_NEO4J_PASSWORD, and give the address alone, such as neo4j://host:7687"
        )
    scheme = _SCHEME.match(text)
    if not scheme or scheme[1].lower() not in NEO4J_SCHEMES:
        known = ", ".join(f"{name}://" for name in NEO4J_SCHEMES)
        said = f", not {scheme[0]}" if scheme else ""
        raise BadSetting(
            f"TAXONOMY_STORE must be sqlite:/// and the path of a file, or the address of a Neo4j server that"
            f" begins with one of {known}{said}"
        )
    name, rest = scheme[1].lower(), text[scheme.end() :]
    if not rest.startswith("//"):
        raise BadSetting(f"TAXONOMY_STORE must have // after {name}: as in {name}://host:{_PORT}")
    return f"{name}://{_host_and_port(rest[2:].removesuffix('/'), f'{name}://host:{_PORT}')}"


def _host_and_port(text: str, example: str) -> str:
    if "/" in text or "?" in text or "#" in text:
        raise BadSetting(
            f"TAXONOMY_STORE must end after the port, as {example} does: TAXONOMY_NEO4J_DATABASE names the"
            " database, and there are no other parameters"
        )
    host = _HOST.match(text)
    if not host:
        raise BadSetting(f"TAXONOMY_STORE must name the host of the Neo4j server, as {example} does")
    port = text[host.end() :]
    if not port:
        return f"{host[0].lower()}:{_PORT}"
    if not re.fullmatch(r":[0-9]{1,5}", port) or not 1 <= int(port[1:]) <= _LAST_PORT:
        raise BadSetting(
            f"TAXONOMY_STORE must have nothing but a port from 1 to {_LAST_PORT} after the host,"
            f" as {example} does"
        )
    return f"{host[0].lower()}:{int(port[1:])}"
