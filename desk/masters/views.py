"""The masters of a demo: every member reads them, managers and up match files and remove matches."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at
from desk.masters.forms import MATCH, MatchForm
from desk.masters.page import page_of
from kit.htmx import see_other
from labels.access import read_only_because
from recordings.choices import Kind
from recordings.masters.service import match_by_hand, remove_match

TEMPLATE = "desk/masters/masters.html"
QUERY = "q"


@require_http_methods(["GET", "HEAD", "POST"])
def master_list(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show what is matched and what can be, or match a file, or remove a match."""
    if not settings.SHELVES:
        raise Http404
    context = context_at(request, slug, reference)
    if request.method == "POST":
        return _act(request, context)
    return render(request, TEMPLATE, page_of(context, request.GET.get(QUERY, "")))


def _act(request: SignedInRequest, context: DeskContext) -> HttpResponse:
    if not context.is_manager:
        raise PermissionDenied("Only managers and owners match files to demos.")
    typed = request.GET.get(QUERY, "")
    if sentence := read_only_because(context.desk.label):
        messages.error(request, sentence)
        return render(request, TEMPLATE, page_of(context, typed), status=409)
    form = MatchForm(request.POST, label=context.desk.label)
    if form.is_valid():
        try:
            messages.success(request, _done(context, form))
            return see_other(context.url_of("master"))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, TEMPLATE, page_of(context, typed, form), status=422)


def _done(context: DeskContext, form: MatchForm) -> str:
    """Do what the form says, and return what was done."""
    said, submission, by = form.cleaned_data, context.submission, context.user
    if said["act"] == MATCH:
        match_by_hand(said["recording"], submission, kind=said["kind"] or Kind.MASTER, by=by)
        return "Matched."
    remove_match(said["recording"], submission, by=by)
    return "The match is removed."
