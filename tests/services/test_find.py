"""Find: ids and codes before names, each concept once, and pages over both."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.model.concept import (
    ESCO_OCCUPATION,
    ISCO_GROUP,
    OCCUPATION,
    SSYK_GROUP,
    SSYK_LEVELS,
    Locale,
    Scheme,
)
from taxonomy.model.release import Content
from taxonomy.services.find import find
from taxonomy.services.search import search
from taxonomy.snapshot import Snapshot
from tests.builders import build, concept, contents, real_esco_snapshot, release, snapshot, typed

SSYK, ISCO, ESCO = "ssyk-code-2012", "isco-code-08", "esco-code"
OF = snapshot(
    [
        concept("deve_eee_001", "Systemutvecklare", SSYK_GROUP, codes=[(SSYK, "2512")]),
        concept("deve_eee_002", "Software developers", ISCO_GROUP, codes=[(ISCO, "2512")]),
        concept("deve_eee_003", "Developers", SSYK_LEVELS[2], codes=[(SSYK, "251")]),
        concept("deve_eee_004", "Programmerare", ESCO_OCCUPATION, codes=[(ESCO, "2512.4")]),
        concept("gone_eee_001", "Programmerare", ESCO_OCCUPATION, codes=[(ESCO, "2512.4")], deprecated=True),
        concept("offi_eee_001", "Officerare", SSYK_GROUP, codes=[(SSYK, "0110")]),
        concept("form_eee_001", "Blankett 2512", OCCUPATION),
        concept("sum__eee_001", "SUN", OCCUPATION, codes=[("sun-education-field-code-2020", "345b")]),
    ]
)


def ids(text: str, of: Snapshot = OF, **narrowed: frozenset[Scheme]) -> list[str]:
    return [of.ids[hit.concept] for hit in find(of, text, **narrowed).hits]  # type: ignore[arg-type]


def test_whole_codes_come_before_their_beginnings_and_these_before_names() -> None:
    assert ids("2512") == [
        "deve_eee_001",
        "deve_eee_002",
        "deve_eee_004",
        "gone_eee_001",
        "form_eee_001",
    ]
    assert ids("251")[0] == "deve_eee_003"


def test_a_code_is_found_in_upper_and_lower_case_and_with_its_zeros() -> None:
    assert ids("0110") == ["offi_eee_001"]
    assert ids("345B") == ["sum__eee_001"]
    assert ids(" 2512.4 ")[0] == "deve_eee_004"


@pytest.mark.parametrize("text", ["deve_eee_001", "http://data.jobtechdev.se/taxonomy/concept/deve_eee_001"])
def test_an_id_or_a_uri_finds_its_concept(text: str) -> None:
    (hit,) = find(OF, text).hits
    assert (OF.ids[hit.concept], hit.text, hit.score, hit.locale) == (
        "deve_eee_001",
        "deve_eee_001",
        1.0,
        None,
    )


def test_a_classification_or_a_kind_narrows_codes_and_a_language_does_not() -> None:
    assert ids("2512", schemes=frozenset({Scheme.ISCO_08})) == ["deve_eee_002"]
    assert ids("251", schemes=frozenset({Scheme.SSYK_2012})) == ["deve_eee_003", "deve_eee_001"]
    found = find(OF, "2512", kinds=frozenset({SSYK_GROUP}), locale=Locale.EN)
    assert [hit.text for hit in found.hits] == ["2512"]


@pytest.mark.parametrize("text", ["system", "programmerare", "sun", ""])
def test_a_text_without_digits_is_a_name(text: str) -> None:
    assert tuple(find(OF, text)) == tuple(search(OF, text))


@given(contents, typed | st.sampled_from(["1", "2", "25", "a1"]), st.integers(0, 5), st.integers(0, 5))
def test_pages_are_slices_of_the_whole_and_no_concept_comes_twice(
    rows: Content, text: str, offset: int, limit: int
) -> None:
    of = build(release(rows), rows)
    whole = find(of, text, limit=10**6)
    page = find(of, text, offset=offset, limit=limit)
    assert (page.total, page.hits) == (whole.total, whole.hits[offset : offset + limit])
    concepts = [hit.concept for hit in whole.hits]
    assert whole.total == len(concepts) == len(set(concepts))
    assert {hit.concept for hit in search(of, text, limit=10**6).hits} <= set(concepts)


def test_every_real_code_finds_its_concept_first_or_among_equals(real_data: Path) -> None:
    of = real_esco_snapshot(real_data)
    coded = [one for one in of.codes.items() if not of.deprecated[one[0]] and any(map(str.isdigit, one[1]))]
    for number, code in coded[::97]:
        found = find(of, code, limit=1000).hits
        assert number in [hit.concept for hit in found if hit.score == 1.0]
