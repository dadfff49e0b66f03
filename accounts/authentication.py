"""Who a request is from."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, middleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.sessions import SessionStore


class AuthenticationMiddleware(middleware.AuthenticationMiddleware):
    """Set `request.user`: the one whom the session was loaded with, where Django would find the same."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]  # as Django does

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Note that the session is in use, where it was loaded at all."""
        if isinstance(request.session, SessionStore):
            request.session.note_use()
        return response


def _user_of(request: HttpRequest) -> User | AnonymousUser:
    """Return who is signed in, by the same rules as Django, which is asked about all but the plain case."""
    if not hasattr(request, "_cached_user"):
        request._cached_user = _loaded_user(request) or auth.get_user(request)  # type: ignore[attr-defined]  # Django's
    found: User | AnonymousUser = request._cached_user  # type: ignore[attr-defined]
    return found


def _loaded_user(request: HttpRequest) -> User | None:
    """Return the user loaded with the session, if active and their password is the one they signed in with."""
    session = request.session
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    user: User | None = getattr(session, "user", None)
    if user is None or str(user.pk) != session.get(SESSION_KEY) or not user.is_active:
        return None
    is_same = constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    return user if is_same else None
