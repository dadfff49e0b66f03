"""Assigning a submission to a member of the team."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from desk.assignment.service import AssignForm, assign_and_notify
from desk.context import context_at, refreshed
from desk.review.views import render_refusal, render_submission
from kit.htmx import see_other
from labels.access import read_only_because
from submissions.errors import NotPossible


@require_POST
def submission_assign(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Assign a submission to a member of the team, or to nobody."""
    context = context_at(request, slug, reference)
    if not context.is_reviewer:
        return render_refusal(request)
    form = AssignForm(request.POST, submission=context.submission)
    if sentence := read_only_because(context.desk.label):
        messages.error(request, sentence)
        return render_submission(request, context, status=409)
    if not form.is_valid():
        return render_submission(request, context, status=422, assign_form=form)
    try:
        assign_and_notify(context.submission, form.cleaned_data["assignee"], actor=request.user)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return render_submission(request, refreshed(context), status=409)
    return see_other(context.url)
