"""Accepted findings: a file of suppressions."""

from pathlib import Path

import pytest

from taxonomy.checks import Suppression, read_suppressions, remark, suppress
from taxonomy.model.errors import BadSource
from taxonomy.model.finding import Severity

DATA = Path(__file__).parent.parent / "data"
FIRST, SECOND = remark("TX403", "aaaa_aaa_aaa", "one"), remark("TX403", "bbbb_bbb_bbb", "two")
ACCEPTED = Suppression("TX403", "aaaa_aaa_aaa", "known")


def test_an_accepted_finding_is_not_told_and_the_others_are() -> None:
    assert suppress([FIRST, SECOND], [ACCEPTED], "accepted.toml") == (SECOND,)


def test_a_suppression_is_of_one_code_on_one_subject() -> None:
    other = ACCEPTED._replace(code="TX402")
    kept = suppress([FIRST], [other], "accepted.toml")
    assert [finding.code for finding in kept] == ["TX403", "TX901"]


def test_an_unused_suppression_is_reported_with_its_file() -> None:
    (unused,) = suppress([], [ACCEPTED], "accepted.toml")
    assert (unused.code, unused.severity, unused.file) == ("TX901", Severity.WARNING, "accepted.toml")
    assert unused.message == "TX403 on aaaa_aaa_aaa is no longer found: remove it"


def test_a_suppression_used_twice_is_used() -> None:
    assert suppress([FIRST, FIRST], [ACCEPTED], "accepted.toml") == ()


def test_a_file_of_suppressions_is_read_with_its_reasons() -> None:
    assert read_suppressions(DATA / "suppressions.toml") == (
        Suppression("TX403", "Phit_Tat_002", "Made up to show just this."),
        Suppression("TX013", "4430", "Elected representatives are no group of the taxonomy."),
    )


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("no_reason.toml", '[[suppress]]\ncode = "TX403"\nsubject = "x"', "suppression 1 needs a known code"),
        ("empty_reason.toml", '[[suppress]]\ncode="TX403"\nsubject="x"\nreason=" "', "suppression 1"),
        ("unknown_code.toml", '[[suppress]]\ncode="TX999"\nsubject="x"\nreason="y"', "a known code"),
        ("number.toml", '[[suppress]]\ncode = 403\nsubject = "x"\nreason = "y"', "suppression 1"),
        (
            "a_list_as_code.toml",
            '[[suppress]]\ncode = ["TX403"]\nsubject = "x"\nreason = "y"',
            "suppression 1",
        ),
        ("numbers.toml", "suppress = [1]", "suppression 1"),
        ("no_list.toml", "suppress = 1", r"holds \[\[suppress\]\] tables"),
        ("misspelt.toml", '[[supress]]\ncode = "TX403"', r"holds \[\[suppress\]\] tables"),
        ("broken.toml", "[[suppress", "is not TOML in UTF-8"),
    ],
)
def test_a_bad_file_of_suppressions_is_refused(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(BadSource, match=f"{name}: .*{says}"):
        read_suppressions(tmp_path / name)


def test_an_absent_file_of_suppressions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match=r"absent\.toml: No such file"):
        read_suppressions(tmp_path / "absent.toml")
    (tmp_path / "latin.toml").write_bytes(b'reason = "\xe5"')
    with pytest.raises(BadSource, match=r"latin\.toml: is not TOML in UTF-8"):
        read_suppressions(tmp_path / "latin.toml")
