"""One recording: what is known of it, and what a person says."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from kit.htmx import answer, see_other, target_of
from recordings.access import SeenRecording, changeable_recording_of, recording_of
from recordings.choices import Fact, Kind
from recordings.facts.corrections import Correction
from recordings.facts.service import clear_fact, correct_tempo, set_fact
from recordings.facts.values import SETTABLE
from recordings.facts.words import words_of
from recordings.masters.service import change_kind
from recordings.models import Recording
from recordings.recording_page.forms import FactForm, KindForm, TempoForm
from recordings.recording_page.page import page_context

ROWS = Recording.objects.listed().select_related("track", "submission__label")


@require_safe
def recording_show(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what is known of a recording, and where it lies."""
    return _page(request, recording_of(request.user, reference, rows=ROWS.all()))


@require_POST
def fact_change(request: SignedInRequest, reference: str, fact: str) -> HttpResponse:
    """Say what is true of a recording, over all other sources, or take that back."""
    seen = changeable_recording_of(request.user, reference, rows=ROWS.all())
    if fact not in SETTABLE:
        raise Http404
    if "clear" in request.POST:
        clear_fact(seen.recording, Fact(fact))
        messages.success(request, f"{Fact(fact).label} cleared. The next source counts again.")
        return see_other("recordings:recording", reference)
    form = FactForm(Fact(fact), request.POST)
    if not form.is_valid():
        return _page(request, seen, wrong=form, status=422)
    value = set_fact(seen.recording, Fact(fact), form.cleaned_data["value"], by=request.user)
    messages.success(request, f"{Fact(fact).label} saved: {words_of(fact, value)}.")
    return see_other("recordings:recording", reference)


@require_POST
def tempo_correct(request: SignedInRequest, reference: str) -> HttpResponse:
    """Set a tempo right that was read wrong."""
    seen = changeable_recording_of(request.user, reference, rows=ROWS.all())
    form = TempoForm(request.POST)
    if not form.is_valid():
        return _page(request, seen, sentence="Choose by what to multiply the tempo.", status=422)
    try:
        tempo = correct_tempo(seen.recording, Correction(form.cleaned_data["correction"]), by=request.user)
    except ValidationError as wrong:
        return _page(request, seen, sentence=" ".join(wrong.messages), status=422)
    messages.success(request, f"Tempo saved: {words_of(Fact.TEMPO, str(tempo))}.")
    return see_other("recordings:recording", reference)


@require_POST
def kind_change(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say what a recording is: a master, a set and so on."""
    seen = changeable_recording_of(request.user, reference, rows=ROWS.all())
    form = KindForm(request.POST)
    if not form.is_valid():
        return _page(request, seen, sentence="Choose a kind.", status=422)
    kind = Kind(form.cleaned_data["kind"])
    change_kind(seen.recording, kind)
    messages.success(request, f"Kind saved: {kind.label}.")
    return see_other("recordings:recording", reference)


def _page(
    request: SignedInRequest,
    seen: SeenRecording,
    *,
    wrong: FactForm | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    context = page_context(seen, wrong) | {"sentence": sentence}
    page = "recordings/recording_page/recording.html"
    partials = {"lookups": "recordings/lookup/_lookup.html"}
    response = answer(request, page, context, partials=partials, status=status)
    if target_of(request) == "lookups" and not context.get("is_looked_up"):
        response["HX-Refresh"] = "true"  # the answer changed what is known too
    return response
