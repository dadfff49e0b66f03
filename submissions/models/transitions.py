from collections.abc import Callable
from typing import Any

from django_fsm import transition

from submissions.choices import Transition
from submissions.transition_table import RULES


def step(name: Transition) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a method the transition of this name, from and to the states that the table says."""
    rule = RULES[name]
    target = rule.target and rule.target.value
    decorate: Any = transition(field="state", source=sorted(rule.sources), target=target)
    return decorate
