"""Send one track to several labels: selection, forms, summary, sending and report."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from catalog.models import Track
from catalog.tracks.completeness import hints
from kit.htmx import see_other
from labels.models import Intake
from submissions.drafts.views import redirect_to_setup
from submissions.forms import producer_of
from submissions.models import Submission
from submissions.multi_send import plans
from submissions.multi_send.choose import LOOKING, choose_page
from submissions.multi_send.forms import MultiSendForm, PostedMultiSendForm, SharedForm
from submissions.multi_send.plans import compose_url
from submissions.multi_send.service import Part, deliver, parts_of
from submissions.saved_notes.service import keep_note

REPORT = "sent_together"
"""The session key of the last results."""

CHOOSE = "submissions/multi_send/send.html"


@require_http_methods(["GET", "HEAD", "POST"])
def submission_send(request: SignedInRequest) -> HttpResponse:
    """Ask for a track and labels; with both in the URL, show each label's form; on POST, save, summarise or send."""
    if elsewhere := redirect_to_setup(request):
        return elsewhere
    if request.method == "POST":
        return _post(request)
    is_looking = any(name in request.GET for name in LOOKING)
    if is_looking or not {"to", "go"} & request.GET.keys():
        return _choose(request, MultiSendForm(user=request.user, initial=request.GET.dict()))
    form = MultiSendForm(request.GET, user=request.user)
    if not form.is_valid():
        return _choose(request, form, status=422)
    return _compose(request, form.cleaned_data["track"], form.cleaned_data["to"])


@require_safe
def submission_sent(request: SignedInRequest) -> HttpResponse:
    """Show the results of the last sending."""
    results = request.session.get(REPORT)
    if not results:
        return redirect("submissions:list")
    references = [each["reference"] for each in results]
    found = Submission.objects.sent_by(request.user).filter(reference__in=references)
    rows = {each.reference: each for each in found.select_related("label", "intake", "track")}
    reports = [{**each, "submission": rows.get(each["reference"])} for each in results]
    context = {
        "sent": [each for each in reports if each["is_sent"]],
        "kept": [each for each in reports if not each["is_sent"]],
        "codes": [row.intake.code for row in rows.values()],
    }
    return render(request, "submissions/multi_send/sent.html", context)


def _post(request: SignedInRequest) -> HttpResponse:
    form = PostedMultiSendForm(request.POST, user=request.user)
    if not form.is_valid():
        return _choose(request, form, status=422)
    track, intakes, do = form.cleaned_data["track"], form.cleaned_data["to"], request.POST.get("do")
    data, shared = _with_note(request)
    candidate, parts = parts_of(request.user, track, intakes, data)
    page = {"track": track, "candidate": candidate, "parts": parts, "shared": shared}
    if do == "send" and _are_valid(shared, parts):
        return _send(request, track, parts)
    try:
        plans.save(track, data, page=shared.page_key, stamp=shared.data.get("saved", ""))
    except plans.SavedElsewhereError as error:
        page["shared"] = SharedForm(_changed(data, saved=error.stamp), user=request.user)
        return _compose_page(request, page | {"elsewhere": error}, status=409)
    if do == "save":
        return _saved(request, track, data)
    if not _are_valid(shared, parts) and do != "insert":
        return _compose_page(request, page, status=422)
    if do in ("edit", "insert", "keep"):
        return _compose_page(request, page)
    return render(request, "submissions/multi_send/summary.html", _context(page))


def _with_note(request: SignedInRequest) -> tuple[QueryDict, SharedForm]:
    """Return what was posted, with a saved note inserted or the note saved if that was asked for."""
    data: QueryDict = request.POST
    shared = SharedForm(data, user=request.user)
    if not shared.is_valid():
        return data, shared
    said = shared.cleaned_data
    if data.get("do") == "insert" and said["saved_note"]:
        data = _changed(data, note=f"{said['note']}\n\n{said['saved_note'].text}".strip(), saved_note="")
    if data.get("do") == "keep" and (fault := keep_note(request.user, said["note_name"], said["note"])):
        shared.add_error("note_name", fault)
        return data, shared
    if data.get("do") == "keep":
        messages.success(request, f"“{said['note_name']}” is saved among your notes.")
        data = _changed(data, note_name="")
    shared = SharedForm(data, user=request.user)
    shared.full_clean()
    return data, shared


def _are_valid(shared: SharedForm, parts: list[Part]) -> bool:
    return all([shared.is_valid(), *(part.form.is_valid() for part in parts)])


def _send(request: SignedInRequest, track: Track, parts: list[Part]) -> HttpResponse:
    request.session[REPORT] = [asdict(deliver(producer_of(request), part)) for part in parts]
    plans.discard(track)
    return see_other("submissions:sent")


def _saved(request: SignedInRequest, track: Track, data: QueryDict) -> HttpResponse:
    messages.success(
        request, "Saved. Nothing is sent yet: you find it here, on the track’s page and at home."
    )
    return see_other(compose_url(track, data.getlist("to")))


def _choose(request: SignedInRequest, form: MultiSendForm, *, status: int = 200) -> HttpResponse:
    """Show the labels for the track that is named, or ask for the track."""
    code = str(form["track"].value() or "")
    own: Any = form.fields["track"]
    track = own.queryset.filter(code=code).first() if "\x00" not in code else None
    query = request.POST if request.method == "POST" else request.GET
    context = choose_page(request.user, track, query) if track else {}
    return render(request, CHOOSE, context | {"form": form}, status=status)


def _compose(request: SignedInRequest, track: Track, intakes: list[Intake]) -> HttpResponse:
    """Show the labels' forms, filled with what was typed before."""
    plan = plans.plan_of(track)
    typed = plan.data() if plan else QueryDict()
    candidate, parts = parts_of(request.user, track, intakes, typed=typed)
    stamp = plan.stamp if plan else ""
    shared = SharedForm(user=request.user, initial={"note": typed.get("note", ""), "saved": stamp})
    page = {"track": track, "candidate": candidate, "parts": parts, "shared": shared, "plan": plan}
    return _compose_page(request, page)


def _compose_page(request: SignedInRequest, page: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = _context(page) | {"hints": hints(page["track"])}
    return render(request, "submissions/multi_send/compose.html", context, status=status)


def _context(page: dict[str, Any]) -> dict[str, Any]:
    parts = page["parts"]
    url = compose_url(page["track"], [part.intake.code for part in parts])
    going = [part for part in parts if part.goes]
    return {**page, "url": url, "going": going, "staying": [part for part in parts if not part.goes]}


def _changed(data: QueryDict, **values: str) -> QueryDict:
    changed = data.copy()
    for name, value in values.items():
        changed[name] = value
    return changed
