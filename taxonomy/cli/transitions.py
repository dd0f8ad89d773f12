"""`taxonomy transitions`: occupations within reach of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxonomy.cli.guidance import DEMAND, add_region, demand_of, region_of
from taxonomy.cli.options import add_first, opened, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.cli.profile import add_profile, numbered, profile_of

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "transitions",
        "rank the occupations within reach of one",
        "taxonomy transitions bXNH_MNX_dUR --first 5",
        run,
    )
    parser.add_argument("origin", metavar="ID|NAME", help="the occupation to come from")
    add_profile(parser)
    add_first(parser, "occupations", 10)
    add_region(parser, "add the outlook there as two columns")


def run(arguments: argparse.Namespace) -> int:
    """Print the occupations."""
    snapshot = opened(arguments, settings_of(arguments)).snapshot

    from taxonomy.model.concept import OCCUPATION, Locale
    from taxonomy.services.match import Matcher
    from taxonomy.services.profile import NOBODY
    from taxonomy.services.transitions import Transitions, reached

    origin = numbered(snapshot, arguments.origin, OCCUPATION)
    given = arguments.skill or arguments.occupation or arguments.exclude
    profile = profile_of(snapshot, arguments) if given else NOBODY
    region = region_of(snapshot, arguments)
    matcher = Matcher(snapshot)
    found, _, coverage = reached(Transitions(snapshot), matcher, origin, profile)
    rows = [
        (
            snapshot.ids[one.occupation],
            snapshot.label(one.occupation, Locale.SV),
            round(one.score, 3),
            one.substitutability,
            *(len(part) for part in matcher.parted(one.occupation, coverage)),
            *(() if region is None else demand_of(snapshot, one.occupation, region)),
        )
        for one in found[: arguments.first]
    ]
    heads = ("id", "label", "score", "substitutability", "matched", "partly", "missing")
    write_rows((*heads, *(DEMAND if region is not None else ())), rows, arguments.format)
    say(f"{len(rows)} of {len(found)}; `taxonomy gap ID --occupation {snapshot.ids[origin]}` has more")
    return 0
