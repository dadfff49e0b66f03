"""The embed: a label's demo form in a frame on its own site. It sets no cookie and ignores the session."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from labels import access
from labels.directory import queries
from labels.directory.page import page_of
from labels.embedding.forms import DemoStartForm
from labels.embedding.sites import sites_of
from labels.models import Label

POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)


@login_not_required
@require_safe
def label_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """Show whether the label takes demos, what it promises, and the form to start one."""
    label = queries.label_page(slug)
    if label is None:
        return _redirect_former_slug(request, access.label_formerly_at(slug))
    access.role_for(request.user, label)
    page = page_of(label, is_whole=False)
    open_card = page["open_card"]
    form = DemoStartForm(initial={"intake": open_card.intake.code}) if open_card else None
    # rendered without the request, so that nothing of a session, user or CSRF token gets in
    return allow_framing(
        HttpResponse(render_to_string("labels/embedding/embed.html", page | {"form": form})), label
    )


def _redirect_former_slug(request: HttpRequest, label: Label) -> HttpResponse:
    """Redirect to the embed of the label that once had this slug."""
    access.role_for(request.user, label)
    return allow_framing(redirect("labels:embed", slug=label.slug), label)


def allow_framing(response: HttpResponse, label: Label) -> HttpResponse:
    """Set headers so that only the label's sites and our own preview may frame the response."""
    ancestors = " ".join(["frame-ancestors 'self'", *sites_of(label)])
    response["Content-Security-Policy"] = "; ".join([*POLICY, ancestors])
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-cache"
    response.xframe_options_exempt = True
    return response
