"""Built files of the pages: hashed names, precompressed, served for ever."""

from pathlib import Path
from typing import Final

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from taxonomy.gql.negotiation import accepted

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
    path = _built(request.path_params["path"])
    if path is None:
        raise HTTPException(404)
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    taken = {name for name, quality in accepted(request.headers.get("accept-encoding", "")) if quality > 0}
    for encoding, suffix in _ENCODINGS:
        compressed = path.with_name(path.name + suffix)
        if encoding in taken and compressed.is_file():
            headers["Content-Encoding"] = encoding
            return FileResponse(compressed, headers=headers, media_type=_TYPES[path.suffix])
    return FileResponse(path, headers=headers, media_type=_TYPES[path.suffix])


def _built(name: str) -> Path | None:
    """The file of that name, if it is one of ours."""
    try:
        path = (STATIC / name).resolve()
        found = STATIC.resolve() in path.parents and path.suffix in _TYPES and path.is_file()
    except (OSError, ValueError):  # too long, a null byte, half a character
        return None
    return path if found else None
