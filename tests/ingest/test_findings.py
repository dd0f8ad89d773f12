"""What reading and joining remark on: never mended silently, never fatal."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from taxonomy.checks import CATALOGUE, CHECKS
from taxonomy.ingest.manifest import Manifest, SourceFile
from taxonomy.model.concept import Concept, Definition, Kind, LabelRole, Locale, Provenance
from taxonomy.model.relation import RelationKind
from tests.ingest.recipes import ODD, content_of, defining, file_of, manifest_of, remarks, workbook

BAKER = "aaaa_aaa_aaa"
GROUP = file_of("groups.json")
TEXTS, SKILLS = "jobtech-definitions", "jobtech-occupation-skills"


class Case(NamedTuple):
    code: str
    sources: tuple[SourceFile | Manifest, ...]
    subject: str
    row: str
    says: str

    def __str__(self) -> str:
        return f"{self.code} {self.sources[-1].path if isinstance(self.sources[-1], SourceFile) else ''}"


OCCUPATION = file_of("occupation.json")
ESCO = file_of("esco_occupations.csv", "esco-concepts", type="Occupation")
ENGLISH = manifest_of(ESCO, name="esco-1", locale=Locale.EN)
ESCO_BAKER = "esco:occupation/1"


def tabled(name: str) -> tuple[SourceFile | Manifest, ...]:
    """Bakers of both sides, and a mapping table."""
    return OCCUPATION, ENGLISH, manifest_of(file_of(name, "sweden-esco-table"), name="table-1")


def reviewed(name: str) -> tuple[SourceFile | Manifest, ...]:
    """The same with a table that says they match, and with what a reviewer says."""
    return *tabled("mapping_table.csv"), manifest_of(file_of(name, "sssom"), name="local-1")


OTHER = manifest_of(file_of("older_label.json", defines=False), name="older-1")

FOUND = [
    Case("TX001", (file_of("two_kinds.json"),), BAKER, "2", "is a keyword elsewhere and a skill here"),
    Case("TX002", (file_of("two_labels.json"),), BAKER, "2", "is called 'Bagare' elsewhere"),
    Case("TX003", (file_of("malformed_id.json"),), "bagare", "2", "'bagare' is not a JobTech id"),
    Case("TX010", (file_of("unknown_concept.json", TEXTS),), "dddd_ddd_ddd", "1", "no known concept"),
    Case("TX010", (file_of("same_label.json", defines=False),), BAKER, "1", "keyword 'Bagare' is not among"),
    Case(
        "TX011",
        (file_of("unknown_end.json", relations={"related": "occupation-name"}),),
        BAKER,
        "1",
        "job-title-of dddd_ddd_ddd: dddd_ddd_ddd is unknown",
    ),
    Case(
        "TX012", (file_of("occupation.json"), file_of("unknown_skill.json", SKILLS)), BAKER, "1", "none has"
    ),
    Case(
        "TX012",
        (file_of("occupation.json"), file_of("two_skills.json"), file_of("ambiguous_skill.json", SKILLS)),
        BAKER,
        "1",
        "'Baka': of kind skill, 2 concepts have this label",
    ),
    Case(
        "TX013",
        (GROUP, file_of("unknown_code.json", "jobtech-coded", code="ssyk_code_2012")),
        "9999",
        "1",
        "'9999' is in no file with ids",
    ),
    Case(
        "TX014",
        (GROUP, file_of("unknown_code.json", "jobtech-coded", code="ssyk_code_2012")),
        "unknown_code",
        "",
        "1 rows without an id, joined by ssyk-code-2012",
    ),
    Case(
        "TX015",
        (GROUP, file_of("other_label_by_code.json", "jobtech-coded", code="ssyk_code_2012")),
        "gggg_ggg_ggg",
        "1",
        "is called 'Bagare' here, not 'Bagare m.fl.'",
    ),
    Case("TX015", (file_of("two_codes.json"),), BAKER, "2", "'7612' elsewhere and '7613' here"),
    Case(
        "TX015", (file_of("two_definitions.json"),), BAKER, "2", "has another definition in two_definitions"
    ),
    Case("TX015", (file_of("two_levels.json"),), BAKER, "2", "has level 75 in two_levels.json, 25 here"),
    Case(
        "TX016", (file_of("same_label.json"), OTHER), BAKER, "1", "'Bagare' is called 'Brödbagare' in older-1"
    ),
    Case("TX017", (file_of("self_relation.json"),), BAKER, "1", "broader itself: left out"),
    Case(
        "TX003",
        (file_of("malformed_uri.csv", "esco-concepts", type="Occupation"),),
        "esco:occupation/no id",
        "3",
        "is not an ESCO URI",
    ),
    Case("TX003", (file_of("same_as_nothing.json"),), BAKER, "1", "which is not an ESCO URI"),
    Case("TX011", tabled("unknown_end_in_table.csv"), ESCO_BAKER, "6", "dddd_ddd_ddd is unknown"),
    Case("TX011", reviewed("unknown_concept.sssom.tsv"), ESCO_BAKER, "7", "dddd_ddd_ddd is unknown"),
    Case(
        "TX011",
        reviewed("unknown_concept_removed.sssom.tsv"),
        ESCO_BAKER,
        "7",
        "not exact-match dddd_ddd_ddd",
    ),
    Case("TX018", tabled("no_relation.csv"), "table-1", "", "1 rows state that a concept has no counterpart"),
    Case(
        "TX019", tabled("damaged_row.csv"), ESCO_BAKER, "6", "esco:occupation/1 skos:broadMatch aaaa_aaa_aaa"
    ),
    Case(
        "TX020", tabled("unreadable_row.csv"), "table-1", "7", "has 1 ESCO URIs, 0 Swedish URIs, 1 relations"
    ),
    Case(
        "TX020",
        tabled("malformed_uri_in_table.csv"),
        "table-1",
        "6",
        "'http://data.europa.eu/esco/occupation/' is not a concept id",
    ),
    Case("TX021", reviewed("removed.sssom.tsv"), ESCO_BAKER, "7", "of table-1 is removed by local-1"),
    Case("TX022", reviewed("nothing_removed.sssom.tsv"), ESCO_BAKER, "7", "no other source says"),
    Case(
        "TX023", (ENGLISH, file_of("same_as_esco.json")), "test-1", "", "1 concepts of this source are ESCO's"
    ),
    Case(
        "TX024",
        (file_of("nolang.ttl", "skos", kind="keyword"),),
        "test-1",
        "",
        "1 texts are in languages that are not taken",
    ),
    Case("TX105", (ENGLISH,), "esco-1", "", "1 alternative labels repeat the preferred label"),
    Case(
        "TX102", (file_of("stray_blanks.json"),), BAKER, "1", "' Bagare' has stray blanks: taken as 'Bagare'"
    ),
    Case("TX105", (file_of("repeated_label.json"),), BAKER, "1", "alternative label 'Bagare' repeats"),
    Case("TX201", (file_of("definition_is_label.json"),), BAKER, "1", "repeats the label: taken as none"),
    Case(
        "TX202", (file_of("occupation.json"), file_of("placeholder.json", TEXTS)), BAKER, "1", "there is none"
    ),
    Case(
        "TX203", (file_of("occupation.json"), file_of("only_a_label.json", TEXTS)), BAKER, "1", "only a label"
    ),
    Case("TX404", (file_of("unknown_replacement.json"),), BAKER, "1", "by dddd_ddd_ddd, which is unknown"),
    Case("TX405", (file_of("no_mirror.json"),), BAKER, "", "at 75 from one side and at None from the other"),
    Case(
        "TX407",
        (file_of("same_label.json"), file_of("empty_kind.json", "jobtech-types")),
        "test-1",
        "",
        "declared without concepts: continent",
    ),
]

MADE_BY_SUPPRESSIONS = {"TX901"}
MADE_OF_GUIDANCE = {"TX025", "TX026", "TX027", "TX601", "TX604", "TX605", "TX606"}
"""`test_guidance.py` provokes them, and a round trip TX027."""


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_fault_of_a_file_is_found_with_its_row(case: Case) -> None:
    found = [f for f in remarks(*case.sources) if (f.code, f.subject) == (case.code, case.subject)]
    assert len(found) == 1
    assert (found[0].row, found[0].severity) == (case.row, CATALOGUE[case.code].severity)
    assert case.says in found[0].message


def test_every_code_that_no_lint_makes_is_provoked_here() -> None:
    made_here = set(CATALOGUE) - {lint.code for lint in CHECKS} - MADE_BY_SUPPRESSIONS
    assert made_here <= {case.code for case in FOUND} | MADE_OF_GUIDANCE


def test_sound_files_give_no_findings() -> None:
    assert remarks(GROUP) == []


def test_an_odd_level_is_kept_and_remarked_on() -> None:
    content = content_of(file_of("odd_level.json"))
    assert [relation.level for relation in content.relations] == [50]
    assert "TX406" in {finding.code for finding in content.findings}


def only(concepts: tuple[Concept, ...] | object) -> Concept:
    assert isinstance(concepts, tuple)
    (concept,) = concepts
    assert isinstance(concept, Concept)
    return concept


def test_a_quoted_text_loses_its_lead_in_and_names_its_source() -> None:
    quoted = file_of("quoted.json", TEXTS, quoted="esco-1.0.8")
    concept = only(content_of(file_of("occupation.json"), quoted).concepts)
    text = "Den som bakar bröd, och som gärna bakar mer."
    assert concept.definitions == (Definition(Locale.SV, text, "esco-1.0.8"),)


def test_a_text_that_only_repeats_the_label_is_no_definition() -> None:
    assert only(content_of(file_of("definition_is_label.json")).concepts).definitions == ()


def test_a_former_label_is_kept_as_a_hidden_one() -> None:
    concepts = content_of(file_of("same_label.json"), OTHER).concepts
    assert [(label.role, label.text, label.source) for label in concepts[0].labels] == [
        (LabelRole.HIDDEN, "Brödbagare", "older-1"),
        (LabelRole.PREFERRED, "Bagare", "test-1"),
    ]


def test_the_most_trusted_source_decides_what_a_concept_is() -> None:
    kinds = manifest_of(file_of("two_kinds.json"), name="other-1")
    content = content_of(file_of("occupation.json"), kinds)
    assert [concept.kind for concept in content.concepts] == ["occupation-name"]
    assert {"TX001", "TX015"} <= {finding.code for finding in content.findings}


def test_a_file_defines_only_the_kinds_it_may(tmp_path: Path) -> None:
    title = {
        "id": "tttt_ttt_ttt",
        "preferred_label": "Brödbagare",
        "related": [{"id": BAKER, "preferred_label": "Bagare"}],
    }
    (tmp_path / "titles.json").write_text(json.dumps({"data": {"concepts": [title]}}))
    options = {"kind": "job-title", "relations": {"related": "occupation-name"}}
    titles = defining("job-title", name="titles.json", reader="jobtech-query", **options)
    content = content_of(titles, data=tmp_path)
    assert [concept.kind for concept in content.concepts] == ["job-title"]
    assert [finding.code for finding in content.findings if finding.code.startswith("TX0")] == ["TX010"]
    assert content.relations == ()


def group(id_: str, code: str, level: int, *below: object) -> dict[str, object]:
    return {
        "id": id_,
        "type": f"ssyk-level-{level}",
        "preferred_label": f"Grupp {code}",
        "ssyk_code_2012": code,
        "narrower": list(below),
    }


def english(tmp_path: Path, *groups: object, names: dict[int, list[list[object]]]) -> dict[str, list[str]]:
    """English labels by code, derived ones with an asterisk."""
    (tmp_path / "groups.json").write_text(json.dumps({"data": {"concepts": groups}}))
    head: list[list[object]] = [[], [], [], ["SSYK", "Name"]]
    workbook(tmp_path / "ssyk.xlsx", {f"{n}-digit": [*head, *names.get(n, [])] for n in (3, 4)})
    options = {"sheets": {f"{n}-digit": f"ssyk-level-{n}" for n in (3, 4)}, "system": "ssyk-code-2012"}
    scb = manifest_of(
        file_of("ssyk.xlsx", "ssyk-workbook", defines=False, **options), name="scb-1", locale=Locale.EN
    )
    concepts = content_of(file_of("groups.json"), scb, data=tmp_path).concepts
    return {
        concept.codes[0].value: [
            label.text + "*" * (label.provenance is Provenance.DERIVED)
            for label in concept.labels
            if label.locale is Locale.EN
        ]
        for concept in concepts
    }


def test_a_group_that_is_alone_takes_its_parents_english_label_as_a_derived_one(tmp_path: Path) -> None:
    alone = group("aaaa_aaa_aaa", "121", 3, group("bbbb_bbb_bbb", "1210", 4))
    labels = english(tmp_path, alone, names={3: [[121, "Finance managers "]]})
    assert labels == {"121": ["Finance managers"], "1210": ["Finance managers*"]}


def test_no_other_group_gets_a_derived_label(tmp_path: Path) -> None:
    named_itself = group("aaaa_aaa_aaa", "011", 3, group("bbbb_bbb_bbb", "0110", 4))
    two = group("cccc_ccc_ccc", "532", 3, group("dddd_ddd_ddd", "5321", 4), group("eeee_eee_eee", "5322", 4))
    no_name = group("ffff_fff_fff", "999", 3, group("gggg_ggg_ggg", "9990", 4))
    top = group("hhhh_hhh_hhh", "99", 2, group("iiii_iii_iii", "998", 3))
    names: dict[int, list[list[object]]] = {
        3: [[11, "Officers"], [532, "Assistant nurses"]],
        4: [[110, "Officer"], [5321, "Nurses"]],
    }
    labels = english(tmp_path, named_itself, two, no_name, top, names=names)
    assert labels == {
        "011": ["Officers"],
        "0110": ["Officer"],
        "532": ["Assistant nurses"],
        "5321": ["Nurses"],
        "5322": [],
        "99": [],
        "998": [],
        "999": [],
        "9990": [],
    }


def test_an_empty_row_of_a_sheet_is_passed_over_and_integers_stay_codes(tmp_path: Path) -> None:
    groups = [group("aaaa_aaa_aaa", "011", 3), group("bbbb_bbb_bbb", "021", 3)]
    names: dict[int, list[list[object]]] = {3: [[11, "Officers"], [], [21, "Others"]]}
    assert english(tmp_path, *groups, names=names) == {"011": ["Officers"], "021": ["Others"]}


def test_substitutability_is_stored_once_whichever_side_states_it(tmp_path: Path) -> None:
    baker = {"id": BAKER, "type": "occupation-name", "preferred_label": "Bagare"}
    cook = {"id": "bbbb_bbb_bbb", "type": "occupation-name", "preferred_label": "Kock"}
    level = {"substitutability_percentage": 75}
    rows = [
        {**baker, "substitutes": [{**cook, **level}], "substituted_by": []},
        {**cook, "substitutes": [], "substituted_by": [{**baker, **level}]},
    ]
    (tmp_path / "substitutes.json").write_text(json.dumps({"data": {"concepts": rows}}))
    content = content_of(file_of("substitutes.json"), data=tmp_path)
    assert [(r.kind, r.subject, r.object, r.level) for r in content.relations] == [
        (RelationKind.SUBSTITUTES, BAKER, "bbbb_bbb_bbb", 75)
    ]
    assert not {finding.code for finding in content.findings} & {"TX015", "TX405"}


def test_labels_join_skills_in_the_language_of_their_source_only(tmp_path: Path) -> None:
    skill = {"id": "ssss_sss_sss", "type": "skill", "preferred_label": "Baking"}
    occupation = {"id": BAKER, "type": "occupation-name", "preferred_label": "Bagare"}
    (tmp_path / "concepts.json").write_text(json.dumps({"data": {"concepts": [skill, occupation]}}))
    listed = {BAKER: {"taxonomy": ["Baking"], "taxonomy_calculated": []}}
    (tmp_path / "skills.json").write_text(json.dumps(listed))
    english_source = manifest_of(file_of("concepts.json"), name="en-1", locale=Locale.EN)
    skills = manifest_of(file_of("skills.json", SKILLS), name="sv-1")
    assert content_of(english_source, skills, data=tmp_path).relations == ()
    assert len(content_of(manifest_of(file_of("concepts.json")), skills, data=tmp_path).relations) == 1


def test_every_odd_file_is_used() -> None:
    others = ("test_bad_input.py", "test_skos.py")
    here = Path(__file__).read_text() + "".join(Path(__file__).with_name(name).read_text() for name in others)
    assert all(path.name in here for path in ODD.iterdir())


def test_kinds_are_the_publishers_words() -> None:
    concept = only(content_of(file_of("occupation.json")).concepts)
    assert concept.kind == Kind("occupation-name")
