"""Mappings of a release as SSSOM/TSV: a head about the mapping set, then one mapping a row.

https://mapping-commons.github.io/sssom/spec-formats-tsv/, its canonical form: slots and rows in the order
of the specification, what all rows share said once in the head.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from taxonomy.model.concept import Locale, Provenance
from taxonomy.model.errors import BadInput
from taxonomy.model.ids import ESCO_NAMESPACE, ESCO_PREFIX, JOBTECH_NAMESPACE
from taxonomy.model.linked_data import LICENCE_NOT_STATED
from taxonomy.model.mapping import MATCHES
from taxonomy.model.observation import NOT_STATED
from taxonomy.model.relation import RelationKind
from taxonomy.model.release import SourceVersion
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.skills import PROVENANCES

NAMESPACE: Final = "https://w3id.org/occupation-graph/mappings/"
PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "esco": ESCO_NAMESPACE,
        "jobtech": JOBTECH_NAMESPACE,
        "jobtechdev": "http://data.jobtechdev.se/",
        "set": NAMESPACE,
    }
)
"""The prefixes of our ids, the longest of one beginning first; skos and semapv are known to all readers."""

PREDICATES: Final[Mapping[RelationKind, str]] = MappingProxyType(
    {
        RelationKind.EXACT_MATCH: "skos:exactMatch",
        RelationKind.CLOSE_MATCH: "skos:closeMatch",
        RelationKind.BROAD_MATCH: "skos:broadMatch",
        RelationKind.NARROW_MATCH: "skos:narrowMatch",
        RelationKind.RELATED_MATCH: "skos:relatedMatch",
    }
)
LICENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
        "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    }
)
"""Where the terms stand, the fewest conditions first: what is under several may be given under the last."""

UNSAID: Final = "semapv:UnspecifiedMatching"
BY_CODE: Final = "semapv:LexicalMatching"

_CONDENSED: Final = (
    "subject_type",
    "subject_source",
    "subject_source_version",
    "object_type",
    "object_source",
    "object_source_version",
    "mapping_provider",
    "mapping_tool",
    "mapping_tool_version",
    "subject_match_field",
    "object_match_field",
)
"""What is said in the head if all rows say the same, as the specification demands."""

_PLAIN: Final = re.compile(r"[A-Za-zÅÄÖåäö][\w /.,;()<>+@&=~^_-]*(?::[^\s:][\w/.,;()+@&=~^_-]*)*")
_WORDS_OF_YAML: Final = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])


class SetFacts(NamedTuple):
    """What the publisher says of the mappings of a source; what is empty is not known.

    Sources are URIs, and versions those that the set was written for.
    """

    justification: str = UNSAID
    subject_source: str = ""
    subject_source_version: str = ""
    object_source: str = ""
    object_source_version: str = ""


class Row(NamedTuple):
    """One mapping: the slots of SSSOM that we fill, in its order."""

    subject_id: str
    subject_label: str
    predicate_id: str
    object_id: str
    object_label: str
    mapping_justification: str
    license: str
    subject_type: str
    subject_source: str
    subject_source_version: str
    object_type: str
    object_source: str
    object_source_version: str
    mapping_provider: str
    mapping_source: str
    mapping_tool: str
    mapping_tool_version: str
    subject_match_field: str
    object_match_field: str


class Head(NamedTuple):
    """What a mapping set says of itself: the slots of SSSOM that we fill, in its order."""

    mapping_set_id: str
    mapping_set_version: str
    mapping_set_source: Sequence[str]
    mapping_set_title: str
    license: str
    publication_date: date | None = None


def mapping_sets(snapshot: Snapshot) -> list[SourceVersion]:
    """The sources of a release that have mappings, by id."""
    used = {snapshot.sources[code] for kind in MATCHES for code in set(snapshot.edges(kind).source.tolist())}
    return sorted(source for source in snapshot.release.draft.sources if source.id in used)


def export(
    snapshot: Snapshot,
    facts: Mapping[str, SetFacts],
    tool_version: str,
    only: str | None = None,
    *,
    namespace: str = NAMESPACE,
) -> Iterator[str]:
    """The lines of an SSSOM/TSV file with all mappings of a release, or with those of one source.

    `namespace` begins the ids of the sets. Raises `BadInput` for a source without mappings, and for sources
    whose licences cannot be put into one.
    """
    sets = [source for source in mapping_sets(snapshot) if only is None or source.id == only]
    if not sets:
        known = ", ".join(source.id for source in mapping_sets(snapshot)) or "none"
        raise BadInput(f"there is no mapping set {only or 'at all'} in this release; there are {known}")
    about = {source.id: (source, facts.get(source.id, SetFacts())) for source in sets}
    rows = list(_rows(snapshot, about, tool_version))
    if len(sets) == 1:
        rows = [row._replace(license="", mapping_source="") for row in rows]
    return sssom(_head(snapshot, sets, namespace), rows, {**PREFIXES, "set": namespace})


def sssom(head: Head, rows: Iterable[Row], prefixes: Mapping[str, str] = PREFIXES) -> Iterator[str]:
    """The lines of an SSSOM/TSV file."""
    ordered = sorted(rows)
    shared = {name: values.pop() for name in _CONDENSED if len(values := _values(ordered, name)) == 1}
    columns = [name for name in Row._fields if name not in shared and any(_values(ordered, name))]
    said = {name: text for name, text in shared.items() if text}
    yield from _head_lines(head, said, ordered, prefixes)
    yield "\t".join(columns)
    places = [Row._fields.index(name) for name in columns]
    for row in ordered:
        yield "\t".join(_cell(row[place]) for place in places)


def _values(rows: Iterable[Row], name: str) -> set[str]:
    place = Row._fields.index(name)
    return {row[place] for row in rows}


# ---- from a release


def _head(snapshot: Snapshot, sets: Sequence[SourceVersion], namespace: str) -> Head:
    release, one = snapshot.release, sets[0]
    links = tuple(dict.fromkeys(source.url for source in sets if source.url))
    if len(sets) == 1:
        licence = licence_of(one)
        return Head(namespace + one.id, one.version or release.id, links, one.title, licence)
    title = f"Mappings of {release.draft.title}"
    when = release.published_at.date()
    return Head(f"{namespace}{release.id}", release.id, links, title, _common_licence(sets), when)


def licence_of(source: SourceVersion) -> str:
    """Where the terms of a source stand; a word of ours, if it states none."""
    if source.licence == NOT_STATED:
        return LICENCE_NOT_STATED
    if source.licence.startswith(("https://", "http://")):
        return source.licence
    return LICENCES.get(source.licence) or f"https://spdx.org/licenses/{source.licence}"


def _common_licence(sets: Sequence[SourceVersion]) -> str:
    used = {licence_of(source) for source in sets}
    if len(used) == 1:
        return used.pop()
    known = list(LICENCES.values())
    if not used <= set(known):
        raise BadInput(
            f"the mapping sets are under {', '.join(sorted(used))}: export one at a time, with --set"
        )
    return max(used, key=known.index)


def _rows(
    snapshot: Snapshot, about: Mapping[str, tuple[SourceVersion, SetFacts]], tool_version: str
) -> Iterator[Row]:
    for kind in MATCHES:
        edges = snapshot.edges(kind)
        columns = (edges.target.tolist(), edges.source.tolist(), edges.provenance.tolist())
        starts = edges.start.tolist()
        for subject in range(snapshot.count):
            for row in range(starts[subject], starts[subject + 1]):
                target, source, provenance = (column[row] for column in columns)
                known = about.get(snapshot.sources[source])
                if known:
                    derived = PROVENANCES[provenance] is Provenance.DERIVED
                    yield _row(snapshot, kind, (subject, target), known, tool_version if derived else "")


def _row(
    snapshot: Snapshot,
    kind: RelationKind,
    ends: tuple[int, int],
    known: tuple[SourceVersion, SetFacts],
    derived_by: str,
) -> Row:
    source, facts = known
    subject, target = ends
    notation = "skos:notation" if derived_by else ""
    # A set of which nothing is known but that we made it: we compare codes, and nothing else.
    justification = BY_CODE if derived_by and facts.justification == UNSAID else facts.justification
    return Row(
        *_named(snapshot, subject),
        PREDICATES[kind],
        *_named(snapshot, target),
        mapping_justification=justification,
        license=licence_of(source),
        subject_type="skos concept",
        subject_source=_curie(facts.subject_source),
        subject_source_version=facts.subject_source_version,
        object_type="skos concept",
        object_source=_curie(facts.object_source),
        object_source_version=facts.object_source_version,
        mapping_provider="" if derived_by else source.url,
        mapping_source=f"set:{source.id}",
        mapping_tool="occupation-graph" if derived_by else "",
        mapping_tool_version=derived_by,
        subject_match_field=notation,
        object_match_field=notation,
    )


def _named(snapshot: Snapshot, concept: int) -> tuple[str, str]:
    """Id and label of an end; the label is in the publisher's own language."""
    id_ = snapshot.ids[concept]
    esco = id_.startswith(ESCO_PREFIX)
    label = snapshot.label(concept, Locale.EN if esco else Locale.SV)
    return id_ if esco else f"jobtech:{id_}", label


def _curie(uri: str) -> str:
    """A URI as SSSOM wants it; nothing for one that is in none of our namespaces."""
    for prefix, namespace in PREFIXES.items():
        if uri.startswith(namespace):
            return f"{prefix}:{uri.removeprefix(namespace)}"
    return uri if uri.partition(":")[0] in PREFIXES else ""


# ---- text


def _head_lines(
    head: Head, shared: Mapping[str, str], rows: Sequence[Row], prefixes: Mapping[str, str]
) -> Iterator[str]:
    yield "#curie_map:"
    used = _prefixes(rows, shared)
    for prefix in sorted(prefixes.keys() & used):
        yield f"#  {prefix}: {_yaml(prefixes[prefix])}"
    for name, value in zip(head._fields[:-1], head[:-1], strict=True):
        if isinstance(value, str):
            yield f"#{name}: {_yaml(value)}"
        elif value:
            yield f"#{name}:"
            yield from (f"#  - {_yaml(item)}" for item in value)
    lists = [name for name in shared if name.endswith("_match_field")]
    yield from (f"#{name}: {_yaml(text)}" for name, text in shared.items() if name not in lists)
    if head.publication_date:
        yield f"#publication_date: {head.publication_date.isoformat()}"
    for name in lists:
        yield f"#{name}:"
        yield f"#  - {_yaml(shared[name])}"


def _prefixes(rows: Iterable[Row], shared: Mapping[str, str]) -> set[str]:
    references = ("subject_id", "object_id", "subject_source", "object_source", "mapping_source")
    return {
        text.partition(":")[0]
        for name in references
        for text in ({shared[name]} if name in shared else _values(rows, name))
    }


def _yaml(text: str) -> str:
    """A value in the head: as it is where YAML reads it as the same text, else in double quotes."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML and text == text.strip()
    return text if plain else json.dumps(text, ensure_ascii=False)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '"\t\n\r') else text
