"""Step templates of a label, beside those built in; every member may read them, managers change them."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from activity import log
from activity.models import Activity
from kit.clock import now
from kit.htmx import see_other
from labels.access import Desk, desk_of, read_only_because
from releases.desk_context import manager_desk_of, page_context
from releases.models import StepTemplate, TemplateStep
from releases.step_templates.forms import TAKEN, TemplateForm
from releases.template_table import BUILT_IN

LIST, FORM = "releases/step_templates/list.html", "releases/step_templates/form.html"


Kind = Activity.Kind


@require_safe
def template_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the label's templates and those built in."""
    return _list_page(request, desk_of(request.user, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def template_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make a template, from nothing or from a built-in one (`?from=ep`)."""
    desk = manager_desk_of(request.user, slug)
    begun = BUILT_IN.get(request.GET.get("from", ""))
    if request.method != "POST":
        known = {"name": begun.name} if begun else {}
        form = TemplateForm(label=desk.label, steps=begun.steps if begun else (), initial=known)
        return _form_page(request, desk, form)
    return _save(request, desk, TemplateForm(request.POST, label=desk.label), StepTemplate(label=desk.label))


@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change a template; releases that it was copied into stay as they are."""
    desk = manager_desk_of(request.user, slug)
    template = get_object_or_404(StepTemplate.objects.of(desk.label), pk=pk)
    if request.method != "POST":
        steps, known = template.steps.all(), {"name": template.name}
        form = TemplateForm(label=desk.label, template=template, steps=steps, initial=known)
        return _form_page(request, desk, form)
    return _save(request, desk, TemplateForm(request.POST, label=desk.label, template=template), template)


@require_POST
def template_retire(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Offer a template no longer."""
    desk = manager_desk_of(request.user, slug)
    template = get_object_or_404(StepTemplate.objects.of(desk.label), pk=pk)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _list_page(request, desk, status=409)
    template.retired_at = now()
    with transaction.atomic():
        template.save(update_fields=["retired_at"])
        log.write(Kind.STEPS_RETIRED, label=desk.label, actor=request.user, template=template.name)
    messages.success(request, f"“{template}” is retired and no longer offered.")
    return see_other("releases:templates", slug)


def _save(request: SignedInRequest, desk: Desk, form: TemplateForm, template: StepTemplate) -> HttpResponse:
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _form_page(request, desk, form, 409)
    if not form.is_valid():
        return _form_page(request, desk, form, 422)
    kind = Kind.STEPS_CHANGED if template.pk else Kind.STEPS_WRITTEN
    template.name = form.cleaned_data["name"]
    try:
        with transaction.atomic():
            template.save()
            template.steps.all().delete()
            steps = [TemplateStep(template=template, **step) for step in form.read_steps()]
            TemplateStep.objects.bulk_create(steps)
            log.write(kind, label=desk.label, actor=request.user, template=template.name)
    except IntegrityError:
        form.add_error("name", TAKEN)
        return _form_page(request, desk, form, 422)
    messages.success(request, f"“{template}” is saved.")
    return see_other("releases:templates", desk.label.slug)


def _list_page(request: SignedInRequest, desk: Desk, status: int = 200) -> HttpResponse:
    own = StepTemplate.objects.of(desk.label).prefetch_related("steps")
    page = {**page_context(desk), "own": own, "built_in": BUILT_IN.items()}
    return render(request, LIST, page, status=status)


def _form_page(request: SignedInRequest, desk: Desk, form: TemplateForm, status: int = 200) -> HttpResponse:
    page: dict[str, Any] = {**page_context(desk), "form": form, "template": form.template}
    return render(request, FORM, page, status=status)
