"""What a label usually asks of a producer: every member may read the list, managers change it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from activity import log
from activity.models import Activity
from kit.errors import ChangedMeanwhile, Gone
from kit.htmx import see_other
from labels import deliverable_templates
from labels.access import Desk, desk_of, read_only_because
from labels.models import DeliverableTemplate
from workspace.access import common_context, manager_desk
from workspace.deliverable_templates.forms import DeliverableTemplateForm

LIST, FORM = "workspace/deliverable_templates/list.html", "workspace/deliverable_templates/form.html"
CHANGED_MEANWHILE = (
    "Somebody else changed this line. What you typed is still here: save again to replace theirs."
)


@require_safe
def template_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the list."""
    return _list_page(request, desk_of(request.user, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def template_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a line."""
    desk = manager_desk(request, slug)
    return _handle_form(request, desk, DeliverableTemplate(label=desk.label))


@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change a line; what was asked for before stays as it is."""
    desk = manager_desk(request, slug)
    return _handle_form(request, desk, _template(desk, pk))


@require_POST
def template_retire(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a line off the list."""
    desk = manager_desk(request, slug)
    template = _template(desk, pk)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _list_page(request, desk, status=409)
    with transaction.atomic():
        if deliverable_templates.retire(template):
            _log(request, desk, str(template))
    messages.success(request, f"“{template}” is off the list.")
    return see_other("workspace:deliverable-templates", slug=slug)


@require_POST
def template_begin(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin with what most labels need."""
    desk = manager_desk(request, slug)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _list_page(request, desk, status=409)
    with transaction.atomic():
        if deliverable_templates.add_usual(desk.label):
            _log(request, desk, "the usual")
            messages.success(request, "The usual is on your list. Change it as you like.")
    return see_other("workspace:deliverable-templates", slug=slug)


def _template(desk: Desk, pk: int) -> DeliverableTemplate:
    return get_object_or_404(DeliverableTemplate.objects.of(desk.label).select_related("label"), pk=pk)


def _handle_form(request: SignedInRequest, desk: Desk, template: DeliverableTemplate) -> HttpResponse:
    if request.method != "POST":
        return _form_page(request, desk, DeliverableTemplateForm(instance=template))
    form = DeliverableTemplateForm(request.POST, instance=template)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _form_page(request, desk, form, status=409)
    if not form.is_valid():
        return _form_page(request, desk, form, status=422)
    try:
        with transaction.atomic():
            saved = deliverable_templates.save(form.instance, stamp=form.cleaned_data["stamp"])
            _log(request, desk, str(saved))
    except Gone as error:
        messages.error(request, f"{error} What you typed is still here.")
        return _form_page(request, desk, form, status=409)
    except ChangedMeanwhile as conflict:
        messages.warning(request, CHANGED_MEANWHILE)
        return _form_page(request, desk, _restamped(form, conflict.fresh), status=409)
    except ValidationError as error:
        form.refuse(error)
        return _form_page(request, desk, form, status=422)
    messages.success(request, f"“{saved}” is saved.")
    return see_other("workspace:deliverable-templates", slug=desk.label.slug)


def _restamped(form: DeliverableTemplateForm, fresh: DeliverableTemplate) -> DeliverableTemplateForm:
    """Return what was typed, to be sent again over what stands now."""
    typed = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    typed["stamp"] = deliverable_templates.stamp_of(fresh)
    return DeliverableTemplateForm(typed, instance=form.instance)


def _list_page(request: SignedInRequest, desk: Desk, status: int = 200) -> HttpResponse:
    rows = list(DeliverableTemplate.objects.of(desk.label))
    return render(request, LIST, {**common_context(desk), "rows": rows}, status=status)


def _form_page(
    request: SignedInRequest, desk: Desk, form: DeliverableTemplateForm, status: int = 200
) -> HttpResponse:
    context = {**common_context(desk), "form": form, "template": form.instance}
    return render(request, FORM, context, status=status)


def _log(request: SignedInRequest, desk: Desk, name: str) -> None:
    log.write(Activity.Kind.ASK_LIST_CHANGED, label=desk.label, actor=request.user, template=name)
