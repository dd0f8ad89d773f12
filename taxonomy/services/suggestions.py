"""What somebody may have meant who asked for a concept that there is not."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

import numpy as np

from taxonomy.model.concept import Scheme
from taxonomy.services.search import search
from taxonomy.snapshot import Snapshot

_MOST_WRONG: Final = 2
"""Characters of an id that may be wrong."""
_LONGEST: Final = 80


def suggestions(snapshot: Snapshot, text: str, limit: int = 8) -> list[int]:
    """The concepts with nearly that id, with that code, or with that name: each once, the likeliest first.

    An id is nearly the same when at most two characters differ, or only in upper and lower case.
    """
    asked = text.strip()
    if not asked or len(asked) > _LONGEST:
        return []
    return list(islice(dict.fromkeys(_found(snapshot, asked, limit)), limit))


def _found(snapshot: Snapshot, text: str, limit: int) -> Iterator[int]:
    yield from _with_nearly_the_id(snapshot, text)
    codes = (snapshot.by_code.get((scheme, text)) for scheme in Scheme)
    yield from (concept for concept in codes if concept is not None)
    words = text.rpartition(":")[2].replace("_", " ").replace("-", " ").replace("/", " ")
    yield from (hit.concept for hit in search(snapshot, words, limit=limit).hits)


def _with_nearly_the_id(snapshot: Snapshot, text: str) -> Iterator[int]:
    """By rising number of wrong characters, then by number."""
    as_long = [number for number, id_ in enumerate(snapshot.ids) if len(id_) == len(text)]
    if not as_long or not text.isascii():
        return
    letters = "".join([snapshot.ids[number] for number in as_long]).lower().encode("ascii", "replace")
    table = np.frombuffer(letters, np.uint8).reshape(len(as_long), len(text))
    wrong = (table != np.frombuffer(text.lower().encode(), np.uint8)).sum(axis=1)
    near = np.flatnonzero(wrong <= _MOST_WRONG)
    yield from (as_long[row] for row in near[np.argsort(wrong[near], kind="stable")].tolist())
