"""Files of this package that are published as they are, for the namespace of a publication."""

from pathlib import Path
from typing import Final

from taxonomy.model.linked_data import DEFAULT_NAMESPACE
from taxonomy.rdf.iris import Publication

_HERE: Final = Path(__file__).parent


def vocabulary(publication: Publication) -> str:
    """Our vocabulary as Turtle: what `<namespace>vocabulary` should answer."""
    return _published("vocabulary.ttl", publication)


def shapes(publication: Publication) -> str:
    """What exports and documents keep to, as SHACL in Turtle."""
    return _published("shapes.ttl", publication)


def _published(name: str, publication: Publication) -> str:
    return (_HERE / name).read_text("utf-8").replace(DEFAULT_NAMESPACE, publication.namespace)
