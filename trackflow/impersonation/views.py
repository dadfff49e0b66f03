"""Start and stop: django-hijack's views, which also write the record."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect
from hijack.views import AcquireUserView, ReleaseUserView

from accounts.factors import lacks_needed_factor
from accounts.models import User
from accounts.reauthentication import confirmed
from accounts.requests import SignedInRequest
from kit.htmx import see_other
from notifications.mail import one_line
from trackflow.factor_pages import office_shut
from trackflow.impersonation import record
from trackflow.impersonation.session import acting_session_of, start_session

LONGEST_REASON = 200
LONGEST_NUMBER = 19
"""Digits; longer numbers are no primary keys."""


class Start(AcquireUserView):
    """Act as the person named in the form; leads to their home page."""

    def get_object(self, queryset: Any = None) -> User:
        typed = self.request.POST["user_pk"]
        if not self.request.user.is_staff:  # before anybody learns which keys exist
            raise PermissionDenied
        if not (typed.isascii() and typed.isdecimal() and len(typed) < LONGEST_NUMBER):
            raise Http404
        return super().get_object(queryset)

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        admin, person = request.user, self.get_object()
        if lacks_needed_factor(admin):
            return office_shut(request)
        super().post(request, *args, **kwargs)
        start_session(request, admin)
        record.write_start(admin, person, why=one_line(request.POST.get("why", ""))[:LONGEST_REASON])
        return see_other("home")


class Stop(ReleaseUserView):
    """Stop acting as somebody; leads to their page in the admin."""

    how = "by the button"

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person, session = request.user, acting_session_of(request)
        super().post(request, *args, **kwargs)
        if session and session.admin:
            record.write_end(session.admin, person, session.since, how=self.how)
        return see_other("admin:accounts_user_change", person.pk)


def stop(request: SignedInRequest, *, how: str) -> HttpResponse:
    """Stop in place of the requested view; HTMX gets a full-page redirect."""
    view = Stop(how=how)
    view.setup(request)
    with transaction.atomic():
        response = view.post(request)
    if how == OVER:
        messages.warning(request, "An hour is over: you are yourself again.")
    return HttpResponseClientRedirect(response.headers["Location"]) if request.htmx else response


OVER = "the hour was over"
SIGNED_OUT = "by signing out"

impersonation_start = require_POST(confirmed(Start.as_view()))
impersonation_stop = require_POST(Stop.as_view())
