"""`taxonomy query`: run a GraphQL operation without a server."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taxonomy.cli.options import add_release, opened, settings_of, verb
from taxonomy.cli.output import say
from taxonomy.model.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from taxonomy.cli.options import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verb(
        verbs,
        "query",
        "run a GraphQL operation, from a file or by its name, and print the answer as JSON",
        """taxonomy query OccupationSkills --variables '{"id": "bXNH_MNX_dUR", "first": 5}'""",
        run,
    )
    parser.add_argument("document", metavar="FILE|NAME", help="a file, - for stdin, or a named operation")
    parser.add_argument("--variables", metavar="JSON", help="default: the example of a named operation")
    parser.add_argument("--operation", metavar="NAME", help="which one, if the file has several operations")
    add_release(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; exit 1 when it has errors."""
    text, example = _document(arguments.document)
    variables = example if arguments.variables is None else _variables(arguments.variables)
    settings = settings_of(arguments)
    current = opened(arguments, settings)

    import orjson

    from taxonomy.compose import graphql_executor
    from taxonomy.gql.execute import Request

    request = Request(text, arguments.operation, variables)
    body = graphql_executor(settings).answer(request, current.snapshot, current.releases).body
    if arguments.variables is None and example:
        say(f"taxonomy: with the example's variables {json.dumps(example, ensure_ascii=False)}")
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_SERIALIZE_NUMPY
    sys.stdout.write(orjson.dumps(body, option=options).decode())
    return 1 if "errors" in body else 0


def _document(name: str) -> tuple[str, dict[str, Any]]:
    """The text of an operation, and the variables of its example."""
    from taxonomy.declarations import OPERATIONS

    if name == "-":
        return sys.stdin.read(), {}
    named = OPERATIONS / f"{name}.graphql"
    path = named if named.is_file() else Path(name)
    try:
        text = path.read_text("utf-8")
    except (OSError, ValueError):
        known = ", ".join(sorted(file.stem for file in OPERATIONS.glob("*.graphql")))
        raise BadInput(f"{name} is neither a text file nor one of the operations {known}") from None
    example = named.with_suffix(".json")
    return text, json.loads(example.read_text("utf-8")) if path == named and example.is_file() else {}


def _variables(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise BadInput(f"--variables is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise BadInput(f"--variables must be a JSON object, not {text:.60}")
    return value
