"""Browsers in which somebody has signed in before, by a cookie that only we can make.

It holds a code for each account, made from the account's password: after a new password every browser is new again.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from kit.cookies import own_cookie, set_own_cookie

NAME, PATH = "known", "/accounts/"
"""Sent where people sign in, and nowhere else."""
LASTS = 365 * 24 * 3600
"""Seconds."""
MOST = 10
"""Accounts in one browser."""


def is_known(request: HttpRequest, user: User) -> bool:
    """Whether this person has signed in in this browser since their last new password."""
    own = _code_of(user)
    return any(constant_time_compare(code, own) for code in _codes_in(request))


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let this browser be known for this person."""
    own = _code_of(user)
    codes = [own, *(code for code in _codes_in(request) if code != own)]
    set_own_cookie(response, NAME, ".".join(codes[:MOST]), seconds=LASTS, path=PATH)


def _code_of(user: User) -> str:
    return salted_hmac("accounts.known_browsers", f"{user.pk} {user.password}").hexdigest()[:32]


def _codes_in(request: HttpRequest) -> list[str]:
    return own_cookie(request, NAME).split(".")[:MOST]
