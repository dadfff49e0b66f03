"""The generated part of `docs/workflow.md`: diagram and tables of the workflow."""

from collections.abc import Iterator

from submissions.choices import ActorRole, State
from submissions.state_machine import STATES
from submissions.transition_table import RULES, Rule

BEGIN, END = (
    "<!-- drawn by manage.py draw_workflow: begin -->",
    "<!-- drawn by manage.py draw_workflow: end -->",
)
WHO = {
    ActorRole.PRODUCER: "producer",
    ActorRole.REVIEWER: "reviewer and up",
    ActorRole.MANAGER: "manager and up",
    ActorRole.OWNER: "the owner",
    ActorRole.COLLABORATOR: "somebody with a share",
    ActorRole.SYSTEM: "the system",
}


def drawing() -> str:
    """Return the generated part of the page: diagram, states, transitions and facts."""
    return "\n".join(
        [*_diagram(), "", *_states(), "", *_rules("transition", facts=False), "", *_rules("fact", facts=True)]
    )


def redraw(page: str) -> str:
    """Return a page with the part between its marks regenerated. Raises ValueError without marks."""
    head, rest = page.split(BEGIN, 1)
    tail = rest.split(END, 1)[1]
    return f"{head}{BEGIN}\n{drawing()}\n{END}{tail}"


def who_may(rule: Rule) -> str:
    """Return a rule's roles in words; admin is implied by manager and by system."""
    names = [words for role, words in WHO.items() if role in rule.roles]
    if ActorRole.MANAGER in rule.roles:
        names.remove("the owner")
    if "reviewer and up" in names:
        names.remove("manager and up")
    return ", ".join(names)


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    [*] --> draft"
    for rule in RULES.values():
        if rule.target:
            for source in _ordered(rule):
                yield f"    {source.value} --> {rule.target.value}: {rule.name.value}"
    yield "```"


def _states() -> Iterator[str]:
    yield "| state | at the desk | to the producer | who has the ball |"
    yield "| --- | --- | --- | --- |"
    for state, words in STATES.items():
        yield f"| `{State(state).value}` | {words.desk_name} | {words.producer_name} | {words.ball.value} |"


def _rules(title: str, *, facts: bool) -> Iterator[str]:
    yield f"| {title} | from | to | who may |"
    yield "| --- | --- | --- | --- |"
    for rule in RULES.values():
        if rule.is_fact == facts:
            sources = ", ".join(f"`{source.value}`" for source in _ordered(rule))
            target = f"`{rule.target.value}`" if rule.target else "stays"
            yield f"| `{rule.name.value}` | {sources} | {target} | {who_may(rule)} |"


def _ordered(rule: Rule) -> list[State]:
    return [state for state in State if state in rule.sources]
