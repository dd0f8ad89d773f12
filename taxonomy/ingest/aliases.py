"""JobTech concepts that a source says are ESCO concepts: one concept, known under two ids."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from taxonomy.ingest.facts import Facts
from taxonomy.model.ids import JOBTECH_ID

_V = TypeVar("_V")


def unite_aliases(sources: Sequence[Facts]) -> None:
    """Let every source speak of the ESCO concept where it speaks of the JobTech concept that it is.

    The kind is the ESCO source's, if there is one; the JobTech id stays as a code.
    """
    names: dict[str, str] = {}
    for facts in sources:
        for id_, other in facts.aliases.items():
            first = names.setdefault(id_, other)
            if first != other:
                facts.remark("TX015", id_, f"{id_} is {first} in another source and {other} here")
    if not names:
        return
    kinds = {id_: facts.kinds[id_] for facts in sources for id_ in set(names.values()) & facts.kinds.keys()}
    for facts in sources:
        for id_ in names.keys() & facts.kinds.keys():
            facts.kinds[id_] = kinds.get(names[id_], facts.kinds[id_])
        for id_ in sorted(facts.aliases):
            facts.code(id_, JOBTECH_ID, id_)
        facts.tally("TX023", "concepts of this source are ESCO's: their ids became codes", len(facts.aliases))
        _rename(facts, names)


def _rename(facts: Facts, names: Mapping[str, str]) -> None:
    new = names.get
    _rename_keys(facts.kinds, names)
    _rename_keys(facts.preferred, names)
    _rename_keys(facts.other_labels, names)
    _rename_keys(facts.definitions, names)
    _rename_keys(facts.notes, names)
    _rename_keys(facts.mentions, names)
    _rename_keys(facts.replaced_by, names)
    for id_ in sorted(names.keys() & facts.codes.keys()):
        for system, value in facts.codes.pop(id_).items():
            facts.code(names[id_], system, value)
    facts.defined = {new(id_, id_) for id_ in facts.defined}
    facts.replaced_by = {id_: tuple(new(o, o) for o in others) for id_, others in facts.replaced_by.items()}
    for key in [key for key in facts.edges if key[1] in names or key[2] in names]:
        kind, subject, object_, provenance = key
        renamed = (kind, new(subject, subject), new(object_, object_), provenance)
        facts.edges.setdefault(renamed, facts.edges.pop(key))
    facts.named_edges = [e._replace(subject=new(e.subject, e.subject)) for e in facts.named_edges]
    facts.denials = [
        d._replace(subject=new(d.subject, d.subject), object=new(d.object, d.object)) for d in facts.denials
    ]


def _rename_keys(by_id: dict[str, _V], names: Mapping[str, str]) -> None:
    for id_ in sorted(names.keys() & by_id.keys()):  # of two ids of one concept, the smaller is heard
        value = by_id.pop(id_)
        by_id.setdefault(names[id_], value)
