"""Search as clients ask it; how hits are ranked is tested with the service."""

from typing import Any

import pytest

from tests.gql.service import Service

SEARCH = (
    "query($t: String!, $k: [ConceptKind!], $s: [Scheme!], $l: Locale, $first: Int = 1000, $after: String) {"
    " search(text: $t, kinds: $k, schemes: $s, locale: $l, first: $first, after: $after) {"
    " totalCount pageInfo { hasNextPage endCursor }"
    " edges { node { score matchedText locale"
    " concept { id kind scheme label alternativeLabels hiddenLabels } } } } }"
)


def hits(service: Service, text: str, **filters: Any) -> list[dict[str, Any]]:
    edges = service.ask(SEARCH, t=text, **filters)["search"]["edges"]
    return [edge["node"] for edge in edges]


def test_the_name_of_an_occupation_finds_it_first(sample: Service) -> None:
    first = hits(sample, "sjuksköterska, grundutbildad")[0]
    assert (first["concept"]["id"], first["score"]) == ("bXNH_MNX_dUR", 1.0)
    assert first["matchedText"] == "Sjuksköterska, grundutbildad"


def test_a_hit_says_by_which_of_its_names_it_was_found(sample: Service) -> None:
    found = {hit["concept"]["id"]: hit["matchedText"] for hit in hits(sample, "sjukskötterska")}
    assert found["bXNH_MNX_dUR"] == "Sjukskötterska"
    for hit in hits(sample, "s", locale="SV"):
        concept = hit["concept"]
        names = (concept["label"], *concept["alternativeLabels"], *concept["hiddenLabels"])
        assert hit["locale"] != "SV" or hit["matchedText"] in names


def test_hits_fall_in_score_and_name_each_concept_once(sample: Service) -> None:
    for text in ("s", "sjuk", "lärare", "a", "it"):
        found = hits(sample, text)
        assert found, text
        scores = [hit["score"] for hit in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert len({hit["concept"]["id"] for hit in found}) == len(found)


def test_filters_keep_the_hits_that_pass_in_their_order(sample: Service) -> None:
    whole = hits(sample, "s")
    for kinds in (["OCCUPATION_NAME"], ["JOB_TITLE", "SKILL"], [], ["CONTINENT"]):
        assert hits(sample, "s", k=kinds) == [hit for hit in whole if hit["concept"]["kind"] in kinds]
    for schemes in (["JOBTECH"], ["SSYK_2012", "ISCO_08"], []):
        assert hits(sample, "s", s=schemes) == [hit for hit in whole if hit["concept"]["scheme"] in schemes]


def test_a_search_of_one_language_finds_labels_of_that_language(sample: Service) -> None:
    for locale in ("SV", "EN"):
        found = hits(sample, "nurs" if locale == "EN" else "sjuk", l=locale)
        assert found
        assert {hit["locale"] for hit in found} == {locale}


@pytest.mark.parametrize("first", [1, 3, 50])
def test_the_pages_of_a_search_are_the_search(sample: Service, first: int) -> None:
    pages = sample.pages(SEARCH.replace("$first: Int = 1000", "$first: Int"), "search", first, t="sj")
    assert [edge["node"] for edge in pages] == hits(sample, "sj")


@pytest.mark.parametrize(
    "text", ["", " ", "!?", "\u0000", "qqqqqqqq", "a" * 200, "å" * 200, "\\", "%", "(", "]-[", "\u202e"]
)
def test_odd_texts_are_searched_for_and_seldom_found(sample: Service, text: str) -> None:
    assert sample.ask(SEARCH, t=text)["search"]["totalCount"] == 0


def test_a_text_longer_than_any_name_is_bad_input(sample: Service) -> None:
    assert sample.codes(SEARCH, {"t": "a" * 201}) == ["BAD_INPUT"]
