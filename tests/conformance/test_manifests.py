"""What the W3C's suites, and cases of ours in their shape, expect of an endpoint, asked over HTTP."""

import re
from pathlib import Path

import pytest
import rdflib
from httpx2 import Client, Response

from taxonomy.model.errors import PROBLEMS
from tests.conformance.manifests import Case, Kind
from tests.conformance.protocol import exchanges, sent
from tests.conformance.results import GRAPHS, READERS, Answer, is_ordered, of_graph, read_results, same

pytestmark = pytest.mark.xdist_group("conformance")  # one server, with one store

_SAID = re.compile(r"<[^<>\s]*>|'[^']*'|\"[^\"]*\"|#.*")
_SERVICE = re.compile(r"(?<!\S)SERVICE\b", re.IGNORECASE)
_FROM = re.compile(r"\bFROM\s+(NAMED\s+)?[<\w:]", re.IGNORECASE)
_NOTHING = "urn:x-no-graph"


def test_a_case_of_a_manifest(endpoint: Client, case: Case) -> None:
    if case.skipped:
        pytest.skip(case.skipped)
    if case.kind is Kind.PROTOCOL:
        is_as_the_protocol_says(endpoint, case)
        return
    assert case.query is not None
    text = case.query.read_text("utf-8")
    if case.kind in (Kind.IS_AN_UPDATE, Kind.IS_REFUSED):
        is_refused(asked(endpoint, case, text))
    elif is_federated(text):
        assert "SERVICE is refused" in is_refused(asked(endpoint, case, text))
    elif case.kind is Kind.IS_READ:
        answer = asked(endpoint, case, text)
        assert answer.status_code == 200, answer.text
    else:
        is_answered(endpoint, case, text)


def is_federated(text: str) -> bool:
    """Whether SERVICE stands in a query, outside of IRIs, strings and comments."""
    return bool(_SERVICE.search(_SAID.sub(" ", text)))


def asked(endpoint: Client, case: Case, text: str, accept: str = "*/*") -> Response:
    """The answer to a query, whose relative IRIs are relative to its file."""
    assert case.query is not None
    fields: dict[str, str | list[str]] = {"query": f"BASE <{case.query.as_uri()}>\n{text}"}
    if not _FROM.search(text):
        fields["default-graph-uri"] = list(case.default) or [_NOTHING]
        fields["named-graph-uri"] = list(case.named)
    return endpoint.post("/sparql", data=fields, headers={"Accept": accept})


def is_refused(answer: Response) -> str:
    """The reason."""
    assert answer.status_code == PROBLEMS["BAD_INPUT"].status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    return str(answer.json()["detail"])


def is_answered(endpoint: Client, case: Case, text: str) -> None:
    assert case.result is not None
    expected = expected_of(case.result)
    if isinstance(expected, rdflib.Graph):
        accept, form = "text/turtle", "turtle"
    else:
        accept, form = READERS.get(case.result.suffix, READERS[".srj"])
    answer = asked(endpoint, case, text, accept)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].partition(";")[0] == accept
    found = read_answer(answer.content, form)
    if not same(expected, found, ordered=is_ordered(text), lax=case.is_lax):
        pytest.fail(f"{text}\n\nexpected: {shown(expected)}\n\nfound: {shown(found)}")


def expected_of(file: Path) -> Answer:
    """What a file of results says."""
    if file.suffix in READERS:
        return read_results(file.read_bytes(), READERS[file.suffix][1])
    return of_graph(rdflib.Graph().parse(file, format=GRAPHS[file.suffix], publicID=file.as_uri()))


def read_answer(content: bytes, form: str) -> Answer:
    if form == "turtle":
        return rdflib.Graph().parse(data=content, format="turtle")
    return read_results(content, form)


def shown(answer: Answer) -> str:
    return answer.serialize(format="nt") if isinstance(answer, rdflib.Graph) else str(answer)


def is_as_the_protocol_says(endpoint: Client, case: Case) -> None:
    for exchange in exchanges(case):
        answer = sent(endpoint, exchange)
        if exchange.is_update:
            assert 400 <= answer.status_code < 500, answer.text
            continue
        assert f"{answer.status_code // 100}xx" in exchange.statuses, answer.text
        if exchange.boolean is not None:
            assert answer.json()["boolean"] is exchange.boolean
