"""Transitions: terms add up, one stated order, and a reference written from the formula."""

from collections import Counter
from math import exp, isclose, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.model.concept import OCCUPATION, SKILL, SSYK_GROUP
from taxonomy.model.relation import Relation, RelationKind
from taxonomy.services.match import Matcher
from taxonomy.services.profile import Profile, open_occupations
from taxonomy.services.transition_features import SKILL_OVERLAP, char_grams
from taxonomy.services.transitions import Reach, Transition, Transitions, Weights, reached, shipped_weights
from taxonomy.snapshot import Snapshot
from tests.builders import broader, concept, has_skill, relation, snapshot

OCCUPATIONS = "abcdef"
SKILLS = "stuvw"
WEIGHTS = Weights(1.0, {"own_skills": 2.0, "label": 1.5, "same_ssyk_4": 0.5, "covered": -0.25})

skills = st.lists(st.tuples(st.sampled_from(OCCUPATIONS), st.sampled_from(SKILLS)), unique=True)
edges = st.dictionaries(
    st.permutations(OCCUPATIONS).map(lambda names: (names[0], names[1])), st.sampled_from((25, 75))
)
Skills = list[tuple[str, str]]


def graph(having: Skills, levels: dict[tuple[str, str], int] | None = None) -> Snapshot:
    concepts = [
        *(concept(name, f"{name}{name} yrke", OCCUPATION) for name in OCCUPATIONS),
        *(concept(name, name, SKILL) for name in SKILLS),
        concept("g", "grupp", SSYK_GROUP, codes=[("ssyk-code-2012", "1234")]),
    ]
    relations: list[Relation] = [broader(name, "g") for name in "ab"]
    relations += [has_skill(*pair) for pair in having]
    relations += [
        relation(RelationKind.SUBSTITUTES, *pair, level=level) for pair, level in (levels or {}).items()
    ]
    return snapshot(concepts, relations)


def found(of: Snapshot, origin: str, weights: Weights = WEIGHTS) -> tuple[Transition, ...]:
    alone = Profile((), (of.index[origin],), ())
    return tuple(Reach(Transitions(of, weights), of.index[origin], open_occupations(of, alone)))


def idf(bags: dict[str, Counter[str]], token: str) -> float:
    return log((1 + len(bags)) / (1 + sum(token in bag for bag in bags.values()))) + 1


def cosine(bags: dict[str, Counter[str]], one: str, other: str) -> float:
    def vector(name: str) -> dict[str, float]:
        raw = {token: (1 + log(times)) * idf(bags, token) for token, times in bags[name].items()}
        length = sqrt(sum(value**2 for value in raw.values()))
        return {token: value / length for token, value in raw.items()}

    first, second = vector(one), vector(other)
    return sum(first[token] * second[token] for token in first.keys() & second.keys())


def slow(having: Skills, origin: str, other: str) -> float:
    bags = {name: Counter(skill for owner, skill in having if owner == name) for name in OCCUPATIONS}
    labels = {name: Counter(char_grams(f"{name}{name} yrke")) for name in OCCUPATIONS}
    need = sum(idf(bags, skill) for skill in bags[origin])
    shared = sum(idf(bags, skill) for skill in bags[origin].keys() & bags[other].keys())
    raw = 2.0 * sqrt(cosine(bags, origin, other)) + 1.5 * sqrt(cosine(labels, origin, other))
    raw -= 0.25 * sqrt(shared / need if need else 0.0)
    return raw + 0.5 * ({origin, other} == {"a", "b"})


@given(skills, st.sampled_from(OCCUPATIONS))
def test_scores_equal_those_of_the_slow_reference(having: Skills, origin: str) -> None:
    of = graph(having)
    scores = {of.ids[one.occupation]: one for one in found(of, origin)}
    assert scores.keys() == set(OCCUPATIONS) - {origin}
    for other, one in scores.items():
        raw = slow(having, origin, other)
        assert one.raw_score == pytest.approx(raw, abs=1e-9)
        assert one.score == pytest.approx(1 / (1 + exp(1.0 - raw)), abs=1e-9)


@given(skills, st.sampled_from(OCCUPATIONS))
def test_terms_add_up_with_the_shipped_weights(having: Skills, origin: str) -> None:
    of = graph(having)
    for one in found(of, origin, shipped_weights()):
        assert isclose(sum(value for _, value in one.terms), one.raw_score, abs_tol=1e-9)
        assert 0 <= one.score <= 1


@given(skills, st.sampled_from(OCCUPATIONS))
def test_the_order_is_by_score_then_by_name(having: Skills, origin: str) -> None:
    order = [(-round(one.raw_score, 9), one.occupation) for one in found(graph(having), origin)]
    assert order == sorted(order)


@given(skills, edges, st.sampled_from(OCCUPATIONS))
def test_the_level_is_a_field_and_changes_nothing_else(
    having: Skills, levels: dict[tuple[str, str], int], origin: str
) -> None:
    without, of = graph(having), graph(having, levels)
    plain, told = found(without, origin), found(of, origin)
    assert [one._replace(substitutability=None) for one in told] == list(plain)
    for one in told:
        assert one.substitutability == levels.get((origin, of.ids[one.occupation]))


def test_only_those_of_the_mask_are_answered_and_never_the_origin() -> None:
    of = graph([("a", "s"), ("b", "s"), ("c", "s")])
    scorer = Transitions(of, WEIGHTS)
    mask = np.array([of.ids[number] in "abd" for number in scorer.occupations])
    answered = reached(scorer, Matcher(of), of.index["a"], mask=mask).found
    assert [of.ids[one.occupation] for one in answered] == ["b", "d"]
    assert list(answered[:1]) == [answered[0]]
    assert list(answered[:0]) == []


def test_every_shipped_weight_belongs_to_a_feature() -> None:
    scorer = Transitions(graph([]), WEIGHTS)
    assert shipped_weights().of.keys() == set(scorer.features.names)


def test_sharing_a_skill_never_counts_against_an_occupation() -> None:
    assert min(shipped_weights().of[name] for name in SKILL_OVERLAP) >= 0
