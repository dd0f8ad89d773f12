"""From a request to an answer: parse, validate, estimate, execute; each failure with its code."""

import logging
import secrets
from collections import OrderedDict
from time import monotonic
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    execute_sync,
    get_operation_ast,
    get_variable_values,
    parse,
    validate,
)

from taxonomy.gql.fields import Context
from taxonomy.gql.limits import RULES, TOO_MUCH_TO_COMPARE, Limits, check_shape, check_text, check_variables
from taxonomy.gql.plan import Plan
from taxonomy.model.errors import PROBLEMS, BadInput, TaxonomyError, TooComplex
from taxonomy.model.release import Release
from taxonomy.snapshot import Snapshot

_LOG = logging.getLogger("taxonomy.gql")
_DOCUMENTS = 500
_LONGEST_REMEMBERED = 20_000
_MAX_ERRORS = 5


class Request(NamedTuple):
    """A GraphQL request, whatever transport brought it."""

    query: str
    operation_name: str | None = None
    variables: dict[str, Any] | None = None


class Answer(NamedTuple):
    """HTTP status and the response of the GraphQL specification."""

    status: int
    body: dict[str, Any]


class Refused(Exception):
    """The request is answered without being executed."""

    def __init__(self, status: int, errors: list[dict[str, Any]]) -> None:
        self.answer = Answer(status, {"errors": errors})


class Prepared(NamedTuple):
    """A request that may be executed, what it will cost, and whether it holds personal data."""

    document: DocumentNode
    request: Request
    snapshot: Snapshot
    cost: int
    failed: dict[str, TaxonomyError]
    personal: bool


class _Known(NamedTuple):
    document: DocumentNode
    fragments: dict[str, FragmentDefinitionNode]
    plans: dict[str | None, tuple[OperationDefinitionNode, Plan]]


class Executor:
    """Answers requests over snapshots; remembers the documents it has seen. Safe for several threads."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._documents: OrderedDict[str, _Known] = OrderedDict()

    def prepare(self, request: Request, snapshot: Snapshot) -> Prepared:
        """Check a request without executing it; raises `Refused` with the answer if it is not taken."""
        known = self._document(request.query)
        operation, plan = self._operation(known, request.operation_name)
        try:
            check_variables(request.variables or {}, self._limits)
            variables = get_variable_values(
                self._schema, operation.variable_definitions or (), request.variables or {}, _MAX_ERRORS
            )
            if isinstance(variables, list):
                raise Refused(422, [_coded(error, "BAD_INPUT") for error in variables])
            estimate = plan.estimate(variables, snapshot)
            if estimate.cost > self._limits.cost:
                raise TooComplex(
                    f"the operation costs {estimate.cost}, at most {self._limits.cost}: ask for less at once"
                )
        except GraphQLError as error:
            raise Refused(422, [_coded(error, "BAD_INPUT")]) from None
        except TaxonomyError as error:
            raise Refused(error.problem.status, [_told(error)]) from None
        return Prepared(known.document, request, snapshot, estimate.cost, estimate.failed, plan.personal)

    def execute(self, prepared: Prepared, releases: tuple[Release, ...]) -> Answer:
        """The answer to a prepared request."""
        context = Context(prepared.snapshot, releases, monotonic() + self._limits.seconds, prepared.failed)
        result = execute_sync(
            self._schema,
            prepared.document,
            context_value=context,
            variable_values=prepared.request.variables,
            operation_name=prepared.request.operation_name,
        )
        body: dict[str, Any] = {"data": result.data}
        status = 200
        if result.errors:
            errors = [_error(error) for error in result.errors]
            body = {"errors": errors, "data": result.data}
            if any(error["extensions"]["code"] == "TIMEOUT" for error in errors):
                status, body = 503, {"errors": errors}
        body["extensions"] = {"cost": {"requested": prepared.cost, "maximum": self._limits.cost}}
        return Answer(status, body)

    def answer(self, request: Request, snapshot: Snapshot, releases: tuple[Release, ...]) -> Answer:
        """Prepare and execute in one go."""
        try:
            return self.execute(self.prepare(request, snapshot), releases)
        except Refused as refused:
            return refused.answer

    def _document(self, text: str) -> _Known:
        known = self._documents.get(text)
        if known is None:
            known = self._read(text)
            if len(text) <= _LONGEST_REMEMBERED:
                self._documents[text] = known
                if len(self._documents) > _DOCUMENTS:
                    self._documents.popitem(last=False)
        return known

    def _read(self, text: str) -> _Known:
        try:
            check_text(text, self._limits)
            document = parse(text, max_lexical_tokens=self._limits.tokens, max_comments=self._limits.tokens)
            check_shape(document, self._limits)
        except GraphQLSyntaxError as error:
            raise Refused(400, [_coded(error, "BAD_INPUT")]) from None
        except GraphQLError as error:
            raise Refused(422, [_coded(error, "TOO_LONG")]) from None
        except TaxonomyError as error:
            raise Refused(error.problem.status, [_told(error)]) from None
        errors = validate(self._schema, document, RULES, max_errors=_MAX_ERRORS)
        if errors:
            raise Refused(422, [_not_valid(error) for error in errors])
        fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        return _Known(document, fragments, {})

    def _operation(self, known: _Known, name: str | None) -> tuple[OperationDefinitionNode, Plan]:
        if name not in known.plans:
            operation = get_operation_ast(known.document, name)
            if operation is None:
                text = (
                    f"there is no operation {name!r} in it"
                    if name
                    else "it has several operations: say which"
                )
                raise Refused(
                    422, [_told(BadInput(f"the document cannot be executed: {text} (operationName)"))]
                )
            known.plans[name] = (operation, Plan(self._schema, operation, known.fragments))
        return known.plans[name]


def _told(error: TaxonomyError) -> dict[str, Any]:
    return {"message": str(error), "extensions": {"code": error.code}}


def _not_valid(error: GraphQLError) -> dict[str, Any]:
    if error.message == TOO_MUCH_TO_COMPARE:
        return _told(TooComplex("the document has too many fields in one place that would have to be merged"))
    return _coded(error, "BAD_INPUT")


def _coded(error: GraphQLError, code: str) -> dict[str, Any]:
    formatted: dict[str, Any] = dict(error.formatted)
    formatted["extensions"] = {"code": code}
    return formatted


def _error(error: GraphQLError) -> dict[str, Any]:
    """An error of the execution; what we did not expect is logged, and told by its number only."""
    cause = error.original_error
    if isinstance(cause, TaxonomyError):
        return _coded(error, cause.code)
    if cause is None:
        return _coded(error, "BAD_INPUT")
    number = secrets.token_hex(4)
    _LOG.error("internal error %s at %s", number, error.path, exc_info=cause)
    formatted = _coded(error, "INTERNAL")
    formatted["message"] = f"{PROBLEMS['INTERNAL'].title}; the log has it as {number}"
    return formatted
