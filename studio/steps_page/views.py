"""Steps of a project: added, changed, completed, skipped, reopened, removed and put in order."""

import re
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from kit.forms import KeyedForm
from kit.htmx import see_other
from kit.routes import url_for
from studio.access import SeenProject, project_of
from studio.choices import Act
from studio.errors import NotPossible
from studio.event_keys import was_done
from studio.forms import Outcome, attempt
from studio.locks import lock
from studio.models import Project, ProjectStep
from studio.steps_page.answers import answer_order, answer_steps
from studio.steps_page.forms import FromTemplateForm, NewStepForm, QuickStepForm, StepFactsForm

NUMBER = re.compile("[0-9]{1,5}")
DONE = {
    Act.COMPLETE_STEP.value: "is done",
    Act.SKIP_STEP.value: "is skipped",
    Act.REOPEN_STEP.value: "is open again",
    Act.REMOVE_STEP.value: "is removed",
}


@require_http_methods(["GET", "HEAD", "POST"])
def steps_add(request: SignedInRequest, code: str) -> HttpResponse:
    """Add the steps of a template, or one step with all about it."""
    seen = project_of(request.user, code)
    seen.require(Act.ADD_STEPS)
    template, one = FromTemplateForm(user=request.user), NewStepForm(project=seen.project)
    if request.method != "POST":
        return _add_page(request, seen, template, one)
    if "template" in request.POST:
        template = FromTemplateForm(request.POST, user=request.user)
        outcome = attempt(template, seen.project, Act.ADD_STEPS, request.user)
    else:
        one = NewStepForm(request.POST, project=seen.project)
        outcome = attempt(one, seen.project, Act.ADD_STEPS, request.user)
    if outcome.event is None:
        return _add_page(request, seen, template, one, outcome)
    count = len(outcome.event.details["steps"])
    messages.success(request, "The step is added." if count == 1 else f"{count} steps are added.")
    return see_other(f"{url_for('studio:project', code)}#steps")


@require_POST
def step_add_quickly(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a step by its name, on the project's page."""
    seen = project_of(request.user, code)
    seen.require(Act.ADD_STEPS)
    form = QuickStepForm(request.POST)
    outcome = attempt(form, seen.project, Act.ADD_STEPS, request.user)
    more: dict[str, Any] = {} if outcome.event else {"quick_form": form}
    return answer_steps(request, seen, outcome, "The step is added.", **more)


@require_http_methods(["GET", "HEAD", "POST"])
def step_change(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Change a step; who saves an older page is told what was saved meanwhile."""
    seen = project_of(request.user, code)
    seen.require(Act.CHANGE_STEP)
    if request.method != "POST":
        step = _step(seen.project, number)
        return _step_page(request, seen, step, StepFactsForm(step=step, project=seen.project))
    outcome = _save_step(request, seen, number)
    if outcome.event is None:
        return _step_page(request, seen, outcome.form.step, outcome.form, outcome)
    messages.success(request, "The step is saved.")
    return see_other(f"{url_for('studio:project', code)}#step-{number}")


@require_POST
def step_act(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Complete, skip, reopen or remove a step."""
    seen, act = project_of(request.user, code), request.POST.get("act", "")
    seen.require(Act.COMPLETE_STEP)
    if act not in DONE:
        raise Http404
    step = seen.project.steps.filter(number=number).first()
    outcome = attempt(KeyedForm(request.POST), seen.project, Act(act), request.user, step=number)
    place = None if act == Act.REMOVE_STEP else number
    return answer_steps(request, seen, outcome, f"“{step}” {DONE[act]}.", number=place)


@require_POST
def steps_order(request: SignedInRequest, code: str) -> HttpResponse:
    """Put the steps in the order that is sent; `up` and `down` move one of them by a place."""
    seen = project_of(request.user, code)
    seen.require(Act.ORDER_STEPS)
    moved = request.POST.get("up") or request.POST.get("down") or ""
    order = [each for each in request.POST.getlist("order") if NUMBER.fullmatch(each)]
    if moved in order:
        place = order.index(moved)
        order.insert(max(place - 1, 0) if "up" in request.POST else place + 1, order.pop(place))
    outcome = attempt(
        KeyedForm(request.POST), seen.project, Act.ORDER_STEPS, request.user, steps=list(map(int, order))
    )
    return answer_order(request, seen, outcome, int(moved) if moved in order else None)


def _save_step(request: SignedInRequest, seen: SeenProject, number: int) -> Outcome:
    """Save from the locked row, so that nobody saves in between."""
    with transaction.atomic():
        step, project = _step(seen.project, number), seen.project
        try:
            project = lock(seen.project).project or project
        except NotPossible as refusal:
            form = StepFactsForm(request.POST, step=step, project=project)
            return Outcome(409, form, sentence=str(refusal))
        form = StepFactsForm(request.POST, step=_step(project, number), project=project)
        is_sent_twice = form.is_valid() and was_done(request.user, form.cleaned_data["key"])
        if not is_sent_twice and form.is_outdated():
            return Outcome(409, form)
        return attempt(form, project, Act.CHANGE_STEP, request.user, step=number)


def _step(project: Project, number: int) -> ProjectStep:
    """Return a step of a project. Raises Http404."""
    rows = ProjectStep.objects.select_related("assignee__profile")
    return get_object_or_404(rows, project=project, number=number)


def _add_page(
    request: SignedInRequest,
    seen: SeenProject,
    template: FromTemplateForm,
    one: NewStepForm,
    outcome: Outcome | None = None,
) -> HttpResponse:
    page = {
        "project": seen.project,
        "from_template": template,
        "form": one,
        "sentence": outcome.sentence if outcome else "",
    }
    status = outcome.status if outcome else 200
    return render(request, "studio/steps_page/add.html", page, status=status)


def _step_page(
    request: SignedInRequest,
    seen: SeenProject,
    step: ProjectStep,
    form: StepFactsForm,
    outcome: Outcome | None = None,
) -> HttpResponse:
    page: dict[str, Any] = {
        "project": seen.project,
        "step": step,
        "form": form,
        "removal": KeyedForm(),
        "sentence": outcome.sentence if outcome else "",
    }
    status = outcome.status if outcome else 200
    return render(request, "studio/steps_page/step.html", page, status=status)
