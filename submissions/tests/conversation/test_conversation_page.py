"""The producer's page of a conversation: reading, writing, refusals that keep the text, marks, muting, what is live."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from labels.models import Label
from submissions.conversation import service
from submissions.models import Message, MessageReading, Submission
from submissions.tests.builders import act, make_draft
from submissions.tests.conversation.talk import answers, asks, settles, texts
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true", "HX-Target": "talk"}
CARD = {"HX-Request": "true", "HX-Target": "conversation"}


def url(name: str, submission: Submission) -> str:
    return reverse(f"submissions:{name}", args=[submission.reference])


def post(client: Client, submission: Submission, text: str, **more: Any) -> Any:
    data = {"text": text, "key": str(more.pop("key", uuid4()))}
    return client.post(url("messages", submission), data, **more)


def page(client: Client, submission: Submission) -> str:
    return client.get(submission.get_absolute_url()).content.decode()


def test_producer_writes_and_reads_it(cast: Cast) -> None:
    demo, client = cast.demo(), client_of(cast.producer)
    answer = post(client, demo, "  The break at 1:24 <b>is</b> new: https://a.example/stem  ")
    assert answer.status_code == 303
    assert answer["Location"].endswith("#conversation")
    assert texts(demo) == ["The break at 1:24 <b>is</b> new: https://a.example/stem"]
    said = page(client, demo)
    assert "&lt;b&gt;is&lt;/b&gt;" in said
    assert 'href="https://a.example/stem" target="_blank" rel="noopener noreferrer nofollow ugc"' in said
    assert 'data-play-from="84"' in said
    assert "You wrote a message" in said


def test_same_form_sent_twice_writes_once(cast: Cast) -> None:
    demo, client, key = cast.demo(), client_of(cast.producer), uuid4()
    assert [post(client, demo, "Hello", key=key).status_code for _ in range(2)] == [303, 303]
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "This field is required"), (" \u200b ", "This field is required"), ("x" * 4001, "at most 4000")],
)
def test_what_is_wrong_stands_beside_the_field(cast: Cast, text: str, sentence: str) -> None:
    answer = post(client_of(cast.producer), demo := cast.demo(), text)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert texts(demo) == []


def test_refused_text_is_still_there(cast: Cast) -> None:
    Label.objects.update(message_rule="answered")
    demo, client = cast.demo(), client_of(cast.producer)
    assert "takes messages once it has written to you first" in page(client, demo)
    assert 'name="text"' not in page(client, demo)
    answer = post(client, demo, "May I ask something?")
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Your text is still here" in said
    assert "May I ask something?" in said
    assert texts(demo) == []


def test_member_is_named_only_where_the_label_shows_names(cast: Cast) -> None:
    demo = cast.demo()
    answers(demo, cast.reviewer)
    client = client_of(cast.producer)
    assert "Harbour’s reviewer" in page(client, demo)
    assert "Rita" not in page(client, demo)
    Label.objects.update(shows_names=True)
    assert "Rita (reviewer)" in page(client, demo)


def test_team_s_mark_is_not_shown(cast: Cast) -> None:
    demo = cast.demo()
    asks(demo)
    before = page(client_of(cast.producer), demo)
    mark = settles(demo, cast.reviewer)
    after = page(client_of(cast.producer), demo)
    assert "marked the question" not in after
    assert f"message-{mark.pk}" not in after
    assert len(after) == pytest.approx(len(before), abs=50)


def test_unread_messages_are_counted_until_they_are_shown(cast: Cast) -> None:
    demo, client = cast.demo(), client_of(cast.producer)
    asks(demo)
    first, last = answers(demo, cast.reviewer), answers(demo, cast.manager)
    assert page(client, demo).count(">New<") == 2
    assert not MessageReading.objects.filter(person=cast.producer, read_up_to__gte=first.pk).exists()
    assert client.post(url("messages-read", demo), {"up_to": last.pk}, headers=HX).content == b""
    assert page(client, demo).count(">New<") == 0
    assert client.post(url("messages-read", demo), {"up_to": "x"}).status_code == 400
    assert client.post(url("messages-read", demo), {"up_to": 2**63}).status_code == 400


def test_muting_is_kept_and_said(cast: Cast) -> None:
    demo, client = cast.demo(), client_of(cast.producer)
    client.post(url("messages-mute", demo), {"is_muted": "on"})
    assert MessageReading.objects.get().is_muted
    assert "Unmute" in page(client, demo)
    client.post(url("messages-mute", demo), {})
    assert not MessageReading.objects.get().is_muted


def test_open_page_hears_of_what_was_written(cast: Cast) -> None:
    demo, client = cast.demo(), client_of(cast.producer)
    address = url("messages", demo)
    first = client.get(address, headers=HX)
    etag = first["ETag"]
    assert client.get(address, headers={**HX, "If-None-Match": etag}).status_code == 304
    answers(demo, cast.reviewer, "Listen at 0:30")
    fresh = client.get(address, headers={**HX, "If-None-Match": etag})
    assert fresh.status_code == 200
    said = fresh.content.decode()
    assert "1 new message" in said
    assert 'data-play-from="30"' in said
    assert 'id="message-form"' not in said


def test_form_comes_once_the_label_wrote(cast: Cast) -> None:
    Label.objects.update(message_rule="answered")
    demo, client = cast.demo(), client_of(cast.producer)
    assert '"writes": "0"' in page(client, demo)
    answers(demo, cast.reviewer)
    said = client.get(url("messages", demo), {"writes": "0"}, headers=HX).content.decode()
    assert 'id="message-form" hx-swap-oob="true"' in said
    assert 'name="text"' in said


def test_card_comes_with_the_history_after_writing(cast: Cast) -> None:
    demo, client = cast.demo(), client_of(cast.producer)
    post(client, demo, "Hello")
    said = client.get(demo.get_absolute_url(), headers=CARD).content.decode()
    assert said.lstrip().startswith("<section") or 'id="conversation"' in said[:400]
    assert 'id="timeline" hx-swap-oob="true"' in said
    assert "<html" not in said


def test_messages_stand_in_the_history_in_their_time(cast: Cast) -> None:
    demo = cast.demo("submitted")
    asks(demo, "First question")
    act(demo, "shortlist", manager=cast.manager)
    asks(demo, "Second question")
    said = page(client_of(cast.producer), demo)
    history = said[said.index('id="timeline"') :]
    places = [history.index(word) for word in ("First question", "shortlisted it", "Second question")]
    assert places == sorted(places)


def test_draft_has_no_messages(cast: Cast) -> None:
    draft, client = make_draft(producer=cast.producer, label=cast.label), client_of(cast.producer)
    assert "conversation" not in page(client, draft)
    assert client.get(url("messages", draft)).status_code == 404
    assert post(client, draft, "Hello").status_code == 404


def test_redacted_message_says_so(cast: Cast) -> None:
    demo = cast.demo()
    service.redact(asks(demo, "Secret number"))
    said = page(client_of(cast.producer), demo)
    assert "Secret number" not in said
    assert "What was written here was redacted" in said


@pytest.mark.parametrize("count", [1, 15])
def test_page_and_poll_cost_the_same_however_much_was_written(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    Label.objects.update(most_unanswered=20)
    demo, client = cast.demo(), client_of(cast.producer)
    for number in range(count):
        asks(demo, f"Question {number}")
    client.get(demo.get_absolute_url())
    with django_assert_num_queries(6):
        client.get(demo.get_absolute_url())
    with django_assert_num_queries(4):
        client.get(url("messages", demo), headers=HX)
