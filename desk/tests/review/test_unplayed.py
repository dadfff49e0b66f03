"""Passing on what nobody at the label played asks once."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from labels.choices import Role
from labels.models import Membership
from labels.tests.builders import make_label
from submissions.models import Submission
from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import PANEL, post, url

PASSING = {"reason": "genre", "welcome": "another"}
ASKED = "Nobody at your label has played this here. Pass all the same?"
SILENT = "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view"


def passing(cast: Cast, demo: Submission, *, propose: bool = False, **said: Any) -> Any:
    """Pass in a sign-in of its own."""
    fields = {**PASSING, "unheard": "", **said}
    if propose:
        return post(cast.reviewer, demo, "reject", "propose", **fields)
    return post(cast.manager, demo, "reject", headers=PANEL, **fields)


def press(client: Client, demo: Submission, **said: Any) -> Any:
    fields = {**PASSING, "turn": demo.turn, "key": uuid.uuid4(), **said}
    return client.post(url("act", demo, "reject"), fields, headers=PANEL)


@pytest.mark.parametrize("propose", [False, True])
def test_passing_unheard_asks_once(cast: Cast, propose: bool) -> None:
    demo = cast.demo()
    answer = passing(cast, demo, propose=propose, note="Kept words")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ASKED in page
    assert "Kept words" in page
    assert 'name="unheard" value="on"' in page
    assert page.count("data-focus") == 1
    assert passing(cast, demo, propose=propose, unheard="on").status_code == 303


def test_question_stands_in_the_panel_from_the_start(cast: Cast) -> None:
    page = client_of(cast.manager).get(url("act", cast.demo(), "reject"), headers=PANEL).content.decode()
    assert "Pass without anybody having played it here" in page
    assert 'aria-keyshortcuts="y"' in page


@pytest.mark.parametrize("propose", [False, True])
def test_passing_what_was_heard_asks_nothing(cast: Cast, propose: bool) -> None:
    demo = cast.demo()
    act(demo, "listened", manager=cast.owner)
    page = client_of(cast.manager).get(url("act", demo, "reject")).content.decode()
    assert "unheard" not in page
    assert passing(cast, demo, propose=propose).status_code == 303


def test_new_recording_asks_again(cast: Cast) -> None:
    demo = cast.demo()
    act(demo, "listened", manager=cast.owner)
    act(demo, "replace_link")
    assert passing(cast, Submission.objects.get(pk=demo.pk)).status_code == 422


def test_other_faults_come_with_the_question(cast: Cast) -> None:
    answer = passing(cast, cast.demo(), reason="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Please fix the following" in page
    assert ASKED in page
    assert 'type="checkbox" name="unheard"' in page


def test_slower_manager_need_not_answer_twice(cast: Cast) -> None:
    demo = cast.demo()
    act(demo, "shortlist", manager=cast.owner)
    answer = passing(cast, demo, unheard="on")
    assert answer.status_code == 409
    assert "checked" in answer.content.decode().split('name="unheard"')[1].split(">")[0]


def test_host_that_tells_nothing_gets_other_words(cast: Cast) -> None:
    demo = cast.demo(audio_url=SILENT)
    page = client_of(cast.manager).get(url("act", demo, "reject")).content.decode()
    assert "Pass although nothing here shows that it was played" in page
    assert "Google Drive does not tell us what is played" in page


def test_answer_stays_at_the_desk(cast: Cast) -> None:
    demo = cast.demo()
    passing(cast, demo, unheard="on")
    event = demo.events.get(transition="reject")
    assert (event.payload, event.private) == ({**PASSING, "heard_elsewhere": False}, {})


def test_question_is_asked_once_per_sign_in_and_label(cast: Cast) -> None:
    client, (first, second) = client_of(cast.manager), (cast.demo(), cast.demo())
    assert [press(client, demo).status_code for demo in (first, second)] == [422, 422]
    assert press(client, first, unheard="on").status_code == 303
    page = client.get(url("act", second, "reject"), headers=PANEL).content.decode()
    assert "unheard" not in page
    assert press(client, second).status_code == 303
    for other in (client_of(cast.manager), client_of(cast.owner)):
        assert press(other, cast.demo()).status_code == 422
    rival = make_submission("in_review", label=make_label("Elsewhere"))
    Membership.objects.create(label=rival.label, user=cast.manager, role=Role.OWNER)
    assert press(client, rival).status_code == 422


def test_heard_elsewhere_is_said_by_the_event_and_is_no_play(cast: Cast) -> None:
    client, demo = client_of(cast.manager), cast.demo()
    assert press(client, demo, heard_elsewhere="on").status_code == 303
    event = demo.events.get(transition="reject")
    assert event.payload == {**PASSING, "heard_elsewhere": True}
    assert not demo.events.filter(transition="listened").exists()
    assert "elsewhere" in client.get(url("submission", demo)).content.decode()
    assert press(client, cast.demo()).status_code == 422  # it confirms no other


def test_pass_begins_with_the_last_reason_of_this_sign_in(cast: Cast) -> None:
    client, demo = client_of(cast.manager), cast.demo()
    press(client, demo, reason="production", welcome="nothing", unheard="on")
    form = client.get(url("act", cast.demo(), "reject"), headers=PANEL).context["panel"].form
    assert (form["reason"].value(), form["welcome"].value()) == ("production", "nothing")
    fresh = client_of(cast.manager).get(url("act", cast.demo(), "reject"), headers=PANEL)
    assert fresh.context["panel"].form["reason"].value() is None


def test_same_reason_again_writes_no_session(cast: Cast) -> None:
    client, demos = client_of(cast.manager), [cast.demo() for _ in range(3)]
    writes = []
    for demo, reason in zip(demos, ("genre", "genre", "production"), strict=True):
        with CaptureQueriesContext(connection) as asked:
            assert press(client, demo, reason=reason, unheard="on").status_code == 303
        writes.append(sum("accounts_session" in each["sql"] and "UPDATE" in each["sql"] for each in asked))
    assert [count > 0 for count in writes] == [True, False, True]


@pytest.mark.parametrize("transition", ["accept", "request_changes", "extend"])
def test_nothing_else_asks(cast: Cast, transition: str) -> None:
    page = client_of(cast.manager).get(url("act", cast.demo(), transition)).content.decode()
    assert "unheard" not in page
