"""Kinds of match: seen from the other end, composed along a path, and the table that says how."""

import re
from itertools import product
from pathlib import Path

import pytest

from taxonomy.declarations import COMPOSITION
from taxonomy.model.errors import BadSource
from taxonomy.model.mapping import MATCHES, Worth, read_composition, seen_from
from taxonomy.model.relation import Direction, RelationKind
from tests.test_docs import rows_under

EXACT, CLOSE, BROAD, NARROW, RELATED = MATCHES


def test_a_mapping_seen_twice_from_the_other_end_is_itself() -> None:
    for kind in MATCHES:
        assert seen_from(kind, Direction.OUT) is kind
        assert seen_from(seen_from(kind, Direction.IN), Direction.IN) is kind
    assert seen_from(BROAD, Direction.IN) is NARROW


def test_the_committed_table_says_what_every_kind_of_match_is_worth() -> None:
    table = read_composition(COMPOSITION)
    assert list(table.worth) == list(MATCHES)
    factors = [worth.factor for worth in table.worth.values()]
    assert factors == sorted(factors, reverse=True)
    assert factors[0] == 1
    assert [kind for kind, worth in table.worth.items() if not worth.essential] == [NARROW, RELATED]


def test_the_committed_table_is_the_documented_one() -> None:
    yes = {True: "yes", False: "no"}
    table = [
        [kind.value, str(worth.factor), yes[worth.essential], yes[worth.shared]]
        for kind, worth in read_composition(COMPOSITION).worth.items()
    ]
    assert rows_under("model.md", "### What a mapping is worth") == table


def test_an_exact_match_leaves_the_other_as_it_is_and_nothing_is_closer_than_its_parts() -> None:
    table = read_composition(COMPOSITION)
    for kind in MATCHES:
        assert table.along([EXACT, kind]) is table.along([kind, EXACT]) is kind
    for first, second in product(MATCHES, MATCHES):
        found = table.along([first, second])
        assert found is None or MATCHES.index(found) >= max(MATCHES.index(first), MATCHES.index(second))


def test_a_path_walked_backwards_is_the_same_match_seen_from_its_end() -> None:
    table = read_composition(COMPOSITION)
    for path in product(MATCHES, MATCHES, MATCHES):
        back = [seen_from(kind, Direction.IN) for kind in reversed(path)]
        found = table.along(path)
        assert table.along(back) is (None if found is None else seen_from(found, Direction.IN))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ([], None),
        ([BROAD], BROAD),
        ([BROAD, BROAD], BROAD),
        ([BROAD, NARROW], None),
        ([NARROW, BROAD], None),
        ([CLOSE, CLOSE], None),
        ([EXACT, NARROW, EXACT], NARROW),
        ([RELATED, RELATED], None),
    ],
)
def test_what_leads_nowhere_says_nothing(path: list[RelationKind], expected: RelationKind | None) -> None:
    assert read_composition(COMPOSITION).along(path) is expected


GOOD = "[evidence.exact-match]\nfactor = 1\nessential = true\nshared = false\n"


def test_a_table_may_leave_kinds_out(tmp_path: Path) -> None:
    file = tmp_path / "composition.toml"
    file.write_text(GOOD, "utf-8")
    table = read_composition(file)
    assert table.worth == {EXACT: Worth(1.0, essential=True, shared=False)}
    assert table.along([EXACT, EXACT]) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[evidence", "composition.toml"),
        (GOOD + "[more]\n", "more"),
        ("evidence = 1\n", "one table for each kind of match"),
        ("[evidence]\nexact-match = 1\n", "one table for each kind of match"),
        (GOOD.replace("exact", "same"), "'same-match' is no kind of match"),
        (GOOD.replace("= 1", "= 0"), "evidence.exact-match.factor must be a number above 0"),
        (GOOD.replace("= 1", "= 1.5"), "at most 1, not 1.5"),
        (GOOD.replace("= 1", "= true"), "not True"),
        (GOOD.replace("factor", "weight"), "weight"),
        (GOOD.replace("essential = true\n", ""), "essential must be true or false, not None"),
        (GOOD.replace("= false", '= "no"'), "shared must be true or false"),
        (GOOD + '[compose.exact-match]\nexact-match = "equal"\n', "'equal' is no kind of match"),
        (GOOD + "[compose.exact-match]\nexact-match = 1\n", "1 is no kind of match"),
        (GOOD + '[compose.exact]\nexact-match = "exact-match"\n', "'exact' is no kind of match"),
    ],
)
def test_a_table_that_is_not_one_is_refused_with_the_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "composition.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadSource, match=re.escape(said)) as caught:
        read_composition(file)
    assert str(file) in str(caught.value)


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="No such file"):
        read_composition(tmp_path / "composition.toml")
