"""Why there is no server."""


class CannotServe(Exception):
    """A server cannot be had or did not start; the text says what is missing and what to do."""
