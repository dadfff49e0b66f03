"""A draft that saves itself while its producer types; sending it is never done here."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from submissions.drafts import service as drafts
from submissions.drafts.compose_views import of_track
from submissions.models import Draft, Event, Submission
from submissions.producer_pages import access as producer_pages_access
from submissions.producer_pages.forms import DraftForm, draft_form
from submissions.sentences import who_did_what
from submissions.wording import clock_time

TEMPLATE = "submissions/drafts/_autosave_swap.html"


@require_POST
def submission_autosave(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep what was typed so far: 200, 422 where a field was left out, 409 when it was sent or saved elsewhere."""
    submission = producer_pages_access.own_in_full(request.user, reference)
    form = draft_form(submission.intake)(request.POST)
    if not form.is_valid() and {"turn", "key"} & set(form.errors):
        return _stopped(
            request, submission, "this page is damaged. Copy what you typed and load it anew.", 422
        )
    try:
        draft = drafts.keep(submission, form)
    except drafts.SavedElsewhereError as error:
        said = {
            "submission": submission,
            "elsewhere": error,
            "stamp": error.stamp,
            "edit_url": _edit_url(submission),
        }
        return render(request, TEMPLATE, said, status=409)
    if draft is None:
        return _stopped(request, submission, _since(submission), 409)
    return render(request, TEMPLATE, _kept(submission, draft, form), status=422 if form.errors else 200)


def _kept(submission: Submission, draft: Draft, form: DraftForm) -> dict[str, Any]:
    last = submission.revisions.last()
    faults = [(form[name].label, error) for name, errors in form.errors.items() for error in errors]
    return {
        "submission": submission,
        "saved": clock_time(draft.saved_at),
        "faults": faults,
        "is_renewed": True,
        "is_again": last is not None,
        **of_track(submission, last, draft),
    }


def _stopped(request: SignedInRequest, submission: Submission, why: str, status: int) -> HttpResponse:
    return render(request, TEMPLATE, {"submission": submission, "stopped": why}, status=status)


def _edit_url(submission: Submission) -> str:
    return "submissions:edit" if submission.is_draft else "submissions:resubmit"


def _since(submission: Submission) -> str:
    fresh = Submission.objects.with_people().get(pk=submission.pk)
    return who_did_what(list(Event.objects.of(fresh).with_people()), fresh, team=False)
