"""Built files: only those of the folder, for ever, compressed."""

import gzip
import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from starlette.testclient import TestClient

from taxonomy.web.static_files import STATIC, manifest

OUTSIDE = [
    "../pages.py",
    "../../pyproject.toml",
    "%2e%2e/pages.py",
    "..%2fpages.py",
    "%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "graphiql/../../pages.py",
    "graphiql/%2e%2e/%2e%2e/pages.py",
    "graphiql\\..\\..\\pages.py",
    "graphiql",
    "graphiql/",
    ".",
    "graphiql/manifest.json",
    "%00",
    "graphiql/%00.js",
    "a" * 300 + ".js",
    "a/" * 3000 + "b.js",
    "%ff%fe.js",
    "nothing.js",
]

needs_build = pytest.mark.skipif(
    manifest("graphiql") is None, reason="GraphiQL has not been built: make graphiql"
)


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_the_built_files_is_served(client: TestClient, path: str) -> None:
    response = client.get(f"/static/{path}")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_link_out_of_the_folder_is_not_followed(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (tmp_path / "static" / "link.txt").symlink_to(tmp_path / "secret.txt")
    monkeypatch.setattr("taxonomy.web.static_files.STATIC", tmp_path / "static")
    assert client.get("/static/link.txt").status_code == 404


def built() -> list[str]:
    names = manifest("graphiql") or {}
    return [names[key] for key in ("script", "style")] if names else []


@needs_build
@pytest.mark.parametrize("name", built())
def test_a_built_file_is_named_after_its_content_kept_for_ever_and_compressed(
    client: TestClient, name: str
) -> None:
    assert re.search(r"-[0-9a-f]{12}\.(js|css)$", name)
    plain = client.get(f"/static/graphiql/{name}", headers={"Accept-Encoding": "identity"})
    assert plain.status_code == 200
    assert plain.content == (STATIC / "graphiql" / name).read_bytes()
    assert plain.headers["Content-Type"].startswith("text/javascript" if name.endswith("js") else "text/css")
    for accepted, encoding in {
        "br, gzip": "br",
        "gzip": "gzip",
        "gzip, deflate, br;q=0": "gzip",
        "br;q=1.0": "br",
        "*;q=0": None,
        "bread": None,
    }.items():
        response = client.get(f"/static/graphiql/{name}", headers={"Accept-Encoding": accepted})
        assert response.headers.get("Content-Encoding") == encoding, accepted
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Accept-Encoding" in response.headers["Vary"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.content == plain.content


@needs_build
@pytest.mark.parametrize("name", built())
def test_the_compressed_copies_are_of_the_file(name: str) -> None:
    content = (STATIC / "graphiql" / name).read_bytes()
    assert brotli.decompress((STATIC / "graphiql" / f"{name}.br").read_bytes()) == content
    assert gzip.decompress((STATIC / "graphiql" / f"{name}.gz").read_bytes()) == content


@needs_build
def test_the_built_files_name_no_address_elsewhere_but_the_names_of_xml() -> None:
    address = re.compile(rb"""(?:https?:)?//[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,}[^\s"'`)]*""")
    files = [*STATIC.rglob("*.js"), *STATIC.rglob("*.css")]
    assert files
    for file in files:
        found = set(address.findall(file.read_bytes()))
        assert [name for name in found if not name.startswith(b"http://www.w3.org/")] == [], file.name
