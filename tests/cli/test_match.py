"""`taxonomy match` and `taxonomy gap`: profiles by id or by name."""

from pathlib import Path

import pytest

from tests.cli.conftest import Taxonomy
from tests.cli.test_questions import NURSE, rows

CARE = "MR4H_FFT_mTj"


def test_match_ranks_occupations_and_says_what_is_missing_first(
    taxonomy: Taxonomy, sample_folder: Path
) -> None:
    status, out, err = taxonomy("match", "--occupation", NURSE, "--first", "3", folder=sample_folder)
    found = rows(out)
    assert status == 0
    assert found[0] == ["id", "label", "score", "matched", "partly", "missing", "first missing"]
    scores = [float(row[2]) for row in found[1:]]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert err.startswith("3 of ")


def test_a_name_does_as_well_as_an_id(taxonomy: Taxonomy, sample_folder: Path) -> None:
    by_id = taxonomy("match", "--skill", CARE, folder=sample_folder)
    by_name = taxonomy("match", "--skill", "omvårdnad", folder=sample_folder)
    assert by_id.out == by_name.out
    gap = ("gap", "Sjuksköterska, grundutbildad", "--skill", "Omvårdnad")
    assert (
        taxonomy(*gap, folder=sample_folder).out == taxonomy("gap", NURSE, *gap[2:], folder=sample_folder).out
    )


def test_who_bears_a_name_first_goes_before_who_bears_it_too(taxonomy: Taxonomy, sample_folder: Path) -> None:
    by_name = taxonomy("match", "--skill", "computer programming", folder=sample_folder)
    assert by_name.status == 0
    assert by_name.out == taxonomy("match", "--skill", "Programmering", folder=sample_folder).out


def test_gap_lists_every_needed_skill_once(taxonomy: Taxonomy, sample_folder: Path) -> None:
    status, out, err = taxonomy("gap", NURSE, "--skill", CARE, folder=sample_folder)
    found = rows(out)
    assert status == 0
    assert found[0] == ["id", "label", "state", "necessity", "provenance", "share", "gain"]
    assert [row[0] for row in found if row[2] == "matched"] == [CARE]
    assert len({row[0] for row in found[1:]}) == len(found) - 1
    assert "of the needed value is covered" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["match"], "it is empty"),
        (["match", "--skill", "Trollkonst"], "there is no 'Trollkonst'"),
        (["match", "--skill", "Omvård"], "near it: MR4H_FFT_mTj Omvårdnad (skill)"),
        (["match", "--skill", NURSE], "is of the kind occupation-name"),
        (["match", "--skill", CARE, "--exclude", CARE], "both held and excluded"),
        (["gap", CARE, "--skill", CARE], "is of the kind skill, not occupation-name"),
    ],
)
def test_a_profile_that_makes_no_sense_is_usage(
    words: list[str], told: str, taxonomy: Taxonomy, sample_folder: Path
) -> None:
    status, out, err = taxonomy(*words, folder=sample_folder)
    assert (status, out) == (2, "")
    assert told in err


def test_transitions_rank_what_is_within_reach(taxonomy: Taxonomy, sample_folder: Path) -> None:
    status, out, err = taxonomy("transitions", NURSE, "--first", "3", folder=sample_folder)
    found = rows(out)
    assert status == 0
    assert found[0] == ["id", "label", "score", "substitutability", "matched", "partly", "missing"]
    scores = [float(row[2]) for row in found[1:]]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert NURSE not in [row[0] for row in found]
    assert err.startswith("3 of ")
    excluded = taxonomy("transitions", NURSE, "--skill", CARE, "--exclude", found[1][0], folder=sample_folder)
    assert found[1][0] not in excluded.out
