"""Checks: the addresses of sources that are switched on can be asked."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from kit.http import NotAskedError
from kit.http_bodies import Hosts


@register()
def sources_have_addresses(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Refuse an address that is none, before somebody asks for it."""
    return [
        Error(f"{name}: “{url}” is no address. Write it with https://.", id="sources.E001")
        for name, said in settings.SOURCES.items()
        if said["is_on"]
        for url in _addresses(said)
        if not _is_address(url)
    ]


def _addresses(said: Mapping[str, Any]) -> list[str]:
    return [*said.get("urls", ()), *(said[name] for name in ("url", "token_url") if name in said)]


def _is_address(url: str) -> bool:
    try:
        Hosts.of([url], "")
    except NotAskedError:
        return False
    return True
