"""Releases: the hash of what they say, their ids and counts."""

import hashlib
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.model.concept import Code, Concept, Definition, Kind, Label, LabelRole, Locale, Provenance
from taxonomy.model.finding import Finding, Severity
from taxonomy.model.ids import ConceptId
from taxonomy.model.relation import Necessity, Relation, RelationKind
from taxonomy.model.release import (
    Content,
    content_hash,
    finding_counts,
    kind_counts,
    relation_totals,
    release_id,
)
from tests.store.contents import contents

BAKER, COOK = ConceptId("aaaa_aaa_aaa"), ConceptId("bbbb_bbb_bbb")
LABEL = Label(Locale.SV, LabelRole.PREFERRED, "Bagare", "jobtech-27")
CONCEPT = Concept(
    BAKER,
    Kind("occupation-name"),
    (LABEL,),
    (Code("x-code", "1"),),
    (Definition(Locale.SV, "Bakar bröd.", "jobtech-27"),),
)
RELATION = Relation(RelationKind.SUBSTITUTES, BAKER, COOK, Provenance.NATIVE, "jobtech-27", None, 75)


@pytest.mark.parametrize(
    "changed",
    [
        CONCEPT._replace(id=COOK),
        CONCEPT._replace(kind=Kind("skill")),
        CONCEPT._replace(labels=()),
        CONCEPT._replace(labels=(LABEL._replace(text="bagare"),)),
        CONCEPT._replace(labels=(LABEL._replace(locale=Locale.EN),)),
        CONCEPT._replace(labels=(LABEL._replace(role=LabelRole.HIDDEN),)),
        CONCEPT._replace(labels=(LABEL._replace(source="jobtech-28"),)),
        CONCEPT._replace(labels=(LABEL._replace(provenance=Provenance.DERIVED),)),
        CONCEPT._replace(codes=(Code("x-code", "01"),)),
        CONCEPT._replace(definitions=()),
        CONCEPT._replace(deprecated=True),
        CONCEPT._replace(replaced_by=(COOK,)),
    ],
)
def test_any_change_of_a_concept_changes_the_hash(changed: Concept) -> None:
    assert content_hash([changed], []) != content_hash([CONCEPT], [])


@pytest.mark.parametrize(
    "changed",
    [
        RELATION._replace(kind=RelationKind.BROADER),
        RELATION._replace(subject=COOK, object=BAKER),
        RELATION._replace(provenance=Provenance.CALCULATED),
        RELATION._replace(source="jobtech-28"),
        RELATION._replace(necessity=Necessity.RELATED),
        RELATION._replace(level=25),
        RELATION._replace(rank=1),
    ],
)
def test_any_change_of_a_relation_changes_the_hash(changed: Relation) -> None:
    assert content_hash([], [changed]) != content_hash([], [RELATION])


def test_the_hash_does_not_depend_on_how_rows_are_held() -> None:
    assert content_hash([CONCEPT], [RELATION]) == content_hash((CONCEPT,), (RELATION,))
    assert content_hash([CONCEPT], []) != content_hash([], [])


def test_a_text_cannot_slip_from_one_field_into_the_next() -> None:
    one, other = Code("a", 'b","c'), Code('a","b', "c")
    assert content_hash([CONCEPT._replace(codes=(one,))], []) != content_hash(
        [CONCEPT._replace(codes=(other,))], []
    )


def test_a_release_is_called_by_its_number_and_its_hash() -> None:
    assert release_id(12, "0123456789") == "r12-01234567"


@given(st.lists(st.sampled_from(["skill", "keyword", "region"])), st.randoms())
def test_counts_are_complete_and_sorted_whatever_the_order(kinds: list[str], order: random.Random) -> None:
    concepts = [CONCEPT._replace(kind=Kind(kind)) for kind in kinds]
    counts = kind_counts(concepts)
    order.shuffle(concepts)
    assert kind_counts(concepts) == counts == tuple(sorted(counts))
    assert sum(count for _, count in counts) == len(kinds)


def test_relations_are_counted_by_kind() -> None:
    assert relation_totals([RELATION, RELATION._replace(kind=RelationKind.BROADER), RELATION]) == (
        (RelationKind.BROADER, 1),
        (RelationKind.SUBSTITUTES, 2),
    )


def test_a_finding_that_stands_for_many_counts_as_many() -> None:
    one = Finding("TX104", Severity.NOTE, "en", "", "", "", 7)
    assert finding_counts([one, one._replace(count=3)]) == (("TX104", Severity.NOTE, 10),)


@given(contents)
def test_the_hash_is_that_of_plain_json(content: Content) -> None:
    """`json` of the standard library is the slow, obvious reference."""
    digest = hashlib.sha256()
    # Without observations, the hash is that of releases from before there were any.
    for rows in (*content[:2], *([content.observations] if content.observations else [])):
        digest.update(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())
    assert content.hashed() == digest.hexdigest()
