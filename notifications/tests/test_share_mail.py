"""Mails with a share's link: to the address on the sheet, through a real worker and a real mail server."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from kit.clock import at, now
from notifications.models import Delivery
from notifications.tasks import announce, send, send_share_link
from submissions.models import Share
from submissions.splits.link_mail import DAY, MAILS_A_DAY, mail_link
from submissions.tests.builders import act, make_submission, shares_of
from submissions.verification import faults
from trackflow.testing.post_office import PostOffice


def to_shares(office: PostOffice) -> list[str]:
    return [str(mail["To"]) for mail in office.mails if "please confirm" in str(mail["Subject"])]


def test_everybody_else_with_an_address_gets_one_link(
    committed_db: str, post_office: PostOffice, run_jobs: Callable[[], None], settings: Settings
) -> None:
    settings.BASE_URL = "https://tf.example"
    submission = make_submission("signed")
    act(submission, "set_splits", shares=shares_of("40.00", "30.00", "20.00", "10.00"))
    run_jobs()
    assert sorted(to_shares(post_office)) == ["jo@example.com", "sam@example.com"]
    mail = next(mail for mail in post_office.mails if mail["To"] == "jo@example.com")
    part = mail.get_body(("plain",))
    assert part
    text = str(part.get_content())
    found = re.search(r"https://tf\.example(/splits/[\w.:-]+/)", text)
    assert found
    assert Client().get(found[1]).status_code == 200
    assert "30.00 %" in text
    assert "sam@example.com" not in text
    assert list(faults()) == []
    run_jobs()
    assert len(to_shares(post_office)) == 2


def test_link_of_a_replaced_sheet_is_not_mailed(
    committed_db: str, post_office: PostOffice, run_jobs: Callable[[], None]
) -> None:
    submission = make_submission("signed")
    act(submission, "set_splits", shares=shares_of("50.00", "50.00"))
    act(submission, "set_splits", shares=shares_of("40.00", "60.00"))
    run_jobs()
    assert to_shares(post_office) == ["jo@example.com"]
    assert list(faults()) == []


def test_who_answered_is_not_mailed_again(
    committed_db: str, post_office: PostOffice, run_jobs: Callable[[], None]
) -> None:
    submission = make_submission("signed")
    act(submission, "set_splits", shares=shares_of("50.00", "50.00"))
    share = Share.objects.current().get(is_own=False, sheet__submission=submission, position=2)
    act(submission, "confirm_split", nonce=share.nonce, sheet_digest=share.sheet.digest_hex)
    run_jobs()
    assert to_shares(post_office) == []


def test_one_address_gets_three_mails_a_day_however_many_sheets_name_it(
    committed_db: str, post_office: PostOffice, run_jobs: Callable[[], None]
) -> None:
    submission = make_submission("signed")
    for percent in range(1, 6):
        act(submission, "set_splits", shares=shares_of(f"{percent}.00", f"{100 - percent}.00"))
        run_jobs()
    assert len(to_shares(post_office)) == MAILS_A_DAY
    share = Share.objects.current().with_submission().get(sheet__submission=submission, position=2)
    assert not mail_link(share)
    with at(now() + DAY):
        assert mail_link(share)
        send_share_link(share_id=share.pk)
    assert len(to_shares(post_office)) == MAILS_A_DAY + 1


@pytest.mark.django_db
def test_announcing_twice_makes_one_delivery_each() -> None:
    submission = make_submission("signed")
    event = act(submission, "set_splits", shares=shares_of("50.00", "50.00"))
    for _ in range(2):
        announce(event_id=event.pk)
    delivery = Delivery.objects.get(share__position=2)
    assert (delivery.person, delivery.channel, delivery.is_to_team) == (None, "email", False)
    assert event.announcement.told == event.deliveries.count()
    send(delivery_id=delivery.pk)
    delivery.refresh_from_db()
    assert delivery.sent_at
