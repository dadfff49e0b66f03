"""A stranger who tries passwords is stopped; the account's owner always gets in."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from accounts.tasks import mail_reset_link, warn_of_tries
from accounts.tests.conftest import PASSWORD
from kit.rates import changed

Queued = Callable[[str], list[dict[str, Any]]]
FRESH = "seven green bicycles downhill"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def few_from_anywhere(settings: Settings) -> None:
    settings.LIMITS = changed(settings.LIMITS, "login_failed_anywhere=3/h/key")


def sign_in(email: str, password: str, address: str) -> Any:
    client = Client(REMOTE_ADDR=address)
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_in(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"] == reverse("home")


def tried_from(networks: int, email: str) -> None:
    for place in range(networks):
        assert not is_in(sign_in(email, "wrong", f"10.1.0.{place}"))


def test_stranger_is_stopped_and_the_owner_is_not(person: User) -> None:
    for _ in range(6):
        answer = sign_in(person.email, "wrong", "10.1.0.1")
    assert "Too many failed sign-ins" in answer.content.decode()
    assert not is_in(sign_in(person.email, PASSWORD, "10.1.0.1"))
    assert is_in(sign_in(person.email, PASSWORD, "10.2.0.1"))


def test_one_ipv6_network_counts_as_one_stranger(person: User) -> None:
    for place in range(6):
        answer = sign_in(person.email, "wrong", f"2001:db8::{place + 1}")
    assert "Too many failed sign-ins" in answer.content.decode()


@pytest.mark.usefixtures("few_from_anywhere")
def test_many_strangers_stop_passwords_and_the_owner_is_told_once(person: User, queued: Queued) -> None:
    tried_from(5, person.email)
    assert not is_in(sign_in(person.email, PASSWORD, "10.2.0.1"))
    (warning,) = queued("accounts.warn_of_tries")
    warn_of_tries(**warning)
    (mail,) = queued("accounts.send_mail")
    assert mail["to"] == person.email
    assert reverse("account_reset_password") in mail["text"]
    assert reverse("account_login") in mail["text"]


@pytest.mark.usefixtures("few_from_anywhere")
def test_owner_gets_in_by_reset_at_once_and_by_password_again(person: User, queued: Queued) -> None:
    tried_from(4, person.email)
    owner = Client(REMOTE_ADDR="10.2.0.1")
    owner.post(reverse("account_reset_password"), {"email": person.email})
    mail_reset_link(**queued("accounts.mail_reset_link")[0])
    found = re.search(r"https?://[^/\s]+(/\S+)", queued("accounts.send_mail")[-1]["text"])
    assert found
    page = owner.get(found[1])["Location"]
    assert is_in(owner.post(page, {"password1": FRESH, "password2": FRESH}))
    assert owner.get(reverse("accounts:settings")).status_code == 200
    assert is_in(sign_in(person.email, FRESH, "10.2.0.2"))


@pytest.mark.usefixtures("few_from_anywhere")
def test_passkeys_are_asked_for_still(person: User) -> None:
    tried_from(4, person.email)
    answer = Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert "request_options" in answer.json()


@pytest.mark.usefixtures("few_from_anywhere")
def test_signing_in_rightly_uses_nothing_up(person: User) -> None:
    assert all(is_in(sign_in(person.email, PASSWORD, "10.2.0.1")) for _ in range(7))


@pytest.mark.usefixtures("few_from_anywhere")
def test_who_is_signed_in_confirms_their_password_meanwhile(signed_in: Client, person: User) -> None:
    tried_from(4, person.email)
    answer = signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.usefixtures("few_from_anywhere")
def test_address_without_an_account_is_answered_the_same_and_mailed_nothing(
    person: User, queued: Queued
) -> None:
    tried_from(4, "nobody@example.com")
    (warning,) = queued("accounts.warn_of_tries")
    warn_of_tries(**warning)
    assert queued("accounts.send_mail") == []


def test_stranger_cannot_use_up_the_owner_s_resets(person: User, queued: Queued) -> None:
    answers = [
        Client(REMOTE_ADDR=f"10.1.0.{place}").post(reverse("account_reset_password"), {"email": person.email})
        for place in range(7)
    ]
    assert {answer["Location"] for answer in answers} == {reverse("account_reset_password_done")}
    assert len(queued("accounts.mail_reset_link")) == 5
