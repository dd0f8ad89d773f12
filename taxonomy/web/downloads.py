"""Whole releases as files: each written once, when it is first asked for, into a folder of the cache."""

import asyncio
import hashlib
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from taxonomy.export.files import write_texts
from taxonomy.export.sssom import export as export_sssom
from taxonomy.gql.http_input import is_known
from taxonomy.model.errors import NotFound, TaxonomyError, Unavailable, UnknownRelease
from taxonomy.model.release import Release
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.formats import export
from taxonomy.web.published import DOWNLOADS, Press, media_type_of

_PREFIX: Final = "/releases/"
_FORMAT: Final = 1
"""Raise it when files of the same release become others, for the sake of folders of earlier versions."""
_COMPRESSED: Final = {"gz": "application/gzip", "zst": "application/zstd"}
_PATIENCE: Final = 50.0
"""Seconds that a client waits for a file; proxies commonly give up after sixty."""
_ABANDONED: Final = 86_400.0


class Downloads:
    """The files of the releases of a shelf.

    Files are written one at a time, in a thread of their own, and appear when they are whole; who asks
    meanwhile waits. Processes may share the folder: at worst, each writes the same file once.
    """

    def __init__(self, press: Press, folder: Path) -> None:
        self._press = press
        self._folder = folder
        self._writer = ThreadPoolExecutor(1, "downloads")
        self._writing: dict[Path, Future[None]] = {}
        # Reentrant: what fails at once is done before anybody is told of it.
        self._lock = threading.RLock()

    def routes(self) -> list[BaseRoute]:
        """Where they are."""
        return [Route(f"{_PREFIX}{{release}}/taxonomy.{{ending}}", self.file)]

    def close(self) -> None:
        """Begin no more files."""
        self._writer.shutdown(wait=False, cancel_futures=True)

    async def file(self, request: Request) -> Response:
        """One file, whole or in ranges; 304 to those who have it, 503 while it takes too long to write."""
        release = self._release(request.path_params["release"])
        ending = request.path_params["ending"]
        media_type = _media_type(ending)
        path = self._folder_of(release) / f"taxonomy.{ending}"
        etag = (
            f'"{hashlib.blake2b(str(path.relative_to(self._folder)).encode(), digest_size=12).hexdigest()}"'
        )
        headers = {
            "ETag": etag,
            "Cache-Control": "public, max-age=86400",
            "Taxonomy-Release": release.id,
            "X-Content-Type-Options": "nosniff",
            "Link": f'<{_PREFIX}{release.id}>; rel="describedby"',
        }
        if is_known(etag, request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        if not path.is_file():
            await self._written(release, path, ending)
        return FileResponse(path, headers=headers, media_type=media_type)

    def _release(self, id_: str) -> Release:
        for release in self._press.shelf.current().releases:
            if release.id == id_:
                return release
        raise UnknownRelease(f"there is no release {id_!r:.60}; {_PREFIX[:-1]} are listed at /catalog")

    def _folder_of(self, release: Release) -> Path:
        """A folder of its own for all that can make a difference to the files."""
        press = self._press
        return self._folder / press.publication.edition(release, press.build, _FORMAT)

    async def _written(self, release: Release, path: Path, ending: str) -> None:
        with self._lock:
            future = self._writing.get(path)
            if future is None:
                future = self._writer.submit(self._write, release, path, ending)
                self._writing[path] = future
                future.add_done_callback(partial(self._done, path))
        try:
            # The writing goes on when nobody waits any more: the next one who asks will find it.
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(future)), _PATIENCE)
        except TimeoutError:
            raise Unavailable(f"{path.name} is being written: try again in a minute") from None

    def _done(self, path: Path, future: "Future[None]") -> None:
        with self._lock:
            self._writing.pop(path, None)

    def _write(self, release: Release, path: Path, ending: str) -> None:
        if path.is_file():
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_texts(path, self._texts(release, ending.partition(".")[0]))
        except TaxonomyError:
            raise
        except OSError as error:
            raise Unavailable(f"{path.name} cannot be written: {error.strerror or error}") from error
        self._tidy()

    def _texts(self, release: Release, ending: str) -> Iterator[str]:
        press, name = self._press, DOWNLOADS[ending]
        snapshot = press.shelf.open(release.id)
        names = press.publication
        if name == "sssom":
            lines = export_sssom(snapshot, names.sets, press.build, None, namespace=names.mapping_set(""))
            return (f"{line}\n" for line in lines)
        return export(Dataset(snapshot, names), name)

    def _tidy(self) -> None:
        """Remove what is of no release any more, and old: another store may share the cache."""
        known = {self._folder_of(release).name for release in self._press.shelf.current().releases}
        with suppress(OSError):
            for folder in self._folder.iterdir():
                if folder.name not in known and folder.stat().st_mtime < time.time() - _ABANDONED:
                    shutil.rmtree(folder, ignore_errors=True)


def _media_type(ending: str) -> str:
    name, _, compression = ending.partition(".")
    if name not in DOWNLOADS or (compression and compression not in _COMPRESSED):
        known = ", ".join(f"taxonomy.{ending}" for ending in DOWNLOADS)
        raise NotFound(f"there is no taxonomy.{ending[:20]}; there are {known}, each also as .gz and .zst")
    return _COMPRESSED.get(compression) or media_type_of(name)


class Compression:
    """Compresses answers on their way out, but no files: those have ranges, and `.gz` beside them."""

    def __init__(self, app: ASGIApp, minimum_size: int, compresslevel: int) -> None:
        self._plain = app
        self._compressed: ASGIApp = GZipMiddleware(app, minimum_size, compresslevel)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        is_file = scope["type"] == "http" and "/taxonomy." in scope["path"]
        await (self._plain if is_file else self._compressed)(scope, receive, send)
