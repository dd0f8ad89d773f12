"""The table of checks over staged rows, and how they are run."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from taxonomy.checks import codes, esco, labels, mappings, observations, structure
from taxonomy.checks.staged import Staged
from taxonomy.model.finding import Finding

__all__ = ["CHECKS", "run"]


class Lint(NamedTuple):
    """A check over staged rows: the code of the remarks it makes, and the function that makes them."""

    code: str
    find: Callable[[Staged], Iterator[Finding]]


CHECKS: Sequence[Lint] = (
    Lint("TX101", labels.missing_preferred_label),
    Lint("TX103", labels.shared_label),
    Lint("TX104", labels.missing_locale),
    Lint("TX301", codes.malformed_code),
    Lint("TX302", codes.shared_code),
    Lint("TX303", codes.code_off_its_branch),
    Lint("TX401", structure.broader_cycle),
    Lint("TX402", structure.occupation_without_one_group),
    Lint("TX403", structure.deprecated_without_replacement),
    Lint("TX404", structure.bad_replacement),
    Lint("TX406", structure.odd_substitutability),
    Lint("TX408", structure.no_groups_at_all),
    Lint("TX409", esco.occupation_without_isco_group),
    Lint("TX410", esco.skill_without_type),
    Lint("TX501", mappings.several_exact_matches),
    Lint("TX502", mappings.contradictory_mappings),
    Lint("TX503", mappings.unmapped),
    Lint("TX504", mappings.exact_by_way_of_others),
    Lint("TX602", observations.percentiles_out_of_order),
    Lint("TX603", observations.impossible_value),
)


def run(staged: Staged) -> tuple[Finding, ...]:
    """The findings of all checks, in the order of the table."""
    return tuple(finding for lint in CHECKS for finding in lint.find(staged))
