"""Mail that answers a request for a new password."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse


def mail_link(email: str) -> None:
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


def _url(name: str, **parts: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs=parts)}"
