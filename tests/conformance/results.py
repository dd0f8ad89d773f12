"""Results of queries as values that can be compared, read by rdflib from every form that they come in."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import rdflib
from rdflib.compare import isomorphic
from rdflib.namespace import XSD
from rdflib.query import Result
from rdflib.term import Node

_RS: Final = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
READERS: Final[Mapping[str, tuple[str, str]]] = {
    ".srx": ("application/sparql-results+xml", "xml"),
    ".srj": ("application/sparql-results+json", "json"),
    ".csv": ("text/csv", "csv"),
    ".tsv": ("text/tab-separated-values", "tsv"),
}
"""The forms of results by the ends of the names of files: media types, and what rdflib calls them."""
GRAPHS: Final[Mapping[str, str]] = {".ttl": "turtle", ".rdf": "xml", ".nt": "nt", ".n3": "n3"}

Row: TypeAlias = Mapping[str, Node]
_Same: TypeAlias = dict[rdflib.BNode, rdflib.BNode]


class Solutions(NamedTuple):
    """Rows in the order in which they came, and the variables that they may bind."""

    variables: frozenset[str]
    rows: Sequence[Row]


Answer: TypeAlias = bool | Solutions | rdflib.Graph


def read_results(content: bytes, name: str) -> Answer:
    """What a file or an answer of one of `READERS` says."""
    found = Result.parse(io.BytesIO(content), format=name)
    if found.type == "ASK":
        return bool(found.askAnswer)
    variables = frozenset(str(variable).lstrip("?") for variable in found.vars or ())
    rows = [{str(key).lstrip("?"): value for key, value in row.items()} for row in found.bindings]
    return Solutions(variables, rows)


def of_graph(graph: rdflib.Graph) -> Answer:
    """A graph, or the result that it describes in the words of the first suite."""
    described = graph.value(None, rdflib.RDF.type, _RS.ResultSet)
    if described is None:
        return graph
    boolean = graph.value(described, _RS.boolean)
    if boolean is not None:
        return bool(boolean.toPython())  # type: ignore[attr-defined]  # a literal
    rows = []
    for solution in sorted(graph.objects(described, _RS.solution), key=lambda node: _index(graph, node)):
        bindings = list(graph.objects(solution, _RS.binding))
        rows.append({str(graph.value(b, _RS.variable)): _value(graph, b) for b in bindings})
    variables = frozenset(str(name) for name in graph.objects(described, _RS.resultVariable))
    return Solutions(variables, rows)


def _index(graph: rdflib.Graph, solution: Node) -> int:
    return int(str(graph.value(solution, _RS["index"]) or 0))


def _value(graph: rdflib.Graph, binding: Node) -> Node:
    found = graph.value(binding, _RS.value)
    assert found is not None
    return found


def is_ordered(query: str) -> bool:
    """Whether a query says in which order its rows come: behind its last bracket."""
    return bool(re.search(r"\bORDER\s+BY\b", query.rpartition("}")[2], re.IGNORECASE))


def same(expected: Answer, found: Answer, *, ordered: bool = False, lax: bool = False) -> bool:
    """Whether two answers say the same; numbers by value, blank nodes by what is said of them.

    `lax` is for REDUCED: how often a row comes is left open.
    """
    if isinstance(expected, rdflib.Graph):
        return isinstance(found, rdflib.Graph) and isomorphic(expected, found)
    if isinstance(expected, bool) or isinstance(found, bool | rdflib.Graph):
        return expected is found
    if expected.variables != found.variables:
        return False
    one, other = list(expected.rows), list(found.rows)
    if lax:
        one, other = _distinct(one), _distinct(other)
    if len(one) != len(other):
        return False
    if ordered:
        return _in_order(one, other, {})
    if not any(isinstance(term, rdflib.BNode) for row in one for term in row.values()):
        return Counter(map(_key, one)) == Counter(map(_key, other))
    return _matches(one, other, {})


def _distinct(rows: list[Row]) -> list[Row]:
    return list({_key(row): row for row in rows}.values())


def _key(row: Row) -> frozenset[tuple[str, Any]]:
    return frozenset((name, value_of(term)) for name, term in row.items())


def value_of(term: Node) -> Any:
    """A term, and a number by its value: 1.0 and 1.00 are one decimal, 1 and 1.0 are two types.

    What RDF 1.1 made one since the suites were written is one: `"a"` and `"a"^^xsd:string`, `@en` and `@EN`.
    """
    if isinstance(term, rdflib.Literal) and term.datatype in (None, XSD.string):
        return str(term), (term.language or "").lower()
    if isinstance(term, rdflib.Literal) and not term.ill_typed:
        number = term.value
        if isinstance(number, int | float) or type(number).__name__ == "Decimal":
            return str(term.datatype), "NaN" if number != number else number
    return term.n3()


def _in_order(expected: list[Row], found: list[Row], known: _Same) -> bool:
    for one, other in zip(expected, found, strict=True):
        more = _row_matches(one, other, known)
        if more is None:
            return False
        known = more
    return True


def _matches(expected: list[Row], found: list[Row], known: _Same) -> bool:
    """Whether each row has one of its own; what is tried is taken back when it leads nowhere."""
    if not expected:
        return True
    return any(
        _matches(expected[1:], [*found[:at], *found[at + 1 :]], more)
        for at, more in _partners(expected[0], found, known)
    )


def _partners(row: Row, found: list[Row], known: _Same) -> Iterator[tuple[int, _Same]]:
    for at, other in enumerate(found):
        more = _row_matches(row, other, known)
        if more is not None:
            yield at, more


def _row_matches(one: Row, other: Row, known: _Same) -> _Same | None:
    if one.keys() != other.keys():
        return None
    more = dict(known)
    for name, term in one.items():
        partner = other[name]
        if isinstance(term, rdflib.BNode) and isinstance(partner, rdflib.BNode):
            if more.setdefault(term, partner) != partner:
                return None
        elif value_of(term) != value_of(partner):
            return None
    return more if len(set(more.values())) == len(more) else None
