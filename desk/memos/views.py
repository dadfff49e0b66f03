"""Writing a memo about a submission."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from desk.context import context_at
from desk.memos import service as memos
from desk.memos.service import MemoForm
from desk.review.views import render_refusal, render_submission
from kit.htmx import see_other
from labels.access import read_only_because


@require_POST
def memo_create(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Add a memo; none is ever changed or deleted."""
    context = context_at(request, slug, reference)
    form = MemoForm(request.POST, team=memos.team_of(context.submission))
    if not context.is_reviewer:
        return render_refusal(request)
    if sentence := read_only_because(context.desk.label):
        messages.error(request, sentence)
        return render_submission(request, context, status=409, memo_form=form)
    if not form.is_valid():
        return render_submission(request, context, status=422, memo_form=form)
    memos.write(context.submission, author=request.user, **form.cleaned_data)
    return see_other(context.url)
