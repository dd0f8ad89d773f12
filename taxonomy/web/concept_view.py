"""What the page of a concept shows: everything a reader asks of it, in the reader's language."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from taxonomy.model.concept import OCCUPATION, LabelRole, Locale, NoteKind, Scheme, facts_of
from taxonomy.model.ids import ConceptId, uri_of
from taxonomy.model.linked_data import part
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.model.release import SourceVersion
from taxonomy.rdf.descriptions import TITLES
from taxonomy.services import browse, crosswalk
from taxonomy.snapshot import Snapshot
from taxonomy.web import words

_MOST_TRAILS: Final = 12
_FIRST: Final = 24
"""Entries of a list that are seen at once."""
_MOST: Final = 400
"""Entries of a list that are on the page; the data have all."""
_SHORT_NOTES: Final = (NoteKind.SKILL_TYPE, NoteKind.REUSE_LEVEL, NoteKind.REGULATED_PROFESSION)
"""Notes that are a word of the publisher's, and no text."""
_LISTED: Final = (
    (RelationKind.OCCUPATION_FIELD, Direction.IN),
    (RelationKind.JOB_TITLE_OF, Direction.IN),
    (RelationKind.JOB_TITLE_OF, Direction.OUT),
    (RelationKind.KEYWORD_OF, Direction.IN),
    (RelationKind.KEYWORD_OF, Direction.OUT),
    (RelationKind.MEMBER_OF, Direction.OUT),
    (RelationKind.MEMBER_OF, Direction.IN),
    (RelationKind.ASSESSED_AS, Direction.IN),
)


class Text(NamedTuple):
    """A text, and its language."""

    text: str
    lang: str


class Link(NamedTuple):
    """A concept as others name it."""

    href: str
    text: str
    lang: str
    code: str
    kind: str


class Shown(NamedTuple):
    """A list under a heading: what is seen at once, what can be unfolded, and how much there is in all."""

    title: str
    first: Sequence[Link]
    rest: Sequence[Link]
    total: int


class Fact(NamedTuple):
    """A text under a heading, with its language and who says so."""

    title: str
    text: str
    lang: str
    source: str


class Names(NamedTuple):
    """What a concept is called in one language and role."""

    title: str
    lang: str
    texts: Sequence[str]


class Trail(NamedTuple):
    """One way down to the concept, in the classification that it goes through."""

    title: str
    steps: Sequence[Link]


class Mapping(NamedTuple):
    """A concept of another classification, and what it is to this one."""

    match: str
    link: Link
    provenance: str
    source: str


class Substitutes(NamedTuple):
    """The occupations of one level of substitutability, and what the level means."""

    level: int
    meaning: str
    links: Sequence[Link]


class Reader(NamedTuple):
    """A release, the language that it is read in, and what links end with."""

    snapshot: Snapshot
    language: str
    suffix: str = ""

    @property
    def locale(self) -> Locale:
        """The language, as labels have it."""
        return Locale(self.language)

    def text(self, concept: int) -> Text:
        """What a concept is called, and in which language that is."""
        snapshot = self.snapshot
        return Text(snapshot.label(concept, self.locale), snapshot.label_locale(concept, self.locale))

    def link(self, concept: int) -> Link:
        """A concept as others name it."""
        snapshot, text = self.snapshot, self.text(concept)
        kind = words.kind_word(snapshot.kind_of[concept], self.language)
        href = path_of(snapshot.ids[concept]) + self.suffix
        return Link(href, *text, snapshot.codes.get(concept, ""), kind)

    def shown(self, title: str, concepts: Sequence[int]) -> Shown:
        """A list of concepts."""
        links = [self.link(concept) for concept in concepts[:_MOST]]
        return Shown(title, links[:_FIRST], links[_FIRST:], len(concepts))

    def source(self, id_: str) -> str:
        """The title of a source."""
        sources = self.snapshot.release.draft.sources
        return next((source.title for source in sources if source.id == id_), id_)

    def scheme(self, scheme: Scheme) -> str:
        """The title of a classification."""
        swedish, english = TITLES[scheme]
        title = swedish if self.language == "sv" else english
        short = words.SCHEMES.get(scheme)
        return f"{title}, {short}" if short else title


class ConceptView(NamedTuple):
    """What the page of a concept shows, apart from its skills."""

    id: str
    uri: str
    kind: str
    scheme: str
    scheme_href: str
    title: Text
    other_titles: Sequence[Text]
    deprecated: bool
    replaced_by: Sequence[Link]
    replaces: Sequence[Link]
    names: Sequence[Names]
    codes: Sequence[tuple[str, str]]
    definitions: Sequence[Fact]
    notes: Sequence[Fact]
    facts: Sequence[Fact]
    trails: Sequence[Trail]
    below: Shown
    mappings: Sequence[Mapping]
    substitutes: Sequence[Substitutes]
    substituted_by: Sequence[Substitutes]
    lists: Sequence[Shown]
    sources: Sequence[SourceVersion]


def path_of(concept: str) -> str:
    """Where our document about a concept is, on this host."""
    return f"/concept/{part(concept)}"


def concept_view(reader: Reader, concept: int, sources: Sequence[SourceVersion]) -> ConceptView:
    """All of it."""
    snapshot, language = reader.snapshot, reader.language
    id_, scheme = snapshot.ids[concept], snapshot.scheme_of(concept)
    title = reader.text(concept)
    others = [Text(snapshot.labels[locale][concept], locale) for locale in Locale]
    below = snapshot.edges(RelationKind.BROADER, Direction.IN).of(concept)
    word = words.RELATIONS[RelationKind.BROADER, Direction.IN].in_(language)
    return ConceptView(
        id=id_,
        uri=uri_of(ConceptId(id_)),
        kind=words.kind_word(snapshot.kind_of[concept], language),
        scheme=reader.scheme(scheme),
        scheme_href=f"/scheme/{scheme}{reader.suffix}",
        title=title,
        other_titles=[other for other in others if other.text and other != title],
        deprecated=bool(snapshot.deprecated[concept]),
        replaced_by=[reader.link(other) for other in snapshot.replaced_by(concept)],
        replaces=[reader.link(other) for other in snapshot.replaces(concept)],
        names=list(_names(reader, concept)),
        codes=[(words.code_word(system), value) for system, value in snapshot.all_codes(concept)],
        definitions=list(_definitions(reader, concept)),
        notes=list(_notes(reader, concept, NoteKind.SCOPE)),
        facts=list(_notes(reader, concept, *_SHORT_NOTES)),
        trails=_trails(reader, concept),
        below=reader.shown(word, below),
        mappings=[_mapping(reader, row) for row in crosswalk.mappings(snapshot, concept)],
        substitutes=_substitutes(reader, concept, Direction.OUT),
        substituted_by=_substitutes(reader, concept, Direction.IN),
        lists=list(_lists(reader, concept)),
        sources=sources,
    )


def _names(reader: Reader, concept: int) -> Iterator[Names]:
    """All that it is called beside its preferred labels, those of the reader's language first."""
    locales = sorted(Locale, key=lambda locale: locale != reader.locale)
    for role in (LabelRole.ALTERNATIVE, LabelRole.HIDDEN):
        for locale in locales:
            texts = reader.snapshot.other_labels(concept, role, locale)
            if texts:
                title = words.ROLES[role].in_(reader.language)
                language = words.LANGUAGES[locale].in_(reader.language)
                yield Names(f"{title} ({language})", locale, texts)


def _definitions(reader: Reader, concept: int) -> Iterator[Fact]:
    """In the reader's language if there is one, and in the other one below it."""
    found = {reader.snapshot.definition(concept, locale): locale for locale in (reader.locale, *Locale)}
    for definition in found:
        if definition is not None:
            yield Fact("", definition.text, definition.locale, reader.source(definition.source))


def _notes(reader: Reader, concept: int, *kinds: NoteKind) -> Iterator[Fact]:
    for note in (note for note in reader.snapshot.notes(concept) if note.kind in kinds):
        title = words.NOTES[note.kind].in_(reader.language)
        yield Fact(title, note.text, note.locale, reader.source(note.source))


def _trails(reader: Reader, concept: int) -> list[Trail]:
    snapshot = reader.snapshot
    above = [
        *browse.broader(snapshot, concept),
        *snapshot.edges(RelationKind.OCCUPATION_FIELD).of(concept),
    ]
    steps = (_up(snapshot, first) for first in list(dict.fromkeys(above))[:_MOST_TRAILS])
    trails = [
        Trail(_trail_title(reader, numbers[0]), [reader.link(number) for number in reversed(numbers)])
        for numbers in steps
    ]
    return sorted(trails, key=lambda trail: -len(trail.steps))


def _up(snapshot: Snapshot, concept: int) -> list[int]:
    """A concept and those above it in its own classification, taking the first of several."""
    found = [concept]
    while True:
        above = browse.broader(snapshot, found[-1], snapshot.scheme_of(concept))
        following = next((number for number in above if number not in found), None)
        if following is None:
            return found
        found.append(following)


def _trail_title(reader: Reader, concept: int) -> str:
    kind = reader.snapshot.kind_of[concept]
    if facts_of(kind).scheme in (Scheme.JOBTECH, Scheme.ESCO):
        return words.kind_word(kind, reader.language)
    return reader.scheme(facts_of(kind).scheme)


def _lists(reader: Reader, concept: int) -> Iterator[Shown]:
    snapshot = reader.snapshot
    if snapshot.kind_of[concept] == OCCUPATION:
        groups = [row.group for row in crosswalk.isco_groups_of(snapshot, concept)]
        if groups:
            yield reader.shown(words.ISCO_GROUPS.in_(reader.language), groups)
    for way in _LISTED:
        found = snapshot.edges(*way).of(concept)
        if found:
            yield reader.shown(words.RELATIONS[way].in_(reader.language), found)


def _mapping(reader: Reader, row: browse.Row) -> Mapping:
    facts = row.facts(reader.snapshot)
    return Mapping(
        words.MATCHES[row.match or row.kind].in_(reader.language),
        reader.link(row.concept),
        facts.provenance,
        reader.source(facts.source),
    )


def _substitutes(reader: Reader, concept: int, direction: Direction) -> list[Substitutes]:
    """By falling level."""
    edges = reader.snapshot.edges(RelationKind.SUBSTITUTES, direction)
    by_level: dict[int, list[int]] = {}
    for row in edges.rows(concept):
        by_level.setdefault(int(edges.level[row]), []).append(int(edges.target[row]))
    return [
        Substitutes(level, _meaning(level, reader.language), [reader.link(other) for other in others[:_MOST]])
        for level, others in sorted(by_level.items(), reverse=True)
    ]


def _meaning(level: int, language: str) -> str:
    word = words.LEVELS.get(level)
    return "" if word is None else word.in_(language)
