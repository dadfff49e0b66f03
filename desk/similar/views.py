"""The comparison of submissions side by side."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from desk.queue.views import invalid_request
from desk.scores.visibility import with_score_visibility
from desk.similar import comparison
from desk.similar.comparison import SelectionError
from labels.access import desk_of
from submissions.models import Submission


@require_safe
def submission_compare(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show two to four submissions side by side; `q` is the query to go back to."""
    label = desk_of(request.user, slug).label
    rows = with_score_visibility(Submission.objects.at_desk(request.user, label), request.user)
    try:
        found = comparison.selected(rows, request.GET.getlist("pick"))
    except SelectionError as refusal:
        return invalid_request(request, label, [str(refusal)])
    sides = comparison.sides_of(found, label)
    context = {"label": label, "q": request.GET.get("q"), "sides": sides}
    return render(request, "desk/similar/compare.html", context | {"sections": comparison.sections_of(sides)})
