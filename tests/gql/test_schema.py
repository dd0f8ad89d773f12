"""The schema as it is committed, described and asked by the named operations."""

import re
from collections.abc import Iterator

import orjson
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
    find_breaking_changes,
    parse,
    validate,
)

from taxonomy.declarations import SCHEMA
from taxonomy.gql.schema import executable, facts_of, sdl
from tests.conftest import Golden
from tests.gql.service import Operation, Service, operations


def test_the_committed_schema_is_the_code_s() -> None:
    assert SCHEMA.read_text("utf-8") == sdl(), "run `make schema`"


def test_the_committed_schema_can_be_built_by_others_and_means_the_same() -> None:
    committed = build_schema(SCHEMA.read_text("utf-8"))
    assert find_breaking_changes(committed, executable()) == []
    assert find_breaking_changes(executable(), committed) == []


def described() -> Iterator[tuple[str, str | None]]:
    for name, type_ in executable().type_map.items():
        if name.startswith("__"):
            continue
        yield name, type_.description
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for field_name, field in type_.fields.items():
                yield f"{name}.{field_name}", field.description
                for argument_name, argument in field.args.items():
                    yield f"{name}.{field_name}({argument_name}:)", argument.description
        elif isinstance(type_, GraphQLEnumType):
            for value_name, value in type_.values.items():
                yield f"{name}.{value_name}", value.description
        elif isinstance(type_, GraphQLInputObjectType):
            for input_name, input_field in type_.fields.items():
                yield f"{name}.{input_name}", input_field.description


def test_everything_has_a_description() -> None:
    assert [name for name, description in described() if not (description or "").strip()] == []


def test_descriptions_are_sentences() -> None:
    builtin = {"ID", "Int", "Float", "String", "Boolean", "DateTime"}
    texts = [(name, text or "") for name, text in described() if name not in builtin]
    assert [name for name, text in texts if not text.rstrip("`\"'").endswith((".", "..."))] == []


def test_every_field_says_what_it_costs() -> None:
    without = [
        f"{type_.name}.{name}"
        for type_ in executable().type_map.values()
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
        for name, field in type_.fields.items()
        if (facts := facts_of(field)) is None or facts.weight == 0
    ]
    assert without == []


def test_root_fields_whose_arguments_can_be_wrong_are_nullable() -> None:
    query = executable().query_type
    assert query is not None
    strict = {name for name, field in query.fields.items() if str(field.type).endswith("!")}
    assert strict == {"release", "releases", "regions", "occupationFields"}
    assert [name for name in strict if query.fields[name].args] == []


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
def test_a_named_operation_is_valid_and_named_as_its_file(operation: Operation) -> None:
    document = parse(operation.query)
    assert validate(executable(), document) == []
    assert [getattr(node, "name").value for node in document.definitions] == [operation.name]  # noqa: B009 any node


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
def test_a_named_operation_is_answered_as_recorded(
    operation: Operation, sample: Service, golden: Golden
) -> None:
    answer = sample.answer(operation.query, operation.variables, operation.name)
    assert answer.status == 200
    assert "errors" not in answer.body
    text = orjson.dumps(answer.body, option=orjson.OPT_INDENT_2) + b"\n"
    golden(f"gql/{operation.name}.json", re.sub(rb'"publishedAt": "[^"]+"', b'"publishedAt": ""', text))


def test_the_example_of_every_named_operation_finds_something(sample: Service) -> None:
    for operation in operations():
        data = sample.ask(operation.query, **operation.variables)
        assert all(data.values()), operation.name
