"""What is between a profile and an occupation."""

from typing import NamedTuple

from taxonomy.services.match import EXCLUDED, Match, Matcher, Parted
from taxonomy.services.profile import Coverage, Profile


class Gap(NamedTuple):
    """An occupation for a profile, its needed skills in three parts, and the rawScore of one who has all.

    `closed` in 0..1 is the share of the needed value that the profile covers, exclusions aside.
    """

    match: Match
    needed: Parted
    reachable: float
    closed: float


def skill_gap(matcher: Matcher, occupation: int, profile: Profile, coverage: Coverage) -> Gap:
    """The gap to an occupation: `missing` and `partly_matched` by what closes most of it first."""
    match = matcher.explained(occupation, profile, coverage)
    whole = float(matcher.reachable[occupation - matcher.occupations.start])
    covered = sum(term.value for term in match.terms if term.name != EXCLUDED)
    return Gap(match, matcher.parted(occupation, coverage), whole, covered / whole if whole else 0.0)
