"""Folding and Swedish order, as laws."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from taxonomy.model.text import collation_key, fold, normalize

swedish = st.text("abcåäöéüÅÄÖABC +#-", max_size=20)
words = st.text(st.characters(categories=["L", "N", "P", "Zs", "M"]), max_size=20)


@given(words)
@example("İstanbul")
@example("ẞ")
def test_normalizing_twice_is_normalizing_once(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(words)
def test_folding_twice_is_folding_once_and_stays_normalized(text: str) -> None:
    folded = fold(normalize(text))
    assert fold(folded) == folded == normalize(folded)


@given(swedish)
def test_case_composition_and_outer_blanks_make_no_difference(text: str) -> None:
    decomposed = text.replace("å", "a\u030a").replace("ä", "a\u0308").replace("ö", "o\u0308")
    assert normalize(text) == normalize(text.upper()) == normalize(f" {decomposed}\u00a0")
    assert collation_key(text) == collation_key(text.upper()) == collation_key(decomposed)


@given(swedish)
def test_what_is_folded_has_no_swedish_letters_and_what_is_normalized_keeps_them(text: str) -> None:
    assert not set("åäö") & set(fold(normalize(text)))
    assert [char for char in text.casefold() if char in "åäö"] == [c for c in normalize(text) if c in "åäö"]


@given(words)
def test_words_are_parted_by_single_blanks(text: str) -> None:
    assert normalize(text) == " ".join(normalize(text).split())


@given(swedish, swedish, swedish)
def test_a_common_beginning_never_changes_the_order(start: str, left: str, right: str) -> None:
    before = collation_key(left) < collation_key(right)
    assert (collation_key(start + left) < collation_key(start + right)) == before


def test_the_swedish_alphabet_ends_with_three_letters_of_its_own() -> None:
    alphabet = "abcdefghijklmnopqrstuvwxyzåäö"
    assert all(collation_key(a) < collation_key(b) for a, b in pairwise(alphabet))
    assert sorted(["ö", "z", "ä", "å", "o", "a"], key=collation_key) == ["a", "o", "z", "å", "ä", "ö"]


def test_marks_of_programming_languages_are_part_of_the_word() -> None:
    assert [normalize(text) for text in ("C#", "C++", "F#/.NET", "C")] == ["c#", "c++", "f# net", "c"]
