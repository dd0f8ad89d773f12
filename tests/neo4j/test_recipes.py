"""docs/neo4j.md: what it lists is what there is, and its recipes return what the releases say."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from taxonomy.model.concept import (
    KINDS,
    SKILL,
    Code,
    Concept,
    Definition,
    Kind,
    Label,
    LabelRole,
    Locale,
    Note,
    NoteKind,
    Provenance,
)
from taxonomy.model.errors import StoreError
from taxonomy.model.finding import Finding
from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import Necessity, Relation, RelationKind
from taxonomy.store.neo4j_graph import (
    PAST_TYPE,
    node,
    node_label,
    observation_node,
    relationship,
    relationship_type,
)
from taxonomy.store.neo4j_schema import INDEXES, SCHEMA_VERSION, UNIQUE, Wanted
from taxonomy.store.neo4j_store import Neo4jStore
from tests.builders import RECIPE_WITH_ESCO
from tests.neo4j.graph_of import BUTCHER, Graph, graph_on
from tests.neo4j.recipes import DOCS, EXPECTED, UNCHECKED, Known, cypher_in, label_of, recipes, without
from tests.neo4j.servers import Servers
from tests.store.contents import SMALL
from tests.store.contract import published
from tests.test_docs import rows_under

if TYPE_CHECKING:
    from neo4j_server.server import Server

# Two releases of the real data are loaded for the first test, into a server that starts for it.
pytestmark = pytest.mark.timeout(600)

PAGE = "neo4j.md"
PATIENT = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SEARCH = "CALL db.index.fulltext.queryNodes('concept_text_sv', $text) YIELD node RETURN node.id LIMIT $most"
PASSING = {"Staged", "Retired", "StagedObservation"}
"""Labels that are there while a release is written only."""
PROPERTIES = """
MATCH (n:$($label)) UNWIND keys(n) AS name RETURN DISTINCT name
"""
EVERYTHING = Concept(
    ConceptId("aaaa_aaa_aaa"),
    Kind("ssyk-level-4"),
    tuple(Label(locale, role, "Text", "test") for locale in Locale for role in LabelRole),
    (Code("ssyk-code-2012", "2221"),),
    tuple(Definition(locale, "Text", "test") for locale in Locale),
    deprecated=True,
    replaced_by=(BUTCHER,),
    notes=tuple(Note(kind, Locale.EN, "Text", "test") for kind in NoteKind),
)
ALL_SAID = Relation(
    RelationKind.RELATED_SKILL, BUTCHER, BUTCHER, Provenance.NATIVE, "test", Necessity.RELATED, 75, 1
)


@pytest.fixture
def graph(neo4j_version: str, neo4j_servers: Servers, real_data: Path) -> Iterator[Graph]:
    with graph_on(neo4j_servers, neo4j_version, real_data, RECIPE_WITH_ESCO) as found:
        yield found


# ---- recipes


def test_there_are_a_dozen_recipes_and_each_is_checked() -> None:
    assert list(recipes()) == list(EXPECTED)
    assert len(EXPECTED) >= 12


@pytest.mark.parametrize("heading", EXPECTED)
def test_a_recipe_returns_what_the_releases_say(heading: str, graph: Graph) -> None:
    expected = EXPECTED[heading](Known(graph.now), Known(graph.before))
    found = without(graph.rows(recipes()[heading]), UNCHECKED.get(heading))
    if heading == "Full-text search":
        found.sort()
    assert found == expected
    assert found


def test_the_best_hits_of_the_full_text_come_first(graph: Graph) -> None:
    scores = [row[3] for row in graph.rows(recipes()["Full-text search"])]
    assert scores == sorted(scores, reverse=True)


def test_versions_of_a_concept_have_the_times_of_their_releases(graph: Graph) -> None:
    times = [row[2].to_native() for row in graph.rows(recipes()["The history of a concept"])]
    assert times[0] < times[1] == graph.snapshot.release.published_at


def test_no_recipe_is_deprecated_or_names_what_is_not_there(graph: Graph) -> None:
    with graph.driver.session(database="neo4j", default_access_mode="READ") as session:
        for heading, text in recipes().items():
            statuses = session.run(text).consume().gql_status_objects
            told = [s.status_description for s in statuses if s.is_notification]
            assert told == [], heading


# ---- what people type


def python_blocks() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", (DOCS / PAGE).read_text("utf-8"), re.MULTILINE | re.DOTALL)


def escaped(text: str) -> str:
    """As the page says."""
    names: dict[str, Any] = {}
    exec(python_blocks()[1], names)  # noqa: S102 our own documentation
    return str(names["escaped"](text))


@PATIENT
@given(text=st.text('ab +-&|!(){}[]^"~*?:\\/<>=ÅåÄäAND OR NOT TO', max_size=12) | st.text(max_size=8))
def test_nothing_that_people_type_is_an_error_once_it_is_escaped(graph: Graph, text: str) -> None:
    assume(text.strip())
    graph.rows(SEARCH, text=escaped(text), most=1)


def test_an_escaped_name_finds_its_concept(graph: Graph) -> None:
    for concept in graph.now.concepts:
        if concept.kind == SKILL and "+" in (name := label_of(concept) or ""):
            assert [concept.id] in graph.rows(SEARCH, text=escaped(name), most=20), name


def test_the_example_of_the_driver_prints_the_number_of_occupations(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAXONOMY_NEO4J_PASSWORD", graph.server.password)
    exec(python_blocks()[0].replace("neo4j://localhost:7687", graph.server.uri), {})  # noqa: S102
    assert capsys.readouterr().out == f"{len(Known(graph.now).of_kind('occupation-name'))}\n"


# ---- the tables


def column(heading: str, number: int = 0) -> list[str]:
    return [row[number] for row in rows_under(PAGE, heading)]


def test_every_kind_is_listed_with_its_label() -> None:
    assert rows_under(PAGE, "### Labels of kinds") == [[kind, node_label(kind)] for kind in KINDS]


def test_every_relation_is_listed_with_its_type_and_is_in_the_picture() -> None:
    types = [row[:2] for row in rows_under(PAGE, "### Types of relationships")]
    assert types == [[kind.value, relationship_type(kind)] for kind in RelationKind]
    picture = (DOCS / "neo4j" / "graph.svg").read_text("utf-8")
    assert [name for _, name in types if f">{name}<" not in picture] == []


def test_every_property_of_a_concept_and_of_a_relationship_is_listed() -> None:
    assert set(column("### Properties of concepts")) == {*node(EVERYTHING, 1), "until"}
    assert set(column("### Properties of relationships")) == {*relationship(ALL_SAID, 1), "until"}


def test_every_property_of_an_observation_is_listed() -> None:
    assert set(column("### Observations")) == {*observation_node(SMALL.observations[0], 1), "until"}


def test_every_constraint_and_index_is_listed() -> None:
    def described(wanted: Wanted) -> list[str]:
        words = [*wanted.properties]
        words += ["unique"] if wanted in UNIQUE else []
        words += ["full text", f"analyzer {wanted.analyzer}"] if wanted.analyzer else []
        return [wanted.name, wanted.label, ", ".join(words)]

    assert rows_under(PAGE, "### Constraints and indexes") == [described(w) for w in (*UNIQUE, *INDEXES)]


def test_every_property_of_a_finding_is_listed() -> None:
    rows = rows_under(PAGE, "### Properties of releases and findings")
    named = {name for label, name, _ in rows if label == "Finding"}
    assert named == {*Finding._fields, "number", "release"}


def test_the_version_of_the_schema_is_told() -> None:
    assert f"`TaxonomyStore.schema` is {SCHEMA_VERSION}." in (DOCS / PAGE).read_text("utf-8")


def test_everything_in_the_graph_is_listed(graph: Graph) -> None:
    own = set(column("### Labels"))
    kinds = {node_label(concept.kind) for concept in (*graph.before.concepts, *graph.now.concepts)}
    labels = {label for [label] in graph.rows("MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label")}
    assert labels == kinds | own - PASSING
    types = set(column("### Types of relationships", 1))
    there = {name for [name] in graph.rows("MATCH ()-[r]->() RETURN DISTINCT type(r)")}
    assert there <= types | {PAST_TYPE + name for name in types} | {"OBSERVED_OF", "OBSERVED_IN"}
    listed: dict[str, set[str]] = {}
    for label, name, _ in rows_under(PAGE, "### Properties of releases and findings"):
        listed.setdefault(label, set()).add(name)
    listed["Concept"] = listed["Superseded"] = set(column("### Properties of concepts"))
    listed["Past"] = {"id"}
    listed["Observation"] = set(column("### Observations")) - {"until"}
    listed["PastObservation"] = set(column("### Observations"))
    for label in own - PASSING:
        assert {name for [name] in graph.rows(PROPERTIES, label=label)} <= listed[label], label


# ---- a graph that was changed by hand


def test_a_graph_that_was_changed_by_hand_is_refused_and_restored_as_operations_says(
    server: "Server",
) -> None:
    page = (DOCS / "operations.md").read_text("utf-8")
    text = cypher_in(page.split("\n### A graph that was changed by hand\n")[1].split("\n### ")[0])
    store = Neo4jStore(server.uri, user=server.user, password=server.password, database="neo4j")
    try:
        release = published(store, SMALL)
        with server.driver() as driver, driver.session(database="neo4j") as session:
            session.run("MATCH (c:Skill)--(o) SET c.label = 'Mine' CREATE (c)-[:MINE]->(o)").consume()
            assert store.read(release.ordinal) == SMALL, "neither is part of the proof"
            session.run("MATCH (:Concept)-[r:SUBSTITUTES]->(:Concept) SET r.level = 25").consume()
            with pytest.raises(
                StoreError, match=r"changed by hand.*docs/operations.md says how to restore it"
            ):
                store.read(release.ordinal)
            session.run(text).consume()
        assert store.releases() == ()
        assert published(store, SMALL).id == release.id
        assert store.read(1) == SMALL
    finally:
        store.close()
