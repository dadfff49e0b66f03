"""Beginning and ending: django-hijack's views, which also write down what happened."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect
from hijack.views import AcquireUserView, ReleaseUserView

from accounts.models import User
from accounts.requests import SignedInRequest
from kit.htmx import see_other
from notifications.mail import one_line
from trackflow.impersonation import record
from trackflow.impersonation.session import begin, standing_of

LONGEST_REASON = 200
LONGEST_NUMBER = 19
"""So many digits are no number of a row."""


class Start(AcquireUserView):
    """Act as the person whom the form names, and begin where they would land."""

    def get_object(self, queryset: Any = None) -> User:
        typed = self.request.POST["user_pk"]
        if not self.request.user.is_staff:  # before anybody learns which numbers exist
            raise PermissionDenied
        if not (typed.isascii() and typed.isdecimal() and len(typed) < LONGEST_NUMBER):
            raise Http404
        return super().get_object(queryset)

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        admin, person = request.user, self.get_object()
        super().post(request, *args, **kwargs)
        begin(request, admin)
        record.write_start(admin, person, why=one_line(request.POST.get("why", ""))[:LONGEST_REASON])
        return see_other("home")


class Stop(ReleaseUserView):
    """Be oneself again, at the person's page in the office."""

    how = "by the button"

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person, standing = request.user, standing_of(request)
        super().post(request, *args, **kwargs)
        if standing and standing.admin:
            record.write_end(standing.admin, person, standing.since, how=self.how)
        return see_other("admin:accounts_user_change", person.pk)


def stop(request: SignedInRequest, *, how: str) -> HttpResponse:
    """End it at once, whatever was asked for; HTMX is sent there as a whole page."""
    view = Stop(how=how)
    view.setup(request)
    with transaction.atomic():
        response = view.post(request)
    if how == OVER:
        messages.warning(request, "An hour is over: you are yourself again.")
    return HttpResponseClientRedirect(response.headers["Location"]) if request.htmx else response


OVER = "the hour was over"
SIGNED_OUT = "by signing out"

impersonation_start = require_POST(Start.as_view())
impersonation_stop = require_POST(Stop.as_view())
