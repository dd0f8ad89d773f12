"""The publishers' guidance files beside the Swedish taxonomy: what joins, and what is told of the rest."""

from collections import Counter
from pathlib import Path

import pytest

from taxonomy.ingest.manifest import Recipe, read_manifest
from taxonomy.ingest.pipeline import gather
from taxonomy.model.concept import BAROMETER_OCCUPATION, OCCUPATION, SSYK_GROUP, NoteKind
from taxonomy.model.observation import NOT_STATED, SALARIES, Measure
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import Content, Draft
from tests.ingest.recipes import ROOT

COUNTRY = "i46j_HmG_v64"
SOURCES = (
    "jobtech-27",
    "yrkesbarometern-undated",
    "advertisements-2024",
    "scb-employment-2023",
    "salaries-undated",
    "labour-flow-undated",
    "education-requirements-undated",
    "skill-collections-undated",
)


@pytest.fixture(scope="module")
def guidance(real_data: Path) -> tuple[Draft, Content]:
    manifests = tuple(read_manifest(ROOT / "loaders" / f"{name}.toml") for name in SOURCES)
    return gather(Recipe("guidance", "Guidance", "", manifests, None, None), real_data)


@pytest.fixture(scope="module")
def content(guidance: tuple[Draft, Content]) -> Content:
    return guidance[1]


@pytest.fixture(scope="module")
def kinds(content: Content) -> dict[str, str]:
    return {concept.id: concept.kind for concept in content.concepts}


def values(content: Content, *measures: Measure) -> list[int | str | None]:
    return [row.value for row in content.observations if row.measure in measures]


def told(content: Content, file: str) -> dict[str, int]:
    return dict(Counter(finding.code for finding in content.findings if finding.file == file))


def of_kind(content: Content, kind: RelationKind) -> list[tuple[str, str, int | None]]:
    return [(r.subject, r.object, r.rank) for r in content.relations if r.kind is kind]


def test_every_place_of_an_observation_is_a_county_or_the_country(
    content: Content, kinds: dict[str, str]
) -> None:
    places = {row.region for row in content.observations if row.region}
    assert Counter(kinds[place] for place in places) == {"region": 21, "country": 1}
    assert {row.region for row in content.observations if row.measure in SALARIES} == {None}
    assert {row.region for row in content.observations if row.measure is Measure.EMPLOYED} == {COUNTRY}
    assert "TX601" not in {finding.code for finding in content.findings}


def test_the_barometer_has_3638_cells_of_which_44_are_of_unknown_occupations(content: Content) -> None:
    opportunities = Counter(values(content, Measure.OPPORTUNITIES))
    assert opportunities.total() == 3638 - 44
    forecasts = Counter(values(content, Measure.FORECAST))
    assert forecasts.total() == 3638 - 44
    assert set(opportunities) == {"small", "medium", "large"}
    assert set(forecasts) == {"decrease", "unchanged", "increase"}
    assessed = {row.concept for row in content.observations if row.measure is Measure.FORECAST}
    assert len(assessed) == 164
    assert told(content, "barometer_regional.json") == {"TX010": 4}
    assert [f.count for f in content.findings if f.code == "TX606"] == [53]


def test_744_occupations_are_assessed_as_215_of_which_562_are_known(
    content: Content, kinds: dict[str, str]
) -> None:
    ends = Counter(kinds[subject] for subject, *_ in of_kind(content, RelationKind.ASSESSED_AS))
    assert ends == {OCCUPATION: 562, SSYK_GROUP: 234}
    assert told(content, "occupation_barometer.json") == {"TX010": 744 - 562}
    covers = Counter(
        note.text
        for concept in content.concepts
        for note in concept.notes
        if note.kind is NoteKind.COVERAGE and concept.kind == BAROMETER_OCCUPATION
    )
    assert covers == {"group": 178, "part-of-group": 30, "more-than-group": 7}


def test_every_group_is_advertised_in_the_country(content: Content) -> None:
    rows = [row for row in content.observations if row.measure is Measure.ADVERTISEMENTS]
    assert len(rows) == 7717
    assert sum(row.region == COUNTRY for row in rows) == 400
    assert {(row.period, row.unit) for row in rows} == {("2024", "advertisements")}


def test_every_group_has_a_number_of_employed_and_only_two_codes_have_no_group(content: Content) -> None:
    rows = [row for row in content.observations if row.measure is Measure.EMPLOYED]
    assert len(rows) == 400
    assert {(row.period, row.unit) for row in rows} == {("2023", "persons")}
    # All of Sweden but elected representatives and other food processors.
    assert sum(int(row.value or 0) for row in rows) == 4_946_690 - 5_792 - 978
    assert told(content, "ssyk2012_en_2023.csv") == {"TX013": 2}
    assert [f.count for f in content.findings if f.code == "TX604"] == [52]


def test_pay_is_complete_for_347_groups_partial_for_28_and_suppressed_for_25(content: Content) -> None:
    known = Counter(
        row.concept for row in content.observations if row.measure in SALARIES and row.value is not None
    )
    assert Counter(known.values()) == {3: 347, 2: 25, 1: 3}
    groups = {row.concept for row in content.observations if row.measure in SALARIES}
    assert (len(groups), len(groups - known.keys())) == (400, 25)
    medians = values(content, Measure.SALARY_MEDIAN)
    assert sum(value is not None for value in medians) == 366
    assert {row.unit for row in content.observations if row.measure in SALARIES} == {NOT_STATED}
    assert {row.period for row in content.observations if row.measure in SALARIES} == {NOT_STATED}
    assert told(content, "ssyk_salary.json") == {"TX013": 5}
    assert [f.count for f in content.findings if f.code == "TX605"] == [113]
    assert not {"TX602", "TX603"} & {finding.code for finding in content.findings}


def test_of_400_lists_of_flows_26_have_no_places_and_66_repeat_themselves(content: Content) -> None:
    flows = of_kind(content, RelationKind.LABOUR_FLOW)
    assert len({subject for subject, *_ in flows}) == 400
    assert len({subject for subject, _, rank in flows if rank is None}) == 26
    assert len({subject for subject, _, rank in flows if rank is not None}) == 374
    assert told(content, "labour_flow_data.json") == {"TX013": 4, "TX017": 1, "TX025": 66 - 26, "TX026": 26}


def test_208_of_331_requirements_are_of_known_occupations(content: Content) -> None:
    required = [note for c in content.concepts for note in c.notes if note.source.startswith("education")]
    assert {note.kind for note in required} == {NoteKind.EDUCATION_REQUIREMENT}
    assert len(required) == 208
    assert told(content, "occupation_id_educational_requirements.json") == {"TX010": 331 - 208}


def test_375_green_and_1368_digital_skills_are_known(content: Content) -> None:
    members = Counter(object_ for _, object_, _ in of_kind(content, RelationKind.MEMBER_OF))
    assert members["collection:green-skills"] == 375
    assert members["collection:digital-skills"] == 1368
    assert told(content, "green_skills.json") == {"TX012": 381 - 375}
    assert told(content, "digital_skills.json") == {"TX012": 1}


def test_what_states_nothing_says_so(guidance: tuple[Draft, Content]) -> None:
    said = {source.id: source for source in guidance[0].sources}
    assert {source.licence for source in said.values()} == {NOT_STATED, "CC0-1.0"}
    undated = {id_ for id_, source in said.items() if source.period == NOT_STATED}
    assert undated == {id_ for id_ in SOURCES if id_.endswith("-undated")}
