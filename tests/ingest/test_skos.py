"""SKOS of whatever origin: what is taken, and what is remarked on."""

from typing import Any

from taxonomy.ingest.manifest import SourceFile
from taxonomy.ingest.skos import FORMATS
from taxonomy.model.concept import ESCO_OCCUPATION, LabelRole, Locale, Provenance
from taxonomy.model.relation import RelationKind
from tests.ingest.recipes import BAD, content_of, file_of, manifest_of, remarks

ID = "aaaa_aaa_aaa"


def skos(name: str, kind: str = "keyword", **options: Any) -> SourceFile:
    return file_of(name, "skos", kind=kind, **options)


def test_a_format_can_be_said_where_the_ending_does_not() -> None:
    (concept,) = content_of(skos("unknown_format.dat", format="ttl"), data=BAD).concepts
    assert concept.id == ID


def test_a_label_without_a_language_is_taken_and_a_region_is_no_other_language() -> None:
    (concept,) = content_of(skos("nolang.ttl")).concepts
    assert {(label.role, label.text) for label in concept.labels} == {
        (LabelRole.PREFERRED, "Kock"),
        (LabelRole.ALTERNATIVE, "Köksa"),
    }
    english = manifest_of(skos("nolang.ttl"), locale=Locale.EN)
    (concept,) = content_of(english).concepts
    assert {label.text for label in concept.labels} == {"Kock", "cook"}


def test_other_languages_are_counted() -> None:
    (finding,) = [f for f in remarks(skos("nolang.ttl")) if f.code == "TX024"]
    assert finding.count == 1


def test_a_concept_of_somebody_else_is_a_finding_and_a_match_to_it_is_none_of_ours() -> None:
    found = remarks(skos("somebodys.ttl"))
    assert [(f.code, f.subject) for f in found] == [("TX003", "https://example.org/cook")]
    assert content_of(skos("somebodys.ttl")).relations == ()


def test_two_preferred_labels_are_an_error() -> None:
    (finding,) = remarks(skos("two_preferred.ttl"))
    assert (finding.code, finding.subject) == ("TX002", ID)
    assert "'Kock' and 'Köksa'" in finding.message


def test_a_label_keeps_its_strongest_role() -> None:
    (concept,) = content_of(skos("label_in_two_roles.ttl")).concepts
    assert {(label.role, label.text) for label in concept.labels} == {
        (LabelRole.PREFERRED, "Kock"),
        (LabelRole.ALTERNATIVE, "Köksa"),
        (LabelRole.HIDDEN, "Kok"),
    }
    (finding,) = [f for f in remarks(skos("label_in_two_roles.ttl")) if f.code == "TX105"]
    assert finding.count == 2


def test_a_classification_of_others_is_read_as_far_as_skos_goes() -> None:
    content = content_of(skos("classification.ttl", kind="ssyk-level-4"))
    by_id = {str(concept.id): concept for concept in content.concepts}
    assert by_id["aaaa_aaa_aaa"].codes == (("ssyk-code-2012", "7612"),), "a plain code is the kind's own"
    assert by_id["esco:occupation/a"].kind == ESCO_OCCUPATION, "ESCO says itself what it is"
    said = {(row.kind, row.subject, row.object, row.provenance) for row in content.relations}
    assert said == {
        (RelationKind.BROADER, "bbbb_bbb_bbb", "aaaa_aaa_aaa", Provenance.NATIVE),
        (RelationKind.BROAD_MATCH, "bbbb_bbb_bbb", "esco:occupation/a", Provenance.MAPPING),
    }


def test_every_format_has_an_ending() -> None:
    assert {"nt", "nq", "ttl", "trig", "rdf", "jsonld"} <= set(FORMATS)
