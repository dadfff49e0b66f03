"""What the team writes down about a submission for itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from desk.context import context_at
from desk.memos import service as memos
from desk.review.forms import MemoForm
from desk.review.views import refused, shown
from kit.htmx import see_other
from labels.access import read_only_because


@require_POST
def memo_create(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Add a memo, which calls whom it mentions; none is ever changed or taken back."""
    context, form = context_at(request, slug, reference), MemoForm(request.POST)
    if not context.is_reviewer:
        return refused(request)
    if sentence := read_only_because(context.desk.label):
        messages.error(request, sentence)
        return shown(request, context, status=409, memo_form=form)
    if not form.is_valid():
        return shown(request, context, status=422, memo_form=form)
    memos.write(context.submission, author=request.user, **form.cleaned_data)
    return see_other(context.url)
