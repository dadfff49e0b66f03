"""The page to report a label."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import SignedInRequest
from kit.htmx import see_other
from labels.models import Label, Report
from labels.reports import service as reports
from labels.reports.forms import AdditionForm, ReportForm

PAGE = "labels/reports/report.html"


@require_http_methods(["GET", "HEAD", "POST"])
def label_report(request: SignedInRequest, slug: str) -> HttpResponse:
    """Report a label or add to an open report; 403 for its own team."""
    label = _reportable(request.user, slug)
    opened = reports.open_report(label, request.user)
    made = AdditionForm if opened else ReportForm
    if request.method != "POST":
        return _page(request, label, made())
    form = made(request.POST)
    if not form.is_valid():
        return _page(request, label, form, status=422)
    try:
        _keep(label, request.user, form, is_more=bool(opened))
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, label, form, status=422)
    messages.success(request, "Thank you. We read every report, and write to you when we have reviewed it.")
    return see_other("labels:report", slug=label.slug)


def _reportable(user: User, slug: str) -> Label:
    label = get_object_or_404(Label, slug=slug)
    if label.role_of(user) is not None:
        raise PermissionDenied
    if not reports.was_public(label):
        raise Http404
    return label


def _keep(label: Label, user: User, form: forms.Form, *, is_more: bool) -> Report:
    take = reports.add if is_more else reports.report
    return take(label, reporter=user, **form.cleaned_data)


def _page(request: SignedInRequest, label: Label, form: forms.Form, *, status: int = 200) -> HttpResponse:
    own = Report.objects.filter(label=label, reporter=request.user).order_by("-created_at", "-id")[:20]
    context = {"label": label, "form": form, "reports": own, "is_more": isinstance(form, AdditionForm)}
    return render(request, PAGE, context, status=status)
