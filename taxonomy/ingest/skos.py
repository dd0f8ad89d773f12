"""SKOS in any RDF format: concepts, labels, codes, hierarchy, mappings, and the terms of our own vocabulary.

What is read is one language of it, that of the manifest: a source in two languages is two manifests.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from rdflib import Dataset, Literal, URIRef
from rdflib.plugins.stores.memory import Memory
from rdflib.term import Node

from taxonomy.ingest.facts import Facts
from taxonomy.ingest.manifest import SourceFile
from taxonomy.model.concept import (
    ESCO_COLLECTION,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    Kind,
    Locale,
    NoteKind,
    Provenance,
    facts_of,
)
from taxonomy.model.errors import BadInput
from taxonomy.model.ids import concept_id
from taxonomy.model.linked_data import (
    COVERAGE_WORDS,
    DCT,
    DEFAULT_NAMESPACE,
    ESCO_MODEL,
    ESCO_SKILLS,
    ESCO_WORDS,
    MATCHES,
    METHODS,
    NECESSITY_WORDS,
    NOTE_WORDS,
    OUR_WORDS,
    OWL,
    PROV,
    QB,
    RDF,
    SKOS,
    TYPE,
)
from taxonomy.model.relation import Necessity, RelationKind

FORMATS: Final[Mapping[str, str]] = {
    "nt": "nt",
    "nq": "nquads",
    "ttl": "turtle",
    "trig": "trig",
    "rdf": "xml",
    "rdfxml": "xml",
    "xml": "xml",
    "jsonld": "json-ld",
}
"""The endings of files, and what rdflib calls their formats."""
_CLASSES: Final = (f"{SKOS}Concept", f"{SKOS}Collection")
_ESCO_KINDS: Final[Mapping[str, Kind]] = {
    f"{ESCO_MODEL}Occupation": ESCO_OCCUPATION,
    f"{ESCO_MODEL}Skill": ESCO_SKILL,
}
_SAYS: Final[Mapping[RelationKind, Necessity]] = {
    RelationKind.RELATED_SKILL: Necessity.RELATED,
    RelationKind.ESSENTIAL_SKILL: Necessity.ESSENTIAL,
    RelationKind.OPTIONAL_SKILL: Necessity.OPTIONAL,
}

_Said = dict[str, list[Node]]
_Subjects = dict[str, _Said]


def read_skos(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read SKOS. Options: `format`, if the file's ending does not say it; `kind`, of concepts that say none;
    `namespace` of our own vocabulary, if it is not the default one."""
    subjects = _parsed(path, file, facts)
    reader = _Reader(
        subjects, facts, file.options.get("namespace", DEFAULT_NAMESPACE), file.options.get("kind")
    )
    reader.read()


def _parsed(path: Path, file: SourceFile, facts: Facts) -> _Subjects:
    name = file.options.get("format", path.suffix.removeprefix("."))
    if name not in FORMATS:
        raise facts.bad(f"{name!r} is no RDF format: say format, one of {', '.join(FORMATS)}")
    if not path.is_file():
        raise facts.bad("there is no such file; see loaders/README.md")
    store = _Collected()
    try:
        Dataset(store=store, default_union=True).parse(path, format=FORMATS[name])
    except Exception as error:  # each of rdflib's parsers raises errors of its own
        raise facts.bad(f"is not {name}: {' '.join(str(error).split())[:200]}") from error
    return store.subjects


class _Collected(Memory):
    """What rdflib's parsers write into: statements by subject, without the indices of a graph."""

    def __init__(self) -> None:
        super().__init__()
        self.subjects: _Subjects = {}

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        """Keep a statement."""
        del context, quoted
        subject, predicate, value = triple
        values = self.subjects.setdefault(str(subject), {}).setdefault(str(predicate), [])
        values.append(value)


class _Reader:
    def __init__(self, subjects: _Subjects, facts: Facts, namespace: str, kind: str | None) -> None:
        self._subjects = subjects
        self._facts = facts
        self._namespace = namespace
        self._kind = kind
        self._ids: dict[str, str] = {}
        self._plain = {
            f"{SKOS}broader": RelationKind.BROADER,
            **{iri: kind for kind, iri in MATCHES.items()},
            **{iri: kind for kind, iri in ESCO_SKILLS.items()},
            **{self._word(word): kind for kind, word in OUR_WORDS.items()},
        }

    def read(self) -> None:
        """Concepts first, then what needs a node, then what is one triple."""
        for subject in sorted(self._subjects):
            self._concept(subject, self._subjects[subject])
        for subject in sorted(self._subjects):
            self._node(self._subjects[subject])
        for subject, id_ in sorted(self._ids.items()):
            self._relations(id_, self._subjects[subject])

    def _word(self, name: str) -> str:
        return f"{self._namespace}vocabulary#{name}"

    # ---- concepts

    def _concept(self, subject: str, said: _Said) -> None:
        types = {str(value) for value in said.get(TYPE, ())}
        kind = self._kind_of(said, types)
        if types.isdisjoint(_CLASSES) and kind != ESCO_COLLECTION:
            return
        try:
            id_ = concept_id(subject)
        except BadInput:
            self._facts.remark("TX003", subject, f"{subject!r:.100} is no URI of JobTech's or ESCO's")
            return
        if kind is None:
            raise self._facts.bad(f"{subject} does not say its kind: give the option kind")
        self._ids[subject] = id_
        preferred = self._texts(said, f"{SKOS}prefLabel")
        if len(preferred) > 1:
            shown = " and ".join(map(repr, preferred))
            self._facts.remark("TX002", id_, f"{id_} has the preferred labels {shown}")
        self._facts.concept(id_, kind, preferred[0] if preferred else None)
        self._other_labels(id_, said, preferred[:1])
        self._codes(id_, kind, said)
        self._more_texts(id_, said)
        self._deprecation(id_, said)

    def _kind_of(self, said: _Said, types: set[str]) -> Kind | None:
        prefix = f"{self._namespace}kind/"
        for value in sorted(map(str, said.get(f"{DCT}type", ()))):
            if value.startswith(prefix):
                return Kind(unquote(value.removeprefix(prefix)))
        known = next((kind for iri, kind in _ESCO_KINDS.items() if iri in types), None)
        return known or (Kind(self._kind) if self._kind else None)

    def _texts(self, said: _Said, predicate: str) -> list[str]:
        """The texts in our language, `sv-FI` among the Swedish ones, and those that do not say theirs."""
        found = []
        for value in said.get(predicate, ()):
            if isinstance(value, Literal):
                language = (value.language or self._facts.locale).partition("-")[0].lower()
                if language == self._facts.locale:
                    found.append(str(value))
                elif language not in set(Locale):
                    self._facts.tally("TX024", "texts are in languages that are not taken")
        return sorted(found)

    def _other_labels(self, id_: str, said: _Said, taken: list[str]) -> None:
        labels = []
        known = set(taken)
        for predicate in (f"{SKOS}altLabel", f"{SKOS}hiddenLabel"):
            texts = self._texts(said, predicate)
            new = [text for text in dict.fromkeys(texts) if text not in known]
            self._facts.tally("TX105", "labels repeat a stronger one: left out", len(texts) - len(new))
            known.update(new)
            labels.append(tuple(new))
        if any(labels):
            self._facts.other_labels[id_] = (labels[0], labels[1])

    def _codes(self, id_: str, kind: Kind, said: _Said) -> None:
        prefix, plain = f"{self._namespace}datatype/", []
        systems = set()
        for value in sorted(said.get(f"{SKOS}notation", ()), key=str):
            datatype = str(value.datatype or "") if isinstance(value, Literal) else ""
            if datatype.startswith(prefix):
                system = unquote(datatype.removeprefix(prefix))
                systems.add(system)
                self._facts.code(id_, system, str(value))
            else:
                plain.append(str(value))
        main = facts_of(kind).code_system
        if main and main not in systems:
            for code in plain:
                self._facts.code(id_, main, code)

    def _more_texts(self, id_: str, said: _Said) -> None:
        for text in self._texts(said, f"{SKOS}definition"):
            self._facts.definition(id_, text)
        for text in self._texts(said, f"{SKOS}scopeNote"):
            self._facts.note(id_, NoteKind.SCOPE, text)
        for kind, word in NOTE_WORDS.items():
            for text in self._texts(said, self._word(word)):
                self._facts.note(id_, kind, text)
        if self._facts.locale is Locale.SV:  # the barometer is Swedish
            covers = {str(value) for value in said.get(self._word(NOTE_WORDS[NoteKind.COVERAGE]), ())}
            for coverage, word in COVERAGE_WORDS.items():
                if self._word(word) in covers:
                    self._facts.note(id_, NoteKind.COVERAGE, coverage.value)
        if self._facts.locale is Locale.EN:  # ESCO's words are English
            for kind, (predicate, words) in ESCO_WORDS.items():
                values = {str(value) for value in said.get(predicate, ())}
                for word, iri in words.items():
                    if iri in values:
                        self._facts.note(id_, kind, word)

    def _deprecation(self, id_: str, said: _Said) -> None:
        flags = {str(value).lower() for value in said.get(f"{OWL}deprecated", ())}
        if flags & {"true", "1"}:
            others = (self._end(value) for value in said.get(f"{DCT}isReplacedBy", ()))
            self._facts.replaced_by[id_] = tuple(sorted(other for other in others if other))

    # ---- relations

    def _end(self, value: Node) -> str | None:
        """The id that a URI means; None for what is none of JobTech's or ESCO's."""
        try:
            return concept_id(str(value)) if isinstance(value, URIRef) else None
        except BadInput:
            return None

    def _node(self, said: _Said) -> None:
        types = {str(value) for value in said.get(TYPE, ())}
        if f"{QB}Observation" in types:
            self._facts.tally("TX027", "observations of the file are not taken")
        elif self._word("Substitution") in types:
            ends = (_one(said, self._word("substitute")), _one(said, self._word("substituteFor")))
            self._relation(RelationKind.SUBSTITUTES, ends, said, Provenance.NATIVE)
        elif self._word("Statement") in types:
            kind = self._plain.get(str(_one(said, f"{RDF}predicate")))
            if kind is not None:
                self._relation(kind, (_one(said, f"{RDF}subject"), _one(said, f"{RDF}object")), said, None)

    def _relation(
        self,
        kind: RelationKind,
        ends: tuple[Node | None, Node | None],
        said: _Said,
        otherwise: Provenance | None,
    ) -> None:
        """A relation that has a node of its own, with what the node says of it."""
        subject, other = (self._end(end) if end is not None else None for end in ends)
        method = str(_one(said, f"{PROV}wasGeneratedBy") or "")
        methods = {self._word(word): provenance for provenance, word in METHODS.items()}
        provenance = methods.get(method, otherwise)
        if subject is None or other is None or provenance is None:
            return
        words = {self._word(word): necessity for necessity, word in NECESSITY_WORDS.items()}
        necessity = words.get(str(_one(said, self._word("necessity")) or ""))
        level, rank = (_number(_one(said, self._word(name))) for name in ("level", "rank"))
        self._facts.edge((kind, subject, other, provenance), necessity, level, rank)

    def _relations(self, id_: str, said: _Said) -> None:
        for predicate, kind in self._plain.items():
            for other in self._ends(said, predicate):
                self._plain_relation(kind, id_, other)
        for other in self._ends(said, f"{SKOS}narrower"):
            self._plain_relation(RelationKind.BROADER, other, id_)
        for member in self._ends(said, f"{SKOS}member"):
            self._plain_relation(RelationKind.MEMBER_OF, member, id_)
        for scheme in self._ends(said, f"{SKOS}inScheme"):
            if self._facts.kinds.get(scheme) == ESCO_COLLECTION:
                self._plain_relation(RelationKind.MEMBER_OF, id_, scheme)

    def _ends(self, said: _Said, predicate: str) -> Iterator[str]:
        ends = (self._end(value) for value in said.get(predicate, ()))
        yield from sorted(end for end in ends if end)

    def _plain_relation(self, kind: RelationKind, subject: str, other: str) -> None:
        """A relation of one triple, unless a node has said more of it."""
        native = (kind, subject, other, Provenance.NATIVE)
        if native in self._facts.edges:
            return
        provenance = Provenance.MAPPING if kind in MATCHES else Provenance.NATIVE
        key = (kind, subject, other, provenance)
        if key not in self._facts.edges:
            self._facts.edge(key, _SAYS.get(kind))


def _one(said: _Said, predicate: str) -> Node | None:
    values = said.get(predicate)
    return min(values, key=str) if values else None


def _number(value: Node | None) -> int | None:
    text = str(value) if value is not None else ""
    return int(text) if text.isascii() and text.isdigit() else None
