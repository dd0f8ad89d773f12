"""Ten questions about the publishers' files: the endpoint says what rdflib says, and what GraphQL says."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import httpx2
import pytest
import rdflib
from rdflib.query import Result

from taxonomy.compose import open_shelf, open_store, publication
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.formats import export
from tests.cli.command import Served, environment, serving
from tests.conformance.results import READERS, Solutions, read_results, same
from tests.gql.service import settings_in
from tests.sparql.conftest import until_it_has_a_store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("sparql-real"),  # the files are loaded once
    pytest.mark.timeout(300),
]

PREFIXES: Final = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX esco: <http://data.europa.eu/esco/model#>
PREFIX og: <https://w3id.org/occupation-graph/vocabulary#>
PREFIX code: <https://w3id.org/occupation-graph/datatype/>
PREFIX jt: <http://data.jobtechdev.se/taxonomy/concept/>
"""
NURSE: Final = "bXNH_MNX_dUR"
SOUGHT: Final = "FuJx_cGT_5im"
"""An occupation whose job many can do."""
ESCO_NURSE: Final = "http://data.europa.eu/esco/occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50"
SAID: Final = (
    "skos/core#broader>",
    "skos/core#exactMatch>",
    "dc/terms/type>",
    "vocabulary#jobTitleOf>",
    "vocabulary#occupationField>",
    "vocabulary#level>",
    "vocabulary#substitute>",
    "vocabulary#substituteFor>",
)
"""The ends of the predicates that the questions are about; rdflib would read all of them for a minute."""

Rows: TypeAlias = set[tuple[Any, ...]]


class Question(NamedTuple):
    """A query, and what GraphQL has to say to the same question, if it can be asked there."""

    query: str
    graphql: str = ""
    rows: Callable[[Any], Rows] | None = None


def _uris(nodes: Any) -> Rows:
    return {(node["uri"],) for node in nodes}


QUESTIONS: Final = {
    "occupations of an SSYK group": Question(
        """SELECT ?occupation { ?occupation skos:broader ?group ; dct:type ?kind .
           ?group skos:notation "2221"^^code:ssyk-code-2012 }""",
        '{ occupationGroup(by: { ssyk: "2221" }) { narrower(first: 1000) { nodes { uri } } } }',
        lambda data: _uris(data["occupationGroup"]["narrower"]["nodes"]),
    ),
    "groups above an occupation": Question(
        f"SELECT DISTINCT ?group {{ jt:{NURSE} skos:broader+ ?group }}",
        f'{{ concept(id: "{NURSE}") {{ ancestors {{ uri }} }} }}',
        lambda data: _uris(data["concept"]["ancestors"]),
    ),
    "ESCO skills through the mapping": Question(
        f"""SELECT ?skill {{
           <{ESCO_NURSE}> skos:exactMatch jt:{NURSE} ; esco:relatedEssentialSkill ?skill }}""",
        f"""{{ escoOccupation(id: "{ESCO_NURSE}") {{
           skills(first: 1000) {{ edges {{ necessity node {{ uri }} }} }} }} }}""",
        lambda data: {
            (edge["node"]["uri"],)
            for edge in data["escoOccupation"]["skills"]["edges"]
            if edge["necessity"] == "ESSENTIAL"
        },
    ),
    "substitutes with their levels": Question(
        f"""SELECT ?substitute ?level {{
           ?s og:substituteFor jt:{SOUGHT} ; og:substitute ?substitute ; og:level ?level }}""",
        f"""{{ occupation(id: "{SOUGHT}") {{
           substitutedBy(first: 1000) {{ edges {{ level node {{ uri }} }} }} }} }}""",
        lambda data: {
            (edge["node"]["uri"], str(edge["level"])) for edge in data["occupation"]["substitutedBy"]["edges"]
        },
    ),
    "a concept by its label": Question(
        'SELECT ?concept { ?concept skos:prefLabel "Sjuksköterska, grundutbildad"@sv }',
        f'{{ concept(id: "{NURSE}") {{ uri }} }}',
        lambda data: _uris([data["concept"]]),
    ),
    "a concept by its code": Question(
        'SELECT ?concept { ?concept skos:notation "2221"^^code:ssyk-code-2012 }'
    ),
    "how many there are of each kind": Question(
        "SELECT ?kind (COUNT(DISTINCT ?concept) AS ?n) { ?concept dct:type ?kind } GROUP BY ?kind"
    ),
    "matches that are said in one direction only": Question(
        "SELECT (COUNT(*) AS ?n) { ?a skos:exactMatch ?b FILTER NOT EXISTS { ?b skos:exactMatch ?a } }"
    ),
    "job titles of an occupation": Question(
        f"SELECT ?title {{ ?title og:jobTitleOf jt:{NURSE} }}",
        f'{{ occupation(id: "{NURSE}") {{ jobTitles(first: 1000) {{ nodes {{ uri }} }} }} }}',
        lambda data: _uris(data["occupation"]["jobTitles"]["nodes"]),
    ),
    "how many occupations each field has": Question(
        "SELECT ?field (COUNT(*) AS ?n) { ?occupation og:occupationField ?field } GROUP BY ?field"
    ),
}


@pytest.fixture(scope="module")
def server(loaded_real: Path) -> Iterator[Served]:
    with serving("serve", env=environment(loaded_real)) as found:
        until_it_has_a_store(found)
        yield found


@pytest.fixture(scope="module")
def by_rdflib(loaded_real: Path) -> rdflib.Graph:
    """What the export says with the predicates of the questions, and all of the nurse."""
    settings = settings_in(loaded_real)
    snapshot = open_shelf(settings, open_store(settings)).current().snapshot
    text = "".join(export(Dataset(snapshot, publication(settings)), "nt"))
    nurses = f"<{ESCO_NURSE}>", f"<http://data.jobtechdev.se/taxonomy/concept/{NURSE}>"
    lines = (
        line
        for line in io.StringIO(text)
        if line.startswith(nurses)
        or line.split(" ", 2)[1].endswith(SAID)
        or "Sjuksköterska, grundutbildad" in line
        or '"2221"' in line
    )
    return rdflib.Graph().parse(data="".join(lines), format="nt")


def solutions(result: Result) -> Solutions:
    variables = frozenset(map(str, result.vars or ()))
    return Solutions(variables, [{str(name): term for name, term in row.items()} for row in result.bindings])


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_endpoint_says_what_others_say(server: Served, by_rdflib: rdflib.Graph, name: str) -> None:
    question = QUESTIONS[name]
    headers = {"Accept": READERS[".srj"][0]}
    query = {"query": PREFIXES + question.query}
    answer = httpx2.post(f"{server.url}/sparql", data=query, headers=headers, timeout=60)
    found = read_results(answer.content, "json")
    assert isinstance(found, Solutions), answer.text
    assert found.rows
    assert same(solutions(by_rdflib.query(PREFIXES + question.query)), found)
    if question.rows is not None:
        asked = httpx2.post(f"{server.url}/graphql", json={"query": question.graphql}, timeout=60).json()
        names = answer.json()["head"]["vars"]
        values = {tuple(str(row[each]) for each in names) for row in found.rows}
        assert values == question.rows(asked["data"])
