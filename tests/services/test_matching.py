"""Matching: the laws of its scores, on random small graphs and against a slow reference of the formula."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log, log1p, sqrt
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.model.concept import (
    ESCO_OCCUPATION,
    ESCO_SKILL,
    ESCO_SKILL_GROUP,
    OCCUPATION,
    SKILL,
    SSYK_GROUP,
    Concept,
    Provenance,
)
from taxonomy.model.errors import BadInput
from taxonomy.model.mapping import MATCHES, seen_from
from taxonomy.model.relation import Direction, Relation, RelationKind
from taxonomy.services.gap import skill_gap
from taxonomy.services.match import CLASSES, EXCLUDED, Match, Matcher, Weights, shipped_weights
from taxonomy.services.nearness import FAINTEST, Factors
from taxonomy.services.profile import Profile, read_profile
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES
from tests.builders import broader, concept, has_skill, relation, snapshot

WEIGHTS = Weights(
    half=0.5,
    prior=0.5,
    trust=0.5,
    in_part=0.5,
    classes={name: 1 + place / 10 for place, name in enumerate(CLASSES)},
    near=Factors(close=0.9, up=0.5, down=0.7, spread=0.5),
)

OCCUPATIONS = [f"Occu_pat_00{number}" for number in range(4)]
SKILLS = [f"Skil_lll_00{number}" for number in range(5)]
TAIL = "00000000-0000-4000-8000-00000000000"
ESCO_SKILLS = [f"esco:skill/{TAIL}{number}" for number in range(4)]
ESCO_OCCUPATIONS = [f"esco:occupation/{TAIL}{number}" for number in range(2)]
GROUP, FAMILY = "Grou_ppp_001", "esco:skill/S1.1"


def concepts() -> list[Concept]:
    return [
        *(concept(id_) for id_ in OCCUPATIONS),
        *(concept(id_, kind=SKILL) for id_ in SKILLS),
        *(concept(id_, kind=ESCO_SKILL) for id_ in ESCO_SKILLS),
        *(concept(id_, kind=ESCO_OCCUPATION) for id_ in ESCO_OCCUPATIONS),
        concept(GROUP, kind=SSYK_GROUP),
        concept(FAMILY, kind=ESCO_SKILL_GROUP),
    ]


SAID = st.sampled_from([Provenance.NATIVE, Provenance.CALCULATED])
ANY_SKILL = [*SKILLS, *ESCO_SKILLS]


@st.composite
def graphs(draw: st.DrawFn) -> Snapshot:
    """Four occupations with skills of their own, of their group and of ESCO occupations."""
    rows = [broader(id_, GROUP) for id_ in OCCUPATIONS]
    rows += [broader(id_, FAMILY) for id_ in draw(st.lists(st.sampled_from(ESCO_SKILLS), unique=True))]
    own = st.tuples(st.sampled_from(OCCUPATIONS), st.sampled_from(SKILLS), SAID)
    rows += [has_skill(*row) for row in draw(st.lists(own, max_size=12, unique=True))]
    rows += [
        has_skill(GROUP, id_) for id_ in draw(st.lists(st.sampled_from(SKILLS), max_size=3, unique=True))
    ]
    need = st.sampled_from([RelationKind.ESSENTIAL_SKILL, RelationKind.OPTIONAL_SKILL])
    esco = st.tuples(need, st.sampled_from(ESCO_OCCUPATIONS), st.sampled_from(ESCO_SKILLS))
    rows += [relation(*row) for row in draw(st.lists(esco, max_size=6, unique_by=lambda row: row[1:]))]
    match = st.sampled_from(MATCHES)
    over = st.tuples(match, st.sampled_from(ESCO_OCCUPATIONS), st.sampled_from(OCCUPATIONS))
    rows += [relation(*row) for row in draw(st.lists(over, max_size=4, unique_by=lambda row: row[1:]))]
    twin = st.tuples(match, st.sampled_from(ESCO_SKILLS), st.sampled_from(SKILLS))
    rows += [relation(*row) for row in draw(st.lists(twin, max_size=5, unique_by=lambda row: row[1:]))]
    return snapshot(concepts(), rows)


PROFILES = st.builds(
    lambda skills, occupations, excluded: (
        [id_ for id_ in skills if id_ not in excluded],
        occupations,
        excluded,
    ),
    st.lists(st.sampled_from(ANY_SKILL), min_size=1, unique=True),
    st.lists(st.sampled_from([OCCUPATIONS[0], ESCO_OCCUPATIONS[0]]), unique=True),
    st.lists(st.sampled_from(SKILLS), max_size=1, unique=True),
)


def profile_of(graph: Snapshot, ids: tuple[list[str], list[str], list[str]]) -> Profile:
    """The profile of ids that are known, without asking whether they make sense together."""
    return Profile(*(tuple(sorted(graph.index[id_] for id_ in some)) for some in ids))


def scored(graph: Snapshot, profile: Profile) -> dict[int, Match]:
    matcher = Matcher(graph, WEIGHTS)
    coverage = matcher.coverage(profile)
    return {number: matcher.explained(number, profile, coverage) for number in matcher.occupations}


# ---- a slow reference, written from the formulas


class Walk(NamedTuple):
    """A step of nearness: where it leads, and its factor."""

    target: int
    factor: float


def walks(graph: Snapshot) -> dict[int, list[Walk]]:
    found: dict[int, list[Walk]] = {number: [] for number in range(graph.count)}
    kinds = {SKILL, ESCO_SKILL, ESCO_SKILL_GROUP}
    down: dict[int, list[int]] = {number: [] for number in range(graph.count)}
    for kind in (*MATCHES, RelationKind.BROADER):
        for direction in Direction:
            for number in range(graph.count):
                for other in graph.edges(kind, direction).of(number):
                    if not {graph.kind_of[number], graph.kind_of[other]} <= kinds:
                        continue
                    if kind is RelationKind.BROADER:
                        up = direction is Direction.OUT
                    else:
                        seen = seen_from(kind, direction)
                        same = {RelationKind.EXACT_MATCH: 1.0, RelationKind.CLOSE_MATCH: WEIGHTS.near.close}
                        if seen is RelationKind.RELATED_MATCH:
                            continue
                        if seen in same:
                            found[number].append(Walk(other, same[seen]))
                            continue
                        up = seen is RelationKind.BROAD_MATCH
                    if up:
                        found[number].append(Walk(other, WEIGHTS.near.up))
                    else:
                        down[number].append(other)
    for number, below in down.items():
        factor = WEIGHTS.near.down / max(len(below), 1) ** WEIGHTS.near.spread
        found[number] += [Walk(other, factor) for other in below]
    return found


def slow_shares(graph: Snapshot, profile: Profile) -> dict[int, float]:
    held = dict.fromkeys(profile.skills, 1.0)
    for former in profile.occupations:
        if graph.kind_of[former] == ESCO_OCCUPATION:
            for kind, share in ((RelationKind.OPTIONAL_SKILL, 0.5), (RelationKind.ESSENTIAL_SKILL, 1.0)):
                for skill in graph.edges(kind).of(former):
                    held[skill] = max(held.get(skill, 0.0), share)
            continue
        for skill, provenance, necessity, _ in needs(graph, former):
            sure = provenance in (Provenance.NATIVE, Provenance.CALCULATED) or necessity == "essential"
            held[skill] = max(held.get(skill, 0.0), 1.0 if sure else 0.5)
    steps, shares = walks(graph), dict(held)
    for first, share in held.items():
        for one in steps[first]:
            near = share * one.factor
            if near < FAINTEST:
                continue
            shares[one.target] = max(shares.get(one.target, 0.0), near)
            for two in steps[one.target]:
                if near * two.factor >= FAINTEST:
                    shares[two.target] = max(shares.get(two.target, 0.0), near * two.factor)
    for skill in profile.excluded:
        shares[skill] = 0.0
    return shares


def needs(graph: Snapshot, occupation: int) -> Iterable[tuple[int, Provenance, str, float]]:
    effective = graph.effective
    for row in range(effective.start[occupation], effective.start[occupation + 1]):
        provenance = PROVENANCES[effective.provenance[row]]
        necessity = NECESSITIES[effective.necessity[row]]
        yield int(effective.skill[row]), provenance, necessity, float(effective.weight[row])


def slow_raw(graph: Snapshot, profile: Profile, occupation: int) -> float:
    occupations = graph.kind_range(OCCUPATION)
    having = [skill for other in occupations for skill, *_ in needs(graph, other)]
    shares, strengths, raw = slow_shares(graph, profile), [], 0.0
    for skill, provenance, necessity, weight in needs(graph, occupation):
        rarity = log1p(len(occupations) / having.count(skill)) / log(1 + len(occupations))
        strength = weight**WEIGHTS.trust * rarity
        strengths.append(strength)
        k = WEIGHTS.classes[f"{provenance.name}_{necessity.upper()}"]
        raw += k * strength * (shares.get(skill, 0.0) - (skill in profile.excluded))
    return raw / sqrt(WEIGHTS.prior + sum(strength**2 for strength in strengths))


@given(graph=graphs(), ids=PROFILES)
def test_scores_are_those_of_the_formula(graph: Snapshot, ids: Any) -> None:
    profile = profile_of(graph, ids)
    fast = Matcher(graph, WEIGHTS)
    raw = fast.raw_scores(profile, fast.coverage(profile))
    for place, (number, match) in enumerate(scored(graph, profile).items()):
        expected = slow_raw(graph, profile, number)
        assert match.raw_score == pytest.approx(expected, abs=1e-6)
        assert raw[place] == pytest.approx(expected, abs=1e-6)


# ---- laws


@given(graph=graphs(), ids=PROFILES)
def test_terms_add_up_and_the_score_is_a_monotone_map_in_0_to_1(graph: Snapshot, ids: Any) -> None:
    found = sorted(scored(graph, profile_of(graph, ids)).values(), key=lambda match: match.raw_score)
    for match in found:
        assert sum(value for _, value in match.terms) == pytest.approx(match.raw_score, abs=1e-8)
        assert {name for name, _ in match.terms} <= {*CLASSES, EXCLUDED}
        assert 0 <= match.score < 1
    assert [match.score for match in found] == sorted(match.score for match in found)


@given(graph=graphs(), ids=PROFILES, more=st.sampled_from(ANY_SKILL))
def test_a_skill_more_never_lowers_and_a_skill_less_never_raises(
    graph: Snapshot, ids: Any, more: str
) -> None:
    skills, occupations, excluded = ids
    richer = ([*skills, more] if more not in excluded else skills, occupations, excluded)
    before, after = scored(graph, profile_of(graph, ids)), scored(graph, profile_of(graph, richer))
    assert all(after[number].raw_score >= before[number].raw_score - 1e-9 for number in before)


@given(graph=graphs(), ids=PROFILES, unwanted=st.sampled_from(SKILLS))
def test_an_exclusion_never_raises(graph: Snapshot, ids: Any, unwanted: str) -> None:
    skills, occupations, excluded = ids
    stricter = ([id_ for id_ in skills if id_ != unwanted], occupations, [*excluded, unwanted])
    before, after = scored(graph, profile_of(graph, ids)), scored(graph, profile_of(graph, stricter))
    assert all(after[number].raw_score <= before[number].raw_score + 1e-9 for number in before)


@given(graph=graphs(), ids=PROFILES, order=st.randoms())
def test_the_order_of_the_input_has_no_part_in_the_answer(graph: Snapshot, ids: Any, order: Any) -> None:
    skills, occupations, _ = ids
    if not skills and not occupations:
        return
    shuffled = [order.sample(some, len(some)) for some in (skills, occupations)]
    first = read_profile(graph, skills, occupations, [])
    assert read_profile(graph, shuffled[0] * 2, shuffled[1], []) == first


@given(graph=graphs(), ids=PROFILES)
def test_the_ranking_is_by_falling_raw_score_then_by_name(graph: Snapshot, ids: Any) -> None:
    profile = profile_of(graph, ids)
    matcher = Matcher(graph, WEIGHTS)
    ranked = matcher.ranked(profile, matcher.coverage(profile), None).tolist()
    scores = scored(graph, profile)
    expected = [
        number for number, match in scores.items() if match.raw_score and number not in profile.occupations
    ]
    assert sorted(ranked) == expected
    keys = [(-round(scores[number].raw_score, 7), number) for number in ranked]
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)


@given(graph=graphs(), ids=PROFILES)
def test_matched_partly_and_missing_part_the_needed_skills(graph: Snapshot, ids: Any) -> None:
    profile = profile_of(graph, ids)
    matcher = Matcher(graph, WEIGHTS)
    for number in matcher.occupations:
        gap = skill_gap(matcher, number, profile, matcher.coverage(profile))
        found = sorted(one.skill for part in gap.needed for one in part)
        assert found == sorted(skill for skill, *_ in needs(graph, number))
        assert all(one.share >= 1 for one in gap.needed.matched)
        assert all(0 < one.share < 1 for one in gap.needed.partly_matched)
        assert all(one.share == 0 for one in gap.needed.missing)
        for part in gap.needed[1:]:
            assert [one.gain for one in part] == sorted((one.gain for one in part), reverse=True)
        assert 0 <= gap.closed <= 1 + 1e-9


@given(graph=graphs(), ids=PROFILES)
def test_every_piece_of_evidence_is_a_path_in_the_graph(graph: Snapshot, ids: Any) -> None:
    profile = profile_of(graph, ids)
    matcher = Matcher(graph, WEIGHTS)
    coverage = matcher.coverage(profile)
    for skill, share in zip(coverage.covered.skill.tolist(), coverage.covered.share, strict=True):
        steps = coverage.steps_to(skill)
        if not steps:
            assert skill in profile.skills or not share
            continue
        assert steps[0].origin in {*profile.skills, *profile.occupations}
        assert steps[-1].target == skill
        for step, after in pairwise(steps):
            assert step.target == after.origin
        for step in steps:
            assert step.target in graph.edges(step.relation, step.direction).of(step.origin)


@given(graph=graphs())
def test_who_has_all_that_is_needed_has_no_gap(graph: Snapshot) -> None:
    matcher = Matcher(graph, WEIGHTS)
    for number in matcher.occupations:
        needed = tuple(sorted(skill for skill, *_ in needs(graph, number)))
        if needed:
            profile = Profile(needed, (), ())
            gap = skill_gap(matcher, number, profile, matcher.coverage(profile))
            assert gap.closed == pytest.approx(1)
            assert len(gap.needed.missing) == 0
            assert len(gap.needed.partly_matched) == 0
            assert gap.match.raw_score == pytest.approx(gap.reachable, abs=1e-8)


# ---- what a profile may be


def small(relations: Sequence[Relation] = (), extra: Sequence[Concept] = ()) -> Snapshot:
    return snapshot([*concepts(), *extra], relations)


@pytest.mark.parametrize(
    ("skills", "occupations", "excluded", "told"),
    [
        ([], [], [], "it is empty"),
        ([], [], [SKILLS[0]], "it is empty"),
        (["AAAA_bbb_ccc"], [], [], "profile.skills: there is no concept AAAA_bbb_ccc"),
        ([OCCUPATIONS[0]], [], [], f"profile.skills: {OCCUPATIONS[0]} is of the kind occupation-name"),
        ([], [SKILLS[0]], [], f"profile.occupations: {SKILLS[0]} is of the kind skill"),
        ([SKILLS[0], SKILLS[1]], [], [SKILLS[1]], f"{SKILLS[1]} is both held and excluded"),
        ([SKILLS[0]], [], [OCCUPATIONS[0], GROUP], f"{GROUP} is of the kind ssyk-level-4"),
        (["Skil_old_002"], [], [], "ambiguous: replaced by"),
        (["Skil_old_003"], [], [], "withdrawn"),
    ],
)
def test_a_profile_that_makes_no_sense_is_refused_with_its_ids(
    skills: list[str], occupations: list[str], excluded: list[str], told: str
) -> None:
    graph = small(
        extra=[
            concept("Skil_old_002", kind=SKILL, deprecated=True, replaced_by=SKILLS[:2]),
            concept("Skil_old_003", kind=SKILL, deprecated=True),
        ]
    )
    with pytest.raises(BadInput, match=told):
        read_profile(graph, skills, occupations, excluded)


def test_an_esco_skill_is_contradicted_by_the_swedish_one_that_stands_for_it() -> None:
    graph = small(
        [relation(RelationKind.EXACT_MATCH, ESCO_SKILLS[0], SKILLS[0]), has_skill(GROUP, SKILLS[0])]
    )
    with pytest.raises(BadInput, match="both held and excluded"):
        read_profile(graph, [ESCO_SKILLS[0]], [], [SKILLS[0]])


def test_a_withdrawn_skill_counts_as_the_one_in_its_place() -> None:
    old = concept("Skil_old_001", kind=SKILL, deprecated=True, replaced_by=[SKILLS[2]])
    graph = small(extra=[old])
    assert read_profile(graph, ["Skil_old_001"], [], []).skills == (graph.index[SKILLS[2]],)


def test_a_common_skill_alone_gives_less_than_a_rare_one() -> None:
    common = [has_skill(id_, SKILLS[0]) for id_ in OCCUPATIONS]
    graph = small([*common, has_skill(OCCUPATIONS[0], SKILLS[1])])
    first = graph.index[OCCUPATIONS[0]]
    by_common, by_rare = (
        scored(graph, Profile((graph.index[id_],), (), ()))[first].score for id_ in SKILLS[:2]
    )
    assert by_common < by_rare


# ---- the weights that are shipped


def test_the_shipped_weights_keep_the_conditions_of_the_laws() -> None:
    weights = shipped_weights()
    assert set(weights.classes) == set(CLASSES)
    assert min(weights.classes.values()) >= 0
    assert all(0 <= factor <= 1 for factor in weights.near)
    assert 0 <= weights.in_part <= 1
    assert weights.half > 0
    assert weights.prior >= 0


def test_the_matcher_of_a_snapshot_is_made_once() -> None:
    graph = small([has_skill(OCCUPATIONS[0], SKILLS[0])])
    assert graph.derived(Matcher) is graph.derived(Matcher)
    assert np.isfinite(graph.derived(Matcher).value).all()
