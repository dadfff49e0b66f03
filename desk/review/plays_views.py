"""What js/listening.js tells after a sitting: how many seconds of a track ran in a member's player."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from desk.context import context_at
from desk.review.forms import ListeningForm
from desk.review.views import refused
from submissions.choices import Transition
from submissions.outcome import attempt


@require_POST
def submission_listened(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Record a sitting: 204, the same for a repeated key; 409 where nothing is to be listened to any more.

    Nobody looks at the answer, so it holds no page.
    """
    context = context_at(request, slug, reference)
    if not context.may_act(Transition.LISTENED):
        return refused(request)
    try:
        outcome = attempt(ListeningForm(request.POST), context.submission, Transition.LISTENED, context.actor)
    except PermissionDenied:
        return refused(request)
    return HttpResponse(status=204 if outcome.event else outcome.status)
