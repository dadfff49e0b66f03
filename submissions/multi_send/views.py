"""Send one track to several labels: selection, forms, summary, sending and report."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from catalog.models import Track
from kit.htmx import see_other
from labels.models import Intake
from submissions.drafts.views import redirect_to_setup
from submissions.forms import producer_of
from submissions.models import Submission
from submissions.multi_send.forms import MultiSendForm, PostedMultiSendForm
from submissions.multi_send.service import Part, deliver, parts_of
from submissions.preflight.problems import terms_of

REPORT = "sent_together"
"""The session key of the last results."""


@require_http_methods(["GET", "HEAD", "POST"])
def submission_send(request: SignedInRequest) -> HttpResponse:
    """Ask for a track and labels; with both in the URL, show each label's form; on POST, summarise or send."""
    if elsewhere := redirect_to_setup(request):
        return elsewhere
    if request.method == "POST":
        return _post(request)
    if "to" not in request.GET and "go" not in request.GET:
        initial = {"track": request.GET.get("track", "")}
        return _choose(request, MultiSendForm(user=request.user, initial=initial))
    form = MultiSendForm(request.GET, user=request.user)
    if not form.is_valid():
        return _choose(request, form, status=422)
    track, intakes = form.cleaned_data["track"], form.cleaned_data["to"]
    return _compose(request, track, parts_of(request.user, track, intakes))


@require_safe
def submission_sent(request: SignedInRequest) -> HttpResponse:
    """Show the results of the last sending."""
    results = request.session.get(REPORT)
    if not results:
        return redirect("submissions:list")
    references = [each["reference"] for each in results]
    found = Submission.objects.sent_by(request.user).filter(reference__in=references)
    rows = {each.reference: each for each in found.select_related("label", "track")}
    reports = [{**each, "submission": rows.get(each["reference"])} for each in results]
    context = {
        "sent": [each for each in reports if each["is_sent"]],
        "kept": [each for each in reports if not each["is_sent"]],
    }
    return render(request, "submissions/multi_send/sent.html", context)


def _post(request: SignedInRequest) -> HttpResponse:
    form = PostedMultiSendForm(request.POST, user=request.user)
    if not form.is_valid():
        return _choose(request, form, status=422)
    track, intakes = form.cleaned_data["track"], form.cleaned_data["to"]
    parts = parts_of(request.user, track, intakes, request.POST)
    if not all(part.form.is_valid() for part in parts):
        return _compose(request, track, parts, status=422)
    match request.POST.get("do"):
        case "send":
            return _send(request, parts)
        case "edit":
            return _compose(request, track, parts)
    return render(request, "submissions/multi_send/summary.html", _context(track, parts))


def _send(request: SignedInRequest, parts: list[Part]) -> HttpResponse:
    request.session[REPORT] = [asdict(deliver(producer_of(request), part)) for part in parts]
    return see_other("submissions:sent")


def _choose(request: SignedInRequest, form: MultiSendForm, *, status: int = 200) -> HttpResponse:
    boxes = [(box, terms_of(_intake(box))) for box in form["to"]]
    return render(request, "submissions/multi_send/send.html", {"form": form, "boxes": boxes}, status=status)


def _intake(box: Any) -> Intake:
    return box.data["value"].instance


def _compose(request: SignedInRequest, track: Track, parts: list[Part], *, status: int = 200) -> HttpResponse:
    return render(request, "submissions/multi_send/compose.html", _context(track, parts), status=status)


def _context(track: Track, parts: list[Part]) -> dict[str, Any]:
    going = [part for part in parts if part.goes]
    staying = [part for part in parts if not part.goes]
    return {"track": track, "parts": parts, "going": going, "staying": staying}
