"""One track to several labels: choosing, writing to each, a summary, the sending and its report."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from catalog.models import Track
from kit.htmx import see_other
from labels.models import Intake
from submissions.drafts.views import lacking
from submissions.models import Submission
from submissions.multi_send.forms import ChosenForm, SeveralForm
from submissions.multi_send.service import Part, deliver, parts_of
from submissions.outcome import producer_of
from submissions.preflight.outlook import terms_of

REPORT = "sent_together"
"""Where the session keeps what became of the last sending."""


@require_http_methods(["GET", "HEAD", "POST"])
def submission_send(request: SignedInRequest) -> HttpResponse:
    """Ask for a track and labels; with both in the address, for the words to each; posted, sum up or send."""
    if elsewhere := lacking(request):
        return elsewhere
    if request.method == "POST":
        return _take(request)
    if "to" not in request.GET and "go" not in request.GET:
        initial = {"track": request.GET.get("track", "")}
        return _choose(request, SeveralForm(user=request.user, initial=initial))
    form = SeveralForm(request.GET, user=request.user)
    if not form.is_valid():
        return _choose(request, form, status=422)
    track, intakes = form.cleaned_data["track"], form.cleaned_data["to"]
    return _compose(request, track, parts_of(request.user, track, intakes))


@require_safe
def submission_sent(request: SignedInRequest) -> HttpResponse:
    """Report what became of the last sending."""
    results = request.session.get(REPORT)
    if not results:
        return redirect("submissions:list")
    references = [each["reference"] for each in results]
    found = Submission.objects.sent_by(request.user).filter(reference__in=references)
    rows = {each.reference: each for each in found.select_related("label", "track")}
    told = [{**each, "submission": rows.get(each["reference"])} for each in results]
    context = {
        "sent": [each for each in told if each["is_sent"]],
        "kept": [each for each in told if not each["is_sent"]],
    }
    return render(request, "submissions/multi_send/sent.html", context)


def _take(request: SignedInRequest) -> HttpResponse:
    form = ChosenForm(request.POST, user=request.user)
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


def _choose(request: SignedInRequest, form: SeveralForm, *, status: int = 200) -> HttpResponse:
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
