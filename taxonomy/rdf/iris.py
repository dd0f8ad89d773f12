"""IRIs: the vocabularies of others, and what is named by us.

The subject of a statement is the publisher's URI. What has no URI of a publisher's (a substitution with its
level, a graph, a classification) is named below the namespace, as a function of what it says.
"""

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from taxonomy.export.sssom import SetFacts
from taxonomy.model.concept import ESCO_ISCO_LEVELS, ESCO_OCCUPATION, Kind, Scheme, facts_of
from taxonomy.model.ids import ESCO_NAMESPACE, JOBTECH_NAMESPACE, ConceptId, uri_of
from taxonomy.model.linked_data import (
    DC,
    DCAT,
    DCT,
    DEFAULT_NAMESPACE,
    ESCO_MODEL,
    ESCO_SKILLS,
    FOAF,
    MATCHES,
    OUR_WORDS,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SDMX_ATTRIBUTE,
    SDMX_CODE,
    SDMX_DIMENSION,
    SEMAPV,
    SKOS,
    SSSOM,
    VCARD,
    VOID,
    XKOS,
    XSD,
    part,
)
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import Release

MAPPINGS: Final = "mappings"
DERIVED: Final = "derived"
CLASSIFICATIONS: Final = "classifications"
OUR_GRAPHS: Final = (MAPPINGS, DERIVED, CLASSIFICATIONS)
"""The named graphs that are no source's."""
UNKNOWN: Final = "unknown"
"""The source of what no source says, which only made-up data has."""

_ESCO_SCHEMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ESCO_OCCUPATION: "occupations",
        "esco-skill": "skills",
        "esco-skill-group": "skills-hierarchy",
        **dict.fromkeys(ESCO_ISCO_LEVELS, "isco"),
    }
)
_COLLECTION: Final = "-collection"


class Publication(NamedTuple):
    """Under which names a release is published: our namespace, where its documents are, its mapping sets.

    Both addresses end with a slash. `sets` says of mapping sets what their manifests say; `contact` is where
    users of the data can write to, as a `mailto:` or web address, or nothing.
    """

    namespace: str = DEFAULT_NAMESPACE
    base_url: str = "http://127.0.0.1:8000/"
    sets: Mapping[str, SetFacts] = MappingProxyType({})
    contact: str = ""

    def edition(self, release: Release, *made: object) -> str:
        """A name for what is made of a release: another one for all that can make a difference to it.

        `made` says by what it is made: the version of the program, and that of the form.
        """
        said = (release.content_hash, release.draft, self.namespace, sorted(self.sets.items()), made)
        digest = hashlib.blake2b(json.dumps(said, default=str).encode(), digest_size=8).hexdigest()
        return f"{release.id}-{digest}"

    def word(self, name: str) -> str:
        """A term of our vocabulary."""
        return f"{self.namespace}vocabulary#{name}"

    def graph(self, name: str) -> str:
        """The named graph of a source, or one of `OUR_GRAPHS`."""
        return f"{self.namespace}graph/{part(name)}"

    def kind(self, kind: str) -> str:
        """The type of a concept, as its publisher calls it."""
        return f"{self.namespace}kind/{part(kind)}"

    def datatype(self, system: str) -> str:
        """The datatype of codes of a system."""
        return f"{self.namespace}datatype/{part(system)}"

    def scheme(self, kind: Kind) -> str:
        """The classification that concepts of a kind are in: ESCO's own URI, or one of ours."""
        own = _ESCO_SCHEMES.get(kind)
        return f"{ESCO_NAMESPACE}concept-scheme/{own}" if own else self.our_scheme(facts_of(kind).scheme)

    def our_scheme(self, scheme: Scheme) -> str:
        """The URI that we give a classification."""
        return f"{self.namespace}scheme/{scheme.value}"

    def level(self, kind: Kind) -> str:
        """The level of a classification that concepts of a kind are of."""
        facts = facts_of(kind)
        return f"{self.namespace}level/{facts.scheme.value}/{facts.level}"

    def mapping_set(self, source: str) -> str:
        """The set that the mappings of a source are, with the id that the SSSOM export gives it."""
        return f"{self.namespace}mappings/{part(source)}"

    def document(self, concept: str) -> str:
        """The address of our document about a concept."""
        return f"{self.base_url}concept/{part(concept)}"

    def scheme_document(self, scheme: Scheme) -> str:
        """The address of our document about a classification."""
        return f"{self.base_url}scheme/{scheme.value}"

    def release_document(self, release: str) -> str:
        """The address of our document about a release, which is its version of the data set as well."""
        return f"{self.base_url}releases/{release}"

    def predicate(self, kind: RelationKind, *, of_esco: bool) -> str:
        """The property that says a relation; `of_esco`: both ends are ESCO's."""
        if kind is RelationKind.BROADER:
            return f"{SKOS}broader"
        if kind in MATCHES:
            return MATCHES[kind]
        return ESCO_SKILLS[kind] if of_esco and kind in ESCO_SKILLS else self.word(OUR_WORDS[kind])


def concept_iri(concept: str) -> str:
    """The publisher's URI of a concept, safe to be written between angle brackets."""
    return uri_of(ConceptId(part(concept)))


def is_collection(kind: Kind) -> bool:
    """Whether the things of a kind gather concepts and are none themselves."""
    return kind.endswith(_COLLECTION)


PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dc": DC,
        "dcat": DCAT,
        "dct": DCT,
        "ec": f"{ESCO_NAMESPACE}concept-scheme/",
        "ei": f"{ESCO_NAMESPACE}isco/",
        "eo": f"{ESCO_NAMESPACE}occupation/",
        "es": f"{ESCO_NAMESPACE}skill/",
        "esco": ESCO_MODEL,
        "foaf": FOAF,
        "jt": JOBTECH_NAMESPACE,
        "owl": OWL,
        "prov": PROV,
        "qb": QB,
        "rdf": RDF,
        "rdfs": RDFS,
        "sdmx-attribute": SDMX_ATTRIBUTE,
        "sdmx-code": SDMX_CODE,
        "sdmx-dimension": SDMX_DIMENSION,
        "semapv": SEMAPV,
        "skos": SKOS,
        "sssom": SSSOM,
        "vcard": VCARD,
        "void": VOID,
        "xkos": XKOS,
        "xsd": XSD,
    }
)
"""What Turtle and RDF/XML abbreviate, beside our own names."""


def prefixes(publication: Publication) -> dict[str, str]:
    """All prefixes of a publication, sorted."""
    ours = {
        "og": publication.word(""),
        "graph": publication.graph(""),
        "kind": publication.kind(""),
        "scheme": f"{publication.namespace}scheme/",
        "code": publication.datatype(""),
    }
    return dict(sorted({**PREFIXES, **ours}.items()))
