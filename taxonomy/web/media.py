"""What documents can be given as, and which of it a request asks for."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

import mimeparse

from taxonomy.rdf.formats import FORMATS


class Medium(NamedTuple):
    """One way to give a document: its name, the ending of its address, its media type, its title."""

    name: str
    ending: str
    media_type: str
    title: str


TURTLE: Final = Medium("ttl", "ttl", FORMATS["ttl"].media_type, "Turtle")
JSON_LD: Final = Medium("jsonld", "jsonld", FORMATS["jsonld"].media_type, "JSON-LD")
RDF_XML: Final = Medium("rdfxml", "rdf", FORMATS["rdfxml"].media_type, "RDF/XML")
N_TRIPLES: Final = Medium("nt", "nt", FORMATS["nt"].media_type, "N-Triples")
HTML: Final = Medium("html", "html", "text/html", "HTML")
MEDIA: Final = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES, HTML)
"""All of them, the one that is given when a client does not care first."""
BY_ENDING: Final[Mapping[str, Medium]] = MappingProxyType({medium.ending: medium for medium in MEDIA})
_BY_TYPE: Final[Mapping[str, Medium]] = MappingProxyType(
    {
        # Of equal ones the library takes the last. These two are what clients ask for that are older than the
        # types: N-Triples were text/plain, and rdflib still says so.
        "text/plain": N_TRIPLES,
        "application/json": JSON_LD,
        **{medium.media_type: medium for medium in reversed(MEDIA)},
    }
)


@lru_cache(1024)
def preferred(accept: str) -> Medium | None:
    """What an `Accept` header prefers; None when it takes nothing of what there is.

    Without a header, and for one that cannot be read, it is Turtle: browsers always say what they take.

    >>> preferred("text/html,application/xhtml+xml,*/*;q=0.8").name
    'html'
    >>> preferred("application/rdf+xml;q=0.5, text/turtle;q=0.4").name, preferred("*/*").name
    ('rdfxml', 'ttl')
    >>> preferred("image/png")
    """
    try:
        best = mimeparse.best_match(list(_BY_TYPE), accept.lower() or "*/*")
    except mimeparse.MimeTypeParseException:
        return TURTLE
    return _BY_TYPE.get(best)


def split(path: str) -> tuple[str, Medium | None]:
    """The name in a path, and the medium that its ending asks for: `bXNH_MNX_dUR.ttl`."""
    name, _, ending = path.rpartition(".")
    medium = BY_ENDING.get(ending) if name else None
    return (path, None) if medium is None else (name, medium)
