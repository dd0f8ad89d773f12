"""The web application: routes and middleware."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from taxonomy.declarations import OPERATIONS
from taxonomy.gql.endpoint import GraphQLEndpoint
from taxonomy.gql.execute import Executor
from taxonomy.model.errors import TaxonomyError
from taxonomy.services.shelf import Shelf, Watcher
from taxonomy.web.access_log import AccessLog
from taxonomy.web.catalogues import Catalogues
from taxonomy.web.concepts import Concepts
from taxonomy.web.downloads import Compression, Downloads
from taxonomy.web.explorer import explorer
from taxonomy.web.fixed_texts import fixed_texts
from taxonomy.web.pages import graphiql, landing
from taxonomy.web.problems import on_http_error, on_internal_error, on_taxonomy_error, problem
from taxonomy.web.published import Press
from taxonomy.web.sparql import SparqlEndpoint
from taxonomy.web.static_files import static_file

_FRESH: Final = {"Cache-Control": "no-store"}


def create_app(
    shelf: Shelf,
    watcher: Watcher,
    executor: Executor,
    press: Press,
    downloads: Downloads,
    sparql: SparqlEndpoint,
    *,
    max_body: int,
    max_waiting: int,
    build: str,
) -> Starlette:
    """The ASGI application over an open shelf; the watcher runs as long as the application does."""
    endpoint = GraphQLEndpoint(
        shelf,
        executor,
        partial(graphiql, examples()),
        max_body=max_body,
        max_waiting=max_waiting,
        build=build,
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        watcher.start()
        sparql.start()
        yield
        watcher.stop()
        downloads.close()
        sparql.close()

    return Starlette(
        routes=[
            Route("/", partial(_landing, shelf)),
            Route("/browse", partial(explorer, press.publication.contact)),
            Route("/graphql", endpoint),
            *sparql.routes(),
            Route("/health/live", live),
            Route("/health/ready", partial(_ready, shelf)),
            Route("/static/{path:path}", static_file),
            *Concepts(press).routes(),
            *downloads.routes(),
            *Catalogues(press).routes(),
            *fixed_texts(press.publication),
        ],
        middleware=_middleware(),
        exception_handlers={
            HTTPException: on_http_error,
            TaxonomyError: on_taxonomy_error,
            Exception: on_internal_error,
        },
        lifespan=lifespan,
    )


def _middleware() -> list[Middleware]:
    return [
        Middleware(AccessLog),
        Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Content-Type", "Accept", "If-None-Match"],
            expose_headers=["Content-Location", "ETag", "Link", "Retry-After", "Taxonomy-Release"],
            max_age=86400,
        ),
        Middleware(Compression, minimum_size=1000, compresslevel=5),
    ]


def examples() -> list[dict[str, str]]:
    """The named operations with their example variables, as GraphiQL's first tabs."""
    found = []
    for path in sorted(OPERATIONS.glob("*.graphql")):
        variables = path.with_suffix(".json")
        found.append(
            {
                "name": path.stem,
                "query": path.read_text("utf-8"),
                "variables": variables.read_text("utf-8") if variables.exists() else "{}",
            }
        )
    return found


async def live(request: Request) -> Response:
    """The process runs."""
    return JSONResponse({"status": "live"}, headers=_FRESH)


async def _landing(shelf: Shelf, request: Request) -> Response:
    return landing(shelf, request)


async def _ready(shelf: Shelf, request: Request) -> Response:
    """Whether there is a release to answer from, and whether the store can be reached."""
    try:
        release = shelf.current().snapshot.release
    except TaxonomyError as error:
        return problem(error.code, str(error))
    store = str(shelf.trouble or "reachable")
    return JSONResponse({"status": "ready", "release": release.id, "store": store}, headers=_FRESH)
