"""What somebody may have meant who asked for a concept that there is not."""

import pytest

from taxonomy.services.suggestions import suggestions
from tests.rdf.published import sample_dataset

SNAPSHOT = sample_dataset().snapshot
ESCO_NURSE = "esco:occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50"


def ids(text: str, limit: int = 8) -> list[str]:
    return [SNAPSHOT.ids[number] for number in suggestions(SNAPSHOT, text, limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("bXNH_MNX_dUr", "bXNH_MNX_dUR"),
        ("BXNH_MNX_DUR", "bXNH_MNX_dUR"),
        ("bXNH_MMX_dUr", "bXNH_MNX_dUR"),
        ("2221", "Z8ci_bBE_tmx"),
        ("Sjuksköterska, grundutbildad", "bXNH_MNX_dUR"),
        ("sjuksköterska-grundutbildad", "bXNH_MNX_dUR"),
        (f"{ESCO_NURSE[:-1]}9", ESCO_NURSE),
    ],
)
def test_the_likeliest_comes_first(text: str, first: str) -> None:
    assert ids(text)[0] == first


def test_each_is_named_once_and_no_more_than_asked_for() -> None:
    found = ids("s", 5)
    assert len(found) == len(set(found)) == 5


@pytest.mark.parametrize("text", ["", "   ", "%%", "a" * 81, "\ud800", "åäö" * 4, "xxxx_xxx_xxx"])
def test_nothing_is_suggested_where_nothing_is_near(text: str) -> None:
    assert ids(text) == []
