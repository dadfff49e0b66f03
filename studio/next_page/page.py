"""What to do next: what the rules find, each with its reason and the one thing that helps."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import DateTimeField, Value

from accounts.models import User
from kit.clock import now
from kit.statements import Statement, param
from studio.cards import artist_of, pack_of
from studio.models import CrewRequest, Pack, Project, ProjectStep
from studio.next_page.reasons import REASONS, Reason
from studio.next_page.rule_table import RULES, UNTOUCHED, Rule, RuleName
from submissions.models import Submission

MOST, MOST_OF_ONE = 20, 10


@dataclass(frozen=True)
class Hit:
    """What a rule found: a project by its key, and a request, demo or step."""

    rule: Rule
    project: int
    subject: int


@dataclass(frozen=True)
class Item:
    """A line of Next."""

    rule: Rule
    project: Project
    reason: Reason

    @property
    def artist(self) -> str:
        return artist_of(self.project)

    @property
    def pack(self) -> Pack | None:
        return pack_of(self.project)


@dataclass
class Subjects:
    """What the hits name, read in one query for each table."""

    projects: dict[int, Project] = field(default_factory=dict)
    requests: dict[int, CrewRequest] = field(default_factory=dict)
    demos: dict[int, Submission] = field(default_factory=dict)
    steps: dict[int, ProjectStep] = field(default_factory=dict)

    def of(self, hit: Hit) -> Any:
        """Return what a hit is about besides its project, None for nothing."""
        by_rule: dict[RuleName, dict[int, Any]] = {
            RuleName.REQUEST: self.requests,
            RuleName.REPLY: self.demos,
        }
        return by_rule.get(hit.rule.name, self.steps).get(hit.subject)


def items_of(user: User, most: int = MOST) -> list[Item]:
    """Return what to do next, the most urgent first. Five queries at most."""
    at = now()
    hits = _once_each(_hits(user, at))[:most]
    subjects = _subjects(user, hits)
    return [
        Item(hit.rule, project, REASONS[hit.rule.name](user, project, subjects.of(hit), at))
        for hit in hits
        if (project := subjects.projects.get(hit.project))
    ]


def _hits(user: User, at: datetime) -> list[Hit]:
    """Return what every rule finds, in the order of the rules and of each of them. One query."""
    found: list[Any] = _rules().rows(user=user.pk, since=at - UNTOUCHED)
    ordered = sorted(found, key=_place)
    return [Hit(RULES[rule], project, subject or 0) for rule, project, subject, _ in ordered]


@cache
def _rules() -> Statement[Any]:
    parts = []
    for number, rule in enumerate(RULES):
        order = "-found_moment" if rule.newest_first else "found_moment"
        for rows in rule.find(param("user"), param("since", DateTimeField())):
            named = rows.annotate(rule=Value(number)).order_by(order, f"{order[:-12]}found_project")
            parts.append(named.values_list("rule", "found_project", "found_subject", "found_moment"))
    limited = [rows[:MOST_OF_ONE] for rows in parts]
    return Statement(limited[0].union(*limited[1:], all=True))


def _place(row: tuple[int, int, int | None, datetime]) -> tuple[int, float, int]:
    rule, project, _, moment = row
    sign = -1 if RULES[rule].newest_first else 1
    return rule, sign * moment.timestamp(), sign * project


def _once_each(hits: Iterable[Hit]) -> list[Hit]:
    """Return the first hit of each project, but every request and every demo that waits."""
    seen, found = set(), []
    for hit in hits:
        is_answer = hit.rule.name in (RuleName.REQUEST, RuleName.REPLY)
        if is_answer or hit.project not in seen:
            found.append(hit)
        seen.add(hit.project)
    return found


def _subjects(user: User, hits: list[Hit]) -> Subjects:
    """Return what these hits name; one query for each kind that there is."""
    asked: dict[str, list[int]] = {}
    for hit in hits:
        kind = hit.rule.name if hit.rule.name in (RuleName.REQUEST, RuleName.REPLY) else "step"
        asked.setdefault(kind, []).append(hit.subject)
    projects = _projects().all(user=user.pk, pks=list({hit.project for hit in hits})) if hits else []
    requests = CrewRequest.objects.select_related("user__profile")
    demos = Submission.objects.select_related("label")
    steps = ProjectStep.objects.select_related("assignee__profile")
    return Subjects(
        {each.pk: each for each in projects},
        _read(requests, asked.get(RuleName.REQUEST, [])),
        _read(demos, asked.get(RuleName.REPLY, [])),
        _read(steps, asked.get("step", [])),
    )


@cache
def _projects() -> Statement[Project]:
    return Statement(Project.objects.with_shown().with_level(param("user")).filter(pk__among=param("pks")))


def _read(rows: Any, keys: list[int]) -> dict[int, Any]:
    asked = {key for key in keys if key}
    return dict(rows.in_bulk(asked)) if asked else {}
