"""What views of the graph browser ask "as Cypher", run on the publishers' files: rows are what releases say.

`browser/explorer/test/cypher.test.ts` holds the files to what the views write.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from taxonomy.model.concept import ESCO_OCCUPATION, OCCUPATION
from taxonomy.model.relation import RelationKind
from tests.builders import RECIPE_WITH_ESCO
from tests.neo4j.graph_of import Graph, graph_on
from tests.neo4j.recipes import DEVELOPER, NURSE, Known, Rows, label_of
from tests.neo4j.servers import Servers

# Two releases of the real data are loaded for the first test, into a server that starts for it.
pytestmark = pytest.mark.timeout(600)

CYPHER: Final = Path(__file__).resolve().parents[1] / "golden" / "cypher"
ASSISTANT, NURSING, HEALTH_CENTRE = "PQkQ_Dmk_ZF8", "MR4H_FFT_mTj", "FJjr_4pF_LEY"
GROUPS = ("Z8ci_bBE_tmx", "DJh5_yyF_hEM")


@pytest.fixture
def graph(neo4j_version: str, neo4j_servers: Servers, real_data: Path) -> Iterator[Graph]:
    with graph_on(neo4j_servers, neo4j_version, real_data, RECIPE_WITH_ESCO) as found:
        yield found


def _search(now: Known) -> Rows:
    return [
        [concept.id]
        for concept in now.content.concepts
        if "sjuksköterska" in (label_of(concept) or "").lower()
    ]


def _tree(now: Known) -> Rows:
    return [
        *([group] for group in GROUPS),
        *([below] for group in GROUPS for below in now.subjects(RelationKind.BROADER, group)),
    ]


def _relations(now: Known) -> Rows:
    return [
        *(
            [r.kind.name, True, r.object, r.provenance.value]
            for r in now.content.relations
            if r.subject == NURSE
        ),
        *(
            [r.kind.name, False, r.subject, r.provenance.value]
            for r in now.content.relations
            if r.object == NURSE
        ),
    ]


def _substitutes(now: Known) -> Rows:
    return [[r.subject, 75] for r in now.into[RelationKind.SUBSTITUTES, DEVELOPER] if r.level == 75]


def _compare(now: Known) -> Rows:
    one, other = now.skills(ASSISTANT), now.skills(NURSE)
    where = {(True, True): "both", (True, False): "A", (False, True): "B"}
    return [[skill, where[skill in one, skill in other]] for skill in one | other]


def _held(now: Known) -> set[str]:
    return (now.skills(ASSISTANT) | {NURSING}) - {HEALTH_CENTRE}


def _match(now: Known) -> Rows:
    rows: Rows = []
    for id_ in now.of_kind(OCCUPATION):
        needed = now.skills(id_)
        matched, unwanted = len(needed & _held(now)), len(needed & {HEALTH_CENTRE})
        if matched and id_ != ASSISTANT and not now.concepts[id_].deprecated:
            rows.append([id_, now.label(id_), matched, unwanted, len(needed)])
    return sorted(rows, key=lambda row: (row[3] - row[2], row[1], row[0]))[:100]


def _gap(now: Known) -> Rows:
    return [[skill, skill in _held(now)] for skill in now.skills(NURSE)]


def _coverage(now: Known) -> Rows:
    """The occupations of the second group that no ESCO occupation matches exactly."""
    return [
        [id_]
        for id_ in now.subjects(RelationKind.BROADER, GROUPS[1])
        if now.concepts[id_].kind == OCCUPATION
        and not now.concepts[id_].deprecated
        and not any(
            now.concepts[other].kind == ESCO_OCCUPATION
            for other in now.subjects(RelationKind.EXACT_MATCH, id_)
        )
    ]


EXPECTED: Final[dict[str, tuple[tuple[str, ...], Callable[[Known], Rows]]]] = {
    "search": (("c.id",), _search),
    "tree": (("c.id",), _tree),
    "relations": (("relation", "out", "id", "provenance"), _relations),
    "substitutes": (("id", "level"), _substitutes),
    "compare": (("id", "where"), _compare),
    "match": (("id", "occupation", "matched", "unwanted", "needs"), _match),
    "gap": (("id", "matched"), _gap),
    "coverage": (("o.id",), _coverage),
}
"""By view: the columns that are compared, and what must be in them."""


def test_every_view_that_asks_cypher_is_run() -> None:
    assert {path.stem for path in CYPHER.glob("*.cypher")} == set(EXPECTED)


@pytest.mark.parametrize("view", EXPECTED)
def test_the_cypher_of_a_view_returns_what_the_release_says(view: str, graph: Graph) -> None:
    columns, expected = EXPECTED[view]
    text = (CYPHER / f"{view}.cypher").read_text("utf-8")
    with graph.driver.session(database="neo4j", default_access_mode="READ") as session:
        result = session.run(text)
        found = [[record[column] for column in columns] for record in result]
        told = [s.status_description for s in result.consume().gql_status_objects if s.is_notification]
    assert found
    assert sorted(found, key=repr) == sorted(expected(Known(graph.now)), key=repr)
    assert told == []
