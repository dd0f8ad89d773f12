"""Matching in process, over HTTP, and on a graph ten times as large, beside bare numpy; transitions."""

from statistics import median
from time import perf_counter
from typing import Final, NamedTuple, cast

import numpy as np
import orjson
from numpy.typing import NDArray

from benchmarks.ground import Ground
from benchmarks.report import Row, spread
from taxonomy.declarations import OPERATIONS
from taxonomy.model.concept import OCCUPATION, Kind
from taxonomy.model.relation import Direction, RelationKind
from taxonomy.services.match import Matcher
from taxonomy.services.profile import Profile, open_occupations
from taxonomy.services.transitions import Reach, Transitions
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot.arrays import Adjacency, Ints, pointers, starts, stretches

_PROFILES: Final = 50
_SKILLS: Final = 10
_RUNS: Final = 200
_SEED: Final = 10
_TIMES: Final = 10
_PLAIN: Final = """query($profile: ProfileInput!) { matchOccupations(profile: $profile) { nodes {
  score occupation { id label } matched { share skill { id label } } missing { gain skill { id label } }
} } }"""


def run(ground: Ground) -> list[Row]:
    """Ranking in process, over HTTP, on a larger graph; transitions in process."""
    snapshot = ground.current.snapshot
    profiles = _profiles(snapshot)
    matcher = Matcher(snapshot)
    ours, theirs = _pairs(matcher, profiles)
    ratio = median(ours) / median(theirs)
    larger = Matcher(cast("Snapshot", Grown(snapshot)))
    grown, _ = _pairs(larger, _profiles(larger.snapshot))
    growth = median(grown) / median(ours)
    size = len(larger.snapshot.effective.skill) / len(snapshot.effective.skill)
    return [
        Row(
            f"rank {len(matcher.occupations)} occupations for {_SKILLS} skills, explain 10",
            f"{spread(ours, 1e6, 0)} us",
            f"bare numpy overlap: {spread(theirs, 1e6, 0)} us",
            f"{ratio:.2f} x",
            "<= 3 x",
            ground.judged(ratio <= 3),
        ),
        _over_http(ground, profiles, "first 10 with matched and missing", _PLAIN, 0.005),
        _over_http(
            ground, profiles, "MatchProfile", (OPERATIONS / "MatchProfile.graphql").read_text("utf-8"), None
        ),
        Row(
            f"the same on a graph {size:.0f} times as large",
            f"{spread(grown, 1e6, 0)} us",
            "the graph as it is",
            f"{growth:.1f} x",
            "<= 12 x",
            ground.judged(growth <= 12),
        ),
        _transitions(snapshot),
    ]


def _profiles(snapshot: Snapshot) -> list[Profile]:
    draw = np.random.default_rng(_SEED)
    # As often as occupations need them: a profile of skills that nobody needs would be no work.
    skills = snapshot.effective.skill
    return [
        Profile(tuple(sorted(set(draw.choice(skills, _SKILLS).tolist()))), (), ()) for _ in range(_PROFILES)
    ]


def _pairs(matcher: Matcher, profiles: list[Profile]) -> tuple[list[float], list[float]]:
    effective, count = matcher.snapshot.effective, matcher.snapshot.count
    occupation, skill, weight = effective.occupation, effective.skill, matcher.value
    ours, theirs = [], []
    for at in range(_RUNS):
        profile = profiles[at % len(profiles)]
        started = perf_counter()
        coverage = matcher.coverage(profile)
        best = matcher.ranked(profile, coverage, None)[:10]
        for number in best.tolist():
            matcher.explained(number, profile, coverage)
        between = perf_counter()
        held = np.zeros(count)
        held[list(profile.skills)] = 1
        scores = np.bincount(occupation, weight * held[skill], count)
        np.argsort(-scores, kind="stable")[:10]
        ended = perf_counter()
        ours.append(between - started)
        theirs.append(ended - between)
    return ours, theirs


def _over_http(ground: Ground, profiles: list[Profile], name: str, query: str, goal: float | None) -> Row:
    ids = ground.current.snapshot.ids
    bodies = [
        orjson.dumps({"query": query, "variables": {"profile": {"skills": [ids[n] for n in one.skills]}}})
        for one in profiles
    ]
    took = []
    with ground.serving() as server:
        for at in range(_RUNS):
            started = perf_counter()
            content = server.post("/graphql", bodies[at % len(bodies)])
            took.append(perf_counter() - started)
    assert orjson.loads(content)["data"]["matchOccupations"]["nodes"]
    took = took[20:]
    met = None if goal is None else ground.judged(median(took) <= goal)
    said = "-" if goal is None else f"<= {goal * 1000:.0f} ms"
    what = f"{name} over HTTP: {len(content) / 1000:.0f} kB, one client"
    return Row(what, f"{spread(took, 1000)} ms", "-", f"{median(took) * 1000:.1f} ms", said, met)


def _transitions(snapshot: Snapshot) -> Row:
    started = perf_counter()
    scorer = Transitions(snapshot)
    built = perf_counter() - started
    took = []
    for origin in snapshot.kind_range(OCCUPATION)[::12]:
        started = perf_counter()
        Reach(scorer, origin, open_occupations(snapshot, Profile((), (origin,), ())))[:10]
        took.append(perf_counter() - started)
    met = median(took) <= 0.001
    what = f"transitions of one occupation, {len(took)} of them; built once in {built:.2f} s"
    return Row(what, f"{spread(took, 1e6, 0)} us", "-", f"{median(took) * 1000:.2f} ms", "<= 1 ms", met)


class Grown:
    """A snapshot with every concept ten times, as far as matching reads one: copies in blocks of their kind.

    Every copy has the relations of the original, among the copies of the same number: degrees stay.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.count = snapshot.count * _TIMES
        self.ids = tuple(f"{copy}{id_}" for id_ in snapshot.ids for copy in range(_TIMES))
        self.deprecated = b"".join(bytes([flag]) * _TIMES for flag in snapshot.deprecated)
        self.kind_of = tuple(kind for kind in snapshot.kind_of for _ in range(_TIMES))
        effective = snapshot.effective
        rows = _copies(effective.start)
        owner = _numbers(effective.occupation, rows)
        skill = _numbers(effective.skill, rows)
        columns = {name: getattr(effective, name)[rows.old] for name in ("provenance", "necessity", "weight")}
        by_skill = np.argsort(skill, kind="stable").astype(np.int32)
        self.effective = effective._replace(
            stands_for=(np.repeat(effective.stands_for, _TIMES) * _TIMES + _cycle(snapshot.count)).astype(
                np.int32
            ),
            start=rows.start,
            occupation=owner,
            skill=skill,
            by_skill=(pointers(skill, self.count), by_skill),
            **columns,
        )

    def kind_range(self, kind: Kind) -> range:
        """The numbers of the concepts of a kind."""
        numbers = self._snapshot.kind_range(kind)
        return range(numbers.start * _TIMES, numbers.stop * _TIMES)

    def edges(self, kind: RelationKind, direction: Direction = Direction.OUT) -> Adjacency:
        """The relations of a kind."""
        found = self._snapshot.edges(kind, direction)
        rows = _copies(found.start)
        columns = [column[rows.old] for column in found[2:]]
        return Adjacency._make([rows.start, _numbers(found.target, rows), *columns])


class _Copies(NamedTuple):
    """Rows of all copies: where those of a concept begin, the row they are copied from, which copy it is."""

    start: Ints
    old: NDArray[np.int64]
    copy: NDArray[np.int64]


def _copies(start: Ints) -> _Copies:
    lengths = np.repeat(np.diff(start), _TIMES)
    old = stretches(np.repeat(start[:-1], _TIMES), lengths)
    return _Copies(starts(lengths), old, np.repeat(_cycle(len(start) - 1), lengths))


def _numbers(column: Ints, rows: _Copies) -> Ints:
    return (column[rows.old] * _TIMES + rows.copy).astype(np.int32)


def _cycle(count: int) -> NDArray[np.int64]:
    return np.tile(np.arange(_TIMES, dtype=np.int64), count)
