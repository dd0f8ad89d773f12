"""Career paths: costs add up, nothing cheaper exists, no loops, no detours, one path over some groups."""

from collections.abc import Iterator
from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taxonomy.model.concept import OCCUPATION, SKILL, SSYK_GROUP, Locale, Note, NoteKind
from taxonomy.model.relation import Relation, RelationKind
from taxonomy.services.career_paths import MAX_STEPS, CareerPath, career_paths
from taxonomy.services.career_steps import TERMS, CareerSteps
from taxonomy.services.requirements import Requirements
from taxonomy.snapshot import Snapshot
from tests.builders import broader, concept, has_skill, relation, snapshot

OCCUPATIONS = "abcdefg"
SKILLS = "tuvwxyzåäö"
LICENCE = "Legitimation som provare"
GROUPS = {"k": "2221", "l": "2512", "m": "3331", "n": "5151", "o": "7612", "p": "9111"}
"""SSYK groups of every skill level."""

groups = st.permutations([*GROUPS, "k"]) | st.lists(st.sampled_from([*GROUPS]), min_size=7, max_size=7)
# A few skills in a row each, so that there are near occupations and far ones, and ways between.
skills = st.tuples(st.permutations(range(7)), st.lists(st.integers(2, 4), min_size=7, max_size=7)).map(
    lambda drawn: [
        (name, skill)
        for name, start, count in zip(OCCUPATIONS, *drawn, strict=True)
        for skill in SKILLS[start : start + count]
    ]
)
levels = st.dictionaries(
    st.permutations(OCCUPATIONS).map(lambda names: (names[0], names[1])),
    st.sampled_from((25, 75)),
    max_size=8,
)
graphs = st.tuples(groups, skills, levels)
"""The group of each occupation, who has which skills, and whose job who can do."""

few = settings(max_examples=40)

Graph = tuple[list[str], list[tuple[str, str]], dict[tuple[str, str], int]]
Found = tuple[int, int, tuple[int, ...]]
"""Cost, number of steps, and the places gone over."""


def made(graph: Graph) -> Snapshot:
    of_group, having, stated = graph
    concepts = [
        *(concept(name, f"{name} yrke", OCCUPATION) for name in OCCUPATIONS),
        *(
            concept(name, f"{name} grupp", SSYK_GROUP, codes=[("ssyk-code-2012", GROUPS[name])])
            for name in GROUPS
        ),
        *(concept(name, LICENCE if name == "ö" else name, SKILL) for name in SKILLS),
    ]
    relations: list[Relation] = [broader(*pair) for pair in zip(OCCUPATIONS, of_group, strict=True)]
    relations += [has_skill(*pair) for pair in having]
    relations += [relation(RelationKind.SUBSTITUTES, *pair, level=level) for pair, level in stated.items()]
    return snapshot(concepts, relations)


def found(steps: CareerSteps, max_steps: int, limit: int = 100) -> tuple[CareerPath, ...]:
    first, last = steps.occupations[0], steps.occupations[-1]
    return career_paths(steps, first, last, max_steps=max_steps, limit=limit)


def places_of(steps: CareerSteps, path: CareerPath) -> tuple[int, ...]:
    first = steps.occupations.start
    return (path.steps[0].origin - first, *(step.target - first for step in path.steps))


def costs_of(steps: CareerSteps) -> dict[tuple[int, int], int]:
    """The steps of a graph and the direct one from the first to the last, which is always one."""
    origins = np.repeat(np.arange(len(steps.occupations)), np.diff(steps.start))
    pairs = zip(origins.tolist(), steps.target.tolist(), strict=True)
    ends = (0, len(steps.occupations) - 1)
    return {ends: steps.step(*ends).cost, **dict(zip(pairs, steps.cost.tolist(), strict=True))}


def on_the_way(asked: Requirements, origin: int, place: int, target: int) -> bool:
    had, needed, wanted = (asked.licences(at) for at in (origin, place, target))
    level, from_level, to_level = (int(asked.levels[at]) for at in (place, origin, target))
    if wanted and needed and needed <= wanted:
        return level <= max(from_level, to_level)
    lacking = wanted and not (had and had <= wanted)
    held = not needed or (bool(had) and had <= needed)
    return held and level <= (from_level if lacking else max(from_level, to_level))


def every_way(steps: CareerSteps, max_steps: int) -> Iterator[tuple[tuple[int, ...], Found]]:
    """Every way from the first to the last occupation, with the groups between, by trying all of them."""
    *others, last = range(1, len(steps.occupations))
    others = [place for place in others if on_the_way(steps.requirements, 0, place, last)]
    group, costs = steps.requirements.groups.tolist(), costs_of(steps)
    for size in range(max_steps):
        for between in permutations(others, size):
            places = (0, *between, last)
            passed = tuple(group[place] for place in between)
            if len(set(passed)) < size or {group[0], group[last]} & set(passed):
                continue
            if all(pair in costs for pair in pairwise(places)):
                yield passed, (sum(costs[pair] for pair in pairwise(places)), size + 1, places)


def by_brute_force(steps: CareerSteps, max_steps: int) -> list[Found]:
    best: dict[tuple[int, ...], Found] = {}
    for passed, way in every_way(steps, max_steps):
        best[passed] = min(way, best.get(passed, way))
    return sorted(
        way
        for passed, way in best.items()
        if not any(
            fewer in best and best[fewer][0] <= way[0]
            for size in range(len(passed))
            for fewer in combinations(passed, size)
        )
    )


@given(graphs, st.integers(1, MAX_STEPS), st.sampled_from((0, 1, 3, 100)))
def test_nothing_cheaper_exists_and_the_order_is_that_of_all_ways(
    graph: Graph, max_steps: int, limit: int
) -> None:
    steps = CareerSteps(made(graph))
    shown = [(path.cost, len(path.steps), places_of(steps, path)) for path in found(steps, max_steps, limit)]
    assert shown == by_brute_force(steps, max_steps)[:limit]


@few
@given(graphs)
def test_costs_add_up_and_a_longer_limit_never_makes_the_best_worse(graph: Graph) -> None:
    steps = CareerSteps(made(graph))
    best = []
    for max_steps in range(1, MAX_STEPS + 1):
        paths = found(steps, max_steps)
        best.append(paths[0].cost)
        for path in paths:
            assert len(path.steps) <= max_steps
            assert path.cost == sum(sum(step.terms) for step in path.steps)
            assert all(one.target == two.origin for one, two in pairwise(path.steps))
            assert len(set(places_of(steps, path))) == len(path.steps) + 1
    assert best == sorted(best, reverse=True)


@few
@given(graphs)
def test_no_detour_makes_education_or_licence_cheaper(graph: Graph) -> None:
    steps = CareerSteps(made(graph))
    *others, direct = found(steps, MAX_STEPS)
    assert len(direct.steps) == 1
    for at in (TERMS.index("EDUCATION"), TERMS.index("LICENCE")):
        for path in others:
            assert sum(step.terms[at] for step in path.steps) >= direct.steps[0].terms[at]


@few
@given(graphs)
def test_a_step_costs_what_the_formula_says(graph: Graph) -> None:
    _, _, stated = graph
    steps = CareerSteps(made(graph))
    level = [{"2": 4, "3": 3}.get(GROUPS[name][0], 2) for name in graph[0]]
    licensed = ["ö" in [skill for owner, skill in graph[1] if owner == name] for name in OCCUPATIONS]
    for origin, target in permutations(range(len(OCCUPATIONS)), 2):
        step = steps.step(origin, target)
        said = stated.get((OCCUPATIONS[origin], OCCUPATIONS[target]))
        assert step.substitutability == said
        missing = 1000 * min((1 - step.covered) / step.covered, 20) if step.covered else 20000
        assert step.terms[0] == 1000
        assert step.terms[1] == pytest.approx(missing, abs=0.51)
        assert step.terms[2] == pytest.approx(-missing * (said or 0) / 100, abs=1.5)
        assert step.terms[3] == 2000 * max(level[target] - level[origin], 0)
        had = level[origin] if licensed[origin] else 1
        assert step.terms[4] == (2000 * max(level[target] - had, 0) if licensed[target] else 0)
        assert bool(step.licences) == (licensed[target] and not licensed[origin])


def test_the_text_on_an_occupations_education_goes_before_the_level_of_its_group() -> None:
    said = [
        ("a", "Högskoleutbildning"),
        ("b", "Gymnasieutbildning eller yrkeshögskola"),
        ("c", "Yrket kräver eftergymnasial utbildning i någon form."),
        ("d", "Det beror på."),
    ]
    notes = {name: [Note(NoteKind.EDUCATION_REQUIREMENT, Locale.SV, text, "test")] for name, text in said}
    group = concept("g", "grupp", SSYK_GROUP, codes=[("ssyk-code-2012", "2512")])
    occupations = [concept(name, name, OCCUPATION, notes=notes.get(name, [])) for name in "abcdef"]
    of = snapshot([group, *occupations], [broader(name, "g") for name in "abcde"])
    assert Requirements(of).levels.tolist() == [4, 2, 3, 4, 4, 0]


def test_who_has_all_skills_of_an_occupation_has_none_to_learn() -> None:
    twins = made((list("klklklm"), [("a", "t"), ("a", "u"), ("g", "t"), ("g", "u")], {}))
    assert found(CareerSteps(twins), 1)[0].steps[0].terms == (1000, 0, 0, 0, 0)


def test_from_an_occupation_to_itself_there_is_no_path() -> None:
    steps = CareerSteps(made((list("klmnklm"), [("a", "t")], {})))
    assert career_paths(steps, steps.occupations[0], steps.occupations[0], max_steps=3, limit=3) == ()


def test_one_of_several_licences_is_not_each_of_them() -> None:
    of = snapshot(
        [
            *(concept(name, name, OCCUPATION) for name in ("aid", "doctor", "nurse", "waiter")),
            concept("d", "Legitimation som läkare", SKILL),
            concept("n", "Sjuksköterskelegitimation", SKILL),
        ],
        [has_skill(*pair) for pair in (("aid", "d"), ("aid", "n"), ("doctor", "d"), ("nurse", "n"))],
    )
    steps = CareerSteps(of)
    place = {of.ids[number]: number - steps.occupations.start for number in steps.occupations}

    def licences(origin: str, target: str) -> set[str]:
        return {of.ids[number] for number in steps.step(place[origin], place[target]).licences}

    assert licences("waiter", "aid") == {"d", "n"}
    assert licences("nurse", "aid") == set()
    assert licences("aid", "nurse") == {"n"}
    assert licences("nurse", "doctor") == {"d"}
    assert licences("doctor", "waiter") == set()
