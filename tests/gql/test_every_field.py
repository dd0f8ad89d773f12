"""No field below the root can fail: every field of every type is asked of concepts of every kind."""

from itertools import islice

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from taxonomy.gql.concepts import TYPE_OF_KIND
from taxonomy.gql.execute import Executor
from taxonomy.gql.schema import executable
from taxonomy.model.concept import Kind
from taxonomy.model.ids import ConceptId, uri_of
from tests.gql.service import Service

DEEPEST = 4
"""Far enough for the edges of a connection, and the leaves of their nodes."""

CONCEPTS_OF_A_KIND = 12


def all_fields(type_: GraphQLNamedType, depth: int) -> str:
    """A selection of every field that can be asked without arguments, so deep."""
    if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    parts = [
        "__typename",
        *filter(None, (selected(name, field, depth) for name, field in type_.fields.items())),
    ]
    return f"{{ {' '.join(parts)} }}"


def selected(name: str, field: GraphQLField, depth: int) -> str:
    """A field with everything below it; nothing for one that is too deep."""
    assert not any(map(is_required_argument, field.args.values())), (
        "below the root all arguments can be left out"
    )
    inner = get_named_type(field.type)
    if is_leaf_type(inner):
        return name
    if not depth:
        return ""
    few = "(first: 2)" if isinstance(field.args.get("first"), GraphQLArgument) else ""
    return f"{name}{few} {all_fields(inner, depth - 1)}"


def some_of(service: Service, kind: Kind) -> list[str]:
    """A few concepts of a kind, deprecated ones among them."""
    numbers = service.snapshot.kind_range(kind)
    deprecated = [number for number in numbers if service.snapshot.deprecated[number]]
    step = max(len(numbers) // CONCEPTS_OF_A_KIND, 1)
    chosen = dict.fromkeys([*islice(numbers, 0, None, step), *deprecated])
    return [service.snapshot.ids[number] for number in chosen]


def type_of(kind: Kind) -> GraphQLObjectType:
    found = executable().type_map[TYPE_OF_KIND.get(kind, "OtherConcept")]
    assert isinstance(found, GraphQLObjectType)
    return found


@pytest.mark.parametrize("depth", [2, 3])
def test_no_field_of_a_concept_of_any_kind_fails(sample: Service, depth: int) -> None:
    generous = sample._replace(executor=unlimited(sample))
    for kind in sample.snapshot.kinds:
        type_ = type_of(kind)
        query = (
            f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {type_.name} {all_fields(type_, depth)} }} }}"
        )
        ids = some_of(sample, kind)
        for node in generous.ask(query, ids=ids if depth == 2 else ids[:3])["nodes"]:
            assert node["__typename"] == type_.name


def test_no_field_of_any_root_field_without_arguments_fails(sample: Service) -> None:
    query = executable().query_type
    assert query is not None
    fields = {
        name: field
        for name, field in query.fields.items()
        if not any(map(is_required_argument, field.args.values()))
    }
    assert {"release", "releases", "concepts", "occupations", "skills", "regions"} <= fields.keys()
    generous = sample._replace(executor=unlimited(sample))
    for name, field in fields.items():
        data = generous.ask(f"{{ {selected(name, field, DEEPEST)} }}")
        assert data[name], name


def unlimited(service: Service) -> Executor:
    limits = service.executor._limits._replace(
        cost=10**12, tokens=10**6, characters=10**7, depth=100, seconds=60.0
    )
    return Executor(executable(), limits)


def test_every_kind_has_a_type_that_node_nodes_and_concept_agree_on(sample: Service) -> None:
    query = (
        "query($id: ID!) { node(id: $id) { __typename id } nodes(ids: [$id]) { __typename id }"
        " concept(id: $id) { __typename id uri kind } }"
    )
    for kind in sample.snapshot.kinds:
        for id_ in some_of(sample, kind):
            data = sample.ask(query, id=id_)
            expected = {"__typename": type_of(kind).name, "id": id_}
            assert data["node"] == expected
            assert data["nodes"] == [expected]
            assert data["concept"] == expected | {
                "uri": uri_of(ConceptId(id_)),
                "kind": kind.upper().replace("-", "_"),
            }


def test_every_concept_type_is_a_possible_type_of_its_interfaces() -> None:
    schema = executable()
    for interface in ("Node", "Concept", "SkillConcept"):
        type_ = schema.type_map[interface]
        assert isinstance(type_, GraphQLInterfaceType)
        possible = {found.name for found in schema.get_possible_types(type_)}
        skills = {"Skill", "EscoSkill"}
        expected = skills if interface == "SkillConcept" else {*TYPE_OF_KIND.values(), "OtherConcept"}
        assert possible == expected


def test_a_kind_newer_than_the_program_is_an_other_concept_of_unknown_kind(sample: Service) -> None:
    number = sample.snapshot.index["bXNH_MNX_dUR"]
    newer = Kind("kind-of-tomorrow")

    class Tomorrow(type(sample.snapshot)):  # type: ignore[misc]
        """A snapshot of a release that holds a kind which this program does not know."""

        __slots__ = ()

    snapshot = Tomorrow(sample.release, sample.snapshot.arrays)
    snapshot.kind_of = tuple(newer if at == number else kind for at, kind in enumerate(snapshot.kind_of))
    tomorrow = sample._replace(current=sample.current._replace(snapshot=snapshot))
    data = tomorrow.ask('{ concept(id: "bXNH_MNX_dUR") { __typename kind scheme label } }')
    assert data["concept"] == {
        "__typename": "OtherConcept",
        "kind": "UNKNOWN",
        "scheme": "JOBTECH",
        "label": "Sjuksköterska, grundutbildad",
    }
