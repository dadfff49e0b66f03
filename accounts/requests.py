"""A request whose sender has signed in, as every view behind `LoginRequired` gets it."""

from accounts.models import User
from kit.htmx import HtmxRequest


class SignedInRequest(HtmxRequest):
    """For annotations alone: says that `request.user` is nobody anonymous."""

    user: User
    impersonator: User | None
