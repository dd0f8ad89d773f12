"""Small contents and snapshots, made by hand or by hypothesis, and the real ones, made once."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from taxonomy.declarations import COMPOSITION
from taxonomy.ingest.manifest import read_recipe
from taxonomy.ingest.pipeline import gather
from taxonomy.model.concept import (
    BAROMETER_OCCUPATION,
    COUNTRY,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    KEYWORD,
    OCCUPATION,
    SKILL,
    SSYK_GROUP,
    Code,
    Concept,
    Definition,
    Kind,
    Label,
    LabelRole,
    Locale,
    Note,
    NoteKind,
    Provenance,
)
from taxonomy.model.ids import ConceptId
from taxonomy.model.mapping import Composition, read_composition
from taxonomy.model.observation import (
    NOT_STATED,
    OUTCOMES,
    Measure,
    Observation,
    in_order,
    observation_key,
)
from taxonomy.model.relation import Necessity, Relation, RelationKind
from taxonomy.model.release import (
    Content,
    Draft,
    Release,
    finding_counts,
    kind_counts,
    measure_counts,
    relation_totals,
    release_id,
)
from taxonomy.snapshot import Snapshot
from taxonomy.snapshot import build as build_with

RECIPES = Path(__file__).parent.parent / "loaders" / "recipes"
RECIPE = RECIPES / "sweden.toml"
RECIPE_WITH_ESCO = RECIPES / "sweden-esco.toml"


def label(text: str, role: LabelRole = LabelRole.PREFERRED, locale: Locale = Locale.SV) -> Label:
    return Label(locale, role, text, "test")


def concept(
    id_: str,
    name: str = "",
    kind: Kind = OCCUPATION,
    *,
    english: str = "",
    alternative: Sequence[str] = (),
    hidden: Sequence[str] = (),
    codes: Iterable[tuple[str, str]] = (),
    definitions: Iterable[Definition] = (),
    deprecated: bool = False,
    replaced_by: Iterable[str] = (),
    notes: Iterable[Note] = (),
) -> Concept:
    """A concept with a Swedish name (the id if none is given) and Swedish alternatives."""
    labels = [label(name or id_)]
    labels += [label(english, locale=Locale.EN)] if english else []
    labels += [label(text, LabelRole.ALTERNATIVE) for text in alternative]
    labels += [label(text, LabelRole.HIDDEN) for text in hidden]
    return Concept(
        ConceptId(id_),
        kind,
        tuple(sorted(labels)),
        tuple(sorted(Code(*code) for code in codes)),
        tuple(sorted(definitions)),
        deprecated,
        tuple(ConceptId(other) for other in replaced_by),
        tuple(sorted(notes)),
    )


def relation(
    kind: RelationKind,
    subject: str,
    object_: str,
    provenance: Provenance = Provenance.NATIVE,
    *,
    necessity: Necessity | None = None,
    level: int | None = None,
    rank: int | None = None,
) -> Relation:
    return Relation(kind, ConceptId(subject), ConceptId(object_), provenance, "test", necessity, level, rank)


def broader(below: str, above: str) -> Relation:
    return relation(RelationKind.BROADER, below, above)


def has_skill(
    subject: str, skill: str, provenance: Provenance = Provenance.NATIVE, rank: int | None = None
) -> Relation:
    return relation(
        RelationKind.RELATED_SKILL, subject, skill, provenance, necessity=Necessity.RELATED, rank=rank
    )


def observation(
    concept: str,
    measure: Measure,
    value: int | str | None,
    region: str | None = None,
    period: str = NOT_STATED,
    unit: str = NOT_STATED,
) -> Observation:
    place = None if region is None else ConceptId(region)
    return Observation(ConceptId(concept), measure, place, value, unit, period, "test")


def content(
    concepts: Iterable[Concept],
    relations: Iterable[Relation] = (),
    observations: Iterable[Observation] = (),
) -> Content:
    ordered = tuple(sorted(concepts, key=lambda row: row.id)), tuple(sorted(relations, key=repr))
    return Content(*ordered, (), tuple(in_order(observations)))


def release(of: Content, ordinal: int = 1) -> Release:
    """The release that has this content."""
    hashed = of.hashed()
    counts = kind_counts(of.concepts), relation_totals(of.relations), finding_counts(of.findings)
    draft = Draft("test", "A title", "", hashed, (), *counts, measure_counts(of.observations))
    return Release(release_id(ordinal, hashed), ordinal, datetime(2026, 1, ordinal, tzinfo=UTC), draft)


def snapshot(
    concepts: Iterable[Concept],
    relations: Iterable[Relation] = (),
    observations: Iterable[Observation] = (),
) -> Snapshot:
    rows = content(concepts, relations, observations)
    return build(release(rows), rows)


@cache
def composition() -> Composition:
    """The committed table of `esco_mappings/`."""
    return read_composition(COMPOSITION)


def build(of: Release, rows: Content) -> Snapshot:
    """A release compiled with the committed composition table."""
    return build_with(of, rows, composition())


@cache
def real_content(data: Path, recipe: Path = RECIPE) -> tuple[Release, Content]:
    """The publishers' files as one release; nothing is stored."""
    draft, rows = gather(read_recipe(recipe), data)
    ordinal = 1
    return Release(
        release_id(ordinal, draft.content_hash), ordinal, datetime(2026, 1, 1, tzinfo=UTC), draft
    ), rows


@cache
def real_snapshot(data: Path) -> Snapshot:
    """The snapshot of the publishers' files."""
    return build(*real_content(data))


@cache
def real_esco_snapshot(data: Path) -> Snapshot:
    """The snapshot of the publishers' files with ESCO and the tables between them."""
    return build(*real_content(data, RECIPE_WITH_ESCO))


# What hypothesis can think of: coherent contents with every feature of the model.

KINDS_TRIED = [
    OCCUPATION,
    SSYK_GROUP,
    SKILL,
    KEYWORD,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    BAROMETER_OCCUPATION,
    COUNTRY,
    Kind("aaa-new-kind"),
    Kind("zzz-new-kind"),
]

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)
typed = st.text("abco åäöÅÖé+#-,", min_size=1, max_size=12)
"""What labels and queries look like, more or less: few letters, so that they meet."""

_labels = st.lists(
    st.builds(label, texts | typed, st.sampled_from(LabelRole), st.sampled_from(Locale)),
    max_size=5,
    unique_by=lambda row: (row.locale, row.role) if row.role is LabelRole.PREFERRED else row,
)
_definitions = st.lists(
    st.builds(Definition, st.sampled_from(Locale), texts, texts),
    max_size=2,
    unique_by=lambda row: row.locale,
)
_notes = st.lists(
    st.builds(Note, st.sampled_from(NoteKind), st.sampled_from(Locale), texts, texts), max_size=2
)
_codes = st.lists(
    st.builds(Code, st.sampled_from(["ssyk-code-2012", "other-code"]), texts),
    max_size=2,
    unique_by=lambda row: row.system,
)


def concepts_of(ids: Sequence[str]) -> st.SearchStrategy[tuple[Concept, ...]]:
    others = st.lists(st.sampled_from(ids), max_size=2, unique=True) if ids else st.just([])
    one = st.builds(
        Concept,
        st.just(ConceptId("")),
        st.sampled_from(KINDS_TRIED),
        _labels.map(lambda rows: tuple(sorted(rows))),
        _codes.map(lambda rows: tuple(sorted(rows))),
        _definitions.map(lambda rows: tuple(sorted(rows))),
        st.booleans(),
        others.map(lambda rows: tuple(sorted(ConceptId(id_) for id_ in rows))),
        _notes.map(lambda rows: tuple(sorted(rows))),
    )
    return st.tuples(*[one] * len(ids)).map(
        lambda rows: tuple(row._replace(id=ConceptId(id_)) for row, id_ in zip(rows, ids, strict=True))
    )


def relations_of(ids: Sequence[str]) -> st.SearchStrategy[list[Relation]]:
    if not ids:
        return st.just([])
    return st.lists(
        st.builds(
            relation,
            st.sampled_from(RelationKind),
            st.sampled_from(ids),
            st.sampled_from(ids),
            st.sampled_from(Provenance),
            necessity=st.none() | st.sampled_from(Necessity),
            level=st.sampled_from([None, 25, 75]),
            rank=st.none() | st.integers(1, 40),
        ),
        max_size=25,
        unique_by=lambda row: row[:4],
    )


def observations_of(ids: Sequence[str]) -> st.SearchStrategy[list[Observation]]:
    if not ids:
        return st.just([])
    one = st.sampled_from(Measure).flatmap(
        lambda measure: st.builds(
            observation,
            st.sampled_from(ids),
            st.just(measure),
            st.none()
            | (st.sampled_from(OUTCOMES[measure]) if measure in OUTCOMES else st.integers(0, 2**40)),
            st.none() | st.sampled_from(ids),
            st.sampled_from([NOT_STATED, "2023", "2024"]),
            texts,
        )
    )
    return st.lists(one, max_size=12, unique_by=observation_key)


contents = (
    st.lists(texts, max_size=7, unique=True)
    .flatmap(lambda ids: st.tuples(concepts_of(ids), relations_of(ids), observations_of(ids)))
    .map(lambda parts: content(*parts))
)
