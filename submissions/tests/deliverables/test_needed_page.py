"""The producer's page of what the label needs."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from kit.clock import at, now
from labels.models import Label
from labels.tests.builders import make_user
from submissions.models import Deliverable, DeliverableLink, Submission
from submissions.tests.builders import act, items_of, make_submission
from submissions.tests.posting import fresh, own_client, post, url_of
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
LINK = "https://www.dropbox.com/scl/fi/a1/master.wav?rlkey=b2&dl=0"


@pytest.fixture
def signed(maya: User, label: Label, manager: User) -> Submission:
    submission = make_submission("signed", producer=maya, label=label, manager=manager)
    items = [
        *items_of("WAV master"),
        *items_of("Biography", kind="text"),
        *items_of("Contract", kind="personal"),
    ]
    return act(submission, "ask_for", items=items, manager=manager).submission


def page(submission: Submission) -> str:
    return own_client(submission).get(url_of("hand-in", submission)).content.decode()


def test_everything_that_is_asked_for_has_its_form_and_its_date(signed: Submission) -> None:
    shown = page(signed)
    assert all(name in shown for name in ("WAV master", "Biography", "Contract"))
    assert shown.count("Your turn · due by") == 3
    assert "0 of 3 done" in shown
    for field in ("url", "text", "legal_name", "address"):
        assert f'name="{field}"' in shown


def test_producer_hands_in_one_after_the_other(signed: Submission) -> None:
    values: dict[int, dict[str, str]] = {
        1: {"url": LINK},
        2: {"text": "She makes music."},
        3: {"legal_name": "Maya Grün", "address": "1 Quay Road"},
    }
    for number, value in values.items():
        answer = post(fresh(signed), "hand-in", item=number, note="Here.", **value)
        assert (answer.status_code, answer.url) == (303, url_of("hand-in", signed))
    assert set(Deliverable.objects.values_list("state", flat=True)) == {"handed_in"}
    shown = page(signed)
    assert shown.count("Harbour looks at it · due by") == 3
    assert "Maya Grün" in shown
    assert LINK.replace("&", "&amp;") in shown


@pytest.mark.parametrize(
    ("item", "value", "sentence"),
    [
        (1, {"url": "nothing"}, "https://"),
        (1, {"url": ""}, "This field is required."),
        (2, {"text": "a\x00b"}, "characters that are not text"),
        (3, {"legal_name": "Maya Grün", "address": ""}, "This field is required."),
    ],
)
def test_wrong_value_is_told_and_kept(
    signed: Submission, item: int, value: dict[str, str], sentence: str
) -> None:
    answer = post(signed, "hand-in", item=item, note="Typed with care", **value)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert "Typed with care" in shown
    assert Deliverable.objects.filter(state="handed_in").count() == 0


@pytest.mark.parametrize("item", ["", "0", "9", "x", "9" * 30, "²"])
def test_unknown_item_is_told(signed: Submission, item: str) -> None:
    assert post(signed, "hand-in", item=item, url=LINK).status_code == 422


def test_stale_page_keeps_what_was_typed(signed: Submission, manager: User) -> None:
    act(signed, "waive", item=2, manager=manager)
    answer = post(signed, "hand-in", item=1, url=LINK)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "meanwhile" in shown
    assert LINK.replace("&", "&amp;") in shown


def test_asked_again_shows_the_labels_words(signed: Submission, manager: User) -> None:
    act(signed, "hand_in", item=1)
    act(signed, "ask_again", item=1, manager=manager, note="24 bit, please.")
    assert "24 bit, please." in page(signed)


def test_late_is_plain(signed: Submission) -> None:
    with at(now() + timedelta(days=20)):
        shown = page(signed)
    assert shown.count("Your turn · overdue since") == 3
    assert "3 overdue" in shown


def test_dead_link_is_plain(signed: Submission) -> None:
    act(signed, "hand_in", item=1)
    row = Deliverable.objects.get(number=1)
    DeliverableLink.objects.create(
        deliverable=row, url_digest="x", host="Dropbox", outcome="gone", checked_at=now(), is_dead=True
    )
    assert "This link does not work any more." in page(signed)


def test_nothing_asked_for_says_so(maya: User, label: Label, manager: User) -> None:
    submission = make_submission("signed", producer=maya, label=label, manager=manager)
    assert "Nothing is asked of you" in page(submission)


def test_nobody_else_sees_or_hands_in(signed: Submission, manager: User) -> None:
    for other in (manager, make_user()):
        assert client_of(other).get(url_of("hand-in", signed)).status_code == 404
        assert post(signed, "hand-in", client_of(other), item=1, url=LINK).status_code == 404


def test_page_costs_the_same_for_one_and_for_many(signed: Submission, django_assert_num_queries: Any) -> None:
    client = own_client(signed)
    for more in (0, 6):
        if more:
            act(signed, "ask_for", items=items_of(*"ABCDEF"))
        with django_assert_num_queries(5):
            client.get(url_of("hand-in", signed))


def test_submission_page_leads_there(signed: Submission) -> None:
    shown = own_client(signed).get(url_of("submission", signed)).content.decode()
    assert url_of("hand-in", signed) in shown
    assert "3 things" in shown
