"""The releases as linked data: what is made once for each, from the shelf that requests are answered from."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final

from taxonomy.model.ids import JOBTECH_ID
from taxonomy.rdf.catalogue import Download
from taxonomy.rdf.dataset import Dataset
from taxonomy.rdf.documents import Documents
from taxonomy.rdf.formats import FORMATS
from taxonomy.rdf.iris import Publication
from taxonomy.rdf.statistics import Statistics, statistics
from taxonomy.services.shelf import Shelf
from taxonomy.snapshot import Snapshot

_ENDINGS: Final = {"rdfxml": "rdf"}
DOWNLOADS: Final[Mapping[str, str]] = MappingProxyType(
    {**{_ENDINGS.get(name, name): name for name in FORMATS}, "tsv": "sssom"}
)
"""The files that there are of each release: the end of the name, and the format."""
SSSOM_TYPE: Final = "text/tab-separated-values"


def media_type_of(ending: str) -> str:
    """The media type of a file of `DOWNLOADS`."""
    name = DOWNLOADS[ending]
    return FORMATS[name].media_type if name in FORMATS else SSSOM_TYPE


def listed_downloads() -> list[Download]:
    """The files as a catalogue lists them."""
    return [Download(ending, media_type_of(ending)) for ending in DOWNLOADS]


class Published:
    """One release as it is published."""

    def __init__(self, snapshot: Snapshot, publication: Publication) -> None:
        self.snapshot = snapshot
        self.publication = publication
        self.documents = Documents(Dataset(snapshot, publication))

    @cached_property
    def aliases(self) -> Mapping[str, int]:
        """Other ids of concepts: those of JobTech for what is ESCO's."""
        if JOBTECH_ID not in self.documents.dataset.tables.code_systems:
            return {}
        snapshot = self.snapshot
        return {
            value: concept
            for concept in range(snapshot.count)
            for system, value in snapshot.all_codes(concept)
            if system == JOBTECH_ID
        }


class Press:
    """Gives the releases of a shelf as they are published, under the names of one publication; thread-safe.

    `build` is the version of the program: what it makes of the same release may differ. `version` is all
    but the release that documents depend on.
    """

    def __init__(self, shelf: Shelf, publication: Publication, build: str) -> None:
        self.shelf = shelf
        self.publication = publication
        self.build = build
        self.version = " ".join((build, publication.namespace, publication.base_url, publication.contact))
        self._statistics: dict[str, Statistics] = {}
        self._current: Published | None = None

    def statistics(self, published: Published) -> Statistics:
        """How much a release says; found out when it is first asked for, in half a second, and kept."""
        id_ = published.snapshot.release.id
        found = self._statistics.get(id_)
        if found is None:
            found = self._statistics[id_] = statistics(published.documents.dataset)
        return found

    def current(self) -> Published:
        """The current release; raises `Unavailable` when there is none."""
        snapshot = self.shelf.current().snapshot
        found = self._current
        if found is None or found.snapshot is not snapshot:
            found = self._current = Published(snapshot, self.publication)
        return found

    def of(self, snapshot: Snapshot) -> Published:
        """A release that is open; what is found out about an older one is not kept."""
        current = self.current()
        return current if snapshot is current.snapshot else Published(snapshot, self.publication)
