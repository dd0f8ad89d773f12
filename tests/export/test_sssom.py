"""SSSOM: what we write is read by others, and says what the release says."""

import io
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
import sssom_pydantic

from taxonomy.export.sssom import BY_CODE, PREDICATES, SetFacts, export, mapping_sets
from taxonomy.ingest.sssom import read_sssom
from taxonomy.model.concept import ESCO_ISCO_LEVELS, ESCO_OCCUPATION, ISCO_GROUP, OCCUPATION, Provenance
from taxonomy.model.errors import BadInput
from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import MATCH_INVERSES, Relation, RelationKind
from taxonomy.model.release import Release, SourceVersion
from taxonomy.snapshot import Snapshot, build
from tests.builders import composition, concept, content, release

BAKERY = "esco:occupation/0a2d5e3e-0000-4000-8000-000000000001"
BAKER = "esco:occupation/0a2d5e3e-0000-4000-8000-000000000002"
UNIT, GROUP = "esco:isco/C7512", "Bage_Gro_512"
SHOP, CAKES = "Bage_But_001", "Bage_Kon_002"

CONCEPTS = [
    concept(BAKERY, "föreståndare, bageributik", ESCO_OCCUPATION, english="bakery shop manager"),
    concept(BAKER, 'bagare\t"stor"', ESCO_OCCUPATION),
    concept(UNIT, "Bagare", ESCO_ISCO_LEVELS[3], codes=[("isco-code-08", "7512")]),
    concept(GROUP, "Bagare", ISCO_GROUP, codes=[("isco-code-08", "7512")]),
    concept(SHOP, "Butikschef", OCCUPATION),
    concept(CAKES, "Konditor: finbagare # 1", OCCUPATION),
]
TABLE = SourceVersion(
    "table-1.1.1", "A table: of mappings", "EU", "1.1.1", "CC-BY-4.0", "", "https://a.test/t"
)
CODES = SourceVersion("codes-1", "Codes", "us", "1", "CC0-1.0", "", "https://a.test/")
ODD = SourceVersion("odd-1", "Odd", "them", "1", "EPL-2.0", "", "https://a.test/odd")
FACTS = {
    "table-1.1.1": SetFacts(
        "semapv:ManualMappingCuration",
        "http://data.europa.eu/esco/concept-scheme/occupations",
        "1.1.1",
        "http://data.jobtechdev.se/taxonomy/",
        "18",
    )
}


def mapped(kind: RelationKind, subject: str, object_: str, source: str = TABLE.id) -> Relation:
    how = Provenance.DERIVED if source == CODES.id else Provenance.MAPPING
    return Relation(kind, ConceptId(subject), ConceptId(object_), how, source)


RELATIONS = [
    mapped(RelationKind.BROAD_MATCH, BAKERY, SHOP),
    mapped(RelationKind.EXACT_MATCH, BAKER, CAKES),
    mapped(RelationKind.EXACT_MATCH, UNIT, GROUP, CODES.id),
]


def published(*more: Relation, sources: tuple[SourceVersion, ...] = (TABLE, CODES, ODD)) -> Snapshot:
    rows = content(CONCEPTS, [*RELATIONS, *more])
    made: Release = release(rows)
    made = made._replace(draft=made.draft._replace(title="Bagare: alla", sources=sources))
    return build(made, rows, composition())


def text(only: str | None = None, *more: Relation) -> str:
    return "".join(f"{line}\n" for line in export(published(*more), FACTS, "0.1", only))


def test_one_set_is_a_head_and_a_table() -> None:
    assert text(TABLE.id).splitlines() == [
        "#curie_map:",
        "#  esco: http://data.europa.eu/esco/",
        "#  jobtech: http://data.jobtechdev.se/taxonomy/concept/",
        "#  jobtechdev: http://data.jobtechdev.se/",
        "#mapping_set_id: https://w3id.org/occupation-graph/mappings/table-1.1.1",
        '#mapping_set_version: "1.1.1"',
        "#mapping_set_source:",
        "#  - https://a.test/t",
        '#mapping_set_title: "A table: of mappings"',
        "#license: https://creativecommons.org/licenses/by/4.0/",
        "#subject_type: skos concept",
        "#subject_source: esco:concept-scheme/occupations",
        '#subject_source_version: "1.1.1"',
        "#object_type: skos concept",
        "#object_source: jobtechdev:taxonomy/",
        '#object_source_version: "18"',
        "#mapping_provider: https://a.test/t",
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification",
        f"{BAKERY}\tbakery shop manager\tskos:broadMatch\tjobtech:{SHOP}\tButikschef\t"
        "semapv:ManualMappingCuration",
        f'{BAKER}\t"bagare\t""stor"""\tskos:exactMatch\tjobtech:{CAKES}\tKonditor: finbagare # 1\t'
        "semapv:ManualMappingCuration",
    ]


def test_rows_of_all_sets_name_their_own_set_and_its_licence() -> None:
    pack = sssom_pydantic.read(io.StringIO(text()))
    found = {(row.subject.curie, row.source.curie, row.license) for row in pack.mappings if row.source}
    assert found == {
        (BAKERY, "set:table-1.1.1", "https://creativecommons.org/licenses/by/4.0/"),
        (BAKER, "set:table-1.1.1", "https://creativecommons.org/licenses/by/4.0/"),
        (UNIT, "set:codes-1", "https://creativecommons.org/publicdomain/zero/1.0/"),
    }


def test_all_sets_together_are_under_the_licence_with_the_most_conditions() -> None:
    assert "#license: https://creativecommons.org/licenses/by/4.0/\n" in text()


def test_a_licence_that_we_do_not_know_cannot_be_joined_with_others() -> None:
    odd = mapped(RelationKind.CLOSE_MATCH, BAKERY, CAKES, ODD.id)
    with pytest.raises(BadInput, match="export one at a time, with --set"):
        text(None, odd)
    assert "#license: https://spdx.org/licenses/EPL-2.0\n" in text(ODD.id, odd)


def test_what_we_derived_says_by_what_and_from_what() -> None:
    [row] = sssom_pydantic.read(io.StringIO(text(CODES.id))).mappings
    assert row.justification.curie == BY_CODE
    assert row.mapping_tool is not None
    assert (row.mapping_tool.name, row.mapping_tool.version) == ("occupation-graph", "0.1")
    assert [field.curie for field in row.subject_match_field or ()] == ["skos:notation"]


def test_an_unknown_set_names_those_that_there_are() -> None:
    with pytest.raises(
        BadInput, match=r"no mapping set nothing in this release; there are codes-1, table-1\.1\.1"
    ):
        text("nothing")


def test_another_implementation_reads_every_mapping_of_the_release() -> None:
    rows, _, about, errors = sssom_pydantic.read(io.StringIO(text()), return_errors=True)
    assert errors == []
    assert (about.version, about.publication_date) == (published().release.id, date(2026, 1, 1))
    found = {(row.subject.curie, row.predicate.curie, row.object.curie) for row in rows}
    assert found == {(edge.subject, PREDICATES[edge.kind], f"jobtech:{edge.object}") for edge in RELATIONS}
    assert {row.subject.name for row in rows} == {"bakery shop manager", 'bagare\t"stor"', "Bagare"}


def test_our_own_reader_reads_a_set(tmp_path: Path) -> None:
    file = tmp_path / "table.sssom.tsv"
    file.write_text(text(TABLE.id), "utf-8")
    read = read_sssom(file)
    assert read.justification == "semapv:ManualMappingCuration"
    assert read.metadata["mapping_set_title"] == TABLE.title
    assert [row.subject.rpartition("/")[2] for row in read.rows] == [BAKERY[-36:], BAKER[-36:]]


def test_every_kind_of_match_has_a_predicate() -> None:
    assert PREDICATES.keys() == MATCH_INVERSES.keys()


def test_only_sources_with_mappings_are_sets() -> None:
    assert [source.id for source in mapping_sets(published())] == ["codes-1", "table-1.1.1"]


def test_sssom_py_reads_it_and_finds_nothing_wrong(tmp_path: Path) -> None:
    """The reference implementation brings 98 packages: it runs where somebody has installed it."""
    python = os.environ.get("SSSOM_PYTHON")
    if not python:
        pytest.skip("SSSOM_PYTHON is not set: let it name a Python that has sssom-py (pip install sssom)")
    file = tmp_path / "all.sssom.tsv"
    file.write_text(text(), "utf-8")
    code = (
        "import sys\nfrom sssom.parsers import parse_sssom_table\nfrom sssom.validators import validate\n"
        "table = parse_sssom_table(sys.argv[1])\nvalidate(table)\nprint(len(table.df))"
    )
    done = subprocess.run([python, "-c", code, str(file)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("3\n", 0), done.stderr
