"""Reply templates: every member may read them, managers change them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from activity import log
from activity.models import Activity
from kit.errors import ChangedMeanwhile, Gone
from kit.htmx import answer, see_other, target_of
from labels import reply_templates
from labels.access import Desk, desk_of, read_only_because
from labels.choices import ReplyPurpose
from labels.models import ReplyTemplate
from workspace.access import manager_desk
from workspace.reply_templates.forms import ReplyTemplateForm
from workspace.reply_templates.page import form_page_of, list_page_of, row_of

LIST, FORM = "workspace/reply_templates/templates.html", "workspace/reply_templates/template_form.html"
Kind = Activity.Kind


@require_safe
def reply_template_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a label's templates, by outcome."""
    return render(request, LIST, list_page_of(desk_of(request.user, slug)))


@require_http_methods(["GET", "HEAD", "POST"])
def reply_template_create(request: SignedInRequest, slug: str, outcome: str) -> HttpResponse:
    """Create a template for an outcome."""
    desk = manager_desk(request, slug)
    if outcome not in ReplyPurpose.values:
        raise Http404
    return _handle_form(
        request, desk, ReplyTemplate(label=desk.label, outcome=outcome), Kind.TEMPLATE_WRITTEN
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reply_template_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change a template; replies sent with it stay as they are."""
    desk = manager_desk(request, slug)
    return _handle_form(request, desk, _template(desk, pk), Kind.TEMPLATE_CHANGED)


@require_POST
def reply_template_retire(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Retire a template."""
    desk = manager_desk(request, slug)
    template = _template(desk, pk)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return render(request, LIST, list_page_of(desk), status=409)
    with transaction.atomic():
        if reply_templates.retire(template):
            _log(request, template, Kind.TEMPLATE_RETIRED)
    messages.success(request, f"“{template}” is retired and no longer offered.")
    return see_other("workspace:templates", slug=slug)


def _template(desk: Desk, pk: int) -> ReplyTemplate:
    return get_object_or_404(ReplyTemplate.objects.of(desk.label).select_related("label"), pk=pk)


def _handle_form(
    request: SignedInRequest, desk: Desk, template: ReplyTemplate, kind: Activity.Kind
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    if posted is None or "preview" in posted or target_of(request) == "sample":
        return _page(request, desk, _preview_form(template, posted), 200)
    form = ReplyTemplateForm(posted, instance=template)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _page(request, desk, form, 409)
    if not form.is_valid():
        return _page(request, desk, form, 422)
    try:
        with transaction.atomic():
            template = reply_templates.save(form.instance, stamp=form.cleaned_data["stamp"])
            _log(request, template, kind)
    except Gone as error:
        messages.error(request, f"{error} What you typed is still here.")
        return _page(request, desk, form, 409)
    except ChangedMeanwhile as conflict:
        return _page(request, desk, _restamped_form(form, conflict.fresh), 409, stands=conflict.fresh)
    except ValidationError as error:
        form.refuse(error)
        return _page(request, desk, form, 422)
    messages.success(request, f"“{template}” is saved.")
    return see_other("workspace:templates", slug=desk.label.slug)


def _restamped_form(form: ReplyTemplateForm, fresh: ReplyTemplate) -> ReplyTemplateForm:
    """Return what was typed, to be sent again over what stands now."""
    typed = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    typed["stamp"] = reply_templates.stamp_of(fresh)
    return ReplyTemplateForm(typed, instance=form.instance)


def _preview_form(template: ReplyTemplate, posted: QueryDict | None) -> ReplyTemplateForm:
    """Return the form unbound, filled with what was typed."""
    typed = (
        {name: posted[name] for name in reply_templates.EDITABLE_FIELDS if name in posted} if posted else None
    )
    return ReplyTemplateForm(instance=template, initial=typed)


def _page(
    request: SignedInRequest,
    desk: Desk,
    form: ReplyTemplateForm,
    status: int,
    stands: ReplyTemplate | None = None,
) -> HttpResponse:
    """`stands` is the template as somebody else saved it meanwhile."""
    context = {
        **form_page_of(desk, form, user=request.user),
        "stands": row_of(stands) if stands else None,
    }
    return answer(
        request, FORM, context, partials={"sample": "workspace/reply_templates/_sample.html"}, status=status
    )


def _log(request: SignedInRequest, template: ReplyTemplate, kind: Activity.Kind) -> None:
    log.write(kind, label=template.label, actor=request.user, template=str(template))
