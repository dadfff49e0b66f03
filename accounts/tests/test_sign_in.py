"""Signing up, in and out through allauth: its pages and mails as this house sets them up."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tasks import mail_reset_link, send_mail
from accounts.tests.conftest import PASSWORD

Queued = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def _fresh_rate_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def confirmed(signed_in: Client) -> Client:
    """Ines, who has just typed her password once more, as delicate pages ask."""
    signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return signed_in


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", text)
    assert found
    return found[1]


def test_newcomer_signs_up_verifies_and_is_welcomed(client: Client, queued: Queued) -> None:
    answer = client.post(reverse("account_signup"), {"email": "New@Example.com", "password1": PASSWORD})
    assert answer["Location"] == reverse("account_email_verification_sent")
    (sent,) = queued("accounts.send_mail")
    assert sent["to"] == "new@example.com"
    assert "Trackflow" in sent["text"]
    page = link_in(sent["text"])
    assert client.get(page).status_code == 200
    assert not EmailAddress.objects.get().verified
    assert client.post(page)["Location"] == reverse("accounts:welcome")
    assert client.get(reverse("home"))["Location"] == reverse("accounts:welcome")
    assert User.objects.get().email == "new@example.com"


@pytest.mark.parametrize("password", ["password123", "trackflow2026", "abcabcabcabc", "short"])
def test_weak_password_is_refused_with_advice_beside_it(client: Client, db: None, password: str) -> None:
    answer = client.post(reverse("account_signup"), {"email": "new@example.com", "password1": password})
    errors = answer.context["form"].errors["password1"]
    assert any("too easy to guess" in error or "too short" in error for error in errors)
    assert "Several uncommon words" in answer.content.decode()
    assert not User.objects.exists()


def test_sign_up_does_not_tell_who_has_an_account(client: Client, person: User, queued: Queued) -> None:
    answer = client.post(reverse("account_signup"), {"email": person.email, "password1": PASSWORD})
    assert answer["Location"] == reverse("account_email_verification_sent")
    (sent,) = queued("accounts.send_mail")
    assert reverse("account_reset_password") in sent["text"]


def test_person_signs_in_whatever_the_case_and_out(client: Client, person: User) -> None:
    answer = client.post(reverse("account_login"), {"login": "INES@example.com", "password": PASSWORD})
    assert answer["Location"] == reverse("home")
    assert client.post(reverse("account_logout"))["Location"] == reverse("landing")
    assert client.get(reverse("accounts:settings")).status_code == 302


def test_first_admin_signs_in_without_a_mail(client: Client, queued: Queued) -> None:
    User.objects.create_superuser("You@example.com", PASSWORD)
    answer = client.post(reverse("account_login"), {"login": "you@example.com", "password": PASSWORD})
    assert answer["Location"] == reverse("home")
    assert queued("accounts.send_mail") == []


def test_wrong_password_stops_after_some_tries(client: Client, person: User) -> None:
    answers = [
        client.post(reverse("account_login"), {"login": person.email, "password": "no"}) for _ in range(8)
    ]
    assert "not correct" in answers[0].content.decode()
    last = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert "Too many failed sign-ins" in last.content.decode()


def test_deactivated_person_cannot_sign_in(client: Client, person: User) -> None:
    User.objects.update(is_active=False)
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer["Location"] == reverse("account_inactive")


def test_password_reset_by_mail(client: Client, person: User, queued: Queued) -> None:
    client.post(reverse("account_reset_password"), {"email": person.email})
    (asked,) = queued("accounts.mail_reset_link")
    mail_reset_link(**asked)
    (sent,) = queued("accounts.send_mail")
    form_page = client.get(link_in(sent["text"]), follow=True)
    url = form_page.redirect_chain[-1][0]
    assert "Several uncommon words" in form_page.content.decode()
    fresh = "seven green bicycles downhill"
    weak = client.post(url, {"password1": "password123", "password2": "password123"})
    assert "too easy to guess" in weak.content.decode()
    assert client.post(url, {"password1": fresh, "password2": fresh}).status_code == 302
    person.refresh_from_db()
    assert person.check_password(fresh)


def test_reset_for_an_unknown_address_says_so_by_mail_alone(db: None, queued: Queued) -> None:
    mail_reset_link(email="nobody@example.com")
    (sent,) = queued("accounts.send_mail")
    assert sent["to"] == "nobody@example.com"
    assert f"{settings.BASE_URL}{reverse('account_signup')}" in sent["text"]


def test_password_change_needs_the_old_one(signed_in: Client, person: User) -> None:
    fresh = "seven green bicycles downhill"
    url = reverse("account_change_password")
    wrong = signed_in.post(url, {"oldpassword": "no", "password1": fresh, "password2": fresh})
    assert "oldpassword" in wrong.context["form"].errors
    signed_in.post(url, {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    person.refresh_from_db()
    assert person.check_password(fresh)


def test_second_factor_is_asked_for(client: Client, person: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    code = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"
    assert client.post(reverse("mfa_authenticate"), {"code": code})["Location"] == reverse("home")


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
    ],
)
def test_account_pages_open(confirmed: Client, name: str) -> None:
    answer = confirmed.get(reverse(name))
    assert answer.status_code == 200
    assert "style=" not in answer.content.decode().replace("data:image/svg", "")


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "account_inactive"]
)
def test_public_pages_open_for_anyone(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


def test_person_turns_the_second_factor_on_and_keeps_codes(confirmed: Client, person: User) -> None:
    url = reverse("mfa_activate_totp")
    secret = confirmed.get(url).context["form"].secret
    code = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"
    assert confirmed.post(url, {"code": code})["Location"] == reverse("mfa_view_recovery_codes")
    assert confirmed.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert confirmed.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    assert Authenticator.objects.filter(user=person).count() == 2


def test_mail_is_sent_by_the_worker(db: None) -> None:
    send_mail(to="ines@example.com", subject="Hello", text="Words", html="<p>Words</p>")
    (sent,) = mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    assert (sent.to, sent.subject, sent.body) == (["ines@example.com"], "Hello", "Words")
    assert sent.alternatives == [("<p>Words</p>", "text/html")]
