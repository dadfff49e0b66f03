"""The path converters that all apps' addresses use."""

from functools import cache

from kit import codes

CODES = {"track": "TR", "reference": "TF", "intake": "CL", "picture": "PI", "bulk": "BU", "invitation": "IN"}


@cache
def register_once() -> None:
    """Register a converter per kind of code; a URLconf that is loaded again does not do it twice."""
    for name, prefix in CODES.items():
        codes.register(name, prefix)
