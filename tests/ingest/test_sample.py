"""The sample: it loads without errors, and the defects that its README lists are found."""

from collections import Counter

import pytest

from taxonomy.ingest.manifest import read_recipe
from taxonomy.ingest.pipeline import gather, refuse_errors
from taxonomy.model.concept import LabelRole, Locale, Provenance
from taxonomy.model.ids import concept_id
from taxonomy.model.release import Content, Draft
from tests.conftest import Golden
from tests.ingest.recipes import SAMPLE, SAMPLE_DATA


@pytest.fixture(scope="module")
def sample() -> tuple[Draft, Content]:
    return gather(read_recipe(SAMPLE), SAMPLE_DATA)


@pytest.fixture(scope="module")
def content(sample: tuple[Draft, Content]) -> Content:
    return sample[1]


def test_the_sample_has_no_errors(content: Content) -> None:
    refuse_errors(content.findings)


def test_what_the_sample_holds_is_as_recorded(sample: tuple[Draft, Content], golden: Golden) -> None:
    draft, content = sample
    by = sorted(Counter((r.kind, r.provenance, r.source) for r in content.relations).items())
    lines = [
        *(f"concepts {kind} {count}" for kind, count in draft.concepts),
        *(f"relations {' '.join(key)} {count}" for key, count in by),
        *(f"observations {measure} {count}" for measure, count in draft.observations),
        *(f"findings {code} {severity} {count}" for code, severity, count in draft.findings),
    ]
    golden("ingest/sample_counts.txt", "\n".join(lines) + "\n")


def test_the_findings_of_the_sample_are_as_recorded(content: Content, golden: Golden) -> None:
    golden("ingest/sample_findings.tsv", "".join("\t".join(map(str, f)) + "\n" for f in content.findings))


@pytest.mark.parametrize(
    ("code", "subject", "file"),
    [
        ("TX011", "URRW_c9p_RLm", "info_job_titles.json"),
        ("TX202", "9YaE_Syg_5ZB", "id_definitions.json"),
        ("TX102", "WY1G_6bD_Uve", "keyword-concepts.json"),
        ("TX016", "Edjj_2Q7_P8X", "info_occupations.json"),
        ("TX016", "JbJw_as4_S93", "info_occupations.json"),
        ("TX016", "Vg3d_Azf_p5Y", "info_occupations.json"),
        ("TX403", "Phit_Tat_002", ""),
        ("TX014", "sni-level-3", "sni-level-3.json"),
        ("TX011", "esco:occupation/a9e54177-a185-404d-b6e6-15663d31137e", "occupationSkillRelations.csv"),
        ("TX011", "esco:isco/C2221", "SE_mapping Occupations v1.1.1.csv"),
        ("TX018", "sweden-esco-occupations-1.1.1", "SE_mapping Occupations v1.1.1.csv"),
        ("TX018", "sweden-esco-skills-1.0.9", "SE NSC ESCO 109 mapping table 2023-11-30.csv"),
        (
            "TX019",
            "esco:skill/f28617ad-afdd-4041-814c-216153a38998",
            "SE NSC ESCO 109 mapping table 2023-11-30.csv",
        ),
        ("TX501", "bXNH_MNX_dUR", ""),
        ("TX010", "Gone_occ_001", "occupation_barometer.json"),
        ("TX010", "Gone_bar_001", "barometer_regional.json"),
        ("TX010", "Gone_occ_002", "occupation_id_educational_requirements.json"),
        ("TX012", "collection:green-skills", "green_skills.json"),
        ("TX013", "Nej", "ssyk_salary.json"),
        ("TX013", "4430", "ssyk2012_en_2023.csv"),
        ("TX025", "5323", "labour_flow_data.json"),
        ("TX026", "1720", "labour_flow_data.json"),
        ("TX604", "scb-employment-2023", ""),
        ("TX605", "salaries-undated", ""),
        ("TX606", "yrkesbarometern-undated", ""),
    ],
)
def test_a_deliberate_defect_is_found(content: Content, code: str, subject: str, file: str) -> None:
    found = [f for f in content.findings if (f.code, f.subject) == (code, subject)]
    assert len(found) == 1
    assert found[0].file == file


def test_the_defects_without_an_id_are_found(content: Content) -> None:
    messages = [f"{finding.code} {finding.message}" for finding in content.findings]
    assert sum(text.startswith("TX012") and "Undersköterskeutbildning" in text for text in messages) == 4
    assert sum(text.startswith("TX102") and "Calvados " in text for text in messages) == 1
    assert sum(text.startswith("TX102") and "\\xa0" in text for text in messages) == 1
    assert Counter(text[:5] for text in messages)["TX013"] == 16
    assert Counter(text[:5] for text in messages)["TX201"] == 7
    assert sum(f.count for f in content.findings if f.code == "TX014") == 22


def test_a_quoted_text_is_escos_and_begins_after_the_lead_in(content: Content) -> None:
    (concept,) = [c for c in content.concepts if c.id == concept_id("fg7B_yov_smw")]
    (definition,) = concept.definitions
    assert definition.source == "esco-1.0.8"
    assert not definition.text.startswith("Yrkesbeskrivning som följer")


def test_zeros_are_kept_and_put_back(content: Content) -> None:
    padded = {
        c.codes[-1].value: c for c in content.concepts if c.kind.startswith("ssyk") and c.codes[-1][1] < "1"
    }
    assert {"0", "01", "011", "0110"} == set(padded)
    assert all(any(label.locale is Locale.EN for label in c.labels) for c in padded.values())


def test_derived_labels_say_so(content: Content) -> None:
    derived = [c for c in content.concepts for label in c.labels if label.provenance is Provenance.DERIVED]
    assert {c.kind for c in derived} == {"ssyk-level-4"}
    assert {c.codes[0].value for c in derived} == {"1310", "1360", "1410", "1510", "1720"}


def test_replacements_and_everyday_words_are_there(content: Content) -> None:
    replaced = {c.id: c.replaced_by for c in content.concepts if c.deprecated}
    assert replaced == {"Phit_Tat_001": ("GDHs_eoz_uKx",), "Phit_Tat_002": ()}
    roles = Counter(label.role for c in content.concepts for label in c.labels if label.source == "made-up-1")
    assert roles[LabelRole.ALTERNATIVE] == 20
    assert roles[LabelRole.HIDDEN] == 1
