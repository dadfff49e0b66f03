"""allauth's forms in our words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest

from kit.mailboxes import mailbox

LONGEST_NAME = 100
"""Characters of a passkey's name."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "code": "Code",
        "email": "Email",
        "login": "Email",
        "name": "Name of the passkey",
        "oldpassword": "Current password",
        "password": "Password",
        "passwordless": "Sign in with it alone, without a password",
        "remember": "Remember me",
    }
)
HELP_TEXTS: Mapping[str, str] = MappingProxyType(
    {"passwordless": "Your device then asks for your fingerprint, face or PIN."}
)


class PlainWords:
    """Form mixin: labels in our words, and no placeholders, which only repeat them."""

    fields: dict[str, forms.Field]
    labels: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = {**LABELS, **self.labels}.get(name, field.label)
            field.help_text = HELP_TEXTS.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)


class NewPassword(PlainWords):
    labels: ClassVar[Mapping[str, str]] = {"password1": "New password", "password2": "New password again"}


class LoginForm(PlainWords, account.LoginForm):
    """Takes an address in any form of its mailbox."""

    def clean_login(self) -> str:
        return mailbox(super().clean_login())


class AddEmailForm(PlainWords, account.AddEmailForm):
    """Tells the owner at their primary address."""

    def save(self, request: HttpRequest) -> EmailAddress:
        added: EmailAddress = super().save(request)
        if added.pk:
            get_adapter().send_notification_mail(
                "account/email/email_added", self.user, {"added_email": added.email}
            )
        return added


class ChangePasswordForm(NewPassword, account.ChangePasswordForm): ...


class SetPasswordForm(NewPassword, account.SetPasswordForm): ...


class ResetPasswordKeyForm(NewPassword, account.ResetPasswordKeyForm): ...


class ReauthenticateForm(PlainWords, account.ReauthenticateForm): ...


class AuthenticateForm(PlainWords, mfa.AuthenticateForm): ...


class CodeReauthenticateForm(PlainWords, mfa.ReauthenticateForm): ...


class ActivateTOTPForm(PlainWords, totp.ActivateTOTPForm): ...


class AddPasskeyForm(PlainWords, webauthn.AddWebAuthnForm):
    name = forms.CharField(max_length=LONGEST_NAME, required=False)


class EditPasskeyForm(PlainWords, webauthn.EditWebAuthnForm):
    name = forms.CharField(max_length=LONGEST_NAME)
