"""An address that refused mail gets none until whoever reads it says so; the app goes on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail as post
from django.test import Client

from accounts.models import User
from kit import clock
from notifications import tasks
from notifications.bounces import service
from notifications.choices import Refusal
from notifications.models import Delivery, RefusedAddress
from notifications.tests.parties import Parties, make_parties
from submissions.tests.builders import act
from trackflow.testing.announcements import announce_event, last_event
from trackflow.testing.post_office import PostOffice

Run = Callable[[], None]


def refuse(address: str = "mara@example.com", reason: Refusal = Refusal.BOUNCE) -> None:
    detail = "550 no such mailbox <b>here</b>"
    service.refuse(address, reason, provider="postmark", detail=detail, moment=clock.now())


def decided(parties: Parties) -> dict[str, Delivery]:
    """Return what the producer is told of a decision, by channel."""
    act(parties.submission, "shortlist", manager=parties.manager)
    rows = announce_event(last_event(parties.submission))
    return {row.channel: row for row in rows if row.person == parties.producer}


@pytest.mark.django_db
def test_refused_address_gets_no_mail_and_the_app_goes_on() -> None:
    parties = make_parties("in_review")
    refuse("MARA@Example.com")
    told = decided(parties)
    tasks.send(delivery_id=told["email"].pk)
    assert post.outbox == []
    told["email"].refresh_from_db()
    assert (told["email"].outcome, told["in_app"].outcome) == ("off", "sent")


@pytest.mark.django_db
def test_person_is_told_and_confirms_the_address_by_a_link(client: Client) -> None:
    parties = make_parties("in_review")
    refuse()
    client.force_login(parties.producer)
    for path in ("/notifications/", "/notifications/settings/"):
        page = client.get(path).content.decode()
        assert "We do not mail mara@example.com at the moment" in page
        assert "550 no such mailbox &lt;b&gt;here&lt;/b&gt;" in page
    assert client.post("/notifications/address/").status_code == 303
    row = RefusedAddress.objects.get()
    tasks.ask_address(address_id=row.pk)
    [asked] = post.outbox
    assert asked.to == ["mara@example.com"]
    path = f"/notifications/address/{service.token_of(row)}/"
    outside = Client()
    assert "Does mail reach you again?" in outside.get(path).content.decode()
    assert service.is_refused("mara@example.com")
    assert outside.post(path).status_code == 303
    assert not service.is_refused("mara@example.com")
    assert "We do not mail" not in client.get("/notifications/").content.decode()
    tasks.send(delivery_id=decided(parties)["email"].pk)
    assert len(post.outbox) == 2


def test_link_in_the_mail_that_arrives_is_the_one(post_office: PostOffice, run_jobs: Run) -> None:
    parties = make_parties("in_review")
    run_jobs()
    post_office.mails.clear()
    refuse()
    assert service.ask(parties.producer)
    assert not service.ask(parties.producer)
    run_jobs()
    [asked] = post_office.mails
    body = asked.get_body(("plain",))
    assert body
    path = body.get_content().split("http://127.0.0.1:8001", 1)[1].split()[0]
    assert Client().post(path).status_code == 303
    assert not service.is_refused("mara@example.com")


@pytest.mark.django_db
def test_old_or_made_up_link_is_not_found() -> None:
    make_parties("in_review")
    refuse()
    token = service.token_of(RefusedAddress.objects.get())
    client = Client()
    assert client.post("/notifications/address/made:up:x/").status_code == 404
    assert client.post(f"/notifications/address/{token[:-2]}/").status_code == 404
    assert service.is_refused("mara@example.com")


@pytest.mark.django_db
def test_report_of_before_the_confirmation_does_not_count_again() -> None:
    make_parties("in_review")
    refuse()
    earlier = clock.now() - timedelta(hours=1)
    service.confirm(service.token_of(RefusedAddress.objects.get()), is_sure=True)
    service.refuse("mara@example.com", Refusal.BOUNCE, provider="postmark", detail="", moment=earlier)
    assert not service.is_refused("mara@example.com")
    refuse(reason=Refusal.COMPLAINT)
    assert service.is_refused("mara@example.com")


@pytest.mark.django_db
def test_other_address_of_the_person_is_mailed_and_anonymising_forgets_the_old_one() -> None:
    parties = make_parties("in_review")
    refuse()
    User.objects.filter(pk=parties.producer.pk).update(email="new@example.com")
    tasks.send(delivery_id=decided(parties)["email"].pk)
    assert [each.to for each in post.outbox] == [["new@example.com"]]
    tasks.forget_addresses(user_id=parties.producer.pk)
    assert not RefusedAddress.objects.exists()
