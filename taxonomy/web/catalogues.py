"""The documents about the data set, its releases and its classifications."""

import re
from functools import partial
from itertools import chain
from typing import Final

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from taxonomy.model.concept import KINDS, Kind, Scheme, facts_of
from taxonomy.model.errors import NotFound, UnknownRelease
from taxonomy.model.release import Release
from taxonomy.rdf.catalogue import catalogue, void
from taxonomy.rdf.documents import scheme_iris
from taxonomy.snapshot import Snapshot
from taxonomy.web.answers import Document, Voice, answer, see_other
from taxonomy.web.catalogue_view import release_view, scheme_view
from taxonomy.web.concept_view import Reader
from taxonomy.web.media import HTML, MEDIA, Medium, split
from taxonomy.web.published import DOWNLOADS, Press, Published, listed_downloads
from taxonomy.web.templating import rendered

_ID: Final = re.compile(r"/(esco:[^/]+/[^/]+|[A-Za-z0-9]{4}_[A-Za-z0-9]{3}_[A-Za-z0-9]{3}(?=/|$))")
"""The first concept in the name of a node."""
_DATA_MEDIA: Final = [medium for medium in MEDIA if medium is not HTML]


class Catalogues:
    """The documents about the data set, each release and each classification."""

    def __init__(self, press: Press) -> None:
        self._press = press

    def routes(self) -> list[BaseRoute]:
        """Where they are."""
        return [
            Route("/catalog", self.catalogue),
            Route("/catalog.{ending}", self.catalogue),
            Route("/.well-known/void", self.current),
            Route("/releases/{release}", self.release),
            Route("/scheme/{scheme}", self.scheme),
            Route("/dataset", self.data_set),
            Route("/dataset/{hash}", self.data_set),
            Route("/graph/{graph}", self.current),
            Route("/kind/{kind}", self.kind),
            Route("/level/{scheme}/{level}", self.level),
            *(
                Route(f"/{sort}/{{name:path}}", self.node)
                for sort in ("mappings", "statement", "substitution")
            ),
        ]

    async def catalogue(self, request: Request) -> Response:
        """The data set and all its releases, in DCAT-AP-SE for portals."""
        published = self._press.current()
        _, medium = _split(f"catalog.{request.path_params.get('ending', '')}".rstrip("."))
        releases = self._press.shelf.current().releases
        publication = self._press.publication
        document = Document(
            "/catalog",
            [f"{publication.base_url}catalog#taxonomy"],
            published.snapshot.release,
            published.snapshot.release.draft.sources,
            lambda name: published.documents.writing.text(
                catalogue(publication, releases, listed_downloads()), name
            ),
            partial(self._catalogue_page, published, releases),
        )
        # A removed release changes it, and leaves the current one as it is.
        seen = "+".join(release.id for release in releases)
        return await answer(request, document, medium, f"{self._press.version}+{seen}")

    async def release(self, request: Request) -> Response:
        """One release, in VoID for crawlers."""
        id_, medium = _split(request.path_params["release"])
        snapshot = await self._opened(id_)
        published = self._press.of(snapshot)
        document = Document(
            f"/releases/{id_}",
            [published.documents.dataset.iri],
            snapshot.release,
            snapshot.release.draft.sources,
            partial(self._release_text, published),
            partial(self._release_page, published),
        )
        # Counting its statements takes half a second, once.
        await anyio.to_thread.run_sync(self._press.statistics, published)
        return await answer(request, document, medium, self._press.version)

    async def scheme(self, request: Request) -> Response:
        """One classification: its levels, and what is at its top."""
        name, medium = _split(request.path_params["scheme"])
        published = self._press.current()
        dataset = published.documents.dataset
        topics = scheme_iris(dataset, Scheme(name)) if name in set(Scheme) else []
        if not topics:
            known = ", ".join(sorted({facts_of(kind).scheme for kind in published.snapshot.kinds}))
            raise NotFound(f"there is no classification {name!r:.60}; there are {known}")
        scheme = Scheme(name)
        document = Document(
            f"/scheme/{scheme}",
            topics,
            published.snapshot.release,
            published.documents.scheme_sources(scheme),
            partial(published.documents.scheme, scheme),
            partial(self._scheme_page, published, scheme),
        )
        return await answer(request, document, medium, self._press.version)

    async def current(self, request: Request) -> Response:
        """What is asked of the data as a whole, the document about the current release answers."""
        return see_other(request, f"/releases/{self._press.current().snapshot.release.id}")

    async def data_set(self, request: Request) -> Response:
        """The data set, or a release by the name that its statements give it."""
        hash_ = request.path_params.get("hash")
        if hash_ is None:
            return see_other(request, "/catalog")
        for release in reversed(self._press.shelf.current().releases):
            if release.content_hash.startswith(hash_) and len(hash_) >= 8:
                return see_other(request, f"/releases/{release.id}")
        raise NotFound(f"no release has contents with the hash {hash_!r:.60}; /catalog lists the releases")

    async def kind(self, request: Request) -> Response:
        """A kind is told of with its classification."""
        kind = request.path_params["kind"]
        if kind not in KINDS and kind not in self._press.current().snapshot.kinds:
            raise NotFound(f"there is no kind {kind!r:.60}; there are {', '.join(KINDS)}")
        return see_other(request, f"/scheme/{facts_of(Kind(kind)).scheme}")

    async def level(self, request: Request) -> Response:
        """A level is told of with its classification."""
        return see_other(request, f"/scheme/{request.path_params['scheme']}")

    async def node(self, request: Request) -> Response:
        """A statement, a substitution or a mapping is told of with the concept that it begins at."""
        found = _ID.search(f"/{request.path_params['name']}")
        return await self.current(request) if found is None else see_other(request, f"/concept/{found[1]}")

    async def _opened(self, id_: str) -> Snapshot:
        shelf = self._press.shelf
        if id_ not in [release.id for release in shelf.current().releases]:
            raise UnknownRelease(f"there is no release {id_!r:.60}; /catalog lists those that there are")
        opened = shelf.opened(id_)
        return await anyio.to_thread.run_sync(shelf.open, id_) if opened is None else opened

    def _release_text(self, published: Published, name: str) -> str:
        release = published.snapshot.release
        blocks = void(published.documents.dataset, self._press.statistics(published), listed_downloads())
        about = catalogue(published.publication, self._press.shelf.current().releases, ())
        own = published.publication.release_document(release.id)
        found = [block for block in about if list(block.subjects) == [own]]
        return published.documents.writing.text(chain(found, blocks), name)

    def _catalogue_page(self, published: Published, releases: tuple[Release, ...], voice: Voice) -> str:
        reader = Reader(published.snapshot, *voice)
        return self._page(
            "catalogue.html",
            published,
            voice,
            "/catalog",
            releases=list(reversed(releases)),
            schemes=[
                (reader.scheme(scheme), f"/scheme/{scheme}{voice.suffix}")
                for scheme in Scheme
                if any(facts_of(kind).scheme is scheme for kind in published.snapshot.kinds)
            ],
        )

    def _release_page(self, published: Published, voice: Voice) -> str:
        release = published.snapshot.release
        view = release_view(Reader(published.snapshot, *voice), self._press.statistics(published))
        return self._page(
            "release.html", published, voice, f"/releases/{release.id}", view=view, endings=list(DOWNLOADS)
        )

    def _scheme_page(self, published: Published, scheme: Scheme, voice: Voice) -> str:
        dataset = published.documents.dataset
        view = scheme_view(Reader(published.snapshot, *voice), dataset.tables, scheme)
        return self._page(
            "scheme.html",
            published,
            voice,
            f"/scheme/{scheme}",
            view=view,
            sources=published.documents.scheme_sources(scheme),
            topics=scheme_iris(dataset, scheme),
        )

    def _page(self, template: str, published: Published, voice: Voice, path: str, **values: object) -> str:
        return rendered(
            template,
            voice.language,
            suffix=voice.suffix,
            path=path,
            media=_DATA_MEDIA,
            release=published.snapshot.release,
            **values,
        )


def _split(path: str) -> tuple[str, Medium | None]:
    name, medium = split(path)
    if medium is None and "." in path:
        known = ", ".join(medium.ending for medium in MEDIA)
        raise NotFound(f"there is no {path!r:.60} here; the endings are {known}")
    return name, medium
