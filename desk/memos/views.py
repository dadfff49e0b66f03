"""What the team writes down about a submission for itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from desk.context import case_at
from desk.memos import service as memos
from desk.review.forms import MemoForm
from desk.review.views import refused, shown
from kit.htmx import see_other


@require_POST
def memo_create(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Add a memo, which calls whom it mentions; none is ever changed or taken back."""
    case, form = case_at(request, slug, reference), MemoForm(request.POST)
    if not case.is_reviewer:
        return refused(request)
    if case.desk.label.is_suspended:
        messages.error(request, f"{case.desk.label} is suspended: its desk can only be read.")
        return shown(request, case, status=409, memo_form=form)
    if not form.is_valid():
        return shown(request, case, status=422, memo_form=form)
    memos.write(case.submission, author=request.user, **form.cleaned_data)
    return see_other(case.url)
