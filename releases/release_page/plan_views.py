"""A release planned: from nothing, or from a signed demo without typing anything again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from kit.attempts import attempt
from kit.htmx import see_other
from kit.routes import url_for
from labels.access import Desk, desk_of
from releases.choices import Kind
from releases.desk_context import actor_of, manager_desk_of, page_context
from releases.forms import Outcome
from releases.models import ReleaseEvent, ReleaseTrack
from releases.release_page.forms import PlanForm
from releases.service import plan_with, release_of, settings_of
from releases.track_list import genre_of, line_of
from submissions.models import Submission

FORM = "releases/release_page/details.html"


@require_safe
def release_of_submission(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Lead from a demo to the release on which it comes out, or to a form that plans one."""
    submission = _signed(request, desk_of(request.user, slug), reference)
    assert submission
    if release := release_of(submission):
        return redirect("releases:release", slug, release.reference)
    return redirect(f"{url_for('releases:plan', slug)}?submission={reference}")


@require_http_methods(["GET", "HEAD", "POST"])
def release_plan(request: SignedInRequest, slug: str) -> HttpResponse:
    """Plan a release, from nothing or from a signed demo."""
    desk = manager_desk_of(request.user, slug)
    if request.method != "POST":
        return _plan_page(request, desk, _first_form(request, desk))
    form = PlanForm(request.POST, label=desk.label)
    submission = _signed(request, desk, request.POST.get("submission", ""))
    actor = actor_of(request)

    def act(*, turn: int, key: UUID) -> ReleaseEvent:
        details = {name: value for name, value in form.details().items() if name != "submission"}
        return plan_with(desk.label, submission, actor=actor, key=key, **details)

    outcome = attempt(form, act, lambda: form.renewed(0))
    if outcome.event is None:
        return _plan_page(request, desk, outcome.form, outcome)
    messages.success(request, f"“{outcome.event.release.shown_title}” is planned.")
    return see_other("releases:release", slug, outcome.event.release.reference)


def _signed(request: SignedInRequest, desk: Desk, reference: str) -> Submission | None:
    """Return the demo that an address or a form names, None for none. Raises Http404."""
    if not reference:
        return None
    found = Submission.objects.at_desk(request.user, desk.label).filter(reference=reference).first()
    if found is None:
        raise Http404
    found.label = desk.label
    return found


def _first_form(request: SignedInRequest, desk: Desk) -> PlanForm:
    usual = settings_of(desk.label)
    known: dict[str, Any] = {"p_line": usual.p_line, "c_line": usual.c_line, "kind": Kind.EP}
    if submission := _signed(request, desk, request.GET.get("submission", "")):
        line = line_of(submission)
        known |= {"kind": Kind.SINGLE, "title": line.title, "edition": line.mix, "artist": line.artist}
        known |= {"genre": genre_of(submission), "submission": submission.reference}
    return PlanForm(turn=0, initial=known, label=desk.label)


def _plan_page(
    request: SignedInRequest, desk: Desk, form: PlanForm, outcome: Outcome | None = None
) -> HttpResponse:
    reference = str(form["submission"].value() or "")
    submission = _signed(request, desk, reference)
    track = ReleaseTrack.objects.filter(submission=submission, comes_out=True).select_related("release")
    context = {
        **page_context(desk),
        "form": form,
        "submission": submission,
        "comes_out_on": track.first() if submission else None,
        "sentence": outcome.sentence if outcome else "",
    }
    return render(request, FORM, context, status=outcome.status if outcome else 200)
