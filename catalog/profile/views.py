"""A producer's profile: its form, and the public page if it has one."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import return_path
from accounts.requests import SignedInRequest
from catalog.models import Profile
from catalog.profile import slugs
from catalog.profile.forms import ProfileForm
from catalog.tracks import pending_track
from kit.htmx import see_other


@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: SignedInRequest) -> HttpResponse:
    """Edit the profile; a new one starts with the account's email and the artist name typed before sign-up."""
    stored = Profile.objects.filter(user=request.user).first()
    fresh = copy(stored) if stored else _new_profile(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ProfileForm(*sent, instance=fresh)
    if form.is_valid() and _try_save(form):
        messages.success(request, "Your profile is saved.")
        back = return_path.safe_path(request.POST.get("next")) or return_path.take(request)
        return see_other(back or ("catalog:profile" if stored else "catalog:tracks"))
    back = return_path.safe_path(request.POST.get("next") or request.GET.get("next"))
    context = {"form": form, "profile": stored, "back": back}
    return render(request, "catalog/profile/profile.html", context, status=422 if sent else 200)


@login_not_required
@require_safe
def producer_show(request: HttpRequest, slug: str) -> HttpResponse:
    """A producer's public page, without email and tracks."""
    producers = Profile.objects.public().prefetch_related("genres__parent")
    return render(
        request, "catalog/profile/producer.html", {"producer": get_object_or_404(producers, slug=slug)}
    )


def _new_profile(request: SignedInRequest) -> Profile:
    user = request.user
    return Profile(user=user, contact_email=user.email, artist_name=pending_track.artist_name(request))


def _try_save(form: ProfileForm) -> bool:
    """Save the form, or add an error if the slug was taken meanwhile."""
    try:
        form.save()
    except IntegrityError:
        form.add_error("slug", slugs.TAKEN)
        return False
    return True
