"""What guidance files say, small ones made by hand: what is taken, what is told, and what ends a load."""

import json
from pathlib import Path
from typing import Any

import pytest

from taxonomy.ingest.manifest import Manifest, SourceFile
from taxonomy.ingest.readers import READERS
from taxonomy.model.concept import NoteKind
from taxonomy.model.errors import BadSource
from taxonomy.model.ids import ConceptId
from taxonomy.model.observation import NOT_STATED, Measure, Observation
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import Content
from tests.ingest.recipes import content_of, defining, file_of, manifest_of

BAKER, COOK, GONE = "aaaa_aaa_aaa", "bbbb_bbb_bbb", "gone_gon_gon"
BAKERS, COOKS, MANAGERS = "gggg_ggg_ggg", "hhhh_hhh_hhh", "mmmm_mmm_mmm"
SWEDEN, NORRBOTTEN = "ssss_sss_sss", "nnnn_nnn_nnn"
BAROMETER, OTHER_BAROMETER = "1111_111_111", "2222_222_222"
SKILL = "kkkk_kkk_kkk"


def row(id_: str, kind: str, label: str, **more: object) -> dict[str, object]:
    return {"id": id_, "type": kind, "preferred_label": label, **more}


def group(id_: str, code: str, label: str, *below: object) -> dict[str, object]:
    return row(id_, "ssyk-level-4", label, ssyk_code_2012=code, narrower=list(below))


CONCEPTS = [
    group(BAKERS, "7612", "Bagare", row(BAKER, "occupation-name", "Bagare")),
    group(COOKS, "5120", "Kockar", row(COOK, "occupation-name", "Kock")),
    group(MANAGERS, "1720", "Restaurangchefer"),
    row(SWEDEN, "country", "Sverige"),
    row(NORRBOTTEN, "region", "Norrbottens län"),
    row(SKILL, "skill", "Surdeg"),
]
PART = {"barometer_above_ssyk": False, "barometer_part_of_ssyk": True}
WHOLE = {"barometer_above_ssyk": False, "barometer_part_of_ssyk": False}


def assessed(id_: str, group_: str, barometer: str = BAROMETER, **flags: object) -> dict[str, Any]:
    said = {"barometer_id": barometer, "barometer_name": f"Yrke {barometer}", "occupation_group_id": group_}
    return {id_: {**said, **WHOLE, **flags}}


@pytest.fixture
def loaded(tmp_path: Path) -> "Loads":
    return Loads(tmp_path)


class Loads:
    """Loads files of one source beside a few concepts, each file by the reader it is given to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._write("concepts.json", {"data": {"concepts": CONCEPTS}})

    def __call__(self, reader: str, value: object, *, unit: str = NOT_STATED, **options: Any) -> Content:
        self._write("guidance.json", value)
        return self.files(file_of("guidance.json", reader, **options), unit=unit)

    def files(self, *files: SourceFile, unit: str = NOT_STATED) -> Content:
        guidance = manifest_of(*files, name="guidance-1", mapping=None)
        source = guidance.source._replace(period="2024")
        manifests: list[Manifest] = [
            manifest_of(file_of("concepts.json")),
            guidance._replace(source=source, unit=unit),
        ]
        return content_of(*manifests, data=self._folder)

    def barometer(self, rows: object) -> Content:
        """Rows of a file that defines barometer occupations."""
        self._write("barometer.json", rows)
        reader = "barometer-occupations"
        return self.files(defining("barometer-occupation", name="barometer.json", reader=reader))

    def _write(self, name: str, value: object) -> None:
        text = value if isinstance(value, str) else json.dumps(value)
        (self._folder / name).write_text(text, "utf-8")


def told(content: Content, *codes: str) -> list[tuple[str, str, str]]:
    """(code, subject, row) of the findings of some codes."""
    return [(f.code, f.subject, f.row) for f in content.findings if f.code in codes]


def seen(content: Content) -> list[tuple[str, Measure, str | None, int | str | None]]:
    return [row[:4] for row in content.observations]


def linked(content: Content, kind: RelationKind) -> list[tuple[str, str, int | None]]:
    return [(r.subject, r.object, r.rank) for r in content.relations if r.kind is kind]


def test_an_observation_says_of_what_where_when_in_what_unit_and_by_whom(loaded: Loads) -> None:
    content = loaded("advertisements", {BAKERS: {NORRBOTTEN: 3, SWEDEN: 90}}, unit="advertisements")
    first = Observation(
        ConceptId(BAKERS),
        Measure.ADVERTISEMENTS,
        ConceptId(NORRBOTTEN),
        3,
        "advertisements",
        "2024",
        "guidance-1",
    )
    assert content.observations == (first, first._replace(region=ConceptId(SWEDEN), value=90))


def test_occupations_and_their_groups_are_assessed_as_barometer_occupations(loaded: Loads) -> None:
    rows = assessed(BAKER, BAKERS) | assessed(COOK, COOKS, OTHER_BAROMETER, **PART) | assessed(GONE, COOKS)
    content = loaded.barometer(rows)
    assert linked(content, RelationKind.ASSESSED_AS) == [
        (BAKER, BAROMETER, None),
        (COOK, OTHER_BAROMETER, None),
        (BAKERS, BAROMETER, None),
        (COOKS, BAROMETER, None),
        (COOKS, OTHER_BAROMETER, None),
    ]
    notes = {str(c.id): [n.text for n in c.notes if n.kind is NoteKind.COVERAGE] for c in content.concepts}
    assert (notes[BAROMETER], notes[OTHER_BAROMETER]) == (["group"], ["part-of-group"])
    assert told(content, "TX010", "TX011") == [("TX010", GONE, "3")]


def test_flags_that_contradict_each_other_are_told(loaded: Loads) -> None:
    both = assessed(BAKER, BAKERS, barometer_above_ssyk=True, barometer_part_of_ssyk=True)
    differing = assessed(COOK, COOKS, OTHER_BAROMETER, **PART) | assessed(GONE, COOKS, OTHER_BAROMETER)
    content = loaded.barometer(both | differing)
    assert told(content, "TX015") == [("TX015", BAROMETER, "1"), ("TX015", OTHER_BAROMETER, "3")]


def test_the_barometers_words_become_ours_and_unknown_ones_a_finding(loaded: Loads, tmp_path: Path) -> None:
    (tmp_path / "regional.json").write_text(
        json.dumps(
            {
                BAROMETER: {
                    SWEDEN: ["stora", "öka"],
                    NORRBOTTEN: ["enorma", "minska"],
                    "Mars": ["små", "öka"],
                },
                OTHER_BAROMETER: {},
                GONE: {SWEDEN: ["små", "minska"]},
            }
        )
    )
    (tmp_path / "barometer.json").write_text(
        json.dumps(assessed(BAKER, BAKERS) | assessed(COOK, COOKS, OTHER_BAROMETER))
    )
    content = loaded.files(
        file_of("barometer.json", "barometer-occupations"),
        file_of("regional.json", "barometer", defines=False),
    )
    assert seen(content) == [
        (BAROMETER, Measure.FORECAST, NORRBOTTEN, "decrease"),
        (BAROMETER, Measure.FORECAST, SWEDEN, "increase"),
        (BAROMETER, Measure.OPPORTUNITIES, SWEDEN, "large"),
    ]
    assert told(content, "TX010", "TX601", "TX603", "TX606") == [
        ("TX603", BAROMETER, "1"),
        ("TX010", GONE, "3"),
        ("TX601", "Mars", "1"),
        ("TX606", "guidance-1", ""),
    ]


def test_a_suppressed_value_is_not_zero_and_an_unknown_code_is_told_once(loaded: Loads) -> None:
    content = loaded(
        "salaries", {"7612": ["..", "30000", "40000"], "Nej": ["1", "2", "3"], "5120": ["0", "..", ".."]}
    )
    assert seen(content) == [
        (BAKERS, Measure.SALARY_MEDIAN, None, 30_000),
        (BAKERS, Measure.SALARY_P10, None, None),
        (BAKERS, Measure.SALARY_P90, None, 40_000),
        (COOKS, Measure.SALARY_MEDIAN, None, None),
        (COOKS, Measure.SALARY_P10, None, 0),
        (COOKS, Measure.SALARY_P90, None, None),
    ]
    assert told(content, "TX013", "TX605") == [("TX013", "Nej", "2"), ("TX605", "guidance-1", "")]
    assert [f.count for f in content.findings if f.code == "TX605"] == [3]


EMPLOYMENT = """taxonomy,year,level,code,value
ssyk2012,2023,1,7,999
ssyk2012,2023,4,7612,4500
ssyk2012,2023,4,1721,20
ssyk2012,2023,4,1722,3
ssyk2012,2023,4,5120,100
ssyk2012,2023,4,5129,7
ssyk2012,2023,4,4430,5
"""


def test_parts_of_a_group_are_summed_and_the_year_of_the_row_is_the_period(
    loaded: Loads, tmp_path: Path
) -> None:
    (tmp_path / "employment.csv").write_text(EMPLOYMENT)
    options: dict[str, Any] = {"region": SWEDEN, "absorbed": {"5129": "5120"}}
    content = loaded.files(file_of("employment.csv", "employment", **options))
    assert [(row.concept, row.value, row.period, row.region) for row in content.observations] == [
        (BAKERS, 4500, "2023", SWEDEN),
        (COOKS, 107, "2023", SWEDEN),
        (MANAGERS, 23, "2023", SWEDEN),
    ]
    assert told(content, "TX013", "TX604") == [("TX013", "4430", "8"), ("TX604", "guidance-1", "")]
    assert [f.count for f in content.findings if f.code == "TX604"] == [3]


def test_pay_is_no_sum_of_parts(loaded: Loads) -> None:
    content = loaded("salaries", {"1721": ["1", "2", "3"]})
    assert content.observations == ()
    assert told(content, "TX013") == [("TX013", "1721", "1")]


def test_a_list_of_flows_keeps_what_is_certain(loaded: Loads) -> None:
    lists = {
        "7612": ["5120", "1720", "5120", "Nej", "7612"],
        "5120": ["7612"] * 9 + ["1720"] * 9,
    }
    content = loaded("labour-flow", lists)
    assert linked(content, RelationKind.LABOUR_FLOW) == [
        (BAKERS, COOKS, 1),
        (BAKERS, MANAGERS, 2),
        (COOKS, BAKERS, None),
        (COOKS, MANAGERS, None),
    ]
    assert told(content, "TX013", "TX017", "TX025", "TX026") == [
        ("TX025", "7612", "1"),
        ("TX026", "5120", "2"),
        ("TX013", "7612", "1"),
        ("TX017", "7612", "1"),
    ]


def test_a_requirement_is_a_note_in_the_words_of_the_source(loaded: Loads) -> None:
    content = loaded("education-requirements", {BAKER: " Gesällbrev. ", GONE: "Inget."}, defines=False)
    (note,) = next(concept for concept in content.concepts if concept.id == BAKER).notes
    assert (note.kind, note.text, note.source) == (
        NoteKind.EDUCATION_REQUIREMENT,
        "Gesällbrev.",
        "guidance-1",
    )
    assert told(content, "TX010") == [("TX010", GONE, "2")]


def test_skills_are_in_a_collection_by_their_labels(loaded: Loads) -> None:
    options = {"collection": "collection:sour-skills", "label": "Sura kompetenser"}
    content = loaded("skill-collection", ["Surdeg", "Citron"], **options)
    assert linked(content, RelationKind.MEMBER_OF) == [(SKILL, "collection:sour-skills", None)]
    assert told(content, "TX012") == [("TX012", "collection:sour-skills", "2")]


def test_of_two_sources_that_differ_the_more_trusted_one_is_believed(loaded: Loads, tmp_path: Path) -> None:
    for name, count in (("one", 1), ("two", 2)):
        (tmp_path / f"{name}.json").write_text(json.dumps({BAKERS: {SWEDEN: count}}))
    sources = [
        manifest_of(file_of(f"{name}.json", "advertisements", defines=False), name=f"{name}-1")
        for name in ("one", "two")
    ]
    content = content_of(manifest_of(file_of("concepts.json")), *sources, data=tmp_path)
    assert seen(content) == [(BAKERS, Measure.ADVERTISEMENTS, SWEDEN, 1)]
    assert told(content, "TX015") == [("TX015", BAKERS, "1")]


@pytest.mark.parametrize(
    ("reader", "value", "says"),
    [
        ("barometer-occupations", [], "must be an object of id and value, not list"),
        ("barometer-occupations", {BAKER: {}}, "row 1: barometer_id must be text, not None"),
        (
            "barometer-occupations",
            assessed(BAKER, BAKERS, barometer_above_ssyk="no"),
            "row 1: barometer_above_ssyk must be true or false, not 'no'",
        ),
        ("barometer", {BAKER: {SWEDEN: ["stora"]}}, "row 1: .* must have two words"),
        ("advertisements", {BAKERS: {SWEDEN: "3"}}, "row 1: needs a number of advertisements, not '3'"),
        ("advertisements", {BAKERS: {SWEDEN: -1}}, "row 1: needs a number of advertisements, not -1"),
        ("salaries", {"7612": ["1", "2"]}, "row 1: '7612' must have three values, not 2"),
        ("salaries", {"7612": ["1", "2", "3.5"]}, "row 1: needs whole numbers as texts, or '..', not '3.5'"),
        ("labour-flow", {"7612": [1]}, "row 1: '7612' must have a list of codes"),
        ("education-requirements", {BAKER: 17}, "row 1: .* must have a str"),
        ("skill-collection", {"a": "b"}, "must be a list of labels"),
        ("employment", "code,value\n7612,1\n", "has no column 'taxonomy'"),
        (
            "employment",
            EMPLOYMENT.replace("4500", "many"),
            "row 3: needs a number of persons, not 'many'",
        ),
    ],
)
def test_a_file_of_another_shape_ends_the_load_with_a_sentence(
    loaded: Loads, reader: str, value: object, says: str
) -> None:
    needs = {"region": SWEDEN, "collection": "collection:a", "label": "A"}
    options = {name: text for name, text in needs.items() if name in READERS[reader].needs}
    with pytest.raises(BadSource, match=says):
        loaded(reader, value, **options)
