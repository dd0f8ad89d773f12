"""Guidance on the command line: `show`, and demand beside matches and transitions."""

from pathlib import Path

import pytest

from tests.cli.conftest import Taxonomy
from tests.cli.test_questions import NURSE, rows

BARISTA, WAITERS, NORRBOTTEN = "h6oZ_9aZ_27G", "UjoW_meY_Zwt", "9hXe_F4g_eTG"


def card(taxonomy: Taxonomy, folder: Path, *words: str) -> list[tuple[str, str]]:
    status, out, err = taxonomy("show", *words, folder=folder)
    assert (status, err) == (0, "")
    return [(name, value) for name, value in rows(out)[1:]]


def test_show_tells_outlook_advertisements_and_pay_with_level_period_and_source(
    taxonomy: Taxonomy, sample_folder: Path
) -> None:
    found = dict(card(taxonomy, sample_folder, NURSE, "--region", "Norrbottens län"))
    assert found["outlook (occupation, period not stated, yrkesbarometern-undated)"] == (
        "opportunities large, forecast increase in Norrbottens län: Grundutbildade sjuksköterskor"
    )
    assert found["advertisements (group, 2024, advertisements-2024)"] == "150 in Norrbottens län"
    assert found["employed (group, 2023, scb-employment-2023)"] == "50000 in Sverige"
    assert "advertisements per thousand employed" not in found
    assert found["salary (group, period not stated, salaries-undated)"] == (
        "10th percentile 32000, median 39000, 90th percentile 52000 (unit not stated)"
    )
    assert found["education requirement"] == "no source says anything"


def test_without_a_region_it_is_the_country_with_a_rate(taxonomy: Taxonomy, sample_folder: Path) -> None:
    found = dict(card(taxonomy, sample_folder, NURSE))
    assert found["advertisements (group, 2024, advertisements-2024)"] == "3600 in Sverige"
    assert found["advertisements per thousand employed"] == "72.0"
    by_id = card(taxonomy, sample_folder, NURSE, "--region", NORRBOTTEN)
    assert by_id == card(taxonomy, sample_folder, NURSE, "--region", "norrbottens län")


def test_what_the_sources_do_not_say_is_said_to_be_so(taxonomy: Taxonomy, sample_folder: Path) -> None:
    found = dict(card(taxonomy, sample_folder, BARISTA))
    for name in ("outlook", "advertisements", "salary", "education requirement"):
        assert found[name] == "no source says anything"


def test_a_group_tells_its_parts_its_flows_and_what_is_suppressed(
    taxonomy: Taxonomy, sample_folder: Path
) -> None:
    found = card(taxonomy, sample_folder, WAITERS)
    [outlook] = [value for name, value in found if name.startswith("outlook")]
    assert outlook.endswith("in Sverige: Servitörer, a part of its SSYK group")
    [paid] = [value for name, value in found if name.startswith("salary")]
    assert paid.startswith("10th percentile suppressed, median 27000, 90th percentile suppressed")
    flows = [
        value
        for name, value in card(taxonomy, sample_folder, "5qT8_z9d_8rw")
        if name == "flow (group, period not stated, labour-flow-undated)"
    ]
    assert flows[0] == "1  9413 Kafé- och konditoribiträden"


def test_a_region_tells_what_is_in_demand_there(taxonomy: Taxonomy, sample_folder: Path) -> None:
    found = [value for name, value in card(taxonomy, sample_folder, NORRBOTTEN) if name.startswith("outlook")]
    assert found[0].startswith("opportunities large, forecast increase in Norrbottens län: Grundutbildade")
    assert len(found) == 8


@pytest.mark.parametrize("verb", ["match", "transitions"])
def test_demand_in_a_region_stands_beside_what_is_ranked(
    verb: str, taxonomy: Taxonomy, sample_folder: Path
) -> None:
    words = [verb, "--occupation", NURSE] if verb == "match" else [verb, "PQkQ_Dmk_ZF8"]
    plain = rows(taxonomy(*words, "--first", "30", folder=sample_folder).out)
    found = rows(taxonomy(*words, "--first", "30", "--region", "Luleå", folder=sample_folder).out)
    assert found[0] == [*plain[0], "opportunities", "forecast"]
    assert [row[:-2] for row in found] == plain
    assert {row[-2] for row in found[1:]} > {"", "large"}


def test_what_is_no_region_is_refused(taxonomy: Taxonomy, sample_folder: Path) -> None:
    status, out, err = taxonomy("show", NURSE, "--region", NURSE, folder=sample_folder)
    assert (status, out) == (2, "")
    assert f"{NURSE} is of the kind occupation-name, not a region" in err
    unknown = taxonomy("show", NURSE, "--region", "Atlantis", folder=sample_folder)
    assert unknown.status == 2
    assert "there is no 'Atlantis'" in unknown.err
