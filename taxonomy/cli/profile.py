"""A person's profile on the command line: ids, URIs or whole names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxonomy.cli.options import add_format, add_release
from taxonomy.model.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from taxonomy.model.concept import Kind
    from taxonomy.services.profile import Profile
    from taxonomy.snapshot import Snapshot


def add_profile(parser: argparse.ArgumentParser) -> None:
    """`--skill`, `--occupation` and `--exclude`, with what every question has."""
    parser.add_argument(
        "--skill", metavar="ID|NAME", action="append", default=[], help="a skill held; may be repeated"
    )
    parser.add_argument(
        "--occupation",
        metavar="ID|NAME",
        action="append",
        default=[],
        help="an occupation held before, which counts through its skills; may be repeated",
    )
    parser.add_argument(
        "--exclude",
        metavar="ID|NAME",
        action="append",
        default=[],
        help="a skill or occupation that is not wanted; may be repeated",
    )
    add_release(parser)
    add_format(parser)


def profile_of(snapshot: Snapshot, arguments: argparse.Namespace) -> Profile:
    """The profile of the options; raises `BadInput` for a name that is unknown or has several meanings."""
    from taxonomy.services.profile import OCCUPATIONS, SKILLS, read_profile

    return read_profile(
        snapshot,
        [named(snapshot, text, SKILLS) for text in arguments.skill],
        [named(snapshot, text, OCCUPATIONS) for text in arguments.occupation],
        [named(snapshot, text, SKILLS | OCCUPATIONS) for text in arguments.exclude],
    )


def named(snapshot: Snapshot, text: str, kinds: frozenset[Kind]) -> str:
    """The id of what a text names: an id or URI as it is, else the one concept with exactly that name."""
    from taxonomy.model.concept import Locale
    from taxonomy.model.ids import concept_id
    from taxonomy.services.search import search

    try:
        if concept_id(text) in snapshot.index:
            return text
    except BadInput:
        pass  # no id: a name
    hits = search(snapshot, text, kinds=kinds, limit=20).hits
    same = {hit.concept for hit in hits if hit.text.casefold() == text.casefold()}
    # Who is called so in the first place goes before others that are called so, too.
    same = {number for number in same if _is_called(snapshot, number, text)} or same
    # One name in both schemes is one skill, for which the Swedish one stands.
    found = {int(snapshot.effective.stands_for[number]) for number in same}
    if len(found) == 1:
        return snapshot.ids[found.pop()]
    shown = sorted(found) if found else [hit.concept for hit in hits[:5]]
    near = "; ".join(
        f"{snapshot.ids[number]} {snapshot.label(number, Locale.SV)} ({snapshot.kind_of[number]})"
        for number in shown[:5]
    )
    if found:
        raise BadInput(f"{text!r} is the name of several concepts: give the id of one of {near}")
    raise BadInput(f"there is no {text!r} in {snapshot.release.id}{'; near it: ' + near if near else ''}")


def _is_called(snapshot: Snapshot, number: int, text: str) -> bool:
    return any(labels[number].casefold() == text.casefold() for labels in snapshot.labels.values())


def numbered(snapshot: Snapshot, text: str, kind: Kind) -> int:
    """The number of the concept of a kind that an id, a URI or a name means; raises `BadInput`."""
    from taxonomy.model.ids import concept_id

    number = snapshot.index[concept_id(named(snapshot, text, frozenset({kind})))]
    if snapshot.kind_of[number] != kind:
        raise BadInput(f"{text} is of the kind {snapshot.kind_of[number]}, not {kind}")
    return number
