"""Parts of a lower app's page that a higher app knows: it provides a function by name, and the page asks for it."""

from collections.abc import Callable
from typing import Any

_parts: dict[str, Callable[..., Any]] = {}


def provide(name: str, function: Callable[..., Any]) -> None:
    """Let pages ask for this part; an app calls it when it is ready."""
    _parts[name] = function


def part(name: str, *args: Any) -> Any:
    """Return what the function provided under this name returns. Raises KeyError if there is none."""
    return _parts[name](*args)
