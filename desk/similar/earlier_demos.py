"""You heard this before: what came to this label earlier with the same link, ISRC, or artist and title."""

from dataclasses import dataclass

from django.db.models import Count, Q, Window

from desk.context import DeskContext
from desk.review import last_decision
from desk.similar import fingerprints
from desk.similar.fingerprints import Digests
from submissions import copy_view, timeline
from submissions.copy_view import Change
from submissions.models import Event, Revision, Submission
from submissions.models.submission import SubmissionQuerySet

MOST = 3
"""How many are shown; of the rest only the number is said."""


@dataclass(frozen=True)
class Earlier:
    """A submission that came before: what it shares with this one, what was decided, what changed since."""

    submission: Submission
    shares: str
    decision: Event | None
    who: str
    what: str
    reason: str
    welcome: str
    changes: list[Change]


@dataclass(frozen=True)
class Before:
    """The latest of the earlier ones; `more` is how many are not among them."""

    rows: list[Earlier]
    more: int

    @property
    def others(self) -> int:
        """How many there are beside the first."""
        return len(self.rows) - 1 + self.more


def before_of(context: DeskContext, revision: Revision) -> Before:
    """Return what this desk knows again of a submission by its last revision. One query, or three."""
    likeness = fingerprints.digests_of(revision.copy)
    found = list(matches(context, likeness)[:MOST])
    if not found:
        return Before([], 0)
    numbers = [each.pk for each in found]
    events, copies = (
        last_decision.last_decisions(numbers, "actor", "acted_by"),
        last_decision.last_revisions(numbers),
    )
    rows = [
        _earlier(each, context, likeness, events.get(each.pk), copies[each.pk], revision) for each in found
    ]
    return Before(rows, found[0].total - len(found))  # type: ignore[attr-defined]  # annotated


def matches(context: DeskContext, likeness: Digests) -> SubmissionQuerySet:
    """Return the earlier submissions of the same thing, the latest first, each with their `total`."""
    moment, pk = context.submission.submitted_at, context.submission.pk
    came_before = Q(submitted_at__lt=moment) | Q(submitted_at=moment, pk__lt=pk)
    earlier = like_it(context, likeness).filter(came_before).exclude(title="")
    # counting them all keeps the database from walking the whole desk by date until it met enough of them
    return earlier.annotate(total=Window(Count("pk"))).order_by("-submitted_at", "-pk")


def like_it(context: DeskContext, likeness: Digests) -> SubmissionQuerySet:
    """Return what lies on this desk with the same link, ISRC, or artist and title, whenever it came.

    Each part of the condition names what its partial index leaves out.
    """
    submission = context.submission
    alike = Q(track=submission.track_id)
    if submission.isrc:
        alike |= ~Q(isrc="") & Q(isrc=submission.isrc)
    if likeness.link:
        alike |= ~Q(team_link="") & Q(team_link=likeness.link)
    if likeness.name:
        alike |= ~Q(team_name="") & Q(team_name=likeness.name)
    return Submission.objects.at_desk(context.user, context.desk.label).filter(alike)


def _earlier(
    earlier: Submission,
    context: DeskContext,
    likeness: Digests,
    decision: Event | None,
    then: Revision,
    today: Revision,
) -> Earlier:
    earlier.label = context.desk.label
    return Earlier(
        submission=earlier,
        shares=_shared(earlier, context.submission, likeness),
        decision=decision,
        who=timeline.who(decision, earlier, team=True) if decision else "",
        what=timeline.what(decision) if decision else "",
        reason=last_decision.reason_of(decision),
        welcome=last_decision.welcome_of(decision),
        changes=copy_view.compare_revisions(then, today, links=False),
    )


def _shared(earlier: Submission, submission: Submission, likeness: Digests) -> str:
    """Return what the two have in common, in words."""
    marks = {
        "track": earlier.track_id == submission.track_id,
        "link": bool(likeness.link) and earlier.team_link == likeness.link,
        "ISRC": bool(submission.isrc) and earlier.isrc == submission.isrc,
        "artist and title": bool(likeness.name) and earlier.team_name == likeness.name,
    }
    return ", ".join(name for name, is_same in marks.items() if is_same)
