from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts import return_path
from accounts.models import User
from accounts.requests import SignedInRequest
from catalog.models import Profile, Track
from kit import codes
from kit.clock import now
from kit.errors import Gone
from kit.htmx import answer, see_other
from labels.models import Intake
from submissions.drafts import service as drafts
from submissions.drafts.compose_views import stale_sentence, track_context
from submissions.models import Draft, Submission
from submissions.preflight.problems import draft_problems, terms_of
from submissions.producer_pages import access as producer_pages_access
from submissions.producer_pages.forms import DraftForm, StartForm, draft_form
from submissions.producer_pages.views import submission_page
from submissions.wording import clock_time

PARTIALS = {"outlook": "submissions/preflight/_outlook.html"}


@dataclass(frozen=True)
class Selection:
    """The track and intake named in the URL or the form; "" and None if unknown."""

    track: str
    intake: Intake | None


@require_http_methods(["GET", "HEAD", "POST"])
def submission_create(request: SignedInRequest) -> HttpResponse:
    """Ask for track and label, then create the draft."""
    if elsewhere := redirect_to_setup(request):
        return elsewhere
    selection = Selection(
        _code("TR", request.GET.get("track", "") or request.POST.get("track", "")), _intake(request)
    )
    if request.method == "POST":
        return _create(request, selection)
    initial = {"track": selection.track, "intake": selection.intake.code if selection.intake else ""}
    return _page(
        request, selection, StartForm(user=request.user, intakes=_choices(selection), initial=initial)
    )


def _create(request: SignedInRequest, selection: Selection) -> HttpResponse:
    form = StartForm(request.POST, user=request.user, intakes=_choices(selection))
    if not form.is_valid():
        return _page(request, selection, form, status=422)
    try:
        draft = drafts.start(request.user, form.cleaned_data["track"], form.cleaned_data["intake"])
    except Gone as error:
        form.add_error("intake", f"{error} Choose another.")
        return _page(request, selection, form, status=409)
    except drafts.OpenAlreadyError as error:
        form.add_error("track", str(error))
        return _page(request, selection, form, live=error.live, status=422)
    return see_other("submissions:edit", reference=draft.reference)


def _page(
    request: SignedInRequest,
    selection: Selection,
    form: StartForm,
    *,
    live: Submission | None = None,
    status: int = 200,
) -> HttpResponse:
    terms = terms_of(selection.intake) if selection.intake else None
    upcoming = _preview(request.user, selection)
    problems = draft_problems(upcoming) if upcoming and terms and terms.is_open else []
    context = {"form": form, "live": live, "terms": terms, "submission": upcoming, "problems": problems}
    return answer(request, "submissions/drafts/create.html", context, partials=PARTIALS, status=status)


def _preview(user: User, selection: Selection) -> Submission | None:
    """Return the unsaved submission of the selected track and intake."""
    own = Track.objects.owned_by(user).current().with_genre().prefetch_related("collaborators")
    track = own.filter(code=selection.track).first() if selection.track else None
    if track is None or selection.intake is None:
        return None
    return Submission(producer=user, track=track, label=selection.intake.label, intake=selection.intake)


def redirect_to_setup(request: SignedInRequest) -> HttpResponse | None:
    """Return a redirect for producers without a profile or track, who come back afterwards; else None."""
    if not Profile.objects.filter(user=request.user).exists():
        message = "First, complete your profile."
        return _redirect_to(request, "catalog:profile", message)
    if not Track.objects.owned_by(request.user).current().exists():
        return _redirect_to(request, "catalog:track-create", "First, add a track to send.")
    return_path.forget(request)
    return None


def _redirect_to(request: SignedInRequest, page: str, message: str) -> HttpResponse:
    messages.info(request, message)
    return_path.keep(request, request.get_full_path())
    return redirect(page)


def _choices(selection: Selection) -> list[Intake]:
    """Return the open intakes without an access code, and the selected one, by label."""
    opened = Intake.objects.open_at(now()).select_related("label").order_by("label__name", "call_name", "id")
    selected = selection.intake.pk if selection.intake else None
    return [intake for intake in opened if not intake.access_code or intake.pk == selected]


def _intake(request: SignedInRequest) -> Intake | None:
    """Return the intake named in the URL or the form, open or not, if its label is verified."""
    code = _code("CL", request.GET.get("intake", "") or request.POST.get("intake", ""))
    known = Intake.objects.filter(code=code, label__status="verified") if code else Intake.objects.none()
    return known.select_related("label__record").prefetch_related("genres", "questions").first()


def _code(prefix: str, text: str) -> str:
    try:
        return codes.normalise(prefix, text)
    except ValueError:
        return ""


DELETED = "this draft was deleted in another tab. Copy what you typed if you need it."
AUTOSAVE_TEMPLATE = "submissions/drafts/_autosave_swap.html"


@require_POST
def submission_autosave(request: SignedInRequest, reference: str) -> HttpResponse:
    """Save the draft: 200, 422 with invalid fields, 409 if it was sent or saved elsewhere."""
    submission = producer_pages_access.get_own_with_details(request.user, reference)
    form = draft_form(submission.intake)(request.POST)
    if not form.is_valid() and {"turn", "key"} & set(form.errors):
        return _not_saved(
            request, submission, "this page is damaged. Copy what you typed and reload it.", 422
        )
    try:
        draft = drafts.save(submission, form)
    except drafts.SavedElsewhereError as error:
        context = {
            "submission": submission,
            "elsewhere": error,
            "stamp": error.stamp,
            "page_url": _page_url(submission),
        }
        return render(request, AUTOSAVE_TEMPLATE, context, status=409)
    if draft is None:
        fresh = Submission.objects.with_people().filter(pk=submission.pk).first()
        return _not_saved(request, submission, stale_sentence(fresh) if fresh else DELETED, 409)
    return render(
        request,
        AUTOSAVE_TEMPLATE,
        _saved_context(submission, draft, form),
        status=422 if form.errors else 200,
    )


def _saved_context(submission: Submission, draft: Draft, form: DraftForm) -> dict[str, Any]:
    last = submission.revisions.last()
    faults = [(form[name].label, error) for name, errors in form.errors.items() for error in errors]
    return {
        "submission": submission,
        "saved": clock_time(draft.saved_at),
        "faults": faults,
        "is_outdated": bool(form.outdated),
        "page_url": _page_url(submission),
        "is_renewed": True,
        "is_again": last is not None,
        **track_context(submission, last, draft),
    }


def _not_saved(request: SignedInRequest, submission: Submission, why: str, status: int) -> HttpResponse:
    return render(request, AUTOSAVE_TEMPLATE, {"submission": submission, "stopped": why}, status=status)


def _page_url(submission: Submission) -> str:
    name = "edit" if submission.is_draft else "resubmit"
    return reverse(f"submissions:{name}", args=[submission.reference])


@require_http_methods(["GET", "HEAD", "POST"])
def submission_delete(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask, then delete a draft; what was sent stays."""
    submission = producer_pages_access.get_own(request.user, reference)
    if request.method != "POST":
        if not submission.is_draft:
            messages.warning(request, "What was sent cannot be deleted. You can withdraw it.")
            return redirect(submission)
        return render(request, "submissions/drafts/delete.html", {"submission": submission})
    if not drafts.discard(submission):
        fresh = producer_pages_access.get_own_with_details(request.user, reference)
        sentence = "You have sent it in the meantime. What was sent cannot be deleted."
        return submission_page(request, fresh, sentence=sentence, status=409)
    messages.success(request, f"The draft of “{submission.track}” is deleted.")
    return see_other("submissions:list")
