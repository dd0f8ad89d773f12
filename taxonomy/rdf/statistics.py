"""How much a release says: counted from its columns, without writing them."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from taxonomy.model.linked_data import TYPE
from taxonomy.rdf.dataset import Dataset


class Statistics(NamedTuple):
    """Numbers of statements, in all and by graph, predicate and class, and how many things are spoken of."""

    statements: int
    subjects: int
    graphs: Mapping[str, int]
    predicates: Mapping[str, int]
    classes: Mapping[str, int]


def statistics(dataset: Dataset) -> Statistics:
    """The numbers of a release; as dear as an export, so whoever asks often keeps them with the release."""
    predicates: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    subjects = 0
    for block in dataset.blocks():
        subjects += len(block.subjects)  # no two blocks share one
        for column in block.columns:
            predicates[column.predicate] += len(column.values)
            if column.predicate == TYPE:
                classes.update(column.values)
    graphs = {graph: sum(block.size for block in dataset.blocks(graph)) for graph in dataset.graphs}
    return Statistics(predicates.total(), subjects, graphs, _sorted(predicates), _sorted(classes))


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
