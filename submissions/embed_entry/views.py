"""A demo started on a label's own site, carried through sign-up, profile and track to the submission."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import return_path, visitor_store
from accounts.models import User
from catalog.models import Profile, Track
from catalog.tracks import pending_track
from kit import codes
from kit.clock import now
from kit.htmx import see_other
from labels import access
from labels.embedding.forms import DemoStartForm
from labels.models import Intake, Label

LONGEST = {"title": 300, "link": 2100, "artist_name": 300, "genre": 60, "intake": 20}
"""The stored fields and their lengths, a little longer than the form allows so that it can complain."""


@csrf_exempt  # a form in a frame has no cookie to compare with; it only stores what was typed
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def demo_start(request: HttpRequest, slug: str) -> HttpResponse:
    """POST stores what was typed and redirects with its code; GET with the code continues."""
    label = _label(slug)
    if request.method != "POST":
        return _continue(request, label)
    url = reverse("demo-start", args=[label.slug])
    code = visitor_store.keep_by_code(_truncated(request.POST.dict()))
    return see_other(f"{url}?{urlencode({'kept': code})}")


def _truncated(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: typed.get(name, "")[:longest] for name, longest in LONGEST.items()}


def _continue(request: HttpRequest, label: Label) -> HttpResponse:
    stored = visitor_store.read_by_code(request.GET.get("kept", ""))
    form = DemoStartForm(stored)
    if stored and not form.is_valid():
        return render(
            request, "submissions/embed_entry/start.html", {"form": form, "label": label}, status=422
        )
    if not isinstance(request.user, User):
        return _to_sign_up(request, is_kept=bool(stored))
    intake_code = request.GET.get("intake", "") or (form.cleaned_data["intake"] if stored else "")
    if stored:
        _move_to_session(request, form)
    return _to_next_form(request, request.user, label, _intake(label, intake_code))


def _to_sign_up(request: HttpRequest, *, is_kept: bool) -> HttpResponse:
    if is_kept:
        return_path.keep(request, request.get_full_path())  # some sign in by the header
        messages.info(request, "What you typed is kept. Sign up or sign in to continue.")
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('account_signup')}?{query}")


def _move_to_session(request: HttpRequest, form: DemoStartForm) -> None:
    """Move the stored form into the user's session."""
    fields = {name: form.cleaned_data[name] for name in ("title", "link", "genre", "artist_name")}
    pending_track.keep(request, **fields)
    visitor_store.forget_code(request.GET.get("kept", ""))


def _to_next_form(request: HttpRequest, user: User, label: Label, intake: Intake | None) -> HttpResponse:
    """Redirect to the first form that is still missing."""
    if intake is None:
        messages.warning(request, f"{label} has closed for now. What you typed is kept for a day.")
        return redirect(label)
    if not Profile.objects.filter(user=user).exists():
        messages.info(request, "First, complete your profile.")
        return_path.keep(request, f"{reverse('demo-start', args=[label.slug])}?intake={intake.code}")
        return redirect("catalog:profile")
    sending = f"{reverse('submissions:create')}?intake={intake.code}"
    if not pending_track.is_pending(request):
        return redirect(sending)
    if known := _existing_track(request, user):
        return redirect(f"{sending}&track={known.code}")
    messages.info(request, f"Check the track. Once it is saved, you continue to {label}.")
    return_path.keep(request, sending)
    return redirect("catalog:track-create")


def _existing_track(request: HttpRequest, user: User) -> Track | None:
    """Return the producer's track with the typed link, if there is one."""
    typed, _ = pending_track.track_of(request)
    return Track.objects.owned_by(user).current().filter(audio_url=typed["audio_url"]).first()


def _intake(label: Label, code: str) -> Intake | None:
    """Return the requested open public intake, else the label's first; None if all are closed."""
    opened = Intake.objects.open_at(now()).public().filter(label=label).order_by("call_name", "id")
    try:
        requested = opened.filter(code=codes.normalise("CL", code)).first()
    except ValueError:
        requested = None
    return requested or opened.first()


def _label(slug: str) -> Label:
    label = Label.objects.listed().filter(slug=slug).first() or access.label_formerly_at(slug)
    if not label.is_verified:
        raise Http404
    return label
