"""`taxonomy export`: a release as RDF in any format, or its mappings as SSSOM."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from taxonomy.cli.options import add_release, opened, settings_of, verb
from taxonomy.cli.output import say
from taxonomy.cli.progress import progress_bar
from taxonomy.model.errors import BadInput

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from taxonomy.cli.options import Verbs
    from taxonomy.config import Settings
    from taxonomy.model.concept import Scheme
    from taxonomy.snapshot import Snapshot

_SSSOM = "sssom"
_FORMATS = ("nt", "nq", "ttl", "trig", "rdfxml", "jsonld", _SSSOM)
_ENDINGS = {"rdf": "rdfxml", "xml": "rdfxml", "tsv": _SSSOM}


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "export",
        "write a release as linked data, in any format, or its mappings as SSSOM",
        "taxonomy export -o taxonomy.ttl.gz",
        run,
    )
    parser.add_argument("--format", choices=_FORMATS, help="default: what the ending of the file says")
    parser.add_argument("--scheme", action="append", help="only this classification; may be repeated")
    parser.add_argument("--graph", metavar="NAME", help="only this named graph: a source, mappings, derived")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="a file, .gz and .zst compressed (default: stdout)"
    )
    add_release(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write, and say what was written where."""
    format_name = _format(arguments)
    schemes = _schemes(arguments.scheme)
    if format_name == _SSSOM and (schemes or arguments.graph):
        raise BadInput("SSSOM has all mappings: for those of one source, `taxonomy mappings export --set`")
    settings = settings_of(arguments)
    snapshot = opened(arguments, settings).snapshot
    with progress_bar() as progress:
        if format_name == _SSSOM:
            texts = _lines(snapshot, settings)
        else:
            texts = _rdf(snapshot, settings, format_name, arguments.graph, schemes, progress)
        _write(texts, arguments.output)
    if arguments.output:
        say(f"{snapshot.release.id} as {format_name}: {arguments.output}")
    return 0


def _lines(snapshot: Snapshot, settings: Settings) -> Iterator[str]:
    for line in sssom_lines(snapshot, settings):
        yield f"{line}\n"


def sssom_lines(snapshot: Snapshot, settings: Settings, only: str | None = None) -> Iterator[str]:
    """The lines of an SSSOM file with all mappings, or with those of one set."""
    from taxonomy.compose import program_version, publication
    from taxonomy.export.sssom import export

    names = publication(settings)
    return export(snapshot, names.sets, program_version(), only, namespace=names.mapping_set(""))


def _format(arguments: argparse.Namespace) -> str:
    if arguments.format:
        return str(arguments.format)
    if arguments.output is None:
        raise BadInput(f"say which --format: {', '.join(_FORMATS)}")

    from taxonomy.export.files import ending

    end = ending(arguments.output)
    name = _ENDINGS.get(end, end)
    if name not in _FORMATS:
        raise BadInput(f"{arguments.output} does not end like a format: say --format {', '.join(_FORMATS)}")
    return name


def _schemes(names: list[str] | None) -> frozenset[Scheme] | None:
    if not names:
        return None

    from taxonomy.model.concept import Scheme

    unknown = sorted(set(names) - set(Scheme))
    if unknown:
        raise BadInput(f"there is no classification {unknown[0]!r}; there are {', '.join(Scheme)}")
    return frozenset(map(Scheme, names))


def _rdf(
    snapshot: Snapshot,
    settings: Settings,
    format_name: str,
    graph: str | None,
    schemes: frozenset[Scheme] | None,
    progress: Callable[[str, int, int], None],
) -> Iterator[str]:
    from taxonomy.compose import publication
    from taxonomy.rdf.dataset import Dataset
    from taxonomy.rdf.formats import FORMATS, export

    dataset = Dataset(snapshot, publication(settings))
    passes = len(dataset.graphs) if FORMATS[format_name].has_graphs and graph is None else 1
    done = 0

    def tell(concepts: int) -> None:
        nonlocal done
        done += concepts
        progress(f"writing {format_name}", done, passes * snapshot.count)

    return export(dataset, format_name, graph=graph, schemes=schemes, tell=tell)


def _write(texts: Iterable[str], path: Path | None) -> None:
    if path:
        from taxonomy.export.files import write_texts

        write_texts(path, texts)
    else:
        for text in texts:
            sys.stdout.buffer.write(text.encode())
