"""Co-producers: invited once, following by a link that changes nothing by itself, ended; one link for all of it."""

import uuid
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.models import Collaborator
from labels.models import Label
from labels.tests.builders import make_user
from notifications.share_mail import link_mail
from notifications.tasks import announce, send_co_producer_link
from submissions.models import CoProducer, Event, Share, Submission
from submissions.redaction import redact, redact_person
from submissions.splits import co_producers
from submissions.splits.links import co_path_of, path_of
from submissions.tests.builders import act, make_draft, shares_of
from submissions.tests.conversation.talk import answers, asks
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
JO = "jo@example.com"


def sent_demo(producer: User, label: Label, *addresses: str) -> Submission:
    """Send a demo of a track with people who are to be invited, and let the worker announce it."""
    draft = make_draft(producer=producer, label=label)
    for address in addresses:
        name = address.partition("@")[0].title()
        Collaborator.objects.create(
            track=draft.track, name=name, email=address, role="vocalist", is_invited=True
        )
    submission = act(draft, "submit").submission
    announce(event_id=Event.objects.get(submission=submission).pk)
    return submission


@pytest.fixture
def demo(cast: Cast) -> Submission:
    return sent_demo(cast.producer, cast.label, JO)


@pytest.fixture
def jo(demo: Submission) -> CoProducer:
    return CoProducer.objects.with_submission().get(submission=demo)


def follows(person: CoProducer, client: Client | None = None) -> Any:
    return (client or Client()).post(co_path_of(person), {"answer": "follow"})


def words(person: CoProducer, client: Client | None = None) -> str:
    return (client or Client()).get(co_path_of(person)).content.decode().split("<main")[1]


def test_only_who_is_to_be_invited_is_and_once(cast: Cast) -> None:
    draft = make_draft(producer=cast.producer, label=cast.label)
    people = Collaborator.objects
    people.create(track=draft.track, name="Jo", email="Jo@Example.com", role="vocalist", is_invited=True)
    people.create(track=draft.track, name="Jo again", email=JO, role="producer", is_invited=True)
    people.create(track=draft.track, name="Sam", email="sam@example.com", role="producer")
    people.create(track=draft.track, name="Ana", email="", role="producer", is_invited=True)
    people.create(track=draft.track, name="Me", email=cast.producer.email, role="producer", is_invited=True)
    assert not CoProducer.objects.exists()
    submission = act(draft, "submit").submission
    for _ in range(2):
        announce(event_id=Event.objects.get(submission=submission).pk)
    assert list(CoProducer.objects.values_list("number", "name", "email")) == [(1, "Jo", JO)]
    assert co_producers.invite(submission) == 0


def test_mail_leads_to_the_page_and_says_nothing_else(jo: CoProducer, mailoutbox: list[EmailMessage]) -> None:
    for _ in range(2):
        send_co_producer_link(co_producer_id=jo.pk)
    [mail] = mailoutbox
    assert mail.to == [JO]
    assert co_path_of(jo) in str(mail.body)
    assert "/desk/" not in str(mail.body)
    assert jo.submission.reference not in str(mail.body)


def test_opening_the_link_writes_nothing_and_shows_no_dates(jo: CoProducer) -> None:
    said = words(jo)
    assert "Follow this demo" in said
    assert "What happened so far" not in said
    jo.refresh_from_db(fields=["followed_at"])
    assert jo.followed_at is None


def test_following_shows_states_and_dates_and_nothing_else(cast: Cast, jo: CoProducer) -> None:
    demo = jo.submission
    asks(demo, "quarkvogel question")
    answers(demo, cast.manager, "quarkvogel answer")
    demo = act(demo, "start_review", manager=cast.manager).submission
    act(demo, "request_changes", manager=cast.manager, note="quarkvogel note")
    assert follows(jo).status_code == 303
    said = words(jo)
    assert "What happened so far" in said
    assert "Changes requested" in said
    for hidden in ("quarkvogel", "soundcloud", "dropbox", "data-player", "@", "Messages", "Mona"):
        assert hidden not in said, hidden
    jo.refresh_from_db(fields=["followed_at", "followed_by"])
    assert (jo.followed_at is not None, jo.followed_by) == (True, None)


def test_account_with_the_address_is_named_and_finds_it(cast: Cast, jo: CoProducer) -> None:
    account = make_user("other@example.com")
    EmailAddress.objects.create(user=account, email=JO, verified=True)
    listed = client_of(account).get(reverse("splits")).content.decode()
    assert co_path_of(jo) in listed
    follows(jo, client_of(account))
    jo.refresh_from_db(fields=["followed_by"])
    assert jo.followed_by == account
    assert co_path_of(jo) not in client_of(cast.stranger).get(reverse("splits")).content.decode()


def test_unconfirmed_address_finds_nothing(jo: CoProducer) -> None:
    account = make_user("other@example.com")
    EmailAddress.objects.create(user=account, email=JO, verified=False)
    assert co_path_of(jo) not in client_of(account).get(reverse("splits")).content.decode()


def test_producer_cannot_follow_for_somebody(cast: Cast, jo: CoProducer) -> None:
    assert follows(jo, client_of(cast.producer)).status_code == 403
    jo.refresh_from_db(fields=["followed_at"])
    assert jo.followed_at is None


def test_producer_sees_who_follows_and_ends_it(cast: Cast, demo: Submission, jo: CoProducer) -> None:
    client = client_of(cast.producer)
    assert "Not opened yet" in client.get(demo.get_absolute_url()).content.decode()
    follows(jo)
    assert "Follows it" in client.get(demo.get_absolute_url()).content.decode()
    end = reverse("submissions:co-producer-end", args=[demo.reference, jo.number])
    for other in (cast.insider, cast.manager, cast.stranger):
        assert client_of(other).post(end).status_code == 404
    assert client.post(end).status_code == 303
    page = Client().get(co_path_of(jo))
    assert page.status_code == 410
    assert "This link has ended" in page.content.decode()
    assert demo.title not in page.content.decode()
    assert follows(jo).status_code == 410
    assert "Ended" in client.get(demo.get_absolute_url()).content.decode()


@pytest.mark.parametrize("token", ["x", "0" * 32, "0" * 32 + ".x", ""])
def test_made_up_link_is_not_found(jo: CoProducer, token: str) -> None:
    own = co_path_of(jo).rstrip("/").rsplit("/", 1)[1]
    for wrong in filter(None, (token, own[:-1], f"{jo.nonce.hex}.{own.partition('.')[2][::-1]}")):
        assert Client().get(reverse("split", args=[wrong])).status_code == 404


def test_link_is_mailed_three_times_a_day_at_most(
    cast: Cast, demo: Submission, jo: CoProducer, mailoutbox: list[EmailMessage]
) -> None:
    client = client_of(cast.producer)
    send = reverse("submissions:co-producer-send", args=[demo.reference, jo.number])
    for _ in range(4):
        client.post(send)
        send_co_producer_link(co_producer_id=jo.pk)
    assert len(mailoutbox) == 3
    other = CoProducer.objects.get(submission=sent_demo(cast.producer, cast.label, JO))
    send_co_producer_link(co_producer_id=other.pk)
    assert len(mailoutbox) == 3


def test_ended_person_gets_no_mail(demo: Submission, jo: CoProducer, mailoutbox: list[EmailMessage]) -> None:
    co_producers.end(jo)
    send_co_producer_link(co_producer_id=jo.pk)
    jo.refresh_from_db()
    assert not co_producers.mail_again(jo)
    assert mailoutbox == []


def signed_with_shares(cast: Cast, demo: Submission, *percentages: str) -> Submission:
    for transition in ("start_review", "accept", "sign"):
        demo = act(demo, transition, manager=cast.manager).submission
    return act(demo, "set_splits", shares=shares_of(*percentages)).submission


def test_same_link_confirms_a_share_of_any_later_sheet(cast: Cast, demo: Submission, jo: CoProducer) -> None:
    signed = signed_with_shares(cast, demo, "50.00", "50.00")
    said = words(jo)
    assert "Confirm the shares" in said
    old = Share.objects.current().with_submission().get(sheet__submission=signed, position=2)
    stale = {"key": uuid.uuid4(), "sheet": old.sheet.digest_hex, "answer": "confirm"}
    signed = act(signed, "set_splits", shares=shares_of("40.00", "60.00")).submission
    assert Client().post(co_path_of(jo), stale).status_code == 409
    fresh = Share.objects.current().with_submission().get(sheet__submission=signed, position=2)
    form = {"key": uuid.uuid4(), "sheet": fresh.sheet.digest_hex, "answer": "confirm"}
    answer = Client().post(co_path_of(jo), form)
    assert (answer.status_code, answer["Location"]) == (303, co_path_of(jo))
    fresh.refresh_from_db(fields=["answer"])
    jo.refresh_from_db(fields=["followed_at"])
    assert fresh.answer == "confirmed"
    assert jo.followed_at is not None
    assert "What happened so far" in words(jo)
    assert Client().get(path_of(old)).status_code == 410


def test_share_is_mailed_with_the_person_s_one_link(
    cast: Cast, demo: Submission, jo: CoProducer, mailoutbox: list[EmailMessage]
) -> None:
    signed = signed_with_shares(cast, demo, "50.00", "50.00")
    share = Share.objects.current().with_submission().get(sheet__submission=signed, position=2)
    assert co_path_of(jo) in str(link_mail(share, name="x").body)
    co_producers.end(jo)
    assert path_of(share) in str(link_mail(share, name="x").body)
    form = {"key": uuid.uuid4(), "sheet": share.sheet.digest_hex, "answer": "confirm"}
    assert Client().post(path_of(share), form).status_code == 303
    assert "What happened so far" not in Client().get(path_of(share)).content.decode()


def test_anonymised_producer_leaves_no_address(demo: Submission, jo: CoProducer) -> None:
    redact_person(demo.producer)
    assert not CoProducer.objects.exists()
    assert Client().get(co_path_of(jo)).status_code == 404


def test_page_of_a_redacted_demo_still_answers(demo: Submission, jo: CoProducer) -> None:
    follows(jo)
    redact(Event.objects.get(submission=demo, sequence=1))
    assert Client().get(co_path_of(jo)).status_code == 200
