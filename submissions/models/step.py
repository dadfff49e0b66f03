from collections.abc import Callable
from typing import Any

from django_fsm import transition

from submissions.choices import State, Transition
from submissions.transition_table import RULES


def step(name: Transition) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a method the transition of this name, from and to the states that the table says."""
    rule = RULES[name]
    decorate: Any = transition(
        field="state", source=[state.value for state in sorted(rule.sources)], target=State(rule.target).value
    )
    return decorate
