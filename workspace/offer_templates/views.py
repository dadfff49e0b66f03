"""Offer templates: every member may read them, managers change them."""

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
from labels import offer_templates
from labels.access import Desk, desk_of, read_only_because
from labels.models import OfferTemplate
from submissions.offers.terms import Terms
from submissions.offers.wording import lines_of
from workspace.access import common_context, manager_desk
from workspace.offer_templates.forms import OfferTemplateForm

LIST, FORM = "workspace/offer_templates/templates.html", "workspace/offer_templates/template_form.html"
Kind = Activity.Kind


@require_safe
def offer_template_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a label's offer templates."""
    return _list(request, desk_of(request.user, slug), 200)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_template_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Create an offer template."""
    desk = manager_desk(request, slug)
    return _handle_form(request, desk, OfferTemplate(label=desk.label), Kind.TEMPLATE_WRITTEN)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_template_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change an offer template; offers made with it stay as they are."""
    desk = manager_desk(request, slug)
    return _handle_form(request, desk, _template(desk, pk), Kind.TEMPLATE_CHANGED)


@require_POST
def offer_template_retire(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Retire an offer template."""
    desk = manager_desk(request, slug)
    template = _template(desk, pk)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _list(request, desk, 409)
    with transaction.atomic():
        if offer_templates.retire(template):
            _log(request, template, Kind.TEMPLATE_RETIRED)
    messages.success(request, f"“{template}” is retired and no longer offered.")
    return see_other("workspace:offer-templates", slug=slug)


def _template(desk: Desk, pk: int) -> OfferTemplate:
    return get_object_or_404(OfferTemplate.objects.of(desk.label).select_related("label"), pk=pk)


def _handle_form(
    request: SignedInRequest, desk: Desk, template: OfferTemplate, kind: Activity.Kind
) -> HttpResponse:
    form = OfferTemplateForm(request.POST if request.method == "POST" else None, template=template)
    if not form.is_bound:
        return _page(request, desk, form, 200)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _page(request, desk, form, 409)
    if not form.is_valid():
        return _page(request, desk, form, 422)
    return _save(request, desk, form, kind)


def _save(request: SignedInRequest, desk: Desk, form: OfferTemplateForm, kind: Activity.Kind) -> HttpResponse:
    try:
        with transaction.atomic():
            template = offer_templates.save(form.filled(), stamp=form.cleaned_data["stamp"])
            _log(request, template, kind)
    except (Gone, ChangedMeanwhile) as error:
        messages.error(request, f"{error} What you typed is still here.")
        return _page(request, desk, form, 409)
    except ValidationError as error:
        form.refuse(error)
        return _page(request, desk, form, 422)
    messages.success(request, f"“{template}” is saved.")
    return see_other("workspace:offer-templates", slug=desk.label.slug)


def _list(request: SignedInRequest, desk: Desk, status: int) -> HttpResponse:
    rows = [(each, lines_of(Terms(**each.terms))) for each in OfferTemplate.objects.of(desk.label)]
    return render(request, LIST, common_context(desk) | {"rows": rows}, status=status)


def _page(request: SignedInRequest, desk: Desk, form: OfferTemplateForm, status: int) -> HttpResponse:
    context = common_context(desk) | {"form": form, "template": form.template}
    return render(request, FORM, context, status=status)


def _log(request: SignedInRequest, template: OfferTemplate, kind: Activity.Kind) -> None:
    log.write(kind, label=template.label, actor=request.user, template=str(template))
