"""Built files of the pages: hashed names, precompressed, served for ever."""

from pathlib import Path
from typing import Final

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

STATIC: Final = Path(__file__).parent / "static"
_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".txt": "text/plain", ".svg": "image/svg+xml"}


def manifest(page: str) -> dict[str, str] | None:
    """The names of a page's built files; None when it has not been built."""
    try:
        names: dict[str, str] = orjson.loads((STATIC / page / "manifest.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    return names


async def static_file(request: Request) -> Response:
    """A built file, compressed when the client takes it; 404 for anything outside the folder."""
    path = (STATIC / request.path_params["path"]).resolve()
    if STATIC.resolve() not in path.parents or path.suffix not in _TYPES or not path.is_file():
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    accepted = request.headers.get("accept-encoding", "")
    for encoding, suffix in _ENCODINGS:
        compressed = path.with_name(path.name + suffix)
        if encoding in accepted and compressed.is_file():
            headers["Content-Encoding"] = encoding
            return FileResponse(compressed, headers=headers, media_type=_TYPES[path.suffix])
    return FileResponse(path, headers=headers, media_type=_TYPES[path.suffix])
