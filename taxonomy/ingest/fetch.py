"""Fetching the publishers' files over HTTPS: each file whole and verified, or not at all.

A file is written beside its place and moved there when it is complete; `SHA256SUMS` in its folder says what
was fetched (`sha256sum -c` reads it). A file that is there as it was fetched is not fetched again.
"""

import base64
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from email.message import Message
from enum import StrEnum
from http.client import HTTPException
from pathlib import Path
from typing import IO, Final, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from taxonomy.ingest.manifest import Manifest
from taxonomy.model.errors import BadInput, BadSource

QUERY_FILES: Final = "https://data.jobtechdev.se/taxonomy/version/"
SUMS: Final = "SHA256SUMS"
LARGEST: Final = 200 << 20
"""Bytes of the largest file that is accepted: a hundred times the largest that there is."""

_PIECE: Final = 64 << 10
_LONGEST_WAIT: Final = 60.0
_GONE: Final = frozenset({404, 410})
_PASSING: Final = frozenset({408, 425, 429})

Progress = Callable[[str, int, int], None]


class Remote(NamedTuple):
    """A file to fetch, and where it goes."""

    url: str
    path: Path


class Patience(NamedTuple):
    """How often a file is tried, the seconds before the second try (doubled each time), and per read."""

    attempts: int = 4
    pause: float = 1.0
    timeout: float = 30.0


PATIENCE: Final = Patience()


class Result(StrEnum):
    """What came of one file."""

    FETCHED = "fetched"
    THERE = "already there"
    MISSING = "not published"


class Fetched(NamedTuple):
    """One file, and what its content was compared with."""

    path: Path
    result: Result
    size: int
    verified: str


class _Passing(Exception):
    """It may work when tried again; with the seconds that the server asks to wait."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        super().__init__(why)
        self.wait = wait


class _Missing(Exception):
    """There is no such file."""


def query_files(manifest: Manifest, version: int, data: Path, base: str = QUERY_FILES) -> list[Remote]:
    """JobTech's query files of a version: those that a manifest of another version names.

    Raises `BadInput` for a base that is no HTTP address.
    """
    if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).netloc:
        raise BadInput(f"{base!r} is no address: give one that begins with https://")
    folder = data / "jobtech" / f"v{version}"
    names = (Path(file.path) for file in manifest.files)
    return [
        Remote(f"{base.rstrip('/')}/{version}/query/{name.stem}/{name.name}", folder / name) for name in names
    ]


def fetch(files: Iterable[Remote], progress: Progress, patience: Patience = PATIENCE) -> Iterator[Fetched]:
    """Fetch files, in their order; what came of each.

    A file that the publisher does not have is no failure of the others. Raises `BadSource` when one cannot
    be fetched: those before it are kept, and a next run goes on from there.
    """
    wanted = list(files)
    for number, remote in enumerate(wanted):

        def tell(share: float, name: str = remote.path.name, done: int = number) -> None:
            progress(f"fetching {name}", round((done + share) * 1000), len(wanted) * 1000)

        tell(0.0)
        yield _fetched(remote, tell, patience)
    progress("fetching", len(wanted), len(wanted))


def _fetched(remote: Remote, tell: Callable[[float], None], patience: Patience) -> Fetched:
    path = remote.path
    sums = _read_sums(path.parent / SUMS)
    if path.is_file() and sums.get(path.name) == _sum_of(path):
        return Fetched(path, Result.THERE, path.stat().st_size, SUMS)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        body = _tried(remote, part, tell, patience)
        part.replace(path)
    except _Missing:
        return Fetched(path, Result.MISSING, 0, "")
    finally:
        part.unlink(missing_ok=True)
    _write_sums(path.parent / SUMS, {**_read_sums(path.parent / SUMS), path.name: body.sha256})
    return Fetched(path, Result.FETCHED, body.size, body.verified)


class _Body(NamedTuple):
    sha256: str
    size: int
    verified: str


def _tried(remote: Remote, part: Path, tell: Callable[[float], None], patience: Patience) -> _Body:
    for attempt in range(1, patience.attempts + 1):
        try:
            return _download(remote.url, part, tell, patience.timeout)
        except _Passing as error:
            if attempt == patience.attempts:
                raise BadSource(f"{remote.url}: {error}, {attempt} times; nothing was written") from error
            time.sleep(max(patience.pause * 2 ** (attempt - 1), error.wait))
    raise AssertionError("there is at least one attempt")


def _download(url: str, part: Path, tell: Callable[[float], None], timeout: float) -> _Body:
    request = Request(url, headers={"Accept-Encoding": "identity", "User-Agent": "occupation-graph"})  # noqa: S310 the scheme was looked at
    try:
        with urlopen(request, timeout=timeout) as answer, part.open("wb") as file:  # noqa: S310
            if urlsplit(url).scheme == "https" and urlsplit(answer.url).scheme != "https":
                raise BadSource(f"{url}: leads to {answer.url}, which is not encrypted: refused")
            body = _copied(answer, answer.headers, file, tell)
            file.flush()
            os.fsync(file.fileno())
    except HTTPError as error:
        raise _refused(url, error) from error
    except (URLError, HTTPException, ConnectionError, TimeoutError) as error:
        raise _Passing(f"the connection failed ({getattr(error, 'reason', None) or error!r})") from error
    _refuse_what_is_not_json(part)
    return body


def _refused(url: str, error: HTTPError) -> Exception:
    if error.code in _GONE:
        return _Missing(url)
    if error.code < 500 and error.code not in _PASSING:
        return BadSource(f"{url}: the server refuses it with status {error.code} {error.reason}")
    asked = error.headers.get("Retry-After", "")
    return _Passing(f"status {error.code}", min(float(asked), _LONGEST_WAIT) if asked.isdigit() else 0.0)


def _copied(answer: IO[bytes], headers: Message, file: IO[bytes], tell: Callable[[float], None]) -> _Body:
    """Copy the body; its hash and size, both compared with what the server says of them."""
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    stated = headers.get("Content-Length", "")
    length, size = int(stated) if stated.isdigit() else None, 0
    while piece := answer.read(_PIECE):
        size += len(piece)
        if size > LARGEST:
            raise BadSource(f"the file is larger than {LARGEST >> 20} MB, which none of them is")
        for digest in (sha256, md5):
            digest.update(piece)
        file.write(piece)
        tell(min(size / length, 1.0) if length else 0.5)
    if length is not None and size != length:
        raise _Passing(f"only {size} of {length} bytes came")
    verified = ["size"] if length is not None else []
    for name, expected, actual in _digests(headers, sha256.digest(), md5.digest()):
        if expected != actual:
            raise _Passing(f"what came is not what the server's {name} says")
        verified.append(name)
    return _Body(sha256.hexdigest(), size, ", ".join((*verified, "JSON")))


def _digests(headers: Message, sha256: bytes, md5: bytes) -> Iterator[tuple[str, bytes, bytes]]:
    """The checksums that a server gives: their name, their value, and what it should be."""
    for name in ("Repr-Digest", "Content-Digest", "Digest"):
        for item in headers.get(name, "").split(","):
            algorithm, _, value = item.strip().partition("=")
            if algorithm.lower() == "sha-256":
                yield name, _decoded(value.strip(":")), sha256
    if "Content-MD5" in headers:
        yield "Content-MD5", _decoded(headers["Content-MD5"]), md5
    tag = headers.get("ETag", "").strip('"')
    # Stores of the kind of S3 use the MD5 of a whole object; of others nobody knows what their tags are.
    if "x-amz-request-id" in headers and len(tag) == 32:
        yield "ETag", tag.lower().encode(), md5.hex().encode()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def _refuse_what_is_not_json(path: Path) -> None:
    """An error page with status 200 is no query file, and half of one is none either."""
    text = path.read_bytes()
    try:
        whole = isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        whole = False
    if not whole:
        raise _Passing(f"what came is not whole JSON ({text[:40]!r})")


# ---- what was fetched


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_sums(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return {}
    pairs = (line.split(maxsplit=1) for line in lines)
    return {pair[1].lstrip("*"): pair[0] for pair in pairs if len(pair) == 2}


def _write_sums(path: Path, sums: Mapping[str, str]) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text("".join(f"{value}  {name}\n" for name, value in sorted(sums.items())), "utf-8")
    part.replace(path)
