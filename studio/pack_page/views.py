"""One pack."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from studio.access import pack_of


@require_safe
def pack_show(request: SignedInRequest, code: str) -> HttpResponse:
    seen = pack_of(request.user, code)
    return render(request, "studio/pack_page/pack.html", {"seen": seen, "pack": seen.pack})
