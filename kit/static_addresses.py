"""Addresses of static files."""

from functools import lru_cache

from django.templatetags.static import static


@lru_cache(maxsize=1024)
def static_address(path: str) -> str:
    """Return the address of a static file, which stays the same as long as the process runs."""
    return static(path)
