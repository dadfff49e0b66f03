"""The embed: a label's demo form for a frame on its own site. It sets no cookie and knows nobody."""

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
    """Show whether the label takes demos, what it promises, and the beginning of one."""
    label = queries.label_page(slug)
    if label is None:
        return _moved(request, access.label_formerly_at(slug))
    access.role_for(request.user, label)
    page = page_of(label, is_whole=False)
    open_card = page["open_card"]
    form = DemoStartForm(initial={"intake": open_card.intake.code}) if open_card else None
    # rendered without the request: nothing of a session, a sign-in or a token can get into it
    return allow_framing(
        HttpResponse(render_to_string("labels/embedding/embed.html", page | {"form": form})), label
    )


def _moved(request: HttpRequest, label: Label) -> HttpResponse:
    """Send on to the embed of the label that had this slug."""
    access.role_for(request.user, label)
    return allow_framing(redirect("labels:embed", slug=label.slug), label)


def allow_framing(response: HttpResponse, label: Label) -> HttpResponse:
    """Let the label's sites, and our own preview, show this answer in a frame; nobody else may."""
    ancestors = " ".join(["frame-ancestors 'self'", *sites_of(label)])
    response["Content-Security-Policy"] = "; ".join([*POLICY, ancestors])
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-cache"
    response.xframe_options_exempt = True
    return response
