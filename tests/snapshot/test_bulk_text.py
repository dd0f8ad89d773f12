"""Many texts at once are normalized, folded and collated as each alone."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from taxonomy.model.text import collation_key, fold, normalize
from taxonomy.snapshot.bulk_text import collation_keys, fold_all, normalize_all

texts = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=5)


@given(texts)
def test_many_texts_are_treated_as_each_alone(many: list[str]) -> None:
    normal = [normalize(text) for text in many]
    assert normalize_all(many) == normal
    assert fold_all(normal) == [fold(text) for text in normal]
    assert collation_keys(many) == [collation_key(text) for text in many]


def test_every_character_is_treated_as_it_is_alone() -> None:
    # The first blocks, and all of Unicode in steps of a prime.
    codes = [*range(1, 0x2200), *range(0x2200, sys.maxunicode, 31)]
    chars = [chr(code) for code in codes if not 0xD800 <= code < 0xE000]
    many = [text for char in chars for text in (char, f"a{char}ä")]
    assert normalize_all(many) == [normalize(text) for text in many]
    assert collation_keys(many) == [collation_key(text) for text in many]
