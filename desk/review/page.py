"""The context of a submission's page, alone or in the pane beside its list."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from activity.sentences import log_of
from desk.assignment.service import AssignForm
from desk.context import DeskContext
from desk.conversation.page import TypedMessage, talk_page_of
from desk.deliverables.page import deliverables_of
from desk.masters.page import masters_part_of
from desk.memos import service as memos
from desk.memos.service import MemoForm
from desk.outbox.page import ProposalRow, row_of
from desk.page_rows import PageRows
from desk.queue.artist_counts import artist_words
from desk.queue.kept_rows import listed_rows
from desk.queue.listing import Neighbours, neighbours_of, window
from desk.queue.page import list_context_of
from desk.queue.row import Row, release_words, rows_of
from desk.review.actions import Panel
from desk.review.deadline_words import deadline_from, deadline_words
from desk.review.music_words import music_words_of
from desk.review.not_now import decisions_of
from desk.review.plays import Play, Plays, plays_of, silent_host
from desk.scores.page import ScoreForm, scores_of
from desk.similar.earlier_demos import earlier_demos_of
from desk.splits.page import splits_of
from desk.tags.page import TagForm, submission_tags_of
from kit.routes import url_for
from labels.access import read_only_because
from submissions import deadlines
from submissions.choices import LinkSlot, Transition
from submissions.conversation.page import in_order
from submissions.copy_view import Change, CopyView, compare_revisions, copy_view
from submissions.deadlines import Deadlines
from submissions.holds.page import hold_words
from submissions.models import Revision, Submission
from submissions.offers.page import offers_from
from submissions.timeline import timeline

FROM_PRODUCER = frozenset({Transition.SUBMIT, Transition.RESUBMIT, Transition.REPLACE_LINK})


@dataclass(frozen=True)
class RevisionRow:
    """A revision, when it came, what changed since the one before, and who played it."""

    revision: Revision
    came_at: datetime
    changes: list[Change]
    plays: list[Play]


def page_of(
    context: DeskContext,
    *,
    panel: Panel | None = None,
    assign_form: AssignForm | None = None,
    memo_form: MemoForm | None = None,
    score_form: ScoreForm | None = None,
    tag_form: TagForm | None = None,
    typed: TypedMessage | None = None,
) -> dict[str, Any]:
    """Return the context of the page; with links only while the desk may see them."""
    submission, links = context.submission, context.submission.shows_links_to_desk
    rows = context.read_rows()
    events, revisions = rows.events, rows.revisions
    reading = deadlines.read(events, context.desk.label.pauses())
    plays = plays_of(events, submission)
    demo = copy_view(revisions[-1], links=links)
    return {
        **panel_page_of(context, panel),
        **history_of(context, rows, demo, typed),
        **memos_of(context, rows, memo_form),
        "sound": [*music_words_of(submission), *release_words(submission)],
        **decisions_of(context, reading, {event.transition for event in events}),
        **deadline_of(context, reading),
        "promise_days": events[0].payload["promise_days"],
        "notes": [event for event in events if event.note and event.transition in FROM_PRODUCER],
        "demo": demo,
        "before": earlier_demos_of(context, revisions[-1]),
        "revisions": _rows(revisions, plays, links=links),
        **plays_context(context, plays, revisions[-1] if links else None),
        "shows_demo_anew": not links or events[-1].transition == Transition.REOPEN,
        "scores": scores_of(context, revisions[-1], rows.reviews, rows.criteria, score_form),
        **team_work_of(context, rows, assign_form, tag_form),
        **splits_of(context) | (asked := deliverables_of(context)),
        **masters_part_of(context, revisions[-1], asked.get("asked", [])),
    }


def history_of(
    context: DeskContext, rows: PageRows, demo: CopyView, typed: TypedMessage | None
) -> dict[str, Any]:
    """Return the conversation, what happened with it in one line of time, and the offers. One query at most."""
    submission, events = context.submission, rows.events
    talk = talk_page_of(context, rows.talk, rows.revisions[-1], demo, rows.message_templates, typed)
    return talk | {
        "entries": in_order(timeline(submission, team=True, events=events), talk["conversation"].rows),
        "offers": offers_from(submission, rows.offers) if rows.offers else None,
        "hold": hold_words(submission, events, team=True),
    }


def deadline_of(context: DeskContext, reading: Deadlines) -> dict[str, Any]:
    """Return when an answer is due, and why the clock is stopped, if it is."""
    return {
        "reading": reading,
        "clock": deadline_words(deadline_from(reading)),
        "stopped_because": _stopped_because(context, reading),
    }


def team_work_of(
    context: DeskContext, rows: PageRows, assign_form: AssignForm | None, tag_form: TagForm | None
) -> dict[str, Any]:
    """Return the team's own work on it; only reviewers and up get the forms."""
    fresh = AssignForm(submission=context.submission, team=rows.team) if context.is_reviewer else None
    return {
        "read_only_because": read_only_because(context.desk.label),
        "assign_form": assign_form or fresh,
        "tags": submission_tags_of(context, rows.tags, tag_form),
        "proposal": _proposal_of(context),
        "log": log_of(rows.log, rows.team),
        "blocked": next(iter(rows.blocks), None),
        "block_url": url_for("workspace:block", *context.address) + context.suffix,
    }


def memos_of(context: DeskContext, rows: PageRows, form: MemoForm | None = None) -> dict[str, Any]:
    """Return the memos, with a form for reviewers and up."""
    may_write = context.is_reviewer and not read_only_because(context.desk.label)
    return {
        "memos": memos.memos_of(rows.memos, rows.team, context.user),
        "memo_form": form or (MemoForm() if may_write else None),
    }


def panel_page_of(context: DeskContext, panel: Panel | None) -> dict[str, Any]:
    """Return the context of a panel, and of its page without JavaScript."""
    return {
        "desk_context": context,
        "label": context.desk.label,
        "submission": context.submission,
        "artist_words": artist_words(context.submission),
        "panel": panel,
    }


def plays_context(context: DeskContext, plays: Plays, revision: Revision | None) -> dict[str, Any]:
    """Return who played it, and for reviewers and up the address that records plays."""
    records = context.refusal_of(Transition.LISTENED) is None
    return {
        "plays": plays,
        "play_key": "Space",
        "silent_host": silent_host(revision),
        "listened_url": url_for("desk:listened", *context.address) if records else "",
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


def _rows(revisions: list[Revision], plays: Plays, *, links: bool) -> list[RevisionRow]:
    """Return the revisions, the last one first, each compared with the one before it."""
    pairs = list(zip([None, *revisions], revisions, strict=False))
    return [
        RevisionRow(
            each,
            each.event.recorded_at,
            compare_revisions(before, each, links=links) if before else [],
            plays.by_revision.get(each.number, []),
        )
        for before, each in reversed(pairs)
    ]


def pane_of(context: DeskContext) -> dict[str, Any]:
    """Return what the pane needs of its list: both neighbours and its own row. Two queries with a list."""
    if context.listing is None:
        return {}
    return {**pane_ahead_of(context), "row": listed_row_of(context)}


def pane_ahead_of(context: DeskContext) -> dict[str, Any]:
    """Return the neighbours alone, for a pane that is fetched ahead: its row stands in the list already. One query."""
    if context.listing is None:
        return {}
    return _list_values(context, neighbours_of(context.listing, context.submission))


def split_of(context: DeskContext) -> dict[str, Any]:
    """Return the part of the list around the submission, with what frames it."""
    assert context.listing is not None
    listing, submission = context.listing, context.submission
    page, neighbours = window(listing, submission)
    submission.is_proposed = context.proposal is not None  # type: ignore[attr-defined]  # an annotation elsewhere
    rows = listed_rows(page.items, context.desk, suffix=listing.suffix, current=submission.reference)
    return {**list_context_of(listing), **_list_values(context, neighbours), "page": page, "rows": rows}


def listed_row_of(context: DeskContext) -> Row:
    """Return the submission's own row of the list."""
    submission = context.submission
    submission.is_proposed = context.proposal is not None  # type: ignore[attr-defined]  # an annotation elsewhere
    gone = [submission.reference] if _is_gone(context) else []
    return rows_of(
        [submission], context.desk, suffix=context.suffix, current=submission.reference, gone=gone
    )[0]


def _is_gone(context: DeskContext) -> bool:
    """Whether the list no longer finds it. One query with a list."""
    listing = context.listing
    return listing is not None and not listing.has(context.submission)


def previous_row(context: DeskContext, reference: str) -> Row | None:
    """Return the row of the submission that the pane showed before, to be replaced in the list. One query, or two."""
    assert context.listing is not None
    found = context.listing.row_of(reference)
    if found is None:
        return None
    gone = [] if found.fits else [reference]  # type: ignore[attr-defined]  # an annotation
    return rows_of([found], context.desk, suffix=context.suffix, gone=gone)[0]


def _list_values(context: DeskContext, neighbours: Neighbours) -> dict[str, Any]:
    return {
        "listing": context.listing,
        "previous_url": _url(context, neighbours.previous),
        "next_url": _url(context, neighbours.next),
    }


def _url(context: DeskContext, neighbour: Submission | None) -> str:
    return replace(context, submission=neighbour).url if neighbour else ""
