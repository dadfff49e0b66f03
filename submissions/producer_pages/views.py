"""One submission as its producer sees it."""

from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from kit.clock import now
from submissions import deadlines
from submissions.copy_view import shown
from submissions.differences import compared
from submissions.drafts.service import draft_of, revision_now
from submissions.expectations import deadline_words
from submissions.expectations import page as expectations_page
from submissions.models import Event, Revision, Submission
from submissions.producer_pages import access as producer_pages_access
from submissions.producer_pages.actions import choices_of
from submissions.timeline import timeline


@require_safe
def submission_show(request: SignedInRequest, reference: str) -> HttpResponse:
    return submission_page(request, producer_pages_access.own_in_full(request.user, reference))


def submission_page(
    request: HttpRequest, submission: Submission, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    """Return the page of a submission; `sentence` says why somebody is here instead of further on."""
    context = _of_draft(submission) if submission.is_draft else _of_sent(submission)
    context |= {"submission": submission, "sentence": sentence}
    return render(request, "submissions/producer_pages/submission.html", context, status=status)


def _of_draft(submission: Submission) -> dict[str, Any]:
    revision = revision_now(submission, None, draft_of(submission, None))
    return {"demo": shown(revision, links=True)}


def _of_sent(submission: Submission) -> dict[str, Any]:
    events = list(Event.objects.of(submission).with_people())
    revisions = list(submission.revisions.select_related("event"))
    for revision in revisions:
        revision.submission = submission
    read = deadlines.read(events, submission.label.pauses())
    return {
        "entries": timeline(submission, team=False, events=events),
        "expected": expectations_page.words(submission, read, now()),
        "clock": deadline_words.clock(submission, read, events[0].payload, now()),
        "choices": choices_of(submission),
        "demo": shown(revisions[-1], links=True),
        "revision": revisions[-1],
        "changes": _changes(revisions),
    }


def _changes(revisions: list[Revision]) -> list[dict[str, Any]]:
    """Return every revision but the first, the newest first, with what it changed."""
    pairs = reversed(list(pairwise(revisions)))
    return [{"revision": after, "rows": compared(before, after, links=True)} for before, after in pairs]
