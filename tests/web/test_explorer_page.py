"""The page of the graph browser as it is sent; how it is used is tested in a browser."""

import json
import re
from itertools import product

import pytest
from starlette.testclient import TestClient

from taxonomy.model.relation import Direction, RelationKind
from taxonomy.web.explorer import vocabulary
from taxonomy.web.static_files import STATIC, manifest
from tests.web.test_pages import Page


def needs_explorer() -> dict[str, str]:
    built = manifest("explorer")
    if built is None:
        pytest.skip("the graph browser has not been built: make explorer")
    return built


def test_the_graph_browser_may_run_its_own_scripts_and_styles_only(client: TestClient) -> None:
    needs_explorer()
    response = client.get("/browse")
    policy = dict(
        part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";")
    )
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    page = Page(response.text)
    assert not page.all("style")
    assert not [attributes for _, attributes in page.tags if "style" in attributes]
    for script in page.all("script"):
        assert script["type"] == "application/json" or (script["src"] or "").startswith("/static/explorer/")


def test_what_the_page_names_is_there_precompressed_and_kept_for_ever(client: TestClient) -> None:
    built = needs_explorer()
    text = client.get("/browse").text
    for name in built.values():
        path = f"/static/explorer/{name}"
        assert path in text
        answer = client.get(path, headers={"Accept-Encoding": "br"})
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]


def test_every_package_in_the_bundle_is_listed_with_its_licence() -> None:
    needs_explorer()
    text = (STATIC / "explorer" / "LICENSES.txt").read_text("utf-8")
    declared = json.loads((STATIC.parents[2] / "browser" / "explorer" / "package.json").read_text("utf-8"))
    for package, number in declared["dependencies"].items():
        assert f"{package} {number}\nLicence: MIT" in text


@pytest.mark.parametrize(("lang", "said"), [("sv", "inte byggd"), ("en", "not been built")])
def test_a_graph_browser_that_was_not_built_says_how_to_build_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    monkeypatch.setattr("taxonomy.web.explorer.manifest", lambda page: None)
    response = client.get("/browse", params={"lang": lang})
    assert response.status_code == 200
    assert said in response.text
    assert "make explorer" in response.text


def test_the_page_carries_the_words_of_all_pages(client: TestClient) -> None:
    needs_explorer()
    found = re.search(r'id="explorer-data">(.*?)</script>', client.get("/browse").text, re.DOTALL)
    assert found
    given = json.loads(found[1])
    assert given["words"] == vocabulary()
    assert given["contact"] == ""


def test_every_relation_has_a_word_from_either_side() -> None:
    ways = {f"{relation.name} {way.name}" for relation, way in product(RelationKind, Direction)}
    assert set(vocabulary()["relations"]) == ways
