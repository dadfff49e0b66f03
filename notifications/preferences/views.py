"""The settings of a person's notifications: for all labels, and apart for one."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from notifications.bounces.service import refusal_of
from notifications.models import AssignedOnly
from notifications.models.preferences import preferences_of
from notifications.preferences import page
from notifications.preferences.forms import LabelWaysForm, TimesForm, WaysForm
from notifications.preferences.service import choose, hear_of_own_alone

SAVED = "Your notification settings are saved."


@require_http_methods(["GET", "HEAD", "POST"])
def preference_list(request: SignedInRequest) -> HttpResponse:
    """Show or change when mails come, and how each kind comes where nothing else is settled for a label."""
    person, data = request.user, request.POST if request.method == "POST" else None
    labels = list(page.labels_of(person))
    kinds = page.kinds_of(person, labels)
    times = TimesForm(data, instance=preferences_of(person))
    ways = WaysForm(data, kinds=kinds, chosen=page.usual_ways(person), usual={})
    if data is not None and times.is_valid() and ways.is_valid():
        with transaction.atomic():
            choose(person, None, kinds, ways.cleaned_data)
            times.save()
        messages.success(request, SAVED)
        return see_other("notifications:settings")
    exceptions = page.exceptions_of(person)
    context: dict[str, Any] = {
        "times": times,
        "ways": ways,
        "refusal": refusal_of(person),
        "labels": [(label, exceptions.get(label.pk, 0)) for label in labels],
    }
    return render(
        request, "notifications/preferences/list.html", context, status=422 if data is not None else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def label_preferences(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show or change what is settled apart for one label."""
    person, data = request.user, request.POST if request.method == "POST" else None
    place = page.place_at(person, slug)
    label, assigned = place.label, AssignedOnly.objects.filter(person=person, label=place.label)
    form = LabelWaysForm(
        data,
        kinds=place.kinds,
        chosen=page.chosen_by(person, label),
        usual=page.usual_ways(person),
        is_member=place.is_member,
        initial={"assigned_only": assigned.exists()},
    )
    if data is not None and form.is_valid():
        with transaction.atomic():
            choose(person, label, place.kinds, form.cleaned_data)
            hear_of_own_alone(person, label, form.cleaned_data.get("assigned_only", False))
        messages.success(request, f"Your notification settings for {label} are saved.")
        return see_other("notifications:settings")
    context = {"form": form, "label": label}
    return render(
        request, "notifications/preferences/label.html", context, status=422 if data is not None else 200
    )
