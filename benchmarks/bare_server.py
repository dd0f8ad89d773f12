"""The reference of what goes over HTTP: one Starlette route, a fixed answer, on the settings of `serve`."""

import sys

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def main(host: str, port: str, content: str) -> None:
    """Serve until stopped; the value is made JSON anew for every request, as ours is, and a text encoded."""
    value = orjson.loads(content)

    async def answer(request: Request) -> Response:
        if isinstance(value, str):
            return Response(value, media_type="text/turtle")
        return Response(orjson.dumps(value), media_type="application/json")

    app = Starlette(routes=[Route("/", answer, methods=["GET", "POST"])])
    uvicorn.run(app, host=host, port=int(port), access_log=False, log_level="warning", server_header=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
