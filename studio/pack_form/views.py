"""Packs begun and changed."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from kit import attempts
from kit.htmx import see_other
from studio.access import SeenPack, pack_of
from studio.choices import Act
from studio.covers import CoverForm, save_cover
from studio.creation import make_pack
from studio.forms import Outcome, attempt
from studio.models import Pack, StudioEvent
from studio.pack_form.forms import PackFactsForm, PackForm


@require_http_methods(["GET", "HEAD", "POST"])
def pack_create(request: SignedInRequest) -> HttpResponse:
    """Begin a pack."""
    if request.method != "POST":
        return render(request, "studio/pack_form/new.html", {"form": PackForm()})
    form = PackForm(request.POST)

    def making(**carried: Any) -> StudioEvent:
        return make_pack(request.user, **carried, **form.details())

    outcome = attempts.attempt(form, making, lambda: form)
    if outcome.event is None or outcome.event.pack is None:
        page = {"form": outcome.form, "sentence": outcome.sentence}
        return render(request, "studio/pack_form/new.html", page, status=outcome.status)
    return see_other("studio:pack", outcome.event.pack.code)


@require_http_methods(["GET", "HEAD", "POST"])
def pack_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Change a pack's facts."""
    seen = pack_of(request.user, code)
    seen.require(Act.EDIT)
    if request.method != "POST":
        return _page(request, seen, PackFactsForm(pack=seen.pack))
    outcome = _save(request, seen.pack)
    if outcome.event is None:
        return _page(request, seen, outcome.form, status=outcome.status, sentence=outcome.sentence)
    messages.success(request, "The pack is saved.")
    return see_other("studio:pack", code)


@require_POST
def pack_cover(request: SignedInRequest, code: str) -> HttpResponse:
    """Choose, replace or remove the cover."""
    seen = pack_of(request.user, code)
    seen.require(Act.SET_COVER)
    form = CoverForm(request.POST, request.FILES)
    outcome = save_cover(form, seen.pack, request.user)
    if outcome.event is None:
        facts = PackFactsForm(pack=seen.pack)
        said = {"cover_form": outcome.form, "sentence": outcome.sentence}
        return _page(request, seen, facts, status=outcome.status, **said)
    messages.success(request, "The cover is saved.")
    return see_other("studio:pack", code)


def _save(request: SignedInRequest, pack: Pack) -> Outcome:
    """Save a form made from what is stored now; 409 if somebody saved meanwhile."""
    with transaction.atomic():
        form = PackFactsForm(
            request.POST, pack=Pack.objects.select_for_update(no_key=True, of=("self",)).get(pk=pack.pk)
        )
        if not _is_saved(form, request.user) and form.is_outdated():
            return Outcome(409, form)
        return attempt(form, pack, Act.EDIT, request.user)


def _is_saved(form: PackFactsForm, user: User) -> bool:
    """Whether this very form was saved already: what stands then is its own change."""
    return form.is_valid() and StudioEvent.objects.filter(actor=user, key=form.cleaned_data["key"]).exists()


def _page(
    request: SignedInRequest, seen: SeenPack, form: PackFactsForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    page = {
        "seen": seen,
        "pack": seen.pack,
        "form": form,
        "cover_form": CoverForm(auto_id="cover_%s"),
        **more,
    }
    return render(request, "studio/pack_form/edit.html", page, status=status)
