"""How a label makes releases: patterns, prefix, lead days, pool of bar codes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from activity import log
from activity.models import Activity
from kit.forms import save_unless_taken
from kit.htmx import see_other
from labels.access import Desk, one_at_a_time, read_only_because
from releases.desk_context import manager_desk_of, page_context
from releases.models import Barcode, IssuedISRC
from releases.release_settings.forms import TAKEN, BarcodesForm, SettingsForm
from releases.service import settings_of

Kind = Activity.Kind


@require_http_methods(["GET", "HEAD", "POST"])
@one_at_a_time
def release_settings(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show and save the settings."""
    desk = manager_desk_of(request.user, slug)
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=settings_of(desk.label))
    if request.method != "POST":
        return _page(request, desk, form, BarcodesForm())
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _page(request, desk, form, BarcodesForm(), status=409)
    if form.is_outdated():
        return _page(request, desk, form, BarcodesForm(), status=409)
    if not form.is_valid() or not save_unless_taken(form, "isrc_prefix", TAKEN):
        return _page(request, desk, form, BarcodesForm(), status=422)
    if changed := [_in_a_sentence(str(form[name].label)) for name in form.renewed()]:
        log.write(Kind.RELEASES_SET, label=desk.label, actor=request.user, columns=changed)
    messages.success(request, "The settings are saved.")
    return see_other("releases:settings", slug)


@require_POST
def barcodes_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add pasted codes to the pool; those that are there stay."""
    desk = manager_desk_of(request.user, slug)
    form = BarcodesForm(request.POST)
    sentence = read_only_because(desk.label)
    if sentence or not form.is_valid():
        if sentence:
            messages.error(request, sentence)
        settings_form = SettingsForm(instance=settings_of(desk.label))
        return _page(request, desk, settings_form, form, status=409 if sentence else 422)
    codes = form.cleaned_data["codes"]
    there = set(Barcode.objects.filter(label=desk.label, code__in=codes).values_list("code", flat=True))
    new = [Barcode(label=desk.label, code=code) for code in codes if code not in there]
    with transaction.atomic():
        Barcode.objects.bulk_create(new, ignore_conflicts=True)
        if new:
            log.write(Kind.BARCODES_ADDED, label=desk.label, actor=request.user, count=len(new))
    said = f"{len(new)} code{'' if len(new) == 1 else 's'} added."
    messages.success(request, f"{said} {len(there)} were there already." if there else said)
    return see_other("releases:settings", slug)


def _in_a_sentence(label: str) -> str:
    """Return a field's name in the middle of a sentence; ISRC and ℗ stay."""
    return f"{label[:1].lower()}{label[1:]}" if label[1:2].islower() else label


def _page(
    request: SignedInRequest, desk: Desk, form: forms.Form, barcodes: BarcodesForm, *, status: int = 200
) -> HttpResponse:
    free = Barcode.objects.free(desk.label)
    page: dict[str, Any] = {
        **page_context(desk),
        "form": form,
        "barcodes": barcodes,
        "free": free.count(),
        "next_upc": free.first(),
        "last_isrc": IssuedISRC.objects.filter(label=desk.label).order_by("-id").first(),
    }
    return render(request, "releases/release_settings/settings.html", page, status=status)
