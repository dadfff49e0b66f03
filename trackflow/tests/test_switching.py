"""From one desk to the other, and home to the last."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from labels.choices import Role
from labels.models import Membership
from labels.tests.builders import make_label, make_member
from submissions.tests.builders import make_submission
from trackflow.testing.desk_client import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    """A manager at Harbour who is a viewer at Quay."""
    harbour = make_label("Harbour")
    user = make_member(harbour, Role.MANAGER)
    make_submission(label=harbour)  # else home is its checklist
    Membership.objects.create(label=make_label("Quay"), user=user, role=Role.VIEWER)
    return user


@pytest.fixture
def browser(person: User, client: Client) -> Client:
    client.force_login(person)
    return client


def nav(client: Client, path: str) -> str:
    return client.get(path).content.decode().split("</nav>")[0]


def desk(name: str, slug: str) -> str:
    return address(name, slug)


@pytest.mark.parametrize("place", ["queue", "outbox", "bulks", "log", "templates", "views", "team"])
def test_member_of_two_labels_switches_to_the_same_place(browser: Client, place: str) -> None:
    for here, there in (("harbour", "quay"), ("quay", "harbour")):
        shown = nav(browser, desk(place, here))
        assert f'href="{desk(place, there)}"' in shown
        assert f'href="{desk(place, here)}" aria-current="true"' in shown


@pytest.mark.parametrize("place", ["settings", "tags"])
def test_place_that_the_other_role_may_not_open_leads_to_the_queue(browser: Client, place: str) -> None:
    shown = nav(browser, desk(place, "harbour"))
    assert f'href="{desk("queue", "quay")}"' in shown
    assert desk(place, "quay") not in shown


def test_label_settings_lead_to_the_others(browser: Client, person: User) -> None:
    Membership.objects.filter(label__slug="quay").update(role=Role.OWNER)
    shown = nav(browser, reverse("labels:settings", args=["harbour"]))
    assert f'href="{reverse("labels:settings", args=["quay"])}"' in shown


def test_page_of_one_thing_leads_to_the_queue(browser: Client) -> None:
    shown = nav(browser, reverse("workspace:template-create", args=["harbour", "reject"]))
    assert f'href="{desk("queue", "quay")}"' in shown


def test_elsewhere_the_desks_stand_by_name_without_a_present_one(browser: Client) -> None:
    shown = nav(browser, reverse("labels:directory"))
    assert shown.index(desk("queue", "harbour")) < shown.index(desk("queue", "quay"))
    assert 'aria-current="true"' not in shown.split("switch")[1]


def test_who_has_one_desk_has_no_switcher(client: Client) -> None:
    client.force_login(make_member(make_label("Pier"), Role.VIEWER))
    shown = nav(client, desk("queue", "pier"))
    assert "<details" not in shown.split("nav__list")[1]
    assert f'href="{desk("queue", "pier")}"' in shown


def test_home_is_the_desk_last_visited_and_not_the_first_by_name(browser: Client) -> None:
    home = reverse("home")
    assert browser.get(home)["Location"] == desk("queue", "harbour")
    browser.get(desk("outbox", "quay"))
    assert browser.get(home)["Location"] == desk("queue", "quay")
    browser.get(desk("queue", "harbour"), headers={"HX-Request": "true"})
    browser.get(desk("queue", "nowhere"))
    assert browser.get(home)["Location"] == desk("queue", "quay")


def test_desk_that_somebody_left_is_home_no_more(browser: Client, person: User) -> None:
    browser.get(desk("queue", "quay"))
    Membership.objects.get(user=person, label__slug="quay").delete()
    assert browser.get(reverse("home"))["Location"] == desk("queue", "harbour")
