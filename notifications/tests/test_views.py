"""A person's page of notifications."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.tests.builders import make_track
from kit.clock import now
from labels.models import Membership, Suspension
from notifications import views
from notifications.models import Delivery, Notice
from notifications.tests.parties import Parties, make_admin, make_parties
from submissions.models import Event, Reminder
from submissions.tests.builders import act, make_submission
from submissions.tests.conversation.talk import asks
from trackflow.testing.announcements import announce_event
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db

URL = "/notifications/"


def tell_all(parties: Parties) -> None:
    for event in Event.objects.select_related("submission__label").order_by("id"):
        announce_event(event)


def shown(client: Client, path: str = "") -> str:
    response = client.get(f"{URL}{path}")
    assert response.status_code == 200
    return response.content.decode()


def mark(client: Client, path: str = "", **posted: object) -> int:
    return client.post(f"{URL}mark-read/{path}", posted).status_code


def test_anonymous_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
    assert client.post(f"{URL}mark-read/").status_code == 302


def test_stranger_reads_that_there_is_nothing(client: Client) -> None:
    parties = make_parties("in_review")
    tell_all(parties)
    client.force_login(parties.reviewer)
    assert "No notifications yet" in shown(client)


def test_producer_reads_what_the_label_did(client: Client) -> None:
    parties = make_parties("rejected")
    tell_all(parties)
    client.force_login(parties.producer)
    page = shown(client)
    assert "Harbour’s manager" in page
    assert "passed on it" in page
    assert f'href="/submissions/{parties.submission.reference}/"' in page
    assert "/desk/" not in page
    assert "Night Drive" in page


def test_team_reads_what_the_producer_did(client: Client) -> None:
    parties = make_parties("withdrawn")
    tell_all(parties)
    client.force_login(parties.owner)
    page = shown(client)
    assert "withdrew it" in page
    assert f'href="/desk/harbour/{parties.submission.reference}/"' in page


def test_what_happened_to_one_submission_is_one_entry_that_is_read_together(client: Client) -> None:
    parties = make_parties("withdrawn")
    other = make_submission(
        "submitted", label=parties.label, manager=parties.manager, track=make_track(parties.producer)
    )
    tell_all(parties)
    client.force_login(parties.owner)
    page = shown(client)
    assert page.count("<article") == 2
    assert "and 1 more" in page
    assert f">{parties.submission.reference}<" in page
    form = re.search(r'value="TF-[^"]+"><input type="hidden" name="up_to" value="\d+">', page)
    assert form
    posted: dict[str, Any] = {
        "submission": parties.submission.reference,
        "up_to": Delivery.objects.latest("id").pk,
    }
    assert mark(client, **posted) == 303
    assert [each.submission for each in Delivery.objects.unread_by(parties.owner)] == [other]
    assert "and 1 more" not in shown(client)


def test_who_left_the_team_reads_nothing_of_it(client: Client) -> None:
    parties = make_parties("submitted")
    tell_all(parties)
    Membership.objects.filter(user=parties.owner).delete()
    client.force_login(parties.owner)
    assert "No notifications yet" in shown(client)
    assert not Delivery.objects.unread_by(parties.owner).exists()


def test_looking_marks_nothing_and_marking_does(client: Client) -> None:
    parties = make_parties("withdrawn")
    tell_all(parties)
    client.force_login(parties.owner)
    assert Delivery.objects.unread_by(parties.owner).count() == 2
    assert "Mark all 2 as read" in shown(client)
    one = Delivery.objects.unread_by(parties.owner).first()
    assert one
    assert mark(client, notification=one.pk) == 303
    assert list(Delivery.objects.unread_by(parties.owner)) != [one]
    assert Delivery.objects.unread_by(parties.owner).count() == 1
    newest = Delivery.objects.latest("id").pk
    assert mark(client, up_to=newest) == 303
    assert "Mark all" not in shown(client)
    assert Delivery.objects.unread_by(parties.manager).count() == 2


def test_what_arrives_meanwhile_stays_unread(client: Client) -> None:
    parties = make_parties("submitted")
    tell_all(parties)
    client.force_login(parties.owner)
    found = re.search(r'name="up_to" value="(\d+)"', shown(client))
    assert found
    act(parties.submission, "withdraw")
    tell_all(parties)
    assert mark(client, up_to=found[1]) == 303
    assert [each.event.transition for each in Delivery.objects.unread_by(parties.owner) if each.event] == [
        "withdraw"
    ]


def test_others_notifications_are_out_of_reach(client: Client) -> None:
    parties = make_parties("submitted")
    tell_all(parties)
    theirs = Delivery.objects.unread_by(parties.owner).get()
    client.force_login(parties.manager)
    assert mark(client, notification=theirs.pk) == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


@pytest.mark.parametrize("posted", [{}, {"up_to": "x"}, {"notification": "9" * 30}, {"up_to": "-1"}])
def test_nonsense_is_400(client: Client, posted: dict[str, str]) -> None:
    client.force_login(make_parties("draft").owner)
    assert mark(client, **posted) == 400


def test_pages_lead_on_and_keep_their_place(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    parties = make_parties("submitted")
    make_submission(
        "withdrawn", label=parties.label, manager=parties.manager, track=make_track(parties.producer)
    )
    tell_all(parties)
    client.force_login(parties.owner)
    monkeypatch.setattr(views, "SIZE", 1)
    first = shown(client)
    assert "sent it" not in first
    found = re.search(r'rel="next" href="(\?after=[^"]+)"', first)
    assert found
    second = shown(client, found[1])
    assert "sent it" in second
    response = client.post(f"{URL}mark-read/{found[1]}", {"up_to": 1})
    assert response["Location"] == f"{URL}{found[1]}"
    assert client.get(f"{URL}?after=damaged").status_code == 400


def test_queries_stay_the_same_for_more_rows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    parties = make_parties("submitted")
    tell_all(parties)
    client.force_login(parties.owner)
    with django_assert_num_queries(5):  # session with user, rows, unread, nav: desks, unread
        shown(client)
    for _ in range(4):
        make_submission(
            "submitted", label=parties.label, manager=parties.manager, track=make_track(parties.producer)
        )
    tell_all(parties)
    assert Delivery.objects.unread_by(parties.owner).count() == 5
    with django_assert_num_queries(5):
        shown(client)


def test_reader_of_every_kind_costs_no_query_for_a_column_left_out(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """What sentences read is named in `views.SHOWN`; a column that is not would be read row by row."""
    about = [cast.demo("in_review", title=f"Side {number}") for number in range(5)]
    staff = make_admin()
    subjects: list[dict[str, Any]] = [
        {"event": about[0].events.get(sequence=2)},
        {"message": asks(about[1])},
        {
            "notice": Notice.objects.create(
                label=cast.label, submission=about[2], who=staff, path="/", key="1"
            )
        },
        {"reminder": Reminder.objects.create(submission=about[3], kind="day", due_at=now())},
        {"suspension": Suspension.objects.create(label=cast.label, reason="Spam.", started_at=now())},
    ]
    for person in (cast.manager, cast.producer):
        for demo, subject in zip(about, subjects, strict=True):
            rest = {"label": cast.label, "submission": None if "suspension" in subject else demo}
            Delivery.objects.create(
                **subject, **rest, person=person, channel="in_app", outcome="sent", sent_at=now()
            )
        client.force_login(person)
        with django_assert_num_queries(5):  # as below
            page = shown(client)
        assert page.count('<article class="jcard') == 5
