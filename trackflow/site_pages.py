"""Pages about the site: those that whoever runs it writes in Markdown, help, and the status of the service."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit import markdown
from kit.clock import now
from trackflow.health import worker_states

TITLES: Mapping[str, str] = MappingProxyType(
    {"privacy": "Privacy", "terms": "Terms of use", "imprint": "Imprint", "contact": "Contact"}
)
"""What `settings.SITE_PAGES` may name a file for, in the footer's order."""


def site_pages() -> dict[str, str]:
    """Return the titles of the pages that are written, by name."""
    return {name: title for name, title in TITLES.items() if settings.SITE_PAGES[name]}


def text_of(name: str) -> str:
    """Return what is written for a page. Raises OSError if its file cannot be read."""
    return Path(settings.SITE_PAGES[name]).read_text(encoding="utf-8")


@login_not_required
@require_safe
def site_page(request: HttpRequest, name: str) -> HttpResponse:
    if name not in site_pages():
        raise Http404
    words = markdown.as_html(text_of(name), longest=markdown.LONGEST_OF_ALL)
    return render(request, "site/page.html", {"title": TITLES[name], "words": words})


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "site/help.html", {"support_email": settings.SUPPORT_EMAIL})


@login_not_required
@require_safe
def status_page(request: HttpRequest) -> HttpResponse:
    """Say what works now; without a database every page says so itself."""
    context = {
        "worker": worker_states()["worker"]["state"],
        "now": now(),
        "support_email": settings.SUPPORT_EMAIL,
    }
    return render(request, "site/status.html", context)
