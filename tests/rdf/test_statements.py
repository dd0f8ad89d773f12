"""What is said, of whom, in which words and in which graph."""

import pyoxigraph as ox
import rdflib
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, SKOS

from taxonomy.model.concept import (
    ESCO_COLLECTION,
    ESCO_ISCO_LEVELS,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    OCCUPATION,
    SKILL,
    SSYK_GROUP,
    SSYK_LEVELS,
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
from taxonomy.model.observation import NOT_STATED
from taxonomy.model.relation import Necessity, Relation, RelationKind
from taxonomy.rdf.descriptions import UNLICENSED
from taxonomy.rdf.documents import Documents
from tests.builders import broader, concept, content, relation
from tests.conftest import Golden
from tests.rdf.published import (
    JT,
    NS,
    OG,
    OXIGRAPH,
    dataset_of,
    read,
    sample_dataset,
    sample_graph,
    sample_text,
    text_of,
)

BAKER, COOK, GROUP = "Baga_are_001", "Kock_are_002", "Grup_pen_003"
ESCO = rdflib.Namespace("http://data.europa.eu/esco/")
MODEL = rdflib.Namespace("http://data.europa.eu/esco/model#")
XKOS = rdflib.Namespace("http://rdf-vocabulary.ddialliance.org/xkos#")
SSSOM = rdflib.Namespace("https://w3id.org/sssom/")
E_BAKER, E_FLOUR = "esco:occupation/b", "esco:skill/f"


def graph_of(*things: Concept | Relation) -> rdflib.Graph:
    concepts = [thing for thing in things if isinstance(thing, Concept)]
    relations = [thing for thing in things if isinstance(thing, Relation)]
    return read(text_of(dataset_of(content(concepts, relations)), "nt"), "nt")


def graphs_of(subject: str, predicate: str) -> set[str]:
    """In which graphs of the sample something is said."""
    quads = ox.parse(sample_text("nq"), format=OXIGRAPH["nq"])
    return {
        quad.graph_name.value.removeprefix(f"{NS}graph/")
        for quad in quads
        if isinstance(quad.graph_name, ox.NamedNode)
        and str(quad.subject) == f"<{subject}>"
        and str(quad.predicate) == f"<{predicate}>"
    }


# ---- identity


def test_the_subject_is_the_publishers_uri() -> None:
    subjects = set(sample_graph().subjects(RDF.type, SKOS.Concept))
    assert JT["bXNH_MNX_dUR"] in subjects
    assert ESCO["isco/C2221"] in subjects
    assert not [subject for subject in subjects if str(subject).startswith(NS)]


def test_nothing_is_the_same_as_anything() -> None:
    assert not list(sample_graph().triples((None, OWL.sameAs, None)))


def test_a_bulk_export_does_not_speak_of_documents() -> None:
    assert "https://example.org/" not in sample_text("nt"), "an export is the same on every host"


# ---- SKOS


def test_codes_are_plain_and_typed_and_zeros_are_kept() -> None:
    officers = next(sample_graph().subjects(SKOS.notation, rdflib.Literal("0110")))
    notations = set(sample_graph().objects(officers, SKOS.notation))
    typed = rdflib.Literal("0110", datatype=rdflib.URIRef(f"{NS}datatype/ssyk-code-2012"))
    assert notations == {rdflib.Literal("0110"), typed}


def test_only_the_main_code_is_plain() -> None:
    codes = [("iso-3166-1-alpha-2-2013", "SE"), ("iso-3166-1-alpha-3-2013", "SWE")]
    country = concept("Land_etl_001", kind=Kind("country"), codes=codes)
    notations = set(graph_of(country).objects(JT["Land_etl_001"], SKOS.notation))
    assert [code for code in notations if isinstance(code, rdflib.Literal) and code.datatype is None] == [
        rdflib.Literal("SE")
    ]
    assert len(notations) == 3


def test_labels_definitions_and_notes_have_their_language_and_property() -> None:
    baker = concept(
        BAKER,
        "bagare",
        english="baker",
        alternative=["bullbagare"],
        hidden=["bagre"],
        definitions=[Definition(Locale.SV, "Bakar.", "test"), Definition(Locale.EN, "Bakes.", "other")],
        notes=[Note(NoteKind.SCOPE, Locale.EN, "Excludes cooks.", "test")],
    )
    graph = graph_of(baker)
    said = {(str(p), str(o), o.language) for p, o in graph.predicate_objects(JT[BAKER])
            if isinstance(o, rdflib.Literal)}  # fmt: skip
    assert said == {
        (str(SKOS.prefLabel), "bagare", "sv"),
        (str(SKOS.prefLabel), "baker", "en"),
        (str(SKOS.altLabel), "bullbagare", "sv"),
        (str(SKOS.hiddenLabel), "bagre", "sv"),
        (str(SKOS.definition), "Bakar.", "sv"),
        (str(SKOS.definition), "Bakes.", "en"),
        (str(SKOS.scopeNote), "Excludes cooks.", "en"),
    }


def test_hierarchy_is_said_upwards_and_top_concepts_from_both_sides() -> None:
    top = concept("Topp_topp_01", kind=SSYK_LEVELS[0])
    low = concept("Niva_tva_002", kind=SSYK_LEVELS[1])
    graph = graph_of(top, low, concept("Utan_for_003"), broader(low.id, top.id))
    scheme = rdflib.URIRef(f"{NS}scheme/ssyk-2012")
    assert (JT[low.id], SKOS.broader, JT[top.id]) in graph
    assert not list(graph.triples((None, SKOS.narrower, None)))
    assert set(graph.subjects(SKOS.topConceptOf, scheme)) == {JT[top.id]}
    assert set(graph.objects(scheme, SKOS.hasTopConcept)) == {JT[top.id]}
    assert not list(graph.objects(JT["Utan_for_003"], SKOS.topConceptOf)), "alone, it begins no hierarchy"


def test_levels_have_a_depth_and_members_and_no_list() -> None:
    graph = sample_graph()
    level = rdflib.URIRef(f"{NS}level/ssyk-2012/4")
    assert (level, RDF.type, XKOS.ClassificationLevel) in graph
    assert int(str(graph.value(level, XKOS.depth))) == 4
    assert JT["Z8ci_bBE_tmx"] in set(graph.objects(level, SKOS.member))
    assert int(str(graph.value(rdflib.URIRef(f"{NS}scheme/ssyk-2012"), XKOS.numberOfLevels))) == 4
    assert not list(graph.triples((None, RDF.first, None)))


def test_iscos_two_publishers_share_levels_and_have_a_scheme_each() -> None:
    graph = sample_graph()
    ours, escos = (set(graph.objects(group, SKOS.inScheme)) for group in _isco_groups())
    assert ours == {rdflib.URIRef(f"{NS}scheme/isco-08")}
    assert escos == {ESCO["concept-scheme/isco"]}
    members = set(graph.objects(rdflib.URIRef(f"{NS}level/isco-08/4"), SKOS.member))
    assert set(_isco_groups()) <= members


def _isco_groups() -> tuple[rdflib.term.Node, rdflib.term.Node]:
    matches = sample_graph().subjects(RDF.predicate, SKOS.exactMatch)
    node = next(iter(sorted(matches, key=str)))
    esco, ours = (sample_graph().value(node, end) for end in (RDF.subject, RDF.object))
    assert esco is not None
    assert ours is not None
    return ours, esco


def test_deprecation_says_what_took_the_place() -> None:
    old, gone = JT["Phit_Tat_001"], JT["Phit_Tat_002"]
    for concept_ in (old, gone):
        assert (concept_, OWL.deprecated, rdflib.Literal(True)) in sample_graph()
    assert set(sample_graph().objects(old, DCTERMS.isReplacedBy)) == {JT["GDHs_eoz_uKx"]}
    assert not list(sample_graph().objects(gone, DCTERMS.isReplacedBy))


def test_collections_of_jobtech_have_members_and_escos_are_schemes() -> None:
    gathering, green = concept("Saml_ing_001", kind=Kind("skill-collection")), "esco:concept-scheme/green"
    graph = graph_of(
        gathering,
        concept(BAKER),
        concept(E_FLOUR, kind=ESCO_SKILL),
        concept(green, kind=ESCO_COLLECTION),
        relation(RelationKind.MEMBER_OF, BAKER, gathering.id),
        relation(RelationKind.MEMBER_OF, E_FLOUR, green),
    )
    assert (JT[gathering.id], SKOS.member, JT[BAKER]) in graph
    assert (JT[gathering.id], RDF.type, SKOS.Concept) not in graph
    assert (ESCO["skill/f"], SKOS.inScheme, ESCO["concept-scheme/green"]) in graph
    assert (ESCO["concept-scheme/green"], RDF.type, SKOS.ConceptScheme) in graph


# ---- relations


def test_escos_words_are_used_between_escos_concepts_only() -> None:
    graph = graph_of(
        concept(E_BAKER, kind=ESCO_OCCUPATION),
        concept(E_FLOUR, kind=ESCO_SKILL),
        concept(BAKER),
        concept("Mjol_mjo_001", kind=SKILL),
        *(
            relation(RelationKind.ESSENTIAL_SKILL, who, what, necessity=Necessity.ESSENTIAL)
            for who in (E_BAKER, BAKER)
            for what in (E_FLOUR, "Mjol_mjo_001")
        ),
    )
    assert list(graph.subject_objects(MODEL.relatedEssentialSkill)) == [
        (ESCO["occupation/b"], ESCO["skill/f"])
    ]
    assert len(list(graph.subject_objects(OG.essentialSkill))) == 3


def test_escos_words_for_notes_are_used_of_escos_skills_only() -> None:
    notes = [Note(NoteKind.SKILL_TYPE, Locale.EN, "knowledge", "test")]
    graph = graph_of(
        concept(E_FLOUR, kind=ESCO_SKILL, notes=notes), concept("Mjol_mjo_001", kind=SKILL, notes=notes)
    )
    assert graph.value(ESCO["skill/f"], MODEL.skillType) == ESCO["skill-type/knowledge"]
    assert graph.value(JT["Mjol_mjo_001"], OG.skillType) == rdflib.Literal("knowledge", lang="en")


def test_a_mapping_reads_as_its_source_has_it() -> None:
    mapped = relation(RelationKind.BROAD_MATCH, E_BAKER, BAKER, Provenance.MAPPING)
    graph = graph_of(concept(E_BAKER, kind=ESCO_OCCUPATION), concept(BAKER), mapped)
    assert (ESCO["occupation/b"], SKOS.broadMatch, JT[BAKER]) in graph
    assert not list(graph.triples((JT[BAKER], None, ESCO["occupation/b"])))
    (axiom,) = graph.subjects(RDF.type, OWL.Axiom)
    assert graph.value(axiom, SSSOM.mapping_source) == rdflib.URIRef(f"{NS}mappings/test")


def test_a_mapping_of_the_sample_says_why_it_holds() -> None:
    axiom = next(sample_graph().subjects(OWL.annotatedTarget, JT["bXNH_MNX_dUR"]))
    set_ = sample_graph().value(axiom, SSSOM.mapping_source)
    assert str(set_) == f"{NS}mappings/sweden-esco-occupations-1.1.1"
    assert str(sample_graph().value(axiom, SSSOM.mapping_justification)).endswith(
        "#ManualMappingCuration"
    ) or str(sample_graph().value(axiom, SSSOM.mapping_justification)).endswith("/ManualMappingCuration")
    assert str(sample_graph().value(set_, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"


def test_a_substitution_has_a_level_and_is_no_match() -> None:
    graph = graph_of(concept(BAKER), concept(COOK), relation(RelationKind.SUBSTITUTES, BAKER, COOK, level=75))
    node = rdflib.URIRef(f"{NS}substitution/{BAKER}/{COOK}")
    assert graph.value(node, OG.substitute) == JT[BAKER]
    assert graph.value(node, OG.substituteFor) == JT[COOK]
    assert graph.value(node, OG.level) == rdflib.Literal(75)
    assert not list(graph.triples((JT[BAKER], None, JT[COOK])))


def test_a_node_is_the_same_whatever_else_is_on_its_page() -> None:
    native, derived = (
        relation(RelationKind.SUBSTITUTES, BAKER, COOK, how, level=75)
        for how in (Provenance.NATIVE, Provenance.DERIVED)
    )
    node = rdflib.URIRef(f"{NS}substitution/{BAKER}/{COOK}")
    alone = graph_of(concept(BAKER), concept(COOK), native)
    beside = graph_of(concept(BAKER), concept(COOK), native, derived)
    assert set(alone.predicate_objects(node)) == set(beside.predicate_objects(node))
    assert beside.value(rdflib.URIRef(f"{node}/derived"), PROV.wasGeneratedBy) == OG.derivedHere


def test_what_is_not_stated_of_the_concept_itself_is_talked_about_and_not_asserted() -> None:
    for how in (Provenance.CALCULATED, Provenance.GROUP, Provenance.DERIVED, Provenance.MAPPING):
        said = relation(RelationKind.RELATED_SKILL, BAKER, "Mjol_mjo_001", how, rank=3)
        graph = graph_of(concept(BAKER), concept("Mjol_mjo_001", kind=SKILL), said)
        assert not list(graph.triples((JT[BAKER], None, JT["Mjol_mjo_001"])))
        (node,) = graph.subjects(RDF.type, OG.Statement)
        assert str(node) == f"{NS}statement/{how}/related-skill/{BAKER}/Mjol_mjo_001"
        assert graph.value(node, RDF.predicate) == OG.relatedSkill
        assert graph.value(node, OG.rank) == rdflib.Literal(3)
        assert graph.value(node, PROV.hadPrimarySource) == rdflib.URIRef(f"{NS}graph/test")


def test_a_derived_match_is_no_match() -> None:
    said = relation(RelationKind.EXACT_MATCH, "esco:isco/C7512", GROUP, Provenance.DERIVED)
    ours = concept(GROUP, kind=Kind("isco-level-4"))
    graph = graph_of(concept("esco:isco/C7512", kind=ESCO_ISCO_LEVELS[3]), ours, said)
    assert not list(graph.triples((None, SKOS.exactMatch, None)))
    (node,) = graph.subjects(RDF.type, OG.Statement)
    assert graph.value(node, PROV.wasGeneratedBy) == OG.derivedHere


def test_a_derived_name_is_no_name() -> None:
    derived = Label(Locale.EN, LabelRole.PREFERRED, "Bakers", "scb", Provenance.DERIVED)
    group = concept(GROUP, "Bagare", SSYK_GROUP)
    group = group._replace(labels=tuple(sorted((*group.labels, derived))))
    parent = concept("Over_ord_001", "Livsmedel", SSYK_LEVELS[2])
    graph = graph_of(group, parent, broader(GROUP, parent.id))
    assert {str(label) for label in graph.objects(JT[GROUP], SKOS.prefLabel)} == {"Bagare"}
    (node,) = graph.subjects(RDF.type, OG.Statement)
    assert graph.value(node, RDF.object) == rdflib.Literal("Bakers", lang="en")
    assert graph.value(node, PROV.wasDerivedFrom) == JT[parent.id]


def test_a_native_relation_with_a_rank_is_stated_and_talked_about() -> None:
    said = relation(RelationKind.RELATED_SKILL, BAKER, "Mjol_mjo_001", necessity=Necessity.RELATED, rank=2)
    graph = graph_of(concept(BAKER), concept("Mjol_mjo_001", kind=SKILL), said)
    assert (JT[BAKER], OG.relatedSkill, JT["Mjol_mjo_001"]) in graph
    (node,) = graph.subjects(RDF.type, OG.Statement)
    assert graph.value(node, PROV.wasGeneratedBy) == OG.statedByPublisher


# ---- graphs


def test_every_statement_is_in_the_graph_of_who_says_it() -> None:
    ssyk, skill = str(JT["Z8ci_bBE_tmx"]), str(ESCO["isco/C2221"])
    assert graphs_of(ssyk, str(SKOS.prefLabel)) == {"jobtech-27", "scb-ssyk-2012"}
    assert graphs_of(ssyk, str(SKOS.notation)) == {"jobtech-27"}
    assert graphs_of(ssyk, str(SKOS.relatedMatch)) == {"mappings"}
    assert graphs_of(skill, str(SKOS.prefLabel)) == {"esco-1.1.1", "esco-1.1.1-sv"}


def test_what_we_derived_is_in_a_graph_of_its_own() -> None:
    text = text_of(sample_dataset(), "nt", graph="derived")
    graph = read(text, "nt")
    assert {str(kind) for kind in graph.objects(None, RDF.type)} == {str(OG.Statement)}
    methods = {str(method).removeprefix(str(OG)) for method in graph.objects(None, PROV.wasGeneratedBy)}
    assert methods == {"derivedHere", "namedAsOnlyChild"}


def test_every_source_graph_says_its_licence_and_what_must_be_said() -> None:
    graph = sample_graph()
    for source in sample_dataset().snapshot.release.draft.sources:
        iri = rdflib.URIRef(f"{NS}graph/{source.id}")
        assert graph.value(iri, DCTERMS.license) is not None
        rights = {
            str(text) for text in graph.objects(iri, rdflib.URIRef("http://purl.org/dc/elements/1.1/rights"))
        }
        assert (source.attribution or UNLICENSED) in rights
        assert (UNLICENSED in rights) == (source.licence == NOT_STATED)
        if source.id.startswith("esco"):
            assert any("adapted" in text for text in rights)


def test_the_nurse_is_as_recorded(golden: Golden) -> None:
    dataset = sample_dataset()
    golden("rdf/nurse.ttl", Documents(dataset).text(dataset.snapshot.index[ConceptId("bXNH_MNX_dUR")], "ttl"))


def test_an_occupation_field_and_its_words_are_ours() -> None:
    graph = graph_of(
        concept(BAKER), concept("Falt_fal_001", kind=Kind("occupation-field")),
        relation(RelationKind.OCCUPATION_FIELD, BAKER, "Falt_fal_001"),
    )  # fmt: skip
    assert (JT[BAKER], OG.occupationField, JT["Falt_fal_001"]) in graph
    assert graph.value(JT[BAKER], DCTERMS.type) == rdflib.URIRef(f"{NS}kind/{OCCUPATION}")
