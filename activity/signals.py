"""What allauth and Django tell of accounts, written into the record."""

from typing import Any
from uuid import uuid4

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.dispatch import receiver

from accounts.models import User
from accounts.record import origin_of_request
from activity import log
from activity.models import Activity
from kit.clock import now
from kit.jobs import announce
from kit.mailboxes import mailbox

Kind = Activity.Kind
FACTORS = {
    Authenticator.Type.TOTP: "codes of an authenticator app",
    Authenticator.Type.WEBAUTHN: "a passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}
WAYS = {"password": "a password", "password_reset": "a mailed link", "code": "a code", "mfa": "a passkey"}


def _write(kind: Kind, user: User, **details: Any) -> None:
    log.write(kind, actor=user, person=user, **details)


@receiver(account.user_signed_up, dispatch_uid="activity.signed_up")
def note_sign_up(user: User, **_: Any) -> None:
    _write(Kind.SIGNED_UP, user)


@receiver(account.user_logged_in, dispatch_uid="activity.signed_in")
def note_sign_in(user: User, request: Any, **_: Any) -> None:
    methods = request.session.get("account_authentication_methods", [])
    ways = [WAYS[each["method"]] for each in methods if each.get("method") in WAYS]
    _write(Kind.SIGNED_IN, user, **({"way": ways[-1]} if ways else {}))


@receiver(auth.user_login_failed, dispatch_uid="activity.sign_in_failed")
def note_failed_sign_in(credentials: dict[str, Any], request: Any = None, **_: Any) -> None:
    """Leave it to the worker to look for the account: the same work whether the address has one or not."""
    if request is None or request.user.is_authenticated:
        return
    address, browser = origin_of_request()
    email = mailbox(str(credentials.get("email") or ""))
    moment = now().isoformat()
    announce("failed_sign_in", email=email, key=str(uuid4()), moment=moment, address=address, browser=browser)


@receiver(auth.user_logged_out, dispatch_uid="activity.signed_out")
def note_sign_out(user: Any = None, **_: Any) -> None:
    if isinstance(user, User):
        _write(Kind.SIGNED_OUT, user)


@receiver([account.password_changed, account.password_set], dispatch_uid="activity.password_changed")
def note_password(user: User, **_: Any) -> None:
    _write(Kind.PASSWORD_CHANGED, user)


@receiver(account.password_reset, dispatch_uid="activity.password_reset")
def note_reset(user: User, **_: Any) -> None:
    _write(Kind.PASSWORD_RESET, user)


@receiver(account.email_added, dispatch_uid="activity.address_added")
def note_address(user: User, **_: Any) -> None:
    _write(Kind.ADDRESS_ADDED, user)


@receiver(account.email_changed, dispatch_uid="activity.address_changed")
def note_change(user: User, **_: Any) -> None:
    _write(Kind.ADDRESS_CHANGED, user)


@receiver(account.email_removed, dispatch_uid="activity.address_removed")
def note_removal(user: User, **_: Any) -> None:
    _write(Kind.ADDRESS_REMOVED, user)


@receiver(account.email_confirmed, dispatch_uid="activity.address_confirmed")
def note_confirmation(email_address: EmailAddress, **_: Any) -> None:
    _write(Kind.ADDRESS_CONFIRMED, email_address.user)


@receiver(factors.authenticator_added, dispatch_uid="activity.factor_added")
def note_factor(user: User, authenticator: Authenticator, **_: Any) -> None:
    _write(Kind.FACTOR_ADDED, user, factor=FACTORS[authenticator.type])


@receiver(factors.authenticator_removed, dispatch_uid="activity.factor_removed")
def note_factor_gone(user: User, authenticator: Authenticator, **_: Any) -> None:
    _write(Kind.FACTOR_REMOVED, user, factor=FACTORS[authenticator.type])


@receiver(factors.authenticator_reset, dispatch_uid="activity.codes_renewed")
def note_codes(user: User, **_: Any) -> None:
    _write(Kind.CODES_RENEWED, user)


@receiver(factors.authentication_failed, dispatch_uid="activity.code_failed")
def note_wrong_code(user: User, **_: Any) -> None:
    """Name nobody as the one who tried: whoever it is knows the password, and that may be all."""
    log.write(Kind.CODE_FAILED, person=user)
