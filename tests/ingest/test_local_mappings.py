"""Reviewed mappings: what a reviewer adds and takes away, as a source of its own."""

from pathlib import Path

import pytest

from taxonomy.ingest.manifest import local_manifests, read_recipe
from taxonomy.ingest.pipeline import gather
from taxonomy.ingest.sssom import read_sssom
from taxonomy.model.concept import Locale, Provenance
from taxonomy.model.errors import BadSource
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import Content
from tests.ingest.recipes import ODD, ROOT, content_of, file_of, manifest_of

HEAD = """\
#curie_map:
#  esco: http://data.europa.eu/esco/
#  jobtech: http://data.jobtechdev.se/taxonomy/concept/
#mapping_set_id: https://example.org/bakers
#mapping_set_title: "Bakers, reviewed"
#mapping_set_version: 2026-01-31
#license: https://creativecommons.org/publicdomain/zero/1.0/
#creator_label:
#  - Ada
#  - Bo
#subject_source: http://data.europa.eu/esco/
#subject_source_version: 1.1.1
subject_id	predicate_id	object_id	mapping_justification	predicate_modifier	comment
"""
REVIEW = "semapv:MappingReview"


def reviewed(folder: Path, *rows: str, name: str = "bakers") -> Path:
    path = folder / f"{name}.sssom.tsv"
    path.write_text(
        HEAD + "".join("\t".join(row.split()) + "\t" * (6 - len(row.split())) + "\n" for row in rows)
    )
    return folder


def loaded(folder: Path) -> Content:
    """Two bakers, matched exactly by a table, and what reviewers say of them."""
    table = manifest_of(file_of("mapping_table.csv", "sweden-esco-table"), name="table-1")
    english = manifest_of(
        file_of("esco_occupations.csv", "esco-concepts", type="Occupation"), name="esco-1", locale=Locale.EN
    )
    return content_of(*local_manifests(folder), file_of("occupation.json"), english, table, data=ODD)


def mappings(content: Content) -> list[tuple[str, str, str, str]]:
    return [(r.kind, r.subject, r.object, r.source) for r in content.relations]


EXACT = (RelationKind.EXACT_MATCH, "esco:occupation/1", "aaaa_aaa_aaa")


def test_a_local_set_is_a_source_that_says_what_its_head_says(tmp_path: Path) -> None:
    (manifest,) = local_manifests(
        reviewed(tmp_path, f"esco:occupation/2 skos:broadMatch jobtech:aaaa_aaa_aaa {REVIEW}")
    )
    source = manifest.source
    assert (source.id, source.title, source.publisher) == ("local-bakers", "Bakers, reviewed", "Ada, Bo")
    assert (source.version, source.url) == ("2026-01-31", "https://example.org/bakers")
    assert source.licence == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert manifest.mapping is not None
    assert manifest.mapping.justification == REVIEW
    assert manifest.mapping.subject_source_version == "1.1.1"


def test_an_addition_is_a_mapping_of_its_own_source(tmp_path: Path) -> None:
    content = loaded(reviewed(tmp_path, f"esco:occupation/2 skos:broadMatch jobtech:aaaa_aaa_aaa {REVIEW}"))
    assert mappings(content) == [
        (RelationKind.BROAD_MATCH, "esco:occupation/2", "aaaa_aaa_aaa", "local-bakers"),
        (*EXACT, "table-1"),
    ]
    assert {relation.provenance for relation in content.relations} == {Provenance.MAPPING}


def test_what_the_table_says_too_is_the_reviewers_whichever_way_round_it_is_said(tmp_path: Path) -> None:
    content = loaded(reviewed(tmp_path, f"jobtech:aaaa_aaa_aaa skos:exactMatch esco:occupation/1 {REVIEW}"))
    assert mappings(content) == [(*EXACT, "local-bakers")]
    narrow = loaded(reviewed(tmp_path, f"jobtech:aaaa_aaa_aaa skos:narrowMatch esco:occupation/2 {REVIEW}"))
    assert mappings(narrow)[0][:3] == (RelationKind.BROAD_MATCH, "esco:occupation/2", "aaaa_aaa_aaa")


@pytest.mark.parametrize(
    "row",
    [
        f"esco:occupation/1 skos:exactMatch jobtech:aaaa_aaa_aaa {REVIEW} Not",
        f"jobtech:aaaa_aaa_aaa skos:exactMatch esco:occupation/1 {REVIEW} Not",
        f"esco:occupation/1 sssom:NoMapping jobtech:aaaa_aaa_aaa {REVIEW}",
        "http://data.europa.eu/esco/occupation/1 https://w3id.org/sssom/NoMapping"
        f" jobtech:aaaa_aaa_aaa {REVIEW}",
    ],
)
def test_a_wrong_mapping_is_removed_and_that_is_told(tmp_path: Path, row: str) -> None:
    content = loaded(reviewed(tmp_path, row))
    assert mappings(content) == []
    (removed,) = [finding for finding in content.findings if finding.code == "TX021"]
    assert (removed.file, removed.row) == ("bakers.sssom.tsv", "14")


def test_a_correction_replaces_one_kind_by_another(tmp_path: Path) -> None:
    pair = "jobtech:aaaa_aaa_aaa"
    rows = (
        f"esco:occupation/1 skos:exactMatch {pair} {REVIEW} Not",
        f"esco:occupation/1 skos:closeMatch {pair} {REVIEW}",
    )
    content = loaded(reviewed(tmp_path, *rows))
    assert mappings(content) == [(RelationKind.CLOSE_MATCH, *EXACT[1:], "local-bakers")]
    assert not {finding.code for finding in content.findings} & {"TX022", "TX502"}


def test_another_kind_beside_the_tables_is_a_contradiction_until_the_tables_is_removed(
    tmp_path: Path,
) -> None:
    content = loaded(reviewed(tmp_path, f"esco:occupation/1 skos:broadMatch jobtech:aaaa_aaa_aaa {REVIEW}"))
    assert len(mappings(content)) == 2
    assert "TX502" in {finding.code for finding in content.findings}


def test_a_correction_speaks_of_other_sources_only(tmp_path: Path) -> None:
    row = "esco:occupation/2 skos:exactMatch jobtech:aaaa_aaa_aaa"
    content = loaded(reviewed(tmp_path, f"{row} {REVIEW}", f"{row} {REVIEW} Not"))
    assert (RelationKind.EXACT_MATCH, "esco:occupation/2", "aaaa_aaa_aaa", "local-bakers") in mappings(
        content
    )
    assert "TX022" in {finding.code for finding in content.findings}


def test_sets_come_by_name_and_other_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("second", "first"):
        reviewed(tmp_path, name=name)
    (tmp_path / "notes.txt").write_text("not a mapping set")
    assert [manifest.source.id for manifest in local_manifests(tmp_path)] == ["local-first", "local-second"]


def test_the_folder_we_ship_is_empty_and_a_missing_one_is_told(tmp_path: Path) -> None:
    assert local_manifests(ROOT / "esco_mappings" / "local") == ()
    with pytest.raises(BadSource, match="nowhere: there is no such folder; the recipe says"):
        local_manifests(tmp_path / "nowhere")


def test_a_recipe_asks_for_them(tmp_path: Path) -> None:
    (tmp_path / "recipes").mkdir()
    (tmp_path / "test-1.toml").write_text(
        (ROOT / "loaders" / "made-up-1.toml").read_text().replace('source = "made-up"', 'source = "test"')
    )
    (tmp_path / "local").mkdir()
    reviewed(tmp_path / "local", f"esco:occupation/2 skos:broadMatch jobtech:aaaa_aaa_aaa {REVIEW}")
    path = tmp_path / "recipes" / "test.toml"
    path.write_text('id = "test"\ntitle = "Test"\nsources = ["test-1"]\nlocal = "../local"\n')
    recipe = read_recipe(path)
    assert [manifest.source.id for manifest in recipe.manifests] == ["local-bakers", "test-1"]
    draft, content = gather(recipe, ROOT / "loaders" / "sample")
    assert [source.id for source in draft.sources] == ["local-bakers", "test-1"]
    assert [f.row for f in content.findings if f.file == "bakers.sssom.tsv"] == ["14"]


def test_a_head_may_have_a_blank_after_its_signs_and_lists_without_indent(tmp_path: Path) -> None:
    head = HEAD.replace("#", "# ").replace("#   - ", "# - ")
    (tmp_path / "blank.sssom.tsv").write_text(head)
    (manifest,) = local_manifests(tmp_path)
    assert (manifest.source.title, manifest.source.publisher) == ("Bakers, reviewed", "Ada, Bo")


def test_a_set_without_rows_and_without_a_head_that_says_more(tmp_path: Path) -> None:
    path = tmp_path / "empty.sssom.tsv"
    path.write_text("#mapping_set_id: https://example.org/\n#license: CC0\n" + HEAD.splitlines()[-1] + "\n")
    assert read_sssom(path).rows == ()
    (manifest,) = local_manifests(tmp_path)
    assert (manifest.source.title, manifest.source.publisher) == (
        "local-empty",
        "reviewers of this installation",
    )
