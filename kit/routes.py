"""Paths of named routes, and routes that a setting closes."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.urls.resolvers import RoutePattern

CLOSABLE: dict[str, str] = {}
"""Which setting opens what is under a route; filled as routes are made."""


class RouteWhile(RoutePattern):
    """A route that leads nowhere while a setting is off or empty: 404, before anybody is asked to sign in."""

    def __init__(self, setting: str, route: str) -> None:
        super().__init__(route)
        self.setting = setting
        CLOSABLE[route] = setting

    def match(self, path: str) -> Any:
        return super().match(path) if getattr(settings, self.setting) else None


def is_open(path: str) -> bool:
    """Whether no setting closes what is at a path of ours."""
    start = get_script_prefix()
    closed = (route for route, setting in CLOSABLE.items() if not getattr(settings, setting))
    return not any(path.startswith(f"{start}{route}") for route in closed)


def url_for(name: str, *args: str | int, **kwargs: str | int) -> str:
    """Return the path of a named route, as `reverse` does, which takes several times as long."""
    return _path(get_script_prefix(), name, *args, **kwargs)


def url_if_any(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the path of a named route, "" if there is none."""
    try:
        return url_for(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=4096)
def _path(_prefix: str, name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)
