"""`taxonomy path`: ways from one occupation to another."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NamedTuple

from taxonomy.cli.guidance import add_region, region_of
from taxonomy.cli.options import add_first, add_format, add_release, at_least_one, opened, settings_of, verb
from taxonomy.cli.output import say, write_rows
from taxonomy.cli.profile import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from taxonomy.cli.options import Verbs
    from taxonomy.services.career_steps import CareerStep
    from taxonomy.services.guidance import Outlook, Salary
    from taxonomy.snapshot import Snapshot

_HEADS = (
    *("path", "step", "id", "label", "cost", "skills", "substitutability", "education", "licence"),
    *("covered", "opportunities", "forecast", "median pay", "change"),
)


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "path",
        "find the cheapest ways from one occupation to another, in a few steps",
        "taxonomy path PQkQ_Dmk_ZF8 bXNH_MNX_dUR --region 'Norrbottens län'",
        run,
    )
    parser.add_argument("origin", metavar="FROM", help="the occupation to come from, by id or name")
    parser.add_argument("target", metavar="TO", help="the occupation to come to, by id or name")
    add_region(parser, "ask for demand there instead of in the country")
    parser.add_argument(
        "--max-steps", metavar="N", type=_steps, default=3, help="how many steps at most, 1 to 4 (3)"
    )
    add_first(parser, "paths", 3)
    add_release(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print a row for each step of each path."""
    snapshot = opened(arguments, settings_of(arguments)).snapshot

    from taxonomy.model.concept import OCCUPATION
    from taxonomy.services.career_paths import career_paths
    from taxonomy.services.career_steps import THOUSAND, CareerSteps

    origin = numbered(snapshot, arguments.origin, OCCUPATION)
    target = numbered(snapshot, arguments.target, OCCUPATION)
    region = region_of(snapshot, arguments)
    found = career_paths(
        CareerSteps(snapshot), origin, target, max_steps=arguments.max_steps, limit=arguments.first
    )
    shown = [
        (number, at, step, _Said.of(snapshot, step, region))
        for number, path in enumerate(found, 1)
        for at, step in enumerate(path.steps, 1)
    ]
    rows = [(number, at, *_cells(snapshot, step, said)) for number, at, step, said in shown]
    write_rows(_HEADS, rows, arguments.format)
    if not found:
        say("no path: it is one occupation")
        return 1
    costs = "; ".join(f"path {number} costs {path.cost / THOUSAND:g}" for number, path in enumerate(found, 1))
    say(f"{costs}. Pay is that of the SSYK group; where a cell is empty, no source says anything")
    for source in sorted({source for *_, said in shown for source in said.sources}):
        say(source)
    return 0


class _Said(NamedTuple):
    """What observations say of a step."""

    demand: Outlook | None
    before: Salary | None
    after: Salary | None

    @classmethod
    def of(cls, snapshot: Snapshot, step: CareerStep, region: int | None) -> _Said:
        from taxonomy.services.guidance import outlook, salary

        return cls(
            outlook(snapshot, step.target, region),
            salary(snapshot, step.origin),
            salary(snapshot, step.target),
        )

    @property
    def sources(self) -> Iterator[str]:
        """Who says what, of which period."""
        if self.demand:
            yield f"demand: {self.demand.source}, period {self.demand.period}"
        if self.after:
            yield f"pay: {self.after.source}, period {self.after.period}, unit {self.after.unit}"


def _cells(snapshot: Snapshot, step: CareerStep, said: _Said) -> tuple[object, ...]:
    from taxonomy.model.concept import Locale
    from taxonomy.services.career_steps import THOUSAND
    from taxonomy.services.guidance import pay_change

    _, skills, _, education, licence = (term / THOUSAND for term in step.terms)
    return (
        snapshot.ids[step.target],
        snapshot.label(step.target, Locale.SV),
        step.cost / THOUSAND,
        skills,
        step.substitutability,
        education,
        licence,
        round(step.covered, 3),
        said.demand and said.demand.opportunities,
        said.demand and said.demand.forecast,
        said.after and said.after.median,
        pay_change(said.before, said.after),
    )


def _steps(text: str) -> int:
    number = at_least_one(text)
    if number > 4:
        raise argparse.ArgumentTypeError(f"must be 1 to 4, not {number}")
    return number
