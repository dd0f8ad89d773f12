"""ESCO's own files and the official tables, with the Swedish taxonomy: the counts they are known to have."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from taxonomy.ingest.manifest import read_manifest, read_recipe
from taxonomy.ingest.pipeline import gather, refuse_errors
from taxonomy.model.concept import (
    BAROMETER_OCCUPATION,
    SKILL_COLLECTION,
    Kind,
    LabelRole,
    Locale,
    NoteKind,
    Provenance,
)
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import Content, Draft
from taxonomy.store.sqlite_store import SqliteStore
from tests.conftest import Golden
from tests.ingest.recipes import ROOT, SWEDEN_ESCO
from tests.ingest.test_real import LOADS

pytestmark = pytest.mark.xdist_group("sweden-esco")  # read once, not once per worker

ESSENTIAL, OPTIONAL = RelationKind.ESSENTIAL_SKILL, RelationKind.OPTIONAL_SKILL
EXACT, CLOSE = RelationKind.EXACT_MATCH, RelationKind.CLOSE_MATCH
BROAD, NARROW = RelationKind.BROAD_MATCH, RelationKind.NARROW_MATCH
OCCUPATIONS, SKILLS = "sweden-esco-occupations-1.1.1", "sweden-esco-skills-1.0.9"
OCCUPATION_TABLE = "SE_mapping Occupations v1.1.1.csv"
SKILL_TABLE = "SE NSC ESCO 109 mapping table 2023-11-30.csv"
DAMAGED = {2596, 5261, 7885, 10487, 13142, 13173, 15775, 15816, 20382}


@pytest.fixture(scope="module")
def sweden_esco(real_data: Path) -> tuple[Draft, Content]:
    return gather(read_recipe(SWEDEN_ESCO), real_data)


@pytest.fixture(scope="module")
def content(sweden_esco: tuple[Draft, Content]) -> Content:
    return sweden_esco[1]


@pytest.fixture(scope="module")
def kinds(content: Content) -> dict[str, str]:
    return {concept.id: concept.kind for concept in content.concepts}


def counted(draft: Draft, content: Content) -> str:
    by = sorted(Counter((r.kind, r.provenance, r.source) for r in content.relations).items())
    lines = [
        *(f"concepts {kind} {count}" for kind, count in draft.concepts),
        *(f"relations {' '.join(key)} {count}" for key, count in by),
        *(f"observations {measure} {count}" for measure, count in draft.observations),
        *(f"findings {code} {severity} {count}" for code, severity, count in draft.findings),
    ]
    return "\n".join(lines) + "\n"


def test_counts_per_kind_relation_and_finding_are_as_recorded(
    sweden_esco: tuple[Draft, Content], golden: Golden
) -> None:
    golden("ingest/sweden_esco_counts.txt", counted(*sweden_esco))
    refuse_errors(sweden_esco[1].findings)


def test_nothing_swedish_changes_by_the_side_of_esco(content: Content) -> None:
    recorded = (ROOT / "tests" / "golden" / "ingest" / "sweden_counts.txt").read_text("utf-8")
    of_guidance = (BAROMETER_OCCUPATION, SKILL_COLLECTION)
    concepts = Counter(
        c.kind for c in content.concepts if not c.id.startswith("esco:") and c.kind not in of_guidance
    )
    lines = {f"concepts {kind} {count}" for kind, count in concepts.items()}
    assert lines == {line for line in recorded.splitlines() if line.startswith("concepts")}
    relations = Counter(
        (r.kind, r.provenance, r.source) for r in content.relations if r.source.startswith("jobtech")
    )
    lines = {f"relations {' '.join(key)} {count}" for key, count in relations.items()}
    assert lines == {line for line in recorded.splitlines() if line.startswith("relations")}


def test_esco_has_3007_occupations_13896_skills_640_groups_and_619_isco_groups(
    sweden_esco: tuple[Draft, Content],
) -> None:
    per_kind = dict(sweden_esco[0].concepts)
    names = ("occupation", "skill", "skill-group", "collection")
    assert [per_kind[Kind(f"esco-{name}")] for name in names] == [3007, 13_896, 640, 7]
    levels = [per_kind[Kind(f"esco-isco-level-{level}")] for level in (1, 2, 3, 4)]
    assert levels == [10, 43, 130, 436]
    assert sum(levels) == 619


def test_occupations_and_skills_need_skills(content: Content, kinds: dict[str, str]) -> None:
    needs = Counter((kinds[r.subject], r.kind) for r in content.relations if r.kind in (ESSENTIAL, OPTIONAL))
    assert needs["esco-occupation", ESSENTIAL] == 64_891
    assert needs["esco-occupation", OPTIONAL] == 58_897
    assert needs["esco-skill", ESSENTIAL] == 191
    assert needs["esco-skill", OPTIONAL] == 5_707  # 5,708 and one of a skill to itself


def test_hierarchies_hang_together(content: Content, kinds: dict[str, str]) -> None:
    broader = Counter(
        (kinds[r.subject], kinds[r.object])
        for r in content.relations
        if r.kind is RelationKind.BROADER and r.source == "esco-1.1.1"
    )
    assert broader["esco-occupation", "esco-isco-level-4"] == 1760
    assert broader["esco-occupation", "esco-occupation"] == 1247
    assert broader["esco-skill", "esco-skill-group"] == 13_448
    assert broader["esco-skill", "esco-skill"] == 6565
    assert broader["esco-skill-group", "esco-skill-group"] == 636
    assert sum(count for (below, _), count in broader.items() if below.startswith("esco-isco")) == 609
    assert "TX409" not in {finding.code for finding in content.findings}


def test_a_relation_with_a_missing_end_is_a_finding_with_file_and_row(content: Content) -> None:
    missing = [f for f in content.findings if f.code == "TX011"]
    per_file = Counter(finding.file for finding in missing)
    assert per_file["occupationSkillRelations.csv"] == 67
    assert per_file["broaderRelationsOccPillar.csv"] == 1
    assert per_file["broaderRelationsSkillPillar.csv"] == 7
    rows = {f.row for f in missing if f.file == "broaderRelationsSkillPillar.csv"}
    assert rows == {"231", "238", "278", "472", "477", "553", "607"}
    (itself,) = [f for f in content.findings if f.code == "TX017" and f.subject.startswith("esco:")]
    assert (itself.file, itself.row) == ("skillSkillRelations.csv", "4645")


def test_collections_have_the_members_of_their_files(content: Content) -> None:
    names = {c.id: c.labels[0].text for c in content.concepts if c.kind == "esco-collection"}
    members = Counter(names[r.object] for r in content.relations if r.object in names)
    assert members == {
        "Green": 570,
        "Digital": 1201,
        "DigComp": 26,
        "ESCO transversal skill groups": 96,
        "Language": 346,
        "Research": 40,
        "Research occupations": 122,
    }


def test_labels_that_repeat_the_preferred_one_are_one_finding(content: Content) -> None:
    repeats = [f.count for f in content.findings if f.code == "TX105" and f.subject == "esco-1.1.1"]
    assert sorted(repeats) == [75, 572, 14_906]
    labels = Counter((label.source, label.role) for c in content.concepts for label in c.labels)
    assert labels["esco-1.1.1", LabelRole.PREFERRED] == 3007 + 13_896 + 640 + 619 + 7
    assert labels["esco-1.1.1", LabelRole.ALTERNATIVE] == 32_804 + 97_483 + 168 - 14_906 - 75


def test_swedish_labels_and_texts_stand_beside_the_english_ones(content: Content) -> None:
    swedish = Counter(
        (str(concept.kind), label.source, label.role)
        for concept in content.concepts
        for label in concept.labels
        if label.locale is Locale.SV and concept.id.startswith("esco:")
    )
    preferred = {kind: n for (kind, source, role), n in swedish.items() if role is LabelRole.PREFERRED}
    assert (preferred["esco-occupation"], preferred["esco-skill"]) == (3007, 13_896)
    assert sum(n for kind, n in preferred.items() if kind.startswith("esco-isco")) == 619
    assert "esco-skill-group" not in preferred
    # 3,289 in the file, of which 31 repeat a label.
    assert swedish["esco-occupation", "esco-1.0.8-sv", LabelRole.ALTERNATIVE] == 3258
    texts = Counter((str(c.kind), d.locale, d.source) for c in content.concepts for d in c.definitions)
    assert texts["esco-occupation", Locale.EN, "esco-1.1.1"] == 3007
    assert texts["esco-occupation", Locale.SV, "esco-1.0.8-sv"] == 2939
    assert texts["esco-skill", Locale.EN, "esco-1.1.1"] == 13_895
    assert texts["esco-skill-group", Locale.EN, "esco-1.1.1"] == 640 - 133


def test_what_else_is_said_of_a_concept_is_kept(content: Content) -> None:
    notes = Counter((str(c.kind), n.kind, n.text) for c in content.concepts for n in c.notes)
    assert notes["esco-occupation", NoteKind.REGULATED_PROFESSION, "regulated"] == 15
    assert notes["esco-occupation", NoteKind.REGULATED_PROFESSION, "unregulated"] == 2992
    assert notes["esco-skill", NoteKind.SKILL_TYPE, "knowledge"] == 3059
    assert notes["esco-skill", NoteKind.REUSE_LEVEL, "transversal"] == 440
    assert sum(f.count for f in content.findings if f.code == "TX410") == 6


def test_the_tables_become_mappings_as_far_as_both_ends_exist(content: Content) -> None:
    mapped = Counter((r.source, r.kind) for r in content.relations if r.provenance is Provenance.MAPPING)
    by_table = {
        source: {kind: n for (named, kind), n in mapped.items() if named == source}
        for source in (OCCUPATIONS, SKILLS)
    }
    assert by_table == {
        OCCUPATIONS: {BROAD: 1436, EXACT: 990, NARROW: 1141, CLOSE: 185},
        SKILLS: {BROAD: 10_872, NARROW: 4679, CLOSE: 2001, EXACT: 1341},
    }
    assert sum(by_table[OCCUPATIONS].values()) == 2923 + 829
    assert sum(by_table[SKILLS].values()) == 18_893


def test_every_row_of_the_tables_is_a_mapping_or_a_finding(content: Content) -> None:
    mapped = Counter(r.source for r in content.relations if r.provenance is Provenance.MAPPING)
    unknown = Counter(f.file for f in content.findings if f.code == "TX011")
    assert mapped[OCCUPATIONS] + unknown[OCCUPATION_TABLE] == 4115 + 1409
    assert mapped[SKILLS] + unknown[SKILL_TABLE] == 19_024
    unrelated = {f.file: f.count for f in content.findings if f.code == "TX018"}
    assert unrelated == {OCCUPATION_TABLE: 5, SKILL_TABLE: 1341}
    damaged = {int(f.row) for f in content.findings if f.code == "TX019"}
    assert damaged == DAMAGED
    assert "TX020" not in {finding.code for finding in content.findings}


def test_targets_need_not_be_skills_or_occupations(content: Content, kinds: dict[str, str]) -> None:
    """The table names 1,319 of the occupations, two rows of it ESCO occupations that 1.1.1 does not have:
    for one of the 1,319, such a row is the only one."""
    swedish = Counter(
        (r.source, kinds[r.object]) for r in content.relations if r.provenance is Provenance.MAPPING
    )
    assert swedish[SKILLS, "language"] == 340
    assert swedish[OCCUPATIONS, "isco-level-4"] == 691
    assert swedish[OCCUPATIONS, "occupation-name"] == 2232 + 829
    occupations = {
        r.object
        for r in content.relations
        if r.source == OCCUPATIONS and kinds[r.object] == "occupation-name"
        if kinds[r.subject] == "esco-occupation"
    }
    assert len(occupations) == 1318


def test_the_direction_is_the_tables(content: Content) -> None:
    """Of an ESCO concept, `broad-match`: the Swedish concept is broader. Five pairs that leave no doubt."""
    english = {
        c.id: label.text
        for c in content.concepts
        for label in c.labels
        if label.locale is Locale.EN and label.role is LabelRole.PREFERRED
    }
    swedish = {
        c.id: label.text
        for c in content.concepts
        for label in c.labels
        if label.locale is Locale.SV and label.role is LabelRole.PREFERRED
    }
    said = {
        (english[r.subject], r.kind, swedish[r.object])
        for r in content.relations
        if r.provenance is Provenance.MAPPING
    }
    assert {
        ("write Slovenian", BROAD, "Slovenska"),
        ("develop pharmaceutical drugs", BROAD, "Farmakologi"),
        ("massage types", NARROW, "Idrottsmassage"),
        ("aircraft pilot", NARROW, "Chefspilot"),
        ("circus artist", NARROW, "Trapetskonstnär"),
    } <= said


def test_isco_groups_of_both_are_matched_by_code_and_not_merged(
    content: Content, kinds: dict[str, str]
) -> None:
    derived = [r for r in content.relations if r.provenance is Provenance.DERIVED]
    assert len(derived) == 436
    assert {(r.kind, r.source) for r in derived} == {(EXACT, "isco-same-code-1")}
    assert {(kinds[r.subject], kinds[r.object]) for r in derived} == {("esco-isco-level-4", "isco-level-4")}
    codes = {c.id: c.codes for c in content.concepts}
    assert all(codes[r.subject] == codes[r.object] for r in derived)
    assert "TX302" not in {finding.code for finding in content.findings}


def test_where_the_tables_contradict_themselves_is_told(content: Content, kinds: dict[str, str]) -> None:
    several = Counter(kinds[f.subject] for f in content.findings if f.code == "TX501")
    assert several == {"skill": 98, "occupation-name": 118, "esco-skill": 81, "esco-occupation": 70}
    assert "TX502" not in {finding.code for finding in content.findings}
    unmapped = {f.subject: f.count for f in content.findings if f.code == "TX503"}
    assert unmapped["occupation-name"] == 479


def test_the_version_before_is_another_release(real_data: Path, golden: Golden) -> None:
    draft, content = gather(read_recipe(SWEDEN_ESCO.with_name("sweden-esco-1.1.0.toml")), real_data)
    refuse_errors(content.findings)
    golden("ingest/sweden_esco_1_1_0_counts.txt", counted(draft, content))
    per_kind = dict(draft.concepts)
    names = ("occupation", "skill", "skill-group", "collection")
    assert [per_kind[Kind(f"esco-{name}")] for name in names] == [3008, 13_891, 643, 6]
    kinds = {str(concept.id): str(concept.kind) for concept in content.concepts}
    needs = Counter((kinds[r.subject], r.kind) for r in content.relations)
    assert needs["esco-occupation", ESSENTIAL] == 65_096
    assert needs["esco-occupation", OPTIONAL] == 58_756
    assert not [f for f in content.findings if f.code == "TX011" and f.file.startswith("b")]
    # Five are skills in the Swedish labels, which are those of the version after.
    assert [f.file for f in content.findings if f.code == "TX015"] == ["skills.json"] * 5


def test_every_mapping_set_says_what_sssom_asks_for(content: Content) -> None:
    sources = {r.source for r in content.relations if r.kind in (EXACT, CLOSE, BROAD, NARROW)}
    for source in sources:
        mapping = read_manifest(ROOT / "loaders" / f"{source}.toml").mapping
        assert mapping is not None
        assert mapping.justification.startswith("semapv:")


def test_a_load_of_everything_stays_under_900_megabytes(real_data: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOADS, str(tmp_path / "taxonomy.db"), str(SWEDEN_ESCO), str(real_data)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(run.stdout) <= 900
    assert len(SqliteStore(tmp_path / "taxonomy.db").read(1).concepts) == 42_999
