from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django_fsm import transition

from submissions.choices import Transition
from submissions.transition_table import RULES

_moves: dict[str, Callable[..., None]] = {}
MOVES: Mapping[str, Callable[..., None]] = MappingProxyType(_moves)
"""The methods made with `fsm_transition`, by transition; only `submissions.workflow` calls them."""


def fsm_transition(name: Transition) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a method the transition of this name, with sources and target from the transition table."""
    rule = RULES[name]
    target = rule.target and rule.target.value
    decorate: Any = transition(field="state", source=sorted(rule.sources), target=target)

    def register(method: Callable[..., None]) -> Callable[..., None]:
        _moves[name] = decorate(method)
        return _moves[name]

    return register
