"""A sending in the making: saved as one types, or discarded."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from catalog.models import Track
from kit.htmx import see_other
from submissions.multi_send import plans
from submissions.multi_send.forms import SharedForm
from submissions.wording import clock_time

SAVED = "submissions/multi_send/_saved.html"


@require_POST
def plan_autosave(request: SignedInRequest, code: str) -> HttpResponse:
    """Save everything typed: 200, 422 with what is wrong with the note, 409 if another tab saved it meanwhile."""
    track = get_object_or_404(Track.objects.owned_by(request.user).current(), code=code)
    shared = SharedForm(request.POST, user=request.user)
    shared.is_valid()
    try:
        plan = plans.save(track, request.POST, page=shared.page_key, stamp=request.POST.get("saved", ""))
    except plans.SavedElsewhereError as error:
        url = plans.compose_url(track, request.POST.getlist("to"))
        context = {"elsewhere": error, "stamp": error.stamp, "url": url}
        return render(request, SAVED, context, status=409)
    faults = [(shared[name].label, error) for name, errors in shared.errors.items() for error in errors]
    context = {"saved": clock_time(plan.saved_at), "faults": faults}
    return render(request, SAVED, context, status=422 if faults else 200)


@require_POST
def plan_discard(request: SignedInRequest, code: str) -> HttpResponse:
    """Forget what was typed; drafts of single labels stay."""
    track = get_object_or_404(Track.objects.owned_by(request.user), code=code)
    plans.discard(track)
    messages.success(request, f"What you prepared for “{track}” is discarded.")
    return see_other(f"{reverse('submissions:send')}?track={track.code}")
