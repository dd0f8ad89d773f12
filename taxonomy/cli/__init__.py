"""The command line: verbs that parse, ask and print. Data on stdout, talk on stderr; exit 0, 1 or 2.

A verb imports what it uses when it runs: `--help` takes a twentieth of a second.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from taxonomy.cli import (
    check,
    diff,
    export,
    fetch,
    gap,
    load,
    mappings,
    match,
    path,
    query,
    releases,
    schema,
    search,
    serve,
    show,
    sparql,
    transitions,
)
from taxonomy.cli.output import say
from taxonomy.model.errors import BadInput, BadSetting, TaxonomyError

if TYPE_CHECKING:
    from collections.abc import Sequence

_VERBS = (
    load,
    fetch,
    serve,
    check,
    releases,
    diff,
    show,
    search,
    match,
    transitions,
    gap,
    path,
    mappings,
    export,
    query,
    sparql,
    schema,
)

_EPILOG = """example:
  taxonomy run
  taxonomy load --data ../shared/data && taxonomy search sjuksköterska

exit status: 0 done, 1 failure or findings, 2 usage
settings: flags, else the environment (TAXONOMY_STORE, TAXONOMY_PORT, ...), else defaults: docs/settings.md"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    try:
        return _run(argv)
    except TaxonomyError as error:
        say(f"taxonomy: {error}")
        return 2 if isinstance(error, BadInput | BadSetting) else 1
    except BrokenPipeError:
        # The reader of our output has had enough (`| head -1`): that is no failure.
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        where = f"{error.filename}: " if error.filename else ""
        say(f"taxonomy: {where}{error.strerror or error}")
        return 1
    except KeyboardInterrupt:
        say("taxonomy: stopped")
        return 1


def parser() -> argparse.ArgumentParser:
    """The whole command line, for `main` and for the test that compares it with the documentation."""
    top = argparse.ArgumentParser(
        prog="taxonomy",
        description="Occupations, skills and their classifications as a graph.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    verbs = top.add_subparsers(metavar="VERB", required=True)
    for module in _VERBS:
        module.add(verbs)
    return top


def _run(argv: Sequence[str] | None) -> int:
    try:
        arguments = parser().parse_args(argv)
        status: int = arguments.run(arguments)
        return status
    finally:
        sys.stdout.flush()  # here and not at exit, where a closed pipe would be a traceback


def _drop_output() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from taxonomy.compose import program_version

        print(f"occupation-graph {program_version()}")
        parser.exit()
