"""The command line: verbs that parse, ask and print. Data on stdout, talk on stderr; exit 0, 1 or 2."""

import argparse
import os
import sys
from collections.abc import Sequence

from taxonomy.cli import check, load, query, releases, schema, search, serve, show
from taxonomy.model.errors import BadInput, BadSetting, TaxonomyError

_VERBS = (load, serve, check, releases, show, search, query, schema)

_EPILOG = """example:
  taxonomy load && taxonomy search sjuksköterska
  taxonomy run --data ../shared/data

exit status: 0 done, 1 failure or findings, 2 usage
Settings are read from the environment (TAXONOMY_STORE, TAXONOMY_CACHE, ...): docs/settings.md"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    arguments = parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
        return status
    except TaxonomyError as error:
        print(f"taxonomy: {error}", file=sys.stderr)
        return 2 if isinstance(error, BadInput | BadSetting) else 1
    except BrokenPipeError:
        # The reader of our output has had enough (`| head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("taxonomy: stopped", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """The whole command line, for `main` and for the test that compares it with the documentation."""
    top = argparse.ArgumentParser(
        prog="taxonomy",
        description="Occupations, skills and their classifications as a graph.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = top.add_subparsers(metavar="VERB", required=True)
    for module in _VERBS:
        module.add(verbs)
    return top
