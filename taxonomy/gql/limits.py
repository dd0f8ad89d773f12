"""What a document may be: checked on its text and its shape, before anything dearer looks at it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OverlappingFieldsCanBeMergedRule,
    SelectionSetNode,
    ValidationContext,
    specified_rules,
)

from taxonomy.model.errors import TooComplex, TooDeep, TooLong


class Limits(NamedTuple):
    """The settings of `taxonomy.config` that bound a GraphQL request."""

    characters: int
    tokens: int
    depth: int
    aliases: int
    repeats: int
    fragments: int
    cost: int
    list_size: int
    seconds: float


# A text that does not end is a token too: were it none, each of its quotes would be tried again, to the end.
_TOKEN: Final = re.compile(
    r'"""(?:\\"""|[^"]|"{1,2}(?!"))*(?:""")?|"(?:\\.|[^"\\\n])*"?|#[^\n\r]*'
    r"|(?P<open>[{(\[])|(?P<close>[})\]])|[\w.]+|[!$&:=@|-]"
)
_DEEPEST_TEXT: Final = 100
"""Brackets of all sorts may nest this deep: more than any depth of selections needs, less than hurts."""


class _OverlappingFields(OverlappingFieldsCanBeMergedRule):
    """The dearest rule by far: it compares every two fields that may have to be merged."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = _COMPARISONS


_COMPARISONS: Final = 8_000
"""Sixteen fragments of eleven fields each, all in one place, need nearly as many; ours need none."""

RULES: Final[tuple[type[ASTValidationRule], ...]] = tuple(
    _OverlappingFields if rule is OverlappingFieldsCanBeMergedRule else rule for rule in specified_rules
)
"""The rules of the specification, none of which takes long."""

TOO_MUCH_TO_COMPARE: Final = "Validation aborted."
"""What graphql-core says when a rule has used up its budget."""


def check_text(text: str, limits: Limits) -> None:
    """Raise `TooLong` or `TooDeep` for a text that is not worth parsing; linear, and stops at the limit."""
    if len(text) > limits.characters:
        raise TooLong(f"the document has {len(text)} characters, at most {limits.characters} are read")
    depth = 0
    for tokens, found in enumerate(_TOKEN.finditer(text), 1):
        kind = found.lastgroup
        depth += (kind == "open") - (kind == "close")
        if tokens > limits.tokens:
            raise TooLong(f"the document has more than {limits.tokens} tokens")
        if depth > _DEEPEST_TEXT:
            raise TooDeep(f"the document nests brackets more than {_DEEPEST_TEXT} deep")


def check_shape(document: DocumentNode, limits: Limits) -> None:
    """Raise `TooLong`, `TooDeep` or `TooComplex` for a document that would be dear to validate."""
    fragments = {
        node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
    }
    if len(fragments) > limits.fragments:
        raise TooComplex(f"the document has {len(fragments)} fragments, at most {limits.fragments} are taken")
    aliases = 0
    for selections in _selection_sets(document):
        names = Counter(_keys(selections))
        if names and max(names.values()) > limits.repeats:
            name, count = names.most_common(1)[0]
            raise TooComplex(
                f"{name!r} is selected {count} times in one place, at most {limits.repeats} are taken"
            )
        aliases += sum(
            isinstance(node, FieldNode) and node.alias is not None for node in selections.selections
        )
    if aliases > limits.aliases:
        raise TooComplex(f"the document has {aliases} aliases, at most {limits.aliases} are taken")
    _check_depth(document, fragments, limits.depth)


def check_variables(variables: Mapping[str, Any], limits: Limits) -> None:
    """Raise `TooLong` for a list in the variables that is longer than any argument takes."""
    waiting: list[Any] = list(variables.values())
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            if len(value) > limits.list_size:
                raise TooLong(
                    f"a list in the variables has {len(value)} members, at most {limits.list_size} are taken"
                )
            waiting.extend(value)


def _selection_sets(document: DocumentNode) -> Iterator[SelectionSetNode]:
    waiting: list[SelectionSetNode] = []
    for definition in document.definitions:
        selections = getattr(definition, "selection_set", None)
        if selections:
            waiting.append(selections)
    while waiting:
        selections = waiting.pop()
        yield selections
        for node in selections.selections:
            inner: SelectionSetNode | None = getattr(node, "selection_set", None)
            if inner:
                waiting.append(inner)


def _keys(selections: SelectionSetNode) -> Iterator[str]:
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node.alias.value if node.alias else node.name.value
        elif isinstance(node, FragmentSpreadNode):
            yield "..." + node.name.value
        else:
            yield "..."


def _check_depth(document: DocumentNode, fragments: dict[str, FragmentDefinitionNode], limit: int) -> None:
    depths: dict[str, int] = {}

    def depth_of(selections: SelectionSetNode, open_: frozenset[str]) -> int:
        deepest = 0
        for node in selections.selections:
            if isinstance(node, FragmentSpreadNode):
                inner = fragment_depth(node.name.value, open_)
            else:
                below: SelectionSetNode | None = node.selection_set  # type: ignore[attr-defined]
                inner = depth_of(below, open_) if below else 0
                inner += isinstance(node, FieldNode)
            deepest = max(deepest, inner)
        return deepest

    def fragment_depth(name: str, open_: frozenset[str]) -> int:
        # A cycle adds nothing here: validation reports it.
        if name in open_ or name not in fragments:
            return 0
        if name not in depths:
            depths[name] = depth_of(fragments[name].selection_set, open_ | {name})
        return depths[name]

    for node in document.definitions:
        selections: SelectionSetNode | None = getattr(node, "selection_set", None)
        if selections:
            depth = depth_of(selections, frozenset())
            if depth > limit:
                raise TooDeep(f"the document selects {depth} levels deep, at most {limit} are taken")
