"""A snapshot says what the release's rows say, in a stated order, and cannot be changed."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from taxonomy.model.concept import (
    ESCO_ISCO_LEVELS,
    ESCO_OCCUPATION,
    ISCO_GROUP,
    KINDS,
    OCCUPATION,
    SKILL,
    Concept,
    Kind,
    LabelRole,
    Locale,
    Provenance,
    Scheme,
    facts_of,
)
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.model.release import Content
from taxonomy.model.text import collation_key
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import NONE
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES
from tests.builders import (
    broader,
    build,
    concept,
    contents,
    has_skill,
    real_content,
    real_snapshot,
    relation,
    release,
    snapshot,
)

Edge = tuple[str, str, str, str | None, int, int, str]


def built(rows: Content) -> Snapshot:
    return build(release(rows), rows)


def labels_in(of: Snapshot, number: int) -> set[tuple[Locale, LabelRole, str]]:
    preferred = {
        (locale, LabelRole.PREFERRED, names[number]) for locale, names in of.labels.items() if names[number]
    }
    other = {
        (locale, role, text)
        for locale in Locale
        for role in (LabelRole.ALTERNATIVE, LabelRole.HIDDEN)
        for text in of.other_labels(number, role, locale)
    }
    return preferred | other


def edges_in(of: Snapshot, kind: RelationKind, direction: Direction) -> list[Edge]:
    edges = of.edges(kind, direction)
    found = []
    for number in range(of.count):
        assert edges.degree(number) == len(edges.of(number)) == len(edges.rows(number))
        for row in edges.rows(number):
            ends = of.ids[number], of.ids[edges.target[row]]
            subject, object_ = ends if direction is Direction.OUT else ends[::-1]
            necessity = None if edges.necessity[row] == NONE else NECESSITIES[edges.necessity[row]]
            provenance, source = PROVENANCES[edges.provenance[row]], of.sources[edges.source[row]]
            found.append(
                (subject, object_, provenance, necessity, int(edges.level[row]), int(edges.rank[row]), source)
            )
    return found


def same_concept(of: Snapshot, row: Concept) -> bool:
    number = of.index[row.id]
    main = facts_of(row.kind).code_system
    definitions = {of.definition(number, locale) for locale in Locale} - {None}
    return (
        (of.ids[number], of.kind_of[number]) == (row.id, row.kind)
        and number in of.kind_range(row.kind)
        and bool(of.deprecated[number]) == row.deprecated
        and labels_in(of, number) == {(x.locale, x.role, x.text) for x in row.labels}
        and of.all_codes(number) == list(row.codes)
        and of.codes.get(number) == next((code.value for code in row.codes if code.system == main), None)
        and definitions == set(row.definitions)
        and of.notes(number) == list(row.notes)
        and of.replaced_by(number) == sorted(of.index[other] for other in row.replaced_by)
    )


def says_all(of: Snapshot, rows: Content) -> None:
    assert [row.id for row in rows.concepts if not same_concept(of, row)] == []
    assert of.count == len(rows.concepts) == len(of.index)
    for kind in RelationKind:
        expected = sorted(
            (x.subject, x.object, x.provenance, x.necessity or "", x.level or 0, x.rank or 0, x.source)
            for x in rows.relations
            if x.kind is kind
        )
        for direction in Direction:
            found = edges_in(of, kind, direction)
            assert sorted((*edge[:3], edge[3] or "", *edge[4:]) for edge in found) == expected


@given(contents)
def test_everything_in_the_rows_can_be_read_back(rows: Content) -> None:
    says_all(built(rows), rows)


def test_everything_in_the_real_rows_can_be_read_back(real_data: Path) -> None:
    says_all(real_snapshot(real_data), real_content(real_data)[1])


@given(contents)
def test_what_replaces_is_the_inverse_of_what_is_replaced(rows: Content) -> None:
    of = built(rows)
    forth = {(number, other) for number in range(of.count) for other in of.replaced_by(number)}
    assert {(other, number) for number in range(of.count) for other in of.replaces(number)} == forth


def place(of: Snapshot, number: int) -> tuple[int, Kind, str, str]:
    kind = of.kind_of[number]
    known = list(KINDS)
    name = of.labels[Locale.SV][number] or of.labels[Locale.EN][number] or of.ids[number]
    return (
        known.index(kind) if kind in known else len(known),
        kind,
        collation_key(name),
        of.ids[number],
    )


@given(contents)
def test_concepts_are_numbered_by_kind_then_name_then_id(rows: Content) -> None:
    of = built(rows)
    places = [place(of, number) for number in range(of.count)]
    assert places == sorted(places)
    assert [number for kind in of.kinds for number in of.kind_range(kind)] == list(range(of.count))


@given(contents)
def test_rows_of_a_concept_come_by_level_provenance_rank_and_target(rows: Content) -> None:
    of = built(rows)
    for edges in of.relations.values():
        for number in range(of.count):
            order = [
                (-int(edges.level[row]), edges.provenance[row], edges.rank[row], edges.target[row])
                for row in edges.rows(number)
            ]
            assert order == sorted(order)


@given(contents)
def test_the_order_of_the_rows_makes_no_difference(rows: Content) -> None:
    turned = Content(rows.concepts[::-1], rows.relations[::-1], (), rows.observations[::-1])
    one, other = build(release(rows), rows).arrays, build(release(rows), turned).arrays
    assert one.keys() == other.keys()
    assert [name for name in one if not np.array_equal(one[name], other[name])] == []


def test_swedish_names_are_numbered_in_swedish_order() -> None:
    names = ["Ål", "Zebra", "äpple", "Öl", "ananas", "École"]
    of = snapshot(concept(f"id-{place}", name) for place, name in enumerate(names))
    assert list(of.labels[Locale.SV]) == ["ananas", "École", "Zebra", "Ål", "äpple", "Öl"]


def test_a_label_falls_back_to_swedish_then_english_then_the_id() -> None:
    of = snapshot([concept("a", "Bagare"), concept("b", "Kock", english="Cook")])
    baker, cook = of.index["a"], of.index["b"]
    assert [of.label(baker, locale) for locale in (Locale.SV, Locale.EN)] == ["Bagare", "Bagare"]
    assert [of.label_locale(baker, locale) for locale in (Locale.SV, Locale.EN)] == [Locale.SV, Locale.SV]
    assert (of.label(cook, Locale.EN), of.label_locale(cook, Locale.EN)) == ("Cook", Locale.EN)
    nameless = snapshot([concept("c")._replace(labels=())])
    assert nameless.label(0, Locale.SV) == "c"


def test_the_main_code_is_the_one_of_the_kinds_system() -> None:
    codes = [("isco-code-08", "7512"), ("ssyk-code-2012", "0110")]
    of = snapshot([concept("g", "Officerare", Kind("ssyk-level-4"), codes=codes)])
    assert of.codes == {0: "0110"}
    assert of.all_codes(0) == codes


def test_a_code_that_jobtech_and_esco_share_finds_jobtech_s_group() -> None:
    codes = [("isco-code-08", "2221")]
    of = snapshot(
        [
            concept("esco", "Nursing professionals", ESCO_ISCO_LEVELS[-1], codes=codes),
            concept("jobtech", "Sjuksköterskor", ISCO_GROUP, codes=codes),
            concept("above", "Health", ESCO_ISCO_LEVELS[1], codes=[("isco-code-08", "22")]),
            concept("nurse", "nurse", ESCO_OCCUPATION, codes=[("esco-code", "2221.1")]),
        ]
    )
    found = {key: of.ids[number] for key, number in of.by_code.items()}
    assert found == {
        (Scheme.ISCO_08, "2221"): "jobtech",
        (Scheme.ISCO_08, "22"): "above",
        (Scheme.ESCO, "2221.1"): "nurse",
    }
    assert of.codes[of.index["esco"]] == "2221"


def test_a_concept_of_many_sources_and_levels_keeps_them_apart() -> None:
    rows = [
        relation(RelationKind.SUBSTITUTES, "a", "b", Provenance.CALCULATED, level=75),
        relation(RelationKind.SUBSTITUTES, "a", "b", Provenance.NATIVE, level=25),
    ]
    of = snapshot([concept("a"), concept("b")], rows)
    edges = of.edges(RelationKind.SUBSTITUTES)
    assert edges.of(of.index["a"]) == [of.index["b"]] * 2
    assert edges.level.tolist() == [75, 25]


def test_an_empty_release_has_an_empty_snapshot() -> None:
    of = snapshot([])
    assert (of.count, of.ids, of.kinds, of.kind_range(OCCUPATION)) == (0, (), (), range(0))


def test_a_kind_that_the_release_lacks_has_an_empty_range() -> None:
    assert snapshot([concept("a")]).kind_range(SKILL) == range(0)


def test_a_relation_to_nowhere_is_refused() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        snapshot([concept("a")], [broader("a", "nowhere")])


def test_nothing_in_a_snapshot_can_be_changed() -> None:
    of = snapshot(
        [concept("a"), concept("s", kind=SKILL), concept("g", kind=Kind("ssyk-level-4"))],
        [broader("a", "g"), has_skill("g", "s")],
    )
    assert [name for name, array in of.arrays.items() if array.flags.writeable] == []
    assert not of.effective.weight.flags.writeable
    assert not of.edges(RelationKind.BROADER).target.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        of.effective.weight[0] = 1
    with pytest.raises(TypeError):
        of.arrays["id/blob"] = of.arrays["id/blob"]  # type: ignore[index]
    assert isinstance(of.ids, tuple)
    assert all(isinstance(names, tuple) for names in of.labels.values())


def test_real_concepts_are_numbered_by_kind_and_name(real_data: Path) -> None:
    of = real_snapshot(real_data)
    assert all(one < other for one, other in pairwise(place(of, number) for number in range(of.count)))
