"""What one source says, gathered while its files are read.

Readers call the methods of `Facts` for every row, tens of thousands of times: plain dictionaries,
no object per row. What a source says twice is kept once; what it says in two ways is a finding.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from taxonomy.checks import remark
from taxonomy.ingest.manifest import Manifest, SourceFile
from taxonomy.model.concept import Kind, NoteKind, Provenance
from taxonomy.model.errors import BadInput, BadSource
from taxonomy.model.ids import COLLECTION_PREFIX, ESCO_PREFIX, concept_id, is_jobtech_id
from taxonomy.model.observation import Measure
from taxonomy.model.relation import Necessity, RelationKind

if TYPE_CHECKING:
    from taxonomy.model.finding import Finding


class Text(NamedTuple):
    """A definition as a source gives it; `source` when it quotes somebody else."""

    text: str
    source: str | None
    where: tuple[str, int]


class Edge(NamedTuple):
    """What is said of one relation beside its key."""

    necessity: Necessity | None
    level: int | None
    rank: int | None
    where: tuple[str, int]


EdgeKey = tuple[RelationKind, str, str, Provenance]


class EdgeColumns(NamedTuple):
    """Native relations by the hundred thousand: columns of one length, the first row is row 2 of the file."""

    file: str
    kinds: Sequence[RelationKind]
    subjects: Sequence[str]
    objects: Sequence[str]
    necessities: Sequence[Necessity | None]


class Denial(NamedTuple):
    """A reviewer's statement that a mapping is wrong: of one kind, or of whatever kind (`None`)."""

    kind: RelationKind | None
    subject: str
    object: str
    where: tuple[str, int]


class NamedEdge(NamedTuple):
    """A relation whose object is named by its label and not by its id; `turned`, from the object to us."""

    kind: RelationKind
    subject: str
    object_kind: Kind
    object_label: str
    provenance: Provenance
    necessity: Necessity | None
    rank: int | None
    where: tuple[str, int]
    turned: bool = False


class CodedEdge(NamedTuple):
    """A native relation whose ends are named by codes of one kind."""

    relation: RelationKind
    kind: Kind
    system: str
    subject: str
    object: str
    rank: int | None
    where: tuple[str, int]


class Value(NamedTuple):
    """An observation: `what` is a number, a word, or None for a suppressed value."""

    subject: str
    measure: Measure
    region: str | None
    what: int | str | None
    period: str
    where: tuple[str, int]


class CodedValue(NamedTuple):
    """An observation of an SSYK group that is named by its code; the subject of `value` is not set.

    `additive`: that of a group is the sum of those of its parts.
    """

    code: str
    system: str
    value: Value
    additive: bool


class CodedLabel(NamedTuple):
    """A label of a concept that is named by its kind and a code."""

    kind: Kind
    system: str
    code: str
    label: str
    where: tuple[str, int]


class Facts:
    """All statements of one source: dictionaries by concept id, and findings."""

    def __init__(self, manifest: Manifest) -> None:
        self.source = manifest.source.id
        self.locale = manifest.locale
        self.mapping = manifest.mapping
        self.period = manifest.source.period
        self.unit = manifest.unit
        self.kinds: dict[str, Kind] = {}
        self.defined: set[str] = set()
        self.preferred: dict[str, str] = {}
        self.other_labels: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.definitions: dict[str, Text] = {}
        self.notes: dict[str, list[tuple[NoteKind, str]]] = {}
        self.replaced_by: dict[str, tuple[str, ...]] = {}
        self.aliases: dict[str, str] = {}
        self.edges: dict[EdgeKey, Edge] = {}
        self.edge_columns: list[EdgeColumns] = []
        self.denials: list[Denial] = []
        self.named_edges: list[NamedEdge] = []
        self.coded_labels: list[CodedLabel] = []
        self.coded_edges: list[CodedEdge] = []
        self.values: list[Value] = []
        self.coded_values: list[CodedValue] = []
        self.mentions: dict[str, tuple[str, int]] = {}
        self.declared_kinds: set[Kind] = set()
        self.sentences_only = False
        self.findings: list[Finding] = []
        self.tallies: Counter[tuple[str, str]] = Counter()
        self.file = ""
        self.row = 0
        self._path = Path()
        self._defines: frozenset[Kind] | None = frozenset()
        self._stray_blanks: set[str] = set()

    def begin(self, file: SourceFile, path: Path) -> None:
        """The rows that follow come from `file`, which lies at `path`."""
        self.file, self.row, self._path, self._defines = file.path, 0, path, file.defines

    def found_in(self, path: Path) -> None:
        """The present file lies elsewhere: in an archive."""
        self._path = path

    def bad(self, message: str) -> BadSource:
        """The error to raise when the present row cannot be used."""
        return BadSource(f"{self._path}: {f'row {self.row}: ' if self.row else ''}{message}")

    def concept(self, id_: str, kind: Kind, label: object) -> None:
        """A concept is named, with its kind and perhaps its preferred label."""
        known = self.kinds.get(id_)
        if known is None:
            if not is_jobtech_id(id_) and not _is_curie(id_):
                what = "an ESCO URI" if ":" in id_ else "a JobTech id"
                self.remark("TX003", id_, f"{id_!r:.100} is not {what}")
                return
            self.kinds[id_] = kind
            self.mentions[id_] = (self.file, self.row)
        elif known != kind:
            self.remark("TX001", id_, f"{id_} is a {known} elsewhere and a {kind} here")
            return
        if self._defines is None or kind in self._defines:
            self.defined.add(id_)
        if label is not None and self.preferred.get(id_) != label:
            self._preferred_label(id_, label)

    def _preferred_label(self, id_: str, text: object) -> None:
        if not isinstance(text, str):
            raise self.bad(f"{id_}: the preferred label must be text, not {text!r:.60}")
        label = " ".join(text.split())
        if not label:
            return
        first = self.preferred.setdefault(id_, label)
        if first != label:
            self.remark("TX002", id_, f"{id_} is called {first!r} elsewhere and {label!r} here")
        elif label != text and id_ not in self._stray_blanks:
            self._stray_blanks.add(id_)
            self.remark("TX102", id_, f"the label {text!r} has stray blanks: taken as {label!r}")

    def code(self, id_: str, system: str, value: object) -> None:
        """A notation of a concept; raises `BadSource` for a number."""
        if not isinstance(value, str):
            raise self.bad(f"{id_}: {system} must be text, for codes have leading zeros, not {value!r:.60}")
        first = self.codes.setdefault(id_, {}).setdefault(system, value)
        if first != value:
            self.remark("TX015", id_, f"{id_} has the {system} {first!r} elsewhere and {value!r} here")

    def definition(self, id_: str, text: str, source: str | None = None) -> None:
        """A text that explains a concept; blanks and line ends around it are no part of it."""
        text = text.strip()
        if not text:
            return
        first = self.definitions.get(id_)
        if first is None:
            self.definitions[id_] = Text(text, source, (self.file, self.row))
        elif first.text != text:
            self.remark("TX015", id_, f"{id_} has another definition in {first.where[0]}: the first is kept")

    def note(self, id_: str, kind: NoteKind, text: str) -> None:
        """Something else that is said of a concept; nothing, if the text is blank."""
        text = text.strip()
        if text:
            self.notes.setdefault(id_, []).append((kind, text))

    def same_as(self, id_: str, uri: object) -> None:
        """A JobTech concept is an ESCO concept: what is said of the one is said of the other."""
        try:
            other = concept_id(uri if isinstance(uri, str) else "")
        except BadInput:
            other = None
        if other is None or not other.startswith(ESCO_PREFIX):
            self.remark("TX003", id_, f"{id_} is said to be {uri!r:.100}, which is not an ESCO URI")
            return
        first = self.aliases.setdefault(id_, other)
        if first != other:
            self.remark("TX015", id_, f"{id_} is {first} elsewhere and {other} here")

    def edge(
        self,
        key: EdgeKey,
        necessity: Necessity | None = None,
        level: int | None = None,
        rank: int | None = None,
    ) -> None:
        """A relation; said again with another level or necessity, the first statement is kept."""
        first = self.edges.get(key)
        if first is None:
            self.edges[key] = Edge(necessity, level, rank, (self.file, self.row))
        elif first.level != level or first.necessity != necessity:
            kind, subject, object_, _ = key
            message = f"{subject} {kind} {object_} has level {first.level} in {first.where[0]}, {level} here"
            self.remark("TX015", subject, message)

    def observe(self, id_: str, measure: Measure, region: str | None, what: int | str | None) -> None:
        """A value of a measure of a concept; `region` is an id, None where the source names none."""
        self.values.append(Value(id_, measure, region, what, self.period, (self.file, self.row)))

    def observe_code(
        self,
        code: str,
        system: str,
        measure: Measure,
        region: str | None,
        what: int | None,
        period: str | None = None,
        *,
        additive: bool = False,
    ) -> None:
        """A value of the SSYK group with a code; `period` is what the row states, if it states one."""
        value = Value("", measure, region, what, period or self.period, (self.file, self.row))
        self.coded_values.append(CodedValue(code, system, value, additive))

    def tally(self, code: str, what: str, count: int = 1) -> None:
        """One more of what is told once for the whole source, with its number in front."""
        if count:
            self.tallies[code, what] += count

    def remark(self, code: str, subject: str, message: str, count: int = 1) -> None:
        """A finding at the present row."""
        self.findings.append(
            remark(code, subject, message, file=self.file, row=row_text(self.row), count=count)
        )


def _is_curie(text: str) -> bool:
    try:
        return text.startswith((ESCO_PREFIX, COLLECTION_PREFIX)) and concept_id(text) == text
    except BadInput:
        return False


def row_text(row: int) -> str:
    """How a row is called in a finding: the first is 1, and 0 is the file as a whole."""
    return str(row) if row else ""
