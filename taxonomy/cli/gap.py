"""`taxonomy gap`: what is between a profile and an occupation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxonomy.cli.options import opened, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.cli.profile import add_profile, numbered, profile_of

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "gap",
        "tell which skills of an occupation a person has, has in part, and lacks",
        "taxonomy gap bXNH_MNX_dUR --skill 'Java, programmeringsspråk'",
        run,
    )
    parser.add_argument("to", metavar="ID|NAME", help="the occupation")
    add_profile(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the needed skills: what is held first, then what closes most of the gap."""
    snapshot = opened(arguments, settings_of(arguments)).snapshot

    from taxonomy.model.concept import OCCUPATION, Locale
    from taxonomy.services.gap import skill_gap
    from taxonomy.services.match import Matcher
    from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES

    target = numbered(snapshot, arguments.to, OCCUPATION)
    profile = profile_of(snapshot, arguments)
    matcher = Matcher(snapshot)
    gap = skill_gap(matcher, target, profile, matcher.coverage(profile))
    effective = snapshot.effective
    rows = [
        (
            snapshot.ids[one.skill],
            snapshot.label(one.skill, Locale.SV),
            state,
            NECESSITIES[effective.necessity[one.row]].value,
            PROVENANCES[effective.provenance[one.row]].value,
            round(one.share, 3),
            round(one.gain, 4),
        )
        for state, part in zip(("matched", "partly", "missing"), gap.needed, strict=True)
        for one in part
    ]
    write_rows(("id", "label", "state", "necessity", "provenance", "share", "gain"), rows, arguments.format)
    label = snapshot.label(target, Locale.SV)
    say(f"{label}: score {gap.match.score:.3f}, {gap.closed:.0%} of the needed value is covered")
    return 0
