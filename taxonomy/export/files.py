"""Files of exports: compressed by their ending, never half there, the same bytes every time."""

import gzip
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

_GZIP_LEVEL: Final = 6


def write_texts(path: Path, texts: Iterable[str]) -> None:
    """Write texts as UTF-8 into a file that appears when it is whole; `.gz` and `.zst` are compressed."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file, _compressed(path, file) as out:
            for text in texts:
                out.write(text.encode())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def ending(path: Path) -> str:
    """The ending of a file's name, that of a compression aside: `ttl` of `all.ttl.gz`."""
    suffixes = [suffix for suffix in path.suffixes if suffix not in _COMPRESSED]
    return suffixes[-1].removeprefix(".") if suffixes else ""


@contextmanager
def _compressed(path: Path, file: BinaryIO) -> Iterator[Any]:
    compress = _COMPRESSED.get(path.suffix)
    if compress is None:
        yield file
    else:
        with compress(file) as out:
            yield out


def _gzip(file: BinaryIO) -> Any:
    # Neither a name nor a time goes into the file.
    return gzip.GzipFile("", "wb", _GZIP_LEVEL, file, mtime=0)


def _zstd(file: BinaryIO) -> Any:
    import sys

    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.ZstdFile(file, "wb")


_COMPRESSED: Final[dict[str, Callable[[BinaryIO], Any]]] = {".gz": _gzip, ".zst": _zstd}
