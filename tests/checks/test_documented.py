"""`docs/checks.md` and `docs/sources.md` against the catalogue and the recorded load."""

import re
from pathlib import Path

from taxonomy.checks import CATALOGUE, CHECKS

ROOT = Path(__file__).resolve().parents[2]
COUNTS = (ROOT / "tests" / "golden" / "ingest" / "sweden_esco_counts.txt").read_text("utf-8").splitlines()


def test_every_check_is_documented_by_code_title_and_severity() -> None:
    text = (ROOT / "docs" / "checks.md").read_text("utf-8")
    documented = re.findall(r"^### (TX\d{3}) (.*)\n\n\*(\w+)\.\* ", text, re.MULTILINE)
    assert documented == [
        (check.code, check.title, check.severity.capitalize()) for check in CATALOGUE.values()
    ]
    assert text.count("\nWhat to do: ") == len(CATALOGUE)


def test_the_catalogue_is_sorted_and_holds_every_lint() -> None:
    assert list(CATALOGUE) == sorted(CATALOGUE)
    assert [lint.code for lint in CHECKS] == sorted(lint.code for lint in CHECKS)
    assert {lint.code for lint in CHECKS} <= set(CATALOGUE)


def test_the_findings_of_the_real_load_are_documented() -> None:
    text = (ROOT / "docs" / "sources.md").read_text("utf-8")
    documented = re.findall(r"^\| (TX\d{3}) \| ([\d,]+) \|", text, re.MULTILINE)
    recorded = [line.split() for line in COUNTS if line.startswith("findings")]
    assert [(code, int(count.replace(",", ""))) for code, count in documented] == [
        (code, int(count)) for _, code, _, count in recorded
    ]


def test_the_counts_of_the_real_load_are_documented() -> None:
    text = (ROOT / "docs" / "sources.md").read_text("utf-8")
    for line in COUNTS:
        what, *_, count = line.split()
        if what != "findings":
            assert re.search(rf"\b{int(count):,}\b", text), line
