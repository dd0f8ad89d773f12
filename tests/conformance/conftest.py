"""The endpoint over the data of all cases: each file is a graph of its own in one store, under its name.

A case then says in the words of the protocol which of the graphs it is about.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import httpx2
import pyoxigraph as ox
import pytest

from taxonomy.compose import asgi, open_shelf, open_store, program_version, publication, snapshot_cache
from taxonomy.sparql.build import seal
from taxonomy.sparql.stores import Stores
from tests.conformance.manifests import Case, Kind, cases
from tests.gql.service import publish, settings_in
from tests.web.listening import listening

OURS: Final = Path(__file__).parent / "cases"
_FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".n3": ox.RdfFormat.N3,
}


@cache
def all_cases() -> Sequence[Case]:
    """Ours, and those of the folder `TAXONOMY_W3C_TESTS`."""
    folder = os.environ.get("TAXONOMY_W3C_TESTS", "")
    if folder and not Path(folder).is_dir():
        pytest.exit(f"TAXONOMY_W3C_TESTS={folder} is not a folder", 4)
    found = [case._replace(name=f"ours/{case.name}") for case in cases(OURS)]
    return [*found, *(cases(Path(folder)) if folder else ())]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", all_cases(), ids=[case.name for case in all_cases()])


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A client of a server whose store has the data of the cases instead of a release's."""
    settings = settings_in(tmp_path_factory.mktemp("conformance"))
    publish(settings)
    shelf = open_shelf(settings, open_store(settings))
    names = snapshot_cache(settings), publication(settings), program_version()
    store = Stores(Path(settings.cache) / "sparql", *names).path(shelf.current().snapshot.release)
    _fill(store)
    with (
        listening(asgi(settings, shelf)) as (host, port),
        httpx2.Client(base_url=f"http://{host}:{port}", timeout=60) as client,
    ):
        yield client


def _fill(folder: Path) -> None:
    folder.mkdir(parents=True)
    store = ox.Store(folder)
    files = {name: file for case in all_cases() for name, file in case.files}
    for case in all_cases():
        if case.kind is Kind.IS_ANSWERED and case.query is not None:
            # What FROM names stands beside the query.
            files.update(
                {path.as_uri(): path for path in case.query.parent.iterdir() if path.suffix in _FORMATS}
            )
    for name, file in files.items():
        try:
            store.load(
                path=file, format=_FORMATS[file.suffix], base_iri=file.as_uri(), to_graph=ox.NamedNode(name)
            )
        except SyntaxError:
            print(f"{file} is not read by pyoxigraph")  # noqa: T201
    store.flush()
    del store
    seal(folder)
