"""Reply templates: the team reads them, managers write them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from activity import log
from activity.models import Activity
from kit.htmx import answer, see_other, target_of
from labels import reply_templates
from labels.access import Desk, desk_of
from labels.choices import Outcome
from labels.models import ReplyTemplate
from labels.permissions import can_edit, can_manage
from workspace.reply_templates.forms import ReplyTemplateForm
from workspace.reply_templates.page import form_page_of, list_page_of

LIST, FORM = "workspace/reply_templates/templates.html", "workspace/reply_templates/template_form.html"
Kind = Activity.Kind
READ_ONLY = "This label is suspended or closed: its desk can only be read."


@require_safe
def reply_template_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List what a label often says, by outcome."""
    return render(request, LIST, list_page_of(desk_of(request.user, slug)))


@require_http_methods(["GET", "HEAD", "POST"])
def reply_template_create(request: SignedInRequest, slug: str, outcome: str) -> HttpResponse:
    """Write a template for an outcome."""
    desk = _managed(request, slug)
    if outcome not in Outcome.values:
        raise Http404
    return _form(request, desk, ReplyTemplate(label=desk.label, outcome=outcome), Kind.TEMPLATE_WRITTEN)


@require_http_methods(["GET", "HEAD", "POST"])
def reply_template_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change a template; what was sent with it stays as it was."""
    desk = _managed(request, slug)
    return _form(request, desk, _template(desk, pk), Kind.TEMPLATE_CHANGED)


@require_POST
def reply_template_retire(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Offer a template no more."""
    desk = _managed(request, slug)
    template = _template(desk, pk)
    if not can_edit(desk.label, desk.role):
        messages.error(request, READ_ONLY)
        return render(request, LIST, list_page_of(desk), status=409)
    with transaction.atomic():
        if reply_templates.retire(template):
            _log(request, template, Kind.TEMPLATE_RETIRED)
    messages.success(request, f"“{template}” is retired: it is offered to nobody any more.")
    return see_other("workspace:templates", slug=slug)


def _managed(request: SignedInRequest, slug: str) -> Desk:
    desk = desk_of(request.user, slug)
    if not can_manage(desk.role):
        raise PermissionDenied
    return desk


def _template(desk: Desk, pk: int) -> ReplyTemplate:
    return get_object_or_404(ReplyTemplate.objects.of(desk.label).select_related("label"), pk=pk)


def _form(request: SignedInRequest, desk: Desk, template: ReplyTemplate, kind: Activity.Kind) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    if posted is None or "preview" in posted or target_of(request) == "sample":
        return _page(request, desk, _unchecked(template, posted), 200)
    form = ReplyTemplateForm(posted, instance=template)
    if not form.is_valid():
        return _page(request, desk, form, 422)
    if not can_edit(desk.label, desk.role):
        messages.error(request, READ_ONLY)
        return _page(request, desk, form, 409)
    try:
        with transaction.atomic():
            kept = reply_templates.keep(form.instance)
            _log(request, kept, kind)
    except ValidationError as error:
        form.refuse(error)
        return _page(request, desk, form, 422)
    messages.success(request, f"“{kept}” is kept.")
    return see_other("workspace:templates", slug=desk.label.slug)


def _unchecked(template: ReplyTemplate, posted: QueryDict | None) -> ReplyTemplateForm:
    """Return the form unbound, with what was typed where something was."""
    typed = {name: posted[name] for name in reply_templates.EDITABLE if name in posted} if posted else None
    return ReplyTemplateForm(instance=template, initial=typed)


def _page(request: SignedInRequest, desk: Desk, form: ReplyTemplateForm, status: int) -> HttpResponse:
    context = form_page_of(desk, form, user=request.user)
    return answer(
        request, FORM, context, partials={"sample": "workspace/reply_templates/_sample.html"}, status=status
    )


def _log(request: SignedInRequest, template: ReplyTemplate, kind: Activity.Kind) -> None:
    log.write(kind, label=template.label, actor=request.user, template=str(template))
