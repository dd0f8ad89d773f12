"""What a client sends over HTTP, made a GraphQL request: pure functions."""

from typing import Any

import orjson

from taxonomy.gql.execute import Request


class HttpFailure(Exception):
    """The request is answered with a code of `model.errors.PROBLEMS`, before there is a GraphQL request."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def is_known(etag: str, if_none_match: str) -> bool:
    """Whether a client has the answer already, by the weak comparison of RFC 9110."""
    known = (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
    return any(tag in ("*", etag.removeprefix("W/")) for tag in known)


def request_of(body: bytes) -> Request:
    """The GraphQL request in a JSON body; raises `HttpFailure`."""
    value = parsed(body)
    if isinstance(value, list):
        raise HttpFailure("BAD_INPUT", "batches are not taken: send one request at a time")
    if not isinstance(value, dict):
        raise HttpFailure("BAD_INPUT", "the body must be a JSON object with a query")
    return checked(value.get("query"), value.get("operationName"), value.get("variables"))


def parsed(text: str | bytes) -> Any:
    """The value of a JSON text; raises `HttpFailure`."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise HttpFailure("BAD_INPUT", f"this is not JSON: {error}") from None


def checked(query: object, operation_name: object, variables: object) -> Request:
    """The GraphQL request of values that a client sent; raises `HttpFailure` for one of a wrong type."""
    if not isinstance(query, str):
        raise HttpFailure("BAD_INPUT", "query must be the text of a GraphQL document")
    if not isinstance(operation_name, str | None) or not isinstance(variables, dict | None):
        raise HttpFailure(
            "BAD_INPUT", "operationName must be a text and variables an object, if they are given"
        )
    return Request(query, operation_name or None, variables)
