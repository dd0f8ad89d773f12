"""Data lints: coded remarks on staged rows, each documented in `docs/checks.md`."""

from taxonomy.checks.catalogue import CATALOGUE, Check, remark
from taxonomy.checks.registry import CHECKS, run
from taxonomy.checks.staged import Staged, staged
from taxonomy.checks.suppress import Suppression, read_suppressions, suppress

__all__ = [
    "CATALOGUE",
    "CHECKS",
    "Check",
    "Staged",
    "Suppression",
    "read_suppressions",
    "remark",
    "run",
    "staged",
    "suppress",
]
