"""The page of a submission, and who looks after it."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from desk.case import Case, case_of
from desk.forms import AssignForm
from desk.page import page_of
from kit.htmx import answer, see_other

PAGE = "desk/submission.html"
PARTIALS = {"panel": "desk/_refreshed.html", "assign": "desk/_assign.html"}


@require_safe
def submission_detail(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show a submission; looking changes nothing."""
    return shown(request, case_of(request.user, slug, reference))


@require_POST
def submission_assign(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Give a submission to a member of the team, or to nobody."""
    case = case_of(request.user, slug, reference)
    if not case.is_reviewer:
        return refused(request)
    form = AssignForm(request.POST, submission=case.submission)
    if case.desk.label.is_suspended:
        messages.error(request, f"{case.desk.label} is suspended: its desk can only be read.")
        return shown(request, case, status=409)
    if not form.is_valid():
        return answer(request, PAGE, page_of(case, assign_form=form), partials=PARTIALS, status=422)
    form.save(case.submission)
    return see_other(case.url)


def shown(request: SignedInRequest, case: Case, *, status: int = 200) -> HttpResponse:
    """Answer the page, or its part that HTMX asks for."""
    return answer(request, PAGE, page_of(case), partials=PARTIALS, status=status)


def refused(request: SignedInRequest) -> HttpResponse:
    """Answer a colleague whose role does not reach, on a page or where HTMX looks."""
    partials = dict.fromkeys(PARTIALS, "desk/_refusal.html")
    return answer(request, "403.html", {}, partials=partials, status=403)
