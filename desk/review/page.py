"""All that the page of a submission says to the team."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse

from activity.sentences import log_of
from desk.context import DeskContext
from desk.memos import service as memos
from desk.outbox.page import ProposalRow, row_of
from desk.queue.row import music_words_of
from desk.review.actions import Panel, actions_of
from desk.review.deadline_words import clock_from, clock_words
from desk.review.forms import AssignForm, MemoForm
from desk.review.plays import Heard, Hearing, heard_of, silent_host
from desk.scores.forms import ScoreForm
from desk.scores.page import scores_of
from desk.similar.earlier_demos import before_of
from desk.tags.forms import TagForm
from desk.tags.page import hanging_of
from labels.access import read_only_because
from labels.blocks import active_block
from submissions import deadlines
from submissions.choices import LinkSlot, Transition
from submissions.copy_view import Change, compare_revisions, copy_view
from submissions.deadlines import Deadlines
from submissions.models import Event, Revision
from submissions.timeline import timeline

FROM_PRODUCER = frozenset({Transition.SUBMIT, Transition.RESUBMIT, Transition.REPLACE_LINK})


@dataclass(frozen=True)
class RevisionRow:
    """A revision, when it came, and what it says differently than the one before."""

    revision: Revision
    came_at: datetime
    changes: list[Change]
    heard: list[Hearing]


def page_of(
    context: DeskContext,
    *,
    panel: Panel | None = None,
    assign_form: AssignForm | None = None,
    memo_form: MemoForm | None = None,
    score_form: ScoreForm | None = None,
    tag_form: TagForm | None = None,
) -> dict[str, Any]:
    """Return the context of the page; links are in it only while this side may see them."""
    submission, links = context.submission, context.submission.shows_links_to_desk
    submission.label = context.desk.label
    prefetch_related_objects([submission.label], "suspensions")  # for the page and for the rows beside it
    events = list(Event.objects.of(submission).with_people())
    revisions = list(submission.revisions.select_related("event").order_by("number"))
    reading = deadlines.read(events, context.desk.label.pauses())
    heard = heard_of(events, submission)
    return {
        **panel_page_of(context, panel),
        **talk_of(context, memo_form),
        "sound": music_words_of(submission),
        "actions": actions_of(context, happened={event.transition for event in events}),
        **clock_of(context, reading),
        "promise_days": events[0].payload["promise_days"],
        "notes": [event for event in events if event.note and event.transition in FROM_PRODUCER],
        **demo_of(context, revisions[-1]),
        "revisions": _rows(revisions, heard, links=links),
        **listening_of(context, heard, revisions[-1] if links else None),
        "entries": timeline(submission, team=True, events=events),
        "shows_demo_anew": not links or _was_reopened(events),
        "scores": scores_of(context, revisions[-1], score_form),
        **care_of(context, assign_form, tag_form),
    }


def clock_of(context: DeskContext, reading: Deadlines) -> dict[str, Any]:
    """Return when an answer is due, and why the clock stands still where it does."""
    return {
        "reading": reading,
        "clock": clock_words(clock_from(reading)),
        "stopped_because": _stopped_because(context, reading),
    }


def demo_of(context: DeskContext, revision: Revision) -> dict[str, Any]:
    """Return what was sent, and what of the like came before it. One query, or three."""
    demo = copy_view(revision, links=context.submission.shows_links_to_desk)
    return {"demo": demo, "before": before_of(context, revision)}


def care_of(context: DeskContext, assign_form: AssignForm | None, tag_form: TagForm | None) -> dict[str, Any]:
    """Return what the team does with it; only who reviews may assign and tag."""
    submission = context.submission
    fresh = AssignForm(submission=submission) if context.is_reviewer else None
    return {
        "read_only_because": read_only_because(context.desk.label),
        "assign_form": assign_form or fresh,
        "tags": hanging_of(context, tag_form),
        "proposal": _proposal_of(context),
        "log": log_of(submission),
        "blocked": active_block(label=submission.label_id, producer=submission.producer_id),
        "block_url": reverse("workspace:block", args=context.address) + context.suffix,
    }


def talk_of(context: DeskContext, form: MemoForm | None = None) -> dict[str, Any]:
    """Return what the team says among itself; only who reviews may add to it. Two queries."""
    may_write = context.is_reviewer and not read_only_because(context.desk.label)
    return {
        "talk": memos.talk_of(context.submission, context.user),
        "memo_form": form or (MemoForm() if may_write else None),
    }


def panel_page_of(context: DeskContext, panel: Panel | None) -> dict[str, Any]:
    """Return the context of an action's own small page."""
    return {
        "desk_context": context,
        "label": context.desk.label,
        "submission": context.submission,
        "panel": panel,
    }


def listening_of(context: DeskContext, heard: Heard, revision: Revision | None) -> dict[str, Any]:
    """Return who played it, and for who may tell us so, where the page tells what is played."""
    submission = context.submission
    listens = context.refusal_of(Transition.LISTENED) is None
    address = [context.desk.label.slug, submission.reference]
    return {
        "heard": heard,
        "play_key": "Space",
        "silent_host": silent_host(revision),
        "listened_url": reverse("desk:listened", args=address) if listens else "",
    }


def _proposal_of(context: DeskContext) -> ProposalRow | None:
    waiting = context.proposal
    return row_of(waiting, context.submission, user=context.user, desk=context.desk) if waiting else None


def _stopped_because(context: DeskContext, reading: Deadlines) -> str:
    if not reading.is_stopped:
        return ""
    if context.desk.label.is_suspended:
        return f"{context.desk.label} is suspended."
    return " ".join(f"The {LinkSlot(slot).label} does not answer." for slot in sorted(reading.dead_links))


def _rows(revisions: list[Revision], heard: Heard, *, links: bool) -> list[RevisionRow]:
    """Return the revisions, the last one first, each compared with the one before it."""
    pairs = list(zip([None, *revisions], revisions, strict=False))
    return [
        RevisionRow(
            each,
            each.event.recorded_at,
            _changes(before, each, links=links),
            heard.by_revision.get(each.number, []),
        )
        for before, each in reversed(pairs)
    ]


def _changes(before: Revision | None, revision: Revision, *, links: bool) -> list[Change]:
    return compare_revisions(before, revision, links=links) if before else []


def _was_reopened(events: list[Event]) -> bool:
    return events[-1].transition == Transition.REOPEN
