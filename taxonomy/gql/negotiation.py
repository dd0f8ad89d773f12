"""Which media type an `Accept` header asks for: pure functions."""

from typing import Final

MEDIA_TYPES: Final = ("application/graphql-response+json", "application/json")
"""What a GraphQL answer can be given as; the first is what the protocol's draft prefers."""


def accepted(accept: str) -> list[tuple[str, float]]:
    """The media ranges of an `Accept` header with their qualities, the best first, ties as they stand.

    >>> accepted("text/html, application/json;q=0.9, */*;q=0.1")
    [('text/html', 1.0), ('application/json', 0.9), ('*/*', 0.1)]
    """
    ranges = []
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            ranges.append((name.lower(), _quality(parameters)))
    return sorted(ranges, key=lambda item: -item[1])


def negotiate(accept: str) -> str | None:
    """The media type to answer with; None when the header takes none of `MEDIA_TYPES`.

    Without a header, and for `*/*`, it is `application/json`: such clients are older than the other type.

    >>> negotiate("application/graphql-response+json, application/json;q=0.9")
    'application/graphql-response+json'
    >>> negotiate("*/*"), negotiate("image/png")
    ('application/json', None)
    """
    if not accept:
        return "application/json"
    for name, quality in accepted(accept):
        if quality > 0:
            if name in MEDIA_TYPES:
                return name
            if name in ("*/*", "application/*"):
                return "application/json"
    return None


def wants_html(accept: str) -> bool:
    """Whether a browser asks: HTML is accepted, and better than our JSON.

    >>> wants_html("text/html,application/xhtml+xml,*/*;q=0.8"), wants_html("*/*")
    (True, False)
    """
    for name, quality in accepted(accept) if "text/html" in accept else ():
        if quality > 0 and name == "text/html":
            return True
        if name in MEDIA_TYPES:
            return False
    return False


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
