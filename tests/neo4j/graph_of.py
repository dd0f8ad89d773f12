"""The publishers' files in Neo4j as two releases: loaded once per server, only read by the tests that ask."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any, Final, NamedTuple

import neo4j

from neo4j_server.server import Server
from taxonomy.model.concept import (
    JOB_TITLE,
    KEYWORD,
    SKILL,
    Concept,
    Definition,
    Label,
    LabelRole,
    Locale,
    Provenance,
)
from taxonomy.model.ids import ConceptId
from taxonomy.model.observation import Observation, in_order
from taxonomy.model.relation import Necessity, Relation, RelationKind
from taxonomy.model.release import Content
from taxonomy.snapshot import Snapshot
from taxonomy.store.neo4j_store import Neo4jStore
from tests.builders import RECIPE, build, real_content
from tests.neo4j.fixtures import or_skipped
from tests.neo4j.servers import Servers
from tests.store.contents import draft_of

BUTCHER: Final = ConceptId("rYYJ_Khq_Mre")
SLAUGHTERER: Final = ConceptId("Jx41_ADW_h5R")
BUTCHERS: Final = ConceptId("QqHf_XKZ_eyy")
"""Their SSYK group."""
PSYCHOLOGIST: Final = ConceptId("SEhy_kME_xFW")
DREAM_GROUP: Final = ConceptId("dgfE_kmf_wGX")
DRONES: Final = ConceptId("dron_are_001")
TOUCHED: Final = (BUTCHER, SLAUGHTERER, BUTCHERS, PSYCHOLOGIST)

_IN_SECOND: Final = "test-2"


class Loaded(NamedTuple):
    """A server with two releases, what they hold, and the second's snapshot, made of what Neo4j returned."""

    server: Server
    before: Content
    now: Content
    snapshot: Snapshot


class Graph:
    """What is loaded, and a driver; of a tuple or a dataclass hypothesis would show all that is in it."""

    def __init__(self, loaded: Loaded, driver: neo4j.Driver) -> None:
        self.server, self.before, self.now, self.snapshot = loaded
        self.driver = driver

    def rows(self, text: str, /, **parameters: Any) -> list[list[Any]]:
        """The rows of a query in READ access."""
        with self.driver.session(database="neo4j", default_access_mode=neo4j.READ_ACCESS) as session:
            return session.run(text, parameters).values()


_KEPT: Final[dict[tuple[str, Path], Loaded]] = {}


@contextmanager
def graph_on(servers: Servers, version: str, data: Path, recipe: Path = RECIPE) -> Iterator[Graph]:
    """The two releases on the shared server of a version: as they are if nobody has wiped it, else loaded."""
    kept = _KEPT.get((version, recipe))
    if kept is None or not _is_there(kept):
        server = or_skipped(lambda: servers.shared(version))
        kept = _KEPT[version, recipe] = _loaded(server, data, recipe)
    with kept.server.driver() as driver:
        yield Graph(kept, driver)


def _is_there(kept: Loaded) -> bool:
    if not kept.server.is_running:
        return False
    with _opened(kept.server) as store:
        return kept.snapshot.release in store.releases()[1:]


def _loaded(server: Server, data: Path, recipe: Path) -> Loaded:
    release, before = real_content(data, recipe)
    now = second(before)
    with _opened(server) as store:
        for draft, content in ((release.draft, before), (draft_of(now), now)):
            with store.lock():
                published = store.publish(store.stage(draft, content))
        return Loaded(server, before, now, build(published, store.read(2)))


@contextmanager
def _opened(server: Server) -> Iterator[Neo4jStore]:
    store = Neo4jStore(server.uri, user=server.user, password=server.password, database="neo4j")
    try:
        yield store
    finally:
        store.close()


# ---- the second release


def second(first: Content) -> Content:
    """The first release with a few changes of every sort, and with features of the model that it lacks."""
    concepts = {concept.id: concept for concept in first.concepts if concept.id != DREAM_GROUP}
    concepts[DRONES] = Concept(DRONES, SKILL, (_label(Locale.SV, LabelRole.PREFERRED, "Drönarstyrning"),))
    concepts[BUTCHER] = _renamed(concepts[BUTCHER])
    concepts[SLAUGHTERER] = concepts[SLAUGHTERER]._replace(deprecated=True, replaced_by=(BUTCHER,))
    word = next(concept for concept in first.concepts if concept.kind == KEYWORD)
    concepts[word.id] = word._replace(kind=JOB_TITLE)
    relations = [*_kept_relations(first.relations), *_new_relations(first.relations)]
    return Content(
        tuple(sorted(concepts.values(), key=lambda concept: concept.id)),
        tuple(sorted(relations, key=lambda relation: relation[:4])),
        first.findings[:100],
        _observations(first),
    )


def _observations(first: Content) -> Sequence[Observation]:
    """One goes, one comes, one has another value."""
    if not first.observations:
        return ()
    gone, changed, *others = first.observations
    new = gone._replace(period="1999")
    return tuple(in_order([changed._replace(value=None), new, *others]))


def _label(locale: Locale, role: LabelRole, text: str) -> Label:
    return Label(locale, role, text, _IN_SECOND)


def _renamed(butcher: Concept) -> Concept:
    labels = (
        _label(Locale.EN, LabelRole.ALTERNATIVE, "Meat cutter"),
        _label(Locale.EN, LabelRole.HIDDEN, "Meatcutter"),
        _label(Locale.EN, LabelRole.PREFERRED, "Butcher"),
        _label(Locale.SV, LabelRole.ALTERNATIVE, "Köttstyckare"),
        _label(Locale.SV, LabelRole.PREFERRED, "Styckare/Styckerska"),
    )
    english = Definition(Locale.EN, "Cuts carcasses into pieces.", _IN_SECOND)
    return butcher._replace(labels=labels, definitions=(english,))


def _kept_relations(relations: Sequence[Relation]) -> Iterator[Relation]:
    """What stays: the skill that goes takes its relations along, a deprecated occupation is in no group."""
    turns = cycle((*Necessity, None))
    placed = {RelationKind.BROADER, RelationKind.OCCUPATION_FIELD}
    for relation in relations:
        if DREAM_GROUP in (relation.subject, relation.object):
            continue
        if relation.kind in placed and relation.subject == SLAUGHTERER:
            continue
        if relation.kind is RelationKind.RELATED_SKILL and relation.subject in TOUCHED:
            yield relation._replace(necessity=next(turns))
        elif relation.kind is RelationKind.SUBSTITUTES and relation.subject == BUTCHER:
            yield relation._replace(level=25 if relation.level == 75 else 75)
        else:
            yield relation


def _new_relations(relations: Sequence[Relation]) -> Iterator[Relation]:
    """What nobody said before, among it the same statement by others: parallel relationships."""
    skills = _said(relations, RelationKind.RELATED_SKILL, PSYCHOLOGIST)
    calculated = [r for r in skills if r.provenance is Provenance.CALCULATED]
    for relation in calculated[:5]:
        yield relation._replace(provenance=Provenance.NATIVE, source=_IN_SECOND, rank=None)
    for relation in _said(relations, RelationKind.RELATED_SKILL, BUTCHERS)[:5]:
        yield relation._replace(provenance=Provenance.MAPPING, necessity=None)
    for relation in _said(relations, RelationKind.BROADER, BUTCHER) + _said(
        relations, RelationKind.SUBSTITUTES, BUTCHER
    ):
        yield relation._replace(provenance=Provenance.DERIVED, source=_IN_SECOND)
    for subject in (BUTCHER, BUTCHERS):
        yield Relation(
            RelationKind.RELATED_SKILL,
            subject,
            DRONES,
            Provenance.NATIVE,
            _IN_SECOND,
            Necessity.ESSENTIAL,
        )


def _said(relations: Sequence[Relation], kind: RelationKind, subject: ConceptId) -> list[Relation]:
    return [r for r in relations if r.kind is kind and r.subject == subject and r.object != DREAM_GROUP]
