from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts import return_path
from accounts.models import User
from accounts.requests import SignedInRequest
from catalog.models import Profile, Track
from kit import codes
from kit.clock import now
from kit.htmx import answer, see_other
from labels.models import Intake
from submissions.drafts import service as drafts
from submissions.models import Submission
from submissions.preflight.outlook import outlook
from submissions.preflight.terms import terms_of
from submissions.producer_pages.forms import StartForm

PARTIALS = {"outlook": "submissions/preflight/_outlook.html"}


@dataclass(frozen=True)
class Asked:
    """What the address or the form named, "" and None where it named nothing we know."""

    track: str
    intake: Intake | None


@require_http_methods(["GET", "HEAD", "POST"])
def submission_create(request: SignedInRequest) -> HttpResponse:
    """Ask which track goes where, then begin the draft."""
    if elsewhere := lacking(request):
        return elsewhere
    asked = Asked(
        _code("TR", request.GET.get("track", "") or request.POST.get("track", "")), _intake(request)
    )
    if request.method == "POST":
        return _begin(request, asked)
    said = {"track": asked.track, "intake": asked.intake.code if asked.intake else ""}
    return _page(request, asked, StartForm(user=request.user, intakes=_choices(asked), initial=said))


def _begin(request: SignedInRequest, asked: Asked) -> HttpResponse:
    form = StartForm(request.POST, user=request.user, intakes=_choices(asked))
    if not form.is_valid():
        return _page(request, asked, form, status=422)
    try:
        draft = drafts.start(request.user, form.cleaned_data["track"], form.cleaned_data["intake"])
    except drafts.OpenAlreadyError as error:
        form.add_error("track", str(error))
        return _page(request, asked, form, live=error.live, status=422)
    return see_other("submissions:edit", reference=draft.reference)


def _page(
    request: SignedInRequest,
    asked: Asked,
    form: StartForm,
    *,
    live: Submission | None = None,
    status: int = 200,
) -> HttpResponse:
    terms = terms_of(asked.intake) if asked.intake else None
    coming = _coming(request.user, asked)
    problems = outlook(coming) if coming and terms and terms.is_open else []
    context = {"form": form, "live": live, "terms": terms, "submission": coming, "problems": problems}
    return answer(request, "submissions/drafts/create.html", context, partials=PARTIALS, status=status)


def _coming(user: User, asked: Asked) -> Submission | None:
    """Return, unsaved, the submission that this track and this intake would make."""
    own = Track.objects.owned_by(user).current().with_genre().prefetch_related("collaborators")
    track = own.filter(code=asked.track).first() if asked.track else None
    if track is None or asked.intake is None:
        return None
    return Submission(producer=user, track=track, label=asked.intake.label, intake=asked.intake)


def lacking(request: SignedInRequest) -> HttpResponse | None:
    """Send whoever has no profile or no track to where they make one, and from there back here."""
    if not Profile.objects.filter(user=request.user).exists():
        said = "Labels need your artist name and how to reach you. Fill in your profile first."
        return _first(request, "catalog:profile", said)
    if not Track.objects.owned_by(request.user).current().exists():
        return _first(request, "catalog:track-create", "A track is what you send. Add your first one.")
    return_path.forget(request)
    return None


def _first(request: SignedInRequest, page: str, said: str) -> HttpResponse:
    messages.info(request, said)
    return_path.keep(request, request.get_full_path())
    return redirect(page)


def _choices(asked: Asked) -> list[Intake]:
    """Return the open intakes without a code, and the one that was asked for, by label."""
    opened = Intake.objects.open_at(now()).select_related("label").order_by("label__name", "call_name", "id")
    named = asked.intake.pk if asked.intake else None
    return [intake for intake in opened if not intake.access_code or intake.pk == named]


def _intake(request: SignedInRequest) -> Intake | None:
    """Return the intake that the address or the form names, open or not, if its label shows itself."""
    code = _code("CL", request.GET.get("intake", "") or request.POST.get("intake", ""))
    known = Intake.objects.filter(code=code, label__status="verified") if code else Intake.objects.none()
    return known.select_related("label__record").prefetch_related("genres", "questions").first()


def _code(prefix: str, text: str) -> str:
    try:
        return codes.normalise(prefix, text)
    except ValueError:
        return ""
