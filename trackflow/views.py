"""Landing page, the redirect after signing in, the CSRF error page and the style guide."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts import unsent_forms
from accounts.requests import SignedInRequest, lead, lead_through_sign_in, person_of
from kit.htmx import HtmxRequest
from labels.models import Label
from trackflow.example import draw_example, example
from trackflow.home import home_page
from trackflow.navigation import last_desk
from workspace.checklist.page import is_setting_up


@login_not_required
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    submission, _ = example()
    return render(request, "landing.html", {"example": submission, "history": draw_example()})


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Show who makes music their home; redirect others to their desk or set-up, admins to the office."""
    user = request.user
    if user.is_staff:
        return redirect("admin:index")
    if user.is_new:
        return redirect("accounts:welcome")
    desks = list(Label.objects.desks_of(user).order_by("name"))
    if user.makes_music:
        return render(request, "home/home.html", home_page(user, desks))
    if desk := last_desk(desks, request):
        return redirect("workspace:setup" if is_setting_up(desk, user) else "desk:queue", slug=desk.slug)
    return redirect("labels:create")


@login_not_required
def csrf_failure(request: HtmxRequest, reason: str = "") -> HttpResponse:
    """Lead back to what was typed on a page of an earlier session; say so where nobody's typing can be kept."""
    unsent = unsent_forms.keep(request)
    if unsent and not request.user.is_authenticated:
        return lead_through_sign_in(request, unsent)
    if unsent and unsent_forms.author_of(request) == person_of(request).pk:
        return lead(request, unsent)
    context = {"page": unsent_forms.page_of(request), "unsent": unsent}
    response = render(request, "403_csrf.html", context, status=403)
    response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


class SampleForm(forms.Form):
    title = forms.CharField(help_text="As it will be printed.")
    tempo = forms.DecimalField(help_text="Beats per minute.")
    pitch = forms.CharField(widget=forms.Textarea)
    kind = forms.ChoiceField(choices=[("a", "Original"), ("b", "Remix")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="All rights are mine")


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, for developers."""
    invalid = SampleForm({"invalid-title": " "}, prefix="invalid")
    return render(request, "styleguide.html", {"form": SampleForm(), "invalid_form": invalid})
