"""What portals, crawlers and people ask first: the data set, its releases, its classifications."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS, VOID
from starlette.testclient import TestClient

from taxonomy.compose import asgi, open_store
from taxonomy.declarations import LOADERS, RECIPES
from taxonomy.model.concept import Scheme
from taxonomy.rdf.jsonld import context
from taxonomy.web.media import MEDIA
from taxonomy.web.published import DOWNLOADS
from tests.gql.service import Service, publish, settings_in
from tests.rdf.published import NS, PUBLICATION, lines_of, read
from tests.web.test_concept_pages import page_of, plain
from tests.web.test_pages import Page
from tests.web.test_problems import assert_problem

DCAT_VERSION = rdflib.URIRef(f"{DCAT}version")  # of DCAT 3; rdflib knows version 2 and warns
BASE = "http://127.0.0.1:8000/"
DATA = [medium for medium in MEDIA if medium.ending != "html"]


def graph_at(client: TestClient, path: str) -> rdflib.Graph:
    response = client.get(path, headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    return read(response.text, "ttl")


def paths(service: Service) -> list[str]:
    return ["/catalog", f"/releases/{service.release.id}", "/scheme/ssyk-2012", "/scheme/esco"]


def test_every_description_is_given_in_every_format(client: TestClient, service: Service) -> None:
    for path in paths(service):
        expected = lines_of(graph_at(client, path))
        for medium in DATA:
            response = client.get(f"{path}.{medium.ending}")
            assert response.headers["Content-Type"].partition(";")[0] == medium.media_type
            text = response.text
            if medium.name == "jsonld":
                text = json.dumps({**json.loads(text), **context(PUBLICATION)})
            assert lines_of(read(text, medium.name)) == expected, (path, medium.name)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_description_is_a_page_for_people(client: TestClient, service: Service, lang: str) -> None:
    for path in paths(service):
        text = page_of(client, f"{path}?lang={lang}")
        assert f'<html lang="{lang}">' in text
        for tag in Page(text).all("a"):
            href = tag["href"] or ""
            if href.startswith("/") and "taxonomy." not in href:
                assert client.get(href, headers={"Accept": "text/html"}).status_code == 200, href


def test_the_catalogue_lists_files_that_can_be_fetched(client: TestClient) -> None:
    files = [str(file) for file in graph_at(client, "/catalog").objects(None, DCAT.downloadURL)]
    assert len(files) == len(DOWNLOADS)
    for file in files:
        assert client.head(file.removeprefix(BASE[:-1])).status_code == 200


def test_the_well_known_address_leads_to_the_statistics(client: TestClient, service: Service) -> None:
    graph = graph_at(client, "/.well-known/void")
    data = rdflib.URIRef(f"{NS}dataset/{service.release.content_hash[:8]}")
    lines = client.get(f"/releases/{service.release.id}/taxonomy.nt").text.splitlines()
    assert int(str(graph.value(data, VOID.triples))) == len(lines)
    version = rdflib.URIRef(f"{BASE}releases/{service.release.id}")
    assert graph.value(version, RDF.type) == DCAT.Dataset
    assert str(graph.value(version, DCAT_VERSION)) == service.release.id


def test_a_classification_begins_at_its_top(client: TestClient) -> None:
    graph = graph_at(client, "/scheme/ssyk-2012")
    scheme = rdflib.URIRef(f"{NS}scheme/ssyk-2012")
    assert graph.value(rdflib.URIRef(f"{BASE}scheme/ssyk-2012"), FOAF.primaryTopic) == scheme
    assert list(graph.objects(scheme, SKOS.hasTopConcept))
    assert graph.value(scheme, DCTERMS.title)
    text = plain(page_of(client, "/scheme/ssyk-2012?lang=en"))
    assert "2 Occupations requiring advanced level of higher education" in text


def test_every_classification_of_the_sample_answers(client: TestClient, service: Service) -> None:
    there = {service.snapshot.scheme_of(number) for number in range(service.snapshot.count)}
    for scheme in Scheme:
        assert client.get(f"/scheme/{scheme}").status_code == (200 if scheme in there else 404)


def test_names_below_our_namespace_lead_to_what_tells_of_them(client: TestClient, service: Service) -> None:
    release = f"/releases/{service.release.id}"
    for asked, there in (
        ("/dataset", "/catalog"),
        (f"/dataset/{service.release.content_hash[:8]}", release),
        ("/graph/mappings", release),
        ("/.well-known/void", release),
        ("/kind/ssyk-level-4", "/scheme/ssyk-2012"),
        ("/level/ssyk-2012/4", "/scheme/ssyk-2012"),
        ("/substitution/heGV_uHh_o8W/ES2Z_D87_uLq", "/concept/heGV_uHh_o8W"),
        ("/statement/derived/label/z8di_AqX_GBr/en", "/concept/z8di_AqX_GBr"),
        ("/mappings/sweden-esco-occupations-1.1.1", release),
        ("/mappings/sweden/exact-match/esco:isco/C1/XugJ_6hw_wVV", "/concept/esco:isco/C1"),
    ):
        response = client.get(asked, follow_redirects=False)
        assert (response.status_code, response.headers["Location"]) == (303, there)


@pytest.mark.parametrize(
    "path",
    ["/catalog.exe", "/scheme/x", "/scheme/esco.exe", "/releases/r9", "/dataset/0", "/kind/x"],
)
def test_what_there_is_not_is_a_problem(client: TestClient, path: str) -> None:
    assert assert_problem(client.get(path, headers={"Accept": "text/html"}), 404)["detail"]


@pytest.mark.parametrize("path", ["/vocabulary", "/vocabulary.ttl", "/shapes", "/shapes.ttl"])
def test_vocabulary_and_shapes_are_turtle_whatever_is_asked_for(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert len(read(response.text, "ttl")) > 30
    again = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_the_context_is_where_documents_say_it_is(client: TestClient) -> None:
    named = client.get("/catalog.jsonld").json()["@context"]
    assert named == f"{BASE}context/1"
    assert client.get("/context/1").json() == context(PUBLICATION)


def test_a_release_that_changes_nothing_but_the_history_changes_the_catalogue(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, poll_seconds=60)
    publish(settings)
    with TestClient(asgi(settings)) as client:
        first = client.get("/catalog")
    for _ in changed_releases(tmp_path, 1):
        pass
    with TestClient(asgi(settings)) as client:
        second = client.get("/catalog")
        assert first.headers["ETag"] != second.headers["ETag"]
        old, new = open_store(settings).releases()
        for release in (old, new):
            assert release.id in second.text
            text = client.get(f"/releases/{release.id}").text
            assert f"releases/{release.id}>" in text


def changed_releases(folder: Path, count: int) -> Iterator[str]:
    """Publish the sample again, each time with another name of one occupation."""
    for number in range(count):
        data = folder / f"data-{number}"
        shutil.copytree(LOADERS / "sample", data)
        made_up = data / "made-up" / "concepts.json"
        text = made_up.read_text("utf-8").replace('"Allmänsjuksköterska"', f'"Variant {number}"')
        made_up.write_text(text, "utf-8")
        publish(settings_in(folder), RECIPES / "sample.toml", data)
        yield f"Variant {number}"
