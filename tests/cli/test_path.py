"""`taxonomy path`: ways from one occupation to another."""

from pathlib import Path

import pytest

from tests.cli.conftest import Taxonomy
from tests.cli.test_questions import NURSE, rows

ASSISTANT_NURSE = "PQkQ_Dmk_ZF8"
COOK = "JbJw_as4_S93"


def test_each_step_has_its_cost_demand_and_pay(taxonomy: Taxonomy, sample_folder: Path) -> None:
    words = ("path", ASSISTANT_NURSE, NURSE, "--region", "Norrbottens län")
    status, out, err = taxonomy(*words, folder=sample_folder)
    heads, first, *_ = rows(out)
    assert status == 0
    step = dict(zip(heads, first, strict=True))
    assert (step["path"], step["step"], step["id"]) == ("1", "1", NURSE)
    assert float(step["licence"]) > 0
    assert float(step["education"]) > 0
    assert (step["opportunities"], step["forecast"]) == ("large", "increase")
    assert step["change"] == "9000"
    assert err.startswith("path 1 costs ")
    assert "demand: yrkesbarometern-undated, period not stated" in err


def test_paths_are_numbered_and_their_steps_too(taxonomy: Taxonomy, sample_folder: Path) -> None:
    words = ("path", NURSE, COOK, "--max-steps", "4", "--first", "2")
    heads, *found = rows(taxonomy(*words, folder=sample_folder).out)
    steps = [(int(row[0]), int(row[1])) for row in found]
    assert steps == sorted(steps)
    assert {number for number, _ in steps} == {1, 2}
    assert [row[heads.index("id")] for row, (_, at) in zip(found, steps, strict=True) if at == 1]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ((NURSE, NURSE), 1, "no path: it is one occupation"),
        ((NURSE, "Trollkarl"), 2, "there is no 'Trollkarl'"),
        ((NURSE, COOK, "--region", COOK), 2, "is of the kind occupation-name, not a region"),
        ((NURSE, COOK, "--max-steps", "5"), 2, "must be 1 to 4, not 5"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(
    words: tuple[str, ...], status: int, told: str, taxonomy: Taxonomy, sample_folder: Path
) -> None:
    outcome = taxonomy("path", *words, folder=sample_folder)
    assert outcome.status == status
    assert told in outcome.err
