"""A label that requires two-factor sign-in of its team: who may, whom it shuts out, and the way back."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.tests.codes import code_of
from accounts.tests.conftest import PASSWORD
from activity.tests.log_lines import logged
from labels.choices import Role
from labels.models import Label
from labels.status import suspend
from labels.tests.builders import make_member
from notifications.models import Delivery, Notice
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

TEAM, QUEUE, SET = "/desk/harbour/team/", "/desk/harbour/", "/desk/harbour/team/two-factor/"


def give_factor(person: User) -> str:
    """Turn on the person's authenticator app; return its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def confirmed(person: User) -> Client:
    """Return a browser in which a person with a password has just typed it once more."""
    person.set_password(PASSWORD)
    person.save()
    client = client_of(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture(autouse=True)
def _fresh_rate_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def strict(cast: Cast) -> Label:
    """The label, once its owner requires two factors; the owner and the manager have them."""
    for person in (cast.owner, cast.manager):
        give_factor(person)
    confirmed(cast.owner).post(SET, {"do": "require"})
    cast.label.refresh_from_db()
    assert cast.label.requires_two_factors
    return cast.label


def test_owner_without_a_second_factor_is_led_to_their_own_first(cast: Cast) -> None:
    client = confirmed(cast.owner)
    page = client.get(TEAM).content.decode()
    assert "To require it of the team, turn it on for yourself first." in page
    answer = client.post(SET, {"do": "require"})
    assert answer.status_code == 409
    assert "Turn on two-factor sign-in for yourself first" in answer.content.decode()
    cast.label.refresh_from_db()
    assert not cast.label.requires_two_factors


def test_owner_proves_once_more_who_they_are(cast: Cast) -> None:
    give_factor(cast.owner)
    cast.owner.set_password(PASSWORD)
    cast.owner.save()
    client = client_of(cast.owner)
    asked = client.post(SET, {"do": "require"})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    cast.label.refresh_from_db()
    assert not cast.label.requires_two_factors
    assert client.post(asked["Location"], {"password": PASSWORD, "next": SET})["Location"] == TEAM
    cast.label.refresh_from_db()
    assert cast.label.requires_two_factors


@pytest.mark.parametrize(
    ("who", "status"),
    [("manager", 403), ("reviewer", 403), ("viewer", 403), ("rival", 404), ("producer", 404)],
)
def test_nobody_but_an_owner_requires_it(cast: Cast, who: str, status: int) -> None:
    person = getattr(cast, who)
    give_factor(person)
    assert confirmed(person).post(SET, {"do": "require"}).status_code == status
    cast.label.refresh_from_db()
    assert not cast.label.requires_two_factors


def test_read_only_label_and_unknown_words_change_nothing(cast: Cast) -> None:
    give_factor(cast.owner)
    client = confirmed(cast.owner)
    for word in ("", "both"):
        assert client.post(SET, {"do": word}).status_code == 303
    suspend(cast.label, reason="Fraud.")
    assert client.post(SET, {"do": "require"}).status_code == 409
    assert logged() == []


def test_it_is_logged_and_the_team_is_told_once(cast: Cast, strict: Label) -> None:
    assert logged() == ["required two-factor sign-in of the team"]
    confirmed(cast.owner).post(SET, {"do": "require"})
    notice = Notice.objects.get()
    assert str(notice) == "Olga now requires two-factor sign-in of the team"
    told = {each.person for each in Delivery.objects.filter(notice=notice, channel="email")}
    assert told == {cast.manager, cast.reviewer, cast.viewer, cast.insider}
    assert ProcrastinateJob.objects.filter(task_name__startswith="notifications.").exists()
    assert len(logged()) == 1


@pytest.mark.parametrize("name", ["queue", "settings", "outbox", "log", "week"])
def test_member_without_is_shown_what_to_do_instead_of_the_desk(cast: Cast, strict: Label, name: str) -> None:
    answer = client_of(cast.reviewer).get(reverse(f"desk:{name}", args=[strict.slug]))
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Harbour requires two-factor sign-in" in text
    assert "Set up two-factor sign-in" in text


def test_member_with_a_factor_sees_the_desk(cast: Cast, strict: Label) -> None:
    assert client_of(cast.manager).get(QUEUE).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(cast: Cast, strict: Label) -> None:
    RecoveryCodes.activate(cast.reviewer)
    assert client_of(cast.reviewer).get(QUEUE).status_code == 403


def test_submission_export_and_actions_are_shut_too(cast: Cast, strict: Label) -> None:
    demo = cast.demo("in_review")
    client = client_of(cast.reviewer)
    for path in (f"{QUEUE}{demo.reference}/", f"{QUEUE}export/", TEAM):
        assert client.get(path).status_code == 403, path
    assert client.post(f"{QUEUE}{demo.reference}/shortlist/").status_code == 403
    demo = type(demo).objects.get(pk=demo.pk)
    assert demo.state == "in_review"


def test_htmx_is_led_to_the_page(cast: Cast, strict: Label) -> None:
    answer = client_of(cast.reviewer).get(QUEUE, headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == QUEUE


def test_other_labels_and_own_demos_work_as_before(cast: Cast, strict: Label) -> None:
    other = make_member(cast.rival.memberships.get().label, Role.REVIEWER)
    other.memberships.create(label=strict, role=Role.VIEWER)
    client = client_of(other)
    assert client.get("/desk/rival/").status_code == 200
    assert client.get(QUEUE).status_code == 403
    demo = cast.demo("in_review")
    assert client_of(cast.producer).get(f"/submissions/{demo.reference}/").status_code == 200
    assert client_of(cast.stranger).get(QUEUE).status_code == 404


def test_member_turns_it_on_and_comes_back_to_what_they_typed(cast: Cast, strict: Label) -> None:
    demo = cast.demo("in_review")
    memo = f"{QUEUE}{demo.reference}/memo/"
    client = confirmed(cast.reviewer)
    page = client_of(cast.manager).get(f"{QUEUE}{demo.reference}/").content.decode()
    assert memo in page
    author = re.findall(r'name="typed_by" value="([^"]+)"', client.get("/settings/").content.decode())
    refused = client.post(memo, {"text": "Strong chorus", "typed_by": author[0]})
    back = re.findall(r'name="next" value="([^"]+)"', refused.content.decode())[0]
    begun = client.post(reverse("accounts:factors-begin"), {"next": back}, follow=True)
    assert "Then you go back to where you were" in begun.content.decode()
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    on = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert "Continue to where you were" in on.content.decode()
    done = client.post(reverse("accounts:factors-done"), follow=True)
    assert done.status_code == 200
    assert "Strong chorus" in done.content.decode()


def test_member_who_is_shut_out_can_leave(cast: Cast, strict: Label) -> None:
    client = client_of(cast.reviewer)
    assert client.get(f"{TEAM}leave/").status_code == 200
    client.post(f"{TEAM}leave/")
    assert strict.role_of(cast.reviewer) is None


def test_managers_see_who_has_it(cast: Cast, strict: Label) -> None:
    text = client_of(cast.manager).get(TEAM).content.decode()
    assert text.count(">two-factor sign-in<") == 2
    assert text.count(">no two-factor sign-in<") == 3
    give_factor(cast.viewer)
    assert "factor sign-in</span>" not in client_of(cast.viewer).get(TEAM).content.decode()


def test_owner_stops_requiring_it(cast: Cast, strict: Label) -> None:
    assert confirmed(cast.owner).post(SET, {"do": "stop"}).status_code == 303
    assert client_of(cast.reviewer).get(QUEUE).status_code == 200
    assert logged() == [
        "required two-factor sign-in of the team",
        "no longer requires two-factor sign-in of the team",
    ]


def test_refusal_costs_no_statement_more(
    cast: Cast, strict: Label, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(cast.reviewer)
    with django_assert_num_queries(2):  # session with reader; memberships with labels and factors
        assert client.get(QUEUE, headers={"hx-request": "true"})["HX-Redirect"] == QUEUE
