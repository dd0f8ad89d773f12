"""Descriptions for those who find data before they read it: DCAT-AP-SE 3 for portals, VoID for crawlers.

https://docs.dataportal.se/dcat/en/ and https://www.w3.org/TR/void/; nothing in them is a blank node.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from taxonomy.export.sssom import LICENCES, licence_of
from taxonomy.model.linked_data import DCAT, DCT, FOAF, INTEGER, SKOS, TYPE, VCARD, VOID, XSD, address
from taxonomy.model.release import Release, SourceVersion
from taxonomy.rdf.columns import Block, Form, single
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.descriptions import source_block
from taxonomy.rdf.iris import Publication, prefixes
from taxonomy.rdf.statistics import Statistics
from taxonomy.rdf.turtle import Turtle

_EU: Final = "http://publications.europa.eu/resource/authority/"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_DATE_TIME: Final = f"{XSD}dateTime"
_TITLES: Final = (
    ("sv", "Yrken, kompetenser och deras klassifikationer"),
    ("en", "Occupations, skills and their classifications"),
)
_DESCRIPTIONS: Final = (
    (
        "sv",
        "Yrken och kompetenser ur Arbetsförmedlingens taxonomi med SSYK 2012, SUN, SNI och ISCO-08, och"
        " översättningarna till ESCO, som länkade data.",
    ),
    (
        "en",
        "Occupations and skills of the Swedish Public Employment Service's taxonomy with SSYK 2012, SUN, SNI"
        " and ISCO-08, and the mappings to ESCO, as linked data.",
    ),
)
_KEYWORDS: Final = (
    ("sv", ("yrken", "kompetenser", "SSYK", "ESCO", "arbetsmarknad")),
    ("en", ("occupations", "skills", "SSYK", "ESCO", "labour market")),
)


class Download(NamedTuple):
    """A file of a release: the end of its name (`ttl`, `nq.gz`) and its media type."""

    ending: str
    media_type: str


_Statement = tuple[str, Form, str, Sequence[str]]


def catalogue(
    publication: Publication, releases: Sequence[Release], downloads: Sequence[Download]
) -> list[Block]:
    """The DCAT-AP-SE description of the service and its releases, oldest first.

    `downloads` are the files that there are of each release, at `<base>releases/<id>/taxonomy.<ending>`.
    """
    return [
        _catalog(publication, releases),
        _publisher(publication),
        *_contact(publication),
        _dataset(publication, releases, downloads),
        _service(publication, releases),
        *chain.from_iterable(_versions(publication, releases)),
        *(_distribution(publication, releases[-1], download) for download in downloads if releases),
        *(_api(publication, release) for release in releases[-1:]),
    ]


def void(dataset: Dataset, counted: Statistics, downloads: Sequence[Download]) -> list[Block]:
    """The VoID description of a release: what it holds, in which graphs, and where files are."""
    publication, release = dataset.publication, dataset.snapshot.release
    files = [_file(publication, release, download) for download in downloads]
    known = {source.id: source for source in release.draft.sources}
    vocabularies = [
        namespace
        for namespace in sorted({*prefixes(publication).values()})
        if any(predicate.startswith(namespace) for predicate in counted.predicates)
    ]
    classes = [_part(dataset, "class", iri) for iri in counted.classes]
    properties = [_part(dataset, "property", iri) for iri in counted.predicates]
    about = single(
        dataset.iri,
        [
            (TYPE, Form.IRI, "", [f"{VOID}Dataset"]),
            *_texts(f"{DCT}title", _TITLES),
            *_texts(f"{DCT}description", _DESCRIPTIONS),
            (f"{DCT}issued", Form.TYPED, _DATE_TIME, [_when(release)]),
            (f"{DCT}license", Form.IRI, "", _licences(release.draft.sources)),
            *_number(f"{VOID}triples", counted.statements),
            *_number(f"{VOID}distinctSubjects", counted.subjects),
            *_number(f"{VOID}entities", counted.classes.get(f"{SKOS}Concept", 0)),
            *_number(f"{VOID}classes", len(counted.classes)),
            *_number(f"{VOID}properties", len(counted.predicates)),
            (f"{VOID}vocabulary", Form.IRI, "", vocabularies),
            (f"{VOID}dataDump", Form.IRI, "", files),
            (f"{VOID}subset", Form.IRI, "", [publication.graph(name) for name in counted.graphs]),
            (f"{VOID}classPartition", Form.IRI, "", classes),
            (f"{VOID}propertyPartition", Form.IRI, "", properties),
        ],
    )
    return [
        about,
        *(_graph(publication, name, known.get(name), count) for name, count in counted.graphs.items()),
        *_partitions(dataset, counted),
    ]


def _texts(predicate: str, texts: Sequence[tuple[str, str]]) -> Iterator[_Statement]:
    return ((predicate, Form.TEXT, locale, [text]) for locale, text in texts)


def _number(predicate: str, count: int) -> list[_Statement]:
    return [(predicate, Form.TYPED, INTEGER, [str(count)])]


def _when(release: Release) -> str:
    return release.published_at.isoformat(timespec="seconds")


def _licences(sources: Sequence[SourceVersion]) -> list[str]:
    """Where all the terms stand that the sources of a release are under, the fewest conditions first."""
    order = list(LICENCES.values())
    found = {address(licence_of(source)) for source in sources if source.licence}
    return sorted(found, key=lambda iri: (order.index(iri) if iri in order else len(order), iri))


# ---- DCAT


def _catalog(publication: Publication, releases: Sequence[Release]) -> Block:
    base = publication.base_url
    return single(
        f"{base}catalog",
        [
            (TYPE, Form.IRI, "", [f"{DCAT}Catalog"]),
            *_texts(f"{DCT}title", _TITLES),
            *_texts(f"{DCT}description", _DESCRIPTIONS),
            (f"{DCT}publisher", Form.IRI, "", [f"{publication.namespace}publisher"]),
            (f"{DCT}license", Form.IRI, "", [LICENCES["CC0-1.0"]]),
            (f"{DCT}language", Form.IRI, "", [f"{_EU}language/SWE", f"{_EU}language/ENG"]),
            (f"{DCT}issued", Form.TYPED, _DATE_TIME, [_when(release) for release in releases[:1]]),
            (f"{DCT}modified", Form.TYPED, _DATE_TIME, [_when(release) for release in releases[-1:]]),
            (f"{FOAF}homepage", Form.IRI, "", [base]),
            (f"{DCAT}themeTaxonomy", Form.IRI, "", [f"{_EU}data-theme"]),
            (f"{DCAT}dataset", Form.IRI, "", [f"{base}catalog#taxonomy"]),
            (f"{DCAT}service", Form.IRI, "", [f"{base}catalog#graphql"]),
        ],
    )


def _publisher(publication: Publication) -> Block:
    return single(
        f"{publication.namespace}publisher",
        [
            (TYPE, Form.IRI, "", [f"{FOAF}Agent"]),
            (f"{FOAF}name", Form.PLAIN, "", ["occupation-graph"]),
        ],
    )


def _contact_point(publication: Publication) -> list[str]:
    return [f"{publication.namespace}contact"] if publication.contact else []


def _contact(publication: Publication) -> Iterator[Block]:
    """Where users of the data can write to, if somebody has said so."""
    is_mail = publication.contact.startswith("mailto:")
    for iri in _contact_point(publication):
        yield single(
            iri,
            [
                (TYPE, Form.IRI, "", [f"{VCARD}Organization"]),
                (f"{VCARD}fn", Form.PLAIN, "", ["occupation-graph"]),
                (f"{VCARD}{'hasEmail' if is_mail else 'hasURL'}", Form.IRI, "", [publication.contact]),
            ],
        )


def _dataset(publication: Publication, releases: Sequence[Release], downloads: Sequence[Download]) -> Block:
    base = publication.base_url
    current = releases[-1:]
    licences = _licences([source for release in current for source in release.draft.sources])
    files = [_file(publication, release, download) for release in current for download in downloads]
    distributions = [*(f"{file}#file" for file in files), f"{base}graphql#api"]
    return single(
        f"{base}catalog#taxonomy",
        [
            (TYPE, Form.IRI, "", [f"{DCAT}Dataset"]),
            *_texts(f"{DCT}title", _TITLES),
            *_texts(f"{DCT}description", _DESCRIPTIONS),
            (f"{DCT}publisher", Form.IRI, "", [f"{publication.namespace}publisher"]),
            (f"{DCAT}contactPoint", Form.IRI, "", _contact_point(publication)),
            *((f"{DCAT}keyword", Form.TEXT, locale, words) for locale, words in _KEYWORDS),
            (f"{DCAT}theme", Form.IRI, "", [f"{_EU}data-theme/SOCI", f"{_EU}data-theme/EDUC"]),
            (f"{DCT}language", Form.IRI, "", [f"{_EU}language/SWE", f"{_EU}language/ENG"]),
            (f"{DCT}spatial", Form.IRI, "", [f"{_EU}country/SWE"]),
            (f"{DCT}accrualPeriodicity", Form.IRI, "", [f"{_EU}frequency/IRREG"]),
            (f"{DCT}accessRights", Form.IRI, "", [f"{_EU}access-right/PUBLIC"]),
            (f"{DCT}license", Form.IRI, "", licences),
            (f"{DCT}modified", Form.TYPED, _DATE_TIME, [_when(release) for release in current]),
            (f"{DCAT}version", Form.PLAIN, "", [release.id for release in current]),
            (f"{DCAT}hasVersion", Form.IRI, "", [_version(publication, release) for release in releases]),
            (f"{DCAT}distribution", Form.IRI, "", distributions),
        ],
    )


def _versions(publication: Publication, releases: Sequence[Release]) -> Iterator[list[Block]]:
    """Each release as a version of the data set, and what it was made from."""
    for number, release in enumerate(releases):
        before = releases[number - 1 : number] if number else ()
        yield [
            single(
                _version(publication, release),
                [
                    (TYPE, Form.IRI, "", [f"{DCAT}Dataset"]),
                    (f"{DCT}title", Form.PLAIN, "", [f"{release.draft.title} ({release.id})"]),
                    (f"{DCT}description", Form.PLAIN, "", [release.draft.note or release.draft.title]),
                    (f"{DCT}publisher", Form.IRI, "", [f"{publication.namespace}publisher"]),
                    (f"{DCT}license", Form.IRI, "", _licences(release.draft.sources)),
                    (f"{DCT}issued", Form.TYPED, _DATE_TIME, [_when(release)]),
                    (f"{DCAT}version", Form.PLAIN, "", [release.id]),
                    (f"{DCAT}isVersionOf", Form.IRI, "", [f"{publication.base_url}catalog#taxonomy"]),
                    (f"{DCAT}previousVersion", Form.IRI, "", [_version(publication, old) for old in before]),
                    (
                        f"{DCT}source",
                        Form.IRI,
                        "",
                        [publication.graph(source.id) for source in release.draft.sources],
                    ),
                ],
            )
        ]


def _version(publication: Publication, release: Release) -> str:
    return publication.release_document(release.id)


def _file(publication: Publication, release: Release, download: Download) -> str:
    return f"{_version(publication, release)}/taxonomy.{download.ending}"


def _distribution(publication: Publication, release: Release, download: Download) -> Block:
    file = _file(publication, release, download)
    return single(
        f"{file}#file",
        [
            (TYPE, Form.IRI, "", [f"{DCAT}Distribution"]),
            (f"{DCT}title", Form.PLAIN, "", [f"taxonomy.{download.ending}"]),
            (f"{DCT}format", Form.PLAIN, "", [download.media_type]),
            (f"{DCAT}mediaType", Form.IRI, "", [_MEDIA_TYPES + download.media_type]),
            (f"{DCAT}accessURL", Form.IRI, "", [file]),
            (f"{DCAT}downloadURL", Form.IRI, "", [file]),
            (f"{DCT}license", Form.IRI, "", _licences(release.draft.sources)[-1:]),
        ],
    )


def _api(publication: Publication, release: Release) -> Block:
    base = publication.base_url
    return single(
        f"{base}graphql#api",
        [
            (TYPE, Form.IRI, "", [f"{DCAT}Distribution"]),
            (f"{DCT}title", Form.PLAIN, "", ["GraphQL"]),
            (f"{DCT}format", Form.PLAIN, "", ["application/json"]),
            (f"{DCAT}accessURL", Form.IRI, "", [f"{base}graphql"]),
            (f"{DCAT}accessService", Form.IRI, "", [f"{base}catalog#graphql"]),
            (f"{DCT}license", Form.IRI, "", _licences(release.draft.sources)[-1:]),
        ],
    )


def _service(publication: Publication, releases: Sequence[Release]) -> Block:
    base = publication.base_url
    sources = [source for release in releases[-1:] for source in release.draft.sources]
    return single(
        f"{base}catalog#graphql",
        [
            (TYPE, Form.IRI, "", [f"{DCAT}DataService"]),
            (f"{DCT}title", Form.PLAIN, "", ["GraphQL API"]),
            (f"{DCT}publisher", Form.IRI, "", [f"{publication.namespace}publisher"]),
            (f"{DCT}license", Form.IRI, "", _licences(sources)[-1:]),
            (f"{DCT}accessRights", Form.IRI, "", [f"{_EU}access-right/PUBLIC"]),
            (f"{DCAT}contactPoint", Form.IRI, "", _contact_point(publication)),
            (f"{DCAT}endpointURL", Form.IRI, "", [f"{base}graphql"]),
            (f"{DCAT}servesDataset", Form.IRI, "", [f"{base}catalog#taxonomy"]),
        ],
    )


# ---- VoID


def _graph(publication: Publication, name: str, source: SourceVersion | None, count: int) -> Block:
    triples = single(publication.graph(name), _number(f"{VOID}triples", count))
    if source is None:
        return triples._replace(columns=[*_is_dataset(publication, name).columns, *triples.columns])
    about = source_block(publication, source)
    return about._replace(columns=[*about.columns, *triples.columns])


def _is_dataset(publication: Publication, name: str) -> Block:
    return single(publication.graph(name), [(TYPE, Form.IRI, "", [f"{VOID}Dataset"])])


def _part(dataset: Dataset, sort: str, iri: str) -> str:
    """The name of the part of a release that has a class or a property, after that one's last word."""
    shortened = Turtle(dataset.publication).name(iri).replace(":", "-").strip("<>")
    return f"{dataset.iri}/{sort}/{address(shortened)}"


def _partitions(dataset: Dataset, counted: Statistics) -> Iterator[Block]:
    for iri, count in counted.classes.items():
        said = [(f"{VOID}class", Form.IRI, "", [iri]), *_number(f"{VOID}entities", count)]
        yield single(_part(dataset, "class", iri), said)
    for iri, count in counted.predicates.items():
        said = [(f"{VOID}property", Form.IRI, "", [iri]), *_number(f"{VOID}triples", count)]
        yield single(_part(dataset, "property", iri), said)
