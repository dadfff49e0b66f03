"""Step templates of a person, beside those built in."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from studio.models import StepTemplate
from studio.step_lists import default_of, own_templates
from studio.step_templates import service
from studio.step_templates.forms import BLANK, MORE, TAKEN, DefaultForm, TemplateForm, known_of
from studio.template_table import BUILT_IN

LIST, FORM = "studio/step_templates/list.html", "studio/step_templates/form.html"


@require_safe
def template_list(request: SignedInRequest) -> HttpResponse:
    """List one's own templates and those built in."""
    form = DefaultForm(user=request.user, initial={"template": default_of(request.user)})
    return _list_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def template_create(request: SignedInRequest) -> HttpResponse:
    """Make a template, from nothing or from a built-in one (`?from=ep`)."""
    if request.method == "POST":
        return _posted(request, StepTemplate(owner=request.user))
    begun = BUILT_IN.get(request.GET.get("from", ""))
    known = {"name": f"My {begun.name}"} if begun else {}
    rows: list[Any] = list(begun.as_steps()) if begun else []
    blank = BLANK if begun else MORE
    return _form_page(request, TemplateForm(user=request.user, rows=rows, blank=blank, initial=known))


@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a template; projects that it was copied into stay as they are."""
    template = get_object_or_404(own_templates(request.user), pk=pk)
    if request.method == "POST":
        return _posted(request, template)
    rows, known = known_of(template.steps.all()), {"name": template.name}
    return _form_page(request, TemplateForm(user=request.user, template=template, rows=rows, initial=known))


@require_POST
def template_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """Offer a template no longer."""
    template = get_object_or_404(StepTemplate, owner=request.user, pk=pk)
    if template.retired_at is None:
        service.retire(template)
    messages.success(request, f"“{template}” is retired and no longer offered.")
    return see_other("studio:templates")


@require_POST
def templates_order(request: SignedInRequest) -> HttpResponse:
    """Move a template up or down in one's list."""
    for name, by in (("up", -1), ("down", 1)):
        number = request.POST.get(name, "")
        if number.isascii() and number.isdigit() and len(number) < 19:
            service.move(request.user, int(number), by)
    return see_other("studio:templates")


@require_POST
def template_default(request: SignedInRequest) -> HttpResponse:
    """Choose what new projects begin with."""
    form = DefaultForm(request.POST, user=request.user)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    service.choose_default(request.user, form.cleaned_data["template"])
    messages.success(request, "The steps for new projects are saved.")
    return see_other("studio:templates")


def _posted(request: SignedInRequest, template: StepTemplate) -> HttpResponse:
    """Save a template, or show more empty rows to type in."""
    known: dict[str, Any] = {"user": request.user, "template": template if template.pk else None}
    if "more" in request.POST:
        return _form_page(request, TemplateForm.with_more_rows(request.POST, **known))
    return _save(request, TemplateForm(request.POST, **known), template)


def _save(request: SignedInRequest, form: TemplateForm, template: StepTemplate) -> HttpResponse:
    if not form.is_valid():
        if template.pk is None and form.is_repeated():
            return see_other("studio:templates")
        return _form_page(request, form, status=422)
    try:
        service.save_template(template, form.cleaned_data["name"], form.read_steps())
    except IntegrityError:
        form.add_error("name", TAKEN)
        return _form_page(request, form, status=422)
    messages.success(request, f"“{template}” is saved.")
    return see_other("studio:templates")


def _list_page(request: SignedInRequest, form: DefaultForm, status: int = 200) -> HttpResponse:
    own = own_templates(request.user).prefetch_related("steps")
    context = {"here": "templates", "own": own, "built_in": BUILT_IN.items(), "form": form}
    return render(request, LIST, context, status=status)


def _form_page(request: SignedInRequest, form: TemplateForm, status: int = 200) -> HttpResponse:
    return render(request, FORM, {"form": form, "template": form.template}, status=status)
