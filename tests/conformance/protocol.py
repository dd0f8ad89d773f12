"""Protocol tests: requests that a manifest describes in the words of HTTP-in-RDF, and what is expected."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import rdflib
from httpx2 import Client, Response
from rdflib.collection import Collection
from rdflib.term import Node

from tests.conformance.manifests import MF, Case

_HT: Final = rdflib.Namespace("http://www.w3.org/2011/http#")
_CNT: Final = rdflib.Namespace("http://www.w3.org/2011/content#")


class Exchange(NamedTuple):
    """A request, and the classes of status that its answer may have; the boolean that it says, if it does."""

    method: str
    query_string: str
    headers: dict[str, str]
    body: bytes
    statuses: Sequence[str]
    boolean: bool | None

    @property
    def is_update(self) -> bool:
        """Whether it is not a query: then it is to be refused whatever the suite expects."""
        of_type = self.headers.get("content-type", "")
        return "sparql-update" in of_type or b"update=" in self.body or "update=" in self.query_string


def exchanges(case: Case) -> Iterator[Exchange]:
    """What is to be sent."""
    graph = case.described
    assert graph is not None
    listed = graph.value(graph.value(case.entry, MF.action), _HT.requests)
    assert listed is not None, f"{case.name} has no requests"
    for request in Collection(graph, listed):
        response = graph.value(request, _HT.resp)
        statuses = [
            str(status).rpartition("StatusCode")[2] for status in graph.objects(response, MF.expectedStatus)
        ]
        boolean = graph.value(response, MF.expectedBoolean)
        yield Exchange(
            str(graph.value(request, _HT.methodName)),
            urlsplit(str(graph.value(request, _HT.absolutePath))).query,
            _headers(graph, request),
            _body(graph, request),
            statuses,
            None if boolean is None else str(boolean) == "true",
        )


def _headers(graph: rdflib.Graph, request: Node) -> dict[str, str]:
    listed = graph.value(request, _HT.headers)
    fields = Collection(graph, listed) if listed is not None else ()
    return {
        str(graph.value(field, _HT.fieldName)).lower(): str(graph.value(field, _HT.fieldValue))
        for field in fields
    }


def _body(graph: rdflib.Graph, request: Node) -> bytes:
    body = graph.value(request, _HT.body)
    encoding = str(graph.value(body, _CNT.characterEncoding) or "utf-8")
    return str(graph.value(body, _CNT.chars) or "").encode(encoding)


def sent(client: Client, exchange: Exchange) -> Response:
    """The answer of the endpoint."""
    address = f"/sparql?{exchange.query_string}" if exchange.query_string else "/sparql"
    return client.request(exchange.method, address, headers=exchange.headers, content=exchange.body or None)
