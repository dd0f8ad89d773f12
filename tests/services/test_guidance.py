"""Outlook, pay, advertisements, requirements and flows: who speaks for whom, and what nobody says."""

import pytest
from hypothesis import given, settings

from taxonomy.model.concept import (
    BAROMETER_OCCUPATION,
    COUNTRY,
    MUNICIPALITY,
    REGION,
    SSYK_GROUP,
    Locale,
    Note,
    NoteKind,
)
from taxonomy.model.observation import NOT_STATED, OUTCOMES, Coverage, Forecast, Measure, Opportunities
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import Content
from taxonomy.services import guidance
from taxonomy.services.guidance import Guidance, ObservationLevel
from taxonomy.snapshot import Snapshot
from tests.builders import broader, build, concept, contents, observation, relation, release, snapshot


def barometer(id_: str, covers: str = "group") -> object:
    note = Note(NoteKind.COVERAGE, Locale.SV, covers, "test")
    return concept(id_, kind=BAROMETER_OCCUPATION, notes=[note])


def assessed(id_: str, as_: str) -> object:
    return relation(RelationKind.ASSESSED_AS, id_, as_)


def flow(subject: str, object_: str, rank: int | None) -> object:
    return relation(RelationKind.LABOUR_FLOW, subject, object_, rank=rank)


REQUIRED = Note(NoteKind.EDUCATION_REQUIREMENT, Locale.SV, "Gesällbrev.", "test")
CONCEPTS = [
    concept("baker", notes=[REQUIRED]),
    concept("confectioner"),
    concept("cook"),
    concept("pizza baker"),
    concept("waiter"),
    concept("retired", deprecated=True),
    concept("bakers", kind=SSYK_GROUP),
    concept("cooks", kind=SSYK_GROUP),
    concept("waiters", kind=SSYK_GROUP),
    barometer("b-bakers"),
    barometer("b-cooks", "part-of-group"),
    barometer("b-cold", "part-of-group"),
    barometer("b-wide", "more-than-group"),
    concept("sweden", kind=COUNTRY),
    concept("norway", kind=COUNTRY),
    concept("north", kind=REGION),
    concept("south", kind=REGION),
    concept("town", kind=MUNICIPALITY),
    concept("nowhere", kind=MUNICIPALITY),
]
RELATIONS = [
    broader("baker", "bakers"),
    broader("confectioner", "bakers"),
    broader("cook", "cooks"),
    broader("pizza baker", "cooks"),
    broader("waiter", "waiters"),
    broader("town", "north"),
    assessed("baker", "b-bakers"),
    assessed("bakers", "b-bakers"),
    assessed("cook", "b-cooks"),
    assessed("cooks", "b-cooks"),
    assessed("waiters", "b-wide"),
    flow("bakers", "waiters", 2),
    flow("bakers", "cooks", 1),
    flow("cooks", "waiters", None),
    flow("cooks", "bakers", None),
]
LARGE, SMALL = Opportunities.LARGE, Opportunities.SMALL
OBSERVATIONS = [
    observation("b-bakers", Measure.OPPORTUNITIES, "large", "sweden"),
    observation("b-bakers", Measure.FORECAST, "increase", "sweden"),
    observation("b-bakers", Measure.OPPORTUNITIES, "small", "north"),
    observation("b-bakers", Measure.FORECAST, "unchanged", "north"),
    observation("b-cooks", Measure.OPPORTUNITIES, "medium", "sweden"),
    observation("b-cooks", Measure.FORECAST, "decrease", "sweden"),
    observation("b-wide", Measure.FORECAST, "increase", "sweden"),
    observation("bakers", Measure.ADVERTISEMENTS, 90, "sweden", "2024"),
    observation("bakers", Measure.ADVERTISEMENTS, 5, "north", "2024"),
    observation("cooks", Measure.ADVERTISEMENTS, 7, "sweden", "2024"),
    observation("bakers", Measure.EMPLOYED, 4000, "sweden", "2022"),
    observation("bakers", Measure.EMPLOYED, 4500, "sweden", "2023"),
    observation("cooks", Measure.EMPLOYED, 0, "sweden", "2023"),
    observation("bakers", Measure.SALARY_P10, None, unit="SEK"),
    observation("bakers", Measure.SALARY_MEDIAN, 29_000, unit="SEK"),
    observation("bakers", Measure.SALARY_P90, 36_000, unit="SEK"),
    observation("cooks", Measure.SALARY_P10, None),
    observation("cooks", Measure.SALARY_MEDIAN, None),
    observation("cooks", Measure.SALARY_P90, None),
]


@pytest.fixture(scope="module")
def graph() -> Snapshot:
    return snapshot(CONCEPTS, RELATIONS, OBSERVATIONS)  # type: ignore[arg-type]  # made above


def outlook(graph: Snapshot, occupation: str, region: str | None = None) -> guidance.Outlook | None:
    place = graph.index[region] if region else None
    return guidance.outlook(graph, graph.index[occupation], place)


def test_an_occupation_that_is_named_is_told_of_itself(graph: Snapshot) -> None:
    found = outlook(graph, "baker")
    assert found is not None
    assert (found.opportunities, found.forecast) == (LARGE, Forecast.INCREASE)
    assert (graph.ids[found.of], found.level) == ("b-bakers", ObservationLevel.OCCUPATION)
    assert (graph.ids[found.region], found.period, found.source) == ("sweden", NOT_STATED, "test")


def test_one_that_is_not_named_is_told_of_its_group(graph: Snapshot) -> None:
    found = outlook(graph, "confectioner")
    assert found is not None
    assert (graph.ids[found.of], found.level) == ("b-bakers", ObservationLevel.GROUP)
    wide = outlook(graph, "waiter")
    assert wide is not None
    assert (wide.coverage, wide.opportunities, wide.forecast) == (
        Coverage.MORE_THAN_GROUP,
        None,
        Forecast.INCREASE,
    )


def test_a_part_of_a_group_speaks_for_those_it_names_only(graph: Snapshot) -> None:
    assert outlook(graph, "pizza baker") is None
    cook = outlook(graph, "cook")
    assert cook is not None
    assert cook.coverage is Coverage.PART_OF_GROUP


def test_several_barometer_occupations_of_a_group_speak_for_nobody_else() -> None:
    more = [*RELATIONS, assessed("bakers", "b-wide")]
    graph = snapshot(CONCEPTS, more, OBSERVATIONS)  # type: ignore[arg-type]
    assert outlook(graph, "baker") is not None
    assert outlook(graph, "confectioner") is None
    found = guidance.outlooks_of_group(graph, graph.index["bakers"])
    assert [graph.ids[one.of] for one in found] == ["b-bakers", "b-wide"]
    assert {one.level for one in found} == {ObservationLevel.BAROMETER_OCCUPATION}


def test_a_municipality_is_told_of_its_region_and_the_answer_says_so(graph: Snapshot) -> None:
    found = outlook(graph, "baker", "town")
    assert found is not None
    assert (graph.ids[found.region], found.opportunities) == ("north", SMALL)
    assert outlook(graph, "baker", "nowhere") is None


def test_where_the_barometer_says_nothing_the_country_does_not_speak(graph: Snapshot) -> None:
    assert outlook(graph, "baker", "south") is None
    assert outlook(graph, "baker", "norway") is None


def test_a_region_lists_the_largest_opportunities_first(graph: Snapshot) -> None:
    found = guidance.outlooks_in(graph, graph.index["sweden"])
    assert [graph.ids[one.of] for one in found] == ["b-bakers", "b-cooks", "b-wide"]
    assert [graph.ids[one.of] for one in guidance.outlooks_in(graph, graph.index["north"])] == ["b-bakers"]
    assert guidance.outlooks_in(graph, graph.index["south"]) == []


def test_a_barometer_occupation_knows_whom_it_speaks_of(graph: Snapshot) -> None:
    def spoken_of(id_: str) -> list[str]:
        return [graph.ids[number] for number in guidance.assessed_as(graph, graph.index[id_])]

    assert spoken_of("b-bakers") == ["baker", "confectioner"]
    assert spoken_of("b-cooks") == ["cook"]
    assert spoken_of("b-wide") == ["waiter"]
    assert spoken_of("b-cold") == []


def test_pay_is_the_groups_and_what_is_suppressed_is_not_zero(graph: Snapshot) -> None:
    found = guidance.salary(graph, graph.index["baker"])
    assert found is not None
    assert (graph.ids[found.of], found.level, found.unit) == ("bakers", ObservationLevel.GROUP, "SEK")
    assert (found.p10, found.median, found.p90, found.region) == (None, 29_000, 36_000, None)
    hidden = guidance.salary(graph, graph.index["cooks"])
    assert hidden is not None
    assert (hidden.p10, hidden.median, hidden.p90) == (None, None, None)
    assert guidance.salary(graph, graph.index["waiter"]) is None
    assert guidance.salary(graph, graph.index["retired"]) is None


def test_a_rate_is_told_only_where_both_numbers_are_of_one_place(graph: Snapshot) -> None:
    country = guidance.advertisements(graph, graph.index["baker"])
    assert country is not None
    assert country.employed is not None
    assert (country.advertised.value, country.employed.value, country.per_thousand) == (90, 4500, 20.0)
    assert country.employed.period == "2023", "the latest"
    north = guidance.advertisements(graph, graph.index["baker"], graph.index["north"])
    assert north is not None
    assert north.employed is not None
    assert (north.advertised.value, north.per_thousand) == (5, None)
    assert north.employed.region == graph.index["sweden"]


def test_nobody_employed_is_no_rate_and_no_advertisements_are_no_answer(graph: Snapshot) -> None:
    found = guidance.advertisements(graph, graph.index["cook"])
    assert found is not None
    assert (found.advertised.value, found.per_thousand) == (7, None)
    assert guidance.advertisements(graph, graph.index["cook"], graph.index["north"]) is None


def test_a_requirement_is_the_occupations_own(graph: Snapshot) -> None:
    found = guidance.requirement(graph, graph.index["baker"])
    assert found is not None
    assert (found.text, found.level, found.period) == (
        "Gesällbrev.",
        ObservationLevel.OCCUPATION,
        NOT_STATED,
    )
    assert guidance.requirement(graph, graph.index["confectioner"]) is None


def test_flows_come_by_place_and_those_without_one_by_name(graph: Snapshot) -> None:
    def listed(id_: str) -> list[tuple[str, int | None]]:
        return [(graph.ids[one.group], one.rank) for one in guidance.flows(graph, graph.index[id_])]

    assert listed("bakers") == [("cooks", 1), ("waiters", 2)]
    assert listed("cooks") == [("bakers", None), ("waiters", None)]
    assert listed("waiters") == []


def test_who_is_in_demand_has_at_least_what_is_asked(graph: Snapshot) -> None:
    def found(region: str | None, **least: object) -> list[str]:
        place = graph.index[region] if region else None
        passes = guidance.in_demand(graph, place, **least)  # type: ignore[arg-type]
        first = graph.derived(Guidance).occupations.start
        return [graph.ids[first + place] for place in passes.nonzero()[0].tolist()]

    assert found(None, opportunities=LARGE) == ["baker", "confectioner"]
    assert found(None, opportunities=SMALL) == ["baker", "confectioner", "cook"]
    assert found(None, forecast=Forecast.INCREASE) == ["baker", "confectioner", "waiter"]
    assert found(None, opportunities=SMALL, forecast=Forecast.INCREASE) == ["baker", "confectioner"]
    assert found("north", opportunities=LARGE) == []
    assert found("town", opportunities=SMALL) == ["baker", "confectioner"]
    assert found("south", opportunities=SMALL) == []


def test_median_pay_is_a_column_with_nothing_where_nobody_says_it(graph: Snapshot) -> None:
    pay = graph.derived(Guidance).median_pay()
    occupations = graph.derived(Guidance).occupations
    by_id = {graph.ids[number]: value for number, value in zip(occupations, pay.tolist(), strict=True)}
    assert by_id == {
        "baker": 29_000, "confectioner": 29_000, "cook": 0, "pizza baker": 0, "waiter": 0, "retired": 0,
    }  # fmt: skip


def test_a_release_without_observations_says_nothing() -> None:
    graph = snapshot(CONCEPTS, RELATIONS)  # type: ignore[arg-type]
    baker = graph.index["baker"]
    assert outlook(graph, "baker") is None
    assert guidance.salary(graph, baker) is None
    assert guidance.advertisements(graph, baker) is None
    assert guidance.outlooks_in(graph, graph.index["sweden"]) == []
    assert not guidance.in_demand(graph, None, SMALL).any()


@settings(max_examples=60, deadline=None)
@given(contents)
def test_columns_agree_with_answers_whatever_there_is(rows: Content) -> None:
    graph = build(release(rows), rows)
    found = graph.derived(Guidance)
    for region in (None, *found.places):
        columns = {measure: found.demand(measure, region).tolist() for measure in OUTCOMES}
        for place, occupation in enumerate(found.occupations):
            one = guidance.outlook(graph, occupation, region)
            said = (one.opportunities, one.forecast) if one else (None, None)
            ranks = [
                OUTCOMES[measure].index(word) + 1 if word else 0
                for measure, word in zip(OUTCOMES, said, strict=True)
            ]
            assert [columns[measure][place] for measure in OUTCOMES] == ranks
