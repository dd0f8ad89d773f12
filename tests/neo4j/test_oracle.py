"""The services that walk the graph, on the snapshot, against Cypher on the server that it came from.

The Cypher is written from the definitions in docs/model.md and in the services' docstrings, and asks of the
graph; the services ask of arrays. The ids are drawn from the real data, of the recipe without ESCO: what
follows from its mappings is worked out in tests/snapshot.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path as File
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from taxonomy.model.concept import (
    OCCUPATION,
    OCCUPATION_FIELD,
    SKILL,
    SSYK_LEVELS,
    Kind,
    Provenance,
    Scheme,
    facts_of,
)
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.services import browse, skills
from taxonomy.services.paths import Path, shortest_paths
from taxonomy.snapshot import Snapshot
from tests.neo4j import oracle
from tests.neo4j.graph_of import DRONES, TOUCHED, Graph, graph_on
from tests.neo4j.servers import Servers

# Two releases of the real data are loaded for the first test, into a server that starts for it.
pytestmark = pytest.mark.timeout(300)

EXAMPLES: Final = 60
LAW: Final = settings(
    max_examples=EXAMPLES,
    deadline=None,
    # The graph is only read.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FEW: Final = settings(LAW, max_examples=20)
MOST_PATHS: Final = 3_000

KINDS: Final = [kind.name for kind in RelationKind]
PROVENANCES: Final = [provenance.value for provenance in Provenance]
NECESSITIES: Final = [necessity.value for necessity in Necessity]

wishes = st.tuples(
    st.none() | st.sets(st.sampled_from(Necessity)), st.none() | st.sets(st.sampled_from(Provenance))
)


@pytest.fixture
def graph(neo4j_version: str, neo4j_servers: Servers, real_data: File) -> Iterator[Graph]:
    with graph_on(neo4j_servers, neo4j_version, real_data) as found:
        yield found


def any_of(graph: Graph, *kinds: Kind) -> st.SearchStrategy[int]:
    """The number of a concept of these kinds, or of any; often of one that has what the real data lack."""
    of = graph.snapshot
    ranges = [of.kind_range(kind) for kind in kinds] or [range(of.count)]
    odd = [of.index[id_] for id_ in (*TOUCHED, DRONES) if not kinds or of.kind_of[of.index[id_]] in kinds]
    drawn = [st.integers(numbers.start, numbers.stop - 1) for numbers in ranges]
    return st.one_of(*drawn, *([st.sampled_from(odd)] if odd else []))


def some_of(numbers: list[int]) -> st.SearchStrategy[list[int] | None]:
    """A few of these numbers, or none, or no wish."""
    few = st.lists(st.sampled_from(numbers), max_size=3) if numbers else st.just([])
    return st.none() | few


def ids(of: Snapshot, numbers: Any) -> list[str]:
    return [of.ids[number] for number in numbers]


# ---- effective skills


# docs/model.md
TRUST: Final = {"native": 0.9, "calculated": 0.6, "mapping": 0.5, "group": 0.3, "derived": 0.2}
NEED: Final = {"essential": 1.0, "optional": 0.5, "related": 0.8}


def shown_evidence(of: Snapshot, row: int) -> list[tuple[Any, ...]]:
    """Provenance, necessity, rank and the concept between, of every piece; the steps must lead there."""
    pieces = []
    for piece in skills.evidence_of(of, row, first=1000):
        walked = [piece.steps[0].origin, *(step.target for step in piece.steps)]
        assert walked[0] == of.effective.occupation[row]
        assert walked[-1] == of.effective.skill[row]
        assert [(s.relation, s.direction) for s in piece.steps] == [
            *[(RelationKind.BROADER, Direction.OUT)] * (len(walked) - 2),
            (RelationKind.RELATED_SKILL, Direction.OUT),
        ]
        via = of.ids[walked[1]] if len(walked) == 3 else None
        pieces.append((piece.provenance.value, piece.necessity.value, piece.rank, via))
    assert len(pieces) == skills.evidence_count(of, row)
    return pieces


def strength(piece: tuple[Any, ...]) -> tuple[int, int, int]:
    provenance, necessity, rank, _ = piece
    return PROVENANCES.index(provenance), NECESSITIES.index(necessity), rank or 0


def evidence_in(graph: Graph, occupation: int) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for skill, *piece in graph.rows(oracle.EVIDENCE, id=graph.snapshot.ids[occupation]):
        found.setdefault(skill, []).append(tuple(piece))
    return found


def passes(pieces: list[tuple[Any, ...]], wished: tuple[Any, Any]) -> bool:
    necessity, provenance = wished
    return any(
        (provenance is None or by in provenance) and (necessity is None or need in necessity)
        for by, need, *_ in pieces
    )


@LAW
@given(data=st.data())
def test_the_effective_skills_of_an_occupation_have_all_their_evidence(
    graph: Graph, data: st.DataObject
) -> None:
    of = graph.snapshot
    occupation = data.draw(any_of(graph, OCCUPATION))
    wished = data.draw(wishes)
    there = evidence_in(graph, occupation)
    rows = skills.skills_of(of, occupation)
    found = {of.ids[of.effective.skill[row]]: shown_evidence(of, row) for row in rows}
    assert {skill: sorted(pieces, key=repr) for skill, pieces in found.items()} == {
        skill: sorted(pieces, key=repr) for skill, pieces in there.items()
    }
    for row, pieces in zip(rows, found.values(), strict=True):
        assert [strength(piece) for piece in pieces] == sorted(map(strength, pieces))
        assert of.effective.provenance[row] == min(strength(piece)[0] for piece in pieces)
        assert of.effective.necessity[row] == min(strength(piece)[1] for piece in pieces)
    some = skills.skills_of(of, occupation, necessity=wished[0], provenance=wished[1])
    wanted = {skill for skill, pieces in there.items() if passes(pieces, wished)}
    assert set(ids(of, of.effective.skill[some])) == wanted
    assert list(some) == [row for row in rows if row in set(some)]


def test_no_effective_skill_is_missing_and_none_has_too_much_evidence(graph: Graph) -> None:
    of = graph.snapshot
    there = {occupation: dict(pairs) for occupation, pairs in graph.rows(oracle.ALL_EDGES)}
    found: dict[str, dict[str, int]] = {}
    for row, (occupation, skill) in enumerate(
        zip(of.effective.occupation.tolist(), of.effective.skill.tolist(), strict=True)
    ):
        found.setdefault(of.ids[occupation], {})[of.ids[skill]] = skills.evidence_count(of, row)
    assert found == there


@FEW
@given(data=st.data())
def test_the_weights_of_effective_skills_are_those_of_the_formula(graph: Graph, data: st.DataObject) -> None:
    of = graph.snapshot
    occupation = data.draw(any_of(graph, OCCUPATION))
    there = dict(graph.rows(oracle.WEIGHTS, id=of.ids[occupation], trust=TRUST, need=NEED))
    rows = skills.skills_of(of, occupation)
    found = {of.ids[of.effective.skill[row]]: float(of.effective.weight[row]) for row in rows}
    assert found == pytest.approx(there, abs=1e-6)
    weights = list(found.values())
    assert weights == sorted(weights, reverse=True)


@LAW
@given(data=st.data(), wished=wishes)
def test_the_occupations_of_a_skill_are_those_with_evidence_as_wished(
    graph: Graph, data: st.DataObject, wished: tuple[Any, Any]
) -> None:
    of = graph.snapshot
    skill = data.draw(any_of(graph, SKILL))
    texts = [None if wish is None else [word.value for word in wish] for wish in wished]
    there = graph.rows(oracle.OCCUPATIONS_OF, id=of.ids[skill], necessity=texts[0], provenance=texts[1])
    rows = skills.occupations_of(of, skill, necessity=wished[0], provenance=wished[1])
    assert set(of.effective.skill[rows]) <= {skill}
    assert sorted(ids(of, of.effective.occupation[rows])) == sorted(id_ for [id_] in there)


# ---- up, down and aside


@LAW
@given(data=st.data(), scheme=st.none() | st.sampled_from(Scheme))
def test_ancestors_are_all_above_nearest_first(
    graph: Graph, data: st.DataObject, scheme: Scheme | None
) -> None:
    of = graph.snapshot
    concept = data.draw(any_of(graph) | any_of(graph, OCCUPATION))
    asked = {"id": of.ids[concept], "scheme": scheme}
    there = sorted(graph.rows(oracle.ANCESTORS, **asked), key=lambda row: (row[1], of.index[row[0]]))
    assert ids(of, browse.ancestors(of, concept, scheme)) == [id_ for id_, _ in there]
    above = [of.index[id_] for [id_] in graph.rows(oracle.BROADER, **asked)]
    assert sorted(browse.broader(of, concept, scheme)) == sorted(above)


@FEW
@given(data=st.data())
def test_descendants_are_all_below_and_the_concepts_themselves(graph: Graph, data: st.DataObject) -> None:
    of = graph.snapshot
    tops = data.draw(st.lists(any_of(graph, *SSYK_LEVELS, OCCUPATION_FIELD) | any_of(graph), max_size=3))
    there = {id_ for [id_] in graph.rows(oracle.DESCENDANTS, ids=ids(of, tops))}
    assert set(ids(of, browse.descendants(of, tops))) == there


FACTS: Final = ("provenance", "source", "necessity", "level", "rank")


def in_order(of: Snapshot, row: list[Any]) -> tuple[Any, ...]:
    side, kind, other, said = row
    by = PROVENANCES.index(said["provenance"])
    level, rank = said.get("level", 0), said.get("rank", 0)
    return (KINDS.index(kind), side == "in", -level, by, rank, of.index[other])


@LAW
@given(
    data=st.data(),
    kinds=st.none() | st.sets(st.sampled_from(RelationKind)),
    direction=st.none() | st.sampled_from(Direction),
)
def test_relations_are_those_of_the_graph_in_the_stated_order(
    graph: Graph, data: st.DataObject, kinds: set[RelationKind] | None, direction: Direction | None
) -> None:
    """Substitutes both ways and job titles are among them."""
    of = graph.snapshot
    concept = data.draw(any_of(graph, OCCUPATION) | any_of(graph))
    rows = sorted(graph.rows(oracle.RELATIONS, id=of.ids[concept]), key=lambda row: in_order(of, row))
    there = [
        (side, kind, other, *map(said.get, FACTS))
        for side, kind, other, said in rows
        if (kinds is None or RelationKind[kind] in kinds) and direction in (None, side)
    ]
    wanted = None if kinds is None else list(kinds)
    found = [
        (row.direction.value, row.kind.name, of.ids[row.concept], *row.facts(of))
        for row in browse.relations(of, concept, wanted, direction)
    ]
    assert found == there


@LAW
@given(data=st.data())
def test_relations_are_counted_by_kind_side_and_other_end(graph: Graph, data: st.DataObject) -> None:
    of = graph.snapshot
    concept = data.draw(any_of(graph, OCCUPATION, *SSYK_LEVELS) | any_of(graph))
    there = graph.rows(oracle.COUNTS, id=of.ids[concept])
    there.sort(key=lambda row: (KINDS.index(row[0]), row[1] == "in", row[2]))
    found = [[c.relation.name, c.direction, c.kind, c.count] for c in browse.relation_counts(of, concept)]
    assert found == there


# ---- occupations that pass filters


@FEW
@given(data=st.data())
def test_occupations_pass_all_filters(graph: Graph, data: st.DataObject) -> None:
    of = graph.snapshot
    example = data.draw(any_of(graph, OCCUPATION))
    own = [int(of.effective.skill[row]) for row in skills.skills_of(of, example)]
    above = browse.ancestors(of, example)
    fields = data.draw(some_of(list(of.kind_range(OCCUPATION_FIELD))))
    groups, wanted = data.draw(some_of(above)), data.draw(some_of(own))
    has_skills = data.draw(st.none() | st.booleans())
    asked = {
        name: None if numbers is None else ids(of, numbers)
        for name, numbers in (("fields", fields), ("groups", groups), ("skills", wanted))
    }
    there = graph.rows(oracle.OCCUPATIONS, **asked, has=has_skills)
    found = browse.occupations(of, fields, groups, wanted, has_skills)
    assert ids(of, found) == ids(of, sorted(of.index[id_] for [id_] in there))


@FEW
@given(data=st.data())
def test_skills_of_groups_are_those_of_all_groups_below(graph: Graph, data: st.DataObject) -> None:
    of = graph.snapshot
    groups = data.draw(st.lists(any_of(graph, *SSYK_LEVELS), max_size=3))
    there = [of.index[id_] for [id_] in graph.rows(oracle.SKILLS_OF_GROUPS, ids=ids(of, groups))]
    assert browse.skills_of_groups(of, groups) == sorted(there)


# ---- shortest paths


def shown_path(of: Snapshot, path: Path, start: int) -> tuple[list[str], list[list[Any]]]:
    for one, other in pairwise(path):
        assert one.target == other.origin
    return (
        ids(of, [start, *(step.target for step in path)]),
        [[step.relation.name, step.direction is Direction.OUT] for step in path],
    )


def stated_order(of: Snapshot, shown: tuple[list[str], list[list[Any]]]) -> tuple[Any, ...]:
    return (
        [of.index[id_] for id_ in shown[0]],
        [(KINDS.index(kind), not forwards) for kind, forwards in shown[1]],
    )


@LAW
@given(
    data=st.data(),
    relations=st.none() | st.frozensets(st.sampled_from(RelationKind), min_size=2),
    max_length=st.integers(0, 6),
)
def test_shortest_paths_are_as_short_as_those_of_neo4j_and_the_same(
    graph: Graph, data: st.DataObject, relations: frozenset[RelationKind] | None, max_length: int
) -> None:
    of = graph.snapshot
    start = data.draw(any_of(graph, OCCUPATION, SKILL) | any_of(graph))
    end = data.draw(any_of(graph, OCCUPATION, SKILL) | any_of(graph))
    assume(start != end)  # Neo4j refuses it, the service says: the empty path
    asked = {
        "start": of.ids[start],
        "end": of.ids[end],
        "types": KINDS if relations is None else [kind.name for kind in relations],
    }
    [[length]] = graph.rows(oracle.LENGTH, **asked)
    wanted = {"relations": relations, "max_length": max_length}
    found = shortest_paths(of, start, end, **wanted, limit=MOST_PATHS + 1)  # type: ignore[arg-type]
    if length is None or length > max_length:
        assert found == ()
        return
    assert {len(path) for path in found} == {length}
    there = graph.rows(oracle.PATHS, **asked, most=MOST_PATHS + 1)
    shown = [shown_path(of, path, start) for path in found]
    assert shown == sorted(shown, key=lambda path: stated_order(of, path))
    if len(there) <= MOST_PATHS:
        assert shown == sorted(((a, b) for a, b in there), key=lambda path: stated_order(of, path))
    else:
        assert len(found) == MOST_PATHS + 1


def test_what_was_drawn_has_what_the_real_data_lack(graph: Graph) -> None:
    """Else the laws above would say less than they seem to."""
    of = graph.snapshot
    assert any(of.deprecated)
    assert {facts_of(of.kind_of[of.index[id_]]).scheme for id_ in TOUCHED} >= {
        Scheme.JOBTECH,
        Scheme.SSYK_2012,
    }
    for column, words in (
        (of.effective.evidence_necessity, Necessity),
        (of.effective.provenance, Provenance),
    ):
        assert len(set(column.tolist())) >= 3, words
    doubled = (
        "MATCH (a:Concept)-[r]->(b) WITH a, b, type(r) AS t, count(*) AS n WHERE n > 1 RETURN DISTINCT t"
    )
    assert {"BROADER", "RELATED_SKILL", "SUBSTITUTES"} <= {name for [name] in graph.rows(doubled)}
