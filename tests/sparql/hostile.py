"""Queries that want to hurt: what the public may send, and nobody else may notice."""

from typing import Final

_SKOS: Final = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
_TWO: Final = "?a ?b ?c . ?d ?e ?f"
_ALL: Final = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
_DOUBLED: Final = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))


def _times(count: int, part: str, between: str = " ") -> str:
    """A part many times; `#` stands for its number."""
    return between.join(part.replace("#", str(n)) for n in range(count))


def _nested(count: int, opening: str, inner: str) -> str:
    return f"{opening} {{ " * count + inner + " }" * count


_VALUES: Final = f"VALUES ?v# {{ {_times(400, '1')} }}"
HOSTILE: Final[dict[str, str]] = {
    # Products
    "a product of three, counted": f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }}",
    "a product of three, in order": f"SELECT * {{ {_ALL} }} ORDER BY ?i ?f ?c",
    "a product of two, in order of strings": f"SELECT * {{ {_TWO} }} ORDER BY DESC(CONCAT(STR(?c), STR(?f)))",
    "a product, distinct": f"SELECT DISTINCT ?a ?d ?g {{ {_ALL} }}",
    "a product, reduced": f"SELECT REDUCED * {{ {_ALL} }}",
    "a product, grouped": "SELECT ?a ?d (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?d",
    "a product without end": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "a product that is never true": f"ASK {{ {_ALL} FILTER(?c = ?d && ?f = ?g && ?i = 1) }}",
    "a product of ten": f"SELECT (COUNT(*) AS ?n) {{ {_times(10, '?s# ?p# ?o# .')} }}",
    "a product of unequal ones": f"SELECT * {{ {_ALL} FILTER(?a != ?d && ?d != ?g) }} ORDER BY ?a",
    "a product of graphs": "SELECT (COUNT(*) AS ?n) { GRAPH ?x { ?a ?b ?c } GRAPH ?y { ?d ?e ?f } }",
    "an average of a product": f"SELECT (AVG(STRLEN(STR(?c))) AS ?n) {{ {_ALL} }}",
    # Paths
    "a path over everything": "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:x>)* ?b }",
    "a path over everything and back": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)+ ?b }",
    "a path of paths": _SKOS + "SELECT * { ?a ((skos:broader+)*/(skos:related+)*)+ ?b }",
    "a path in circles": _SKOS
    + "SELECT * { ?a (skos:narrower/skos:broader)*/(skos:broader/skos:narrower)* ?b }",
    "a path of the same": _SKOS
    + "SELECT * { ?a (skos:related|^skos:related|skos:broader|^skos:broader)+ ?b }",
    "a path of many steps": f"SELECT (COUNT(*) AS ?n) {{ ?a {_times(40, '!<urn:x>', '/')} ?b }}",
    "a path that is optional often": f"SELECT (COUNT(*) AS ?n) {{ ?a {_times(30, '(!<urn:x>)?', '/')} ?b }}",
    "all pairs of a path": _SKOS + "SELECT ?a ?b { ?a !skos:x+ ?m . ?m ^!skos:y+ ?b } ORDER BY ?b",
    # Strings
    "a pattern that backtracks": 'SELECT * { ?a ?b ?c . ?d ?e ?f FILTER REGEX(STR(?c), "^(a+)+$") }',
    "a pattern that is long": 'SELECT * { ?a ?b ?c FILTER REGEX(STR(?c), "' + "(x|y|z)*" * 2_000 + '") }',
    "a pattern that repeats": 'ASK { ?a ?b ?c FILTER REGEX(STR(?c), "((((a{0,99}){0,99}){0,99}){0,99})") }',
    "a pattern from the data": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER REGEX(STR(?c), STR(?f)) }",
    "everything replaced": 'SELECT (REPLACE(STR(?c), ".", "'
    + "x" * 5_000
    + '") AS ?r) { ?a ?b ?c . ?d ?e ?f }',
    "a string that doubles": f'SELECT (STRLEN(?x40) AS ?n) {{ BIND("x" AS ?x0) {_DOUBLED} }}',
    "strings that double for each": f"SELECT ?x40 {{ ?a ?b ?c BIND(STR(?c) AS ?x0) {_DOUBLED} }}",
    "everything in one string": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?s) {{ {_TWO} }}",
    "everything in one distinct string": f"SELECT (GROUP_CONCAT(DISTINCT STR(?f)) AS ?s) {{ {_TWO} }}",
    "hashes of hashes": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(SHA512(SHA512(SHA512(STR(?c)))) = 'x') }",
    "escaped again and again": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER("
    + "ENCODE_FOR_URI(" * 30
    + "'%'"
    + ")" * 30
    + " = STR(?c)) }",
    # Size
    "a million characters": "SELECT * { ?s ?p ?o } #" + "x" * 1_000_000,
    "as many characters as are taken": "SELECT * { ?s ?p ?o FILTER(?o != '"
    + "x" * 65_000
    + "') } ORDER BY ?o",
    "many values": f"SELECT * {{ VALUES ?s {{ {_times(9_000, '#')} }} ?a ?b ?c }} ORDER BY DESC(?c)",
    "values of values": f"SELECT (COUNT(*) AS ?n) {{ {_times(8, _VALUES)} }}",
    "everything, in order": "SELECT * { ?s ?p ?o } ORDER BY ?o ?p ?s",
    "everything, far behind": "SELECT * { ?a ?b ?c . ?d ?e ?f } OFFSET 2000000000 LIMIT 2000000000",
    "everything as a graph": "CONSTRUCT { ?a ?b ?c . ?d ?b ?f } { ?a ?b ?c . ?d ?e ?f }",
    "new nodes for everything": "CONSTRUCT { [] ?b [ ?e [ ?b ?f ] ] } { ?a ?b ?c . ?d ?e ?f }",
    "everything described": "DESCRIBE ?s ?o { ?s ?p ?o }",
    "distinct values of everything": f"SELECT DISTINCT (CONCAT(STR(?c), STR(?f)) AS ?x) {{ {_TWO} }}",
    # Shape
    "deep groups": "ASK " + "{ " * 5_000 + "}" * 5_000,
    "deep brackets": "ASK { FILTER(" + "(" * 90 + "1" + ")" * 90 + ") }",
    "deep negations": "ASK { FILTER(" + "!" * 9_000 + "true) }",
    "deep tests for existence": f"ASK {{ {_nested(45, 'FILTER NOT EXISTS', '?s ?p ?o')} }}",
    "deep optionals": f"SELECT * {{ ?s0 ?p0 ?o0 {_nested(45, 'OPTIONAL', '?a ?b ?c')} }}",
    "many optionals": f"SELECT * {{ ?s ?p ?o {_times(60, 'OPTIONAL { ?s ?p# ?o# }')} }} ORDER BY ?o",
    "many unions": f"SELECT (COUNT(*) AS ?n) {{ {_times(400, '{ ?a ?b ?c . ?d ?e ?f }', ' UNION ')} }}",
    "many subtractions": f"SELECT * {{ ?a ?b ?c . {_times(40, 'MINUS { ?a ?x# ?y# . ?z# ?b ?c }')} }}",
    "many joins": f"SELECT * {{ {_times(150, '{ ?a ?b ?c# }')} }}",
    "queries in queries": (
        f"SELECT * {{ {{ SELECT * {{ {{ SELECT * {{ {_TWO} }} ORDER BY ?c }} }} ORDER BY ?f }} }} ORDER BY ?a"
    ),
    # Elsewhere
    "another endpoint": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "another endpoint, in escapes": "SELECT * { s\\u0065rvice SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "another endpoint, after a comment": "SELECT * { #\nSERVICE#\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
    "an update behind a query": "SELECT * { ?s ?p ?o } ; CLEAR ALL",
}
"""By name; each is answered with a whole result, or refused."""
