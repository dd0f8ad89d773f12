"""URIs that answer: every concept in every format, with the headers that linked data needs."""

import json
import re

import pytest
import rdflib
from rdflib.namespace import FOAF, SKOS
from starlette.testclient import TestClient

from taxonomy.rdf.iris import concept_iri
from taxonomy.rdf.jsonld import context
from taxonomy.web.media import MEDIA, Medium
from tests.gql.service import Service
from tests.rdf.published import PUBLICATION, lines_of, read
from tests.web.test_problems import assert_problem

NURSE = "bXNH_MNX_dUR"
ESCO_NURSE = "esco:occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50"
PATH = f"/concept/{NURSE}"
DATA = [medium for medium in MEDIA if medium.ending != "html"]
TOPIC = rdflib.URIRef(concept_iri(NURSE))


def graph_of(text: str, name: str) -> rdflib.Graph:
    if name == "jsonld":  # nobody can fetch the context here
        text = json.dumps({**json.loads(text), **context(PUBLICATION)})
    return read(text, name)


def links(header: str) -> dict[str, list[str]]:
    """The targets of a Link header by relation."""
    found: dict[str, list[str]] = {}
    for target, relation in re.findall(r'<([^>]*)>; rel="([^"]*)"', header):
        found.setdefault(relation, []).append(target)
    return found


def test_the_publishers_uri_leads_to_the_nurse_in_turtle(client: TestClient) -> None:
    response = client.get(f"/taxonomy/concept/{NURSE}", headers={"Accept": "text/turtle"})
    assert [step.status_code for step in response.history] == [303]
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/turtle; charset=utf-8"
    labels = set(read(response.text, "ttl").objects(TOPIC, SKOS.prefLabel))
    assert rdflib.Literal("Sjuksköterska, grundutbildad", "sv") in labels


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        (f"/taxonomy/concept/{NURSE}", PATH),
        (f"/taxonomy/concept/{NURSE}.ttl?lang=en", f"{PATH}.ttl?lang=en"),
        ("/esco/occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50", f"/concept/{ESCO_NURSE}"),
        ("/esco/isco/C2221", "/concept/esco:isco/C2221"),
        ("/esco/skill/X: y", "/concept/esco:skill/X:%20y"),
        ("/esco//evil.example", "/concept/esco:/evil.example"),
        ("/taxonomy/concept//evil.example", "/concept//evil.example"),
    ],
)
def test_the_publishers_paths_lead_to_ours(client: TestClient, asked: str, location: str) -> None:
    response = client.get(asked, follow_redirects=False)
    assert (response.status_code, response.headers["Location"]) == (303, location)


@pytest.mark.parametrize("id_", [NURSE, ESCO_NURSE, "esco:isco/C2221"])
@pytest.mark.parametrize("medium", DATA, ids=lambda medium: medium.ending)
def test_every_format_says_the_same_by_accept_and_by_ending(
    client: TestClient, id_: str, medium: Medium
) -> None:
    name, ending, media_type, _ = medium
    by_accept = client.get(f"/concept/{id_}", headers={"Accept": media_type})
    by_ending = client.get(f"/concept/{id_}.{ending}", headers={"Accept": "text/html"})
    for response in (by_accept, by_ending):
        assert response.status_code == 200
        assert response.headers["Content-Type"].partition(";")[0] == media_type
        assert response.headers["Content-Location"] == f"/concept/{id_}.{ending}"
    assert by_accept.content == by_ending.content
    lines = client.get(f"/concept/{id_}.nt").text
    assert lines_of(graph_of(by_accept.text, name)) == lines_of(read(lines, "nt"))


def test_a_path_with_a_line_break_leads_nowhere(client: TestClient) -> None:
    assert_problem(client.get("/esco/skill/a%0D%0ASet-Cookie:%20b"), 404)


def test_a_document_is_about_the_publishers_concept(client: TestClient) -> None:
    graph = read(client.get(f"{PATH}.nt").text, "nt")
    [document] = graph.subjects(FOAF.primaryTopic, TOPIC)
    assert str(document).endswith(PATH)


@pytest.mark.parametrize("ending", ["", *(f".{medium.ending}" for medium in MEDIA)])
def test_the_headers_say_what_it_is_about_in_what_else_it_is_given_and_under_which_terms(
    client: TestClient, service: Service, ending: str
) -> None:
    headers = client.get(PATH + ending).headers
    assert {"Accept", "Accept-Language"} <= {name.strip() for name in headers["Vary"].split(",")}
    assert headers["Taxonomy-Release"] == service.release.id
    assert headers["Cache-Control"] == "no-cache"
    found = links(headers["Link"])
    assert found["describes"] == [str(TOPIC)]
    assert found["alternate"] == [f"{PATH}.{medium.ending}" for medium in MEDIA]
    assert set(found["license"]) == {
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "https://creativecommons.org/licenses/by/4.0/",
    }
    assert len(found["license"]) > 2, "one for each source"


def test_every_link_of_the_headers_answers(client: TestClient) -> None:
    for target in links(client.get(PATH).headers["Link"])["alternate"]:
        assert client.get(target).status_code == 200


def test_others_may_read_the_headers_from_a_page_of_theirs(client: TestClient) -> None:
    headers = client.get(PATH, headers={"Origin": "https://example.org"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    exposed = headers["Access-Control-Expose-Headers"]
    assert all(name in exposed for name in ("Content-Location", "ETag", "Link", "Taxonomy-Release"))


@pytest.mark.parametrize("accept", ["text/turtle", "text/html", "application/ld+json"])
def test_what_a_client_has_is_not_sent_again(client: TestClient, accept: str) -> None:
    first = client.get(PATH, headers={"Accept": accept})
    again = client.get(PATH, headers={"Accept": accept, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Content-Location", "Vary", "Cache-Control"):
        assert again.headers[name].startswith(first.headers[name].split(", Accept-Encoding")[0])


def test_every_format_and_language_has_an_etag_of_its_own(client: TestClient) -> None:
    asked = [(f"{PATH}.{medium.ending}", "sv") for medium in MEDIA]
    asked += [(f"{PATH}.html", "en"), (f"{PATH}.html?lang=en", "sv"), ("/concept/ES2Z_D87_uLq.ttl", "sv")]
    etags = [client.get(path, headers={"Accept-Language": lang}).headers["ETag"] for path, lang in asked]
    assert len(set(etags)) == len(asked)


@pytest.mark.parametrize("ending", ["ttl", "html"])
def test_who_asks_for_the_head_gets_the_head(client: TestClient, ending: str) -> None:
    got, head = client.get(f"{PATH}.{ending}"), client.head(f"{PATH}.{ending}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == got.headers


def test_who_takes_nothing_of_it_is_told_what_there_is(client: TestClient) -> None:
    response = client.get(PATH, headers={"Accept": "image/png"})
    body = assert_problem(response, 406)
    assert all(medium.media_type in body["detail"] for medium in MEDIA)
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("bXNH_MNX_dUr", NURSE),
        ("bxnh_mnx_dur", NURSE),
        ("2221", "Z8ci_bBE_tmx"),
        ("sjuksköterska", NURSE),
        ("%25%25", None),
        ("a" * 3000, None),
        ("\u202e", None),
    ],
)
def test_an_unknown_id_is_a_problem_that_says_what_may_have_been_meant(
    client: TestClient, asked: str, meant: str | None
) -> None:
    response = client.get(f"/concept/{asked}", headers={"Accept": "text/turtle"})
    detail = assert_problem(response, 404)["detail"]
    assert len(detail) < 800
    if meant:
        assert meant in detail
    else:
        assert "search by name" in detail


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_an_unknown_id_is_a_page_for_people(client: TestClient, lang: str) -> None:
    response = client.get(f"/concept/bXNH_MNX_dUr?lang={lang}", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert response.headers["Content-Language"] == lang
    assert f'href="{PATH}?lang={lang}"' in response.text


@pytest.mark.parametrize("asked", [concept_iri(NURSE), concept_iri(ESCO_NURSE)])
def test_a_uri_in_the_place_of_an_id_is_moved_for_good(client: TestClient, asked: str) -> None:
    for ending in ("", ".ttl"):
        response = client.get(f"/concept/{asked}{ending}", follow_redirects=False)
        assert response.status_code == 301
        assert client.get(response.headers["Location"]).status_code == 200
        assert response.headers["Location"].endswith(ending)


def test_a_deprecated_concept_answers_with_what_replaced_it(client: TestClient) -> None:
    response = client.get("/concept/Phit_Tat_001", headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    assert "dct:isReplacedBy jt:GDHs_eoz_uKx" in response.text


def test_every_concept_of_the_sample_answers(client: TestClient, service: Service) -> None:
    wrong = [id_ for id_ in service.snapshot.ids if client.get(f"/concept/{id_}.ttl").status_code != 200]
    assert wrong == []


def test_nothing_is_answered_before_anything_is_published(empty: TestClient) -> None:
    for path in (PATH, "/catalog", "/scheme/esco", "/.well-known/void", "/releases/r1/taxonomy.ttl"):
        assert assert_problem(empty.get(path), 503)["code"] == "UNAVAILABLE"
