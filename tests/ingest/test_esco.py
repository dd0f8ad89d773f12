"""ESCO's files: what a load takes from them, in a zip or beside it."""

import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from taxonomy.ingest.manifest import Manifest, SourceFile
from taxonomy.ingest.pipeline import load
from taxonomy.model.concept import Code, Concept, LabelRole, Locale, Note, NoteKind
from taxonomy.model.errors import BadSource
from taxonomy.model.relation import Necessity, RelationKind
from taxonomy.model.release import Content
from taxonomy.store.sqlite_store import SqliteStore
from tests.ingest.recipes import content_of, file_of, manifest_of, recipe_of

NAMESPACE = "http://data.europa.eu/esco/"
ARCHIVE = "ESCO - en - csv.zip"

OCCUPATIONS = """\
conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,\
regulatedProfessionNote,scopeNote,definition,inScheme,description,code
Occupation,http://data.europa.eu/esco/occupation/1,7512, baker,"bread baker
baker
bread  baker
BAKER",bread baker,released,,\
http://data.europa.eu/esco/regulated-professions/regulated,Not cooks.,,,Bakes.,7512.1
Occupation,http://data.europa.eu/esco/occupation/2,7512,pastry cook,,,released,,,,,,,7512.1.2
"""
SKILLS = """\
conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,\
scopeNote,definition,inScheme,description
KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/1,knowledge,cross-sector,flour,,,released,,,,,
KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/2,,,make dough,,,released,,,,,Make dough
"""
GROUPS = """\
conceptType,conceptUri,code,preferredLabel,status,altLabels,inScheme,description
ISCOGroup,http://data.europa.eu/esco/isco/C7,7,Craft workers,released,,,
ISCOGroup,http://data.europa.eu/esco/isco/C75,75,Food workers,released,,,
ISCOGroup,http://data.europa.eu/esco/isco/C751,751,Food makers,released,,,
ISCOGroup,http://data.europa.eu/esco/isco/C7512,7512,Bakers,released,,,
"""
HIERARCHY = """\
conceptType,conceptUri,broaderType,broaderUri
Occupation,http://data.europa.eu/esco/occupation/1,ISCOGroup,http://data.europa.eu/esco/isco/C7512
Occupation,http://data.europa.eu/esco/occupation/2,Occupation,http://data.europa.eu/esco/occupation/1
Occupation,http://data.europa.eu/esco/occupation/3,Occupation,http://data.europa.eu/esco/occupation/1
"""
NEEDS = """\
occupationUri,relationType,skillType,skillUri
http://data.europa.eu/esco/occupation/1,essential,knowledge,http://data.europa.eu/esco/skill/1
http://data.europa.eu/esco/occupation/1,optional,,http://data.europa.eu/esco/skill/2
http://data.europa.eu/esco/occupation/3,optional,,http://data.europa.eu/esco/skill/2
http://data.europa.eu/esco/occupation/4,essential,,http://data.europa.eu/esco/skill/2
"""
SCHEMES = """\
conceptType,conceptSchemeUri,preferredLabel,title,description,hasTopConcept
ConceptScheme,http://data.europa.eu/esco/concept-scheme/green,Green,,,{}
ConceptScheme,http://data.europa.eu/esco/concept-scheme/isco,ISCO 2008,,,
"""
COLLECTION = """\
conceptType,conceptUri,preferredLabel
KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/1,"flour, all types"
"""
FILES = {
    "occupations.csv": OCCUPATIONS,
    "skills.csv": SKILLS,
    "groups.csv": GROUPS,
    "hierarchy.csv": HIERARCHY,
    "needs.csv": NEEDS,
    "schemes.csv": SCHEMES.format('"' + ",\n".join(f"{NAMESPACE}skill/{n}" for n in range(10_000)) + '"'),
    "green.csv": COLLECTION,
}
GREEN = "esco:concept-scheme/green"


def zipped(name: str, reader: str, **options: Any) -> SourceFile:
    return file_of(name, reader, archive=ARCHIVE, **options)


def esco(*more: SourceFile) -> Manifest:
    return manifest_of(
        zipped("occupations.csv", "esco-concepts", type="Occupation"),
        zipped("skills.csv", "esco-concepts", type="KnowledgeSkillCompetence"),
        zipped("groups.csv", "esco-concepts", type="ISCOGroup"),
        zipped("schemes.csv", "esco-schemes", collections=[GREEN]),
        zipped("green.csv", "esco-collection", collection=GREEN),
        zipped("hierarchy.csv", "esco-hierarchy"),
        zipped("needs.csv", "esco-skills", subject="occupationUri", object="skillUri"),
        *more,
        name="esco-1",
        locale=Locale.EN,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def content(folder: Path) -> Content:
    return content_of(esco(), data=folder)


def concept(content: Content, id_: str) -> Concept:
    (found,) = [concept for concept in content.concepts if concept.id == id_]
    return found


def told(content: Content, code: str) -> list[tuple[str, str, str, int]]:
    return [(f.subject, f.file, f.row, f.count) for f in content.findings if f.code == code]


def test_an_occupation_has_its_labels_text_code_and_notes(content: Content) -> None:
    baker = concept(content, "esco:occupation/1")
    assert [(label.role, label.text) for label in baker.labels] == [
        (LabelRole.ALTERNATIVE, "BAKER"),
        (LabelRole.ALTERNATIVE, "bread baker"),
        (LabelRole.PREFERRED, "baker"),
    ]
    assert [definition.text for definition in baker.definitions] == ["Bakes."]
    assert baker.codes == (Code("esco-code", "7512.1"),)
    assert baker.notes == (
        Note(NoteKind.REGULATED_PROFESSION, Locale.EN, "regulated", "esco-1"),
        Note(NoteKind.SCOPE, Locale.EN, "Not cooks.", "esco-1"),
    )


def test_labels_that_repeat_a_stronger_one_are_counted_not_told_one_by_one(content: Content) -> None:
    messages = {f.message: f.count for f in content.findings if f.code == "TX105"}
    assert messages == {
        "2 alternative labels repeat another label but for blanks: left out": 2,
        "1 hidden labels repeat a stronger label: left out": 1,
    }
    assert told(content, "TX102") == [
        ("esco:occupation/1", "occupations.csv", "2", 1),
        ("esco-1", "", "", 1),
    ]


def test_an_isco_groups_kind_is_the_number_of_its_digits(content: Content) -> None:
    kinds = [c.kind for c in content.concepts if c.id.startswith("esco:isco/")]
    assert kinds == [f"esco-isco-level-{level}" for level in (1, 2, 3, 4)]
    assert concept(content, "esco:isco/C75").codes == (Code("isco-code-08", "75"),)


def test_a_skill_says_what_it_is_and_one_that_does_not_is_a_finding(content: Content) -> None:
    assert [note[:1] + note[2:3] for note in concept(content, "esco:skill/1").notes] == [
        (NoteKind.REUSE_LEVEL, "cross-sector"),
        (NoteKind.SKILL_TYPE, "knowledge"),
    ]
    assert told(content, "TX410") == [("esco:skill/2", "", "", 1)]


def test_a_description_that_repeats_the_label_but_for_case_is_none(content: Content) -> None:
    assert concept(content, "esco:skill/2").definitions == ()
    assert told(content, "TX201") == [("esco:skill/2", "skills.csv", "3", 1)]


def test_relations_keep_their_necessity_and_their_direction(content: Content) -> None:
    needed = [(r.kind, r.subject, r.object, r.necessity) for r in content.relations if r.necessity]
    assert needed == [
        (RelationKind.ESSENTIAL_SKILL, "esco:occupation/1", "esco:skill/1", Necessity.ESSENTIAL),
        (RelationKind.OPTIONAL_SKILL, "esco:occupation/1", "esco:skill/2", Necessity.OPTIONAL),
    ]
    broader = [(r.subject, r.object) for r in content.relations if r.kind is RelationKind.BROADER]
    assert broader == [("esco:occupation/1", "esco:isco/C7512"), ("esco:occupation/2", "esco:occupation/1")]


def test_a_relation_with_a_missing_end_is_told_with_file_and_row(content: Content) -> None:
    assert told(content, "TX011") == [
        ("esco:occupation/3", "hierarchy.csv", "4", 1),
        ("esco:occupation/3", "needs.csv", "4", 1),
        ("esco:occupation/4", "needs.csv", "5", 1),
    ]


def test_a_collection_is_a_concept_with_members(content: Content) -> None:
    collection = concept(content, GREEN)
    assert (collection.kind, collection.labels[0].text) == ("esco-collection", "Green")
    members = [(r.subject, r.object) for r in content.relations if r.kind is RelationKind.MEMBER_OF]
    assert members == [("esco:skill/1", GREEN)]


def test_a_collection_that_is_no_concept_scheme_is_told(folder: Path) -> None:
    digital = "esco:concept-scheme/digital"
    content = content_of(
        manifest_of(file_of("schemes.csv", "esco-schemes", collections=[digital])), data=folder
    )
    assert told(content, "TX010") == [(digital, "schemes.csv", "", 1)]


def test_a_relation_to_itself_and_one_said_twice(folder: Path) -> None:
    row = "http://data.europa.eu/esco/skill/1,essential,,http://data.europa.eu/esco/skill/"
    (folder / "skills_skills.csv").write_text(f"a,relationType,t,b\r\n{row}1\r\n{row}2\r\n{row}2\r\n")
    content = content_of(
        esco(file_of("skills_skills.csv", "esco-skills", subject="a", object="b")), data=folder
    )
    assert told(content, "TX017") == [("esco:skill/1", "skills_skills.csv", "2", 1)]
    pairs = [(r.subject, r.object) for r in content.relations if r.subject == "esco:skill/1" and r.necessity]
    assert pairs == [("esco:skill/1", "esco:skill/2")]


def test_a_zip_says_what_the_folder_says(folder: Path, content: Content) -> None:
    with zipfile.ZipFile(folder / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in FILES:
            archive.writestr(name, FILES[name].replace("\n", "\r\n") if name == "needs.csv" else FILES[name])
            (folder / name).unlink()
    assert content_of(esco(), data=folder) == content


def test_an_older_versions_texts_are_added_and_an_occupation_that_is_gone_is_told_once(folder: Path) -> None:
    older = OCCUPATIONS.replace(",7512, baker,", ",7512,bagare,").replace("occupation/2", "occupation/9")
    older = older.replace("pastry cook,,,released,,,,,,,", "konditor,,,released,,,,,,Bakar bakelser.,")
    (folder / "older.csv").write_text(older)
    texts = file_of("older.csv", "esco-texts", defines=False, type="Occupation")
    content = content_of(esco(), manifest_of(texts, name="esco-0-sv"), data=folder)
    baker = concept(content, "esco:occupation/1")
    assert [(d.locale, d.source) for d in baker.definitions] == [("en", "esco-1"), ("sv", "esco-0-sv")]
    assert baker.codes == (Code("esco-code", "7512.1"),)
    assert {note.source for note in baker.notes} == {"esco-1"}
    assert ("sv", "preferred", "bagare") in [(label.locale, label.role, label.text) for label in baker.labels]
    assert told(content, "TX010") == [("esco:occupation/9", "older.csv", "3", 1)]


def test_labels_in_another_language_are_taken_from_json(folder: Path) -> None:
    (folder / "sv.json").write_text(
        '[{"uri": "http://data.europa.eu/esco/occupation/1", "prefLabel": {"fi": "f", "sv": "bagare"}},'
        ' {"uri": "http://data.europa.eu/esco/isco/C7512", "notation": "7512",'
        ' "prefLabel": {"sv": "Bagare"}},'
        ' {"uri": "http://data.europa.eu/esco/occupation/2", "prefLabel": {"fi": "kondiittori"}}]'
    )
    swedish = manifest_of(file_of("sv.json", "esco-labels", defines=False, type="Occupation"), name="sv-1")
    content = content_of(esco(), swedish, data=folder)
    named = {c.id: label.text for c in content.concepts for label in c.labels if label.locale is Locale.SV}
    assert named == {"esco:occupation/1": "bagare", "esco:isco/C7512": "Bagare"}


def refused(folder: Path, says: str) -> None:
    """Nothing is published, and the one sentence says so."""
    store = SqliteStore(folder / "taxonomy.db")
    with pytest.raises(BadSource, match=says) as caught:
        load(store, recipe_of(esco()), folder)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500
    assert store.releases() == ()


def pack(folder: Path, text: str = OCCUPATIONS, name: str = "occupations.csv") -> bytes:
    with zipfile.ZipFile(folder / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return (folder / ARCHIVE).read_bytes()


def test_a_truncated_zip_is_told(folder: Path) -> None:
    whole = pack(folder)
    for length in (0, 100, len(whole) - 30):
        (folder / ARCHIVE).write_bytes(whole[:length])
        refused(folder, r"ESCO - en - csv\.zip: is not a whole zip, download it again: ")


def test_a_damaged_zip_is_told(folder: Path) -> None:
    damaged = bytearray(pack(folder))
    damaged[80:90] = b"\xff" * 10
    (folder / ARCHIVE).write_bytes(damaged)
    refused(folder, r"ESCO - en - csv\.zip: is not a whole zip")


def test_a_zip_without_the_file_is_told_although_it_lies_beside(folder: Path) -> None:
    pack(folder, name="occupations_sv.csv")
    refused(folder, r"csv\.zip: has no occupations\.csv; it has occupations_sv\.csv")


def test_a_zip_that_unpacks_a_hundredfold_is_refused_unread(folder: Path) -> None:
    pack(folder, OCCUPATIONS + "x" * 10_000_000)
    refused(folder, r"csv\.zip: occupations\.csv: [\d,]+ bytes become 10,000,\d+; this is no ESCO file")


def test_a_zip_that_lies_about_its_size_is_not_unpacked_further_than_it_says(folder: Path) -> None:
    lying = pack(folder, OCCUPATIONS + "x" * 10_000_000)
    size = struct.pack("<I", len(OCCUPATIONS) + 10_000_000)
    assert lying.count(size) == 2
    (folder / ARCHIVE).write_bytes(lying.replace(size, struct.pack("<I", 900)))
    refused(folder, r"csv\.zip: is not a whole zip, download it again: .*CRC")


def test_a_fault_inside_a_zip_is_told_with_zip_file_and_row(folder: Path) -> None:
    pack(folder, OCCUPATIONS.replace("released,,,,,,,7512.1.2", "released,,,"))
    refused(folder, r"csv\.zip/occupations\.csv: row 3: has 10 cells, and there are 14 columns")


def test_neither_a_zip_nor_the_file_is_told(folder: Path) -> None:
    (folder / "occupations.csv").unlink()
    refused(folder, r"occupations\.csv: there is no such file, and no 'ESCO - en - csv\.zip' beside it; see")


def test_a_folder_named_like_the_zip_is_told(folder: Path) -> None:
    (folder / ARCHIVE).mkdir()
    refused(folder, r"csv\.zip: Is a directory")
