"""“Your data”: what is held about a person, and a copy of it. For themselves alone, not for who acts as them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import record
from accounts.reauthentication import require_confirmation
from accounts.requests import SignedInRequest, impersonator_of
from kit.htmx import answer, see_other
from privacy.export.service import MOST_A_DAY, TooMany, content_of, order
from privacy.models import KEPT, Export

PARTIALS = {"export": "privacy/_export.html"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def your_data(request: SignedInRequest) -> HttpResponse:
    """Say what is held and how far the last export is; a POST, by who has just proven who they are, asks for one."""
    person_only(request)
    if request.method != "POST":
        return _page(request)
    require_confirmation(request)
    try:
        order(request.user)
    except TooMany as refusal:
        response = _page(request, sentence=str(refusal), status=429)
        response["Retry-After"] = str(refusal.seconds)
        return response
    messages.success(request, "Your export is being made. A mail tells you when it is ready.")
    return see_other("privacy:your-data")


def _page(request: SignedInRequest, *, sentence: str = "", status: int = 200) -> HttpResponse:
    last = Export.objects.of(request.user).first()
    context = {"export": last, "sentence": sentence, "days": KEPT.days, "most": MOST_A_DAY}
    return answer(request, "privacy/your_data.html", context, partials=PARTIALS, status=status)


@require_safe
def export_download(request: SignedInRequest, code: str) -> HttpResponse:
    """Hand out an export to whom it is about; 404 to all others, and once its week is over."""
    person_only(request)
    export = get_object_or_404(Export, code=code, person=request.user)
    if not export.is_ready:
        raise Http404
    record.tell("exported", actor=request.user, person=request.user, what="a copy of their own data")
    name = f"trackflow-data-{export.asked_at:%Y-%m-%d}.zip"
    return HttpResponse(
        content_of(export),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def person_only(request: SignedInRequest) -> None:
    """Raise Http404 for whoever acts as somebody else."""
    if impersonator_of(request):
        raise Http404
