"""Editing and sending a draft or a new revision: the same form for both."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.requests import SignedInRequest
from kit.clock import now
from kit.htmx import see_other
from submissions.choices import State, Transition
from submissions.copy_view import compare_revisions, copy_view
from submissions.drafts import service as drafts
from submissions.forms import attempt, producer_of
from submissions.models import Draft, Event, Revision, Submission
from submissions.preflight.problems import draft_problems, edit_url, problems_in, problems_of, terms_of
from submissions.producer_pages import access as producer_pages_access
from submissions.producer_pages.forms import DraftForm, draft_form, initial_of
from submissions.producer_pages.views import submission_page
from submissions.timeline import who_did_what
from submissions.wording import clock_time


@dataclass(frozen=True)
class Stage:
    """What differs between the first revision and later ones."""

    state: State
    transition: Transition
    url_name: str
    template: str
    done: str


FIRST = Stage(
    State.DRAFT,
    Transition.SUBMIT,
    "submissions:edit",
    "submissions/drafts/edit.html",
    "Sent. You are told when somebody opens it, and a mail confirms what you sent.",
)
AGAIN = Stage(
    State.CHANGES_REQUESTED,
    Transition.RESUBMIT,
    "submissions:resubmit",
    "submissions/drafts/resubmit.html",
    "The new revision is sent.",
)
TOO_MANY_CODES = (
    "Too many wrong codes. Ask the label for its code and try again in an hour. Your draft is saved."
)


@require_http_methods(["GET", "HEAD", "POST"])
def submission_edit(request: SignedInRequest, reference: str) -> HttpResponse:
    return _compose(request, producer_pages_access.get_own_with_details(request.user, reference), FIRST)


@require_http_methods(["GET", "HEAD", "POST"])
def submission_resubmit(request: SignedInRequest, reference: str) -> HttpResponse:
    return _compose(request, producer_pages_access.get_own_with_details(request.user, reference), AGAIN)


def _compose(request: SignedInRequest, submission: Submission, stage: Stage) -> HttpResponse:
    if request.method == "POST":
        return _post(request, submission, stage)
    if submission.state != stage.state:
        return redirect(submission)
    return _page(request, submission, stage)


def _post(request: SignedInRequest, submission: Submission, stage: Stage) -> HttpResponse:
    form = draft_form(submission.intake)(request.POST)
    is_current = submission.state == stage.state
    if not form.is_valid() and is_current:
        return _page(request, submission, stage, form, status=422)
    try:
        is_kept = is_current and drafts.save(submission, form)
    except drafts.SavedElsewhereError as error:
        return _page(request, submission, stage, form.based_on(error.stamp), elsewhere=str(error), status=409)
    if request.POST.get("do") == "send" and form.is_valid():
        return _send(request, submission, stage, form)
    if not is_kept:
        return _stale(request, submission)
    messages.success(request, f"Saved {clock_time(now())}. Nobody at the label sees it until you send it.")
    return see_other(stage.url_name, reference=submission.reference)


def _send(request: SignedInRequest, submission: Submission, stage: Stage, form: DraftForm) -> HttpResponse:
    """Send; a try counts against the limits of `call_code` if it did not have the call's code."""
    has_code = "access_code" in form.fields and stage is FIRST
    guess = limits.spend(request, "call_code", key=submission.intake.code) if has_code else None
    if guess is not None and guess.until:
        form.add_error("access_code", TOO_MANY_CODES)
        response = _page(request, submission, stage, form, status=429)
        response["Retry-After"] = limits.seconds_left(guess.until)
        return response
    outcome = attempt(form, submission, stage.transition, producer_of(request))
    if guess and "access_code" not in form.errors:
        guess.rollback()
    if outcome.event:
        messages.success(request, stage.done)
        return see_other(submission)
    fresh = producer_pages_access.get_own_with_details(request.user, submission.reference)
    if outcome.status == 422:
        return _page(request, fresh, stage, form, status=422)
    if fresh.state == stage.state:
        return _page(request, fresh, stage, sentence=outcome.sentence, status=409)
    return submission_page(request, fresh, sentence=outcome.sentence, status=409)


def _stale(request: SignedInRequest, submission: Submission) -> HttpResponse:
    fresh = producer_pages_access.get_own_with_details(request.user, submission.reference)
    return submission_page(request, fresh, sentence=stale_sentence(fresh), status=409)


def stale_sentence(fresh: Submission) -> str:
    """Return who acted meanwhile, for the producer."""
    return who_did_what(list(Event.objects.of(fresh).with_people()), fresh, team=False)


def _page(
    request: SignedInRequest,
    submission: Submission,
    stage: Stage,
    form: DraftForm | None = None,
    *,
    sentence: str = "",
    elsewhere: str = "",
    status: int = 200,
) -> HttpResponse:
    last = submission.revisions.last()
    draft = drafts.draft_of(submission, last)
    form = form or draft_form(submission.intake)(turn=submission.turn, initial=initial_of(draft))
    context = {
        "submission": submission,
        "form": form,
        "sentence": sentence,
        "elsewhere": elsewhere,
        "saved": clock_time(draft.saved_at) if draft.saved_by else "",
        "refused": [each for name, error in form.refused for each in problems_in(submission, name, error)],
        **track_context(submission, last, draft),
        "terms": terms_of(submission.intake),
    }
    return render(request, stage.template, context, status=status)


def track_context(submission: Submission, last: Revision | None, draft: Draft) -> dict[str, Any]:
    """Return what depends on the track now: problems, preview, and changes since the last revision."""
    upcoming = drafts.revision_now(submission, last, draft)
    return {
        "problems": draft_problems(submission) if submission.is_draft else problems_of(submission),
        "edit_url": edit_url(submission),
        "demo": copy_view(upcoming, links=True),
        "rows": compare_revisions(last, upcoming, links=True) if last else [],
        "wish": _requested_changes(submission) if last else "",
    }


def _requested_changes(submission: Submission) -> str:
    """Return the label's last request for changes."""
    requests = submission.events.filter(transition=Transition.REQUEST_CHANGES)
    return requests.order_by("sequence").values_list("note", flat=True).last() or ""
