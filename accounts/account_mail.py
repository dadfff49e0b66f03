"""Mails about an account that the worker writes, after looking for the account."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from accounts.backends import person_at


def send_reset_link(email: str) -> None:
    """Mail a link to choose a new password, or that nobody here has this address."""
    form, adapter = ResetPasswordForm({"email": email}), get_adapter()
    if not form.is_valid():
        return
    if not form.users:
        adapter.send_mail("account/email/unknown_account", email, {"signup_url": _url("account_signup")})
    for user in form.users:
        url = _url(
            "account_reset_password_from_key",
            uidb36=user_pk_to_url_str(user),
            key=default_token_generator.make_token(user),
        )
        adapter.send_password_reset_mail(user, email, {"user": user, "password_reset_url": url})


def send_warning_of_tries(email: str) -> None:
    """Tell the owner that sign-in by password has stopped for now, and how they still get in."""
    user = person_at(email)
    if user and user.is_active:
        links = {"password_reset_url": _url("account_reset_password"), "login_url": _url("account_login")}
        get_adapter().send_mail("accounts/email/sign_in_tries", email, links)


def _url(name: str, **parts: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs=parts)}"
