"""`taxonomy diff`: what changed between two releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, add_store, opened, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.model.errors import BadInput

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from taxonomy.cli.options import Verbs
    from taxonomy.model.release import Release
    from taxonomy.services.diff import ConceptChange, Diff, RelationChange, Said
    from taxonomy.snapshot import Snapshot

_HEADS = ("change", "kind", "id", "label", "other", "other label", "part", "before", "after")


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "diff",
        "count or list what changed from one release to another",
        "taxonomy diff --kind occupation-name --list",
        run,
    )
    parser.add_argument("before", metavar="A", nargs="?", help="a release (default: the one before B)")
    parser.add_argument("after", metavar="B", nargs="?", help="a release (default: the current one)")
    parser.add_argument(
        "--kind", action="append", help="only concepts, or relations, of this kind; may be repeated"
    )
    parser.add_argument("--list", action="store_true", help="every change, not only how many")
    add_store(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print counts, or rows."""
    before, after = _releases(arguments)

    from taxonomy.services.diff import diff

    changes = _only(diff(before, after), arguments.kind, (before, after))
    if arguments.list:
        write_rows(_HEADS, list(_rows(changes, before, after)), arguments.format)
    else:
        write_rows(("change", "kind", "count"), changes.counts(), arguments.format)
    total = len(changes.concepts) + len(changes.relations)
    say(f"{before.release.id} -> {after.release.id}: {total} changes")
    return 0


def _releases(arguments: argparse.Namespace) -> tuple[Snapshot, Snapshot]:
    settings = settings_of(arguments)
    arguments.release = arguments.after
    current = opened(arguments, settings)
    arguments.release = arguments.before or _one_before(current.snapshot.release.ordinal, current.releases)
    return opened(arguments, settings).snapshot, current.snapshot


def _one_before(ordinal: int, releases: Sequence[Release]) -> str:
    older = [release.id for release in releases if release.ordinal < ordinal]
    if not older:
        raise BadInput("there is no release before that one: name two, see `taxonomy releases`")
    return older[-1]


def _only(changes: Diff, kinds: list[str] | None, releases: tuple[Snapshot, Snapshot]) -> Diff:
    if not kinds:
        return changes

    from taxonomy.model.relation import RelationKind
    from taxonomy.services.diff import Diff

    known = {*RelationKind, *(kind for release in releases for kind in release.kinds)}
    unknown = sorted(set(kinds) - known)
    if unknown:
        kinds_known = ", ".join(sorted(known))
        raise BadInput(f"there is no kind {unknown[0]!r} in these releases; there are {kinds_known}")
    return Diff(
        tuple(row for row in changes.concepts if row.kind in kinds),
        tuple(row for row in changes.relations if row.relation in kinds),
    )


def _rows(changes: Diff, before: Snapshot, after: Snapshot) -> Iterator[tuple[str, ...]]:
    from taxonomy.model.concept import Locale

    def label(id_: str) -> str:
        release = after if id_ in after.index else before
        return release.label(release.index[id_], Locale.SV)

    for row in changes.concepts:
        yield _concept(row, label(row.id))
    for change in changes.relations:
        yield _relation(change, label(change.subject), label(change.object))


def _concept(row: ConceptChange, label: str) -> tuple[str, ...]:
    texts = (" | ".join(row.before), " | ".join(row.after))
    return (row.change, row.kind, row.id, label, "", "", row.part, *texts)


def _relation(row: RelationChange, subject: str, object_: str) -> tuple[str, ...]:
    ends = (row.subject, subject, row.object, object_)
    return (row.change, row.relation, *ends, row.provenance, _said(row.before), _said(row.after))


def _said(said: Said | None) -> str:
    if said is None:
        return ""
    parts = [str(said.necessity)] if said.necessity else []
    parts += [f"level {said.level}"] if said.level else []
    parts += [f"rank {said.rank}"] if said.rank else []
    return ", ".join(parts)
