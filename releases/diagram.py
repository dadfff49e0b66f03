"""The generated part of `docs/releases.md`: diagram and tables of the second door."""

from collections.abc import Iterator

from releases.choices import State
from releases.transition_table import RULES, Rule
from submissions.choices import ActorRole

BEGIN, END = (
    "<!-- drawn by manage.py draw_releases: begin -->",
    "<!-- drawn by manage.py draw_releases: end -->",
)


def redraw(page: str) -> str:
    """Return a page with the part between its marks regenerated. Raises ValueError without marks."""
    head, rest = page.split(BEGIN, 1)
    drawn = [*_diagram(), "", *_rules("transition", facts=False), "", *_rules("fact", facts=True)]
    return "\n".join([f"{head}{BEGIN}", *drawn, f"{END}{rest.split(END, 1)[1]}"])


def _diagram() -> Iterator[str]:
    yield from ("```mermaid", "stateDiagram-v2")
    for rule in RULES.values():
        for source in _ordered(rule) if rule.target else ():
            start = "[*]" if source == State.NEW else source.value
            yield f"    {start} --> {rule.target}: {rule.name.value}"
    yield "```"


def _rules(title: str, *, facts: bool) -> Iterator[str]:
    yield from (f"| {title} | from | to | who may |", "| --- | --- | --- | --- |")
    for rule in RULES.values():
        if rule.is_fact == facts:
            sources = ", ".join(f"`{source.value}`" for source in _ordered(rule) if source != State.NEW)
            target = f"`{rule.target}`" if rule.target else "stays"
            yield f"| `{rule.name.value}` | {sources or 'nothing'} | {target} | {_who_may(rule)} |"


def _who_may(rule: Rule) -> str:
    names = []
    if ActorRole.REVIEWER in rule.roles:
        names.append("reviewer and up")
    elif ActorRole.MANAGER in rule.roles:
        names.append("manager and up")
    return ", ".join([*names, "the system"] if ActorRole.SYSTEM in rule.roles else names)


def _ordered(rule: Rule) -> list[State]:
    return [state for state in State if state in rule.sources]
