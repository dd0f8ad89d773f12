"""What an operation will cost and which of its arguments are wrong: found before it is executed.

An operation is compiled once into a tree of what was recorded of its fields; each request evaluates the
tree with its variables. Fragments are shared nodes, and every (selection, page size) is evaluated once,
so that a document of fragments within fragments costs no more than its length.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_argument_values,
    get_named_type,
)
from graphql.execution.values import VariableValues
from graphql.language import DirectiveNode, ValueNode

from taxonomy.gql.fields import ArgumentFacts, FieldFacts
from taxonomy.gql.pages import edges_of, list_token, nodes_of, position_after, release_token
from taxonomy.gql.schema import checks_of, facts_of
from taxonomy.model.errors import TaxonomyError
from taxonomy.snapshot import Snapshot

_INTROSPECTION_SIZES: Final = {
    "types": 90,
    "possibleTypes": 3,
    "fields": 10,
    "args": 2,
    "inputFields": 2,
    "enumValues": 5,
    "directives": 6,
    "interfaces": 1,
}
"""How long the lists of introspection are, about, for a schema like ours."""

_UNKNOWN: Final = FieldFacts(lambda *_: None, 1, 1)


class Estimate:
    """What one request comes to: its cost, and the root fields whose arguments are wrong, by response key."""

    __slots__ = ("cost", "failed")

    def __init__(self) -> None:
        self.cost = 0
        self.failed: dict[str, TaxonomyError] = {}


class _Field:
    """One selected field: what was recorded of it, and how its arguments are got."""

    __slots__ = (
        "arguments",
        "below",
        "checks",
        "conditions",
        "constant",
        "definition",
        "facts",
        "key",
        "node",
        "per_page",
    )

    def __init__(self, node: FieldNode, definition: GraphQLField, below: "_Selection | None") -> None:
        self.node = node
        self.definition = definition
        self.below = below
        self.key = node.alias.value if node.alias else node.name.value
        self.facts = facts_of(definition) or _UNKNOWN._replace(
            size=_INTROSPECTION_SIZES.get(node.name.value, 1)
        )
        self.checks: dict[str, ArgumentFacts] = {
            definition.args[name].out_name or name: check for name, check in checks_of(definition).items()
        }
        self.per_page = self.facts.resolve in (edges_of, nodes_of)
        self.conditions = _conditions(node.directives)
        self.constant = not any(_has_variable(argument.value) for argument in node.arguments or ())
        self.arguments = get_argument_values(definition, node) if self.constant else None


class _Spread:
    """A fragment, named or inline."""

    __slots__ = ("conditions", "selection")

    def __init__(self, selection: "_Selection", conditions: list[tuple[bool, ValueNode]]) -> None:
        self.selection = selection
        self.conditions = conditions


class _Selection:
    """What is selected of one type."""

    __slots__ = ("fields", "spreads")

    def __init__(self) -> None:
        self.fields: list[_Field] = []
        self.spreads: list[_Spread] = []


class Plan:
    """An operation, ready to be estimated for any variables; `personal` if some field is."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: dict[str, FragmentDefinitionNode],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._compiled: dict[str, _Selection] = {}
        self.personal = False
        self._root = self._selection(operation.selection_set, schema.query_type)

    def estimate(self, variables: VariableValues, snapshot: Snapshot) -> Estimate:
        """Cost and wrong arguments of the operation with these variables, in this release."""
        estimate = Estimate()
        for field in _flat(self._root, variables):
            walk = _Walk(variables, snapshot)
            estimate.cost += walk.field(field, 1)
            if walk.failure is not None:
                estimate.failed[field.key] = walk.failure
        return estimate

    def _selection(self, node: SelectionSetNode, parent: Any) -> _Selection:
        selection = _Selection()
        self._fill(selection, node, parent)
        return selection

    def _fill(self, selection: _Selection, node: SelectionSetNode, parent: Any) -> None:
        for child in node.selections:
            if isinstance(child, FieldNode):
                definition = self._schema.get_field(parent, child.name.value)
                if definition is None:
                    continue
                below = child.selection_set and self._selection(
                    child.selection_set, get_named_type(definition.type)
                )
                field = _Field(child, definition, below or None)
                self.personal |= field.facts.personal
                selection.fields.append(field)
            elif isinstance(child, FragmentSpreadNode):
                selection.spreads.append(
                    _Spread(self._fragment(child.name.value), _conditions(child.directives))
                )
            elif isinstance(child, InlineFragmentNode):
                condition = child.type_condition
                inner = self._schema.get_type(condition.name.value) if condition else parent
                spread = _Spread(self._selection(child.selection_set, inner), _conditions(child.directives))
                selection.spreads.append(spread)

    def _fragment(self, name: str) -> _Selection:
        if name not in self._compiled:
            fragment = self._fragments[name]
            self._compiled[name] = selection = _Selection()
            type_ = self._schema.get_type(fragment.type_condition.name.value)
            if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
                self._fill(selection, fragment.selection_set, type_)
        return self._compiled[name]


class _Walk:
    """One evaluation below one root field."""

    def __init__(self, variables: VariableValues, snapshot: Snapshot) -> None:
        self._variables = variables
        self._snapshot = snapshot
        self._costs: dict[tuple[int, int], int] = {}
        self.failure: TaxonomyError | None = None

    def field(self, field: _Field, page: int) -> int:
        """The cost of a field and all below it; `page` is the size of the connection's page around it."""
        facts = field.facts
        if not field.definition.args:
            arguments: dict[str, Any] = {}
        elif field.arguments is not None:
            arguments = field.arguments
        else:
            arguments = get_argument_values(field.definition, field.node, self._variables)
        try:
            self._check(field, arguments)
            size = page if field.per_page else _number(facts.size, arguments)
            if facts.page is not None:
                first = arguments.get("first")
                page = facts.page if first is None else first
        except TaxonomyError as error:
            self.failure = self.failure or error
            return 1
        return _number(facts.weight, arguments) + (
            size * self._selection(field.below, page) if field.below else 0
        )

    def _selection(self, selection: _Selection, page: int) -> int:
        key = (id(selection), page)
        known = self._costs.get(key)
        if known is not None:
            return known
        cost = sum(
            self.field(field, page)
            for field in selection.fields
            if _wanted(field.conditions, self._variables)
        )
        cost += sum(
            self._selection(spread.selection, page)
            for spread in selection.spreads
            if _wanted(spread.conditions, self._variables)
        )
        self._costs[key] = cost
        return cost

    def _check(self, field: _Field, arguments: dict[str, Any]) -> None:
        for name, facts in field.checks.items():
            value = arguments.get(name)
            if value is not None:
                facts.check(self._snapshot, value)
        after = arguments.get("after") if field.facts.page is not None else None
        if after is not None:
            filters = {name: value for name, value in arguments.items() if name not in ("first", "after")}
            token = list_token(field.node.name.value, filters)
            position_after(after, release_token(self._snapshot.release.content_hash), token)


def _number(fact: int | Callable[[dict[str, Any]], int], arguments: dict[str, Any]) -> int:
    return fact(arguments) if callable(fact) else fact


def _flat(root: _Selection, variables: VariableValues) -> Iterator[_Field]:
    """The fields of a selection and of the fragments in it; of each fragment once, as they are executed."""
    seen = {id(root)}
    waiting = [root]
    while waiting:
        selection = waiting.pop()
        yield from (field for field in selection.fields if _wanted(field.conditions, variables))
        for spread in selection.spreads:
            if id(spread.selection) not in seen and _wanted(spread.conditions, variables):
                seen.add(id(spread.selection))
                waiting.append(spread.selection)


def _conditions(
    directives: tuple[DirectiveNode, ...] | list[DirectiveNode] | None,
) -> list[tuple[bool, ValueNode]]:
    """(what the value must be, value) of `@include` and `@skip`."""
    return [
        (directive.name.value == "include", directive.arguments[0].value)
        for directive in directives or ()
        if directive.name.value in ("include", "skip") and directive.arguments
    ]


def _wanted(conditions: list[tuple[bool, ValueNode]], variables: VariableValues) -> bool:
    for must_be, node in conditions:
        value = variables.coerced.get(node.name.value) if isinstance(node, VariableNode) else node.value  # type: ignore[attr-defined]
        if bool(value) != must_be:
            return False
    return True


def _has_variable(node: ValueNode) -> bool:
    if isinstance(node, VariableNode):
        return True
    parts = getattr(node, "values", None) or [field.value for field in getattr(node, "fields", None) or ()]
    return any(_has_variable(part) for part in parts)
