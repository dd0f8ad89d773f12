"""What stands before the engine: nothing that the guard lets through makes the engine ask anybody."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from threading import Thread
from time import process_time

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from taxonomy.model.errors import BadInput, TaxonomyError, TooDeep, TooLong
from taxonomy.sparql.guard import DEEPEST, MOST_TOKENS, guarded

LONG = 1 << 20
IRI = "<http://127.0.0.1:{port}/>"


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """Somebody whom a SERVICE would ask."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        found.setblocking(False)
        yield found


def iri_of(listener: socket.socket) -> str:
    return IRI.format(port=listener.getsockname()[1])


def was_asked(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def run(text: str) -> None:
    """Let the engine have a query, to its end."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal("o")))
    with suppress(SyntaxError, ValueError, RuntimeError, OSError):
        found = store.query(text)
        if not isinstance(found, ox.QueryBoolean):
            list(islice(found, 100))


@pytest.mark.parametrize(
    "query", ["SELECT * {{ SERVICE {0} {{ ?s ?p ?o }} }}", "PREFIX e: {0} ASK {{ SERVICEe:a{{}} }}"]
)
def test_the_engine_by_itself_does_ask_others(query: str, listener: socket.socket) -> None:
    # If it does not any more, the tests below show nothing. The second is no SERVICE by the grammar.
    iri = iri_of(listener)
    with pytest.raises(TaxonomyError, match="SERVICE"):
        guarded(query.format(iri), LONG)
    asking = Thread(target=run, args=(query.format(iri),), daemon=True)
    asking.start()
    listener.settimeout(20)
    listener.accept()[0].close()
    listener.setblocking(False)
    asking.join(20)


HIDDEN = {
    "plainly": "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",
    "in any case": "SELECT * { sErViCe SILENT <http://a/> { ?s ?p ?o } }",
    "behind a comment": "SELECT * { # }\n SERVICE#\n<http://a/> { ?s ?p ?o } }",
    "behind what looks like a comment": "SELECT * { <http://a/#> ?p '#' . SERVICE <http://a/> { ?s ?p ?o } }",
    "by an escape": "SELECT * { s\\u0065rvice <http://a/> { ?s ?p ?o } }",
    "by a long escape": "SELECT * { \\U00000053ERVICE <http://a/> { ?s ?p ?o } }",
    "by escapes alone": "SELECT * { \\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 ?s { ?s ?p ?o } }",
    "glued to a bracket": "SELECT*{SERVICE<http://a/>{?s?p?o}}",
    "glued to a number": "SELECT * { ?s ?p 1SERVICE<http://a/>{?s ?p ?o} }",
    "glued to a string": "SELECT * { ?s ?p 'a'SERVICE<http://a/>{?s ?p ?o} }",
    "glued to an IRI": "SELECT * { ?s ?p <http://a/>SERVICE<http://a/>{?s ?p ?o} }",
    "glued to a variable, a dot between": "SELECT * { ?s ?p ?o.SERVICE?s{?s ?p ?o} }",
    "after a string with quotes in it": "SELECT * { ?s ?p '''a''b' \"''' . SERVICE ?s { ?s ?p ?o } }",
    "after an escaped quote": "SELECT * { ?s ?p 'a\\'b' . SERVICE ?s { ?s ?p ?o } }",
    "after an escaped backslash": "SELECT * { ?s ?p 'a\\\\' . SERVICE ?s { ?s ?p ?o } #'\n }",
    "after a comment ended by a carriage return": "SELECT * { #\r SERVICE ?s { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { OPTIONAL { SERVICE ?s { ?s ?p ?o } } } } }",
    "in EXISTS": "ASK { FILTER EXISTS { SERVICE ?s { ?s ?p ?o } } }",
    "in CONSTRUCT": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE ?s { ?s ?p ?o } }",
    "in DESCRIBE": "DESCRIBE ?s WHERE { SERVICE ?s { ?s ?p ?o } }",
    "as a prefix that is declared": "PREFIX SERVICEe: <http://a/> ASK { ?s ?p SERVICEe:a SERVICE ?s {} }",
}


@pytest.mark.parametrize("how", HIDDEN)
def test_service_is_refused_however_it_is_hidden(how: str) -> None:
    with pytest.raises(BadInput, match=r"^line \d, column \d+: "):
        guarded(HIDDEN[how], LONG)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://a/>",
        "load silent <http://a/> into graph <http://b/>",
        "INSERT DATA { <a> <b> <c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "WITH <http://a/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP GRAPH <http://a/>",
        "CREATE GRAPH <http://a/>",
        "COPY DEFAULT TO <http://a/>",
        "MOVE DEFAULT TO <http://a/>",
        "ADD DEFAULT TO <http://a/>",
        "PREFIX a: <http://a/> L\\u004fAD a:b",
        "# SELECT\nLOAD <http://a/>",
        "SELECT * { ?s ?p ?o } ; LOAD <http://a/>",
        "ASK {} INSERT DATA { <a> <b> <c> }",
    ],
)
def test_every_update_is_refused(update: str) -> None:
    with pytest.raises(BadInput, match=r"updates?|no word|not expected"):
        guarded(update, LONG)


FINE = """
PREFIX service: <http://e/> PREFIX load: <http://e/load/>
SELECT ?service (COUNT(*) AS ?load) ("SERVICE <http://a/> {}" AS ?text) # SERVICE <http://a/> {}
WHERE {
  ?service service:SERVICE load:LOAD ; service:p.LOAD 'it''s' , "SERVICE"@en-service , "1"^^service:delete .
  <http://e/SERVICE> <#INSERT> _:SERVICE . ?service service:p+/^service:q*|!(a|^service:r) [] , () .
  FILTER(?service < -1.5e3 && ?load > +2 || !(?x <= .5) || ?y NOT IN (1, 2) || REGEX(STR(?z), "LOAD", "i"))
}
GROUP BY ?service HAVING(COUNT(*) > 1) ORDER BY DESC(?load) LIMIT 10 OFFSET 5
""".replace("'it''s'", "'it\\'s'").replace("<#INSERT>", "<http://e/#INSERT>")


def test_the_words_are_free_in_names_variables_strings_iris_and_comments() -> None:
    text = guarded(FINE, LONG).text
    assert "<http://e/SERVICE>\n<http://e/load/LOAD>" in text
    assert '"SERVICE <http://a/> {}"' in text
    ox.Store().query(text)


def test_the_engine_reads_of_it_what_it_reads_of_the_query_itself() -> None:
    query = """PREFIX e: <http://e/>
        CONSTRUCT { ?s e:p ?o ; e:n -1 , 1.5 , 1e3 , true , 'a\\n"b"'@en-GB , '''c'd
        e''' , "1"^^e:int } WHERE { ?s e:p|e:q ?o OPTIONAL { ?s a ?c } }"""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal("o")))
    assert set(store.query(guarded(query, LONG).text)) == set(store.query(query))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('CONCAT ("a" , "b")', "ab"),
        ('concat("a","b","c")', "abc"),
        ('COALESCE(1/0, "d")', "d"),
        ('STR(IRI("e"))', "http://a/e"),
        ("isBLANK(BNODE ( ))", "true"),
    ],
)
def test_expressions_have_their_values(expression: str, value: str) -> None:
    query = guarded(f"BASE <http://a/b> SELECT ({expression} AS ?x) {{}}", LONG)
    [row] = ox.Store().query(query.text, base_iri=query.base)  # type: ignore[misc]
    assert row["x"].value == value


def test_relative_iris_are_read_by_the_base_that_the_query_says() -> None:
    query = """BASE <http://a/b/> PREFIX x: <c#> PREFIX y: <http://y/> BASE <d/>
        ASK { x:e <f> y:g, <../h>, <urn:i> }"""
    lines = guarded(query, LONG).text.splitlines()
    assert [line for line in lines if line.startswith("<")] == [
        "<http://a/b/c#e>",
        "<http://a/b/d/f>",
        "<http://y/g>",
        "<http://a/b/h>",
        "<urn:i>",
    ]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * {\n  ?s ?p ?o ;\n  FILTER( }", "line 3, column 11"),
        ("SELECT * { ?s ?p", "line 1, column 17"),
        ("SELECT * { ?s ?p }", "line 1, column 18"),
        ("SELECT", "line 1, column 7"),
        ("ASK {} LIMIT", "line 1, column 13"),
        ("SELECT * { ?s ?p ?o } }", "line 1, column 23"),
        ("SELECT * { ?s ?p ?o FILTER(1 }", "line 1, column 30"),
        ("SELECT * {\n ?s ex:a ?o }", "line 2, column 5"),
        ("SELECT * { ?s ?p 'abc }", "line 1, column 18"),
        ("SELECT * { ?s ?p '''a\nb''' }\n}", "line 3, column 1"),
        ("SELECT ?\\u0061 { ?s ?p ?o } }", "line 1, column 29"),
        ("SELECT * { ?s ?p '\\uD800' }", "line 1, column 19"),
        ("SELECT * { §", "line 1, column 12"),
        ("", "line 1, column 1"),
        ("PREFIX ex: ", "line 1, column 12"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column_as_they_were_sent(query: str, place: str) -> None:
    assert complaint_about(query).startswith(f"{place}: ")


def complaint_about(query: str) -> str:
    try:
        found = guarded(query, LONG)
    except BadInput as error:
        return str(error)
    with pytest.raises(SyntaxError) as told:
        ox.Store().query(found.text)
    return found.explained(str(told.value))


def test_long_deep_and_wordy_queries_are_refused_before_the_engine_could_overflow() -> None:
    with pytest.raises(TooLong):
        guarded("ASK {}" + " " * 100, 100)
    with pytest.raises(TooLong):
        guarded("ASK {" + " ?a" * MOST_TOKENS, LONG)
    with pytest.raises(TooDeep):
        guarded("ASK " + "{" * (DEEPEST + 1), LONG)
    guarded("ASK " + "{" * DEEPEST + "}" * DEEPEST + "{}" * 1000, LONG)


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "a",
        ".",
        "'",
        "'''",
        '"""',
        '"a',
        "<",
        "<a",
        "1",
        "1.",
        "1e",
        ":",
        "a:b.",
        "_:a.",
        "@a-",
        "\\",
        "\\u0041",
        "?",
        "^",
    ],
)
def test_no_text_takes_long_to_be_read(piece: str) -> None:
    for begin in ("", "SELECT * { ", "SELECT * { ?s ?p '"):
        text = begin + piece * (65_536 // len(piece))
        before = process_time()
        with suppress(TaxonomyError):
            guarded(text, LONG)
        assert process_time() - before < 2  # a quadratic reader takes minutes


def words_outside_of_terms(text: str) -> set[str]:
    """What begins with a letter in the engine's text, read by another, cruder rule than the guard's."""
    found = set()
    for line in text.splitlines():
        if line[:1].isalpha():
            found.add(re.split(r"[^A-Za-z0-9_]", line)[0].upper())
    return found


PIECES = [
    *("SERVICE", "service", "s\\u0065rvice", "SERVICEe:a", "SERVICE?s", "SILENT", "LOAD", "INSERT", "DATA"),
    *("IRI", "?s", "?sSERVICE", "$o", "e:a", "e:a.SERVICE", "e:", ":", "_:b", "_:b.SERVICE", "e:a\\-SERVICE"),
    *("{", "}", "(", ")", "[", "]", ".", ";", ",", "a", "*", "+", "/", "|", "^", "!", "<", ">", "&&", "="),
    *("'", '"', "'''", '"""', "\\", "\\\\", "\\'", "\\u0022", "\\u0027", "\\u005C", "#", "\n", "\r", "\t"),
    *(
        "1",
        "1.",
        "1e5",
        "-2",
        "true",
        "@en",
        "@en-SERVICE",
        "^^",
        "FILTER",
        "EXISTS",
        "OPTIONAL",
        "UNION",
        "GRAPH",
    ),
    *(
        "SELECT",
        "BIND",
        "AS",
        "VALUES",
        "UNDEF",
        "{?s ?p ?o}",
        "?s ?p ?o",
        "PREFIX",
        "BASE",
        "%53",
        "\u0130",
        "·",
    ),
]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", "", " "])), max_size=14))
@example([("SERVICEe:a", ""), ("{?s ?p ?o}", "")])
@example(
    [
        ("FILTER", ""),
        ("(", ""),
        ("?s", ""),
        ("<", ""),
        ("?s", ")"),
        ("SERVICE", ""),
        ("?s", ">"),
        ("{", ""),
        ("}", ""),
    ]
)
def test_nothing_that_passes_makes_the_engine_ask_anybody(
    listener: socket.socket, pieces: list[tuple[str, str]]
) -> None:
    iri = iri_of(listener)
    inner = "".join(piece.replace("IRI", iri) + blank for piece, blank in pieces)
    query = f"PREFIX e: {iri} PREFIX : {iri} SELECT * {{ VALUES ?s {{ {iri} }} {inner} }}"
    try:
        text = guarded(query, LONG).text
    except TaxonomyError:
        return
    assert not words_outside_of_terms(text) & {"SERVICE", "LOAD", "INSERT", "SILENT"}
    run(text)
    assert not was_asked(listener)
