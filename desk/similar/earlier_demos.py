"""Earlier demos at a label with the same link, ISRC, or artist and title, found by fingerprints."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, Q, Window

from desk.context import DeskContext
from desk.review import last_decision
from desk.similar.fingerprints import Fingerprints, fingerprints_of
from kit.statements import Statement, param
from submissions import copy_view, timeline
from submissions.copy_view import Change
from submissions.models import Event, Revision, Submission
from submissions.models.submission_rows import SubmissionQuerySet

MOST = 3
"""How many are shown; of the rest only the count."""


@dataclass(frozen=True)
class EarlierDemo:
    """An earlier submission: what it shares with this one, the decision, and what changed since."""

    submission: Submission
    shares: str
    decision: Event | None
    who: str
    what: str
    reason: str
    welcome: str
    changes: list[Change]


@dataclass(frozen=True)
class EarlierDemos:
    """The latest earlier submissions; `more` counts the rest."""

    rows: list[EarlierDemo]
    more: int

    @property
    def others(self) -> int:
        """How many there are besides the first."""
        return len(self.rows) - 1 + self.more


def earlier_demos_of(context: DeskContext, revision: Revision) -> EarlierDemos:
    """Return the earlier demos like a submission, by its last revision. One query, or three."""
    prints = fingerprints_of(revision.copy)
    submission, marks = context.submission, marks_of(context.submission, prints)
    place = {"moment": submission.submitted_at, "pk": submission.pk}
    desk = {"user": context.user.pk, "label": context.desk.label.pk}
    found = _earlier_like(frozenset(marks)).all(**desk, **place, **marks)
    if not found:
        return EarlierDemos([], 0)
    numbers = [each.pk for each in found]
    events, copies = (
        last_decision.last_decisions(numbers, "actor", "acted_by"),
        last_decision.last_revisions(numbers),
    )
    rows = [_earlier(each, context, prints, events.get(each.pk), copies[each.pk], revision) for each in found]
    return EarlierDemos(rows, found[0].total - len(found))  # type: ignore[attr-defined]  # annotated


@cache
def _earlier_like(columns: frozenset[str]) -> Statement[Submission]:
    """Return the statement for those that share one of these columns, the latest first, each with their `total`."""
    moment, pk = param("moment"), param("pk")
    came_before = Q(submitted_at__lt=moment) | Q(submitted_at=moment, pk__lt=pk)
    alike = similar_at(param("user"), param("label"), {column: param(column) for column in columns})
    earlier = alike.filter(came_before).exclude(title="")
    # the count keeps the planner from scanning the whole desk by date
    return Statement(earlier.annotate(total=Window(Count("pk"))).order_by("-submitted_at", "-pk")[:MOST])


def marks_of(submission: Submission, prints: Fingerprints) -> dict[str, Any]:
    """Return by column what other demos may share with a submission."""
    marks = {"isrc": submission.isrc, "team_link": prints.link, "team_name": prints.name}
    return {"track": submission.track_id, **{column: value for column, value in marks.items() if value}}


def similar_at(user: Any, label: Any, marks: Mapping[str, Any]) -> SubmissionQuerySet:
    """Return submissions on a desk that share one of the marks, the one itself included.

    Each part of the condition repeats the condition of its partial index.
    """
    alike = Q()
    for column, value in sorted(marks.items()):
        is_given = Q() if column == "track" else ~Q(**{column: ""})
        alike |= is_given & Q(**{column: value})
    return Submission.objects.at_desk(user, label).filter(alike)


def _earlier(
    earlier: Submission,
    context: DeskContext,
    prints: Fingerprints,
    decision: Event | None,
    then: Revision,
    today: Revision,
) -> EarlierDemo:
    earlier.label = context.desk.label
    return EarlierDemo(
        submission=earlier,
        shares=_shared_words(earlier, context.submission, prints),
        decision=decision,
        who=timeline.who(decision, earlier, team=True) if decision else "",
        what=timeline.what(decision) if decision else "",
        reason=last_decision.reason_of(decision),
        welcome=last_decision.welcome_of(decision),
        changes=copy_view.compare_revisions(then, today, links=False),
    )


def _shared_words(earlier: Submission, submission: Submission, prints: Fingerprints) -> str:
    """Return in words what the two have in common."""
    marks = {
        "track": earlier.track_id == submission.track_id,
        "link": bool(prints.link) and earlier.team_link == prints.link,
        "ISRC": bool(submission.isrc) and earlier.isrc == submission.isrc,
        "artist and title": bool(prints.name) and earlier.team_name == prints.name,
    }
    return ", ".join(name for name, is_same in marks.items() if is_same)
