"""`/concept/{id}`, and the publishers' own paths, which lead there."""

from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from taxonomy.declarations import OPERATIONS
from taxonomy.model.concept import ESCO_SKILL, OCCUPATION, SKILL
from taxonomy.model.errors import BadInput
from taxonomy.model.ids import ESCO_PREFIX, concept_id
from taxonomy.rdf.iris import concept_iri
from taxonomy.services.suggestions import suggestions
from taxonomy.web.answers import VARY, Document, Voice, answer, html, see_other, voice_of
from taxonomy.web.concept_view import Reader, concept_view, path_of
from taxonomy.web.guidance_view import guidance_view
from taxonomy.web.media import HTML, MEDIA, Medium, preferred, split
from taxonomy.web.problems import problem
from taxonomy.web.published import Press, Published
from taxonomy.web.skills_view import legend, skills_view
from taxonomy.web.templating import rendered

_QUESTIONS: Final = {
    OCCUPATION: "OccupationSkills",
    SKILL: "SkillOccupations",
    ESCO_SKILL: "SkillOccupations",
}
"""The named operation that goes on from a concept of a kind; from all others it is `Neighbourhood`."""


class Concepts:
    """The documents about concepts of the current release."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._operations = {path.stem: path.read_text("utf-8") for path in OPERATIONS.glob("*.graphql")}

    def routes(self) -> list[BaseRoute]:
        """Where they are."""
        return [
            Route("/concept/{id:path}", self.document),
            Route("/taxonomy/concept/{id:path}", self.mirrored),
            Route("/esco/{id:path}", self.of_esco),
        ]

    async def mirrored(self, request: Request) -> Response:
        """The path of a JobTech concept on its publisher's host."""
        return see_other(request, f"/concept/{request.path_params['id']}")

    async def of_esco(self, request: Request) -> Response:
        """The path of an ESCO concept on its publisher's host."""
        return see_other(request, f"/concept/{ESCO_PREFIX}{request.path_params['id']}")

    async def document(self, request: Request) -> Response:
        """The document about a concept, in any format; 404 with what may have been meant."""
        published = self._press.current()
        index = published.snapshot.index
        asked: str = request.path_params["id"]
        id_, medium = (asked, None) if asked in index else split(asked)
        number = index.get(id_)
        if number is None:
            return self._elsewhere(request, published, id_, medium)
        sources = published.documents.sources(number)
        document = Document(
            path_of(id_),
            [concept_iri(id_)],
            published.snapshot.release,
            sources,
            partial(published.documents.text, number, sources=sources),
            partial(self._page, published, number),
        )
        return await answer(request, document, medium, self._press.version)

    def _elsewhere(
        self, request: Request, published: Published, asked: str, medium: Medium | None
    ) -> Response:
        """301 for another name of a concept, else 404."""
        snapshot = published.snapshot
        number = published.aliases.get(asked)
        if number is None:
            try:
                number = snapshot.index.get(concept_id(asked))
            except BadInput:
                number = None
        if number is not None:
            ending = f".{medium.ending}" if medium else ""
            return see_other(request, path_of(snapshot.ids[number]) + ending, 301)
        meant = suggestions(snapshot, asked)
        if (medium or preferred(request.headers.get("accept", ""))) is HTML:
            return self._not_found(request, published, asked, meant)
        known = ", ".join(snapshot.ids[other] for other in meant)
        hint = f"; did you mean {known}?" if known else "; search by name in GraphQL"
        detail = f"release {snapshot.release.id} has no concept {asked!r:.100}{hint}"
        return problem("NOT_FOUND", detail, {"Vary": VARY})

    def _not_found(self, request: Request, published: Published, asked: str, meant: list[int]) -> Response:
        voice = voice_of(request)
        reader = Reader(published.snapshot, *voice)
        text = rendered(
            "not_found.html",
            voice.language,
            suffix=voice.suffix,
            asked=asked,
            found=[reader.link(number) for number in meant],
            graphql=self._graphql("Typeahead", {"text": asked}),
            release=published.snapshot.release,
        )
        return html(text, voice, {"Vary": VARY, "Cache-Control": "no-cache"}, 404)

    def _page(self, published: Published, number: int, voice: Voice) -> str:
        snapshot = published.snapshot
        reader = Reader(snapshot, *voice)
        id_, kind = snapshot.ids[number], snapshot.kind_of[number]
        said = guidance_view(reader, number)
        own = published.documents.sources(number)
        sources = [
            source for source in snapshot.release.draft.sources if source in own or source.id in said.sources
        ]
        question = _QUESTIONS.get(kind, "Neighbourhood")
        return rendered(
            "concept.html",
            voice.language,
            suffix=voice.suffix,
            view=concept_view(reader, number, sources),
            skills=skills_view(reader, number),
            guidance=said,
            legend=legend(voice.language),
            media=[medium for medium in MEDIA if medium is not HTML],
            id=id_,
            path=path_of(id_),
            canonical=published.publication.document(id_),
            json=published.documents.json(number),
            graphql=self._graphql(question, {"id": id_, "locale": voice.language.upper()}),
            release=snapshot.release,
        )

    def _graphql(self, operation: str, variables: dict[str, Any]) -> str:
        """GraphiQL with a named operation, filled in."""
        given = {"query": self._operations[operation], "variables": orjson.dumps(variables).decode()}
        return f"/graphql?{urlencode(given)}"
