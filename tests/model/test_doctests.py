"""The examples in the docstrings of the model are true."""

import doctest
import importlib
import pkgutil

import pytest

import taxonomy.model

MODULES = [module.name for module in pkgutil.iter_modules(taxonomy.model.__path__, "taxonomy.model.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
