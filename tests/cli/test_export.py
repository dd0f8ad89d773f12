"""`taxonomy export`: every format, into a file or a pipe, the same twice."""

import gzip
import io
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from taxonomy.rdf.formats import FORMATS
from tests.cli.command import environment, run
from tests.cli.conftest import Taxonomy
from tests.rdf.published import OXIGRAPH

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def statements(text: bytes, name: str) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(text, format=OXIGRAPH[name])}


@pytest.fixture(scope="session")
def expected(sample_folder: Path) -> set[str]:
    outcome = run("export", "--format", "nt", env=environment(sample_folder), cwd=sample_folder)
    assert outcome.status == 0, outcome.err
    return statements(outcome.out.encode(), "nt")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_goes_into_a_pipe(
    taxonomy: Taxonomy, sample_folder: Path, expected: set[str], name: str
) -> None:
    outcome = taxonomy("export", "--format", name, folder=sample_folder)
    assert (outcome.status, outcome.err) == (0, "")
    assert statements(outcome.out.encode(), name) == expected


@pytest.mark.parametrize("name", ["x.ttl", "x.trig.gz", "x.nq.zst", "x.rdf", "x.jsonld"])
def test_the_ending_says_format_and_compression(
    taxonomy: Taxonomy, sample_folder: Path, expected: set[str], tmp_path: Path, name: str
) -> None:
    for number in ("1", "2"):
        (tmp_path / number).mkdir()
        outcome = taxonomy("export", "-o", f"{number}/{name}", folder=sample_folder)
        assert (outcome.status, outcome.out) == (0, "")
    found = (tmp_path / "1" / name).read_bytes()
    assert found == (tmp_path / "2" / name).read_bytes(), "two exports are byte-equal"
    unpack = {".gz": gzip.decompress, ".zst": zstd.decompress}.get(Path(name).suffix, bytes)
    ending = name.split(".")[1]
    assert statements(unpack(found), {"rdf": "rdfxml"}.get(ending, ending)) == expected
    assert [path.name for path in (tmp_path / "1").iterdir()] == [name], "nothing half is left"


def test_sssom_is_what_mappings_export_writes(taxonomy: Taxonomy, sample_folder: Path) -> None:
    exported = taxonomy("export", "--format", "sssom", folder=sample_folder)
    assert exported.out == taxonomy("mappings", "export", folder=sample_folder).out
    assert exported.out.startswith("#curie_map:")


def test_one_graph_and_one_classification_can_be_asked_for(
    taxonomy: Taxonomy, sample_folder: Path, expected: set[str]
) -> None:
    of_graph = taxonomy("export", "--format", "nq", "--graph", "esco-1.1.1", folder=sample_folder)
    graphs = {quad.graph_name.value for quad in ox.parse(of_graph.out, format=OXIGRAPH["nq"])
              if isinstance(quad.graph_name, ox.NamedNode)}  # fmt: skip
    assert graphs == {"https://w3id.org/occupation-graph/graph/esco-1.1.1"}
    ssyk = taxonomy("export", "--format", "nt", "--scheme", "ssyk-2012", folder=sample_folder)
    assert statements(ssyk.out.encode(), "nt") < expected


def test_the_namespace_and_no_other_address_is_in_it(taxonomy: Taxonomy, sample_folder: Path) -> None:
    outcome = taxonomy(
        "export",
        "--format",
        "sssom",
        folder=sample_folder,
        TAXONOMY_NAMESPACE="https://data.example.se/og/",
    )
    assert "https://data.example.se/og/mappings/" in outcome.out
    assert "w3id.org/occupation-graph/mappings" not in outcome.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "say which --format: nt, nq, ttl, trig, rdfxml, jsonld, sssom"),
        (["-o", "x.doc"], "x.doc does not end like a format"),
        (["--format", "nt", "--scheme", "ssyk"], "there is no classification 'ssyk'; there are jobtech"),
        (
            ["--format", "nt", "--graph", "all"],
            "there is no graph 'all' in this release; there are job",
        ),
        (["--format", "sssom", "--graph", "esco-1.1.1"], "SSSOM has all mappings"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    taxonomy: Taxonomy, sample_folder: Path, words: list[str], says: str
) -> None:
    outcome = taxonomy("export", *words, folder=sample_folder)
    assert outcome.status == 2
    assert says in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_left(
    taxonomy: Taxonomy, sample_folder: Path, tmp_path: Path
) -> None:
    outcome = taxonomy("export", "-o", "nowhere/x.ttl", folder=sample_folder)
    assert outcome.status == 1
    assert "No such file or directory" in outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("variable", ["TAXONOMY_NAMESPACE", "TAXONOMY_BASE_URL"])
@pytest.mark.parametrize("value", ["ftp://a.test/", "https://a.test", "https://a.test/a b/"])
def test_an_address_that_is_none_is_a_bad_setting(
    taxonomy: Taxonomy, sample_folder: Path, variable: str, value: str
) -> None:
    outcome = taxonomy("export", "--format", "nt", folder=sample_folder, **{variable: value})
    assert outcome.status == 2
    assert outcome.err.startswith(f"taxonomy: {variable} ")


def test_the_same_bytes_come_out_of_gzip_whenever_and_whatever_it_is_called(
    taxonomy: Taxonomy, sample_folder: Path, tmp_path: Path
) -> None:
    for name in ("a.nt.gz", "b.nt.gz"):
        taxonomy("export", "-o", name, folder=sample_folder)
    assert (tmp_path / "a.nt.gz").read_bytes() == (tmp_path / "b.nt.gz").read_bytes()
    assert gzip.GzipFile(fileobj=io.BytesIO((tmp_path / "a.nt.gz").read_bytes())).read(1) == b"<"


@pytest.mark.parametrize("value", ["nobody", "@", "a b@example.org", "ftp://example.org/"])
def test_a_contact_that_nobody_can_write_to_is_a_bad_setting(
    taxonomy: Taxonomy, sample_folder: Path, value: str
) -> None:
    outcome = taxonomy("export", "--format", "nt", folder=sample_folder, TAXONOMY_CONTACT=value)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("taxonomy: TAXONOMY_CONTACT ")


@pytest.mark.parametrize(
    "value", ["data@example.org", "mailto:data@example.org", "https://example.org/contact"]
)
def test_a_mail_address_or_a_page_is_a_contact(taxonomy: Taxonomy, sample_folder: Path, value: str) -> None:
    assert taxonomy("export", "--format", "nt", folder=sample_folder, TAXONOMY_CONTACT=value).status == 0
