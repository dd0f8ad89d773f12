"""What changed between two releases, by laws and by small cases; the real one is in test_diff_of_esco.py."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from taxonomy.model.concept import (
    ESCO_OCCUPATION,
    ESCO_SKILL,
    ESCO_SKILL_GROUP,
    OCCUPATION,
    Concept,
    Kind,
    LabelRole,
    Locale,
    Provenance,
)
from taxonomy.model.relation import Direction, Necessity, RelationKind
from taxonomy.services.diff import Change, ConceptChange, Diff, RelationChange, Said, diff
from taxonomy.snapshot import Snapshot
from tests import builders
from tests.builders import broader, concept, relation, snapshot

MIRRORED = {
    Change.ADDED: Change.REMOVED,
    Change.DEPRECATED: Change.REINSTATED,
    Change.RELATION_ADDED: Change.RELATION_REMOVED,
}
MIRRORED |= {after: before for before, after in MIRRORED.items()}

States = dict[tuple[str, str, str], set[str]]
Relations = dict[tuple[RelationKind, str, str, Provenance], Said]


def states(release: Snapshot) -> States:
    """What is said of each concept, by id, change that would tell, and part."""
    found: States = {}
    for number, id_ in enumerate(release.ids):
        found[id_, Change.KIND, ""] = {release.kind_of[number]}
        found[id_, Change.DEPRECATED, ""] = {"yes"} if release.deprecated[number] else set()
        found[id_, Change.REPLACED, ""] = {release.ids[other] for other in release.replaced_by(number)}
        for locale in Locale:
            found[id_, Change.RELABELLED, locale] = {release.labels[locale][number]} - {""}
            for role in (LabelRole.ALTERNATIVE, LabelRole.HIDDEN):
                texts = release.other_labels(number, role, locale)
                found[id_, Change.OTHER_LABELS, f"{role} {locale}"] = set(texts)
            definition = release.definition(number, locale)
            if definition and definition.locale is locale:
                found[id_, Change.REDEFINED, locale] = {definition.text}
        for system, code in release.all_codes(number):
            found[id_, Change.RECODED, system] = {code}
        for note in release.notes(number):
            found.setdefault((id_, Change.NOTED, f"{note.kind} {note.locale}"), set()).add(note.text)
    return {key: texts for key, texts in found.items() if texts}


def relations(release: Snapshot) -> Relations:
    found: Relations = {}
    for kind in RelationKind:
        edges = release.edges(kind)
        for number, id_ in enumerate(release.ids):
            for row, other in zip(edges.rows(number), edges.of(number), strict=True):
                necessity = edges.necessity[row]
                said = Said(
                    None if necessity == 255 else tuple(Necessity)[necessity],
                    int(edges.level[row]) or None,
                    int(edges.rank[row]) or None,
                )
                found[kind, id_, release.ids[other], tuple(Provenance)[edges.provenance[row]]] = said
    return found


def renamed(changes: Diff) -> dict[str, str]:
    """The later id of each group that has another one by now."""
    return {row.before[0]: row.id for row in changes.concepts if row.change is Change.RENUMBERED}


def applied(before: Snapshot, changes: Diff) -> tuple[States, Relations]:
    """What a release says after the changes; of concepts that came and went, only that they did."""
    new = renamed(changes)
    gone = {row.id for row in changes.concepts if row.change is Change.REMOVED}
    old = states(before)
    found = {
        (new.get(id_, id_), change, part): {new.get(text, text) for text in texts}
        if change is Change.REPLACED
        else texts
        for (id_, change, part), texts in old.items()
        if id_ not in gone
    }
    for row in changes.concepts:
        key = row.id, row.change, row.part
        if row.change is Change.DEPRECATED:
            found[key] = {"yes"}
        elif row.change is Change.REINSTATED:
            del found[row.id, Change.DEPRECATED, ""]
        elif row.change not in (Change.ADDED, Change.REMOVED, Change.RENUMBERED, Change.MOVED):
            found[key] = (found.get(key, set()) - set(row.before)) | set(row.after)
    edges = {
        (kind, new.get(one, one), new.get(other, other), provenance): said
        for (kind, one, other, provenance), said in relations(before).items()
    }
    for change in changes.relations:
        place = (change.relation, change.subject, change.object, change.provenance)
        assert edges.get(place) == change.before
        if change.after is None:
            del edges[place]
        else:
            edges[place] = change.after
    return {key: texts for key, texts in found.items() if texts}, edges


def mirrored(changes: Diff, earlier_kind: dict[str, Kind]) -> Diff:
    """The changes as they are seen from the later release."""
    old = {later: earlier for earlier, later in renamed(changes).items()}

    def back(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(old.get(id_, id_) for id_ in ids))

    concepts = []
    for row in changes.concepts:
        id_, before, after = old.get(row.id, row.id), row.after, row.before
        if row.change in (Change.REPLACED, Change.MOVED):
            before, after = back(before), back(after)
        kind = earlier_kind.get(id_, row.kind)
        concepts.append(
            ConceptChange(MIRRORED.get(row.change, row.change), id_, kind, row.part, before, after)
        )
    edges = []
    for edge in changes.relations:
        change = MIRRORED.get(edge.change, edge.change)
        ends = old.get(edge.subject, edge.subject), old.get(edge.object, edge.object)
        edges.append(RelationChange(change, edge.relation, *ends, edge.provenance, edge.after, edge.before))
    return Diff(tuple(concepts), tuple(edges))


def snapshots() -> st.SearchStrategy[Snapshot]:
    """Releases of which any two have concepts in common, and others not."""
    ids = st.lists(st.sampled_from("abcdef"), max_size=5, unique=True)
    both = ids.flatmap(lambda some: st.tuples(builders.concepts_of(some), builders.relations_of(some)))
    return both.map(lambda rows: snapshot(*rows))


@settings(max_examples=25)
@given(snapshots())
def test_a_release_does_not_differ_from_itself(release: Snapshot) -> None:
    assert diff(release, release) == Diff((), ())


# One law a test would build the releases three times, which takes longer than all that is tried.
@settings(max_examples=60)
@given(snapshots(), snapshots())
def test_changes_can_be_applied_turned_around_and_counted(before: Snapshot, after: Snapshot) -> None:
    changes = diff(before, after)
    assert_applied_they_give_the_later_release(before, changes, after)
    assert_backwards_they_are_the_mirror(before, changes, after)
    assert sum(row.count for row in changes.counts()) == len(changes.concepts) + len(changes.relations)


def assert_applied_they_give_the_later_release(before: Snapshot, changes: Diff, after: Snapshot) -> None:
    got, edges = applied(before, changes)
    new = {row.id for row in changes.concepts if row.change is Change.ADDED}
    assert got == {key: texts for key, texts in states(after).items() if key[0] not in new}
    assert edges == relations(after)
    assert {id_ for id_, _, _ in got} | new == set(after.ids)


def assert_backwards_they_are_the_mirror(before: Snapshot, changes: Diff, after: Snapshot) -> None:
    backwards = diff(after, before)
    mirror = mirrored(changes, dict(zip(before.ids, before.kind_of, strict=True)))
    assert Counter(backwards.concepts) == Counter(mirror.concepts)
    assert Counter(backwards.relations) == Counter(mirror.relations)


def group(id_: str, code: str) -> Concept:
    return concept(id_, "a group", ESCO_SKILL_GROUP, codes=[("esco-code", code)])


def skill(id_: str) -> Concept:
    return concept(id_, kind=ESCO_SKILL)


def test_a_group_with_another_uri_and_the_same_code_is_the_same_group() -> None:
    before = snapshot([group("old", "S1.2"), skill("a")], [broader("a", "old")])
    after = snapshot([group("new", "S1.2"), skill("a")], [broader("a", "new")])
    changes = diff(before, after)
    assert changes.concepts == (
        ConceptChange(Change.RENUMBERED, "new", ESCO_SKILL_GROUP, "", ("old",), ("new",)),
    )
    assert changes.relations == ()


def test_two_groups_of_one_code_are_no_pair() -> None:
    before = snapshot([group("old", "S1"), group("older", "S1")])
    changes = diff(before, snapshot([group("new", "S1")]))
    assert [row.change for row in changes.concepts] == [Change.ADDED, Change.REMOVED, Change.REMOVED]


def test_an_occupation_that_gets_the_code_of_another_is_not_that_other() -> None:
    before = snapshot([concept("old", kind=ESCO_OCCUPATION, codes=[("esco-code", "2654.1")])])
    after = snapshot([concept("new", kind=ESCO_OCCUPATION, codes=[("esco-code", "2654.1")])])
    assert [row.change for row in diff(before, after).concepts] == [Change.ADDED, Change.REMOVED]


def test_a_concept_that_changes_its_kind_is_the_same_concept() -> None:
    before = snapshot([concept("a", kind=ESCO_SKILL_GROUP)])
    [row] = diff(before, snapshot([concept("a", kind=ESCO_SKILL)])).concepts
    assert row == ConceptChange(Change.KIND, "a", ESCO_SKILL, "", (ESCO_SKILL_GROUP,), (ESCO_SKILL,))


def test_a_label_changes_in_one_language_only() -> None:
    before = snapshot([concept("a", "kock", english="cook")])
    after = snapshot([concept("a", "kock", english="chef", alternative=["köksmästare"])])
    assert diff(before, after).concepts == (
        ConceptChange(Change.RELABELLED, "a", OCCUPATION, "en", ("cook",), ("chef",)),
        ConceptChange(Change.OTHER_LABELS, "a", OCCUPATION, "alternative sv", (), ("köksmästare",)),
    )


def test_a_concept_below_another_one_has_moved() -> None:
    concepts = [concept("a"), concept("x"), concept("y")]
    changes = diff(snapshot(concepts, [broader("a", "x")]), snapshot(concepts, [broader("a", "y")]))
    assert changes.concepts == (ConceptChange(Change.MOVED, "a", OCCUPATION, "", ("x",), ("y",)),)
    assert [(row.change, row.object) for row in changes.relations] == [
        (Change.RELATION_ADDED, "y"),
        (Change.RELATION_REMOVED, "x"),
    ]


def test_an_essential_skill_that_becomes_optional_is_one_that_goes_and_one_that_comes() -> None:
    concepts = [concept("a"), skill("s")]
    before = snapshot(concepts, [relation(RelationKind.ESSENTIAL_SKILL, "a", "s")])
    after = snapshot(concepts, [relation(RelationKind.OPTIONAL_SKILL, "a", "s")])
    assert [(row.change, row.relation) for row in diff(before, after).relations] == [
        (Change.RELATION_REMOVED, RelationKind.ESSENTIAL_SKILL),
        (Change.RELATION_ADDED, RelationKind.OPTIONAL_SKILL),
    ]


def test_a_level_that_changes_is_a_change_of_the_relation() -> None:
    concepts = [concept("a"), concept("b")]
    before = snapshot(concepts, [relation(RelationKind.SUBSTITUTES, "a", "b", level=25)])
    after = snapshot(concepts, [relation(RelationKind.SUBSTITUTES, "a", "b", level=75)])
    [row] = diff(before, after).relations
    assert (row.change, row.before, row.after) == (
        Change.RELATION_CHANGED,
        Said(None, 25, None),
        Said(None, 75, None),
    )
    assert before.edges(RelationKind.SUBSTITUTES, Direction.IN).of(before.index["b"]) == [before.index["a"]]


def test_a_replacement_is_told_beside_the_deprecation() -> None:
    before = snapshot([concept("a"), concept("b")])
    after = snapshot([concept("a", deprecated=True, replaced_by=["b"]), concept("b")])
    assert diff(before, after).concepts == (
        ConceptChange(Change.DEPRECATED, "a", OCCUPATION),
        ConceptChange(Change.REPLACED, "a", OCCUPATION, "", (), ("b",)),
    )
