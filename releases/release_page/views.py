"""A release's page at the desk, its facts, its delivery sheet, and what happens to it as a whole."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import record
from accounts.requests import SignedInRequest
from kit.htmx import see_other
from releases.choices import Transition
from releases.completeness import gaps_of
from releases.delivery_sheet import sheet_lines, sheet_of
from releases.desk_context import ReleaseContext, context_at, page_context
from releases.forms import Outcome, attempt
from releases.models import ReleaseEvent
from releases.projections import replay
from releases.release_page.forms import FORMS, DetailsForm, details_of
from releases.release_page.page import page_of, words_of
from releases.transition_table import RULES

PAGE = "releases/release_page/release.html"
FORM = "releases/release_page/details.html"


@require_safe
def release_detail(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Show a release to a member."""
    return render(request, PAGE, page_of(context_at(request, slug, code)))


@require_http_methods(["GET", "HEAD", "POST"])
def release_edit(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Change the facts of a release."""
    context = context_at(request, slug, code)
    context.require_role(Transition.EDIT)
    release, label = context.release, context.desk.label
    if request.method != "POST":
        form = DetailsForm(turn=release.turn, initial=details_of(release), label=label)
        return _edit_page(request, context, form)
    form = DetailsForm(request.POST, label=label)
    outcome = attempt(form, release, Transition.EDIT, context.actor)
    if outcome.event is None:
        return _edit_page(request, context.refreshed(), outcome.form, outcome)
    messages.success(request, "The details are saved.")
    return see_other(context.url)


@require_http_methods(["GET", "HEAD", "POST"])
def release_act(request: SignedInRequest, slug: str, code: str, transition: str) -> HttpResponse:
    """Unschedule, deliver, recall, release or cancel; each has a page of its own."""
    if transition not in FORMS:
        raise Http404
    context = context_at(request, slug, code)
    context.require_role(transition)
    if request.method != "POST":
        return _act_page(request, context, transition, FORMS[transition](turn=context.release.turn))
    form = FORMS[transition](request.POST)
    outcome = attempt(form, context.release, transition, context.actor)
    if outcome.event is None:
        return _act_page(request, context.refreshed(), transition, outcome.form, outcome)
    messages.success(request, DONE[transition])
    return see_other(context.url)


@require_safe
def sheet_csv(request: SignedInRequest, slug: str, code: str) -> StreamingHttpResponse:
    """Download the delivery sheet as CSV."""
    context = context_at(request, slug, code)
    lines = sheet_lines(context.release, replay(_events(context)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _named(request, response, context, "csv")


@require_safe
def sheet_json(request: SignedInRequest, slug: str, code: str) -> JsonResponse:
    """Download the delivery sheet as JSON."""
    context = context_at(request, slug, code)
    sheet = sheet_of(context.release, replay(_events(context)))
    return _named(request, JsonResponse(sheet, json_dumps_params={"indent": 2}), context, "json")


DONE = {
    Transition.UNSCHEDULE.value: "The release date is off.",
    Transition.DELIVER.value: "Marked as delivered. It is frozen now: recall it to change anything.",
    Transition.RECALL.value: "Recalled. It can be changed again.",
    Transition.RELEASE.value: "It is out.",
    Transition.CANCEL.value: "The release is cancelled.",
}


def _events(context: ReleaseContext) -> list[ReleaseEvent]:
    return list(ReleaseEvent.objects.of(context.release).with_people())


def _named(request: SignedInRequest, response: Any, context: ReleaseContext, ending: str) -> Any:
    what = f"the delivery sheet of {context.release.reference}"
    record.tell("exported", actor=request.user, label_id=context.desk.label.pk, what=what)
    number = context.release.catalogue_number or context.release.reference
    plain = "".join(each if each.isascii() and each.isalnum() else "-" for each in number)
    response["Content-Disposition"] = f'attachment; filename="{plain}-delivery.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _edit_page(
    request: SignedInRequest, context: ReleaseContext, form: DetailsForm, outcome: Outcome | None = None
) -> HttpResponse:
    page = {
        **page_context(context.desk),
        "context": context,
        "release": context.release,
        "form": form,
        "sentence": outcome.sentence if outcome else _sentence(context, Transition.EDIT),
    }
    return render(request, FORM, page, status=outcome.status if outcome else 200)


def _act_page(
    request: SignedInRequest,
    context: ReleaseContext,
    transition: str,
    form: Any,
    outcome: Outcome | None = None,
) -> HttpResponse:
    gaps = gaps_of(context.release, replay(_events(context))) if transition == Transition.DELIVER else []
    page = {
        **page_context(context.desk),
        **words_of(context.release),
        "context": context,
        "release": context.release,
        "form": form,
        "rule": RULES[transition],
        "transition": transition,
        "gaps": gaps,
        "sentence": outcome.sentence if outcome else _sentence(context, transition),
    }
    return render(request, "releases/release_page/act.html", page, status=outcome.status if outcome else 200)


def _sentence(context: ReleaseContext, transition: str) -> str:
    return str(context.refusal_of(transition) or "")
