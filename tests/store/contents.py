"""Contents to store: one made by hand, and any that hypothesis can think of."""

from hypothesis import strategies as st

from taxonomy.model.concept import (
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
from taxonomy.model.finding import Finding, Severity
from taxonomy.model.ids import ConceptId
from taxonomy.model.observation import (
    NOT_STATED,
    Measure,
    Observation,
    in_order,
    observation_key,
)
from taxonomy.model.relation import Necessity, Relation, RelationKind
from taxonomy.model.release import (
    Content,
    Draft,
    SourceVersion,
    finding_counts,
    kind_counts,
    measure_counts,
    relation_totals,
)

BAKER, COOK, BREAD = (ConceptId(id_) for id_ in ("aaaa_aaa_aaa", "bbbb_bbb_bbb", "cccc_ccc_ccc"))
SOURCE = SourceVersion("jobtech-27", "JobTech Taxonomy", "AF", "27", "CC0-1.0", "AF", "https://example.org/")

SMALL = Content(
    (
        Concept(
            BAKER,
            Kind("occupation-name"),
            (
                Label(Locale.SV, LabelRole.ALTERNATIVE, "Brödbagare", "jobtech-27"),
                Label(Locale.SV, LabelRole.PREFERRED, "Bagare", "jobtech-27"),
            ),
            (Code("ssyk-code-2012", "0110"),),
            (Definition(Locale.SV, "Bakar bröd.", "esco-1.0.8"),),
        ),
        Concept(COOK, Kind("occupation-name"), (), deprecated=True, replaced_by=(BAKER,)),
        Concept(BREAD, Kind("skill"), ()),
    ),
    (
        Relation(
            RelationKind.RELATED_SKILL,
            BAKER,
            BREAD,
            Provenance.CALCULATED,
            "jobtech-29",
            Necessity.RELATED,
            None,
            1,
        ),
        Relation(RelationKind.SUBSTITUTES, BAKER, COOK, Provenance.NATIVE, "jobtech-27", None, 75),
    ),
    (Finding("TX403", Severity.WARNING, COOK, "concepts.json", "2", "deprecated and not replaced"),),
    (
        Observation(BAKER, Measure.OPPORTUNITIES, COOK, "large", "assessment", NOT_STATED, "barometer-1"),
        Observation(BAKER, Measure.SALARY_MEDIAN, None, 31_000, NOT_STATED, "2024", "pay-1"),
        Observation(BAKER, Measure.SALARY_P90, None, None, NOT_STATED, "2024", "pay-1"),
    ),
)
EMPTY = Content((), (), ())

# Only lone surrogates are left out: they are not Unicode text, and no UTF-8 file can hold them.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.none() | st.integers(0, 2**31)
ids = st.builds(ConceptId, texts)

_labels = st.builds(
    Label,
    st.sampled_from(Locale),
    st.sampled_from(LabelRole),
    texts,
    texts,
    st.sampled_from(Provenance),
)
_findings = st.builds(
    Finding, texts, st.sampled_from(Severity), texts, texts, texts, texts, st.integers(0, 2**31)
)


def _concept(id_: ConceptId) -> st.SearchStrategy[Concept]:
    return st.builds(
        Concept,
        st.just(id_),
        st.builds(Kind, texts),
        st.lists(_labels, max_size=3).map(tuple),
        st.lists(st.builds(Code, texts, texts), max_size=2).map(tuple),
        st.lists(st.builds(Definition, st.sampled_from(Locale), texts, texts), max_size=2).map(tuple),
        st.booleans(),
        st.lists(ids, max_size=2).map(tuple),
        st.lists(
            st.builds(Note, st.sampled_from(NoteKind), st.sampled_from(Locale), texts, texts), max_size=2
        ).map(tuple),
    )


def _relations(ends: list[ConceptId]) -> st.SearchStrategy[list[Relation]]:
    relation = st.builds(
        Relation,
        st.sampled_from(RelationKind),
        st.sampled_from(ends),
        st.sampled_from(ends),
        st.sampled_from(Provenance),
        texts,
        st.none() | st.sampled_from(Necessity),
        numbers,
        numbers,
    )
    return st.lists(relation, max_size=4, unique_by=lambda row: row[:4])


def _observations(ends: list[ConceptId]) -> st.SearchStrategy[list[Observation]]:
    value = st.none() | texts | st.integers(-(2**63), 2**63 - 1)
    observation = st.builds(
        Observation,
        st.sampled_from(ends),
        st.sampled_from(Measure),
        st.none() | st.sampled_from(ends),
        value,
        texts,
        texts,
        texts,
    )
    return st.lists(observation, max_size=4, unique_by=observation_key)


@st.composite
def _contents(draw: st.DrawFn) -> Content:
    """What `Content` promises: sorted, ids and keys once, both ends of a relation there."""
    found = sorted(draw(st.lists(ids, max_size=4, unique=True)))
    concepts = tuple(draw(_concept(id_)) for id_ in found)
    relations = tuple(sorted(draw(_relations(found)), key=lambda row: row[:4])) if found else ()
    observations = tuple(in_order(draw(_observations(found)))) if found else ()
    return Content(concepts, relations, tuple(draw(st.lists(_findings, max_size=3))), observations)


contents = _contents()


def draft_of(content: Content, title: str = "A title") -> Draft:
    return Draft(
        recipe="test",
        title=title,
        note='Å "note"\n',
        content_hash=content.hashed(),
        sources=(SOURCE,),
        concepts=kind_counts(content.concepts),
        relations=relation_totals(content.relations),
        findings=finding_counts(content.findings),
        observations=measure_counts(content.observations),
    )


def renamed(content: Content, text: str) -> Content:
    """The same content with one other label: another release."""
    label = Label(Locale.SV, LabelRole.PREFERRED, text, "jobtech-27")
    first, *others = content.concepts
    return content._replace(concepts=(first._replace(labels=(label,)), *others))
