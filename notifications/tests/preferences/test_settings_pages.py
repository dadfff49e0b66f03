"""The pages on which a person settles their notifications."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from labels.choices import Role
from labels.models import Membership
from labels.tests.builders import make_label
from notifications.kind_table import PRODUCER_KINDS, STUDIO_KINDS, TEAM_KINDS
from notifications.models import AssignedOnly, KindChoice, Preferences
from notifications.preferences.forms import field_name
from notifications.tests.parties import Parties, make_parties

pytestmark = pytest.mark.django_db

URL = "/notifications/settings/"
TIMES = {"digest_hour": "8", "quiet_from": "", "quiet_until": ""}
TEAM = {field_name(kind): str(kind.way) for kind in TEAM_KINDS}
PRODUCER = {field_name(kind): str(kind.way) for kind in (*PRODUCER_KINDS, *STUDIO_KINDS)}


@pytest.fixture
def parties() -> Parties:
    return make_parties("submitted")


def saved(client: Client, url: str = URL, **posted: str) -> int:
    return client.post(url, posted).status_code


def chosen(parties: Parties) -> set[tuple[str, str, str | None, str]]:
    rows = KindChoice.objects.select_related("label")
    return {(row.side, row.kind, row.label.slug if row.label else None, row.way) for row in rows}


def test_each_side_sees_its_own_kinds(parties: Parties, client: Client) -> None:
    for person, own, others in (
        (parties.owner, TEAM_KINDS, PRODUCER_KINDS),
        (parties.producer, PRODUCER_KINDS, TEAM_KINDS),
    ):
        client.force_login(person)
        page = client.get(URL).content.decode()
        for kind in own:
            assert f'name="{field_name(kind)}"' in page
        for kind in others:
            assert f'name="{field_name(kind)}"' not in page
        assert f'href="{URL}{parties.label.slug}/"' in page


@pytest.mark.parametrize("is_on", [True, False])
def test_producer_settles_what_the_studio_tells_while_it_is_on(
    parties: Parties, client: Client, settings: Settings, is_on: bool
) -> None:
    settings.STUDIO = is_on
    client.force_login(parties.producer)
    page = client.get(URL).content.decode()
    assert {f'name="{field_name(kind)}"' in page for kind in STUDIO_KINDS} == {is_on}
    at_label = client.get(f"{URL}{parties.label.slug}/").content.decode()
    assert not any(f'name="{field_name(kind)}"' in at_label for kind in STUDIO_KINDS)


def test_what_is_saved_is_shown_and_the_default_is_no_row(parties: Parties, client: Client) -> None:
    client.force_login(parties.owner)
    posted = {**TIMES, **TEAM, "team-new_demos": "at_once", "digest_hour": "17"}
    assert saved(client, **posted) == 303
    assert chosen(parties) == {("team", "new_demos", None, "at_once")}
    assert Preferences.objects.get(person=parties.owner).digest_hour == 17
    page = client.get(URL).content.decode()
    assert '<option value="17" selected>17:00</option>' in page
    assert saved(client, **TIMES, **TEAM) == 303
    assert chosen(parties) == set()


def test_label_has_exceptions_that_do_not_touch_the_rest(parties: Parties, client: Client) -> None:
    client.force_login(parties.owner)
    here = f"{URL}{parties.label.slug}/"
    empty = dict.fromkeys(TEAM, "usual")
    assert saved(client, here, **{**empty, "team-new_demos": "off", "assigned_only": "on"}) == 303
    assert chosen(parties) == {("team", "new_demos", parties.label.slug, "off")}
    assert AssignedOnly.objects.get().person == parties.owner
    assert "2 exceptions" in client.get(URL).content.decode()
    assert "As usual: daily digest" in client.get(here).content.decode()
    assert saved(client, here, **empty) == 303
    assert chosen(parties) == set()
    assert not AssignedOnly.objects.exists()


def test_producer_settles_a_label_they_sent_to_and_no_other(parties: Parties, client: Client) -> None:
    client.force_login(parties.producer)
    page = client.get(f"{URL}{parties.label.slug}/").content.decode()
    assert "Only what is assigned to me" not in page
    other = make_label("Elsewhere")
    assert client.get(f"{URL}{other.slug}/").status_code == 404
    assert client.post(f"{URL}{other.slug}/", {}).status_code == 404


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"quiet_from": "22"}, "Quiet hours need a beginning and an end."),
        ({"quiet_until": "7"}, "Quiet hours need a beginning and an end."),
        ({"quiet_from": "7", "quiet_until": "7"}, "Choose an end that differs from the beginning."),
        ({"quiet_from": "22", "quiet_until": "9"}, "This is within your quiet hours. Choose another hour."),
        ({"digest_hour": "24"}, "Select a valid choice. 24 is not one of the available choices."),
        (
            {"team-new_demos": "by pigeon"},
            "Select a valid choice. by pigeon is not one of the available choices.",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    parties: Parties, client: Client, posted: dict[str, str], sentence: str
) -> None:
    client.force_login(parties.owner)
    response = client.post(URL, {**TIMES, **TEAM, **posted})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert chosen(parties) == set()
    assert not Preferences.objects.exists()


@pytest.mark.parametrize("labels", [1, 5])
def test_settings_ask_the_same_number_of_questions(
    labels: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    parties = make_parties("submitted")
    for number in range(labels - 1):
        Membership.objects.create(label=make_label(f"Label {number}"), user=parties.owner, role=Role.OWNER)
    client.force_login(parties.owner)
    client.get(URL)
    with django_assert_num_queries(9):
        client.get(URL)
