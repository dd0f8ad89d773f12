"""The one table of errors."""

from collections.abc import Iterator

import taxonomy.model.errors as errors


def kinds(root: type[errors.TaxonomyError]) -> Iterator[type[errors.TaxonomyError]]:
    """The kinds that callers are told of; a module may tell its own subclasses apart."""
    yield root
    for kind in root.__subclasses__():
        if kind.__module__ == errors.__name__:
            yield from kinds(kind)


def test_every_error_has_a_code_of_its_own_and_a_row_in_the_table() -> None:
    codes = [kind.code for kind in kinds(errors.TaxonomyError)]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(errors.PROBLEMS)


def test_every_row_has_a_status_of_http_and_a_title() -> None:
    assert all(400 <= status < 600 and title for status, title in errors.PROBLEMS.values())


def test_an_error_knows_its_problem() -> None:
    assert errors.BadInput("x").problem == errors.PROBLEMS["BAD_INPUT"]
