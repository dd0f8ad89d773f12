"""The schema: declared with strawberry, executed by graphql-core with our own functions."""

from functools import cache
from typing import Any

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
)
from strawberry.schema.config import StrawberryConfig
from strawberry.types.field import StrawberryField

from taxonomy.gql.concepts import OtherConcept, type_of
from taxonomy.gql.fields import FACTS, ArgumentFacts, FieldFacts, Info
from taxonomy.gql.query import Query

_DEFINITION = "strawberry-definition"


@cache
def declared() -> strawberry.Schema:
    """The schema as strawberry sees it."""
    return strawberry.Schema(query=Query, types=[OtherConcept], config=StrawberryConfig(auto_camel_case=True))


def sdl() -> str:
    """The schema in the schema definition language: what `graphql/schema.graphql` holds."""
    return declared().as_str() + "\n"


@cache
def executable() -> GraphQLSchema:
    """The schema that graphql-core executes.

    Strawberry wraps every resolver (an info object, argument conversion, type checks) at ten times the
    cost of reading a column. Our resolvers need none of it: they get graphql-core's arguments as they are.
    """
    schema = declared()._schema
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLEnumType):
            _write_enums_by_value(type_)
        elif isinstance(type_, GraphQLInputObjectType):
            _read_inputs_directly(type_)
        elif isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and not type_.name.startswith("__"):
            if isinstance(type_, GraphQLObjectType):
                type_.is_type_of = None
            else:
                type_.resolve_type = type_of
            for field in type_.fields.values():
                _resolve_directly(field, root=type_ is schema.query_type)
    return schema


def facts_of(field: GraphQLField) -> FieldFacts | None:
    """What was recorded of a field; None for introspection's own."""
    definition: StrawberryField | None = field.extensions.get(_DEFINITION)
    return definition.metadata[FACTS] if definition else None


def checks_of(field: GraphQLField) -> dict[str, ArgumentFacts]:
    """The checks of a field's arguments, by their names in the schema."""
    found = {}
    for name, argument in field.args.items():
        definition = argument.extensions.get(_DEFINITION)
        if definition is not None and FACTS in definition.metadata:
            found[name] = definition.metadata[FACTS]
    return found


def _resolve_directly(field: GraphQLField, *, root: bool) -> None:
    definition: StrawberryField = field.extensions[_DEFINITION]
    facts: FieldFacts = definition.metadata[FACTS]
    field.resolve = _refusing(facts.resolve) if root else facts.resolve
    for argument in field.args.values():
        argument.out_name = argument.extensions[_DEFINITION].python_name


def _refusing(resolve: Any) -> Any:
    """A root field raises what was found wrong with the arguments in it before anything was executed."""

    def checked(root: None, info: Info, **arguments: Any) -> Any:
        failed = info.context.failed.get(str(info.path.key))
        if failed is not None:
            raise failed
        return resolve(root, info, **arguments)

    return checked


def _write_enums_by_value(type_: GraphQLEnumType) -> None:
    definition = type_.extensions.get(_DEFINITION)
    if definition is None:
        return
    names = {value.value: value.name for value in definition.values}
    unknown = names.get("unknown")

    def write(value: Any) -> str:
        name: str = names.get(value, unknown) if unknown else names[value]
        return name

    type_.serialize = write  # type: ignore[assignment,method-assign]
    type_.coerce_output_value = write  # type: ignore[assignment,method-assign]


def _read_inputs_directly(type_: GraphQLInputObjectType) -> None:
    definition = type_.extensions[_DEFINITION]
    for field in type_.fields.values():
        field.out_name = field.extensions[_DEFINITION].python_name
    # Strawberry checks it late, by an error of its own; graphql-core with the rest of the document.
    type_.is_one_of = definition.is_one_of

    def make(values: dict[str, Any]) -> Any:
        return definition.origin(**values)

    type_.out_type = make  # type: ignore[assignment,method-assign]
