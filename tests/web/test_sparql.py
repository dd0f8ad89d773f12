"""The SPARQL 1.1 Protocol at `/sparql`."""

import csv
import io
import json
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from taxonomy.model.errors import PROBLEMS
from taxonomy.model.linked_data import SD
from taxonomy.sparql.formats import GRAPHS, SOLUTIONS
from taxonomy.web.sparql_page import ExampleQuery, example_queries
from tests.gql.service import Service
from tests.web.test_problems import assert_problem

SKOS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
NURSE = "<http://data.jobtechdev.se/taxonomy/concept/bXNH_MNX_dUR>"
LABELS = f'{SKOS} SELECT ?label WHERE {{ {NURSE} skos:prefLabel ?label FILTER(LANG(?label) = "sv") }}'
NAME = "Sjuksköterska, grundutbildad"
GRAPH = f"{SKOS} CONSTRUCT {{ {NURSE} skos:prefLabel ?label }} WHERE {{ {NURSE} skos:prefLabel ?label }}"
JSON = "application/sparql-results+json"


def assert_refused(answer: Response, code: str) -> None:
    assert assert_problem(answer, PROBLEMS[code].status)["code"] == code


def asked(
    client: TestClient, query: str, accept: str | None = None, **parameters: str | list[str]
) -> Response:
    headers = {"Accept": accept} if accept is not None else {}
    response: Response = client.get("/sparql", params={"query": query, **parameters}, headers=headers)
    return response


def values(response: Response) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    rows = response.json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


def test_a_query_is_asked_by_get_by_a_form_and_directly(client: TestClient, service: Service) -> None:
    direct = {"Content-Type": "application/sparql-query"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answers = [
        asked(client, LABELS),
        client.post("/sparql", data={"query": LABELS}),
        client.post("/sparql", content=f"query={quote(LABELS)}", headers=form),
        client.post("/sparql", content=LABELS.encode(), headers=direct),
    ]
    for answer in answers:
        assert values(answer) == [{"label": NAME}]
        assert answer.headers["Content-Type"] == JSON
        assert answer.headers["Taxonomy-Release"] == service.release.id
        assert answer.headers["Vary"].startswith("Accept")


def test_head_has_the_headers_of_get_and_no_body(client: TestClient) -> None:
    head, get = client.head("/sparql", params={"query": LABELS}), asked(client, LABELS)
    assert head.status_code == 200
    assert head.content == b""
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize("media_type", SOLUTIONS)
def test_solutions_come_in_every_form(client: TestClient, media_type: str) -> None:
    answer = asked(client, LABELS, media_type)
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    if media_type == "text/csv":
        assert list(csv.reader(io.StringIO(answer.text))) == [["label"], [NAME]]
    else:
        found = ox.parse_query_results(answer.content, format=SOLUTIONS[media_type])
        assert isinstance(found, ox.QuerySolutions)
        assert [solution["label"] for solution in found] == [ox.Literal(NAME, language="sv")]


@pytest.mark.parametrize("media_type", SOLUTIONS)
def test_what_is_asked_with_ask_is_true_or_false_in_every_form(client: TestClient, media_type: str) -> None:
    for query, expected in (("ASK {}", "true"), ("ASK { FILTER(1 = 2) }", "false")):
        answer = asked(client, query, media_type)
        assert answer.status_code == 200
        assert expected in answer.text


@pytest.mark.parametrize("media_type", GRAPHS)
def test_graphs_come_in_every_rdf_format(client: TestClient, media_type: str) -> None:
    answer = asked(client, GRAPH, media_type)
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    found = {quad.object for quad in ox.parse(answer.content, format=GRAPHS[media_type])}
    assert ox.Literal(NAME, language="sv") in found


def test_describe_says_what_a_concept_is_said_to_be(client: TestClient) -> None:
    found = list(ox.parse(asked(client, f"DESCRIBE {NURSE}").content, format=ox.RdfFormat.TURTLE))
    assert len(found) > 5


def test_turtle_has_the_prefixes_of_the_query(client: TestClient) -> None:
    assert "skos:prefLabel" in asked(client, GRAPH).text


@pytest.mark.parametrize(
    ("accept", "of_solutions", "of_a_graph"),
    [
        (None, JSON, "text/turtle"),
        ("*/*", JSON, "text/turtle"),
        ("application/json", JSON, "application/ld+json"),
        ("application/xml", "application/sparql-results+xml", "application/rdf+xml"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.4, text/*;q=0.1", "text/csv", "text/turtle"),
        ("application/n-triples,*/*;q=0.9", JSON, "application/n-triples"),
        ("text/csv, text/html;q=0.1", "text/csv", None),
        ("image/png", None, None),
        ("not a media type", JSON, "text/turtle"),
    ],
)
def test_the_form_of_an_answer_is_what_the_client_prefers(
    client: TestClient, accept: str | None, of_solutions: str | None, of_a_graph: str | None
) -> None:
    for query, expected in ((LABELS, of_solutions), (GRAPH, of_a_graph)):
        headers = {"Accept": accept or ""}
        answer = client.get("/sparql", params={"query": query}, headers=headers)
        if expected is None:
            assert_refused(answer, "NOT_ACCEPTABLE")
        else:
            assert answer.headers["Content-Type"].partition(";")[0] == expected


COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


def count(client: TestClient, query: str, **parameters: str | list[str]) -> int:
    return int(values(asked(client, query, "*/*", **parameters))[0]["n"])


def test_the_default_graph_is_the_union_of_the_named_graphs(client: TestClient) -> None:
    assert count(client, COUNT) == count(client, NAMED) > 9_000
    graphs = values(asked(client, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))
    each = [count(client, COUNT.replace("WHERE", f"FROM <{row['g']}> WHERE")) for row in graphs]
    assert sum(each) == count(client, COUNT)
    assert len(each) > 5


def test_the_protocol_chooses_graphs_before_the_query_does(client: TestClient) -> None:
    one, other = (
        "https://w3id.org/occupation-graph/graph/mappings",
        "https://w3id.org/occupation-graph/graph/derived",
    )
    of_one, of_other = (count(client, COUNT, **{"default-graph-uri": graph}) for graph in (one, other))
    assert of_one
    assert of_other
    assert count(client, COUNT, **{"default-graph-uri": [one, other]}) == of_one + of_other
    query = COUNT.replace("WHERE", f"FROM <{one}> WHERE")
    assert count(client, query) == of_one
    assert count(client, query, **{"default-graph-uri": other}) == of_other
    assert count(client, NAMED, **{"named-graph-uri": other}) == of_other
    assert count(client, COUNT, **{"named-graph-uri": other}) == 0
    assert count(client, NAMED, **{"default-graph-uri": other}) == 0
    posted = client.post(
        f"/sparql?default-graph-uri={quote(one)}",
        content=COUNT,
        headers={"Content-Type": "application/sparql-query"},
    )
    assert values(posted) == [{"n": str(of_one)}]


def test_without_a_query_the_service_describes_itself(client: TestClient) -> None:
    for media_type in GRAPHS:
        answer = client.get("/sparql", headers={"Accept": media_type})
        assert answer.headers["Content-Type"].partition(";")[0] == media_type
        store = ox.Store()
        store.load(answer.content, GRAPHS[media_type], to_graph=ox.DefaultGraph())
        asked_of_it = f"""PREFIX sd: <{SD}> ASK {{
            ?service a sd:Service ; sd:endpoint ?service ; sd:feature sd:UnionDefaultGraph ;
              sd:supportedLanguage sd:SPARQL11Query ; sd:defaultDataset/sd:namedGraph/sd:name
              <https://w3id.org/occupation-graph/graph/mappings>
        }}"""
        assert bool(store.query(asked_of_it))
    assert_refused(client.get("/sparql", headers={"Accept": "image/png"}), "NOT_ACCEPTABLE")


def test_the_graphs_that_the_description_names_are_those_of_the_store(client: TestClient) -> None:
    described = ox.Store()
    described.load(client.get("/sparql").content, ox.RdfFormat.TURTLE)
    names = {row["g"] for row in described.query(f"SELECT ?g WHERE {{ ?s <{SD}name> ?g }}")}  # type: ignore[union-attr]
    found = values(asked(client, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))
    assert {row["g"] for row in found} <= {name.value for name in names}


DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.mark.parametrize(
    ("method", "parameters", "content", "headers", "code"),
    [
        ("GET", {"query": "SELECT * { ?s ?p }"}, None, {}, "BAD_INPUT"),
        ("GET", {"query": ""}, None, {}, "BAD_INPUT"),
        ("GET", {"query": ["ASK {}", "ASK {}"]}, None, {}, "BAD_INPUT"),
        ("GET", {"update": "CLEAR ALL"}, None, {}, "BAD_INPUT"),
        ("GET", {"query": "ASK { ?s ?p ?o }", "default-graph-uri": "no iri"}, None, {}, "BAD_INPUT"),
        ("GET", {"query": "SELECT (<http://e/f>(1) AS ?x) {}"}, None, {}, "BAD_INPUT"),
        ("POST", {}, "ASK {}" + " " * 65_536, DIRECT, "TOO_LONG"),
        ("GET", {"query": "ASK " + "{" * 200}, None, {}, "TOO_DEEP"),
        ("POST", {}, "ASK {}", {}, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", {}, "ASK {}", {"Content-Type": "text/plain"}, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", {}, "CLEAR ALL", {"Content-Type": "application/sparql-update"}, "BAD_INPUT"),
        ("POST", {}, b"ASK { ?s ?p '\xff' }", DIRECT, "BAD_INPUT"),
        ("POST", {"query": "ASK {}"}, "ASK {}", DIRECT, "BAD_INPUT"),
        (
            "POST",
            {},
            "update=CLEAR+ALL",
            {"Content-Type": "application/x-www-form-urlencoded"},
            "BAD_INPUT",
        ),
        ("POST", {}, "x=1", {"Content-Type": "application/x-www-form-urlencoded"}, "BAD_INPUT"),
        ("POST", {}, "query=%ff", {"Content-Type": "application/x-www-form-urlencoded"}, "BAD_INPUT"),
        ("PUT", {}, "ASK {}", DIRECT, "METHOD_NOT_ALLOWED"),
    ],
)
def test_what_is_not_of_the_protocol_is_told_apart(
    client: TestClient,
    method: str,
    parameters: dict[str, str],
    content: str | bytes | None,
    headers: dict[str, str],
    code: str,
) -> None:
    answer = client.request(method, "/sparql", params=parameters, content=content, headers=headers)
    assert_refused(answer, code)


def test_a_mistake_is_told_with_line_and_column(client: TestClient) -> None:
    answer = asked(client, f"{SKOS}\nSELECT ?s WHERE {{\n  ?s skos:prefLabel ?o ;\n  FILTER( }}")
    assert_refused(answer, "BAD_INPUT")
    assert answer.json()["detail"].startswith("line 4, column 11: ")


@pytest.mark.parametrize("query", ["ASK { SERVICE <http://127.0.0.1:1/> {} }", "ASK { s\\u0065rvice ?x {} }"])
def test_service_is_refused(client: TestClient, query: str) -> None:
    answer = asked(client, query)
    assert_refused(answer, "BAD_INPUT")
    assert "SERVICE is refused" in answer.json()["detail"]


def test_an_answer_that_a_client_has_is_not_sent_again(client: TestClient) -> None:
    etag = asked(client, LABELS).headers["ETag"]
    known = {"If-None-Match": etag}
    again = client.get("/sparql", params={"query": LABELS}, headers=known)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    other = client.get("/sparql", params={"query": f"{LABELS} "}, headers=known)
    assert other.status_code == 200
    as_csv = client.get("/sparql", params={"query": LABELS}, headers={**known, "Accept": "text/csv"})
    assert as_csv.status_code == 200
    for changing in ("SELECT (NOW() AS ?now) {}", "SELECT (N\\u004fW() AS ?now) {}"):
        assert "ETag" not in asked(client, changing).headers


@pytest.mark.parametrize("example", example_queries(), ids=lambda example: example.name)
def test_every_example_finds_something(client: TestClient, example: ExampleQuery) -> None:
    answer = asked(client, example.text, f"{JSON}, application/n-triples")
    assert answer.status_code == 200
    assert (
        values(answer)
        if answer.headers["Content-Type"] == JSON
        else list(ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES))
    )
    assert example.sv != example.en


def test_a_large_result_is_compressed_for_those_who_take_it(client: TestClient) -> None:
    everything = "SELECT * WHERE { ?s ?p ?o }"
    plain = client.get("/sparql", params={"query": everything}, headers={"Accept-Encoding": "identity"})
    assert int(plain.headers["Content-Length"]) == len(plain.content) > 1 << 20
    packed = client.get("/sparql", params={"query": everything}, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert json.loads(packed.content) == json.loads(plain.content)


def test_every_origin_may_ask(client: TestClient) -> None:
    answer = client.get(
        "/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://elsewhere.example"}
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options(
        "/sparql",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status_code == 200


def test_without_a_release_there_is_nothing_to_ask(empty: TestClient) -> None:
    assert_refused(asked(empty, "ASK {}"), "UNAVAILABLE")
