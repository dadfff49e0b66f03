"""Links in account mails begin with BASE_URL, whatever host a request named."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from accounts.tasks import mail_reset_link
from accounts.tests.conftest import PASSWORD

Queued = Callable[[str], list[dict[str, Any]]]
BASE, OTHER = "https://trackflow.example", "other.example"


@pytest.fixture(autouse=True)
def two_hosts(settings: Settings, db: None) -> None:
    """A site that answers to a second name, asked by that one."""
    cache.clear()
    settings.BASE_URL = BASE
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, OTHER]


@pytest.fixture
def elsewhere(client: Client) -> Client:
    client.defaults["HTTP_HOST"] = OTHER
    return client


def hosts_of(mail: dict[str, Any]) -> set[str]:
    """Return scheme and host of every link of a mail."""
    text = f"{mail['subject']} {mail['text']} {mail['html']}"
    assert OTHER not in text
    return set(re.findall(r"https?://[^/\s\"]+", text))


@pytest.mark.parametrize("email", ["new@example.com", "ines@example.com"])
def test_who_signs_up_is_sent_to_the_site(
    elsewhere: Client, person: User, queued: Queued, email: str
) -> None:
    elsewhere.post(reverse("account_signup"), {"email": email, "password1": PASSWORD})
    (mail,) = queued("accounts.send_mail")
    assert hosts_of(mail) == {BASE}


@pytest.mark.parametrize("email", ["nobody@example.com", "ines@example.com"])
def test_who_forgot_a_password_is_sent_to_the_site(
    elsewhere: Client, person: User, queued: Queued, email: str
) -> None:
    elsewhere.post(reverse("account_reset_password"), {"email": email})
    (job,) = queued("accounts.mail_reset_link")
    mail_reset_link(**job)
    (mail,) = queued("accounts.send_mail")
    assert hosts_of(mail) == {BASE}


def test_confirmation_of_a_further_address_leads_to_the_site_and_back(
    elsewhere: Client, person: User, queued: Queued
) -> None:
    elsewhere.force_login(person)
    elsewhere.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = f"{reverse('account_email')}?next=/labels/"
    elsewhere.post(page, {"email": "second@example.com", "action_add": ""})
    elsewhere.post(page, {"email": "second@example.com", "action_send": ""})
    mails = queued("accounts.send_mail")
    assert [mail["to"] for mail in mails][:1] == ["second@example.com"]
    assert BASE in set.union(*map(hosts_of, mails))
    assert EmailAddress.objects.count() == 2


def test_notice_of_a_new_password_names_no_other_host(
    elsewhere: Client, person: User, queued: Queued
) -> None:
    elsewhere.force_login(person)
    typed = {"oldpassword": PASSWORD, "password1": f"{PASSWORD} anew", "password2": f"{PASSWORD} anew"}
    elsewhere.post(reverse("account_change_password"), typed)
    (mail,) = queued("accounts.send_mail")
    assert hosts_of(mail) <= {BASE}


def test_passkeys_and_codes_belong_to_the_site(elsewhere: Client, person: User) -> None:
    elsewhere.force_login(person)
    elsewhere.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = elsewhere.get(reverse("mfa_add_webauthn"))
    asked = page.context["js_data"]["creation_options"]["publicKey"]
    assert asked["rp"] == {"id": "trackflow.example", "name": "Trackflow"}
    totp = elsewhere.get(reverse("mfa_activate_totp")).context["totp_url"]
    assert "issuer=Trackflow" in totp
    assert settings.BASE_URL == BASE
