"""The office is for admins with two-factor sign-in, outside the demo."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from accounts.tests.codes import code_of
from accounts.tests.conftest import PASSWORD
from labels.models import Label
from releases.template_table import BUILT_IN
from releases.tests.builders import act, plan
from trackflow import settings as site
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

LABELS = "/admin/labels/label/"


@pytest.fixture(autouse=True)
def needed(settings: Settings, db: None) -> None:
    """As outside the demo."""
    settings.ADMINS_NEED_TWO_FACTORS = True
    cache.clear()


def give_password(person: User) -> None:
    person.set_password(PASSWORD)
    person.save()


def test_it_is_needed_everywhere_but_in_the_demo() -> None:
    assert site.ADMINS_NEED_TWO_FACTORS is not site.DEMO


@pytest.mark.parametrize("path", ["/admin/", LABELS, "/admin/find/?q=x", "/admin/accounts/user/1/change/"])
def test_admin_without_a_second_factor_is_shown_what_to_do(cast: Cast, path: str) -> None:
    answer = client_of(cast.admin).get(path)
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "The office requires two-factor sign-in" in text
    assert f'name="next" value="{path}"' in text


def test_staff_who_are_no_superusers_need_it_too(cast: Cast) -> None:
    User.objects.filter(pk=cast.stranger.pk).update(is_staff=True)
    assert client_of(cast.stranger).get("/admin/").status_code == 403


def test_nothing_is_changed_without_it(cast: Cast) -> None:
    answer = client_of(cast.admin).post(f"{LABELS}{cast.label.pk}/step/close/")
    assert answer.status_code == 403
    assert Label.objects.get(pk=cast.label.pk).is_verified


def test_admin_can_sign_out_and_visitors_learn_nothing(cast: Cast) -> None:
    assert client_of(cast.admin).post("/admin/logout/")["Location"] == "/"
    assert "two-factor" not in Client().get("/admin/", follow=True).content.decode()
    assert client_of(cast.producer).get("/admin/").status_code in (302, 403)


def test_admin_sets_it_up_and_comes_back(cast: Cast) -> None:
    give_password(cast.admin)
    client = client_of(cast.admin)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("accounts:factors-begin"), {"next": LABELS})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert client.post(reverse("accounts:factors-done"))["Location"] == LABELS
    assert client.get(LABELS).status_code == 200


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_leads_to_this_site_alone(cast: Cast, address: str) -> None:
    client = client_of(cast.admin)
    client.post(reverse("accounts:factors-begin"), {"next": address})
    assert client.post(reverse("accounts:factors-done"))["Location"] == reverse("mfa_index")


def test_impersonation_needs_it_and_a_password_typed_anew(cast: Cast) -> None:
    give_password(cast.admin)
    client, start = client_of(cast.admin), reverse("impersonation:start")
    asked = client.post(start, {"user_pk": cast.producer.pk, "why": "A question"})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    refused = client.post(asked["Location"], {"password": PASSWORD, "next": start})
    assert refused.status_code == 403
    assert "The office requires two-factor sign-in" in refused.content.decode()
    TOTP.activate(cast.admin, generate_totp_secret())
    assert client.post(start, {"user_pk": cast.producer.pk})["Location"] == reverse("home")
    assert client.get("/settings/").wsgi_request.user == cast.producer


def test_closing_a_label_asks_for_the_password_again(cast: Cast) -> None:
    give_password(cast.admin)
    TOTP.activate(cast.admin, generate_totp_secret())
    client, close = client_of(cast.admin), f"{LABELS}{cast.label.pk}/step/close/"
    asked = client.post(close)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert Label.objects.get(pk=cast.label.pk).is_verified
    client.post(asked["Location"], {"password": PASSWORD, "next": close})
    assert Label.objects.get(pk=cast.label.pk).status == "closed"


def test_password_of_an_admin_is_changed_where_everybody_s_is(cast: Cast) -> None:
    TOTP.activate(cast.admin, generate_totp_secret())
    answer = client_of(cast.admin).get("/admin/password_change/")
    assert answer["Location"] == reverse("account_change_password")


def test_steps_of_a_label_whose_desk_is_shut_are_not_listed(cast: Cast) -> None:
    release = plan(cast.label, manager=cast.manager)
    release = act(release, "set_tracks", manager=cast.manager).release
    release = act(release, "add_steps", manager=cast.manager, steps=BUILT_IN["single"].as_steps()).release
    act(release, "change_step", manager=cast.manager, assignee=cast.reviewer, name="Mix")
    client, steps = client_of(cast.reviewer), reverse("releases:my-steps")
    assert len(client.get(steps).context["rows"]) == 1
    Label.objects.filter(pk=cast.label.pk).update(requires_two_factors=True)
    assert client.get(steps).context["rows"] == []
    TOTP.activate(cast.reviewer, generate_totp_secret())
    assert len(client.get(steps).context["rows"]) == 1
