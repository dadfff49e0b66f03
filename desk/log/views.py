"""The team's log: pages of a label and of one submission."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from activity.models import NEWEST_FIRST, Activity
from activity.sentences import lines_of
from desk.context import context_of
from kit import pages
from labels.access import desk_of

PAGE = "desk/log/log.html"


@require_safe
def activity_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a label's log; every member may read it."""
    desk = desk_of(request.user, slug)
    rows = Activity.objects.for_desk(request.user, desk.label)
    page = pages.page(rows, request.GET, order=NEWEST_FIRST)
    values = {"desk": desk, "label": desk.label, "page": page, "lines": lines_of(page), "is_whole": True}
    return render(request, PAGE, values)


@require_safe
def submission_log(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """List the log of one submission."""
    context = context_of(request.user, slug, reference)
    page = pages.page(Activity.objects.of(context.submission), request.GET, order=NEWEST_FIRST)
    values = {
        "desk_context": context,
        "label": context.desk.label,
        "submission": context.submission,
        "page": page,
        "lines": lines_of(page),
    }
    return render(request, PAGE, values)
