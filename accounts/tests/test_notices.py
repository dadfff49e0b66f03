"""Mails about an account: each change and each new browser is told of once, by the worker, without a secret."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import not_me
from accounts.models import Session, User
from accounts.tests.conftest import PASSWORD
from accounts.tests.test_account_words import give_passkey
from accounts.tests.test_session_list import FIREFOX, PHONE, is_signed_in, sign_in
from kit.clock import now
from trackflow.testing.clients import client_of

Queued = Callable[[str], list[dict[str, Any]]]
FRESH = "seven green bicycles downhill"
LINK = re.compile(r"http\S+(/accounts/not-me/\S+)")


@pytest.fixture(autouse=True)
def _fresh_rate_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def here(person: User) -> Client:
    """Ines, who has just typed her password once more."""
    client = sign_in(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def subjects(queued: Queued) -> list[str]:
    return [mail["subject"] for mail in queued("accounts.send_mail")]


def test_first_sign_in_and_known_browsers_are_not_told_of(person: User, queued: Queued) -> None:
    client = sign_in(person)
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert is_signed_in(client)
    assert queued("accounts.send_mail") == []


def test_new_browser_is_told_of_once(person: User, queued: Queued) -> None:
    sign_in(person)
    User.objects.update(time_zone="Asia/Tokyo")
    phone = sign_in(person, PHONE, "198.51.100.4")
    (mail,) = queued("accounts.send_mail")
    assert mail["to"] == person.email
    assert mail["subject"] == "New sign-in to your account: Safari on iPhone"
    assert "Internet address: 198.51.100.4" in mail["text"]
    assert re.search(r"When: \d+ \w+ \d{4}, \d\d:\d\d JST\n", mail["text"])
    assert LINK.search(mail["text"])
    phone.post("/accounts/logout/")
    phone.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert len(queued("accounts.send_mail")) == 1


@pytest.mark.parametrize("forged", ["x", "." * 5000, "0" * 32])
def test_forged_cookie_makes_no_browser_known(person: User, queued: Queued, forged: str) -> None:
    sign_in(person)
    client = Client(headers={"user-agent": FIREFOX})
    client.cookies["known"] = forged
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert len(queued("accounts.send_mail")) == 1


def test_browser_known_for_one_account_is_new_for_another(person: User, queued: Queued) -> None:
    other = User.objects.create_user("bo@example.com", PASSWORD, makes_music=True, last_login=now())
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    client = sign_in(person)
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": other.email, "password": PASSWORD})
    assert [mail["to"] for mail in queued("accounts.send_mail")] == [other.email]
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert len(queued("accounts.send_mail")) == 1


def test_acting_as_somebody_is_no_sign_in_of_theirs(
    person: User, queued: Queued, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(person)
    admin = User.objects.create_superuser("ada@example.com", PASSWORD)
    client = client_of(admin)
    client.post(reverse("impersonation:start"), {"user_pk": person.pk})
    assert "New sign-in to your account: Unknown browser" not in subjects(queued)


def change_password(client: Client) -> None:
    data = {"oldpassword": PASSWORD, "password1": FRESH, "password2": FRESH}
    client.post(reverse("account_change_password"), data)


def add_address(client: Client) -> None:
    client.post(reverse("account_email"), {"action_add": "", "email": "second@example.com"})


def remove_address(client: Client) -> None:
    client.post(reverse("account_email"), {"action_remove": "", "email": "other@example.com"})


def change_address(client: Client) -> None:
    client.post(reverse("account_email"), {"action_primary": "", "email": "other@example.com"})


def turn_off_app(client: Client) -> None:
    client.post(reverse("mfa_deactivate_totp"))


def remove_passkey(client: Client) -> None:
    client.post(reverse("mfa_remove_webauthn", args=[Authenticator.objects.get(type="webauthn").pk]))


def make_codes(client: Client) -> None:
    client.post(reverse("mfa_generate_recovery_codes"))


CHANGES: dict[str, Callable[[Client], None]] = {
    "Your password was changed": change_password,
    "An address was added to your account": add_address,
    "An address was removed from your account": remove_address,
    "The address of your account was changed": change_address,
    "The authenticator app is off": turn_off_app,
    "A passkey was removed from your account": remove_passkey,
    "You have new recovery codes": make_codes,
}


@pytest.mark.parametrize("subject", CHANGES)
def test_change_is_told_of_once_by_the_worker_without_a_secret(
    here: Client,
    person: User,
    queued: Queued,
    subject: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    EmailAddress.objects.create(user=person, email="other@example.com", verified=True)
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    give_passkey(person)
    with django_capture_on_commit_callbacks(execute=True):
        CHANGES[subject](here)
    (mail,) = [each for each in queued("accounts.send_mail") if each["subject"] == subject]
    assert mail["to"] == "ines@example.com"
    assert "Browser: Firefox on Linux\nInternet address: 192.0.2.7\n" in mail["text"]
    assert not any(word in mail["text"] for word in (PASSWORD, FRESH, secret, FIREFOX))
    codes = Authenticator.objects.filter(type="recovery_codes").first()
    assert not any(code in mail["text"] for code in (codes.wrap().generate_codes() if codes else []))


def test_former_address_gets_no_link_that_gives_access(here: Client, person: User, queued: Queued) -> None:
    EmailAddress.objects.create(user=person, email="other@example.com", verified=True)
    change_address(here)
    (mail,) = queued("accounts.send_mail")
    assert mail["to"] == "ines@example.com"
    assert not LINK.search(mail["text"])
    assert "/help/" in mail["text"]


def test_it_was_not_me_ends_everything_and_leads_to_a_new_password(person: User, queued: Queued) -> None:
    here, thief = sign_in(person), sign_in(person, PHONE)
    (mail,) = queued("accounts.send_mail")
    link = LINK.findall(mail["text"])[0]
    owner = Client()
    assert "Was it not you?" in owner.get(link).content.decode()
    assert is_signed_in(thief)
    form = owner.get(owner.post(link)["Location"], follow=True)
    assert not is_signed_in(thief)
    assert not is_signed_in(here)
    assert not Session.objects.filter(user=person).exists()
    assert not is_signed_in(sign_in(person, PHONE))
    owner.post(form.redirect_chain[-1][0], {"password1": FRESH, "password2": FRESH})
    assert is_signed_in(owner)
    person.refresh_from_db()
    assert person.check_password(FRESH)
    gone = owner.get(link)
    assert gone.status_code == 404
    assert "This link does not work any more" in gone.content.decode()


def test_it_was_not_me_is_over_after_three_days(person: User) -> None:
    link = LINK.findall(not_me.url_for(person))[0]
    assert Client().get(link).status_code == 200
    assert Client().get(link.replace(f"{person.pk}.", f"{person.pk + 1}.")).status_code == 404
    with pytest.MonkeyPatch.context() as patch:
        later = now() + not_me.LASTS
        patch.setattr("django.core.signing.time.time", lambda: later.timestamp() + 60)
        assert Client().post(link).status_code == 404
    person.refresh_from_db()
    assert person.has_usable_password()
