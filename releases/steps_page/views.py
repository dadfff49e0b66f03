"""Steps of a release: added, changed, completed, skipped and reopened."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from kit.forms import ActionForm
from kit.htmx import see_other
from releases.choices import Transition
from releases.desk_context import ReleaseContext, context_at, page_context
from releases.forms import Outcome, attempt
from releases.models import ReleaseEvent, ReleaseStep
from releases.release_page.page import page_of
from releases.steps_page.forms import FromTemplateForm, NewStepForm, StepForm, known_of

T = Transition
ACTS = frozenset({T.COMPLETE_STEP.value, T.SKIP_STEP.value, T.REOPEN_STEP.value})
DONE = {T.COMPLETE_STEP.value: "is done", T.SKIP_STEP.value: "is skipped", T.REOPEN_STEP.value: "is open"}


@require_http_methods(["GET", "HEAD", "POST"])
def steps_add(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Add the steps of a template, or one step."""
    context = context_at(request, slug, code)
    context.require_role(T.ADD_STEPS)
    release, label = context.release, context.desk.label
    others = list(release.steps.all())
    fresh = FromTemplateForm(turn=release.turn, label=label)
    one = NewStepForm(turn=release.turn, label=label, others=others)
    if request.method != "POST":
        return _add_page(request, context, fresh, one)
    if "template" in request.POST:
        outcome = attempt(FromTemplateForm(request.POST, label=label), release, T.ADD_STEPS, context.actor)
        fresh = outcome.form
    else:
        form = NewStepForm(request.POST, label=label, others=others)
        outcome = attempt(form, release, T.ADD_STEPS, context.actor)
        one = outcome.form
    if outcome.event is None:
        return _add_page(request, context, fresh, one, outcome)
    many = len(outcome.event.payload["steps"])
    messages.success(request, "The step is added." if many == 1 else f"{many} steps are added.")
    return see_other(f"{context.url}#steps")


@require_http_methods(["GET", "HEAD", "POST"])
def step_change(request: SignedInRequest, slug: str, code: str, number: int) -> HttpResponse:
    """Change a step."""
    context = context_at(request, slug, code)
    context.require_role(T.CHANGE_STEP)
    step = get_object_or_404(ReleaseStep, release=context.release, number=number)
    options: dict[str, Any] = {
        "label": context.desk.label,
        "others": list(context.release.steps.exclude(number=number)),
    }
    if request.method != "POST":
        form = StepForm(turn=step.turn, initial=_known(step, request), **options)
        return _step_page(request, context, step, form)
    form = StepForm(request.POST, **options)
    outcome = attempt(form, context.release, T.CHANGE_STEP, context.actor, step=number)
    if outcome.event is None:
        return _step_page(request, context, step, outcome.form, outcome)
    messages.success(request, "The step is saved.")
    return see_other(f"{context.url}#step-{number}")


@require_POST
def step_act(request: SignedInRequest, slug: str, code: str, number: int) -> HttpResponse:
    """Complete, skip or reopen a step; the page says what it is ahead of."""
    context = context_at(request, slug, code)
    act = request.POST.get("act", "")
    context.require_role(T.COMPLETE_STEP)
    if act not in ACTS or not context.release.steps.filter(number=number).exists():
        raise Http404
    outcome = attempt(ActionForm(request.POST), context.release, act, context.actor, step=number)
    if outcome.event is None:
        sentence = outcome.sentence or "This page has expired. Try again."
        page = page_of(context.refreshed()) | {"sentence": sentence}
        return render(request, "releases/release_page/release.html", page, status=outcome.status)
    messages.success(request, _done_words(context, outcome.event, number))
    if request.POST.get("back") == "my-steps":
        return see_other("releases:my-steps")
    if request.POST.get("back") == "board":
        return see_other("releases:board", slug)
    return see_other(f"{context.url}#step-{number}")


def _done_words(context: ReleaseContext, event: ReleaseEvent, number: int) -> str:
    names = dict(context.release.steps.values_list("number", "name"))
    ahead = [f"“{names[each]}”" for each in event.payload.get("ahead_of", []) if each in names]
    said = f"“{names[number]}” {DONE[event.transition]}"
    return f"{said}, ahead of {', '.join(ahead)}." if ahead else f"{said}."


def _known(step: ReleaseStep, request: SignedInRequest) -> dict[str, Any]:
    """Return the step, with the area that a card was moved to."""
    area = request.GET.get("area", "")
    return known_of(step) | ({"area": area} if area else {})


def _add_page(
    request: SignedInRequest,
    context: ReleaseContext,
    from_template: FromTemplateForm,
    one: NewStepForm,
    outcome: Outcome | None = None,
) -> HttpResponse:
    page = {
        **page_context(context.desk),
        "context": context,
        "release": context.release,
        "from_template": from_template,
        "form": one,
        "sentence": outcome.sentence if outcome else str(context.refusal_of(T.ADD_STEPS) or ""),
    }
    status = outcome.status if outcome else 200
    return render(request, "releases/steps_page/add.html", page, status=status)


def _step_page(
    request: SignedInRequest,
    context: ReleaseContext,
    step: ReleaseStep,
    form: StepForm,
    outcome: Outcome | None = None,
) -> HttpResponse:
    page = {
        **page_context(context.desk),
        "context": context,
        "release": context.release,
        "step": step,
        "form": form,
        "sentence": outcome.sentence if outcome else str(context.refusal_of(T.CHANGE_STEP) or ""),
    }
    status = outcome.status if outcome else 200
    return render(request, "releases/steps_page/step.html", page, status=status)
