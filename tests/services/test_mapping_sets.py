"""Mapping sets and what can be wrong with them."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from taxonomy.declarations import RECIPES, ROOT
from taxonomy.ingest.manifest import read_recipe
from taxonomy.ingest.pipeline import gather
from taxonomy.model.concept import (
    ESCO_OCCUPATION,
    ESCO_SKILL,
    ISCO_GROUP,
    OCCUPATION,
    SKILL,
    Provenance,
    Scheme,
)
from taxonomy.model.relation import Relation, RelationKind
from taxonomy.services import browse, crosswalk
from taxonomy.services.browse import Row
from taxonomy.services.mapping_sets import SEVERITIES, Problem, mapping_sets, remarks
from taxonomy.snapshot import Snapshot
from tests.builders import concept, relation, snapshot

EXACT, CLOSE, BROAD, NARROW = (
    RelationKind.EXACT_MATCH,
    RelationKind.CLOSE_MATCH,
    RelationKind.BROAD_MATCH,
    RelationKind.NARROW_MATCH,
)
KOCK, CHEF = concept("kock", kind=OCCUPATION), concept("chef", kind=ESCO_OCCUPATION)


def mapped(kind: RelationKind, subject: str, object_: str) -> Relation:
    return relation(kind, subject, object_, Provenance.MAPPING)


def told(release: Snapshot) -> list[tuple[Problem, str, list[str], str]]:
    return [
        (row.problem, release.ids[row.concept], [release.ids[other] for other in row.others], row.says)
        for row in remarks(release)
    ]


def test_a_set_is_counted_by_schemes_and_match_as_its_source_has_it() -> None:
    release = snapshot([KOCK, CHEF], [mapped(BROAD, "chef", "kock")])
    [found] = mapping_sets(release)
    assert (found.source, found.subject, found.object) == ("test", Scheme.ESCO, Scheme.JOBTECH)
    assert {match: count for match, count in found.counts.items() if count} == {BROAD: 1}


def test_sound_mappings_leave_nothing_to_say() -> None:
    assert told(snapshot([KOCK, CHEF], [mapped(EXACT, "chef", "kock")])) == []


def test_a_release_without_mapping_sets_has_no_gaps() -> None:
    assert told(snapshot([KOCK, CHEF])) == []


def test_an_exact_and_a_broad_match_of_one_pair_contradict_each_other() -> None:
    release = snapshot([KOCK, CHEF], [mapped(EXACT, "chef", "kock"), mapped(BROAD, "chef", "kock")])
    # Seen from the Swedish concept, ESCO's is the narrower one.
    assert told(release) == [(Problem.CONTRADICTION, "kock", ["chef"], "exact-match, narrow-match")]
    assert SEVERITIES[Problem.CONTRADICTION] == "error"


def test_the_same_said_from_both_ends_is_no_contradiction() -> None:
    release = snapshot([KOCK, CHEF], [mapped(BROAD, "chef", "kock"), mapped(NARROW, "kock", "chef")])
    assert told(release) == []


def test_exact_and_close_agree() -> None:
    release = snapshot([KOCK, CHEF], [mapped(EXACT, "chef", "kock"), mapped(CLOSE, "kock", "chef")])
    assert told(release) == []


def test_an_occupation_cannot_be_exactly_a_group() -> None:
    group = concept("isco", kind=ISCO_GROUP, codes=[("isco-code-08", "5120")])
    release = snapshot([KOCK, group], [mapped(EXACT, "isco", "kock")])
    assert told(release) == [(Problem.LEVELS, "isco", ["kock"], "exact-match")]


def test_a_concept_that_is_exactly_two_others_is_told_with_both() -> None:
    cook = concept("cook", kind=ESCO_OCCUPATION)
    release = snapshot([KOCK, CHEF, cook], [mapped(EXACT, "chef", "kock"), mapped(EXACT, "cook", "kock")])
    assert told(release) == [(Problem.SEVERAL_EXACT, "kock", ["chef", "cook"], "exact-match")]


def test_what_has_no_counterpart_is_a_gap_unless_it_is_deprecated() -> None:
    others = [concept("diskare", kind=OCCUPATION), concept("springpojke", deprecated=True)]
    release = snapshot([KOCK, CHEF, *others], [mapped(EXACT, "chef", "kock")])
    assert told(release) == [(Problem.UNMAPPED, "diskare", [], "nothing")]


@pytest.mark.slow
def test_the_publishers_tables_have_as_many_problems_as_the_load_counts(real_data: Path) -> None:
    draft, content = gather(read_recipe(RECIPES / "sweden-esco.toml"), real_data)
    counted = {row.code: row.count for row in draft.findings}
    problems = [row.problem for row in remarks(snapshot(content.concepts, content.relations))]
    assert problems.count(Problem.SEVERAL_EXACT) == counted["TX501"]
    assert problems.count(Problem.CONTRADICTION) == counted.get("TX502", 0)
    assert problems.count(Problem.UNMAPPED) == counted["TX503"]
    assert problems.count(Problem.LEVELS) == 0


@pytest.mark.slow
def test_the_counts_of_the_crosswalk_page_are_those_of_the_publishers_files(real_data: Path) -> None:
    release = default_release(real_data)
    counts = Counter((row.problem, release.kind_of[row.concept]) for row in remarks(release))
    degrees = [len(to_esco(release, number)) for number in release.kind_range(OCCUPATION)]
    exact, elsewhere = isco_of_exact_matches(release)
    kinds = (OCCUPATION, SKILL, ESCO_OCCUPATION, ESCO_SKILL)
    assert shown() == [
        sum(degrees),
        sum(degree > 0 for degree in degrees),
        sum(degree > 1 for degree in degrees),
        max(degrees),
        *(counts[Problem.UNMAPPED, kind] for kind in kinds),
        *(counts[Problem.SEVERAL_EXACT, kind] for kind in kinds),
        sum(row.problem is Problem.CONTRADICTION for row in remarks(release)),
        exact,
        elsewhere,
    ]


def shown() -> list[int]:
    """The numbers of the table on the page; the skills stand below the occupations."""
    page = (ROOT / "docs" / "crosswalk.md").read_text("utf-8")
    rows = re.findall(r"^\| .* \| ([\d,]+) \|$", page, re.MULTILINE)
    return [int(row.replace(",", "")) for row in rows]


def to_esco(release: Snapshot, occupation: int) -> list[Row]:
    return crosswalk.mappings_to(release, occupation, {ESCO_OCCUPATION})


def isco_of_exact_matches(release: Snapshot) -> tuple[int, int]:
    """Exact matches of occupations, and those whose ISCO groups do not meet over the SSYK group."""
    exact = elsewhere = 0
    for occupation in release.kind_range(OCCUPATION):
        ssyk = browse.group_of(release, occupation)
        assert ssyk is not None
        groups = crosswalk.mappings_to(release, ssyk, crosswalk.ISCO_KINDS)
        codes = {release.codes[row.concept] for row in groups}
        for row in to_esco(release, occupation):
            if row.match is EXACT:
                group = crosswalk.isco_group_of(release, row.concept)
                assert group is not None
                exact += 1
                elsewhere += release.codes[group] not in codes
    return exact, elsewhere


@pytest.mark.slow
def test_the_three_cases_of_the_crosswalk_page_are_real(real_data: Path) -> None:
    release = default_release(real_data)

    def told_of(id_: str) -> list[tuple[str, str]]:
        rows = to_esco(release, release.index[id_])
        return [(str(row.match), release.codes[row.concept]) for row in rows]

    assert told_of("UuLp_7rH_2WC") == [("broad-match", "3153.2")]
    assert sorted(told_of("bXNH_MNX_dUR")) == [("exact-match", "2221.2"), ("exact-match", "5321.1.1")]
    shops = told_of("WWVG_4sM_faC")
    assert ("narrow-match", "1420.4.5") in shops
    assert Counter(match for match, _ in shops) == {"exact-match": 3, "narrow-match": 41}


@cache
def default_release(data: Path) -> Snapshot:
    _, content = gather(read_recipe(RECIPES / "sweden-esco.toml"), data)
    return snapshot(content.concepts, content.relations)
