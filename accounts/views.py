"""A person's own pages; signing in and all about it is allauth's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.forms import PersonForm
from accounts.requests import SignedInRequest
from kit.htmx import see_other


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: SignedInRequest) -> HttpResponse:
    """Ask who just signed up what they are here for."""
    form = PersonForm(request.POST or None, instance=request.user)
    if request.method != "POST":
        return render(request, "accounts/welcome.html", {"form": form})
    if not form.is_valid():
        return render(request, "accounts/welcome.html", {"form": form}, status=422)
    form.save()
    return see_other("home")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    form = PersonForm(request.POST or None, instance=request.user)
    if request.method != "POST":
        return render(request, "accounts/settings.html", {"form": form})
    if not form.is_valid():
        return render(request, "accounts/settings.html", {"form": form}, status=422)
    form.save()
    messages.success(request, "Your settings are saved.")
    return see_other("accounts:settings")
