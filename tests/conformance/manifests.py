"""The manifests of test suites as the W3C writes them: which cases there are, and what each of them needs."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

_TESTS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/"
MF: Final = rdflib.Namespace(f"{_TESTS}test-manifest#")
QT: Final = rdflib.Namespace(f"{_TESTS}test-query#")
DAWGT: Final = rdflib.Namespace(f"{_TESTS}test-dawg#")
UT: Final = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD: Final = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
ENT: Final = rdflib.Namespace("http://www.w3.org/ns/entailment/")


class Kind(Enum):
    """What a case asks for."""

    IS_READ = auto()
    IS_REFUSED = auto()
    IS_ANSWERED = auto()
    PROTOCOL = auto()
    IS_AN_UPDATE = auto()
    ANOTHER = auto()


_KINDS: Final = {
    "PositiveSyntaxTest": Kind.IS_READ,
    "PositiveSyntaxTest11": Kind.IS_READ,
    "NegativeSyntaxTest": Kind.IS_REFUSED,
    "NegativeSyntaxTest11": Kind.IS_REFUSED,
    "QueryEvaluationTest": Kind.IS_ANSWERED,
    "CSVResultFormatTest": Kind.IS_ANSWERED,
    "ProtocolTest": Kind.PROTOCOL,
    "PositiveUpdateSyntaxTest11": Kind.IS_AN_UPDATE,
    "NegativeUpdateSyntaxTest11": Kind.IS_AN_UPDATE,
    "UpdateEvaluationTest": Kind.IS_AN_UPDATE,
}


class Case(NamedTuple):
    """One entry of a manifest.

    `default` are the names of the graphs that together are the default graph, `named` those of the others;
    `files` are these and others that the query may name, each with its file. `query` is also the file of an
    update. `skipped` says why there is nothing to run.
    """

    name: str
    kind: Kind
    query: Path | None = None
    result: Path | None = None
    default: Sequence[str] = ()
    named: Sequence[str] = ()
    files: Sequence[tuple[str, Path]] = ()
    is_lax: bool = False
    skipped: str = ""
    described: rdflib.Graph | None = None
    entry: Node | None = None

    def __repr__(self) -> str:
        return f"<{self.name}>"


def cases(folder: Path) -> list[Case]:
    """The cases of a suite: of its `manifest*.ttl` and what they include, else of all manifests below it."""
    roots = sorted(folder.glob("manifest*.ttl")) or sorted(folder.rglob("manifest*.ttl"))
    seen: set[Path] = set()
    return [case for root in roots for case in _read(root.resolve(), folder.resolve(), seen)]


def _read(manifest: Path, top: Path, seen: set[Path]) -> Iterator[Case]:
    if manifest in seen:
        return
    seen.add(manifest)
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for listed in graph.objects(None, MF.include):
        for other in Collection(graph, listed):
            yield from _read(path_of(other), top, seen)
    place = manifest.parent.relative_to(top).as_posix().removeprefix(".")
    for listed in graph.objects(None, MF.entries):
        for entry in Collection(graph, listed):
            name = str(entry).rpartition("#")[2].rpartition("/")[2]
            yield _case(graph, entry, f"{place}/{name}".removeprefix("/"))


def path_of(node: Node) -> Path:
    """The file of an IRI."""
    return Path(unquote(urlsplit(str(node)).path))


def _case(graph: rdflib.Graph, entry: Node, name: str) -> Case:
    types = [str(found).rpartition("#")[2] for found in graph.objects(entry, RDF.type)]
    kinds = [_KINDS[found] for found in types if found in _KINDS]
    # What has no type is, by the words of the first suite, a query to be answered.
    kind = kinds[0] if kinds else Kind.ANOTHER if types else Kind.IS_ANSWERED
    action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
    found = Case(
        name, kind, described=graph, entry=entry, skipped=_why_not(graph, entry, action, kind, types)
    )
    if found.skipped or kind is Kind.PROTOCOL:
        return found._replace(files=_named(graph, entry))
    query = graph.value(action, QT.query) or graph.value(action, UT.request) or graph.value(action, UT.query)
    default = [str(data) for data in graph.objects(action, QT.data)]
    named = _named(graph, action)
    return found._replace(
        query=path_of(query or action or entry),
        result=path_of(result) if isinstance(result, rdflib.URIRef) else None,
        default=default,
        named=[iri for iri, _ in named],
        files=[*((iri, path_of(rdflib.URIRef(iri))) for iri in default), *named],
        is_lax=graph.value(entry, MF.resultCardinality) == MF.LaxCardinality,
    )


def _named(graph: rdflib.Graph, about: Node | None) -> list[tuple[str, Path]]:
    """The named graphs: a file goes by its own name, or has one given."""
    found = []
    for data in (*graph.objects(about, QT.graphData), *graph.objects(about, UT.graphData)):
        file = graph.value(data, QT.graph) or graph.value(data, UT.graph) or data
        found.append((str(graph.value(data, RDFS.label) or file), path_of(file)))
    return found


def _why_not(graph: rdflib.Graph, entry: Node, action: Node | None, kind: Kind, types: list[str]) -> str:
    if kind is Kind.ANOTHER:
        return f"no runner for {', '.join(types)}"
    if action is None:
        return "the manifest has no request that a machine can send"
    if graph.value(entry, DAWGT.approval) in (DAWGT.Withdrawn, DAWGT.Obsoleted):
        return "the working group withdrew it"
    regimes = [found for node in (entry, action) for found in graph.objects(node, SD.entailmentRegime)]
    if regimes and ENT.Simple not in regimes:
        return "the endpoint has no entailment regime"
    return ""
