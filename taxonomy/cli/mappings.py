"""`taxonomy mappings`: the crosswalk between classifications, listed, shown, exported and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxonomy.cli.options import add_release, opened, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.model.errors import BadInput, NotFound
from taxonomy.model.ids import concept_id

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs
    from taxonomy.config import Settings
    from taxonomy.snapshot import Snapshot

_ACTIONS = ("list", "show", "export", "check")
_SSSOM = "sssom"


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "mappings",
        "list mapping sets, show what a concept is mapped to, export SSSOM, or check; exit 1 for errors",
        "taxonomy mappings show bXNH_MNX_dUR",
        run,
    )
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", help="default: list")
    parser.add_argument("id", metavar="ID", nargs="?", help="of the concept to show: an id, a CURIE or a URI")
    parser.add_argument("--set", metavar="ID", help="export one mapping set only (default: all in one file)")
    parser.add_argument("--gaps", action="store_true", help="check: list concepts without a mapping as well")
    add_release(parser)
    parser.add_argument(
        "--format",
        choices=("table", "tsv", "json", _SSSOM),
        help="how to print (default: table on a terminal, tsv in a pipe; sssom for export, and only there)",
    )


def run(arguments: argparse.Namespace) -> int:
    """List, show, export or check."""
    _refuse_what_does_not_go_together(arguments)
    settings = settings_of(arguments)
    snapshot = opened(arguments, settings).snapshot
    if arguments.action == "show":
        return _show(snapshot, arguments)
    if arguments.action == "export":
        return _export(snapshot, settings, arguments)
    if arguments.action == "check":
        return _check(snapshot, arguments)
    return _list(snapshot, arguments)


def _refuse_what_does_not_go_together(arguments: argparse.Namespace) -> None:
    action = arguments.action
    if (action == "show") != (arguments.id is not None):
        raise BadInput("`taxonomy mappings show` takes the id of a concept, and the others take none")
    if arguments.set and action != "export":
        raise BadInput("--set goes with `taxonomy mappings export`")
    if arguments.gaps and action != "check":
        raise BadInput("--gaps goes with `taxonomy mappings check`")
    if arguments.format and (action == "export") != (arguments.format == _SSSOM):
        raise BadInput("`taxonomy mappings export` writes --format sssom and no other, and nothing else does")


def _list(snapshot: Snapshot, arguments: argparse.Namespace) -> int:
    from taxonomy.model.mapping import MATCHES
    from taxonomy.services.mapping_sets import mapping_sets

    sources = {source.id: source for source in snapshot.release.draft.sources}
    rows = [
        (
            row.source,
            sources[row.source].title,
            row.subject,
            row.object,
            *(row.counts[match] for match in MATCHES),
            sum(row.counts.values()),
        )
        for row in mapping_sets(snapshot)
    ]
    matches = tuple(match.removesuffix("-match") for match in MATCHES)
    write_rows(("set", "title", "subject", "object", *matches, "all"), rows, arguments.format)
    return 0


def _show(snapshot: Snapshot, arguments: argparse.Namespace) -> int:
    from taxonomy.model.concept import Locale
    from taxonomy.services.crosswalk import mappings

    id_ = concept_id(arguments.id)
    number = snapshot.index.get(id_)
    if number is None:
        raise NotFound(f"{id_} is not in release {snapshot.release.id}; `taxonomy search` finds ids by name")
    rows = []
    for row in mappings(snapshot, number):
        facts, other = row.facts(snapshot), row.concept
        labels = [snapshot.labels[locale][other] for locale in Locale]
        named = (snapshot.ids[other], snapshot.kind_of[other], snapshot.codes.get(other), *labels)
        rows.append((row.match, *named, facts.provenance, facts.source))
    heads = ("match", "id", "kind", "code", "label (sv)", "label (en)", "provenance", "set")
    write_rows(heads, rows, arguments.format)
    count = f"{len(rows)} mapping{'' if len(rows) == 1 else 's'}"
    say(f"{snapshot.label(number, Locale.SV)} ({id_}): {count}, read from it to the other end")
    return 0 if rows else 1


def _export(snapshot: Snapshot, settings: Settings, arguments: argparse.Namespace) -> int:
    from taxonomy.cli.export import sssom_lines

    for line in sssom_lines(snapshot, settings, arguments.set):
        print(line)
    return 0


def _check(snapshot: Snapshot, arguments: argparse.Namespace) -> int:
    from collections import Counter

    from taxonomy.model.concept import Locale
    from taxonomy.model.finding import Severity
    from taxonomy.services.mapping_sets import SEVERITIES, Problem, remarks

    found = remarks(snapshot)
    shown = [row for row in found if arguments.gaps or row.problem is not Problem.UNMAPPED]
    rows = [
        (
            SEVERITIES[row.problem].value,
            row.problem.value,
            snapshot.ids[row.concept],
            snapshot.kind_of[row.concept],
            snapshot.label(row.concept, Locale.SV),
            row.says,
            " ".join(snapshot.ids[other] for other in row.others),
            " | ".join(snapshot.label(other, Locale.SV) for other in row.others),
        )
        for row in shown
    ]
    heads = ("severity", "problem", "id", "kind", "label", "says", "others", "other labels")
    write_rows(heads, rows, arguments.format)
    counts = Counter(row.problem for row in found)
    say(", ".join(f"{problem}: {counts[problem]}" for problem in Problem))
    return 1 if any(SEVERITIES[problem] is Severity.ERROR for problem in counts) else 0
