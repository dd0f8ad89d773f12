"""The snapshot: what services and adapters read."""

from collections.abc import Callable, Mapping
from itertools import chain, repeat
from threading import RLock
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from taxonomy.model.concept import Definition, Kind, LabelRole, Locale, Note, NoteKind, Scheme, facts_of
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.model.release import Release
from taxonomy.snapshot.arrays import Adjacency, Ints, Small, Texts
from taxonomy.snapshot.observations import Observations
from taxonomy.snapshot.search_index import SearchIndex

_T = TypeVar("_T")

_LOCALES: Final = tuple(Locale)

NOTE_KINDS: Final = tuple(NoteKind)
OTHER_ROLES: Final = (LabelRole.ALTERNATIVE, LabelRole.HIDDEN)


class Snapshot:
    """One release, immutable; concepts are numbers 0 to `count - 1`, contiguous per kind.

    What every request reads is a plain Python tuple or dict; the rest stays in the (memory-mapped) arrays.
    """

    __slots__ = (
        "_code",
        "_code_systems",
        "_definition",
        "_definition_sources",
        "_derived",
        "_deriving",
        "_lists",
        "_note",
        "_note_sources",
        "_ranges",
        "arrays",
        "by_code",
        "codes",
        "count",
        "deprecated",
        "effective",
        "ids",
        "index",
        "kind_of",
        "kinds",
        "labels",
        "observations",
        "relations",
        "release",
        "search",
        "sources",
    )

    def __init__(self, release: Release, arrays: Mapping[str, NDArray[Any]]) -> None:
        for array in arrays.values():
            array.flags.writeable = False
        self.release = release
        self.arrays = MappingProxyType(dict(arrays))
        self.ids: tuple[str, ...] = self._texts("id").decoded()
        self.count = len(self.ids)
        self.index: Mapping[str, int] = dict(zip(self.ids, range(self.count), strict=True))
        self.kinds = tuple(Kind(kind) for kind in self._texts("kinds").decoded())
        self._ranges = ranges(self.kinds, arrays["kind"])
        self.kind_of: tuple[Kind, ...] = tuple(
            chain.from_iterable(repeat(kind, len(numbers)) for kind, numbers in self._ranges.items())
        )
        self.deprecated: bytes = arrays["deprecated"].tobytes()
        self.labels: Mapping[Locale, tuple[str, ...]] = {
            locale: self._texts(f"label/{locale}").decoded() for locale in Locale
        }
        self._lists = {
            (role, locale): (arrays[f"{role}/{locale}/start"], self._texts(f"{role}/{locale}"))
            for role in OTHER_ROLES
            for locale in Locale
        }
        self._code_systems, self._code = self._texts("code/systems").decoded(), self._texts("code")
        self.codes: Mapping[int, str] = _main_codes(arrays, self._code)
        self._definition_sources = self._texts("definition/sources").decoded()
        self._definition = self._texts("definition")
        self._note_sources = self._texts("note/sources").decoded()
        self._note = self._texts("note")
        self.sources: tuple[str, ...] = self._texts("relation/sources").decoded()
        self.relations: Mapping[tuple[RelationKind, Direction], Adjacency] = {
            (kind, direction): Adjacency.from_arrays(f"relation/{kind}/{direction}", arrays)
            for kind in RelationKind
            for direction in Direction
        }
        self.by_code: Mapping[tuple[Scheme, str], int] = self._by_code()
        self.effective = EffectiveSkills.from_arrays(arrays)
        self.observations = Observations.from_arrays(arrays)
        self.search = SearchIndex.from_arrays(arrays)
        self._derived: dict[Any, Any] = {}
        self._deriving = RLock()

    def _by_code(self) -> dict[tuple[Scheme, str], int]:
        """The active concept of a scheme with a code: its main code if any has it, else any of its codes.

        Of several it is the first, so that JobTech's ISCO groups come before ESCO's.
        """
        found: dict[tuple[Scheme, str], int] = {}
        start = self.arrays["code/start"]
        owners = np.repeat(np.arange(self.count), np.diff(start)).tolist()
        for concept, code in chain(self.codes.items(), zip(owners, self._code.decoded(), strict=True)):
            if not self.deprecated[concept]:
                found.setdefault((self.scheme_of(concept), code), concept)
        return found

    def derived(self, make: Callable[["Snapshot"], _T]) -> _T:
        """What a service makes of this snapshot: made at the first call, kept with it. Safe for threads."""
        with self._deriving:
            if make not in self._derived:
                self._derived[make] = make(self)
            found: _T = self._derived[make]
            return found

    def _texts(self, name: str) -> Texts:
        return Texts.from_arrays(name, self.arrays)

    def kind_range(self, kind: Kind) -> range:
        """The numbers of the concepts of a kind; empty for a kind this release does not have."""
        return self._ranges.get(kind, range(0))

    def scheme_of(self, concept: int) -> Scheme:
        """The classification that a concept belongs to."""
        return facts_of(self.kind_of[concept]).scheme

    def label(self, concept: int, locale: Locale) -> str:
        """The preferred label in a language, else in Swedish, else in English; the id of one without any."""
        labels = self.labels
        return (
            labels[locale][concept]
            or labels[Locale.SV][concept]
            or labels[Locale.EN][concept]
            or self.ids[concept]
        )

    def label_locale(self, concept: int, locale: Locale) -> Locale:
        """The language of what `label` gives."""
        if self.labels[locale][concept]:
            return locale
        return Locale.SV if self.labels[Locale.SV][concept] else Locale.EN

    def other_labels(self, concept: int, role: LabelRole, locale: Locale) -> list[str]:
        """Alternative or hidden labels in exactly that language, sorted."""
        start, texts = self._lists[role, locale]
        return [texts[row] for row in range(start[concept], start[concept + 1])]

    def all_codes(self, concept: int) -> list[tuple[str, str]]:
        """(system, value) of all notations of a concept, sorted by system."""
        start, system = self.arrays["code/start"], self.arrays["code/system"]
        rows = range(start[concept], start[concept + 1])
        return [(self._code_systems[system[row]], self._code[row]) for row in rows]

    def definition(self, concept: int, locale: Locale) -> Definition | None:
        """The definition in a language, else in any; None where there is none."""
        start = self.arrays["definition/start"]
        rows = range(start[concept], start[concept + 1])
        if not rows:
            return None
        locales = self.arrays["definition/locale"]
        row = next((row for row in rows if _LOCALES[locales[row]] is locale), rows[0])
        source = self._definition_sources[self.arrays["definition/source"][row]]
        return Definition(_LOCALES[locales[row]], self._definition[row], source)

    def notes(self, concept: int) -> list[Note]:
        """What else the publishers say of a concept, sorted by kind, language and text."""
        start = self.arrays["note/start"]
        return [self._note_at(row) for row in range(start[concept], start[concept + 1])]

    def _note_at(self, row: int) -> Note:
        kind, locale, text, source = (
            self.arrays[f"note/{name}"][row] for name in ("kind", "locale", "text", "source")
        )
        return Note(NOTE_KINDS[kind], _LOCALES[locale], self._note[text], self._note_sources[source])

    def replaced_by(self, concept: int) -> list[int]:
        """The concepts that took the place of a deprecated one, by number."""
        return self._pairs("replaced_by", concept)

    def replaces(self, concept: int) -> list[int]:
        """The deprecated concepts whose place a concept took, by number."""
        return self._pairs("replaces", concept)

    def edges(self, kind: RelationKind, direction: Direction = Direction.OUT) -> Adjacency:
        """The relations of a kind, seen from their subjects (`OUT`) or from their objects (`IN`)."""
        return self.relations[kind, direction]

    def _pairs(self, name: str, concept: int) -> list[int]:
        start = self.arrays[f"{name}/start"]
        found: list[int] = self.arrays[f"{name}/target"][start[concept] : start[concept + 1]].tolist()
        return found


def ranges(kinds: tuple[Kind, ...], kind: Small) -> dict[Kind, range]:
    """The numbers of the concepts of each kind; `kind` is the sorted column of places in `kinds`."""
    ends = np.cumsum(np.bincount(kind, minlength=len(kinds))).tolist()
    return {name: range(start, end) for name, start, end in zip(kinds, [0, *ends], ends, strict=False)}


def _main_codes(arrays: Mapping[str, NDArray[Any]], values: Texts) -> dict[int, str]:
    """The main code of every concept that has one."""
    texts = values.decoded()
    owners, rows = arrays["code/main/concept"].tolist(), arrays["code/main/row"].tolist()
    return dict(zip(owners, (texts[row] for row in rows), strict=True))


class EffectiveSkills(NamedTuple):
    """The relation of occupations to skills with all its evidence; `snapshot.skills` says how it is made.

    Edges of occupation i are rows `start[i]` to `start[i + 1]`, evidence of row r is `evidence[r]` to
    `evidence[r + 1]`. `by_skill` is (start, row of the edge), `of_group` (start, skill). `stands_for` gives
    for an ESCO skill the Swedish skill that is the node in its place, for all else the concept itself.
    """

    stands_for: Ints
    start: Ints
    occupation: Ints
    skill: Ints
    provenance: Small
    necessity: Small
    weight: NDArray[np.float32]
    evidence: Ints
    evidence_provenance: Small
    evidence_necessity: Small
    evidence_rank: Ints
    evidence_via: Ints
    evidence_via_skill: Ints
    evidence_pattern: Small
    by_skill: tuple[Ints, Ints]
    of_group: tuple[Ints, Ints]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "EffectiveSkills":
        """The relation stored in a snapshot's arrays."""
        names = (name.replace("evidence_", "evidence/") for name in cls._fields[:-2])
        by_skill = (arrays["skills/by_skill/start"], arrays["skills/by_skill/edge"])
        of_group = (arrays["skills/of_group/start"], arrays["skills/of_group/skill"])
        return cls._make((*(arrays[f"skills/{name}"] for name in names), by_skill, of_group))
