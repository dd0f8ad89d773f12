"""A JobTech concept that a source says is an ESCO concept: one concept, two ids."""

import json
from pathlib import Path

from taxonomy.ingest.manifest import Manifest
from taxonomy.ingest.pipeline import refuse_errors
from taxonomy.model.concept import Code, LabelRole, Locale
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import Content
from tests.ingest.recipes import ODD, content_of, file_of, manifest_of

ESCO = "http://data.europa.eu/esco/"
ALIAS, OTHER = "bbbb_bbb_bbb", "cccc_ccc_ccc"


def row(id_: str, kind: str, label: str, **more: object) -> dict[str, object]:
    return {"id": id_, "type": kind, "preferred_label": label, **more}


def gathered(folder: Path, *rows: object, sources: tuple[Manifest, ...] = (), esco: bool = True) -> Content:
    """JobTech's rows first, then ESCO's two occupations, then what else there is."""
    (folder / "jobtech.json").write_text(json.dumps({"data": {"concepts": rows}}))
    occupations = ODD / "esco_occupations.csv"
    (folder / occupations.name).write_bytes(occupations.read_bytes())
    english = manifest_of(
        file_of(occupations.name, "esco-concepts", type="Occupation"), name="esco-1", locale=Locale.EN
    )
    jobtech = manifest_of(file_of("jobtech.json", relations={}), name="jobtech-1")
    return content_of(jobtech, *((english,) if esco else ()), *sources, data=folder)


BAKER = row(
    ALIAS, "esco-occupation", "bagare", esco_uri=f"{ESCO}occupation/1", alternative_labels=["brödbagare"]
)


def test_the_two_are_one_concept_with_the_jobtech_id_as_a_code(tmp_path: Path) -> None:
    content = gathered(tmp_path, BAKER)
    assert [concept.id for concept in content.concepts] == ["esco:occupation/1", "esco:occupation/2"]
    baker = content.concepts[0]
    assert baker.kind == "esco-occupation"
    assert baker.codes == (Code("esco-code", "7512.1"), Code("jobtech-id", ALIAS))
    assert [(label.locale, label.role, label.text) for label in baker.labels] == [
        (Locale.EN, LabelRole.ALTERNATIVE, "master baker"),
        (Locale.EN, LabelRole.PREFERRED, "baker"),
        (Locale.SV, LabelRole.ALTERNATIVE, "brödbagare"),
        (Locale.SV, LabelRole.PREFERRED, "bagare"),
    ]
    refuse_errors(content.findings)


def test_relations_of_the_alias_are_relations_of_the_concept_in_every_source(tmp_path: Path) -> None:
    keyword = row(
        OTHER,
        "keyword",
        "bröd",
        related=[{"id": ALIAS, "type": "esco-occupation", "preferred_label": "bagare"}],
    )
    content = gathered(tmp_path, BAKER, keyword)
    assert [(r.kind, r.subject, r.object) for r in content.relations] == [
        (RelationKind.KEYWORD_OF, OTHER, "esco:occupation/1")
    ]
    assert [f.code for f in content.findings if f.code.startswith("TX0")] == ["TX023"]


def test_the_kind_is_escos(tmp_path: Path) -> None:
    content = gathered(tmp_path, {**BAKER, "type": "occupation-name"})
    assert content.concepts[0].kind == "esco-occupation"
    assert "TX015" not in {finding.code for finding in content.findings}


def test_without_escos_files_the_concept_is_there_all_the_same(tmp_path: Path) -> None:
    (baker,) = gathered(tmp_path, BAKER, esco=False).concepts
    assert (baker.id, baker.kind) == ("esco:occupation/1", "esco-occupation")


def test_two_ids_of_one_concept_are_told(tmp_path: Path) -> None:
    twin = row(OTHER, "esco-occupation", "bagare", esco_uri=f"{ESCO}occupation/1")
    content = gathered(tmp_path, BAKER, twin)
    (told,) = [finding for finding in content.findings if finding.code == "TX015"]
    assert OTHER in told.message
    assert Code("jobtech-id", ALIAS) in content.concepts[0].codes


def test_one_id_of_two_concepts_is_told_and_the_first_is_kept(tmp_path: Path) -> None:
    again = {**BAKER, "esco_uri": f"{ESCO}occupation/2"}
    content = gathered(tmp_path, BAKER, again)
    (told,) = [finding for finding in content.findings if finding.code == "TX015"]
    assert (told.subject, told.row) == (ALIAS, "2")
    assert not any(code.system == "jobtech-id" for code in content.concepts[1].codes)


def test_a_replacement_and_a_mapping_follow_the_alias(tmp_path: Path) -> None:
    gone = row(OTHER, "keyword", "brödbak", deprecated=True, replaced_by=[{"id": ALIAS}])
    (tmp_path / "table.csv").write_text(
        (ODD / "mapping_table.csv")
        .read_text()
        .replace("occupation/1", "occupation/2")
        .replace("aaaa_aaa_aaa", ALIAS)
    )
    table = manifest_of(file_of("table.csv", "sweden-esco-table"), name="table-1")
    content = gathered(tmp_path, BAKER, gone, sources=(table,))
    assert [concept.replaced_by for concept in content.concepts if concept.deprecated] == [
        ("esco:occupation/1",)
    ]
    assert [(r.kind, r.subject, r.object) for r in content.relations] == [
        (RelationKind.EXACT_MATCH, "esco:occupation/2", "esco:occupation/1")
    ]
