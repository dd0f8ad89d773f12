"""The Neo4j store: the contract of all stores, and what is its own."""

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taxonomy.model.errors import StoreError
from taxonomy.model.release import Content
from taxonomy.store import neo4j_write
from taxonomy.store.neo4j_schema import INDEXES, UNIQUE
from taxonomy.store.neo4j_store import Neo4jStore
from tests.store.contents import SMALL, contents, renamed
from tests.store.contract import CONTRACT, Term, published

if TYPE_CHECKING:
    from neo4j_server.server import Server

Opened = Callable[[], Neo4jStore]
Asked = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def opened(server: "Server") -> Iterator[Opened]:
    """Opens the same, at first empty, store every time."""
    stores: list[Neo4jStore] = []

    def another() -> Neo4jStore:
        stores.append(Neo4jStore(server.uri, user=server.user, password=server.password, database="neo4j"))
        return stores[-1]

    yield another
    for store in stores:
        store.close()


@pytest.fixture
def asked(server: "Server") -> Iterator[Asked]:
    """Runs Cypher as an analyst would."""
    options: dict[str, Any] = {"notifications_min_severity": "OFF"}
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password), **options) as driver:

        def ask(text: Any, **values: Any) -> list[dict[str, Any]]:
            return [row.data() for row in driver.execute_query(text, values).records]

        yield ask


@pytest.mark.parametrize("term", CONTRACT, ids=lambda term: term.__name__)
def test_neo4j_keeps_the_contract(term: Term, opened: Opened) -> None:
    term(opened)


def test_an_observation_that_was_changed_by_hand_is_noticed(opened: Opened, asked: Asked) -> None:
    release = published(opened(), SMALL)
    value = asked("MATCH (o:Observation {measure: 'salary-median'}) RETURN o.value AS value")
    assert value == [{"value": 31_000}]
    asked("MATCH (o:Observation {measure: 'salary-median'}) SET o.value = 99000")
    with pytest.raises(StoreError, match="changed by hand"):
        opened().read(release.ordinal)


def test_observations_hang_on_the_concepts_of_the_current_release_however_it_was_published(
    opened: Opened, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    tied = """MATCH (o:Observation) OPTIONAL MATCH (o)-[:OBSERVED_OF]->(c:Concept)
        OPTIONAL MATCH (o)-[:OBSERVED_IN]->(r:Concept)
        RETURN o.measure AS measure, c.id = o.concept AS of, r.id = o.region AS `in` ORDER BY measure"""
    expected = [
        {"measure": "opportunities", "of": True, "in": True},
        {"measure": "salary-median", "of": True, "in": None},
        {"measure": "salary-p90", "of": True, "in": None},
    ]
    for most in (100_000, 0, 100_000):
        monkeypatch.setattr(neo4j_write, "_MOST_TOUCHED", most)
        published(opened(), renamed(SMALL, f"Bagare {most}"))
        changed = SMALL._replace(relations=SMALL.relations[:1])
        published(opened(), changed)
        assert asked(tied) == expected
        assert asked("MATCH (o)-[:OBSERVED_OF|OBSERVED_IN]->(n) WHERE NOT n:Concept RETURN o") == []
    published(opened(), SMALL._replace(observations=SMALL.observations[1:]))
    assert asked(tied) == expected[1:]
    assert asked("MATCH (o:PastObservation) RETURN count(o) AS past, count { (o)--() } AS ends") == [
        {"past": 1, "ends": 0}
    ]


def test_every_release_of_any_history_can_be_read_back_however_it_was_published(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened()
    history: dict[int, Content] = {}

    @given(contents, st.booleans())
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def another_release(content: Content, whole: bool) -> None:
        monkeypatch.setattr(neo4j_write, "_MOST_TOUCHED", -1 if whole else 100_000)
        history[published(store, content).ordinal] = content
        middle = sorted(history)[len(history) // 2]
        assert store.read(middle) == history[middle]

    another_release()
    for ordinal in list(history)[:-1:2]:
        with store.lock():
            store.discard(ordinal)
        del history[ordinal]
    assert {ordinal: store.read(ordinal) for ordinal in history} == history


def test_the_current_release_is_a_plain_graph(opened: Opened, asked: Asked) -> None:
    published(opened(), SMALL)
    assert asked(
        "MATCH (o:Concept:Occupation)-[r:RELATED_SKILL]->(s:Skill)"
        " RETURN o.label AS label, o.altLabels AS altLabels, o.uri AS uri, properties(r) AS r, s.id AS skill"
    ) == [
        {
            "label": "Bagare",
            "altLabels": ["Brödbagare"],
            "uri": "http://data.jobtechdev.se/taxonomy/concept/aaaa_aaa_aaa",
            "r": {
                "provenance": "calculated",
                "source": "jobtech-29",
                "necessity": "related",
                "rank": 1,
                "since": 1,
            },
            "skill": "cccc_ccc_ccc",
        }
    ]
    assert asked("MATCH (:Occupation)-[r:SUBSTITUTES]->() RETURN r.level AS level") == [{"level": 75}]
    assert asked("MATCH (r:Release) RETURN r.concepts AS n, r.sources AS s") == [
        {"n": 3, "s": ["jobtech-27"]}
    ]
    assert asked("MATCH (f:Finding) RETURN f.code AS code") == [{"code": "TX403"}]


def test_history_never_touches_the_current_graph(opened: Opened, asked: Asked) -> None:
    store = opened()
    published(store, SMALL)
    published(store, renamed(SMALL._replace(relations=()), "Konditor"))
    assert asked("MATCH (c:Concept)--(x) WHERE NOT x:Observation RETURN x") == []
    assert asked("MATCH (:Past)-[r:WAS_SUBSTITUTES]->(:Past) RETURN r.since AS since, r.until AS until") == [
        {"since": 1, "until": 2}
    ]
    history = asked(
        "MATCH (v:Concept|Superseded {id: 'aaaa_aaa_aaa'})"
        " RETURN v.label AS label, v.since AS since, v.until AS until ORDER BY since"
    )
    assert history == [
        {"label": "Bagare", "since": 1, "until": 2},
        {"label": "Konditor", "since": 2, "until": None},
    ]


def test_what_stays_keeps_its_node(opened: Opened, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened()
    ids = "MATCH (c:Concept) RETURN c.id AS id, elementId(c) AS node ORDER BY id"
    published(store, SMALL)
    first = asked(ids)
    published(store, renamed(SMALL, "Konditor"))
    assert asked(ids) == first
    monkeypatch.setattr(neo4j_write, "_MOST_TOUCHED", -1)
    published(store, SMALL)
    third = asked(ids)
    assert [row["id"] for row in third] == [row["id"] for row in first]
    assert not {row["node"] for row in third} & {row["node"] for row in first}
    assert asked("MATCH (n:Staged|Retired) RETURN count(*) AS n") == [{"n": 0}]


def test_full_text_finds_inflected_words_of_the_current_release_only(opened: Opened, asked: Asked) -> None:
    store = opened()
    published(store, renamed(SMALL, "Sjuksköterska"))
    found = "CALL db.index.fulltext.queryNodes('concept_text_sv', $words) YIELD node RETURN node.id AS id"
    assert asked(found, words="sjuksköterskor") == [{"id": "aaaa_aaa_aaa"}]
    published(store, renamed(SMALL, "Konditor"))
    assert asked(found, words="sjuksköterskor") == []


def test_constraints_and_indexes_are_made_once(opened: Opened, asked: Asked) -> None:
    published(opened(), SMALL)
    shown = asked("SHOW CONSTRAINTS YIELD name") + asked("SHOW INDEXES YIELD name")
    published(opened(), renamed(SMALL, "Konditor"))
    assert asked("SHOW CONSTRAINTS YIELD name") + asked("SHOW INDEXES YIELD name") == shown
    names = {row["name"] for row in shown}
    assert names >= {item.name for item in (*UNIQUE, *INDEXES)}


def test_a_relation_to_a_concept_that_is_not_there_is_refused(opened: Opened) -> None:
    store = opened()
    loose = SMALL._replace(concepts=SMALL.concepts[:2])
    with pytest.raises(StoreError, match="cccc_ccc_ccc, which is no concept"):
        published(store, loose)
    assert store.releases() == ()


def test_writing_needs_the_lock(opened: Opened) -> None:
    store = opened()
    with pytest.raises(StoreError, match="lock is not held"):
        store.discard(7)


def test_no_password_is_shown(opened: Opened, server: "Server", caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    store = opened()
    published(store, SMALL)
    shown = [repr(store), repr(vars(store)), store.address, caplog.text, repr(store._database.__dict__)]
    assert not [text for text in shown if server.password in text]
