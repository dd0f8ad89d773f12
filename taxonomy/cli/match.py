"""`taxonomy match`: occupations for a profile, ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxonomy.cli.guidance import DEMAND, add_region, demand_of, region_of
from taxonomy.cli.options import add_first, opened, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.cli.profile import add_profile, profile_of

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "match",
        "rank occupations for a person's skills; exit 1 when none needs any of them",
        "taxonomy match --skill 'Java, programmeringsspråk' --occupation bXNH_MNX_dUR --first 5",
        run,
    )
    add_profile(parser)
    add_first(parser, "occupations", 10)
    add_region(parser, "add the outlook there as two columns")


def run(arguments: argparse.Namespace) -> int:
    """Print the occupations; exit 1 when there are none."""
    snapshot = opened(arguments, settings_of(arguments)).snapshot

    from taxonomy.model.concept import Locale
    from taxonomy.services.match import Matcher

    profile, region = profile_of(snapshot, arguments), region_of(snapshot, arguments)
    matcher = Matcher(snapshot)
    coverage = matcher.coverage(profile)
    numbers = matcher.ranked(profile, coverage, None)
    rows = []
    for number in numbers[: arguments.first].tolist():
        match, parts = matcher.explained(number, profile, coverage), matcher.parted(number, coverage)
        next_skill = snapshot.label(parts.missing[0].skill, Locale.SV) if parts.missing else None
        counts = tuple(len(part) for part in parts)
        label = snapshot.label(number, Locale.SV)
        demand = () if region is None else demand_of(snapshot, number, region)
        rows.append((snapshot.ids[number], label, round(match.score, 3), *counts, next_skill, *demand))
    heads = ("id", "label", "score", "matched", "partly", "missing", "first missing")
    write_rows((*heads, *(DEMAND if region is not None else ())), rows, arguments.format)
    if len(numbers) > len(rows):
        say(f"{len(rows)} of {len(numbers)}; --first shows more, `taxonomy gap ID` what is missing")
    return 0 if rows else 1
