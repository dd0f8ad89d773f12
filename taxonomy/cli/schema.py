"""`taxonomy schema`: the GraphQL schema as SDL."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from taxonomy.cli.options import verb
from taxonomy.cli.output import say

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(verbs, "schema", "print the GraphQL schema as SDL", "taxonomy schema > schema.graphql", run)
    parser.add_argument(
        "--check",
        action="store_true",
        help="print nothing; exit 1 when graphql/schema.graphql is not in step",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print or compare."""
    from taxonomy.declarations import SCHEMA
    from taxonomy.gql.schema import sdl

    if not arguments.check:
        sys.stdout.write(sdl())
        return 0
    if SCHEMA.is_file() and SCHEMA.read_text("utf-8") == sdl():
        return 0
    say(f"{SCHEMA} is not in step with the code: run `make schema`, and read the difference")
    return 1
