"""The queries of the SPARQL benchmark: seven kinds, each asked of many concepts where it is about one."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import pyoxigraph as ox

from taxonomy.model.concept import OCCUPATION, Locale
from taxonomy.model.ids import ConceptId, uri_of
from taxonomy.snapshot import Snapshot

_PREFIXES: Final = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX esco: <http://data.europa.eu/esco/model#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_BY_URI: Final = "SELECT ?property ?value { <%s> ?property ?value }"
_BY_NOTATION: Final = "SELECT ?concept ?label { ?concept skos:notation %s ; skos:prefLabel ?label }"
_BY_LABEL: Final = "SELECT ?concept ?kind { ?concept skos:prefLabel %s ; dct:type ?kind }"
_BROADER: Final = "SELECT ?group ?label { <%s> skos:broader+ ?group . ?group skos:prefLabel ?label }"
_SKILLS: Final = """
SELECT ?skill ?label {
  ?occupation skos:prefLabel %s . ?esco skos:exactMatch ?occupation ; esco:relatedEssentialSkill ?skill .
  ?skill skos:prefLabel ?label FILTER(LANG(?label) = "sv")
}
"""
_SCAN: Final = """
SELECT ?concept ?label { ?concept skos:prefLabel ?label FILTER(CONTAINS(LCASE(?label), "%s")) }
"""
_COUNTS: Final = """
SELECT ?kind (COUNT(?concept) AS ?concepts) { ?concept dct:type ?type . ?type rdfs:label ?kind }
GROUP BY ?kind
"""
_WORDS: Final = ("sköterska", "lärare", "ingenjör", "chef", "tekniker")
_MOST: Final = 500


class Kind(NamedTuple):
    """A kind of query: what it is called, and queries of it that all have solutions."""

    name: str
    queries: list[str]


def kinds(snapshot: Snapshot, store: ox.Store) -> Iterator[Kind]:
    """The kinds, with the queries about concepts of the snapshot that find something in its store."""
    occupations = list(snapshot.kind_range(OCCUPATION))
    uris = [uri_of(ConceptId(snapshot.ids[number])) for number in occupations]
    names = [f"{ox.Literal(snapshot.label(number, Locale.SV), language='sv')}" for number in occupations]
    codes = [str(ox.Literal(code)) for code in dict.fromkeys(snapshot.codes.values())]
    filled = (
        ("concept by URI", [_BY_URI % uri for uri in uris]),
        ("by notation", [_BY_NOTATION % code for code in codes]),
        ("by label", [_BY_LABEL % name for name in names]),
        ("broader+", [_BROADER % uri for uri in uris]),
        ("ESCO skills through the mapping", [_SKILLS % name for name in names]),
        ("scan of labels", [_SCAN % word for word in _WORDS]),
        ("counts per kind", [_COUNTS]),
    )
    for name, queries in filled:
        found = list(_with_solutions(store, (_PREFIXES + query for query in queries)))
        if found:
            yield Kind(f"{name}, {len(found)} queries" if len(found) > 1 else name, found)


def _with_solutions(store: ox.Store, queries: Iterable[str]) -> Iterator[str]:
    left = _MOST
    for query in queries:
        found = store.query(query, use_default_graph_as_union=True)
        if left and isinstance(found, ox.QuerySolutions) and next(found, None) is not None:
            left -= 1
            yield query
