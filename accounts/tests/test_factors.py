"""Second factors on the pages: set up, used, lost, removed, and what asks again who one is."""

import re
import time
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.lost_factors import SUBJECT
from accounts.models import User
from accounts.tests.codes import code_of
from accounts.tests.conftest import PASSWORD
from accounts.tests.test_account_words import give_passkey

Queued = Callable[[str], list[dict[str, Any]]]
CODE = re.compile(r"^\d{8}$", re.M)


@pytest.fixture(autouse=True)
def _fresh_rate_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def confirmed(signed_in: Client) -> Client:
    """Ines, who has just typed her password once more."""
    signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return signed_in


@pytest.fixture
def secret(person: User) -> str:
    """The key of Ines's authenticator app, which is on."""
    made: str = generate_totp_secret()
    TOTP.activate(person, made)
    return made


def to_second_step(client: Client, person: User) -> None:
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def test_app_is_set_up_with_its_own_code_alone(
    confirmed: Client, queued: Queued, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    page = confirmed.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    wrong = confirmed.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "This code is not correct" in wrong.content.decode()
    assert not Authenticator.objects.exists()
    secret = confirmed.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        codes = confirmed.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert len(CODE.findall(codes.content.decode().split("<textarea")[1])) >= 9
    (mail,) = queued("accounts.send_mail")
    assert mail["subject"] == "The authenticator app is on"
    assert secret not in mail["text"]


def test_recovery_codes_are_shown_once_and_can_be_downloaded(confirmed: Client, person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    codes = RecoveryCodes.activate(person).get_unused_codes()
    page = confirmed.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert all(code in page for code in codes)
    assert f'href="data:text/plain;charset=utf-8,{"%0A".join(codes)}%0A"' in page
    again = confirmed.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in again for code in codes)
    assert "10 of 10 codes left" in again
    assert confirmed.get(reverse("mfa_download_recovery_codes")).status_code == 403
    confirmed.post(reverse("mfa_generate_recovery_codes"))
    fresh = confirmed.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in fresh for code in codes)
    assert "They are shown only now." in fresh


def test_wrong_code_keeps_a_thief_with_the_password_out(client: Client, person: User, secret: str) -> None:
    to_second_step(client, person)
    answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This code is not correct" in answer.content.decode()
    assert client.get("/settings/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get("/settings/").status_code == 200


def test_code_of_the_app_opens_once(client: Client, person: User, secret: str) -> None:
    code, other = code_of(secret), Client()
    for browser in (client, other):
        to_second_step(browser, person)
        browser.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get("/settings/").status_code == 200
    assert other.get("/settings/").status_code == 302


def test_recovery_code_signs_in_once_and_what_is_left_is_said(person: User, secret: str) -> None:
    codes = RecoveryCodes.activate(person).get_unused_codes()
    client = Client()
    to_second_step(client, person)
    page = client.post(reverse("mfa_authenticate"), {"code": codes[0]}, follow=True)
    assert "You signed in with a recovery code: 9 recovery codes are left." in page.content.decode()
    again = Client()
    to_second_step(again, person)
    again.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert again.get("/settings/").status_code == 302


def test_last_recovery_codes_are_warned_of(confirmed: Client, person: User, secret: str) -> None:
    codes = RecoveryCodes.activate(person)
    for code in codes.get_unused_codes()[1:]:
        assert codes.validate_code(code)
    page = confirmed.get(reverse("mfa_index")).content.decode()
    assert "1 of 10 codes left." in page
    assert "Make new ones before you run out." in page
    client = Client()
    to_second_step(client, person)
    said = client.post(
        reverse("mfa_authenticate"), {"code": codes.get_unused_codes()[0]}, follow=True
    ).content.decode()
    assert "no recovery code is left" in said
    assert reverse("mfa_generate_recovery_codes") in said


def test_turning_the_last_factor_off_takes_the_codes_with_it(
    confirmed: Client, person: User, secret: str
) -> None:
    RecoveryCodes.activate(person)
    confirmed.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()


DELICATE: dict[str, dict[str, str]] = {
    "mfa_activate_totp": {},
    "mfa_add_webauthn": {},
    "mfa_generate_recovery_codes": {},
    "mfa_view_recovery_codes": {},
    "mfa_remove_webauthn": {},
    "mfa_edit_webauthn": {"name": "Laptop"},
    "account_email": {"action_add": "", "email": "second@example.com"},
}


@pytest.mark.parametrize("name", [*DELICATE, "mfa_deactivate_totp", "remove", "primary"])
def test_delicate_page_asks_again_who_one_is(signed_in: Client, person: User, name: str) -> None:
    EmailAddress.objects.create(user=person, email="other@example.com", verified=True)
    passkey = give_passkey(person)
    RecoveryCodes.activate(person)
    if name == "mfa_deactivate_totp":
        TOTP.activate(person, generate_totp_secret())
    before = list(Authenticator.objects.values("pk", "type", "data")), EmailAddress.objects.count()
    if name in ("remove", "primary"):
        path, data = reverse("account_email"), {f"action_{name}": "", "email": "other@example.com"}
    else:
        path = reverse(
            name, args=[passkey.pk] if name in ("mfa_remove_webauthn", "mfa_edit_webauthn") else []
        )
        data = DELICATE.get(name, {})
    ask = signed_in.get if name == "mfa_view_recovery_codes" else signed_in.post
    answer = ask(path, data)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert (list(Authenticator.objects.values("pk", "type", "data")), EmailAddress.objects.count()) == before
    assert EmailAddress.objects.get(primary=True).email == person.email


def test_what_was_typed_goes_on_once_one_has_confirmed(signed_in: Client, person: User) -> None:
    path = reverse("account_email")
    asked = signed_in.post(path, {"action_add": "", "email": "second@example.com"})
    assert "Confirm it is you" in signed_in.get(asked["Location"]).content.decode()
    signed_in.post(asked["Location"], {"password": "wrong", "next": path})
    assert EmailAddress.objects.count() == 1
    signed_in.post(asked["Location"], {"password": PASSWORD, "next": path})
    assert EmailAddress.objects.filter(user=person, email="second@example.com").exists()


def test_confirming_works_with_a_code_and_counts_for_a_quarter_of_an_hour(
    client: Client, person: User, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(person)
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: later)
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 302


def test_address_is_added_with_the_second_factor_on(confirmed: Client, person: User, secret: str) -> None:
    confirmed.post(reverse("account_email"), {"action_add": "", "email": "second@example.com"})
    assert EmailAddress.objects.filter(user=person, email="second@example.com", verified=False).exists()
    page = confirmed.get(reverse("account_email")).content.decode()
    assert "second@example.com" in page


def test_staff_remove_lost_factors_in_a_shell(
    client: Client, person: User, secret: str, queued: Queued
) -> None:
    RecoveryCodes.activate(person)
    client.force_login(person)
    call_command("remove_factors", "INES@example.com", stdout=StringIO())
    assert not Authenticator.objects.exists()
    assert client.get("/settings/").status_code == 302
    (mail,) = queued("accounts.send_mail")
    assert (mail["to"], mail["subject"]) == (person.email, SUBJECT)
    assert reverse("mfa_index") in mail["text"]
    for email, words in ((person.email, "has no second factor"), ("nobody@example.com", "No account")):
        with pytest.raises(CommandError, match=words):
            call_command("remove_factors", email)
