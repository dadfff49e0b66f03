"""One project."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from studio.access import project_of


@require_safe
def project_show(request: SignedInRequest, code: str) -> HttpResponse:
    seen = project_of(request.user, code)
    return render(request, "studio/project_page/project.html", {"seen": seen, "project": seen.project})
