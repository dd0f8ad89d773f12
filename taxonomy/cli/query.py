"""`taxonomy query`: run a GraphQL operation without a server."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taxonomy.cli.options import settings_of, verb

if TYPE_CHECKING:
    from taxonomy.cli.options import Verbs


def add(verbs: "Verbs") -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "query",
        "run a GraphQL operation, from a file or by its name, and print the answer as JSON",
        """taxonomy query OccupationSkills --variables '{"id": "bXNH_MNX_dUR"}'""",
        run,
    )
    parser.add_argument("operation", metavar="FILE|NAME", help="a file, `-` for stdin, or the name of an operation")
    parser.add_argument("--variables", help="variables as JSON (default: the operation's example)")


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; exit 1 when it has errors."""
    import orjson  # noqa: PLC0415 only what a verb uses

    from taxonomy.compose import graphql_executor, open_shelf, open_store  # noqa: PLC0415
    from taxonomy.gql.execute import Request  # noqa: PLC0415

    text, example = _document(arguments.operation)
    variables = _variables(arguments.variables) if arguments.variables is not None else example
    settings = settings_of(arguments)
    current = open_shelf(settings, open_store(settings)).current()
    answer = graphql_executor(settings).answer(Request(text, None, variables), current.snapshot, current.releases)
    sys.stdout.write(orjson.dumps(answer.body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode())
    return 1 if "errors" in answer.body else 0


def _document(name: str) -> tuple[str, dict[str, Any]]:
    from taxonomy.declarations import OPERATIONS  # noqa: PLC0415 only what a verb uses
    from taxonomy.model.errors import BadInput  # noqa: PLC0415

    if name == "-":
        return sys.stdin.read(), {}
    named = OPERATIONS / f"{name}.graphql"
    path = named if named.is_file() else Path(name)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        known = ", ".join(sorted(file.stem for file in OPERATIONS.glob("*.graphql")))
        raise BadInput(f"{name!r} is neither a file nor one of the operations {known}") from None
    example = path.with_suffix(".json")
    return text, json.loads(example.read_text("utf-8")) if path == named and example.is_file() else {}


def _variables(text: str) -> dict[str, Any]:
    from taxonomy.model.errors import BadInput  # noqa: PLC0415 only what a verb uses

    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInput(f"--variables is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise BadInput("--variables must be a JSON object")
    return value
