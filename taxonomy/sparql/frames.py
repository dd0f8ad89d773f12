"""How a worker and its parent talk: frames of a JSON object and some bytes."""

import struct
from typing import Any, Final

import orjson

HEAD: Final = struct.Struct("!II")
"""The lengths of the JSON and of the bytes after it."""


def packed(facts: dict[str, Any], body: bytes | memoryview = b"") -> tuple[bytes, bytes | memoryview]:
    """A frame in two pieces: what comes before the bytes, and they."""
    text = orjson.dumps(facts)
    return HEAD.pack(len(text), len(body)) + text, body
