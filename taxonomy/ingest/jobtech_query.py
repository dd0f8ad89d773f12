"""The JobTech Taxonomy's query files: `{"data": {"concepts": [{id, type, preferred_label, ...}]}}`.

Concepts nest: `narrower`, `related`, `substitutes` and so on hold concepts of the same shape. What a
relation means depends on the kinds of its ends. Shapes: https://data.jobtechdev.se/taxonomy/
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from taxonomy.ingest.facts import Facts
from taxonomy.ingest.manifest import SourceFile
from taxonomy.ingest.read_json import concept_rows
from taxonomy.model.concept import Kind, Provenance
from taxonomy.model.relation import Necessity, RelationKind

_NATIVE: Final = Provenance.NATIVE
_LEAF_SIZE: Final = 3  # id, type, preferred_label
_TEXT_KEYS: Final = frozenset(
    {"definition", "alternative_labels", "hidden_labels", "deprecated", "replaced_by"}
)
_PLAIN: Final = _TEXT_KEYS | {"id", "type", "preferred_label", "substitutability_percentage"}


def read_query(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read one query file.

    Options of the file: `kind` where the concepts carry no `type`; `relations`, a table from the key
    of a relation to the kind of the concepts in it; `ignore`, keys that are left unread.
    """
    reader = _QueryReader(file, facts)
    for row in concept_rows(path, facts):
        reader.concept(row, reader.kind)
    reader.compare_mirrors()


class _QueryReader:
    def __init__(self, file: SourceFile, facts: Facts) -> None:
        self._facts = facts
        self.kind: Kind | None = file.options.get("kind")
        self._kinds: dict[str, Kind] = file.options.get("relations", {})
        self._ignored = _PLAIN.union(file.options.get("ignore", ()))
        self._mirrors: dict[str, dict[tuple[str, str], int | None]] = {
            "substitutes": {},
            "substituted_by": {},
        }
        self._keys: set[str] = set()
        self._named: dict[str, tuple[Kind, object]] = {}

    def concept(self, row: dict[str, Any], kind: Kind | None) -> tuple[str, Kind]:
        """Take one concept and all that is nested in it; its id and kind."""
        id_, kind = row.get("id"), kind or row.get("type")
        if not isinstance(id_, str) or not isinstance(kind, str):
            raise self._facts.bad(f"a concept needs an id and a type, not {id_!r:.60} and {kind!r:.60}")
        label = row.get("preferred_label")
        self._named[id_] = (kind, label)
        self._facts.concept(id_, kind, label)
        if not self._ignored.issuperset(row):
            self._codes_and_relations(id_, kind, row)
        if not _TEXT_KEYS.isdisjoint(row):
            self._texts(id_, row)
        return id_, kind

    def _is_named_leaf(self, row: dict[str, Any]) -> bool:
        # A skill is named once for each of its groups, an occupation once for each that it substitutes.
        if len(row) - ("substitutability_percentage" in row) != _LEAF_SIZE:
            return False
        id_, label = row.get("id"), row.get("preferred_label")
        known = self._named.get(id_) if isinstance(id_, str) else None
        return known is not None and label is not None and known == (row.get("type"), label)

    def _codes_and_relations(self, id_: str, kind: Kind, row: dict[str, Any]) -> None:
        for key, value in row.items():
            if key in self._ignored or value is None:
                continue
            if isinstance(value, list):
                self._relations(id_, kind, key, value)
            elif key == "esco_uri":
                self._facts.same_as(id_, value)
            elif "code" in key or key.startswith("iso_"):
                self._facts.code(id_, key.replace("_", "-"), value)
            else:
                raise self._facts.bad(f"{id_}: {key!r:.60} is not a key that this reader knows")

    def _texts(self, id_: str, row: dict[str, Any]) -> None:
        definition = row.get("definition")
        if definition is not None and not isinstance(definition, str):
            raise self._facts.bad(f"{id_}: definition must be text, not {definition!r:.60}")
        if definition is not None:
            self._facts.definition(id_, definition)
        alternative, hidden = (
            self._strings(id_, row, key) for key in ("alternative_labels", "hidden_labels")
        )
        if alternative or hidden:
            known = self._facts.other_labels.get(id_, ((), ()))
            self._facts.other_labels[id_] = (_union(known[0], alternative), _union(known[1], hidden))
        self._deprecation(id_, row.get("deprecated"), row.get("replaced_by") or [])

    def _strings(self, id_: str, row: dict[str, Any], key: str) -> list[str]:
        values = row.get(key) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self._facts.bad(f"{id_}: {key} must be a list of texts, not {values!r:.60}")
        return values

    def _deprecation(self, id_: str, deprecated: object, others: object) -> None:
        if deprecated not in (None, True, False):
            raise self._facts.bad(f"{id_}: deprecated must be true or false, not {deprecated!r:.60}")
        if not isinstance(others, list) or not all(isinstance(other, dict) for other in others):
            raise self._facts.bad(f"{id_}: replaced_by must be a list of concepts, not {others!r:.60}")
        if deprecated:
            ids = tuple(other.get("id") for other in others)
            if not all(isinstance(other, str) for other in ids):
                raise self._facts.bad(f"{id_}: replaced_by must hold concepts with ids, not {ids!r:.60}")
            self._facts.replaced_by[id_] = ids

    def _relations(self, id_: str, kind: Kind, key: str, rows: list[Any]) -> None:
        other_kind = self._kinds.get(key)
        self._keys.add(key)
        for row in rows:
            if not isinstance(row, dict):
                raise self._facts.bad(f"{id_}: {key:.60} must hold concepts, not {row!r:.60}")
            if other_kind and "preferred_label" not in row:
                other, target = row.get("id"), other_kind
            elif self._is_named_leaf(row):
                other, target = row["id"], row["type"]
            else:
                other, target = self.concept(row, other_kind)
            if not isinstance(other, str):
                raise self._facts.bad(f"{id_}: {key:.60} must hold concepts with ids, not {row!r:.60}")
            if key in self._mirrors:
                self._substitutability(id_, key, other, row.get("substitutability_percentage"))
            else:
                self._relation(id_, kind, key, other, target)

    def _substitutability(self, id_: str, key: str, other: str, level: object) -> None:
        if not isinstance(level, int) or isinstance(level, bool) or not 0 <= level <= 100:
            message = (
                f"{id_}: substitutability_percentage must be a whole number up to 100, not {level!r:.60}"
            )
            raise self._facts.bad(message)
        pair = (id_, other) if key == "substitutes" else (other, id_)
        self._mirrors[key][pair] = level
        self._facts.edge((RelationKind.SUBSTITUTES, *pair, _NATIVE), level=level)

    def _relation(self, id_: str, kind: Kind, key: str, other: str, other_kind: Kind) -> None:
        if key == "narrower":
            self._facts.edge((RelationKind.BROADER, other, id_, _NATIVE))
        elif key == "broader":
            self._facts.edge((RelationKind.BROADER, id_, other, _NATIVE))
        elif key in ("related", "area"):
            self._related(id_, kind, other, other_kind)
        else:
            raise self._facts.bad(f"{id_}: {key!r:.60} is not a relation that this reader knows")

    def _related(self, id_: str, kind: Kind, other: str, other_kind: Kind) -> None:
        necessity = None
        match kind, other_kind:
            case (_, "occupation-field"):
                key = (RelationKind.OCCUPATION_FIELD, id_, other, _NATIVE)
            case "ssyk-level-4", "skill":
                key = (RelationKind.RELATED_SKILL, id_, other, _NATIVE)
                necessity = Necessity.RELATED
            case "ssyk-level-4", "isco-level-4":
                key = (RelationKind.RELATED_MATCH, id_, other, _NATIVE)
            case "job-title", "occupation-name":
                key = (RelationKind.JOB_TITLE_OF, id_, other, _NATIVE)
            case "keyword", _:
                key = (RelationKind.KEYWORD_OF, id_, other, _NATIVE)
            case "occupation-collection", _:
                key = (RelationKind.MEMBER_OF, other, id_, _NATIVE)
            case _:
                message = (
                    f"{id_}: this reader does not know what {kind:.60} related to {other_kind:.60} means"
                )
                raise self._facts.bad(message)
        self._facts.edge(key, necessity=necessity)

    def compare_mirrors(self) -> None:
        """Report substitutabilities that the file states in one direction only, or with two levels."""
        if not self._keys.issuperset(self._mirrors):
            return
        out, in_ = self._mirrors.values()
        self._facts.row = 0
        for pair in sorted(out.keys() | in_.keys()):
            if out.get(pair) != in_.get(pair):
                levels = f"at {out.get(pair)} from one side and at {in_.get(pair)} from the other"
                self._facts.remark("TX405", pair[0], f"{pair[0]} substitutes {pair[1]} {levels}")


def _union(known: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))
