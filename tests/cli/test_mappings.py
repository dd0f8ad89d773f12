"""`taxonomy mappings`: list, show, export, check."""

import io
import json
from pathlib import Path

import pytest
import sssom_pydantic

from taxonomy.declarations import ROOT
from tests.cli.conftest import Taxonomy

NURSE = "bXNH_MNX_dUR"
CARE_NURSE = "esco:occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50"


def listed(taxonomy: Taxonomy, folder: Path, *words: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(
        taxonomy("mappings", *words, "--format", "json", folder=folder).out
    )
    return rows


def test_the_sets_are_listed_with_their_matches(taxonomy: Taxonomy, sample_folder: Path) -> None:
    status, out, err = taxonomy("mappings", folder=sample_folder)
    rows = [line.split("\t") for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert rows[0] == [
        *("set", "title", "subject", "object"),
        *("exact", "close", "broad", "narrow", "related", "all"),
    ]
    assert {row[0] for row in rows[1:]} >= {"isco-same-code-1", "jobtech-27", "sweden-esco-skills-1.0.9"}
    assert all(int(row[-1]) == sum(map(int, row[4:9])) for row in rows[1:])


def test_show_reads_from_the_concept_to_the_other_end(taxonomy: Taxonomy, sample_folder: Path) -> None:
    rows = listed(taxonomy, sample_folder, "show", NURSE)
    assert {(row["match"], row["id"]) for row in rows} >= {("exact-match", CARE_NURSE)}
    assert {row["set"] for row in rows} == {"sweden-esco-occupations-1.1.1"}


def test_show_turns_a_match_to_the_side_that_is_asked(taxonomy: Taxonomy, sample_folder: Path) -> None:
    exported = sssom_pydantic.read(io.StringIO(taxonomy("mappings", "export", folder=sample_folder).out))
    broad = next(row for row in exported.mappings if row.predicate.curie == "skos:broadMatch")
    esco, swedish = broad.subject.curie, broad.object.identifier
    from_esco = {row["id"]: row["match"] for row in listed(taxonomy, sample_folder, "show", esco)}
    from_sweden = {row["id"]: row["match"] for row in listed(taxonomy, sample_folder, "show", swedish)}
    assert (from_esco[swedish], from_sweden[esco]) == ("broad-match", "narrow-match")


def test_a_concept_without_mappings_exits_1(taxonomy: Taxonomy, sample_folder: Path) -> None:
    gap = next(
        row for row in listed(taxonomy, sample_folder, "check", "--gaps") if row["problem"] == "unmapped"
    )
    status, out, err = taxonomy("mappings", "show", str(gap["id"]), folder=sample_folder)
    assert status == 1
    assert len(out.splitlines()) == 1
    assert err.startswith(f"{gap['label']} ({gap['id']}): 0 mappings")


def test_the_export_is_sssom_that_others_read(taxonomy: Taxonomy, sample_folder: Path) -> None:
    total = sum(int(str(row["all"])) for row in listed(taxonomy, sample_folder))
    status, out, err = taxonomy("mappings", "export", "--format", "sssom", folder=sample_folder)
    assert (status, err) == (0, "")
    rows, _, _, errors = sssom_pydantic.read(io.StringIO(out), return_errors=True)
    assert (len(rows), errors) == (total, [])


def test_one_set_is_exported_with_what_its_manifest_says(taxonomy: Taxonomy, sample_folder: Path) -> None:
    words = ["mappings", "export", "--set", "sweden-esco-skills-1.0.9"]
    out = taxonomy(*words, folder=sample_folder).out
    assert "#license: https://creativecommons.org/licenses/by/4.0/\n" in out
    assert '#object_source_version: "21"\n' in out
    assert "\tsemapv:ManualMappingCuration\n" in out


def test_check_tells_problems_and_counts_gaps(taxonomy: Taxonomy, sample_folder: Path) -> None:
    outcome = taxonomy("mappings", "check", "--format", "json", folder=sample_folder)
    rows = json.loads(outcome.out)
    assert outcome.status == 0  # the publishers' tables have warnings only
    assert {row["problem"] for row in rows} == {"several-exact"}
    assert NURSE in {row["id"] for row in rows}
    gaps = [row for row in listed(taxonomy, sample_folder, "check", "--gaps") if row["problem"] == "unmapped"]
    assert f"unmapped: {len(gaps)}\n" in outcome.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["show"], "`taxonomy mappings show` takes the id of a concept, and the others take none"),
        (["list", NURSE], "`taxonomy mappings show` takes the id of a concept, and the others take none"),
        (["list", "--set", "x"], "--set goes with `taxonomy mappings export`"),
        (["--gaps"], "--gaps goes with `taxonomy mappings check`"),
        (["--format", "sssom"], "`taxonomy mappings export` writes --format sssom and no other"),
        (["export", "--format", "tsv"], "`taxonomy mappings export` writes --format sssom and no other"),
        (["export", "--set", "x"], "there is no mapping set x in this release; there are "),
        (["show", "2221"], "'2221' is not a concept id"),
    ],
)
def test_what_cannot_be_meant_is_usage(
    words: list[str], sentence: str, taxonomy: Taxonomy, sample_folder: Path
) -> None:
    status, out, err = taxonomy("mappings", *words, folder=sample_folder)
    assert (status, out) == (2, "")
    assert err.startswith(f"taxonomy: {sentence}")


def test_an_unknown_concept_is_a_failure(taxonomy: Taxonomy, sample_folder: Path) -> None:
    outcome = taxonomy("mappings", "show", "AAAA_bbb_ccc", folder=sample_folder)
    assert outcome.status == 1
    assert "AAAA_bbb_ccc is not in release r1-" in outcome.err


@pytest.mark.parametrize("table", ["sweden-esco-occupations-1.1.1", "sweden-esco-skills-1.0.9"])
def test_the_sets_of_the_sample_in_esco_mappings_are_those_of_the_sample(
    table: str, taxonomy: Taxonomy, sample_folder: Path
) -> None:
    file = ROOT / "esco_mappings" / "sample" / f"{table.rpartition('-')[0]}.sssom.tsv"
    out = taxonomy("mappings", "export", "--set", table, folder=sample_folder).out
    assert file.read_text("utf-8") == out, "esco_mappings/README.md says how it is made"
    assert sssom_pydantic.read(file, return_errors=True)[-1] == []
