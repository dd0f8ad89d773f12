"""Files that cannot be used: one clear sentence with file and row, and nothing is published."""

from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from taxonomy.ingest.manifest import SourceFile
from taxonomy.ingest.pipeline import load
from taxonomy.model.errors import BadSource, FailedChecks
from taxonomy.store.sqlite_store import SqliteStore
from tests.ingest.recipes import BAD, ODD, file_of, recipe_of, workbook

SSYK: Final[dict[str, Any]] = {"sheets": {"4-digit": "ssyk-level-4"}, "system": "ssyk-code-2012"}


class Case(NamedTuple):
    file: SourceFile
    says: str

    def __str__(self) -> str:
        return self.file.path


def case(name: str, says: str, reader: str = "jobtech-query", **options: Any) -> Case:
    return Case(file_of(name, reader, **options), says)


TEXTS, SKILLS, EXTRACT = "jobtech-definitions", "jobtech-occupation-skills", "jobtech-snapshot"

CONCEPTS, TABLE = "esco-concepts", "sweden-esco-table"
OCC: Final[dict[str, Any]] = {"type": "Occupation"}
NEEDS: Final[dict[str, Any]] = {"subject": "occupationUri", "object": "skillUri"}

UNUSABLE = [
    case("absent.json", "there is no such file; see loaders/README.md"),
    case("truncated.json", "is not whole JSON in UTF-8: .*line 1 column"),
    case("empty.json", "is not whole JSON in UTF-8"),
    case("not_utf8.json", "is not whole JSON in UTF-8"),
    case("utf16.json", "is not whole JSON in UTF-8"),
    case("nan.json", "is not whole JSON in UTF-8: .*line 1 column"),
    case("lone_surrogate.json", "is not whole JSON in UTF-8"),
    case("bom.json", "begins with a byte-order mark: save it as UTF-8 without one"),
    case("list_instead_of_object.json", "is not a JobTech answer"),
    case("graphql_error.json", "is not a JobTech answer"),
    case("data_null.json", "is not a JobTech answer"),
    case("concepts_no_list.json", "data.concepts must be a list, not dict"),
    case("row_no_object.json", "row 2: data.concepts must hold objects, not 'Kock'"),
    case("no_id.json", "row 2: a concept needs an id and a type, not None and 'keyword'"),
    case("number_as_id.json", "row 2: a concept needs an id and a type, not 17"),
    case("no_type.json", "row 1: a concept needs an id and a type, not 'aaaa_aaa_aaa' and None"),
    case("number_as_label.json", "row 2: bbbb_bbb_bbb: the preferred label must be text, not 17"),
    case("number_as_code.json", "row 1: .*must be text, for codes have leading zeros, not 110"),
    case("unknown_key.json", "row 1: aaaa_aaa_aaa: 'colour' is not a key that this reader knows"),
    case("unknown_relation.json", "row 1: .*'enemies' is not a relation that this reader knows"),
    case("unknown_pair.json", "row 1: .*does not know what skill related to skill means"),
    case("related_strings.json", "row 1: .*related must hold concepts, not 'bbbb_bbb_bbb'"),
    case("related_without_id.json", "row 1: a concept needs an id and a type, not None and 'skill'"),
    case("related_without_id.json", "row 1: .*must hold concepts with ids", relations={"related": "skill"}),
    case("number_as_definition.json", "row 1: .*definition must be text, not 17"),
    case("text_as_deprecated.json", "row 1: .*deprecated must be true or false, not 'no'"),
    case("replaced_by_strings.json", "row 1: .*replaced_by must be a list of concepts"),
    case("replaced_by_numbers.json", "row 1: .*replaced_by must hold concepts with ids"),
    case("text_as_labels.json", "row 1: .*alternative_labels must be a list of texts, not 'Brödbagare'"),
    case("numbers_as_labels.json", r"row 1: .*hidden_labels must be a list of texts, not \[1\]"),
    case("text_as_level.json", "row 1: .*must be a whole number up to 100, not '75'"),
    case("huge_level.json", "row 1: .*must be a whole number up to 100, not 9223372036854775808"),
    case("no_level.json", "row 1: .*must be a whole number up to 100, not None"),
    case(
        "coded_without_code.json", "row 1: sni_code must be text, not None", "jobtech-coded", code="sni_code"
    ),
    case("types_no_list.json", "data.concept_types must be a list, not dict", "jobtech-types"),
    case("types_without_id.json", "row 1: id must be text, not None", "jobtech-types"),
    case("data_null.json", "is not an answer", "jobtech-types"),
    case("texts_no_object.json", "must be an object of id and value, not list", TEXTS),
    case("text_is_a_number.json", "row 2: 'bbbb_bbb_bbb' must have a str, not 17", TEXTS),
    case("skills_no_object.json", r"row 1: 'aaaa_aaa_aaa' must have a dict, not \['Baka'\]", SKILLS),
    case("skills_are_ids.json", "row 1: .*taxonomy_calculated must be a list of labels", SKILLS),
    case("skills_missing.json", "row 1: .*taxonomy_calculated must be a list of labels, not None", SKILLS),
    case("extract_is_a_list.json", "must be an object of regions and occupationFields", EXTRACT),
    case("extract_no_regions.json", "regions must be a list, not NoneType", EXTRACT),
    case("extract_number_as_label.json", "row 1: label must be text, not 17", EXTRACT),
    case("extract_members_strings.json", "row 1: municipalities must be a list of concepts", EXTRACT),
    case("legacy_no_type.json", "row 1: type must be text, not None", "jobtech-legacy"),
    case("legacy_number_as_code.json", "row 1: .*leading zeros, not 1281", "jobtech-legacy"),
    case(
        "legacy_number_as_code.json",
        "row 1: .*leading zeros, not 1281",
        "jobtech-legacy-codes",
        systems={"municipality": "lau-2-code-2015"},
    ),
    case("absent.xlsx", "there is no such file; see loaders/README.md", "ssyk-workbook", **SSYK),
    case("workbook_that_is_text.xlsx", "cannot be read as a workbook", "ssyk-workbook", **SSYK),
    case("absent.csv", "there is no such file; see loaders/README.md", CONCEPTS, **OCC),
    case(
        "column_gone.csv",
        "row 1: has no column 'description'; its columns are conceptType, ",
        CONCEPTS,
        **OCC,
    ),
    case("two_columns_of_one_name.csv", "row 1: has two columns of one name", CONCEPTS, **OCC),
    case("short_row.csv", "row 3: has 13 cells, and there are 14 columns", CONCEPTS, **OCC),
    case("open_quote.csv", "row 3: is not CSV: unexpected end of data", CONCEPTS, **OCC),
    case("bom.csv", "begins with a byte-order mark: save it as UTF-8 without one", CONCEPTS, **OCC),
    case("not_utf8.csv", "is not text in UTF-8", CONCEPTS, **OCC),
    case("empty.csv", "has no column 'conceptType'; its columns are none", CONCEPTS, **OCC),
    case("empty.csv", "row 1: has no column 'conceptUri'", "esco-hierarchy"),
    case("other_type.csv", "row 3: conceptType must be Occupation, not 'SkillGroup'", CONCEPTS, **OCC),
    case("other_type.csv", "type is one of Occupation, .*, not 'Skill'", CONCEPTS, type="Skill"),
    case("not_released.csv", "row 2: status must be released, not 'proposed'", CONCEPTS, **OCC),
    case("isco_code.csv", "row 2: code must be one to four digits, not '75123'", CONCEPTS, type="ISCOGroup"),
    case(
        "unknown_relation_type.csv",
        "row 3: relationType is one of essential, optional, not 'handy'",
        "esco-skills",
        **NEEDS,
    ),
    case("short_relation.csv", "row 3: has 3 cells, and there are 4 columns", "esco-skills", **NEEDS),
    case("short_relation.csv", "row 1: has no column 'conceptSchemeUri'", "esco-schemes", collections=[]),
    case(
        "labels_no_table.json",
        "row 1: .*prefLabel must be a label for each language, not 'bagare'",
        "esco-labels",
        **OCC,
    ),
    case("labels_isco_without_code.json", "row 1: notation must be text, not None", "esco-labels", **OCC),
    case(
        "another_version.csv",
        "row 5: Classification 1 Version is '1.0.8', and '1.1.1' in loaders/test-1.toml",
        TABLE,
    ),
    case("older_shape.csv", "row 5: has no column 'Classification 2 URI'", TABLE),
    case("columns_in_another_order.csv", "row 5: the columns must be Classification 1 URI, ", TABLE),
    case("no_table.csv", "none of the first 40 rows begins with 'Classification 1 URI'", TABLE),
    case("absent.sssom.tsv", "No such file", "sssom"),
    case(
        "unknown_predicate.sssom.tsv",
        "row 8: predicate_id is one of skos:exactMatch, .*, not '.*#sameMatch'",
        "sssom",
    ),
    case(
        "unknown_prefix.sssom.tsv",
        "row 7: 'owl:sameAs' is no URI, and its prefix is none of curie_map: ",
        "sssom",
    ),
    case("unknown_modifier.sssom.tsv", "row 7: predicate_modifier is 'Not' or nothing, not 'Maybe'", "sssom"),
    case("not_no_mapping.sssom.tsv", "row 7: predicate_id is one of", "sssom"),
    case("malformed_id.sssom.tsv", "row 8: '.*/bagare' is not a concept id", "sssom"),
    case("no_licence.sssom.tsv", "the head must say `#license: ...`", "sssom"),
    case("head_is_prose.sssom.tsv", "row 2: the head has lines `#key: value`, not 'reviewed by us'", "sssom"),
    case("no_justification.sssom.tsv", "row 7: mapping_justification is empty", "sssom"),
    case(
        "two_justifications.sssom.tsv",
        "row 8: mapping_justification is 'semapv:LexicalMatching' here",
        "sssom",
    ),
    case("justification_column_gone.sssom.tsv", "has no column mapping_justification", "sssom"),
    case("short_row.sssom.tsv", "row 8: has 2 cells, and there are 5 columns", "sssom"),
    case("open_quote.sssom.tsv", "row 7: is not TSV: unexpected end of data", "sssom"),
    case("not_utf8.sssom.tsv", "is not text in UTF-8", "sssom"),
    case("absent.ttl", "there is no such file; see loaders/README.md", "skos"),
    case("no_turtle.ttl", "is not ttl: ", "skos"),
    case("no_turtle.ttl", "'owl' is no RDF format", "skos", format="owl"),
    case("open_quote.nt", "is not nt: ", "skos"),
    case("truncated.jsonld", "is not jsonld: ", "skos"),
    case("truncated.rdf", "is not rdf: ", "skos"),
    case("unknown_format.dat", "'dat' is no RDF format: say format, one of nt, nq, ttl, trig, ", "skos"),
    case("nokind.ttl", ".*aaaa_aaa_aaa does not say its kind: give the option kind", "skos"),
]


@pytest.mark.parametrize("wrong", UNUSABLE, ids=str)
def test_a_file_that_cannot_be_used_is_told_in_a_sentence(wrong: Case, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "taxonomy.db")
    with pytest.raises(BadSource, match=f"{wrong.file.path}: {wrong.says}") as caught:
        load(store, recipe_of(wrong.file), BAD)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500
    assert store.releases() == ()


def test_every_bad_file_is_used() -> None:
    assert {path.name for path in BAD.iterdir()} == {
        wrong.file.path for wrong in UNUSABLE if not wrong.file.path.startswith("absent")
    }


ERRORS = [
    Case(file_of("two_kinds.json"), "TX001 two_kinds.json, row 2: aaaa_aaa_aaa is a keyword elsewhere"),
    Case(
        file_of("two_labels.json"), "TX002 two_labels.json, row 2: .*'Bagare' elsewhere and 'Konditor' here"
    ),
    Case(file_of("malformed_id.json"), "TX003 malformed_id.json, row 2: 'bagare' is not a JobTech id"),
    Case(file_of("no_label.json"), "TX101 keyword aaaa_aaa_aaa has no preferred label"),
    Case(file_of("blank_label.json"), "TX101 keyword aaaa_aaa_aaa has no preferred label"),
    Case(file_of("cycle.json"), "TX401 broader goes round: aaaa_aaa_aaa > bbbb_bbb_bbb > aaaa_aaa_aaa"),
    Case(file_of("two_groups.json"), "TX402 'Bagare' is in 2 SSYK groups, not in one"),
]


@pytest.mark.parametrize("wrong", ERRORS, ids=str)
def test_an_error_in_the_data_stops_a_load(wrong: Case, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "taxonomy.db")
    with pytest.raises(FailedChecks, match=f"nothing was published, the data has 1 error.*{wrong.says}"):
        load(store, recipe_of(wrong.file), ODD)
    assert store.releases() == ()


def test_a_folder_instead_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(BadSource, match=r"folder\.json: Is a directory"):
        load(SqliteStore(tmp_path / "db"), recipe_of(file_of("folder.json")), tmp_path)
    with pytest.raises(BadSource, match=r"folder\.xlsx: cannot be read as a workbook"):
        load(
            SqliteStore(tmp_path / "db"), recipe_of(file_of("folder.xlsx", "ssyk-workbook", **SSYK)), tmp_path
        )


def test_nesting_without_end_is_told(tmp_path: Path) -> None:
    nested = '{"id": "aaaa_aaa_aaa", "type": "keyword", "narrower": ['
    (tmp_path / "deep.json").write_text('{"data": {"concepts": [' + nested * 500 + "]}" * 500 + "]}}")
    with pytest.raises(BadSource, match=r"deep\.json: row 1: concepts are nested too deeply"):
        load(SqliteStore(tmp_path / "db"), recipe_of(file_of("deep.json")), tmp_path)
    (tmp_path / "deep.json").write_text("[" * 1_000_000)
    with pytest.raises(BadSource, match=r"deep\.json: is not whole JSON"):
        load(SqliteStore(tmp_path / "db"), recipe_of(file_of("deep.json")), tmp_path)


HEAD = [["Info"], [], [], ["SSYK4_2012 ", "Name "]]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [["Info"], ["SSYK4_2012", "Name"], [7612, "Bakers"], [5120, "Cooks"]],
            "row 4 must head two columns",
        ),
        ([*HEAD, [7612, "Bakers"], ["051O", "Cooks"]], "row 6: needs a whole number and a name, not '051O'"),
        ([*HEAD, [7612, "Bakers"], [512.5, "Cooks"]], "row 6: needs a whole number and a name, not 512.5"),
        ([*HEAD, [7612, None]], "row 5: needs a whole number and a name, not 7612, "),
        ([*HEAD, [None, "Bakers"]], "row 5: needs a whole number and a name, not "),
        ([*HEAD, [7612, 17]], "row 5: needs a whole number and a name, not 7612, 17"),
    ],
)
def test_a_sheet_with_a_fault_is_told_with_its_row(
    rows: list[list[object]], says: str, tmp_path: Path
) -> None:
    workbook(tmp_path / "ssyk.xlsx", {"4-digit": rows})
    with pytest.raises(BadSource, match=rf"ssyk\.xlsx: sheet 4-digit: {says}"):
        load(SqliteStore(tmp_path / "db"), recipe_of(file_of("ssyk.xlsx", "ssyk-workbook", **SSYK)), tmp_path)


def test_a_workbook_without_the_sheet_is_told(tmp_path: Path) -> None:
    workbook(tmp_path / "ssyk.xlsx", {"3-digit": HEAD})
    with pytest.raises(BadSource, match=r"ssyk\.xlsx: .*4-digit"):
        load(SqliteStore(tmp_path / "db"), recipe_of(file_of("ssyk.xlsx", "ssyk-workbook", **SSYK)), tmp_path)


def test_a_sheet_that_does_not_say_its_digits_is_told(tmp_path: Path) -> None:
    workbook(tmp_path / "ssyk.xlsx", {"groups": HEAD})
    options: dict[str, Any] = {"sheets": {"groups": "ssyk-level-4"}, "system": "ssyk-code-2012"}
    with pytest.raises(BadSource, match="sheet 'groups' does not say how many digits"):
        load(
            SqliteStore(tmp_path / "db"),
            recipe_of(file_of("ssyk.xlsx", "ssyk-workbook", **options)),
            tmp_path,
        )
