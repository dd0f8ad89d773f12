"""Reviewed mappings: additions to the publishers' tables, and corrections of them, in SSSOM."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from taxonomy.ingest.facts import Denial, Facts
from taxonomy.ingest.manifest import SourceFile
from taxonomy.ingest.sssom import PREFIXES, SssomRow, read_sssom
from taxonomy.model.concept import Provenance
from taxonomy.model.errors import BadInput
from taxonomy.model.ids import ESCO_PREFIX, ConceptId, concept_id
from taxonomy.model.relation import MATCH_INVERSES, RelationKind

_PREDICATES: Final[Mapping[str, RelationKind]] = {
    PREFIXES["skos"] + name: kind
    for name, kind in (
        ("exactMatch", RelationKind.EXACT_MATCH),
        ("closeMatch", RelationKind.CLOSE_MATCH),
        ("broadMatch", RelationKind.BROAD_MATCH),
        ("narrowMatch", RelationKind.NARROW_MATCH),
        ("relatedMatch", RelationKind.RELATED_MATCH),
    )
}
_NO_MAPPING: Final = PREFIXES["sssom"] + "NoMapping"


def read_local(path: Path, file: SourceFile, facts: Facts) -> None:
    """Read additions, and (`predicate_modifier` Not, `sssom:NoMapping`) what other sources say wrongly."""
    del file
    for row in read_sssom(path).rows:
        facts.row = row.line
        kind, subject, other = _statement(row, facts)
        if row.negated or kind is None:
            facts.denials.append(Denial(kind, subject, other, (facts.file, facts.row)))
        else:
            facts.edge((kind, subject, other, Provenance.MAPPING))


def _statement(row: SssomRow, facts: Facts) -> tuple[RelationKind | None, ConceptId, ConceptId]:
    """Kind, subject and object, seen from ESCO as in the publishers' tables: the same said twice is one."""
    kind = _PREDICATES.get(row.predicate)
    if kind is None and (row.predicate != _NO_MAPPING or row.negated):
        known = ", ".join(f"skos:{predicate.rpartition('#')[2]}" for predicate in _PREDICATES)
        raise facts.bad(f"predicate_id is one of {known}, sssom:NoMapping, not {row.predicate!r:.80}")
    try:
        subject, other = concept_id(row.subject), concept_id(row.object)
    except BadInput as error:
        raise facts.bad(str(error)) from error
    if other.startswith(ESCO_PREFIX) and not subject.startswith(ESCO_PREFIX):
        return kind and MATCH_INVERSES[kind], other, subject
    return kind, subject, other
