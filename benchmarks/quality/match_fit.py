"""Fit the weights of `services.match`: `python -m benchmarks.quality.match_fit --write` ships them.

Profiles are drawn from one source and the occupations scored from the others, both ways: from ESCO's skills
against what is said in Sweden (native, calculated, group), and from what is said of an occupation itself
against ESCO's skills and the group's. The loss is ListNet's top-one softmax (Cao et al. 2007), k >= 0.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

import taxonomy
from taxonomy.declarations import COMPOSITION
from taxonomy.model.concept import ESCO_OCCUPATION, ESCO_SKILL, OCCUPATION, Provenance
from taxonomy.model.mapping import Composition, read_composition
from taxonomy.model.relation import SKILL_RELATIONS, Direction, RelationKind
from taxonomy.services.match import CLASSES, Matcher, Weights, class_of, lengths, strengths
from taxonomy.services.nearness import Factors, Floats, Nearness
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import Adjacency, pointers
from taxonomy.snapshot.evidence import Graph
from taxonomy.snapshot.skills import NECESSITIES, PROVENANCES, effective_skills

FOLDS: Final = 5
SEED: Final = 20261124
SHARE: Final = 0.3
FOREIGN: Final = 0.2
IN_PART: Final = 0.5
RIVALS: Final = 200
FILE: Final = Path(taxonomy.__file__).parent / "matching_weights" / "match.toml"
_FIRM: Final = 1e-2
"""How firmly classes of one provenance are held to their mean: some have hardly any skills."""

Edges = Callable[[RelationKind, Direction], Adjacency]


class Query(NamedTuple):
    """A drawn profile and the places of the occupations that it should find."""

    skills: NDArray[np.int64]
    targets: NDArray[np.int64]
    fold: int


class Shape(NamedTuple):
    """What is chosen by trying: all but the classes' weights."""

    trust: float
    prior: float
    near: Factors


class Side(NamedTuple):
    """Occupations as some sources describe them, and profiles drawn from the others."""

    snapshot: Snapshot
    queries: list[Query]


def without_esco(snapshot: Snapshot) -> Snapshot:
    """The snapshot with the evidence of native, calculated and group statements only."""
    return _with_skills(snapshot, snapshot.edges, Composition(MappingProxyType({}), MappingProxyType({})))


def _with_skills(snapshot: Snapshot, edges: Edges, composition: Composition) -> Snapshot:
    graph = Graph(snapshot.kind_range, edges, snapshot.arrays["deprecated"])
    skills = {f"skills/{name}": array for name, array in effective_skills(graph, composition).items()}
    return Snapshot(snapshot.release, {**snapshot.arrays, **skills})


def esco_queries(snapshot: Snapshot) -> list[Query]:
    """One for each ESCO occupation that some Swedish occupations match exactly: these are its targets."""
    occupations, draw = snapshot.kind_range(OCCUPATION), np.random.default_rng(SEED)
    pool = np.array(snapshot.kind_range(ESCO_SKILL))
    queries = []
    for concept in snapshot.kind_range(ESCO_OCCUPATION):
        twins = {
            other - occupations.start
            for way in Direction
            for other in snapshot.edges(RelationKind.EXACT_MATCH, way).of(concept)
            if other in occupations and not snapshot.deprecated[other]
        }
        kinds = (RelationKind.ESSENTIAL_SKILL, RelationKind.OPTIONAL_SKILL)
        needed = np.unique(np.concatenate([snapshot.edges(kind).of_one(concept) for kind in kinds]))
        if twins and len(needed):
            targets = np.array(sorted(twins))
            queries.append(Query(_drawn(draw, needed, pool), targets, int(targets[0]) % FOLDS))
    return queries


def own_queries(snapshot: Snapshot) -> list[Query]:
    """One for each occupation with skills of its own (native or calculated) and mappings to ESCO."""
    occupations, draw = snapshot.kind_range(OCCUPATION), np.random.default_rng(SEED + 1)
    edges = snapshot.edges(RelationKind.RELATED_SKILL)
    mapped = snapshot.effective.occupation[
        snapshot.effective.provenance == PROVENANCES.index(Provenance.MAPPING)
    ]
    wanted = np.intersect1d(mapped, np.array(occupations))
    pool = np.unique(edges.target)
    queries = []
    for number in wanted.tolist():
        needed = np.unique(edges.of_one(number))
        if len(needed):
            place = number - occupations.start
            queries.append(Query(_drawn(draw, needed, pool), np.array([place]), place % FOLDS))
    return queries


def _drawn(draw: Any, needed: NDArray[Any], pool: NDArray[Any]) -> NDArray[np.int64]:
    count = max(1, round(SHARE * len(needed)))
    own = draw.choice(needed, count, replace=False)
    foreign = draw.choice(np.setdiff1d(pool, needed), round(FOREIGN * count), replace=False)
    return np.unique(np.concatenate((own, foreign))).astype(np.int64)


def without_own(snapshot: Snapshot) -> Snapshot:
    """The snapshot with the evidence of ESCO and of SSYK groups only."""
    occupations = snapshot.kind_range(OCCUPATION)

    def edges(kind: RelationKind, direction: Direction) -> Adjacency:
        found = snapshot.edges(kind, direction)
        if kind not in SKILL_RELATIONS or direction is Direction.IN:
            return found
        owner = np.repeat(np.arange(snapshot.count, dtype=np.int32), np.diff(found.start))
        kept = (owner < occupations.start) | (owner >= occupations.stop)
        columns = [column[kept] for column in found[1:]]
        return Adjacency._make([pointers(owner[kept], snapshot.count), *columns])

    return _with_skills(snapshot, edges, read_composition(COMPOSITION))


def features(side: Side, shape: Shape) -> list[Floats]:
    """Per query a matrix (occupation, class): what each class adds at k = 1."""
    snapshot = side.snapshot
    effective, occupations = snapshot.effective, snapshot.kind_range(OCCUPATION)
    strength = strengths(snapshot, shape.trust)
    unit = strength / lengths(snapshot, strength, shape.prior)[effective.occupation]
    cell = (effective.occupation - occupations.start).astype(np.int64) * len(CLASSES) + class_of(snapshot)
    nearness = Nearness(snapshot, shape.near)
    found = []
    for query in side.queries:
        covered = nearness.spread(query.skills, np.ones(len(query.skills)))
        share = np.zeros(snapshot.count)
        share[covered.skill] = covered.share
        given = unit * share[effective.skill]
        rows = np.flatnonzero(given)
        cells: Floats = np.bincount(cell[rows], given[rows], len(occupations) * len(CLASSES)).astype(
            np.float64
        )
        found.append(cells.reshape(len(occupations), len(CLASSES)))
    return found


def _rivals(rows: Floats, goal: NDArray[np.int64]) -> tuple[Floats, NDArray[np.bool_]]:
    """The targets and the occupations that share most with the profile, and which of them are targets."""
    kept = np.union1d(goal, np.argpartition(-rows.sum(1), RIVALS)[:RIVALS])
    return rows[kept], np.isin(kept, goal)


def fitted(tables: list[Floats], targets: list[NDArray[np.int64]]) -> Floats:
    """k per class, all >= 0, by ListNet over the targets and their nearest rivals."""
    some = [_rivals(rows, goal) for rows, goal in zip(tables, targets, strict=True) if rows[goal].any()]
    flat = np.concatenate([rows for rows, _ in some])
    hit = np.concatenate([gold / gold.sum() for _, gold in some])
    begin = np.cumsum([0, *[len(gold) for _, gold in some][:-1]])
    sizes = np.diff([*begin, len(flat)])

    def loss(k: Floats) -> tuple[float, Floats]:
        score = flat @ k
        score = score - np.repeat(np.maximum.reduceat(score, begin), sizes)
        power = np.exp(score)
        total = np.add.reduceat(power, begin)
        chance = power / np.repeat(total, sizes)
        off = k - np.repeat(k.reshape(-1, len(NECESSITIES)).mean(1), len(NECESSITIES))
        value = -(hit @ score - np.log(total).sum()) / len(some) + _FIRM * float(off @ off)
        return float(value), -(flat.T @ (hit - chance)) / len(some) + 2 * _FIRM * off

    start = np.ones(flat.shape[1])
    answer = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start))
    # A provenance that no release has says nothing; the scale of all is free, and the score's.
    known = flat.any(0).reshape(-1, len(NECESSITIES)).any(1)
    found: Floats = np.where(np.repeat(known, len(NECESSITIES)), answer.x, 0.0)
    return found


def reciprocal_ranks(scores: list[Floats], queries: list[Query]) -> Floats:
    """1 / rank of the best target per query; of equal scores the target comes last."""
    found = []
    for score, query in zip(scores, queries, strict=True):
        best = score[query.targets].max()
        others = np.delete(score, query.targets)
        found.append(1 / (1 + int((others >= best).sum())))
    return np.array(found)


def shapes() -> list[Shape]:
    """What is tried of all that is not a weight of a class."""
    return [
        Shape(trust, prior, Factors(*near))
        for trust in (0.5, 1.0)
        for prior in (1.0, 3.0)
        for near in ((0.75, 0.5, 0.5, 0.5), (1.0, 0.5, 0.75, 0.5), (1.0, 0.5, 0.75, 0.75))
    ]


class Trial(NamedTuple):
    """A shape and what it makes of every query of both sides."""

    shape: Shape
    tables: list[Floats]


def trials(sides: list[Side]) -> Iterator[Trial]:
    """Every shape, in its order."""
    for shape in shapes():
        yield Trial(shape, [table for side in sides for table in features(side, shape)])


def chosen(sides: list[Side]) -> tuple[Shape, Floats]:
    """The shape with the greatest mean reciprocal rank over all queries, and its k, 1 at most."""
    queries = [query for side in sides for query in side.queries]
    best: tuple[float, Shape, Floats] | None = None
    for trial in trials(sides):
        k = fitted(trial.tables, [query.targets for query in queries])
        mean = float(reciprocal_ranks([table @ k for table in trial.tables], queries).mean())
        if best is None or mean > best[0]:
            best = (mean, trial.shape, k)
    assert best is not None
    return best[1], best[2] / best[2].max()


def weights_of(snapshot: Snapshot, shape: Shape, k: Floats) -> Weights:
    """The weights; a score of 1/2 is what half of all that the median occupation needs comes to."""
    classes = dict(zip(CLASSES, k.tolist(), strict=True))
    weights = Weights(1.0, shape.prior, shape.trust, IN_PART, classes, shape.near)
    whole = Matcher(snapshot, weights).reachable
    return weights._replace(half=float(np.median(whole[whole > 0])) / 2)


def sides_of(snapshot: Snapshot) -> list[Side]:
    """Both sides: profiles from ESCO, and profiles from what is said of the occupations themselves."""
    from_esco = Side(without_esco(snapshot), esco_queries(snapshot))
    return [from_esco, Side(without_own(snapshot), own_queries(snapshot))]


def written(weights: Weights) -> str:
    """The text of `match.toml`."""
    lines = [
        "# Written by `python -m benchmarks.quality.match_fit --write`; never by hand. Decided, not fitted:",
        "# in_part, what a skill of a former occupation counts that is neither essential nor said of itself.",
        *(f"{name} = {getattr(weights, name):.6g}" for name in ("half", "prior", "trust", "in_part")),
        "",
        "[near]",
        *(f"{name} = {value}" for name, value in weights.near._asdict().items()),
        "",
        "[classes]",
        *(f"{name} = {value:.6f}" for name, value in weights.classes.items()),
    ]
    return "\n".join(lines) + "\n"


def main(words: list[str]) -> None:
    """Fit on everything; write the file, or print it."""
    from benchmarks.quality.__main__ import prepared

    with prepared() as ground:
        snapshot = ground.current.snapshot
        text = written(weights_of(snapshot, *chosen(sides_of(snapshot))))
    if "--write" in words:
        FILE.write_text(text, "utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main(sys.argv[1:])
