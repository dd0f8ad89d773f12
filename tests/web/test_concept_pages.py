"""The page of a concept: what a reader finds on it, in both languages; no text of the data is code."""

import json
import re
import shutil
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from taxonomy.compose import asgi
from taxonomy.declarations import LOADERS, RECIPES
from taxonomy.model.concept import ESCO_SKILL, KINDS, Locale
from taxonomy.web import words
from tests.gql.service import Service, publish, settings_in
from tests.web.test_concept_documents import ESCO_NURSE, NURSE
from tests.web.test_pages import Page

HTML = {"Accept": "text/html"}
EVIL = "<img src=x onerror=alert(1)></script><script>alert(2)</script>{{7*7}}"


def page_of(client: TestClient, path: str, lang: str = "sv") -> str:
    response = client.get(path, headers={**HTML, "Accept-Language": lang})
    assert response.status_code == 200
    Page(response.text)
    return response.text


def plain(text: str) -> str:
    """What is read on a page."""
    seen = re.sub(r"<(script|style).*?</\1>", " ", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", seen)).replace("&#39;", "'")


def test_the_nurse_has_all_that_a_reader_asks(client: TestClient) -> None:
    text = plain(page_of(client, f"/concept/{NURSE}"))
    for expected in (
        "Sjuksköterska, grundutbildad",
        "http://data.jobtechdev.se/taxonomy/concept/bXNH_MNX_dUR",
        "2221 Grundutbildade sjuksköterskor",
        "Hälso- och sjukvård",
        "Kompetenser",
        "betyder detsamma",
        "Jobbtitlar",
        "CC-BY-4.0",
        "This service uses the ESCO classification of the European Commission.",
    ):
        assert expected in text, expected


def test_substitutes_are_told_by_level_and_as_no_equivalence(client: TestClient) -> None:
    text = plain(page_of(client, "/concept/heGV_uHh_o8W"))
    assert "Det betyder inte att yrkena är desamma." in text
    assert "25 delvis samma arbetsuppgifter" in text


def test_the_same_page_speaks_english(client: TestClient) -> None:
    text = plain(page_of(client, f"/concept/{ESCO_NURSE}", "en"))
    for expected in (
        "nurse responsible for general care",
        "Essential skills",
        "ESCO occupation",
        "means the same",
    ):
        assert expected in text, expected
    other = plain(page_of(client, f"/concept/{ESCO_NURSE}?lang=sv", "en"))
    assert "Nödvändiga kompetenser" in other


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_page_of_the_sample_is_whole_in_both_languages(
    client: TestClient, service: Service, lang: str
) -> None:
    snapshot = service.snapshot
    for number in range(0, snapshot.count, 5):
        text = page_of(client, f"/concept/{snapshot.ids[number]}?lang={lang}")
        label = snapshot.label(number, Locale(lang)).replace("&", "&amp;").replace("'", "&#39;")
        assert re.search(rf"<h1[^>]*>{re.escape(label)}</h1>", text), snapshot.ids[number]
        assert f'<html lang="{lang}">' in text


def test_a_skill_says_why_an_occupation_has_it(client: TestClient, service: Service) -> None:
    snapshot = service.snapshot
    start = snapshot.effective.by_skill[0]
    number = next(number for number in snapshot.kind_range(ESCO_SKILL) if start[number] != start[number + 1])
    text = plain(page_of(client, f"/concept/{snapshot.ids[number]}", "en"))
    assert "Occupations with the skill" in text
    assert re.search(r"crosswalk via \S", text)


def test_a_text_in_the_other_language_says_so(client: TestClient) -> None:
    assert '<h1 lang="sv">' in page_of(client, f"/concept/{NURSE}", "en")


def test_the_embedded_json_ld_is_the_document(client: TestClient) -> None:
    text = page_of(client, f"/concept/{NURSE}")
    [embedded] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert json.loads(embedded) == client.get(f"/concept/{NURSE}.jsonld").json()


def test_the_page_links_the_data_and_graphql_and_every_link_leads_somewhere(client: TestClient) -> None:
    found = [tag["href"] or "" for tag in Page(page_of(client, f"/concept/{NURSE}")).all("a")]
    assert f"/concept/{NURSE}.ttl" in found
    asked = [href for href in found if href.startswith("/graphql?")]
    assert "OccupationSkills" in asked[0]
    for href in sorted(set(found)):
        if href.startswith("/"):
            assert client.get(href, headers=HTML).status_code == 200, href


def test_graphql_answers_the_question_that_the_page_links(client: TestClient) -> None:
    for id_ in (NURSE, ESCO_NURSE, "esco:isco/C2221", "Z8ci_bBE_tmx"):
        [href] = [
            str(tag["href"]) for tag in Page(page_of(client, f"/concept/{id_}")).all("a")
            if str(tag["href"]).startswith("/graphql?")
        ]  # fmt: skip
        answer = client.get(href, headers={"Accept": "application/json"}).json()
        assert "errors" not in answer
        assert all(answer["data"].values())


@pytest.mark.parametrize(
    ("id_", "expected"),
    [("Phit_Tat_001", "Det ersätts av"), ("Phit_Tat_002", "Utgivaren har inte sagt vad som ersätter det.")],
)
def test_a_deprecated_concept_has_a_notice(client: TestClient, id_: str, expected: str) -> None:
    text = page_of(client, f"/concept/{id_}")
    assert 'role="note"' in text
    assert expected in plain(text)


def test_a_page_runs_no_script_and_loads_nothing(client: TestClient) -> None:
    response = client.get(f"/concept/{NURSE}.html")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    page = Page(response.text)
    assert [tag["type"] for tag in page.all("script")] == ["application/ld+json"]
    assert {tag["rel"] for tag in page.all("link")} == {"icon", "canonical", "alternate"}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a release with a label that would like to be code."""
    folder = tmp_path_factory.mktemp("evil")
    shutil.copytree(LOADERS / "sample", folder / "data")
    made_up = folder / "data" / "made-up" / "concepts.json"
    text = made_up.read_text("utf-8")
    assert text.count("Telexoperatör (påhittat exempel)") == 1
    made_up.write_text(text.replace("Telexoperatör (påhittat exempel)", EVIL), "utf-8")
    settings = settings_in(folder)
    publish(settings, RECIPES / "sample.toml", folder / "data")
    with TestClient(asgi(settings)) as found:
        yield found


def test_a_label_that_would_like_to_be_code_is_a_text(evil: TestClient) -> None:
    text = evil.get("/concept/Phit_Tat_002.html").text
    page = Page(text)
    assert not page.all("img")
    assert len(page.all("script")) == 1
    assert "{{7*7}}" in text
    assert json.loads(re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)[0])["@graph"][0][
        "prefLabel"
    ] == {"sv": EVIL}


def test_such_a_label_is_a_text_in_suggestions_too(evil: TestClient) -> None:
    for path in (f"/concept/{EVIL}", "/concept/Phit_Tat_0O2"):
        page = Page(evil.get(path, headers=HTML).text)
        assert not page.all("img")
        assert not page.all("script")


def test_every_kind_has_a_name_in_both_languages() -> None:
    assert set(KINDS) <= set(words.KINDS)


def test_a_kind_without_a_name_is_called_as_its_publisher_calls_it() -> None:
    assert words.kind_word("wage-type", "sv") == "wage-type"
