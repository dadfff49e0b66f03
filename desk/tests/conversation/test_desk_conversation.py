"""The label's side of a conversation: who writes, templates, the question that waits, the log, what is live."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activity.models import Activity
from labels.models import Label, ReplyTemplate
from submissions.models import MessageReading, Submission
from submissions.tests.builders import act, make_draft
from submissions.tests.conversation.talk import answers, asks, texts, waits
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true", "HX-Target": "talk"}
CARD = {"HX-Request": "true", "HX-Target": "conversation"}


def url(name: str, submission: Submission) -> str:
    return reverse(f"desk:{name}", args=[submission.label.slug, submission.reference])


def post(client: Client, submission: Submission, text: str, query: str = "", **more: Any) -> Any:
    data = {"text": text, "key": str(more.pop("key", uuid4()))}
    return client.post(url("messages", submission) + query, data, **more)


def page(person: User, submission: Submission) -> str:
    return client_of(person).get(url("submission", submission)).content.decode()


def test_member_answers_and_the_team_sees_who(cast: Cast) -> None:
    demo = cast.demo()
    asks(demo, "Is 1:24 too long?")
    said = page(cast.reviewer, demo)
    assert "Is <button" in said
    assert 'data-play-from="84"' in said
    assert "No answer needed" in said
    assert post(client_of(cast.reviewer), demo, "No.").status_code == 303
    assert not waits(demo)
    said = page(cast.manager, demo)
    assert "Rita (reviewer)" in said
    assert "No answer needed" not in said
    [line] = Activity.objects.filter(kind="messaged")
    assert (line.submission, line.actor) == (demo, cast.reviewer)
    assert "wrote to the producer" in said


def test_repeated_form_is_logged_once(cast: Cast) -> None:
    demo, client, key = cast.demo(), client_of(cast.reviewer), uuid4()
    assert [post(client, demo, "Hello", key=key).status_code for _ in range(2)] == [303, 303]
    assert Activity.objects.filter(kind="messaged").count() == 1


def test_viewer_reads_and_does_not_write(cast: Cast) -> None:
    demo = cast.demo()
    asks(demo, "A question")
    said = page(cast.viewer, demo)
    assert "A question" in said
    assert 'id="message_text"' not in said[said.index('id="conversation"') : said.index('id="facts"')]
    assert post(client_of(cast.viewer), demo, "Hello").status_code == 403
    assert client_of(cast.viewer).post(url("messages-settle", demo), {"key": str(uuid4())}).status_code == 403
    assert texts(demo) == ["A question"]


def test_own_demo_has_no_desk_conversation(cast: Cast) -> None:
    own = act(make_draft(producer=cast.insider, label=cast.label), "submit").submission
    client = client_of(cast.insider)
    assert client.get(url("messages", own), headers=HX).status_code == 404
    for name in ("messages", "messages-read", "messages-mute", "messages-settle"):
        assert client.post(url(name, own)).status_code == 404


def test_refusal_keeps_what_was_typed(cast: Cast) -> None:
    demo = cast.demo()
    for _ in range(10):
        answers(demo, cast.manager)
    answer = post(client_of(cast.manager), demo, "One more thing")
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "You can write again once the producer answers." in said
    assert "One more thing" in said


@pytest.mark.parametrize("status", ["suspended", "closed"])
def test_read_only_desk_shows_no_form(cast: Cast, status: str) -> None:
    demo = cast.demo()
    asks(demo)
    Label.objects.update(status=status)
    said = page(cast.manager, demo)
    assert "no messages can be sent" in said
    assert "No answer needed" not in said
    assert post(client_of(cast.manager), demo, "Hello").status_code == 409


def test_template_fills_the_form_and_sends_nothing(cast: Cast) -> None:
    demo = cast.demo()
    soon = ReplyTemplate.objects.create(
        label=cast.label, outcome="message", name="Soon", text="Dear {artist}, soon."
    )
    late = ReplyTemplate.objects.create(
        label=cast.label, outcome="message", name="Late", text="It takes longer."
    )
    ReplyTemplate.objects.create(label=cast.label, outcome="reject", name="No", text="No.")
    client = client_of(cast.reviewer)
    assert ">Soon<" in page(cast.reviewer, demo)
    assert f"template={soon.pk}" in page(cast.reviewer, demo)
    first = post(client, demo, "Hi!", f"?template={soon.pk}", headers=CARD)
    assert first.status_code == 200
    filled = f"Hi!\n\nDear {demo.artist}, soon."
    assert filled in first.content.decode()
    second = post(client, demo, filled, f"?template={late.pk}")
    assert "Hi!\n\nIt takes longer." in second.content.decode()
    assert texts(demo) == []
    assert post(client, demo, "Hi!", "?template=999").status_code == 404


def test_question_is_marked_as_answered_for_the_team(cast: Cast) -> None:
    demo = cast.demo()
    asks(demo, "Thanks!")
    client = client_of(cast.reviewer)
    assert client.post(url("messages-settle", demo), {"key": str(uuid4())}).status_code == 303
    assert not waits(demo)
    assert "Rita (reviewer) marked the question as answered" in page(cast.manager, demo)
    assert Activity.objects.filter(kind="settled").count() == 1
    assert client.post(url("messages-settle", demo), {"key": str(uuid4())}).status_code == 409
    assert client.post(url("messages-settle", demo), {"key": "x"}).status_code == 400


def test_each_member_has_their_own_unread_and_mute(cast: Cast) -> None:
    demo = cast.demo()
    last = asks(demo)
    client = client_of(cast.reviewer)
    client.post(url("messages-read", demo), {"up_to": last.pk}, headers=HX)
    client.post(url("messages-mute", demo), {"is_muted": "on"})
    assert ">New<" not in page(cast.reviewer, demo)
    assert ">New<" in page(cast.manager, demo)
    assert MessageReading.objects.get(person=cast.reviewer).is_muted
    assert "Unmute" not in page(cast.manager, demo)


def test_open_pane_hears_of_what_was_written(cast: Cast) -> None:
    demo, client = cast.demo(), client_of(cast.manager)
    etag = client.get(url("messages", demo), headers=HX)["ETag"]
    assert client.get(url("messages", demo), headers={**HX, "If-None-Match": etag}).status_code == 304
    asks(demo, "A question")
    fresh = client.get(url("messages", demo), headers={**HX, "If-None-Match": etag})
    assert "A question" in fresh.content.decode()


def test_demo_without_links_plays_nothing(cast: Cast) -> None:
    demo = cast.demo()
    asks(demo, "At 1:24 there is a click")
    act(demo, "withdraw")
    assert "data-play-from" not in page(cast.manager, demo)


@pytest.mark.parametrize("count", [0, 15])
def test_pane_costs_the_same_however_much_was_written(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    Label.objects.update(most_unanswered=20)
    demo, client = cast.demo(), client_of(cast.reviewer)
    for number in range(count):
        asks(demo, f"Question {number}")
    client.get(url("submission", demo))
    with django_assert_num_queries(6):
        client.get(url("submission", demo))
    with django_assert_num_queries(5):
        client.get(url("messages", demo), headers=HX)
