"""What to do next: the page on which the studio opens."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from studio.models import Project

MOST = 20


@require_safe
def next_show(request: SignedInRequest) -> HttpResponse:
    rows = Project.objects.current().made_by(request.user).with_shown().order_by("-touched_at", "-id")[:MOST]
    return render(request, "studio/next_page/next.html", {"here": "next", "projects": rows})
