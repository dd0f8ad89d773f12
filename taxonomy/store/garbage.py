"""A pause for Python's garbage collector while hundreds of thousands of rows are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Rows make no cycles, and looking for some among half a million tuples takes a tenth of a load.

    May be nested. What a server has frozen stays frozen.
    """
    enabled = gc.isenabled()
    frozen = gc.get_freeze_count() > 0
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not frozen:
                # Moves the new rows to the oldest generation unseen: enabling alone would scan them all.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
