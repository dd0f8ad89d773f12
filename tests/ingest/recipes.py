"""Recipes made in a test, and the small files they read."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from taxonomy.ingest.manifest import Manifest, MappingSet, Recipe, SourceFile
from taxonomy.ingest.pipeline import gather
from taxonomy.model.concept import Kind, Locale
from taxonomy.model.finding import Finding
from taxonomy.model.release import Content, SourceVersion

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "loaders" / "recipes" / "sample.toml"
SAMPLE_DATA = ROOT / "loaders" / "sample"
SWEDEN = ROOT / "loaders" / "recipes" / "sweden.toml"
SWEDEN_ESCO = ROOT / "loaders" / "recipes" / "sweden-esco.toml"
BAD = ROOT / "tests" / "data" / "bad"
ODD = ROOT / "tests" / "data" / "odd"


def file_of(name: str, reader: str = "jobtech-query", *, defines: bool = True, **options: Any) -> SourceFile:
    """A file; it defines all the concepts that it names, or none."""
    return SourceFile(name, reader, None if defines else frozenset(), options)


MAPPING = MappingSet("semapv:ManualMappingCuration", "https://esco", "1.1.1", "https://jobtech", "18")


def manifest_of(
    *files: SourceFile,
    name: str = "test-1",
    locale: Locale = Locale.SV,
    mapping: MappingSet | None = MAPPING,
) -> Manifest:
    source = SourceVersion(name, "Test", "Us", "1", "CC0-1.0", "Us", "https://example.org/")
    return Manifest(source, locale, "", files, mapping)


def recipe_of(*sources: SourceFile | Manifest, suppressions: Path | None = None) -> Recipe:
    """A recipe of manifests, or of files that are one source."""
    manifests = tuple(source for source in sources if isinstance(source, Manifest))
    files = tuple(source for source in sources if isinstance(source, SourceFile))
    own = (manifest_of(*files),) if files else ()
    return Recipe("test", "Test", "", (*own, *manifests), None, suppressions)


def content_of(*sources: SourceFile | Manifest, data: Path = ODD) -> Content:
    return gather(recipe_of(*sources), data)[1]


def remarks(*sources: SourceFile | Manifest, data: Path = ODD) -> list[Finding]:
    """The findings of a gathering; those on languages, which every small file provokes, are left out."""
    return [f for f in content_of(*sources, data=data).findings if f.code != "TX104"]


def defining(*kinds: str, name: str, reader: str, **options: Any) -> SourceFile:
    return SourceFile(name, reader, frozenset(map(Kind, kinds)), options)


_CONTENT_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_RELATION = (
    '<Relationship Id="{}" Target="{}"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/>'
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATION_NAMES = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> None:
    """Write a workbook of numbers and texts, as small as the format allows."""
    numbered = list(enumerate(sheets.items(), 1))
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, (name, _) in numbered)
    own = "".join(_RELATION.format(f"r{n}", f"worksheets/sheet{n}.xml", "worksheet") for n, _ in numbered)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", _CONTENT_TYPES)
        file.writestr(
            "_rels/.rels", _RELATIONS.format(_RELATION.format("r1", "xl/workbook.xml", "officeDocument"))
        )
        file.writestr(
            "xl/workbook.xml", f"<workbook {_MAIN} {_RELATION_NAMES}><sheets>{names}</sheets></workbook>"
        )
        file.writestr("xl/_rels/workbook.xml.rels", _RELATIONS.format(own))
        for n, (_, rows) in numbered:
            file.writestr(f"xl/worksheets/sheet{n}.xml", _sheet(rows))


def _sheet(rows: Sequence[Sequence[object]]) -> str:
    lines = (
        f'<row r="{y}">' + "".join(_cell(f"{'ABC'[x]}{y}", value) for x, value in enumerate(row)) + "</row>"
        for y, row in enumerate(rows, 1)
    )
    return f"<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def _cell(at: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{at}"><v>{value}</v></c>'
