"""The address of a Neo4j server: one form for what is meant, and no password in what is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.model.errors import BadSetting
from taxonomy.store.neo4j_address import NEO4J_SCHEMES, names_a_server, parse_address

WORD = "hunter2"


@pytest.mark.parametrize("scheme", NEO4J_SCHEMES)
def test_every_scheme_of_the_driver_is_taken(scheme: str) -> None:
    assert parse_address(f"{scheme}://db.example.org:7000") == f"{scheme}://db.example.org:7000"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("neo4j://localhost", "neo4j://localhost:7687"),
        ("NEO4J+S://DB.Example.org/", "neo4j+s://db.example.org:7687"),
        ("bolt://127.0.0.1:07687", "bolt://127.0.0.1:7687"),
        ("bolt://[::1]:1", "bolt://[::1]:1"),
        ("bolt://[::1]", "bolt://[::1]:7687"),
        ("neo4j://neo4j_db-1:65535", "neo4j://neo4j_db-1:65535"),
    ],
)
def test_what_means_the_same_is_written_the_same(text: str, meant: str) -> None:
    assert parse_address(text) == meant
    assert parse_address(meant) == meant


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"neo4j://neo4j:{WORD}@host:7687", "set TAXONOMY_NEO4J_USER and TAXONOMY_NEO4J_PASSWORD"),
        (f"http://neo4j:{WORD}@host", "set TAXONOMY_NEO4J_USER and TAXONOMY_NEO4J_PASSWORD"),
        (f"http://host/?password={WORD}", "neo4j+ssc://, bolt+ssc://, not http:"),
        ("mysql://there/it", "sqlite:/// and the path of a file, or the address of a Neo4j server"),
        ("://host", "one of neo4j://, bolt://, neo4j+s://"),
        ("neo4j:host", "must have // after neo4j:"),
        ("neo4j:/host", "must have // after neo4j:"),
        ("neo4j://", "must name the host"),
        ("neo4j://:7687", "must name the host"),
        ("neo4j://ho st", "nothing but a port from 1 to 65535"),
        ("neo4j://[::1", "must name the host"),
        ("neo4j://host:", "nothing but a port from 1 to 65535"),
        ("neo4j://host:0", "nothing but a port from 1 to 65535"),
        ("neo4j://host:65536", "nothing but a port from 1 to 65535"),
        ("neo4j://host:٧٦", "nothing but a port from 1 to 65535"),
        ("neo4j://host:7687\n", "nothing but a port from 1 to 65535"),
        ("neo4j://one:7687,two:7687", "nothing but a port from 1 to 65535"),
        (f"neo4j://neo4j:{WORD}", "nothing but a port from 1 to 65535"),
        (f"neo4j://host/{WORD}", "TAXONOMY_NEO4J_DATABASE names the database"),
        (f"neo4j://host?password={WORD}", "there are no other parameters"),
        (f"neo4j://host#{WORD}", "there are no other parameters"),
    ],
)
def test_anything_else_is_refused_without_repeating_it(text: str, sentence: str) -> None:
    with pytest.raises(BadSetting) as refused:
        parse_address(text)
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("TAXONOMY_STORE must")
    assert WORD not in str(refused.value)


@given(st.sampled_from([*NEO4J_SCHEMES, "http", ""]), st.text())
def test_any_text_is_either_one_address_or_refused(scheme: str, rest: str) -> None:
    try:
        address = parse_address(f"{scheme}://{rest}")
    except BadSetting:
        return
    assert address.startswith(f"{scheme}://")
    assert parse_address(address) == address


@pytest.mark.parametrize(
    "path", ["taxonomy.db", "/srv/a:b.db", "mail@home.db", "./neo4j.db", "C:taxonomy.db"]
)
def test_a_path_is_no_address(path: str) -> None:
    assert not names_a_server(path)


@pytest.mark.parametrize("text", ["neo4j://host", "neo4j:host", "Bolt:host", "http://host", "sqlite://x.db"])
def test_what_looks_like_an_address_is_none_of_a_file(text: str) -> None:
    assert names_a_server(text)
