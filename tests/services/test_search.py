"""Search: the tiers by name, the whole order against plain Python, and laws of pages and prefixes."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from taxonomy.model.concept import (
    ISCO_GROUP,
    JOB_TITLE,
    OCCUPATION,
    SKILL,
    SSYK_GROUP,
    Concept,
    Kind,
    Label,
    LabelRole,
    Locale,
    Scheme,
    facts_of,
)
from taxonomy.model.release import Content
from taxonomy.model.text import fold, normalize
from taxonomy.services.search import TIERS, Found, Hit, search
from taxonomy.snapshot import Snapshot
from tests.builders import build, concept, contents, label, real_snapshot, release, snapshot, typed

ALL = 10**6


def ids(of: Snapshot, found: Found) -> list[str]:
    return [of.ids[hit.concept] for hit in found.hits]


def found_in(concepts: list[Concept], text: str) -> list[str]:
    of = snapshot(concepts)
    return ids(of, search(of, text, limit=ALL))


TIERED = [
    concept("t0-preferred", "Läkare"),
    concept("t1-alternative", "Doktor", SKILL, alternative=["Läkare"]),
    concept("t1-hidden", "Medicus", SKILL, hidden=["läkare"]),
    concept("t2-begins", "Läkarexamen"),
    concept("t2-begins-longer", "Läkaresekreterare"),
    concept("t3-alternative-begins", "Chef", alternative=["Läkarechef"]),
    concept("t4-later-word", "Biträdande läkare"),
    concept("t5-alternative-later-word", "Vikarie", alternative=["Vikarierande läkare"]),
    concept("t7-folded", "Lakare"),
    concept("gone", "Läkare", deprecated=True),
]


IN_ORDER = [
    "t0-preferred",
    "t1-alternative",  # as good as the next one: by number, hence by name
    "t1-hidden",
    "t2-begins",
    "t2-begins-longer",
    "t3-alternative-begins",
    "t4-later-word",
    "t5-alternative-later-word",
]


def test_exact_comes_before_prefix_before_later_word_and_preferred_before_alternative() -> None:
    assert found_in(TIERED, "läkare") == [*IN_ORDER, "gone"]


def test_typed_without_dots_all_folded_matches_come_after_all_others() -> None:
    assert found_in(TIERED, "lakare") == ["t7-folded", *IN_ORDER, "gone"]


def test_a_typed_umlaut_stands_for_itself_only() -> None:
    concepts = [concept("kok", "Kok"), concept("kök", "Kök"), concept("köksa", "Köksa åt alla")]
    assert found_in(concepts, "kök") == ["kök", "köksa"]
    assert found_in(concepts, "kok") == ["kok", "kök", "köksa"]
    assert found_in(concepts, "köksa at") == ["köksa"]
    assert found_in(concepts, "koksa åt") == ["köksa"]
    assert found_in(concepts, "koksa ät") == []


def test_words_may_come_in_any_order_after_all_that_come_in_order() -> None:
    concepts = [
        concept("in-order", "Lärare i grundskola"),
        concept("any-order", "Grundskolans lärare"),
        concept("one-missing", "Lärare"),
    ]
    assert found_in(concepts, "lärare grund") == ["any-order", "in-order"]
    assert found_in(concepts, "lärare i grund") == ["in-order"]
    assert found_in(concepts, "grund larare") == ["any-order", "in-order"]


def test_within_a_tier_the_shorter_label_comes_first_then_the_lower_number() -> None:
    concepts = [
        concept("b", "Bagerichef", SKILL),
        concept("c", "Bagare"),
        concept("a", "Bagar-chef"),
        concept("d", "Bagare", SKILL),
    ]
    assert found_in(concepts, "bag") == ["c", "d", "a", "b"]


def test_plus_and_sharp_are_letters() -> None:
    concepts = [concept("c", "C"), concept("cpp", "C++"), concept("cs", "C#, programmeringsspråk")]
    assert found_in(concepts, "c++") == ["cpp"]
    assert found_in(concepts, "C#") == ["cs"]
    assert found_in(concepts, "c") == ["c", "cpp", "cs"]


def test_a_label_longer_than_the_keys_is_told_apart_by_its_end() -> None:
    start = "Verksamhetsutvecklare inom åldringsvård"
    concepts = [concept("a", f"{start}, natt"), concept("b", f"{start}, dag"), concept("c", start)]
    assert found_in(concepts, f"{start} natt") == ["a"]
    assert found_in(concepts, start) == ["c", "b", "a"]
    assert found_in(concepts, "verksamhetsutvecklare inom aldringsvard d") == ["b"]
    assert found_in(concepts, f"natt {start}") == ["a"]


@pytest.mark.parametrize("text", ["", "  ", "?!", "...", "\0", "\u00b4"])
def test_a_text_without_letters_finds_nothing(text: str) -> None:
    assert search(snapshot(TIERED), text) == Found(0, ())


def test_a_hit_says_which_label_of_which_language_it_was() -> None:
    of = snapshot([concept("a", "Bagare", english="Baker", alternative=["Brödbagare"])])
    assert search(of, "brod").hits == (Hit(0, "Brödbagare", Locale.SV, 1 - (11 - 4 / 10) / 28, 10),)
    assert [(hit.text, hit.locale, hit.score) for hit in search(of, "BAKER").hits] == [
        ("Baker", Locale.EN, 1.0)
    ]


def test_of_equal_labels_the_swedish_one_is_shown() -> None:
    of = snapshot([concept("a", "Barista", english="Barista")])
    assert search(of, "barista").hits == (Hit(0, "Barista", Locale.SV, 1.0, 0),)


def test_kinds_schemes_and_locale_narrow_the_search() -> None:
    of = snapshot(
        [
            concept("o", "Bagare", english="Baker"),
            concept("g", "Bagare", SSYK_GROUP),
            concept("i", "Bagare", ISCO_GROUP),
        ]
    )
    assert ids(of, search(of, "bagare")) == ["o", "g", "i"]
    assert ids(of, search(of, "bagare", kinds=frozenset({ISCO_GROUP, OCCUPATION}))) == ["o", "i"]
    assert ids(of, search(of, "bagare", schemes=frozenset({Scheme.SSYK_2012}))) == ["g"]
    both = search(of, "bagare", kinds=frozenset({OCCUPATION}), schemes=frozenset({Scheme.SSYK_2012}))
    assert both == Found(0, ())
    assert search(of, "bagare", kinds=frozenset()) == Found(0, ())
    assert search(of, "bagare", locale=Locale.EN) == Found(0, ())
    assert ids(of, search(of, "baker", locale=Locale.EN)) == ["o"]


def test_an_empty_release_has_no_hits() -> None:
    assert search(snapshot([]), "a o") == Found(0, ())


# The docstring of `search` in plain Python, label by label.


def means(typed_: str, letter: str) -> bool:
    return typed_ == letter or fold(letter) == typed_


def begins(whole: str, part: str, folded: bool) -> bool:
    if not folded:
        return whole.startswith(part)
    return len(whole) >= len(part) and all(means(one, two) for one, two in zip(part, whole, strict=False))


def tier(text: str, role: LabelRole, query: str, folded: bool) -> int | None:
    words = text.split(" ")
    other = role is not LabelRole.PREFERRED
    if begins(text, query, folded):
        return (0 if len(text) == len(query) else 2) + other
    if any(begins(" ".join(words[place:]), query, folded) for place in range(1, len(words))):
        return 4 + other
    if all(any(begins(word, part, folded) for word in words) for part in query.split(" ")):
        return 6
    return None


def score(text: str, role: LabelRole, query: str, deprecated: bool) -> float:
    plain, folded = tier(text, role, query, False), tier(text, role, query, True)
    if not text or folded is None:
        return 0
    place = (folded + 7 if plain is None else plain) + TIERS * deprecated
    rest = max(len(text) - len(query), 0)
    return 1 - (place + 1 - len(query) / (len(query) + rest)) / 28


def by_hand(of: Snapshot, rows: Content, query: str) -> list[tuple[float, int]]:
    if not query:
        return []
    best = [
        (
            max((score(normalize(x.text), x.role, query, row.deprecated) for x in row.labels), default=0),
            of.index[row.id],
        )
        for row in rows.concepts
    ]
    return sorted((-value, number) for value, number in best if value)


queries = typed | st.sampled_from(["a", "å", "ao", "a b", "b a c", "ö", "co", "oc a", "a a", "ö o"])


@given(contents, queries)
@example(
    Content((concept("a", "aå bö", alternative=["å", "ö a"]), concept("b", "ob aa", SKILL)), (), ()), "a ö"
)
def test_hits_tiers_and_scores_are_those_of_the_docstring(rows: Content, text: str) -> None:
    of = build(release(rows), rows)
    found = search(of, text, limit=ALL)
    expected = by_hand(of, rows, normalize(text))
    assert [hit.concept for hit in found.hits] == [number for _, number in expected]
    assert [hit.score for hit in found.hits] == pytest.approx([-value for value, _ in expected])


@given(contents, queries, st.sampled_from(["bagare och aldre konditor", "å" * 11]))
def test_what_lies_beyond_the_keys_counts_as_well(rows: Content, text: str, before: str) -> None:
    longer = tuple(
        row._replace(labels=tuple(one._replace(text=before + one.text) for one in row.labels))
        for row in rows.concepts
    )
    rows = rows._replace(concepts=longer)
    of = build(release(rows), rows)
    for query in (before + text, fold(before + text)):
        found = search(of, query, limit=ALL)
        assert [hit.concept for hit in found.hits] == [
            number for _, number in by_hand(of, rows, normalize(query))
        ]


@given(contents, queries)
def test_order_is_falling_score_then_number_and_a_hit_is_a_label_of_its_concept(
    rows: Content, text: str
) -> None:
    of = build(release(rows), rows)
    found = search(of, text, limit=ALL)
    order = [(-hit.score, hit.concept) for hit in found.hits]
    assert order == sorted(order)
    assert all(0 < hit.score <= 1 for hit in found.hits)
    assert found.total == len({hit.concept for hit in found.hits}) == len(found.hits)
    labels = {of.index[row.id]: {(x.text, x.locale) for x in row.labels} for row in rows.concepts}
    assert all((hit.text, hit.locale) in labels[hit.concept] for hit in found.hits)


@given(contents)
def test_every_label_finds_its_concept_first_or_among_equals(rows: Content) -> None:
    of = build(release(rows), rows)
    for row in rows.concepts:
        for one in row.labels:
            if not normalize(one.text):
                continue
            found = search(of, one.text, limit=ALL).hits
            (own,) = [hit for hit in found if hit.concept == of.index[row.id]]
            # Before it come better labels of just this text, and active concepts before a deprecated one.
            for hit in found[: found.index(own)]:
                same = normalize(hit.text) == normalize(one.text)
                assert same or (row.deprecated and not of.deprecated[hit.concept])


@given(contents, typed)
def test_a_longer_prefix_finds_no_more(rows: Content, text: str) -> None:
    of = build(release(rows), rows)
    whole = normalize(text)
    for end in range(1, len(whole)):
        more = {hit.concept for hit in search(of, whole[:end], limit=ALL).hits}
        fewer = {hit.concept for hit in search(of, whole[: end + 1], limit=ALL).hits}
        assert fewer <= more


@given(contents, queries, st.integers(0, 5), st.integers(0, 5))
def test_pages_are_slices_of_the_whole(rows: Content, text: str, offset: int, limit: int) -> None:
    of = build(release(rows), rows)
    whole = search(of, text, limit=ALL)
    page = search(of, text, offset=offset, limit=limit)
    assert page == Found(whole.total, whole.hits[offset : offset + limit])


@given(contents, queries, st.sampled_from([OCCUPATION, SKILL, Kind("aaa-new-kind")]))
def test_a_filter_keeps_the_order_of_what_passes(rows: Content, text: str, kind: Kind) -> None:
    of = build(release(rows), rows)
    whole = search(of, text, limit=ALL).hits
    passed = tuple(hit for hit in whole if of.kind_of[hit.concept] == kind)
    assert search(of, text, kinds=frozenset({kind}), limit=ALL).hits == passed
    scheme = facts_of(kind).scheme
    passed = tuple(hit for hit in whole if of.scheme_of(hit.concept) is scheme)
    assert search(of, text, schemes=frozenset({scheme}), limit=ALL).hits == passed


def in_only(row: Concept, locale: Locale) -> tuple[Label, ...]:
    return tuple(one for one in row.labels if one.locale is locale)


@given(contents, queries, st.sampled_from(Locale))
def test_a_locale_hides_the_labels_of_others(rows: Content, text: str, locale: Locale) -> None:
    only = Content(
        tuple(
            row._replace(labels=tuple(x for x in row.labels if x.locale is locale)) for row in rows.concepts
        ),
        (),
        (),
    )
    of, narrowed = build(release(rows), rows), build(release(only), only)
    hits = search(of, text, locale=locale, limit=ALL).hits
    others = search(narrowed, text, limit=ALL).hits
    assert sorted((of.ids[hit.concept], hit.text, hit.score) for hit in hits) == sorted(
        (narrowed.ids[hit.concept], hit.text, hit.score) for hit in others
    )


def test_a_label_of_three_hundred_words_is_found_by_its_last() -> None:
    words = [f"ord{place}" for place in range(300)]
    of = snapshot([concept("a", " ".join([*words, "sista ordet", "x" * 40]))])
    assert search(of, "sista ordet").total == 1
    assert search(of, "x" * 40).total == 1
    assert search(of, "x" * 41).total == 0


def test_many_and_long_words_are_no_harm() -> None:
    of = snapshot([concept("a", "Bagare och kock")])
    assert search(of, " ".join(["bagare"] * 10_000)).total == 1
    assert search(of, "a" * 100_000).total == 0
    assert search(of, " ".join(f"b{place}" for place in range(5_000))).total == 0
    assert search(of, "(.*" + "a?" * 50).total == 0
    nothing = snapshot([concept("b")._replace(labels=(label("?"),))])
    assert search(nothing, "?").total == 0


# On the publishers' files.


def first(of: Snapshot, text: str, **narrowed: frozenset[Kind]) -> str:
    hit = search(of, text, **narrowed).hits[0]  # type: ignore[arg-type]
    return f"{hit.text} ({of.kind_of[hit.concept]})"


def test_what_people_type_finds_what_they_mean(real_data: Path) -> None:
    of = real_snapshot(real_data)
    assert first(of, "sjuksk") == "Sjuksköterska (job-title)"
    assert first(of, "sjuksköterska, grund") == "Sjuksköterska, grundutbildad (occupation-name)"
    assert first(of, "forskollarare") == "Förskollärare (occupation-name)"
    assert first(of, "c++", kinds=frozenset({SKILL})) == "C++, programmeringsspråk (skill)"
    assert first(of, "C++") == "C++-utvecklare (job-title)"
    assert first(of, "java programmering") == "Java, programmeringsspråk (skill)"
    assert first(of, "programmering java") == "Java, programmeringsspråk (skill)"
    assert first(of, "snick", kinds=frozenset({JOB_TITLE})).startswith("Snick")


def test_the_occupation_comes_before_the_isco_group_of_the_same_name(real_data: Path) -> None:
    of = real_snapshot(real_data)
    kinds = [of.kind_of[hit.concept] for hit in search(of, "mjukvaruutvecklare").hits]
    assert kinds[:2] == [OCCUPATION, ISCO_GROUP]


def test_every_real_label_finds_its_concept_with_the_best_score(real_data: Path) -> None:
    of = real_snapshot(real_data)
    for number in range(0, of.count, 97):
        found = search(of, of.labels[Locale.SV][number], limit=ALL).hits
        assert number in [hit.concept for hit in found if hit.score == 1.0]


def test_real_hits_come_by_falling_score(real_data: Path) -> None:
    of = real_snapshot(real_data)
    for text in ("s", "a", "lärare", "larare", "pro s", "ö", "erfarenhet"):
        hits = search(of, text, limit=ALL).hits
        assert len(hits) > 5
        assert all((-one.score, one.concept) < (-two.score, two.concept) for one, two in pairwise(hits))
