"""A process that publishes made-up releases, for tests to kill, freeze and cut off.

    python -m tests.neo4j.loader ADDRESS '{"size": 3000, "numbers": [2, 3]}'

It prints a line before each step, with `wait` it reads one too, and what the store said at the end. The
password comes in the environment, where nobody else sees it.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from taxonomy.model.errors import TaxonomyError
from taxonomy.store import neo4j_lock, neo4j_write
from taxonomy.store.neo4j_store import Neo4jStore
from tests.neo4j.generated import generated
from tests.store.contents import draft_of

PASSWORD = "PASSWORD_OF_THE_TEST"  # noqa: S105 the name of a variable


def main() -> None:
    """Publish one release after the other, each under a lock of its own."""
    address, options = sys.argv[1], json.loads(sys.argv[2])
    _hurry(options)
    store = Neo4jStore(address, user="neo4j", password=os.environ[PASSWORD], database="neo4j")
    sizes = {name: options[name] for name in ("renamed_every", "relations_each") if name in options}
    for number in options["numbers"]:
        content = generated(number, options["size"], **sizes)
        draft = draft_of(content)
        tell("begin", options)
        try:
            with store.lock():
                tell("locked", options)
                ordinal = store.stage(draft, content)
                tell("staged", options)
                tell(f"published {store.publish(ordinal).id}")
        except TaxonomyError as error:
            tell(f"{type(error).__name__}: {error}")
    store.close()


def tell(line: str, options: dict[str, Any] | None = None) -> None:
    """Print a line; then, if this is where the test wants it, wait for one."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    if options and line == options.get("wait"):
        sys.stdin.readline()


def _hurry(options: dict[str, Any]) -> None:
    """Put in force the waiting times of the test, and where the process is to freeze itself."""
    lock, write = vars(neo4j_lock), vars(neo4j_write)
    if "lock_seconds" in options:
        lock["LOCK_SECONDS"] = options["lock_seconds"]
        lock["_HEARTBEAT_SECONDS"] = options["lock_seconds"] / 6
    if "publish_seconds" in options:
        write["PUBLISH_SECONDS"] = options["publish_seconds"]
    if options.get("freeze_in_publication"):
        write["_point"] = _freezing(write["_point"])


def _freezing(point: Callable[..., Any]) -> Callable[..., Any]:
    def point_and_freeze(*arguments: Any) -> Any:
        found = point(*arguments)
        tell("publishing")
        os.kill(os.getpid(), signal.SIGSTOP)
        return found

    return point_and_freeze


if __name__ == "__main__":
    main()
