"""Reconciling: what is surer than what, what a job title and a lost zero come to, and what is like a text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.model.concept import (
    BAROMETER_OCCUPATION,
    ESCO_OCCUPATION,
    ISCO_GROUP,
    JOB_TITLE,
    OCCUPATION,
    SSYK_GROUP,
    SSYK_LEVELS,
    Kind,
    Scheme,
)
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import Content
from taxonomy.services.reconcile import MatchedBy, Wanted, reconcile
from taxonomy.services.resemblance import LEAST, Resemblance
from taxonomy.snapshot import Snapshot
from tests.builders import (
    build,
    concept,
    contents,
    real_esco_snapshot,
    relation,
    release,
    snapshot,
    texts,
    typed,
)

SSYK, ISCO = "ssyk-code-2012", "isco-code-08"
OF = snapshot(
    [
        concept("nurs_eee_001", "Sjuksköterska, grundutbildad", alternative=["Sjuksköterska"]),
        concept("cook_eee_001", "Kock à la carte"),
        concept("cook_eee_002", "Kock storhushåll"),
        concept("teac_eee_001", "Förskollärare"),
        concept("gone_eee_001", "Syster", deprecated=True, replaced_by=["nurs_eee_001"]),
        concept("gone_eee_002", "Lykttändare", deprecated=True),
        concept("boss_eee_001", "Verkställande direktör/VD"),
        concept("bake_eee_001", "Bagare/Konditor"),
        concept("bake_eee_002", "Bagare/Brödmästare"),
        concept("plan_eee_001", "Planerare på stifts-/nationell nivå"),
        concept("elec_eee_001", "Installationsmontör"),
        concept("esco_eee_001", "elektriker, bygg", ESCO_OCCUPATION, alternative=["elektriker"]),
        concept("baro_eee_001", "Programmerare", BAROMETER_OCCUPATION),
        concept("titl_eee_001", "Kock", JOB_TITLE),
        concept("titl_eee_004", "VD", JOB_TITLE),
        concept("titl_eee_002", "Barnsköterska", JOB_TITLE),
        concept("titl_eee_003", "Sjuksköterska", JOB_TITLE),
        concept("offi_eee_001", "Officerare", SSYK_GROUP, codes=[(SSYK, "0110")]),
        concept("deve_eee_001", "Systemutvecklare", SSYK_GROUP, codes=[(SSYK, "2512")]),
        concept("teac_eee_002", "Förskollärare", SSYK_GROUP, codes=[(SSYK, "2343")]),
        concept("lead_eee_001", "Politiker", SSYK_LEVELS[1], codes=[(SSYK, "11")]),
        concept("sold_eee_001", "Soldater", SSYK_LEVELS[2], codes=[(SSYK, "011")]),
        concept("deve_eee_002", "Software developers", ISCO_GROUP, codes=[(ISCO, "2512")]),
    ],
    [
        relation(RelationKind.JOB_TITLE_OF, "titl_eee_001", "cook_eee_001"),
        relation(RelationKind.JOB_TITLE_OF, "titl_eee_001", "cook_eee_002"),
        relation(RelationKind.JOB_TITLE_OF, "titl_eee_001", "gone_eee_002"),
        relation(RelationKind.JOB_TITLE_OF, "titl_eee_002", "nurs_eee_001"),
        relation(RelationKind.JOB_TITLE_OF, "titl_eee_003", "cook_eee_001"),
        relation(RelationKind.JOB_TITLE_OF, "titl_eee_004", "cook_eee_001"),
        relation(RelationKind.EXACT_MATCH, "esco_eee_001", "elec_eee_001"),
        relation(RelationKind.ASSESSED_AS, "deve_eee_001", "baro_eee_001"),
    ],
)
OCCUPATIONS = Wanted((OCCUPATION, *reversed(SSYK_LEVELS)), None)
ANY = Wanted(None, None)


def meant(text: str, wanted: Wanted = OCCUPATIONS, of: Snapshot = OF) -> tuple[str, MatchedBy, str] | None:
    """The match: which concept, by what, and what of it."""
    match = reconcile(of, text, wanted).match
    return None if match is None else (of.ids[match.concept], match.matched_by, match.text)


def candidates(text: str, wanted: Wanted = OCCUPATIONS) -> list[str]:
    return [OF.ids[one.concept] for one in reconcile(OF, text, wanted).candidates]


@pytest.mark.parametrize(
    ("text", "id_", "by", "what"),
    [
        (" sjuksköterska  GRUNDUTBILDAD", "nurs_eee_001", "label", "Sjuksköterska, grundutbildad"),
        ("sjukskoterska grundutbildad", "nurs_eee_001", "label", "Sjuksköterska, grundutbildad"),
        ("nurs_eee_001", "nurs_eee_001", "id", "nurs_eee_001"),
        ("http://data.jobtechdev.se/taxonomy/concept/nurs_eee_001", "nurs_eee_001", "id", "nurs_eee_001"),
        ("2512", "deve_eee_001", "code", "2512"),
        ("barnsköterska", "nurs_eee_001", "job-title", "Barnsköterska"),
        ("titl_eee_002", "nurs_eee_001", "job-title", "titl_eee_002"),
        # An alternative label is surer than a job title of the same name.
        ("Sjuksköterska", "nurs_eee_001", "other-label", "Sjuksköterska"),
        # The occupation and its group: the kind that is named first.
        ("Förskollärare", "teac_eee_001", "label", "Förskollärare"),
    ],
)
def test_a_text_is_matched_by_what_is_surest(text: str, id_: str, by: str, what: str) -> None:
    assert meant(text) == (id_, MatchedBy(by), what)


def test_a_name_between_slashes_is_a_name_of_the_occupation_and_surer_than_a_job_title() -> None:
    assert meant("vd") == ("boss_eee_001", MatchedBy.ALTERNATIVE, "Verkställande direktör/VD")
    assert meant("verkstallande direktor") == (
        "boss_eee_001",
        MatchedBy.ALTERNATIVE,
        "Verkställande direktör/VD",
    )
    assert meant("konditor") == ("bake_eee_001", MatchedBy.ALTERNATIVE, "Bagare/Konditor")
    assert meant("nationell nivå") is None


def test_a_name_between_the_slashes_of_two_occupations_is_ambiguous() -> None:
    assert meant("bagare") is None
    assert sorted(candidates("bagare")) == ["bake_eee_001", "bake_eee_002"]


@pytest.mark.parametrize(
    ("text", "id_", "via"),
    [("elektriker", "elec_eee_001", "esco_eee_001"), ("programmerare", "deve_eee_001", "baro_eee_001")],
)
def test_what_esco_or_the_barometer_calls_so_is_the_first_suggestion(text: str, id_: str, via: str) -> None:
    found = reconcile(OF, text, OCCUPATIONS)
    first = found.candidates[0]
    assert first.via is not None
    assert (found.match, first.matched_by) == (None, MatchedBy.MAPPED)
    assert (OF.ids[first.concept], OF.ids[first.via]) == (id_, via)


def test_zeros_that_a_spreadsheet_took_are_given_back_to_a_code_that_is_none() -> None:
    assert meant("110") == ("offi_eee_001", MatchedBy.CODE, "0110")
    assert meant("11") == ("lead_eee_001", MatchedBy.CODE, "11")
    assert meant("11", Wanted((SSYK_LEVELS[2],), None)) == ("sold_eee_001", MatchedBy.CODE, "011")


def test_a_code_of_two_classifications_is_ambiguous_until_one_is_named() -> None:
    assert meant("2512", ANY) is None
    assert sorted(candidates("2512", ANY)) == ["deve_eee_001", "deve_eee_002"]
    assert meant("2512", Wanted(None, frozenset({Scheme.ISCO_08}))) == (
        "deve_eee_002",
        MatchedBy.CODE,
        "2512",
    )
    assert meant("2512", Wanted((ISCO_GROUP, SSYK_GROUP), None)) == ("deve_eee_002", MatchedBy.CODE, "2512")


def test_a_title_of_several_occupations_has_these_as_candidates_and_no_match() -> None:
    found = reconcile(OF, "kock", OCCUPATIONS)
    assert found.match is None
    assert [OF.ids[one.concept] for one in found.candidates] == ["cook_eee_001", "cook_eee_002"]
    assert {OF.ids[one.via] for one in found.candidates if one.via is not None} == {"titl_eee_001"}


def test_where_job_titles_are_wanted_they_mean_themselves() -> None:
    assert meant("kock", Wanted((JOB_TITLE,), None)) == ("titl_eee_001", MatchedBy.LABEL, "Kock")


def test_what_replaced_a_concept_is_meant_by_its_name_and_without_a_replacement_it_is_meant_itself() -> None:
    match = reconcile(OF, "syster", OCCUPATIONS).match
    assert match is not None
    assert match.via is not None
    assert (OF.ids[match.concept], OF.ids[match.via]) == ("nurs_eee_001", "gone_eee_001")
    assert meant("lykttändare") == ("gone_eee_002", MatchedBy.LABEL, "Lykttändare")


def test_without_a_name_there_are_suggestions_and_no_match() -> None:
    by_search = reconcile(OF, "kock a", OCCUPATIONS)
    assert (by_search.match, by_search.candidates[0].matched_by) == (None, MatchedBy.SEARCH)
    misspelled = reconcile(OF, "Sjuksköterksa", OCCUPATIONS)
    assert (misspelled.match, candidates("Sjuksköterksa")[0]) == (None, "nurs_eee_001")
    assert misspelled.candidates[0].matched_by is MatchedBy.RESEMBLANCE


@pytest.mark.parametrize("text", ["", "   ", "-", "xyzzy", "9999", "\0", "å" * 500])
def test_what_means_nothing_has_no_candidates(text: str) -> None:
    assert reconcile(OF, text, ANY).candidates == ()


@given(contents, typed | texts, st.integers(0, 3))
def test_whatever_is_asked_candidates_are_wanted_once_and_few(rows: Content, text: str, limit: int) -> None:
    of = build(release(rows), rows)
    wanted = Wanted((OCCUPATION, SSYK_GROUP), None)
    found = reconcile(of, text, wanted, limit)
    concepts = [one.concept for one in found.candidates]
    assert len(concepts) == len(set(concepts)) <= limit
    for one in (*found.candidates, *filter(None, [found.match])):
        assert wanted.holds(of.kind_of[one.concept])
        assert 0 <= one.score <= 1


@given(contents)
def test_a_label_resembles_itself_wholly(rows: Content) -> None:
    of = build(release(rows), rows)
    index = Resemblance(of)
    for number, text in enumerate(of.search.normal.decoded()):
        concept_ = int(of.search.concept[number])
        if text.strip() and not of.deprecated[concept_]:
            found = {like.concept: like.score for like in index.find(text, None, of.count)}
            assert found[concept_] == pytest.approx(1)
            assert min(found.values()) >= LEAST


@pytest.mark.real
def test_titles_of_the_publishers_files_are_found(real_data: Path) -> None:
    of = real_esco_snapshot(real_data)
    kinds = Wanted((OCCUPATION, Kind("ssyk-level-4")), None)
    titles = {
        "Personlig assistent": "Personlig assistent",
        "2512": "Mjukvaru- och systemutvecklare m.fl.",
        "210": "Specialistofficerare",
    }
    for text, label in titles.items():
        found = meant(text, kinds, of)
        assert found is not None
        assert of.labels["sv"][of.index[found[0]]] == label  # type: ignore[index]
