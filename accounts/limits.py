"""How often something may be tried: allauth's limits, in the cache that all processes share."""

from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def spend(request: HttpRequest, action: str, *, key: str = "", rate: str = "") -> Any:
    """Count a try against each rate of the action, in their order, up to one that is used up.

    The rates are those of `ACCOUNT_RATE_LIMITS` or `rate`, in the same words. Returns None if one of them is used up,
    else the try: its `rollback()` takes it back.
    """
    config = {action: rate} if rate else None
    return ratelimit.consume(request, app="allauth.account", action=action, key=key, config=config)


def forget(request: HttpRequest, action: str, *, key: str) -> None:
    """Forget all tries that were counted under this key."""
    ratelimit.clear(request, app="allauth.account", action=action, key=key)


def network_of(request: HttpRequest) -> str:
    """Return the address that a request came from; of IPv6 the network."""
    network: str = ratelimit.get_ip(request)
    return network
